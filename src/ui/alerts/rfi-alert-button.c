/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-button"

#include "config.h"

#include "rfi-alert-button.h"

#include "rfi-alert-row.h"
#include "rfi-alert-words.h"
#include "rfi-renew.h"

#include <glib/gi18n.h>

/* Often enough for what is told in minutes. */
#define TICK_SECONDS 10

/* Numbers follow each other no faster. */
#define GATHER_MS 250

struct _RfiAlertButton
{
  AdwBin              parent_instance;

  RfiAlertList       *list;       /* (owned) (nullable) */
  GSignalGroup       *signals;    /* (owned): on list */
  GtkSingleSelection *selection;  /* (owned) */
  GPtrArray          *rows;       /* (owned) (element-type RfiAlertRow): bound, not owned */
  guint               source;     /* ticks while the list is open */
  guint               update_source;
  gint64              told;       /* when the numbers were, µs */
  RfiAlertRoom        room;

  GtkMenuButton      *button;     /* template children, from here on */
  GtkImage           *icon;
  GtkLabel           *words;
  GtkPopover         *popover;
  GtkLabel           *headline;
  GtkStack           *stack;
  GtkListView        *view;
};

G_DEFINE_FINAL_TYPE (RfiAlertButton, rfi_alert_button, ADW_TYPE_BIN)

/* Returns: (transfer full) */
static char *
count_words (guint n_active,
             guint n_critical)
{
  g_autofree char *alerts = NULL;

  if (n_active == 0)
    return g_strdup (_("No alerts"));

  alerts = g_strdup_printf (ngettext ("%u alert", "%u alerts", n_active), n_active);
  if (n_critical == 0)
    return g_steal_pointer (&alerts);

  /* translators: "5 alerts", then how many of them need a person right now */
  return g_strdup_printf (ngettext ("%s, act now on %u", "%s, act now on %u", n_critical), alerts,
                          n_critical);
}

/* Returns: (transfer full): the number, and the word for how bad it is where there is room */
static char *
badge_words (RfiAlertButton *self,
             guint           n_active,
             guint           n_critical)
{
  RfiSeverity severity = n_critical > 0 ? RFI_SEVERITY_CRITICAL : RFI_SEVERITY_WARNING;
  guint n = n_critical > 0 ? n_critical : n_active;

  if (self->room != RFI_ALERT_ROOM_WORD || n_active == 0)
    return g_strdup_printf ("%u", n);

  /* translators: how bad it is, then for how many jobs: "Act now: 3" */
  return g_strdup_printf (_("%s: %u"), rfi_alert_words_severity (severity), n);
}

static void
set_class (RfiAlertButton *self,
           const char     *name,
           gboolean        on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
update (RfiAlertButton *self)
{
  guint n_active = self->list != NULL ? rfi_alert_list_get_n_active (self->list) : 0;
  guint n_critical = self->list != NULL ? rfi_alert_list_get_n_critical (self->list) : 0;
  guint n_items = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  g_autofree char *label = count_words (n_active, n_critical);
  g_autofree char *badge = badge_words (self, n_active, n_critical);
  RfiSeverity severity = n_critical > 0 ? RFI_SEVERITY_CRITICAL : RFI_SEVERITY_WARNING;

  rfi_renew_icon (self->icon, n_active > 0 ? rfi_alert_words_icon (severity) : "alarm-symbolic");
  gtk_label_set_label (self->words, badge);
  gtk_widget_set_visible (GTK_WIDGET (self->words),
                          n_active > 0 && self->room != RFI_ALERT_ROOM_SYMBOL);
  gtk_label_set_label (self->headline, label);
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "empty");
  set_class (self, "critical", n_critical > 0);
  set_class (self, "warning", n_active > 0 && n_critical == 0);
  rfi_renew_tooltip (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static gboolean
update_cb (gpointer user_data)
{
  RfiAlertButton *self = user_data;

  self->update_source = 0;
  self->told = g_get_monotonic_time ();
  update (self);
  return G_SOURCE_REMOVE;
}

/* Three numbers change at once, and again with each part of a load: what they come to is told when
 * nothing else is to be done, and not again soon, for it makes the whole header find its places
 * anew. */
static void
queue_update (RfiAlertButton *self)
{
  gint64 since = (g_get_monotonic_time () - self->told) / 1000;

  if (self->update_source != 0)
    return;

  if (since >= GATHER_MS)
    self->update_source = g_idle_add_full (G_PRIORITY_LOW, update_cb, self, NULL);
  else
    self->update_source =
      g_timeout_add_full (G_PRIORITY_LOW, (guint) (GATHER_MS - since), update_cb, self, NULL);
}

static void
update_rows (RfiAlertButton *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    rfi_alert_row_update (g_ptr_array_index (self->rows, i));
}

static gboolean
tick_cb (gpointer user_data)
{
  update_rows (user_data);
  return G_SOURCE_CONTINUE;
}

/* A list makes its rows as soon as it has a model, two hundred of them if there are as many alerts,
 * and follows every change with them: only while somebody sees it. */
static void
fill (RfiAlertButton *self)
{
  if (gtk_list_view_get_model (self->view) == NULL)
    gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

/* Before the list is measured. */
static void
opens_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  fill (user_data);
}

static void
visible_cb (RfiAlertButton *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      gtk_list_view_set_model (self->view, NULL);
      return;
    }

  fill (self);
  update_rows (self);
  if (self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
    }
  self->source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
}

static void
setup_cb (RfiAlertButton           *self,
          GtkListItem              *list_item,
          GtkSignalListItemFactory *factory)
{
  gtk_list_item_set_child (list_item, rfi_alert_row_new ());
}

static void
bind_cb (RfiAlertButton           *self,
         GtkListItem              *list_item,
         GtkSignalListItemFactory *factory)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  rfi_alert_row_set (RFI_ALERT_ROW (row), self->list, gtk_list_item_get_item (list_item));
  g_ptr_array_add (self->rows, row);
}

static void
unbind_cb (RfiAlertButton           *self,
           GtkListItem              *list_item,
           GtkSignalListItemFactory *factory)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  rfi_alert_row_set (RFI_ALERT_ROW (row), NULL, NULL);
  g_ptr_array_remove_fast (self->rows, row);
}

static void
activate_cb (RfiAlertButton *self,
             guint           position)
{
  g_autoptr(RfiAlertItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s",
                              rfi_alert_item_get_job_id (item));
}

static void
assign (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  gtk_popover_popdown (RFI_ALERT_BUTTON (widget)->popover);
  gtk_widget_activate_action_variant (widget, "win.assign", parameter);
}

/* What was muted went to the end; the hand stays where it is, on the next one. */
static void
stay_at (RfiAlertButton *self,
         guint           position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  RfiAlertItem *item;

  gtk_single_selection_set_selected (self->selection, MIN (position, n - 1));
  item = gtk_single_selection_get_selected_item (self->selection);
  for (guint i = 0; i < self->rows->len; i++)
    if (rfi_alert_row_get_item (g_ptr_array_index (self->rows, i)) == item)
      gtk_widget_grab_focus (gtk_widget_get_parent (g_ptr_array_index (self->rows, i)));
}

static gboolean
key_cb (RfiAlertButton  *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  RfiAlertItem *item = gtk_single_selection_get_selected_item (self->selection);
  guint position = gtk_single_selection_get_selected (self->selection);
  gint64 until = 0;

  if (item == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_s)
    until = g_get_real_time () / 1000 + RFI_ALERT_SNOOZE;
  else if (keyval == GDK_KEY_a)
    until = rfi_alert_item_get_muted (item) ? 0 : G_MAXINT64;
  else
    return GDK_EVENT_PROPAGATE;

  rfi_alert_row_mute (GTK_WIDGET (self), self->list, rfi_alert_item_get_job_id (item), until);
  stay_at (self, position);
  return GDK_EVENT_STOP;
}

static void
rfi_alert_button_dispose (GObject *object)
{
  RfiAlertButton *self = RFI_ALERT_BUTTON (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (rfi_alert_button_parent_class)->dispose (object);
}

static void
rfi_alert_button_finalize (GObject *object)
{
  g_ptr_array_unref (RFI_ALERT_BUTTON (object)->rows);

  G_OBJECT_CLASS (rfi_alert_button_parent_class)->finalize (object);
}

static void
rfi_alert_button_class_init (RfiAlertButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_alert_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_alert_button_finalize;

  gtk_widget_class_install_action (widget_class, "alerts.assign", "s", assign);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/alerts/rfi-alert-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiAlertButton, button);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertButton, icon);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertButton, words);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertButton, popover);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertButton, headline);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertButton, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertButton, view);
  gtk_widget_class_bind_template_callback (widget_class, visible_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
rfi_alert_button_init (RfiAlertButton *self)
{
  self->rows = g_ptr_array_new ();
  self->room = RFI_ALERT_ROOM_WORD;
  gtk_widget_init_template (GTK_WIDGET (self));

  self->selection = gtk_single_selection_new (NULL);
  gtk_menu_button_set_create_popup_func (self->button, opens_cb, self, NULL);
  self->signals = g_signal_group_new (RFI_TYPE_ALERT_LIST);
  g_signal_group_connect_swapped (self->signals, "notify::n-items", G_CALLBACK (queue_update),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::n-active", G_CALLBACK (queue_update),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::n-critical", G_CALLBACK (queue_update),
                                  self);
  update (self);
}

void
rfi_alert_button_set_list (RfiAlertButton *self,
                           RfiAlertList   *list)
{
  g_return_if_fail (RFI_IS_ALERT_BUTTON (self));

  if (self->list == list)
    return;

  gtk_single_selection_set_model (self->selection, NULL);
  g_set_object (&self->list, list);
  g_signal_group_set_target (self->signals, list);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (list));
  update (self);
}

void
rfi_alert_button_set_room (RfiAlertButton *self,
                           RfiAlertRoom    room)
{
  g_return_if_fail (RFI_IS_ALERT_BUTTON (self));

  self->room = room;
  update (self);
}
