/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-page"

#include "config.h"

#include "rfi-history-page.h"

#include "rfi-error-words.h"
#include "rfi-fold-layout.h"
#include "rfi-history-bar.h"
#include "rfi-history-cells.h"
#include "rfi-history-exporter.h"
#include "rfi-history-item.h"
#include "rfi-history-list.h"
#include "rfi-job-table.h"
#include "rfi-session-history.h"
#include "rfi-verify-dialog.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

/* What columns want; in less room an entry has two lines. */
#define WIDE_WIDTH 780

struct _RfiHistoryPage
{
  AdwBin            parent_instance;

  RfiSession       *session;          /* (owned) (nullable) */
  GSignalGroup     *session_signals;  /* (owned): on session */
  RfiHistoryList   *list;             /* (owned) (nullable) */
  gint64            mark;             /* ms since 1970: what another entry is compared with, or 0 */
  gint64            seen_sync_at;     /* what the list is as new as */
  guint             seen_queued;

  RfiHistoryBar    *bar;              /* template children, from here on */
  GtkLabel         *count;
  GtkLabel         *source;
  GtkWidget        *verify;
  GtkWidget        *as_of;
  GtkWidget        *compare;
  GtkStack         *stack;
  AdwStatusPage    *empty;
  GtkColumnView    *view;
  GtkAdjustment    *adjustment;
};

G_DEFINE_FINAL_TYPE (RfiHistoryPage, rfi_history_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GListModel *
get_shown (RfiHistoryPage *self)
{
  return G_LIST_MODEL (gtk_column_view_get_model (self->view));
}

static void
show_empty (RfiHistoryPage *self)
{
  const GError *error = rfi_history_list_get_error (self->list);
  g_autofree char *words = error != NULL ? rfi_error_words (error) : NULL;

  adw_status_page_set_title (self->empty, error != NULL ? _("The history can’t be read right now")
                                                        : _("Nothing happened in this range"));
  adw_status_page_set_description (self->empty,
                                   error != NULL
                                     ? words
                                     : rfi_history_list_is_server (self->list)
                                       ? _("The server’s history knows of nothing that matches.")
                                       : _("History is what this console did and saw happen since "
                                           "its first sign-in."));
}

static const char *
get_source (RfiHistoryPage *self)
{
  if (rfi_history_list_is_server (self->list))
    return _("The server’s history");

  return rfi_session_get_online (self->session) ? _("What this console knows")
                                                : _("Offline: what this console knows");
}

/* Why their number is not exact. */
static const char *
get_why (void)
{
  return _("The server counts what was done at once as one. How many of these are in it shows when "
           "all were looked at.");
}

static void
update_shown (RfiHistoryPage *self)
{
  const GError *error;
  g_autofree char *words = NULL;
  gboolean exact;
  guint n;

  if (self->list == NULL)
    return;

  n = rfi_history_list_count (self->list, &exact);
  error = rfi_history_list_get_error (self->list);
  if (error != NULL)
    words = rfi_error_words (error);
  else if (exact)
    words = g_strdup_printf (ngettext ("%'u entry", "%'u entries", n), n);
  else
    /* translators: of a kind that a record may have several of; exact once all were looked at */
    words = g_strdup_printf (ngettext ("About %'u entry", "About %'u entries", n), n);
  gtk_label_set_label (self->count, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count),
                               error == NULL && !exact ? get_why () : NULL);
  gtk_label_set_label (self->source, get_source (self));

  if (g_list_model_get_n_items (get_shown (self)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "entries");
  else if (exact || error != NULL)
    {
      show_empty (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
}

/* The server is asked wherever it can be: it knows what others did, and before this console. */
static void
ask (RfiHistoryPage *self)
{
  g_autoptr(RfiHistoryQuery) query = rfi_history_bar_dup_query (self->bar);
  gboolean server = rfi_session_has_server_history (self->session);

  gtk_widget_set_visible (self->verify,
                          server && rfi_session_get_user (self->session)->role == RFI_ROLE_ADMIN);
  gtk_widget_set_visible (self->as_of, server);
  gtk_widget_set_visible (self->compare, server);
  rfi_history_list_ask (self->list, query, server);
}

static void
asked_cb (RfiHistoryPage *self)
{
  if (self->list == NULL)
    return;

  /* While there are still rows: a list without any can't be moved. */
  gtk_adjustment_set_value (self->adjustment, 0);
  ask (self);
  update_shown (self);
}

void
rfi_history_page_look_for (RfiHistoryPage *self,
                           const char     *job_id,
                           const char     *user_id,
                           const char     *device_id)
{
  g_return_if_fail (RFI_IS_HISTORY_PAGE (self));

  rfi_history_bar_set_session (self->bar, self->session);
  rfi_history_bar_look_for (self->bar, job_id, user_id, device_id);
}

/* The list */

static void
activate_cb (RfiHistoryPage *self,
             guint           position)
{
  g_autoptr(RfiHistoryItem) item = g_list_model_get_item (get_shown (self), position);
  RfiAuditEntry *entry = item != NULL ? rfi_history_item_get_entry (item) : NULL;
  const char *job_id;

  if (entry == NULL)
    return;

  job_id = entry->job_id;
  if (rfi_job_table_lookup (rfi_session_get_jobs (self->session), job_id) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", job_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)",
                                _("This job is no longer here."), "", "");
}

/* Menus of entries, from the row that is pointed at or has the focus. */

/* Returns: (transfer none) (nullable) */
static GtkWidget *
find_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* @widget: (nullable): somewhere in a row */
static gboolean
open_menu (RfiHistoryPage *self,
           GtkWidget      *widget)
{
  GtkWidget *button = NULL;

  while (widget != NULL && widget != GTK_WIDGET (self->view) && button == NULL)
    {
      button = find_button (widget);
      widget = gtk_widget_get_parent (widget);
    }
  if (button == NULL)
    return FALSE;

  g_signal_emit_by_name (button, "clicked");
  return TRUE;
}

static void
pressed_cb (RfiHistoryPage *self,
            int             n_presses,
            double          x,
            double          y)
{
  open_menu (self, gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT));
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  RfiHistoryPage *self = RFI_HISTORY_PAGE (widget);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)) &&
         open_menu (self, focus);
}

/* The first of two entries is marked, the second compared with it. */
static void
mark_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  RfiHistoryPage *self = RFI_HISTORY_PAGE (widget);
  gint64 at = g_variant_get_int64 (parameter);

  if (self->mark == 0)
    {
      self->mark = at;
      gtk_widget_activate_action (widget, "win.toast", "(sss)",
                                  _("Now choose the entry to compare it with"), "", "");
      return;
    }

  gtk_widget_activate_action (widget, "win.compare-moments", "(xx)", self->mark, at);
  self->mark = 0;
}

static void
export_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  RfiHistoryPage *self = RFI_HISTORY_PAGE (widget);
  g_autoptr(RfiHistoryQuery) query = NULL;

  if (self->list == NULL)
    return;

  query = rfi_history_bar_dup_query (self->bar);
  rfi_history_exporter_choose (self->session, query, rfi_history_list_is_server (self->list),
                               g_str_equal (g_variant_get_string (parameter, NULL), "json")
                                 ? RFI_HISTORY_JSON : RFI_HISTORY_CSV,
                               GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
verify_cb (RfiHistoryPage *self)
{
  rfi_verify_dialog_present (self->session, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* The moment of the entry that is selected, else now. */
static gint64
get_moment (RfiHistoryPage *self)
{
  RfiHistoryItem *item = gtk_single_selection_get_selected_item (
    GTK_SINGLE_SELECTION (gtk_column_view_get_model (self->view)));

  RfiAuditEntry *entry = item != NULL ? rfi_history_item_get_entry (item) : NULL;

  return entry != NULL ? entry->at : g_get_real_time () / 1000;
}

static void
as_of_cb (RfiHistoryPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-as-of", "x", get_moment (self));
}

static void
compare_cb (RfiHistoryPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.compare-moments", "(xx)", get_moment (self),
                              G_GINT64_CONSTANT (0));
}

/* History grows with each change and each sync; nothing else is worth reading for. */
static void
sync_state_cb (RfiHistoryPage *self)
{
  RfiSyncState *state;

  if (self->list == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  ask (self);
  state = rfi_session_get_sync_state (self->session);
  if (self->seen_sync_at == state->last_sync_at && self->seen_queued == state->n_queued)
    return;

  self->seen_sync_at = state->last_sync_at;
  self->seen_queued = state->n_queued;
  rfi_history_list_refresh (self->list);
}

static void
drop_list (RfiHistoryPage *self)
{
  if (self->list == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->list, self);
  rfi_history_list_stop (self->list);
  g_clear_object (&self->list);
}

static void
make_list (RfiHistoryPage *self)
{
  GtkSelectionModel *shown;

  rfi_history_bar_set_session (self->bar, self->session);
  self->list = rfi_history_list_new (self->session);
  rfi_history_list_set_view (self->list, GTK_WIDGET (self->view));
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (update_shown), self,
                           G_CONNECT_SWAPPED);
  shown = GTK_SELECTION_MODEL (
    gtk_single_selection_new (g_object_ref (rfi_history_list_get_model (self->list))));
  gtk_column_view_set_model (self->view, shown);
  g_object_unref (shown);
  ask (self);
  rfi_history_list_refresh (self->list);
}

static void
rfi_history_page_map (GtkWidget *widget)
{
  RfiHistoryPage *self = RFI_HISTORY_PAGE (widget);

  GTK_WIDGET_CLASS (rfi_history_page_parent_class)->map (widget);

  if (self->session == NULL)
    return;
  if (self->list == NULL)
    {
      make_list (self);
    }
  else
    {
      ask (self);
      rfi_history_list_refresh (self->list);
    }
}

/* Width */

static void
arrange (RfiHistoryPage *self)
{
  gboolean narrow = rfi_fold_layout_get_narrow (
    RFI_FOLD_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))));

  rfi_history_cells_set_narrow (self->view, narrow);
  rfi_history_bar_set_narrow (self->bar, narrow);
}

void
rfi_history_page_set_session (RfiHistoryPage *self,
                              RfiSession     *session)
{
  g_return_if_fail (RFI_IS_HISTORY_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  gtk_column_view_set_model (self->view, NULL);
  drop_list (self);
  rfi_history_bar_set_session (self->bar, NULL);
  g_signal_group_set_target (self->session_signals, session);
  if (session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    make_list (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
rfi_history_page_dispose (GObject *object)
{
  RfiHistoryPage *self = RFI_HISTORY_PAGE (object);

  g_clear_object (&self->session_signals);
  drop_list (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_history_page_parent_class)->dispose (object);
}

static void
rfi_history_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RfiHistoryPage *self = RFI_HISTORY_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_history_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  RfiHistoryPage *self = RFI_HISTORY_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      rfi_history_page_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_history_page_class_init (RfiHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_history_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = rfi_history_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = rfi_history_page_set_property;
  widget_class->map = rfi_history_page_map;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (RFI_TYPE_HISTORY_BAR);
  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/history/rfi-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, count);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, source);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, verify);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, as_of);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, compare);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, view);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, as_of_cb);
  gtk_widget_class_bind_template_callback (widget_class, asked_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, verify_cb);
  gtk_widget_class_install_action (widget_class, "history.mark", "x", mark_cb);
  gtk_widget_class_install_action (widget_class, "history.export", "s", export_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
rfi_history_page_init (RfiHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rfi_fold_layout_new (WIDE_WIDTH));
  g_signal_connect_object (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "notify::narrow",
                           G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);

  rfi_history_cells_add_columns (self->view);
  self->session_signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::sync-state",
                                  G_CALLBACK (sync_state_cb), self);
}
