/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-feed"

#include "config.h"

#include "rfi-service-private.h"

#include "rfi-bug.h"
#include "rfi-server-audit.h"
#include "rfi-server-gone.h"
#include "rfi-server-photos.h"
#include "rfi-server-sums.h"
#include "rfi-wire-feed.h"

#define NDJSON_TYPE   "application/x-ndjson"
#define DEFAULT_LIMIT 500
#define MAX_LIMIT     1000

/* Both feeds go through the jobs in the order of their latest changes. The snapshot stops at the
 * change that was the latest when it began: what changes meanwhile moves behind that and is met
 * by the delta that follows. */
typedef struct
{
  RfiServiceCall   *call;
  RfiScope          scope;
  RfiServerHead     head;
  RfiServiceCursor  cursor;
  gint64            limit;
  gint64            n_rows;
  gboolean          has_more;
  char             *next;      /* (owned) (nullable): where the page leads */
} Feed;

static gboolean
refuse (RfiServiceCall *call,
        const char     *code,
        const char     *message)
{
  rfi_service_refuse (call, RFI_SERVICE_GONE, code, message);
  return FALSE;
}

/* A cursor that this server wrote and does not reach back to, or that is of other changes with the
 * same numbers: its data was put back to an earlier day. All that was told since is history of
 * another server. */
static gboolean
start_anew (Feed    *self,
            GError **error)
{
  RfiServiceCall *call = self->call;

  if (!call->request->writing)
    {
      call->reply->again = TRUE;
      return FALSE;
    }
  if (!rfi_sync_service_renew (call->service, call->db, error))
    return FALSE;

  refuse (call, "EPOCH_CHANGED", "The server's data was restored. Load everything again.");
  call->reply->keep = TRUE;
  return FALSE;
}

/* Whether the history that the cursor was written in is a part of this one. */
static gboolean
is_of_here (Feed      *self,
            gboolean  *is,
            GError   **error)
{
  const RfiServiceCursor *cursor = &self->cursor;
  gint64 entry = cursor->entry;
  guint64 mark = 0;

  *is = cursor->seq <= self->head.seq && cursor->start <= self->head.seq;
  if (!*is || entry == 0)
    return TRUE;
  if (!rfi_server_audit_get_mark (self->call->db, &entry, &mark, error))
    return FALSE;

  *is = mark == cursor->mark;
  return TRUE;
}

/* @text: (nullable): what the client sent. %FALSE with a refusal, or @error */
static gboolean
open_cursor (Feed           *self,
             RfiCursorKind   kind,
             const char     *text,
             GError        **error)
{
  RfiServiceCall *call = self->call;
  RfiServiceCursor *cursor = &self->cursor;
  guint64 scope = rfi_service_cursor_hash_scope (&self->scope);
  gboolean is_ours;

  if (text == NULL)
    *cursor = (RfiServiceCursor) {
      .kind = kind, .epoch = self->head.epoch, .start = self->head.seq, .scope = scope,
      .schema = RFI_SERVICE_CURSOR_SCHEMA,
    };
  else if (!rfi_service_cursor_open (cursor, kind, text, &call->service->key))
    {
      rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "BAD_CURSOR",
                          "This server did not write the cursor");
      return FALSE;
    }

  if (cursor->epoch != self->head.epoch)
    return refuse (call, "EPOCH_CHANGED", "The server began anew. Load everything again.");
  if (cursor->scope != scope || cursor->schema != RFI_SERVICE_CURSOR_SCHEMA)
    return refuse (call, "SCOPE_CHANGED", "You see other jobs now. Load everything again.");
  if (!is_of_here (self, &is_ours, error))
    return FALSE;
  if (!is_ours)
    return start_anew (self, error);
  if (!RFI_BUG (11) && (kind == RFI_CURSOR_DELTA ? cursor->seq : cursor->start) < self->head.floor)
    return refuse (call, "CURSOR_EXPIRED", "That is too long ago. Load everything again.");

  cursor->entry = 0;
  return rfi_server_audit_get_mark (call->db, &cursor->entry, &cursor->mark, error);
}

static gboolean
name_people (Feed     *self,
             RfiJob   *job,
             GError  **error)
{
  RfiServerNames *names = self->call->service->names;
  RfiDb *db = self->call->db;
  g_autoptr(GError) local = NULL;

  job->created_by_name = rfi_server_names_get (names, db, job->created_by, &local);
  if (local == NULL)
    job->assigned_to_name = rfi_server_names_get (names, db, job->assigned_to, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
append_job (Feed     *self,
            gint64    seq,
            RfiJob   *job,
            GError  **error)
{
  g_autoptr(GPtrArray) photos = NULL;

  if (!name_people (self, job, error))
    return FALSE;
  if (job->n_photos > 0)
    {
      photos = rfi_server_photos_list (self->call->db, job->id, error);
      if (photos == NULL)
        return FALSE;
      job->photos = photos;
    }

  rfi_feed_append_job (self->call->reply->body, seq, job);
  job->photos = NULL;
  return TRUE;
}

/* One row more than fits tells that there is more. %FALSE at the end of the page, or with @error */
static gboolean
count_row (Feed   *self,
           gint64  seq)
{
  self->has_more = self->n_rows >= self->limit;
  if (self->has_more && RFI_BUG (5))
    self->cursor.seq = seq;
  if (self->has_more)
    return FALSE;

  self->n_rows++;
  self->cursor.seq = seq;
  return TRUE;
}

/* Jobs and what is gone, merged by their numbers. @gone: (nullable) */
static gboolean
append_rows (Feed          *self,
             sqlite3_stmt  *jobs,
             sqlite3_stmt  *gone,
             gboolean       is_snapshot,
             GError       **error)
{
  RfiDb *db = self->call->db;
  g_autoptr(GError) local = NULL;
  RfiServerGone left = { 0, };
  RfiJob job = { 0, };
  gint64 seq = 0;
  gboolean has_job = rfi_server_jobs_next_change (db, jobs, &job, &seq, &local);
  gboolean has_left = local == NULL && gone != NULL &&
                      rfi_server_gone_next (db, gone, &left, &local);

  while (local == NULL && (has_job || has_left))
    {
      gboolean is_job = has_job && (!has_left || (seq < left.seq && !RFI_BUG (6)));

      if (!count_row (self, is_job ? seq : left.seq))
        break;
      if (!is_job)
        {
          rfi_feed_append_gone (self->call->reply->body, left.seq,
                                left.deleted ? RFI_FEED_DELETED : RFI_FEED_REVOKED, left.job_id);
          has_left = rfi_server_gone_next (db, gone, &left, &local);
        }
      else if (append_job (self, is_snapshot ? 0 : seq, &job, &local))
        has_job = rfi_server_jobs_next_change (db, jobs, &job, &seq, &local);
    }
  g_clear_pointer (&job.extra, rfi_job_extra_unref);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
append_page (Feed      *self,
             gboolean   is_snapshot,
             GError   **error)
{
  RfiDb *db = self->call->db;
  /* A job that is changed while a snapshot is read moves to the end of the order: it is met there.
   * One that was left out would be taken for gone. */
  const RfiServerWindow window = {
    .after = self->cursor.seq,
    .up_to = self->head.seq,
    .limit = self->limit + 1,
  };
  RFI_DB_KEPT jobs = rfi_server_jobs_begin_window (db, &self->scope, &window, error);
  RFI_DB_KEPT gone = NULL;

  if (jobs == NULL)
    return FALSE;
  if (!is_snapshot)
    {
      gone = rfi_server_gone_begin (db, &self->scope, window.after, window.limit, error);
      if (gone == NULL)
        return FALSE;
    }

  return append_rows (self, jobs, gone, is_snapshot, error);
}

/* Before the rest, which tells what it has to say. */
static gboolean
insert_head (Feed      *self,
             gboolean   is_snapshot,
             GError   **error)
{
  RfiServiceCall *call = self->call;
  g_autoptr(GString) text = g_string_new (NULL);
  char epoch[RFI_EPOCH_LENGTH + 1];
  g_autofree char *cursor = NULL;
  RfiFeedHead head = {
    .epoch = epoch, .head = self->head.seq, .gc_floor = self->head.floor, .total = -1,
    .next = self->has_more ? self->next : NULL,
  };
  RfiServerSum sum;

  rfi_service_format_epoch (self->head.epoch, epoch);
  if (is_snapshot)
    {
      RfiServiceCursor start = self->cursor;

      if (!rfi_server_sums_get (call->db, &self->scope, &sum, error))
        return FALSE;
      start.kind = RFI_CURSOR_DELTA;
      start.seq = start.start;
      start.start = 0;
      head.total = sum.n;
      head.cursor = cursor = rfi_service_cursor_seal (&start, &call->service->key);
    }
  rfi_feed_append_head (text, &head);
  g_string_prepend_len (call->reply->body, text->str, (gssize) text->len);
  return TRUE;
}

static gboolean
append_tail (Feed      *self,
             gboolean   is_snapshot,
             GError   **error)
{
  RfiServiceCall *call = self->call;
  RfiFeedTail tail = { .has_more = self->has_more };
  RfiServerSum sum;

  if (!is_snapshot)
    self->cursor.start = 0;
  if (!is_snapshot && !self->has_more)
    {
      if (!rfi_server_sums_get (call->db, &self->scope, &sum, error))
        return FALSE;
      self->cursor.seq = self->head.seq + (RFI_BUG (3) ? 1 : 0);
      tail.has_totals = TRUE;
      tail.count = sum.n;
      tail.checksum = sum.sum;
    }
  tail.next = self->next = rfi_service_cursor_seal (&self->cursor, &call->service->key);
  rfi_feed_append_tail (call->reply->body, &tail, is_snapshot);
  return TRUE;
}

static void
feed (RfiServiceCall *call,
      const char     *name,
      gboolean        is_snapshot)
{
  Feed self = { .call = call, .limit = DEFAULT_LIMIT };
  g_autofree char *text = rfi_service_get_query (call, name);
  GError *error = NULL;

  if (!rfi_service_get_number (call, "limit", 1, MAX_LIMIT, &self.limit))
    return;

  rfi_scope_init (&self.scope, call->user);
  if (rfi_server_head_get (call->db, &self.head, &error) &&
      open_cursor (&self, is_snapshot ? RFI_CURSOR_SNAPSHOT : RFI_CURSOR_DELTA, text, &error) &&
      append_page (&self, is_snapshot, &error) && append_tail (&self, is_snapshot, &error) &&
      insert_head (&self, is_snapshot, &error))
    {
      rfi_service_done (call, RFI_SERVICE_OK);
      call->reply->type = NDJSON_TYPE;
    }
  else if (error != NULL)
    rfi_service_fail (call, error);
  g_free (self.next);
}

void
rfi_service_delta (RfiServiceCall *call)
{
  feed (call, "cursor", FALSE);
}

void
rfi_service_snapshot (RfiServiceCall *call)
{
  feed (call, "after", TRUE);
}
