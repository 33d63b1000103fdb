/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-event-post"

#include "config.h"

#include "rfi-event-post.h"

#include "rfi-store-log.h"
#include "rfi-sync-log.h"
#include "rfi-wire-event-batch.h"

/* Well below what the server takes in one request. */
#define BATCH 200
/* µs between two rounds. */
#define PAUSE (60 * G_USEC_PER_SEC)

struct _RfiEventPost
{
  GObject        parent_instance;

  RfiStore      *store;        /* (owned) (nullable): until stopped */
  char          *archive_dir;  /* (owned) */
  RfiSyncThread *sync;         /* (owned) (nullable): while it is under way */
  gint64         last;         /* monotonic µs: when the last round began; 0 = none did */
  gint64         n;            /* of the last event that is on its way */
  gboolean       full;         /* more are left */
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

/* @error: (transfer full) (nullable) */
static void
end (RfiEventPost *self,
     GError       *error)
{
  if (error != NULL)
    g_debug ("Events wait for another time: %s", error->message);
  g_clear_error (&error);
  g_clear_object (&self->sync);
}

void
rfi_event_post_send (RfiEventPost  *self,
                     RfiSyncThread *sync)
{
  g_return_if_fail (RFI_IS_EVENT_POST (self));

  if (self->sync != NULL || self->store == NULL ||
      (self->last > 0 && g_get_monotonic_time () - self->last < PAUSE))
    return;

  self->last = g_get_monotonic_time ();
  self->sync = g_object_ref (sync);
  read_events (self);
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

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiEventPost) self = user_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) events = rfi_store_list_events_finish (RFI_STORE (object), result, &error);

  if (events == NULL || events->len == 0 || self->store == NULL)
    {
      /* Looking for some is cheap: only sending has to wait. */
      self->last = 0;
      end (self, error);
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
      end (self, error);
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
    end (self, error);
  else if (self->full)
    read_events (self);
  else
    rfi_store_archive_events_async (self->store, self->archive_dir,
                                    g_get_real_time () / 1000 - RFI_SYNC_LOG_KEEP_MS,
                                    RFI_SYNC_LOG_KEEP_N, NULL, archived_cb, g_object_ref (self));
}

static void
archived_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiEventPost) self = user_data;
  GError *error = NULL;

  rfi_store_archive_events_finish (RFI_STORE (object), result, &error);
  end (self, error);
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
  g_clear_object (&self->sync);
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
}

RfiEventPost *
rfi_event_post_new (RfiStore   *store,
                    const char *account_dir)
{
  RfiEventPost *self = g_object_new (RFI_TYPE_EVENT_POST, NULL);

  self->store = g_object_ref (store);
  self->archive_dir = g_build_filename (account_dir, "events", NULL);
  return self;
}
