/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-page"

#include "config.h"

#include "rfi-history-page.h"

#include "rfi-error-words.h"
#include "rfi-fold-layout.h"
#include "rfi-history-cells.h"
#include "rfi-history-filter.h"
#include "rfi-history-item.h"
#include "rfi-history-list.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"
#include "rfi-verify-dialog.h"

#include <glib/gi18n.h>

/* What columns want; in less room an entry has two lines. */
#define WIDE_WIDTH 780

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

struct _RfiHistoryPage
{
  AdwBin            parent_instance;

  RfiSession       *session;          /* (owned) (nullable) */
  GSignalGroup     *session_signals;  /* (owned): on session */
  RfiHistoryList   *list;             /* (owned) (nullable) */
  RfiHistoryFilter *filter;           /* (owned) */
  GPtrArray        *people;           /* (owned) (element-type utf8): ids, as in the drop-down,
                                         without its first row */
  gint64            seen_sync_at;     /* what the list is as new as */
  guint             seen_queued;

  GtkWidget        *search;           /* template children, from here on */
  GtkDropDown      *range;
  GtkDropDown      *person;
  GtkDropDown      *kind;
  GtkToggleButton  *more;
  GtkWidget        *range_choice;
  GtkWidget        *person_choice;
  GtkWidget        *kind_choice;
  GtkLabel         *count;
  GtkLabel         *source;
  GtkWidget        *verify;
  GtkWidget        *as_of;
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

/* Whether entries older than those read can still match. */
static gboolean
can_have_more (RfiHistoryPage *self)
{
  GListModel *all = rfi_history_list_get_model (self->list);
  guint n = g_list_model_get_n_items (all);
  g_autoptr(RfiHistoryItem) oldest = n > 0 ? g_list_model_get_item (all, n - 1) : NULL;

  return rfi_history_list_has_more (self->list) &&
         (oldest == NULL || rfi_history_item_get_entry (oldest)->at >=
                              rfi_history_filter_get_since (self->filter));
}

/* Reads on while there is room to fill, or the end of what is read comes in sight. */
static void
load_if_needed (RfiHistoryPage *self)
{
  double below;

  if (self->list == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  below = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_value (self->adjustment);
  if (below < 3 * gtk_adjustment_get_page_size (self->adjustment) && can_have_more (self))
    rfi_history_list_load_more (self->list);
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

static void
update_shown (RfiHistoryPage *self)
{
  guint n = g_list_model_get_n_items (get_shown (self));
  gboolean more = self->list != NULL && can_have_more (self);
  g_autofree char *words = NULL;

  if (self->list == NULL)
    return;

  if (more)
    /* translators: so many are shown, older ones follow */
    words = g_strdup_printf (ngettext ("%'u entry, more below", "%'u entries, more below", n), n);
  else
    words = g_strdup_printf (ngettext ("%'u entry", "%'u entries", n), n);
  gtk_label_set_label (self->count, words);
  gtk_label_set_label (self->source, rfi_history_list_is_server (self->list)
                                       ? _("The server’s history") : _("What this console knows"));

  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "entries");
  else if (!more && !rfi_history_list_is_loading (self->list))
    {
      show_empty (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
}

static void
loaded_cb (RfiHistoryPage *self)
{
  update_shown (self);
  load_if_needed (self);
}

/* The person whose entries are wanted, %NULL: everybody's. */
static const char *
get_person (RfiHistoryPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->person);

  return selected != GTK_INVALID_LIST_POSITION && selected > 0 && selected <= self->people->len
           ? g_ptr_array_index (self->people, selected - 1) : NULL;
}

/* The server is asked wherever it can be: it knows what others did, and before this console. */
static void
ask (RfiHistoryPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  RfiHistoryQuery query = {
    .user_id = get_person (self), .text = *text != '\0' ? text : NULL,
    .since = rfi_history_filter_get_since (self->filter),
  };
  gboolean server = rfi_session_has_server_history (self->session);

  gtk_widget_set_visible (self->verify,
                          server && rfi_session_get_user (self->session)->role == RFI_ROLE_ADMIN);
  gtk_widget_set_visible (self->as_of, server);
  rfi_history_filter_set_text (self->filter, server ? "" : text);
  rfi_history_list_ask (self->list, server ? &query : NULL);
}

/* Filters */

static void
filter_changed_cb (RfiHistoryPage *self)
{
  if (self->list == NULL)
    return;

  ask (self);
  gtk_adjustment_set_value (self->adjustment, 0);
  update_shown (self);
  load_if_needed (self);
}

static void
search_changed_cb (RfiHistoryPage *self)
{
  filter_changed_cb (self);
}

/* Midnight of today, in the person's time zone. */
static gint64
get_midnight (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) midnight =
    g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                           g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (midnight) * 1000;
}

static void
range_changed_cb (RfiHistoryPage *self)
{
  static const int days[] = { -1, 0, 6, 29 };
  guint selected = gtk_drop_down_get_selected (self->range);
  gint64 since = 0;

  if (selected < G_N_ELEMENTS (days) && days[selected] >= 0)
    since = get_midnight () - days[selected] * DAY;
  rfi_history_filter_set_since (self->filter, since);
  filter_changed_cb (self);
}

static void
kind_changed_cb (RfiHistoryPage *self)
{
  rfi_history_filter_set_kind (self->filter,
                               (RfiHistoryKind) gtk_drop_down_get_selected (self->kind));
  filter_changed_cb (self);
}

static void
person_changed_cb (RfiHistoryPage *self)
{
  rfi_history_filter_set_person (self->filter, get_person (self));
  filter_changed_cb (self);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  RfiHistoryPage *self = user_data;

  return g_utf8_collate (rfi_session_get_name (self->session, *(const char *const *) a),
                         rfi_session_get_name (self->session, *(const char *const *) b));
}

/* Oneself and the technicians; there is no other list of people. */
static void
fill_people (RfiHistoryPage *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *technicians = rfi_session_get_technicians (self->session);

  g_ptr_array_set_size (self->people, 0);
  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);

      g_ptr_array_add (self->people, g_strdup (((RfiUser *) rfi_record_item_get (item))->id));
    }
  if (!g_ptr_array_find_with_equal_func (self->people, rfi_session_get_user (self->session)->id,
                                         g_str_equal, NULL))
    g_ptr_array_add (self->people, g_strdup (rfi_session_get_user (self->session)->id));
  g_ptr_array_sort_with_data (self->people, compare_names, self);

  gtk_string_list_append (names, _("Everybody"));
  for (guint i = 0; i < self->people->len; i++)
    gtk_string_list_append (names, rfi_session_get_name (self->session,
                                                         g_ptr_array_index (self->people, i)));
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
}

/* The list */

static void
activate_cb (RfiHistoryPage *self,
             guint           position)
{
  g_autoptr(RfiHistoryItem) item = g_list_model_get_item (get_shown (self), position);
  const char *job_id;

  if (item == NULL)
    return;

  job_id = rfi_history_item_get_entry (item)->job_id;
  if (rfi_job_table_lookup (rfi_session_get_jobs (self->session), job_id) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", job_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)",
                                _("This job is no longer here."), "", "");
}

static void
verify_cb (RfiHistoryPage *self)
{
  rfi_verify_dialog_present (self->session, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* The moment of the entry that is selected, else now. */
static void
as_of_cb (RfiHistoryPage *self)
{
  RfiHistoryItem *item = gtk_single_selection_get_selected_item (
    GTK_SINGLE_SELECTION (gtk_column_view_get_model (self->view)));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-as-of", "x",
                              item != NULL ? rfi_history_item_get_entry (item)->at
                                           : g_get_real_time () / 1000);
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
  GListModel *shown;

  self->list = rfi_history_list_new (self->session);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  shown = G_LIST_MODEL (
    gtk_filter_list_model_new (g_object_ref (rfi_history_list_get_model (self->list)),
                               GTK_FILTER (g_object_ref (self->filter))));
  gtk_column_view_set_model (self->view,
                             GTK_SELECTION_MODEL (gtk_single_selection_new (shown)));
  g_object_unref (gtk_column_view_get_model (self->view));
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
      fill_people (self);
      make_list (self);
    }
  else
    {
      ask (self);
      rfi_history_list_refresh (self->list);
    }
}

/* Width */

/* In little room what is chosen but seldom waits behind a button. */
static void
arrange (RfiHistoryPage *self)
{
  gboolean narrow = rfi_fold_layout_get_narrow (
    RFI_FOLD_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))));

  gboolean choices = !narrow || gtk_toggle_button_get_active (self->more);

  rfi_history_cells_set_narrow (self->view, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->more), narrow);
  gtk_widget_set_visible (self->range_choice, choices);
  gtk_widget_set_visible (self->person_choice, choices);
  gtk_widget_set_visible (self->kind_choice, choices);
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
  g_signal_group_set_target (self->session_signals, session);
  if (session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      fill_people (self);
      make_list (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
rfi_history_page_dispose (GObject *object)
{
  RfiHistoryPage *self = RFI_HISTORY_PAGE (object);

  g_clear_object (&self->session_signals);
  drop_list (self);
  g_clear_object (&self->filter);
  g_clear_object (&self->session);
  g_clear_pointer (&self->people, g_ptr_array_unref);

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

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/history/rfi-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, range);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, person);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, kind);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, more);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, range_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, person_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, kind_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, count);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, source);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, verify);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, as_of);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, view);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryPage, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, arrange);
  gtk_widget_class_bind_template_callback (widget_class, as_of_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_if_needed);
  gtk_widget_class_bind_template_callback (widget_class, person_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, range_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, verify_cb);
}

static void
rfi_history_page_init (RfiHistoryPage *self)
{
  self->filter = rfi_history_filter_new ();
  self->people = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rfi_fold_layout_new (WIDE_WIDTH));
  g_signal_connect_object (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "notify::narrow",
                           G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);

  rfi_history_cells_add_columns (self->view);
  self->session_signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::sync-state",
                                  G_CALLBACK (sync_state_cb), self);
}
