/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-event-post"

#include "config.h"

#include "rfi-event-post.h"

#include "rfi-session-private.h"
#include "rfi-store-log.h"
#include "rfi-sync-log.h"
#include "rfi-wire-event-batch.h"

/* Well below what the server takes in one request. */
#define BATCH 200
/* ms between two rounds that send, and between two looks for what is old. */
#define PAUSE (60 * 1000)
#define ARCHIVE_PAUSE (60 * PAUSE)

struct _RfiEventPost
{
  GObject        parent_instance;

  RfiStore      *store;        /* (owned) (nullable): until stopped */
  char          *archive_dir;  /* (owned) */
  RfiClock      *clock;        /* (owned) */
  RfiSyncThread *sync;         /* (owned) (nullable): who sends, while it is under way */
  GPtrArray     *waiting;      /* (owned) (element-type GTask): for the end of what is under way */
  gint64         last;         /* monotonic ms: when the last sending began; -1 = none did */
  gint64         archived;     /* likewise of archiving */
  gint64         n;            /* of the last event that is on its way */
  gboolean       busy;
  gboolean       takes;        /* the server takes events */
  gboolean       full;         /* more are left */
  RfiEventTrouble trouble;
  gint64         since;        /* ms since 1970: of the trouble */
  GError        *error;        /* (owned) (nullable): likewise */
};

G_DEFINE_FINAL_TYPE (RfiEventPost, rfi_event_post, G_TYPE_OBJECT)

static void read_events (RfiEventPost *self);
static void listed_cb   (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void taken_cb    (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void noted_cb    (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void archived_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);

static void
tell_waiting (RfiEventPost *self)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      if (self->error != NULL)
        g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (self->error));
      else
        g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
    }
}

/* @error: (transfer full) (nullable) */
static void
end (RfiEventPost    *self,
     RfiEventTrouble  trouble,
     GError          *error)
{
  if (error != NULL)
    g_debug ("Events wait for another time: %s", error->message);
  if (trouble != RFI_EVENT_TROUBLE_NONE && trouble != self->trouble)
    self->since = rfi_clock_get_wall (self->clock);
  self->trouble = trouble;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = _rfi_session_translate_answer (error);
  self->busy = FALSE;
  g_clear_object (&self->sync);
  tell_waiting (self);
}

static gboolean
is_over (gint64 since,
         gint64 now,
         gint64 pause)
{
  return since < 0 || now - since >= pause;
}

static void
archive (RfiEventPost *self)
{
  self->archived = rfi_clock_get_monotonic (self->clock);
  rfi_store_archive_events_async (self->store, self->archive_dir,
                                  rfi_clock_get_wall (self->clock) - RFI_SYNC_LOG_KEEP_MS,
                                  RFI_SYNC_LOG_KEEP_N, !self->takes, NULL, archived_cb,
                                  g_object_ref (self));
}

static void
begin (RfiEventPost  *self,
       RfiSyncThread *sync,
       gboolean       takes)
{
  self->busy = TRUE;
  self->takes = takes;
  if (sync == NULL || !takes)
    {
      archive (self);
      return;
    }

  self->last = rfi_clock_get_monotonic (self->clock);
  self->sync = g_object_ref (sync);
  read_events (self);
}

void
rfi_event_post_send (RfiEventPost  *self,
                     RfiSyncThread *sync,
                     gboolean       takes)
{
  gint64 now;

  g_return_if_fail (RFI_IS_EVENT_POST (self));

  if (self->busy || self->store == NULL)
    return;

  now = rfi_clock_get_monotonic (self->clock);
  if (sync != NULL && takes ? is_over (self->last, now, PAUSE)
                            : is_over (self->archived, now, ARCHIVE_PAUSE))
    begin (self, sync, takes);
}

void
rfi_event_post_send_now_async (RfiEventPost        *self,
                               RfiSyncThread       *sync,
                               gboolean             takes,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RFI_IS_EVENT_POST (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rfi_event_post_send_now_async);
  g_ptr_array_add (self->waiting, task);
  if (self->busy)
    return;
  if (self->store == NULL)
    tell_waiting (self);
  else
    begin (self, sync, takes);
}

gboolean
rfi_event_post_send_now_finish (RfiEventPost  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

RfiEventTrouble
rfi_event_post_get_trouble (RfiEventPost  *self,
                            gint64        *since,
                            const GError **error)
{
  g_return_val_if_fail (RFI_IS_EVENT_POST (self), RFI_EVENT_TROUBLE_NONE);

  *since = self->since;
  *error = self->error;
  return self->trouble;
}

static void
read_events (RfiEventPost *self)
{
  rfi_store_list_unsent_events_async (self->store, BATCH, NULL, listed_cb, g_object_ref (self));
}

/* As recorded: whoever reads them knows all versions. Returns: (transfer full) */
static GString *
write_batch (GPtrArray *events)
{
  g_autoptr(GPtrArray) batch =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_wire_event_free);
  GString *json = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const RfiClientEvent *event = g_ptr_array_index (events, i);
      RfiWireEvent *row = g_new0 (RfiWireEvent, 1);

      row->event_id = g_strdup (event->id);
      row->type = g_strdup (event->type);
      row->schema_version = event->schema_version;
      row->occurred_at = event->at;
      row->aggregate_id = g_strdup (event->aggregate);
      row->sequence = event->sequence;
      row->payload = g_strdup (event->payload);
      g_ptr_array_add (batch, row);
    }

  rfi_wire_events_append (batch, json);
  return json;
}

/* All is sent. */
static void
end_or_archive (RfiEventPost *self)
{
  if (self->waiting->len > 0 || self->trouble == RFI_EVENT_TROUBLE_ARCHIVING ||
      is_over (self->archived, rfi_clock_get_monotonic (self->clock), ARCHIVE_PAUSE))
    archive (self);
  else
    end (self, RFI_EVENT_TROUBLE_NONE, NULL);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiEventPost) self = user_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) events = rfi_store_list_events_finish (RFI_STORE (object), result, &error);

  if (events == NULL || self->store == NULL)
    {
      end (self, events == NULL ? RFI_EVENT_TROUBLE_SENDING : RFI_EVENT_TROUBLE_NONE, error);
      return;
    }
  if (events->len == 0)
    {
      /* Looking for some is cheap: only sending has to wait. */
      self->last = -1;
      end_or_archive (self);
      return;
    }

  self->full = events->len == BATCH;
  self->n = ((RfiClientEvent *) g_ptr_array_index (events, events->len - 1))->n;
  rfi_sync_thread_ask_async (self->sync, "/events", write_batch (events), NULL, taken_cb,
                             g_object_ref (self));
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiEventPost) self = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) answer = rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  guint n_accepted;
  guint n_duplicates;

  if (answer == NULL || self->store == NULL ||
      !rfi_wire_events_parse_answer (g_bytes_get_data (answer, NULL),
                                     (gssize) g_bytes_get_size (answer), &n_accepted,
                                     &n_duplicates, &error))
    {
      end (self, error != NULL ? RFI_EVENT_TROUBLE_SENDING : RFI_EVENT_TROUBLE_NONE, error);
      return;
    }

  g_debug ("%u events are new to the server, %u it had", n_accepted, n_duplicates);
  rfi_store_set_events_sent_async (self->store, self->n, NULL, noted_cb, g_object_ref (self));
}

static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiEventPost) self = user_data;
  GError *error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error) || self->store == NULL)
    end (self, error != NULL ? RFI_EVENT_TROUBLE_SENDING : RFI_EVENT_TROUBLE_NONE, error);
  else if (self->full)
    read_events (self);
  else
    end_or_archive (self);
}

static void
archived_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiEventPost) self = user_data;
  GError *error = NULL;

  rfi_store_archive_events_finish (RFI_STORE (object), result, &error);
  end (self, error != NULL ? RFI_EVENT_TROUBLE_ARCHIVING : RFI_EVENT_TROUBLE_NONE, error);
}

void
rfi_event_post_stop (RfiEventPost *self)
{
  g_return_if_fail (RFI_IS_EVENT_POST (self));

  g_clear_object (&self->store);
}

static void
rfi_event_post_finalize (GObject *object)
{
  RfiEventPost *self = RFI_EVENT_POST (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->archive_dir);

  G_OBJECT_CLASS (rfi_event_post_parent_class)->finalize (object);
}

static void
rfi_event_post_class_init (RfiEventPostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_event_post_finalize;
}

static void
rfi_event_post_init (RfiEventPost *self)
{
  self->last = self->archived = -1;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

RfiEventPost *
rfi_event_post_new (RfiStore   *store,
                    const char *account_dir,
                    RfiClock   *clock)
{
  RfiEventPost *self = g_object_new (RFI_TYPE_EVENT_POST, NULL);

  self->store = g_object_ref (store);
  self->clock = clock != NULL ? g_object_ref (clock) : rfi_clock_new_system (NULL);
  self->archive_dir = g_build_filename (account_dir, "events", NULL);
  return self;
}
