/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-feed"

#include "config.h"

#include "rfi-store-feed.h"

#include "rfi-bug.h"
#include "rfi-store-steps.h"

#include <stdlib.h>
#include <string.h>

/* Pages of the server's feed.
 *
 * Invariants
 *  1. A cursor goes with the rows it stands for, or neither does.
 *  2. A page is only taken where the one before it ended: not after the cache was cleared, nor
 *     after the feed was reset.
 *  3. In one history of the server no row is replaced by one of a lower version.
 *  4. An accepted operation leaves only with a cursor that has reached its change: then the row
 *     has its effect, and what a person set does not flicker back.
 *  5. Only a complete snapshot says of a row that it is gone without naming it.
 */

static void
clear_row (gpointer data)
{
  RfiStoreFeedRow *row = data;

  g_clear_pointer (&row->job, rfi_job_unref);
  g_free (row->id);
}

RfiStorePage *
rfi_store_page_new (void)
{
  RfiStorePage *self = g_new0 (RfiStorePage, 1);

  self->rows = g_array_new (FALSE, TRUE, sizeof (RfiStoreFeedRow));
  g_array_set_clear_func (self->rows, clear_row);
  return self;
}

void
rfi_store_page_free (RfiStorePage *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->rows);
  g_free (self->asked_from);
  g_free (self->next);
  g_free (self->server_epoch);
  g_free (self->cursor);
  g_free (self);
}

void
rfi_feed_state_free (RfiFeedState *self)
{
  if (self == NULL)
    return;

  g_free (self->cursor);
  g_free (self->snapshot);
  g_free (self);
}

/* Sets @follows if the page begins where the one before it ended. */
static gboolean
check_follows (RfiDb               *db,
               const RfiStorePage  *page,
               gboolean            *follows,
               GError             **error)
{
  GError *read_error = NULL;
  g_autofree char *place =
    rfi_meta_rows_get (db, page->snapshot ? RFI_META_SNAPSHOT : RFI_META_FEED_CURSOR, &read_error);

  *follows = g_strcmp0 (place, page->asked_from) == 0;
  if (read_error != NULL)
    g_propagate_error (error, read_error);
  return read_error == NULL;
}

static gboolean
take_job (RfiDb               *db,
          const RfiStorePage  *page,
          RfiJob              *row,
          gint64               listing,
          RfiStoreChange      *change,
          GHashTable          *touched,
          GError             **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiJob) old = rfi_job_rows_get (db, row->id, &read_error);
  gboolean known;

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  known = old != NULL && (old->version > row->version ||
                          (old->version == row->version && rfi_etag_equal (old->etag, row->etag)));
  if (known)
    return !page->snapshot || rfi_job_rows_set_listing (db, row->id, listing, error);

  return rfi_store_take_row (db, row, old, NULL, !page->snapshot, listing, change, touched, error);
}

/* Of a snapshot into a store with nothing from before: nearly none of its rows is here yet. */
static gboolean
take_first_job (RfiDb               *db,
                const RfiStorePage  *page,
                RfiJob              *row,
                gint64               listing,
                gboolean             any,
                RfiStoreChange      *change,
                GHashTable          *touched,
                GError             **error)
{
  gboolean taken;

  return rfi_store_take_new_row (db, row, listing, any, &taken, change, touched, error) &&
         (taken || take_job (db, page, row, listing, change, touched, error));
}

/* A row of a page, by the first letters of its id. */
typedef struct
{
  guint64 letters;
  guint   at;
} Place;

static int
compare_places (const void *a,
                const void *b)
{
  const Place *left = a;
  const Place *right = b;

  if (left->letters != right->letters)
    return left->letters < right->letters ? -1 : 1;

  return left->at < right->at ? -1 : left->at > right->at;
}

/* Ids are random, and put into their index in any order each meets another page of it, which has
 * left the cache since it was last met, and is written each time. In their own order, as rows of
 * a snapshot may be taken, each page is met once. Returns: (transfer full) (element-type Place) */
static GArray *
order_by_id (const RfiStorePage *page)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (Place), page->rows->len);

  for (guint i = 0; i < page->rows->len; i++)
    {
      const RfiStoreFeedRow *row = &g_array_index (page->rows, RfiStoreFeedRow, i);
      const char *id = row->job != NULL ? row->job->id : row->id;
      Place place = { 0, i };

      memcpy (&place.letters, id, MIN (strlen (id), sizeof place.letters));
      place.letters = GUINT64_FROM_BE (place.letters);
      g_array_append_val (places, place);
    }

  qsort (places->data, places->len, sizeof (Place), compare_places);
  return places;
}

static gboolean
take_rows (RfiDb           *db,
           RfiStoreCall    *call,
           gint64           listing,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  const RfiStorePage *page = call->record;
  g_autoptr(GArray) places = NULL;
  gboolean first = FALSE;
  gboolean any;

  /* A row of a snapshot puts nothing into an empty outbox. */
  if (!rfi_outbox_rows_any (db, &any, error) ||
      (page->snapshot && !rfi_job_rows_is_first_listed (db, listing, &first, error)))
    return FALSE;

  if (first)
    places = order_by_id (page);
  for (guint i = 0; i < page->rows->len; i++)
    {
      guint at = places != NULL ? g_array_index (places, Place, i).at : i;
      const RfiStoreFeedRow *row = &g_array_index (page->rows, RfiStoreFeedRow, at);

      if (row->job != NULL)
        {
          if (!(first ? take_first_job (db, page, row->job, listing, any, change, touched, error)
                      : take_job (db, page, row->job, listing, change, touched, error)))
            return FALSE;
        }
      /* One's own deletion is no news. */
      else if (!rfi_store_retire_reached (db, row->id, row->seq, change, touched, error) ||
               (!(RFI_BUG (10) && g_hash_table_contains (touched, row->id)) &&
                !rfi_store_drop_job (db, row->id, NULL, call->number, call, change, touched,
                                     error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin_snapshot (RfiDb               *db,
                const RfiStorePage  *page,
                gint64               now,
                GError             **error)
{
  gint64 listing = MAX (now, rfi_meta_rows_get_listing (db) + 1);
  gboolean alone;

  /* No row has this listing yet. */
  return rfi_job_rows_is_first_listed (db, listing, &alone, error) &&
         rfi_meta_rows_set_number (db, RFI_META_SNAPSHOT_ALONE, alone ? listing : 0, error) &&
         rfi_meta_rows_set_listing (db, listing, error) &&
         rfi_meta_rows_set_number (db, RFI_META_SNAPSHOT_POSITION, page->position, error) &&
         rfi_meta_rows_set_number (db, RFI_META_SNAPSHOT_TOTAL, page->total, error) &&
         rfi_meta_rows_set_number (db, RFI_META_SNAPSHOT_DONE, 0, error) &&
         rfi_meta_rows_set (db, RFI_META_SNAPSHOT_CURSOR, page->cursor, error);
}

/* Rows come with the listing of their time: where there was none, and no other listing since, all
 * have this one, and there is no need to read them. Returns: (transfer full) (nullable) */
static GPtrArray *
list_gone (RfiDb   *db,
           gint64   listing,
           GError **error)
{
  if (rfi_meta_rows_get_number (db, RFI_META_SNAPSHOT_ALONE) == listing)
    return g_ptr_array_new ();

  return rfi_job_rows_list_unlisted (db, listing, error);
}

static gboolean
end_snapshot (RfiDb           *db,
              RfiStoreCall    *call,
              gint64           listing,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  g_autoptr(GPtrArray) gone = list_gone (db, listing, error);
  g_autofree char *cursor = rfi_meta_rows_get (db, RFI_META_SNAPSHOT_CURSOR, NULL);

  if (gone == NULL)
    return FALSE;

  for (guint i = 0; i < gone->len; i++)
    if (!rfi_store_drop_job (db, g_ptr_array_index (gone, i), NULL, call->number, call, change,
                             touched, error))
      return FALSE;

  return rfi_meta_rows_set (db, RFI_META_SNAPSHOT, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_CLEARED, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, cursor, error) &&
         rfi_meta_rows_set_number (db, RFI_META_POSITION,
                                   rfi_meta_rows_get_number (db, RFI_META_SNAPSHOT_POSITION),
                                   error);
}

static gboolean
take_snapshot_page (RfiDb           *db,
                    RfiStoreCall    *call,
                    RfiStoreChange  *change,
                    GHashTable      *touched,
                    GError         **error)
{
  const RfiStorePage *page = call->record;
  gint64 done;
  gint64 listing;

  if (page->asked_from == NULL && !begin_snapshot (db, page, call->number, error))
    return FALSE;

  listing = rfi_meta_rows_get_listing (db);
  done = rfi_meta_rows_get_number (db, RFI_META_SNAPSHOT_DONE) + page->rows->len;
  if (!take_rows (db, call, listing, change, touched, error) ||
      !rfi_meta_rows_set_number (db, RFI_META_SNAPSHOT_DONE, done, error))
    return FALSE;
  if (!page->last)
    return rfi_meta_rows_set (db, RFI_META_SNAPSHOT, page->next, error);

  return end_snapshot (db, call, listing, change, touched, error);
}

static gboolean
take_delta_page (RfiDb           *db,
                 RfiStoreCall    *call,
                 RfiStoreChange  *change,
                 GHashTable      *touched,
                 GError         **error)
{
  const RfiStorePage *page = call->record;

  if (RFI_BUG (1) && (!rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, page->next, error) ||
                      !rfi_meta_rows_set_number (db, RFI_META_POSITION, page->position, error) ||
                      !rfi_db_commit (db, error) || !rfi_db_begin (db, error)))
    return FALSE;

  return take_rows (db, call, rfi_meta_rows_get_listing (db), change, touched, error) &&
         rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, page->next, error) &&
         rfi_meta_rows_set_number (db, RFI_META_POSITION, page->position, error);
}

/* What is here is counted, not what was told. */
static gboolean
compare (RfiDb               *db,
         const RfiStorePage  *page,
         gboolean            *diverged,
         GError             **error)
{
  gint64 n_jobs;
  guint64 sum;

  if (!rfi_job_rows_add_up (db, &n_jobs, &sum, error))
    return FALSE;

  *diverged = n_jobs != page->count || sum != page->checksum;
  return TRUE;
}

static gboolean
take_page_step (RfiDb           *db,
                RfiStoreCall    *call,
                RfiStoreChange  *change,
                GHashTable      *touched,
                GError         **error)
{
  const RfiStorePage *page = call->record;
  gboolean renewed;
  gboolean follows;
  gboolean diverged = FALSE;

  call->number2 = RFI_PAGE_RESTART;
  if (!rfi_store_adopt_epoch (db, page->server_epoch, call->number, &renewed, error))
    return FALSE;
  if (renewed)
    {
      change->outbox = TRUE;
      return TRUE;
    }

  call->number2 = RFI_PAGE_STALE;
  if (!check_follows (db, page, &follows, error))
    return FALSE;
  if (!follows)
    return TRUE;

  if (!(page->snapshot ? take_snapshot_page : take_delta_page) (db, call, change, touched, error))
    return FALSE;
  if ((!page->snapshot || page->last) &&
      !rfi_store_retire_reached (db, NULL, rfi_meta_rows_get_number (db, RFI_META_POSITION),
                                 change, touched, error))
    return FALSE;
  if (page->check && !compare (db, page, &diverged, error))
    return FALSE;

  call->number2 = diverged ? RFI_PAGE_DIVERGED : RFI_PAGE_TAKEN;
  return TRUE;
}

static void
take_page_work (GTask *task,
                RfiDb *db)
{
  rfi_store_transact (task, db, take_page_step);
}

void
rfi_store_take_page_async (RfiStore            *self,
                           RfiStorePage        *page,
                           gint64               now,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_take_page_async, cancellable, callback, user_data, &call);

  call->record = page;
  call->record_free = (GDestroyNotify) rfi_store_page_free;
  call->number = now;
  rfi_store_call_push (self, task, take_page_work);
}

int
rfi_store_take_page_finish (RfiStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  RfiStoreCall *call = g_task_get_task_data (G_TASK (result));

  return rfi_store_finish (self, result, error) ? (int) call->number2 : -1;
}

static void
get_feed_work (GTask *task,
               RfiDb *db)
{
  g_autoptr(RfiFeedState) state = g_new0 (RfiFeedState, 1);
  GError *error = NULL;

  state->cursor = rfi_meta_rows_get (db, RFI_META_FEED_CURSOR, &error);
  if (error == NULL)
    state->snapshot = rfi_meta_rows_get (db, RFI_META_SNAPSHOT, &error);
  if (error != NULL)
    {
      rfi_store_fail (task, error);
      return;
    }

  state->snapshot_total = rfi_meta_rows_get_number (db, RFI_META_SNAPSHOT_TOTAL);
  state->snapshot_done = rfi_meta_rows_get_number (db, RFI_META_SNAPSHOT_DONE);
  state->position = rfi_meta_rows_get_number (db, RFI_META_POSITION);
  g_task_return_pointer (task, g_steal_pointer (&state), (GDestroyNotify) rfi_feed_state_free);
}

void
rfi_store_get_feed_async (RfiStore            *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_get_feed_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, get_feed_work);
}

RfiFeedState *
rfi_store_get_feed_finish (RfiStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Versions are forgotten with it: whatever the snapshot has is right. */
static gboolean
reset_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  return rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_SNAPSHOT, NULL, error) &&
         rfi_job_rows_forget_versions (db, error);
}

static void
reset_work (GTask *task,
            RfiDb *db)
{
  rfi_store_transact (task, db, reset_step);
}

void
rfi_store_reset_feed_async (RfiStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_reset_feed_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, reset_work);
}
