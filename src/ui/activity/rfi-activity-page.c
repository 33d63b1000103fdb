/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-activity-page"

#include "config.h"

#include "rfi-activity-page.h"

#include "rfi-alarm-box.h"
#include "rfi-connection-facts.h"
#include "rfi-event-archive.h"
#include "rfi-figures.h"
#include "rfi-fold-layout.h"
#include "rfi-format.h"
#include "rfi-queue-row.h"
#include "rfi-queue-state.h"
#include "rfi-record-item.h"
#include "rfi-upkeep.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

/* Below this the connection is under the queue. */
#define NARROW_WIDTH 860

/* Rows are widgets: of a longer queue only the changes that go first are shown. */
#define MOST_ROWS 100

struct _RfiActivityPage
{
  AdwBin              parent_instance;

  RfiSession         *session;          /* (owned) (nullable) */
  GSignalGroup       *session_signals;  /* (owned): on session */
  GSignalGroup       *outbox_signals;   /* (owned): on session's outbox */
  guint               tick;             /* source, while it is to be seen */

  GtkOrientable      *columns;          /* template children, from here on */
  GtkLabel           *count;
  GtkLabel           *summary;
  GtkStack           *stack;
  GtkListBox         *queue;
  GtkLabel           *more;
  RfiAlarmBox        *alarms;
  RfiFigures         *figures;
  RfiConnectionFacts *facts;
  RfiUpkeep          *upkeep;
};

G_DEFINE_FINAL_TYPE (RfiActivityPage, rfi_activity_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  RfiActivityPage *self = user_data;

  return rfi_queue_row_new (self->session, item);
}

static void
append_count (GString    *words,
              const char *text)
{
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, text);
}

/* "oldest 2 h · 1 conflict · 1 failed" */
static char *
summary_words (const RfiSyncState *state)
{
  g_autoptr(GString) words = g_string_new (NULL);

  if (state->oldest_queued_at > 0)
    {
      g_autofree char *age = rfi_format_age (state->oldest_queued_at);
      /* translators: %s is an age, "2 h" */
      g_autofree char *text = g_strdup_printf (_("oldest %s"), age);

      append_count (words, text);
    }
  if (state->n_conflicts > 0)
    {
      g_autofree char *text = g_strdup_printf (
        ngettext ("%u conflict", "%u conflicts", state->n_conflicts), state->n_conflicts);

      append_count (words, text);
    }
  if (state->n_failed > 0)
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u failed", "%u failed", state->n_failed), state->n_failed);

      append_count (words, text);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

typedef void (*ChangeFunc) (RfiActivityPage *self,
                            RfiOperation    *operation);

/* Calls @func, if any, for what can be tried again. Returns: how many that are */
static guint
foreach_retriable (RfiActivityPage *self,
                   ChangeFunc       func)
{
  GListModel *outbox = rfi_session_get_outbox (self->session);
  gint64 now = g_get_real_time () / 1000;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (outbox, i);
      RfiOperation *operation = rfi_record_item_get (item);

      if ((operation->state != RFI_OPERATION_REJECTED &&
           operation->state != RFI_OPERATION_QUARANTINED &&
           (operation->state != RFI_OPERATION_QUEUED || operation->next_try_at <= now)) ||
          g_strcmp0 (operation->error_code, RFI_OPERATION_LOST) == 0)
        continue;

      n++;
      if (func != NULL)
        func (self, operation);
    }

  return n;
}

static void
retry_change (RfiActivityPage *self,
              RfiOperation    *operation)
{
  rfi_session_retry (self->session, operation->id);
}

static void
retry_all_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  RfiActivityPage *self = RFI_ACTIVITY_PAGE (widget);

  if (self->session != NULL)
    foreach_retriable (self, retry_change);
}

static void
archive_events_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  RfiActivityPage *self = RFI_ACTIVITY_PAGE (widget);

  if (self->session != NULL)
    rfi_event_archive_run (widget, self->session);
}

static void
update_head (RfiActivityPage *self)
{
  guint n = g_list_model_get_n_items (rfi_session_get_outbox (self->session));
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *summary = summary_words (rfi_session_get_sync_state (self->session));

  gtk_label_set_label (self->count, count);
  gtk_label_set_label (self->summary, summary);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "queue" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > MOST_ROWS);
  if (n > MOST_ROWS)
    {
      g_autofree char *more = g_strdup_printf (
        ngettext ("%u more follows.", "%u more follow.", n - MOST_ROWS), n - MOST_ROWS);

      gtk_label_set_label (self->more, more);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "activity.retry-all",
                                 foreach_retriable (self, NULL) > 0);
}

/* Nothing is done for what nobody sees. */
static void
update (RfiActivityPage *self)
{
  GtkWidget *row;

  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  update_head (self);
  rfi_alarm_box_update (self->alarms, self->session);
  rfi_figures_update (self->figures);
  rfi_connection_facts_update (self->facts, self->session);
  rfi_upkeep_update (self->upkeep);
  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->queue)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    rfi_queue_row_update (RFI_QUEUE_ROW (row));
}

/* A queue that nobody sees has no rows: each costs more than the change it stands for. */
static void
bind_queue (RfiActivityPage *self)
{
  g_autoptr(GListModel) first = NULL;

  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    first = G_LIST_MODEL (gtk_slice_list_model_new (
      g_object_ref (rfi_session_get_outbox (self->session)), 0, MOST_ROWS));
  gtk_list_box_bind_model (self->queue, first, make_row_cb, self, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
rfi_activity_page_map (GtkWidget *widget)
{
  RfiActivityPage *self = RFI_ACTIVITY_PAGE (widget);

  GTK_WIDGET_CLASS (rfi_activity_page_parent_class)->map (widget);

  bind_queue (self);
  update (self);
  self->tick = g_timeout_add_seconds (1, tick_cb, self);
}

static void
rfi_activity_page_unmap (GtkWidget *widget)
{
  RfiActivityPage *self = RFI_ACTIVITY_PAGE (widget);

  g_clear_handle_id (&self->tick, g_source_remove);

  GTK_WIDGET_CLASS (rfi_activity_page_parent_class)->unmap (widget);

  bind_queue (self);
}

static void
arrange (RfiActivityPage *self)
{
  gboolean narrow = rfi_fold_layout_get_narrow (
    RFI_FOLD_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))));

  gtk_orientable_set_orientation (self->columns, narrow ? GTK_ORIENTATION_VERTICAL
                                                              : GTK_ORIENTATION_HORIZONTAL);
}

void
rfi_activity_page_set_session (RfiActivityPage *self,
                               RfiSession      *session)
{
  GListModel *outbox = session != NULL ? rfi_session_get_outbox (session) : NULL;

  g_return_if_fail (RFI_IS_ACTIVITY_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  bind_queue (self);
  g_signal_group_set_target (self->session_signals, session);
  g_signal_group_set_target (self->outbox_signals, outbox);
  rfi_connection_facts_update (self->facts, session);
  rfi_figures_set_session (self->figures, session);
  rfi_upkeep_set_session (self->upkeep, session);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
rfi_activity_page_dispose (GObject *object)
{
  RfiActivityPage *self = RFI_ACTIVITY_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->outbox_signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_activity_page_parent_class)->dispose (object);
}

static void
rfi_activity_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RfiActivityPage *self = RFI_ACTIVITY_PAGE (object);

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
rfi_activity_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RfiActivityPage *self = RFI_ACTIVITY_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      rfi_activity_page_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_activity_page_class_init (RfiActivityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_activity_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = rfi_activity_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = rfi_activity_page_set_property;
  widget_class->map = rfi_activity_page_map;
  widget_class->unmap = rfi_activity_page_unmap;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "activity.archive-events", NULL,
                                   archive_events_cb);
  gtk_widget_class_install_action (widget_class, "activity.retry-all", NULL, retry_all_cb);

  g_type_ensure (RFI_TYPE_ALARM_BOX);
  g_type_ensure (RFI_TYPE_CONNECTION_FACTS);
  g_type_ensure (RFI_TYPE_FIGURES);
  g_type_ensure (RFI_TYPE_UPKEEP);
  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/activity/rfi-activity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, columns);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, count);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, summary);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, queue);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, more);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, alarms);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, figures);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, facts);
  gtk_widget_class_bind_template_child (widget_class, RfiActivityPage, upkeep);
}

static void
rfi_activity_page_init (RfiActivityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rfi_fold_layout_new (NARROW_WIDTH));
  g_signal_connect_object (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "notify::narrow",
                           G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);

  self->session_signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::sync-state",
                                  G_CALLBACK (update), self);
  self->outbox_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->outbox_signals, "items-changed", G_CALLBACK (update),
                                  self);
}
