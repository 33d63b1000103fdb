/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-palette"

#include "config.h"

#include "rfi-palette.h"

#include "rfi-job-item.h"
#include "rfi-palette-row.h"
#include "rfi-record-item.h"
#include "rfi-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_JOBS 8
#define PAGE   6  /* rows */

struct _RfiPalette
{
  AdwWindow          parent_instance;

  RfiSession        *session;   /* (owned) */
  RfiJobFilter      *filter;    /* (owned) */
  RfiJobState       *selected;  /* (owned) (nullable) */
  RfiPaletteLexicon *lexicon;   /* (owned) */
  RfiJobSearch      *jobs;      /* (owned) */
  GPtrArray         *offers;    /* (owned) (nullable) (element-type RfiPaletteOffer) */
  GPtrArray         *rows;      /* (element-type RfiPaletteRow), not owned */
  gboolean           wanted;    /* Enter was pressed before all jobs were looked at */

  GtkWidget         *entry;
  GtkListBox        *list;
  GtkWidget         *scroller;
  GtkWidget         *hint;
};

G_DEFINE_FINAL_TYPE (RfiPalette, rfi_palette, ADW_TYPE_WINDOW)

/* What can be named */

static void
add_words (RfiPalette *self)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_palette_lexicon_add (self->lexicon, RFI_PALETTE_STATUS, rfi_status_to_string (i),
                             rfi_words_status (i), rfi_status_to_string (i),
                             rfi_words_status_icon (i));
  for (int i = RFI_N_PRIORITIES - 1; i >= 0; i--)
    rfi_palette_lexicon_add (self->lexicon, RFI_PALETTE_PRIORITY, rfi_priority_to_string (i),
                             rfi_words_priority (i), rfi_priority_to_string (i),
                             rfi_words_priority_icon (i));
}

static void
add_technicians (RfiPalette *self)
{
  GListModel *people = rfi_session_get_technicians (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (people, i);
      RfiUser *user = rfi_record_item_get (item);

      rfi_palette_lexicon_add (self->lexicon, RFI_PALETTE_TECHNICIAN, user->id,
                               user->display_name, NULL, "status-assigned-symbolic");
    }
}

static void
add_pages (RfiPalette *self,
           GListModel *pages)
{
  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr(AdwViewStackPage) page = g_list_model_get_item (pages, i);

      rfi_palette_lexicon_add (self->lexicon, RFI_PALETTE_PAGE,
                               adw_view_stack_page_get_name (page),
                               adw_view_stack_page_get_title (page),
                               adw_view_stack_page_get_name (page),
                               adw_view_stack_page_get_icon_name (page));
    }
}

/* @group: (nullable): what the menu it stands in is called */
static void
add_deed (RfiPalette *self,
          GMenuModel *menu,
          int         i,
          const char *group)
{
  g_autoptr(GVariant) target =
    g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
  g_autofree char *label = NULL;
  g_autofree char *action = NULL;
  g_autofree char *detailed = NULL;
  g_autoptr(GString) name = NULL;

  if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label)
      || !g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action)
      || strcmp (action, "win.palette") == 0)
    return;

  name = g_string_new (label);
  if (group != NULL)
    /* translators: a menu and what stands in it: "Print: Job Sheet" */
    g_string_printf (name, _("%s: %s"), group, label);
  g_string_replace (name, "_", "", 0);
  detailed = g_action_print_detailed_name (action, target);
  rfi_palette_lexicon_add (self->lexicon, RFI_PALETTE_DEED, detailed, name->str, action + 4,
                           "system-run-symbolic");
}

/* What has a button or a key but is in no menu. */
static void
add_other_deeds (RfiPalette *self)
{
  static const struct {
    const char *action;
    const char *name;
    const char *icon;
  } deeds[] = {
    { "win.new-job", N_("New Job…"), "list-add-symbolic" },
    { "win.toggle-sidebar", N_("Views and Filters"), "sidebar-show-symbolic" },
    { "win.close-detail", N_("Close Job"), "window-close-symbolic" },
    { "win.next-alert", N_("Next Alert"), "go-next-symbolic" },
    { "win.previous-alert", N_("Previous Alert"), "go-previous-symbolic" },
    { "app.quit", N_("Quit"), "application-exit-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    rfi_palette_lexicon_add (self->lexicon, RFI_PALETTE_DEED, deeds[i].action, _(deeds[i].name),
                             NULL, deeds[i].icon);
}

/* What stands in menus is in here too, with all that hangs on them. @group: (nullable) */
static void
add_deeds (RfiPalette *self,
           GMenuModel *menu,
           const char *group)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr(GMenuModel) section =
        g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      g_autoptr(GMenuModel) submenu =
        g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      if (section != NULL)
        add_deeds (self, section, group);
      else if (submenu != NULL)
        add_deeds (self, submenu, label);
      else
        add_deed (self, menu, i, group);
    }
}

/* The list */

static RfiPaletteRow *
get_row (RfiPalette *self,
         guint       i)
{
  if (i == self->rows->len)
    {
      GtkWidget *row = rfi_palette_row_new ();

      gtk_list_box_append (self->list, row);
      g_ptr_array_add (self->rows, row);
    }
  return g_ptr_array_index (self->rows, i);
}

static void
select_row (RfiPalette *self,
            int         i)
{
  GtkWidget *row = GTK_WIDGET (get_row (self, (guint) i));
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
}

static void
show_offers (RfiPalette *self,
             GPtrArray  *offers)
{
  g_autoptr(GPtrArray) before = g_steal_pointer (&self->offers);

  self->offers = offers;
  for (guint i = 0; i < MAX (offers->len, self->rows->len); i++)
    {
      RfiPaletteRow *row = get_row (self, i);
      gboolean there = i < offers->len;

      rfi_palette_row_set_offer (row, there ? g_ptr_array_index (offers, i) : NULL);
      gtk_widget_set_visible (GTK_WIDGET (row), there);
    }
  if (offers->len > 0)
    select_row (self, 0);
  else
    gtk_list_box_unselect_all (self->list);
}

static void activate (RfiPalette *self);

static void
refresh (RfiPalette *self)
{
  const char *line = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr(GPtrArray) readings =
    rfi_palette_read_line (line, self->lexicon, self->selected != NULL);
  RfiPaletteContext context = {
    self->session, self->filter, self->lexicon, self->selected,
    gtk_window_get_transient_for (GTK_WINDOW (self)), line, readings, self->jobs,
  };
  g_autofree char *words = NULL;

  if (context.window == NULL)
    return;

  show_offers (self, rfi_palette_make_offers (&context));
  words = rfi_palette_describe (&context);
  if (*words == '\0' && self->offers->len == 0)
    {
      g_free (words);
      /* translators: %s is what was typed */
      words = g_strdup_printf (_("Nothing is called “%s”. An empty line shows what can be typed"),
                               line);
    }
  gtk_label_set_label (GTK_LABEL (self->hint),
                       *words != '\0' ? words
                       : _("Enter runs it · Tab types on · Up and Down choose · Escape closes"));
  if (self->wanted)
    activate (self);
}

static void
changed_cb (RfiPalette *self)
{
  const char *line = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr(GPtrArray) readings =
    rfi_palette_read_line (line, self->lexicon, self->selected != NULL);
  RfiPaletteContext context = { .line = line, .readings = readings };
  g_autofree char *sought = rfi_palette_get_sought (&context);

  self->wanted = FALSE;
  rfi_job_search_set_text (self->jobs, sought);
}

/* Keys */

static RfiPaletteOffer *
get_offer (RfiPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? rfi_palette_row_get_offer (RFI_PALETTE_ROW (row)) : NULL;
}

static void
type_on (RfiPalette *self)
{
  RfiPaletteOffer *offer = get_offer (self);
  g_autofree char *line = NULL;

  if (offer == NULL || offer->completion == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  line = g_strdup (offer->completion);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), line);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* What is refused stays, with the line as it was typed. */
static void
refuse (RfiPalette      *self,
        RfiPaletteOffer *offer)
{
  gtk_label_set_label (GTK_LABEL (self->hint), offer->refusal);
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static gboolean
does (const RfiPaletteOffer *offer,
      const char            *action,
      GVariant              *target)
{
  return g_strcmp0 (offer->action, action) == 0 &&
         (offer->target == target ||
          (offer->target != NULL && target != NULL && g_variant_equal (offer->target, target)));
}

/* Judged again: its job or its technician may have gone while the line was typed.
 * Returns: (transfer none) (nullable): it is not offered any more */
static RfiPaletteOffer *
renew_offer (RfiPalette            *self,
             const RfiPaletteOffer *offer)
{
  g_autofree char *action = g_strdup (offer->action);
  g_autoptr(GVariant) target = offer->target != NULL ? g_variant_ref (offer->target) : NULL;

  refresh (self);
  for (guint i = 0; i < self->offers->len; i++)
    if (does (g_ptr_array_index (self->offers, i), action, target))
      {
        select_row (self, (int) i);
        return g_ptr_array_index (self->offers, i);
      }
  return NULL;
}

static void
activate (RfiPalette *self)
{
  RfiPaletteOffer *offer = get_offer (self);
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *action = NULL;
  g_autoptr(GVariant) target = NULL;

  self->wanted = !rfi_job_search_is_done (self->jobs);
  if (self->wanted)
    return;
  if (offer != NULL && offer->action != NULL)
    {
      offer = renew_offer (self, offer);
      if (offer == NULL)
        return;
    }
  if (offer == NULL || offer->refusal != NULL || offer->action == NULL)
    {
      if (offer != NULL && offer->refusal != NULL)
        refuse (self, offer);
      else
        type_on (self);
      return;
    }

  /* It may open a dialog of its own: this one goes first. */
  action = g_strdup (offer->action);
  target = offer->target != NULL ? g_variant_ref (offer->target) : NULL;
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (window), action, target);
}

static void
row_activated_cb (RfiPalette    *self,
                  GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  activate (self);
}

static void
move (RfiPalette *self,
      int         by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : 0;

  if (self->offers != NULL && self->offers->len > 0)
    select_row (self, CLAMP (index, 0, (int) self->offers->len - 1));
}

static gboolean
key_pressed_cb (RfiPalette      *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Up:
      move (self, -PAGE);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Down:
      move (self, PAGE);
      return GDK_EVENT_STOP;

    case GDK_KEY_Tab:
      type_on (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      activate (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      gtk_window_close (GTK_WINDOW (self));
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
rfi_palette_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rfi_palette_parent_class)->map (widget);

  refresh (RFI_PALETTE (widget));
}

static void
rfi_palette_dispose (GObject *object)
{
  RfiPalette *self = RFI_PALETTE (object);

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_PALETTE);

  G_OBJECT_CLASS (rfi_palette_parent_class)->dispose (object);
}

static void
rfi_palette_finalize (GObject *object)
{
  RfiPalette *self = RFI_PALETTE (object);

  g_clear_pointer (&self->selected, rfi_job_state_unref);
  g_clear_pointer (&self->lexicon, rfi_palette_lexicon_free);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (rfi_palette_parent_class)->finalize (object);
}

static void
rfi_palette_class_init (RfiPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_palette_dispose;
  object_class->finalize = rfi_palette_finalize;
  widget_class->map = rfi_palette_map;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/palette/rfi-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, RfiPalette, list);
  gtk_widget_class_bind_template_child (widget_class, RfiPalette, scroller);
  gtk_widget_class_bind_template_child (widget_class, RfiPalette, hint);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
rfi_palette_init (RfiPalette *self)
{
  self->lexicon = rfi_palette_lexicon_new ();
  self->rows = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Over a narrow window it is as narrow. */
static void
fit (RfiPalette *self,
     GtkWindow  *parent)
{
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (gtk_widget_get_width (GTK_WIDGET (parent)) > 0)
    gtk_window_set_default_size (GTK_WINDOW (self),
                                 MIN (width, gtk_widget_get_width (GTK_WIDGET (parent))),
                                 MIN (height, gtk_widget_get_height (GTK_WIDGET (parent))));
}

GtkWidget *
rfi_palette_new (GtkWindow       *parent,
                 RfiSession      *session,
                 RfiJobFilter    *filter,
                 RfiJobSelection *selection,
                 GListModel      *pages,
                 GMenuModel      *deeds)
{
  RfiPalette *self = g_object_new (RFI_TYPE_PALETTE, "transient-for", parent, NULL);
  RfiJobItem *cursor = rfi_job_selection_get_cursor (selection);

  fit (self, parent);
  self->session = g_object_ref (session);
  self->filter = g_object_ref (filter);
  if (cursor != NULL)
    self->selected = rfi_job_state_ref (rfi_job_item_get_state (cursor));
  self->jobs = rfi_job_search_new (rfi_session_get_jobs (session), N_JOBS);
  g_signal_connect_object (self->jobs, "done", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  add_words (self);
  add_technicians (self);
  add_pages (self, pages);
  add_other_deeds (self);
  add_deeds (self, deeds, NULL);
  return GTK_WIDGET (self);
}

void
rfi_palette_add_view (RfiPalette *self,
                      const char *id,
                      const char *name,
                      const char *icon)
{
  g_return_if_fail (RFI_IS_PALETTE (self));

  rfi_palette_lexicon_add (self->lexicon, RFI_PALETTE_VIEW, id, name, NULL,
                           icon != NULL ? icon : "view-list-symbolic");
}
