/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-pull"

#include "config.h"

#include "rfi-sync-pull.h"

#include "rfi-remote-error.h"
#include "rfi-remote-jobs.h"
#include "rfi-store-pull.h"
#include "rfi-sync-feed.h"
#include "rfi-time.h"

/* Rows in one transaction. */
#define PAGE_SIZE 1000

/* A write may be stamped before the moment it can be read; so far back is asked for again. */
#define OVERLAP (10 * 1000)

struct _RfiSyncPull
{
  GObject        parent_instance;

  RfiSyncParts  *parts;      /* borrowed */
  RfiSyncFeed   *feed;       /* (owned): does it all in Sync v1 */
  GTask         *task;       /* (owned) (nullable): the run */
  char          *cursor;     /* (owned) (nullable): the last syncTimestamp */
  GPtrArray     *page;       /* (owned) (element-type RfiJob): not handed to the store yet */
  RfiRemotePull *answer;     /* (owned) (nullable): the download once it is complete */
  GError        *error;      /* (owned) (nullable): the first one */
  GHashTable    *people;     /* set of user ids */
  gint64         listing;    /* its number; 0 = a delta */
  guint          n_pages;    /* on their way into the store */
  guint          n_rows;
  guint          n_total;
  gboolean       downloading;
  gboolean       first;
  gboolean       went_back;
  gboolean       fed;        /* in Sync v1 */
};

enum {
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncPull, rfi_sync_pull, G_TYPE_OBJECT)

static void cursor_read_cb      (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);
static void counted_cb          (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);
static void download            (RfiSyncPull  *self);
static void downloaded_cb       (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);
static void page_stored_cb      (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);
static void last_page_stored_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);
static void listing_finished_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data);

static GPtrArray *
page_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
}

static GCancellable *
get_cancellable (RfiSyncPull *self)
{
  return g_task_get_cancellable (self->task);
}

/* For people, who want to know it after a restart too. */
static void
remember_time (RfiSyncPull *self)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT,
                                           rfi_clock_get_wall (self->parts->clock));

  rfi_store_set_meta_async (self->parts->store, RFI_SYNC_META_LAST, text, NULL, NULL, NULL);
}

static void
end (RfiSyncPull *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->answer, rfi_remote_pull_free);
  g_ptr_array_set_size (self->page, 0);
  if (self->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&self->error));
      return;
    }

  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_ROWS, self->n_rows);
  if (self->listing != 0)
    rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_LISTINGS, 1);
  self->first = FALSE;
  remember_time (self);
  g_task_return_boolean (task, TRUE);
}

/* @error: (transfer full) */
static void
fail (RfiSyncPull *self,
      GError      *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

/* The pages go in one after the other, as the store works in order. */
static void
store_page (RfiSyncPull         *self,
            const char          *cursor,
            GAsyncReadyCallback  callback)
{
  g_autoptr(GPtrArray) page = g_steal_pointer (&self->page);

  self->page = page_new ();
  self->n_pages++;
  rfi_store_apply_rows_async (self->parts->store, page,
                              self->listing != 0 ? RFI_PULL_LISTING : RFI_PULL_DELTA,
                              self->listing, cursor, NULL, get_cancellable (self), callback,
                              g_object_ref (self));
}

static void
row_cb (RfiJob   *job,
        gpointer  user_data)
{
  RfiSyncPull *self = user_data;

  if (self->error != NULL)
    {
      rfi_job_unref (job);
      return;
    }

  if (job->assigned_to != NULL)
    g_hash_table_add (self->people, (gpointer) g_intern_string (job->assigned_to));

  self->n_rows++;
  g_ptr_array_add (self->page, job);
  if (self->page->len >= PAGE_SIZE)
    {
      store_page (self, NULL, page_stored_cb);
      g_signal_emit (self, signals[PROGRESS], 0);
    }
}

/* Where to ask from. Returns: (transfer full) (nullable) */
static char *
make_since (RfiSyncPull *self)
{
  gint64 at;

  if (self->listing != 0 || self->cursor == NULL)
    return NULL;
  if (!rfi_time_parse (self->cursor, -1, &at))
    return g_strdup (self->cursor);

  return rfi_time_to_string (at - OVERLAP);
}

static gboolean
is_before (const char *a,
           const char *b)
{
  gint64 first;
  gint64 second;

  return a != NULL && b != NULL && rfi_time_parse (a, -1, &first) &&
         rfi_time_parse (b, -1, &second) && first < second;
}

static void
begin (RfiSyncPull *self,
       gboolean     listing)
{
  gint64 last = self->listing;

  self->first = self->cursor == NULL;
  self->listing = 0;
  if (listing || self->first)
    self->listing = MAX (rfi_clock_get_wall (self->parts->clock), last + 1);

  if (self->first)
    rfi_remote_count_async (self->parts->remote, get_cancellable (self), counted_cb,
                            g_object_ref (self));
  else
    download (self);
}

static void
cursor_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(RfiSyncPull) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean listing = GPOINTER_TO_INT (g_task_get_task_data (self->task));

  g_clear_pointer (&self->cursor, g_free);
  self->cursor = rfi_store_get_meta_finish (RFI_STORE (object), result, &error);
  if (error != NULL)
    {
      fail (self, g_steal_pointer (&error));
      end (self);
      return;
    }

  begin (self, listing);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiSyncPull) self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 total = rfi_remote_count_finish (RFI_REMOTE (object), result, &error);

  if (total < 0)
    {
      fail (self, g_steal_pointer (&error));
      end (self);
      return;
    }

  self->n_total = (guint) MIN (total, G_MAXUINT);
  g_signal_emit (self, signals[PROGRESS], 0);
  download (self);
}

static void
download (RfiSyncPull *self)
{
  g_autofree char *since = make_since (self);

  self->downloading = TRUE;
  rfi_remote_pull_async (self->parts->remote, since, row_cb, self, get_cancellable (self),
                         downloaded_cb, g_object_ref (self));
}

/* Once everything is down and every full page is in the store: what is left, with the cursor. */
static void
close_up (RfiSyncPull *self)
{
  if (self->downloading || self->n_pages > 0)
    return;
  if (self->error != NULL)
    {
      end (self);
      return;
    }

  store_page (self, self->answer->sync_timestamp, last_page_stored_cb);
}

static void
downloaded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(RfiSyncPull) self = user_data;
  g_autoptr(GError) error = NULL;

  self->downloading = FALSE;
  self->answer = rfi_remote_pull_finish (RFI_REMOTE (object), result, &error);
  if (self->answer == NULL)
    fail (self, g_steal_pointer (&error));
  else if (self->answer->sync_timestamp == NULL)
    fail (self, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL, "No syncTimestamp"));
  else if (self->answer->n_bad > 0)
    g_debug ("%u rows could not be read", self->answer->n_bad);

  close_up (self);
}

/* Returns: whether rows are in the store */
static gboolean
finish_storing (RfiSyncPull   *self,
                GObject       *store,
                GAsyncResult  *result,
                GError       **error)
{
  self->parts->look_again |= rfi_store_moved_conflicts (RFI_STORE (store), result);
  return rfi_store_finish (RFI_STORE (store), result, error);
}

static void
page_stored_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(RfiSyncPull) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_pages--;
  if (!finish_storing (self, object, result, &error))
    fail (self, g_steal_pointer (&error));

  close_up (self);
}

static void
last_page_stored_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(RfiSyncPull) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_pages--;
  if (!finish_storing (self, object, result, &error))
    {
      fail (self, g_steal_pointer (&error));
      end (self);
      return;
    }

  self->went_back = is_before (self->answer->sync_timestamp, self->cursor);
  g_free (self->cursor);
  self->cursor = g_strdup (self->answer->sync_timestamp);

  /* A row that could not be read may be any job: then absence proves nothing. */
  if (self->listing == 0 || self->answer->n_bad > 0)
    end (self);
  else
    rfi_store_finish_listing_async (self->parts->store, self->listing,
                                    rfi_clock_get_wall (self->parts->clock),
                                    get_cancellable (self), listing_finished_cb,
                                    g_object_ref (self));
}

static void
listing_finished_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(RfiSyncPull) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!finish_storing (self, object, result, &error))
    fail (self, g_steal_pointer (&error));
  end (self);
}

static void
fed_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(RfiSyncPull) self = user_data;
  g_autoptr(GTask) task = g_steal_pointer (&self->task);
  GError *error = NULL;

  if (rfi_sync_feed_run_finish (RFI_SYNC_FEED (object), result, &error))
    {
      remember_time (self);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

static void
feed_progress_cb (RfiSyncFeed *feed,
                  RfiSyncPull *self)
{
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
rfi_sync_pull_finalize (GObject *object)
{
  RfiSyncPull *self = RFI_SYNC_PULL (object);

  g_signal_handlers_disconnect_by_data (self->feed, self);
  g_clear_object (&self->feed);
  g_clear_pointer (&self->cursor, g_free);
  g_clear_pointer (&self->page, g_ptr_array_unref);
  g_clear_pointer (&self->answer, rfi_remote_pull_free);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rfi_sync_pull_parent_class)->finalize (object);
}

static void
rfi_sync_pull_class_init (RfiSyncPullClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sync_pull_finalize;

  signals[PROGRESS] = g_signal_new ("progress", RFI_TYPE_SYNC_PULL, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_sync_pull_init (RfiSyncPull *self)
{
  self->page = page_new ();
  self->people = g_hash_table_new (NULL, NULL);
}

RfiSyncPull *
rfi_sync_pull_new (RfiSyncParts *parts)
{
  RfiSyncPull *self = g_object_new (RFI_TYPE_SYNC_PULL, NULL);

  self->parts = parts;
  self->feed = rfi_sync_feed_new (parts);
  g_signal_connect (self->feed, "progress", G_CALLBACK (feed_progress_cb), self);
  return self;
}

void
rfi_sync_pull_run_async (RfiSyncPull         *self,
                         gboolean             listing,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rfi_sync_pull_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  g_task_set_task_data (self->task, GINT_TO_POINTER (listing), NULL);
  self->n_rows = 0;
  self->n_total = 0;
  self->went_back = FALSE;
  self->fed = self->parts->dialect == RFI_DIALECT_SYNC_V1;
  if (self->fed)
    {
      rfi_sync_feed_run_async (self->feed, self->people, cancellable, fed_cb, g_object_ref (self));
      return;
    }

  /* Read each time: the person may have emptied the cache meanwhile. */
  rfi_store_get_meta_async (self->parts->store, "cursor", cancellable, cursor_read_cb,
                            g_object_ref (self));
}

gboolean
rfi_sync_pull_run_finish (RfiSyncPull   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rfi_sync_pull_is_listing (RfiSyncPull *self)
{
  return self->fed || self->listing != 0;
}

gboolean
rfi_sync_pull_is_first (RfiSyncPull *self)
{
  return self->fed ? rfi_sync_feed_is_first (self->feed) : self->first;
}

guint
rfi_sync_pull_get_n_rows (RfiSyncPull *self)
{
  return self->fed ? rfi_sync_feed_get_n_rows (self->feed) : self->n_rows;
}

guint
rfi_sync_pull_get_n_total (RfiSyncPull *self)
{
  return self->fed ? rfi_sync_feed_get_n_total (self->feed) : self->n_total;
}

gboolean
rfi_sync_pull_went_back (RfiSyncPull *self)
{
  return self->went_back;
}

GHashTable *
rfi_sync_pull_get_people (RfiSyncPull *self)
{
  return self->people;
}
