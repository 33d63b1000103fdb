/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-cells"

#include "config.h"

#include "rfi-history-cells.h"

#include "rfi-format.h"
#include "rfi-history-item.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A line that is cut short is told to be less high than it is: from the top, it stands as others
 * do. */
static GtkWidget *
new_inscription (guint       n_chars,
                 const char *style_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                                  "min-chars", n_chars,
                                  "nat-chars", n_chars,
                                  "hexpand", TRUE,
                                  "valign", GTK_ALIGN_CENTER,
                                  "yalign", 0.f,
                                  NULL);

  if (style_class != NULL)
    gtk_widget_add_css_class (text, style_class);
  return text;
}

static void
set_text (GtkWidget  *inscription,
          const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_widget_set_tooltip_text (inscription, text);
}

static void
set_avatar (GtkWidget  *avatar,
            const char *who)
{
  g_autofree char *text = rfi_format_avatar_text (who);

  gtk_widget_set_visible (avatar, *who != '\0');
  adw_avatar_set_text (ADW_AVATAR (avatar), text);
}

/* Cells of one text */

typedef const char *(*TextFunc) (RfiHistoryItem *item);

typedef struct
{
  TextFunc    get_text;
  guint       n_chars;    /* at least … */
  guint       n_natural;  /* … and where there is room */
  const char *style_class;
} TextColumn;

static void
setup_text_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               const TextColumn         *column)
{
  GtkWidget *text = new_inscription (column->n_chars, column->style_class);

  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), column->n_natural);
  gtk_list_item_set_child (list_item, text);
}

static void
bind_text_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              const TextColumn         *column)
{
  set_text (gtk_list_item_get_child (list_item),
            column->get_text (gtk_list_item_get_item (list_item)));
}

/* Time */

static void
setup_time_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  GtkWidget *text = new_inscription (11, "numeric");

  gtk_widget_add_css_class (text, "dim-label");
  gtk_list_item_set_child (list_item, text);
}

static void
bind_time_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *text = gtk_list_item_get_child (list_item);
  RfiAuditEntry *entry = rfi_history_item_get_entry (gtk_list_item_get_item (list_item));
  g_autofree char *clock = entry != NULL ? rfi_format_clock (entry->at) : NULL;
  g_autofree char *moment = entry != NULL ? rfi_format_moment (entry->at) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (text), clock);
  gtk_widget_set_tooltip_text (text, moment);
}

/* Who */

static void
setup_who_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), adw_avatar_new (22, NULL, TRUE));
  gtk_box_append (GTK_BOX (box), new_inscription (14, NULL));
  gtk_list_item_set_child (list_item, box);
}

static void
bind_who_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  GtkWidget *avatar = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  const char *who = rfi_history_item_get_who (gtk_list_item_get_item (list_item));

  set_avatar (avatar, who);
  set_text (gtk_widget_get_next_sibling (avatar), who);
}

/* From */

static void
setup_origin_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), new_inscription (12, "caption"));
  gtk_widget_add_css_class (box, "dim-label");
  gtk_list_item_set_child (list_item, box);
}

static void
bind_origin_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item)
{
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  RfiHistoryItem *item = gtk_list_item_get_item (list_item);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), rfi_history_item_get_origin_icon (item));
  set_text (gtk_widget_get_next_sibling (icon), rfi_history_item_get_origin (item));
}

/* All in two lines */

static void
setup_both_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (lines), new_inscription (8, NULL));
  gtk_box_append (GTK_BOX (lines), new_inscription (8, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (lines), "dim-label");
  gtk_box_append (GTK_BOX (row), adw_avatar_new (24, NULL, TRUE));
  gtk_box_append (GTK_BOX (row), lines);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_both_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *avatar = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *lines = gtk_widget_get_next_sibling (avatar);
  RfiHistoryItem *item = gtk_list_item_get_item (list_item);
  RfiAuditEntry *entry = rfi_history_item_get_entry (item);
  const char *detail = rfi_history_item_get_detail (item);
  g_autofree char *clock = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  set_avatar (avatar, rfi_history_item_get_who (item));
  if (entry == NULL)
    {
      set_text (gtk_widget_get_first_child (lines), rfi_history_item_get_action (item));
      set_text (gtk_widget_get_last_child (lines), "");
      return;
    }

  clock = rfi_format_clock (entry->at);
  /* translators: what was done, and the job's title */
  first = g_strdup_printf (_("%s · %s"), rfi_history_item_get_action (item),
                           rfi_history_item_get_job (item));
  if (*detail != '\0')
    /* translators: a time, a person, a value before and after */
    second = g_strdup_printf (_("%s · %s · %s"), clock, rfi_history_item_get_who (item), detail);
  else
    /* translators: a time, a person */
    second = g_strdup_printf (_("%s · %s"), clock, rfi_history_item_get_who (item));
  set_text (gtk_widget_get_first_child (lines), first);
  set_text (gtk_widget_get_last_child (lines), second);
}

/* What can be done with it */

static gboolean
remove_cb (gpointer user_data)
{
  GtkWidget *popover = user_data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* It still has to activate what was chosen. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, remove_cb, g_object_ref (popover), g_object_unref);
}

/* A row may go while its menu is open. */
static void
unbind_menu_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item)
{
  GtkWidget *child = gtk_widget_get_last_child (gtk_list_item_get_child (list_item));

  if (GTK_IS_POPOVER (child))
    gtk_widget_unparent (child);
}

static void
clicked_cb (GtkWidget *button,
            gpointer   user_data)
{
  RfiHistoryItem *item = gtk_list_item_get_item (user_data);
  g_autoptr(GMenu) menu = NULL;
  GtkWidget *popover;

  if (rfi_history_item_get_entry (item) == NULL)
    return;

  menu = rfi_history_item_make_menu (item);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (popover, button);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* A plain button: menu buttons, one in each row, cost as much as all the rest. */
static void
setup_menu_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-more-symbolic");

  gtk_widget_set_name (button, "entry-menu");
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("What can be done with this entry"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What can be done with this entry"),
                                  GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), list_item);
  gtk_list_item_set_child (list_item, button);
}

/* Columns */

static GtkListItemFactory *
add_column (GtkColumnView *view,
            const char    *title,
            gboolean       expand,
            GCallback      setup,
            GCallback      bind,
            gpointer       user_data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", setup, user_data);
  if (bind != NULL)
    g_signal_connect (factory, "bind", bind, user_data);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_column_set_resizable (column, title != NULL);
  gtk_column_view_append_column (view, column);
  return factory;
}

void
rfi_history_cells_add_columns (GtkColumnView *view)
{
  static TextColumn action = { rfi_history_item_get_action, 18, 28, NULL };
  static TextColumn job = { rfi_history_item_get_job, 18, 18, NULL };
  static TextColumn detail = { rfi_history_item_get_detail, 18, 18, NULL };
  GtkListItemFactory *menu;

  add_column (view, NULL, TRUE, G_CALLBACK (setup_both_cb), G_CALLBACK (bind_both_cb), NULL);
  add_column (view, _("Time"), FALSE, G_CALLBACK (setup_time_cb), G_CALLBACK (bind_time_cb), NULL);
  add_column (view, _("Who"), FALSE, G_CALLBACK (setup_who_cb), G_CALLBACK (bind_who_cb), NULL);
  add_column (view, _("Action"), FALSE, G_CALLBACK (setup_text_cb), G_CALLBACK (bind_text_cb),
              &action);
  add_column (view, _("Job"), TRUE, G_CALLBACK (setup_text_cb), G_CALLBACK (bind_text_cb), &job);
  add_column (view, _("Before → after"), TRUE, G_CALLBACK (setup_text_cb),
              G_CALLBACK (bind_text_cb), &detail);
  add_column (view, _("From"), FALSE, G_CALLBACK (setup_origin_cb), G_CALLBACK (bind_origin_cb),
              NULL);
  /* translators: a column of buttons with menus */
  menu = add_column (view, _("More"), FALSE, G_CALLBACK (setup_menu_cb), NULL, NULL);
  g_signal_connect (menu, "unbind", G_CALLBACK (unbind_menu_cb), NULL);
  rfi_history_cells_set_narrow (view, FALSE);
}

void
rfi_history_cells_set_narrow (GtkColumnView *view,
                              gboolean       narrow)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  /* The header, which would have nothing to say. */
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (view)), !narrow);
  for (guint i = 0; i + 1 < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      gtk_column_view_column_set_visible (column, (i == 0) == narrow);
    }
}
