/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-feed"

#include "config.h"

#include "rfi-wire-feed.h"

#include "rfi-scope-sum.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job.h"
#include "rfi-wire-members.h"

#include <string.h>

/* Writing */

void
rfi_feed_append_head (GString           *out,
                      const RfiFeedHead *head)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "epoch", head->epoch);
  rfi_wire_append_int (out, "head", head->head);
  rfi_wire_append_int (out, "gcFloor", head->gc_floor);
  if (head->total >= 0)
    rfi_wire_append_int (out, "total", head->total);
  rfi_wire_append_text (out, "cursor", head->cursor);
  rfi_wire_append_text (out, "next", head->next);
  g_string_append (out, "}\n");
}

static void
append_seq (GString *out,
            gint64   seq)
{
  g_string_append_c (out, '{');
  if (seq > 0)
    g_string_append_printf (out, "\"seq\":%" G_GINT64_FORMAT ",", seq);
}

void
rfi_feed_append_job (GString      *out,
                     gint64        seq,
                     const RfiJob *job)
{
  append_seq (out, seq);
  g_string_append (out, "\"job\":");
  rfi_wire_job_append (out, job, RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_V1);
  g_string_append (out, "}\n");
}

void
rfi_feed_append_gone (GString     *out,
                      gint64       seq,
                      RfiFeedKind  kind,
                      const char  *id)
{
  append_seq (out, seq);
  g_string_append (out, kind == RFI_FEED_DELETED ? "\"deleted\":" : "\"revoked\":");
  rfi_json_append_string (out, id);
  g_string_append (out, "}\n");
}

void
rfi_feed_append_tail (GString           *out,
                      const RfiFeedTail *tail,
                      gboolean           snapshot)
{
  char checksum[RFI_SCOPE_SUM_TEXT_SIZE];

  g_string_append_c (out, '{');
  rfi_json_append_member (out, snapshot ? "after" : "cursor", tail->next);
  rfi_wire_append_boolean (out, "hasMore", tail->has_more);
  if (tail->has_totals)
    {
      rfi_scope_sum_format (tail->checksum, checksum);
      rfi_wire_append_int (out, "count", tail->count);
      rfi_json_append_member (out, "checksum", checksum);
    }
  g_string_append (out, "}\n");
}

/* Reading */

struct _RfiFeedReader
{
  GString     *piece;     /* (owned): the beginning of an unfinished line */
  GArray      *rows;      /* (owned): not taken yet */
  guint        n_rows;    /* in all */
  gint64       last_seq;
  gboolean     has_head;
  gboolean     has_tail;
  RfiFeedHead  head;
  RfiFeedTail  tail;
  GError      *error;     /* (owned) (nullable) */
};

static void
clear_row (gpointer data)
{
  RfiFeedRow *row = data;

  g_clear_pointer (&row->job, rfi_job_unref);
  g_free (row->id);
}

static GArray *
new_rows (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (RfiFeedRow));

  g_array_set_clear_func (rows, clear_row);
  return rows;
}

RfiFeedReader *
rfi_feed_reader_new (void)
{
  RfiFeedReader *self = g_new0 (RfiFeedReader, 1);

  self->piece = g_string_new (NULL);
  self->rows = new_rows ();
  return self;
}

void
rfi_feed_reader_free (RfiFeedReader *self)
{
  if (self == NULL)
    return;

  g_string_free (self->piece, TRUE);
  g_array_unref (self->rows);
  g_free (self->head.epoch);
  g_free (self->head.cursor);
  g_free (self->head.next);
  g_free (self->tail.next);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
read_head (RfiFeedReader  *self,
           const RfiJson  *line,
           GError        **error)
{
  self->head.total = rfi_wire_get_int (line, "total", -1);
  self->head.cursor = rfi_wire_dup_member (line, "cursor");
  self->head.next = rfi_wire_dup_member (line, "next");
  self->has_head = rfi_wire_need_member (line, "epoch", &self->head.epoch, error) &&
                   rfi_wire_need_int (line, "head", 0, &self->head.head, error) &&
                   rfi_wire_need_int (line, "gcFloor", 0, &self->head.gc_floor, error);
  return self->has_head;
}

static gboolean
is_snapshot (const RfiFeedReader *self)
{
  return self->head.total >= 0;
}

static gboolean
read_tail (RfiFeedReader  *self,
           const RfiJson  *line,
           GError        **error)
{
  g_autofree char *checksum = rfi_wire_dup_member (line, "checksum");

  self->tail.has_more = rfi_wire_get_boolean (line, "hasMore");
  self->tail.count = rfi_wire_get_int (line, "count", -1);
  self->tail.has_totals = self->tail.count >= 0 &&
                          rfi_scope_sum_parse (checksum, &self->tail.checksum);
  self->tail.next = rfi_wire_dup_member (line, is_snapshot (self) ? "after" : "cursor");
  self->has_tail = self->tail.next != NULL || (is_snapshot (self) && !self->tail.has_more);
  return self->has_tail || fail ("A page that does not say where it goes on", error);
}

/* What a line is, by the member that names it. %FALSE: none of ours. */
static gboolean
find_row (const RfiJson *line,
          const RfiJson *longest,
          RfiJson       *seq,
          RfiJson       *value,
          RfiFeedKind   *kind)
{
  static const char *const names[] = { "job", "deleted", "revoked" };
  gboolean found = FALSE;
  RfiJsonIter iter;
  RfiJson name;
  RfiJson member;

  seq->at = NULL;
  rfi_json_iter_init (&iter, line);
  iter.known = longest;
  while (rfi_json_iter_next (&iter, &name, &member))
    {
      if (rfi_json_is_string (&name, "seq"))
        *seq = member;
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (rfi_json_is_string (&name, names[i]))
          {
            *kind = (RfiFeedKind) i;
            *value = member;
            found = TRUE;
          }
    }

  return found;
}

static gboolean
read_row (RfiFeedReader  *self,
          const RfiJson  *seq,
          const RfiJson  *value,
          RfiFeedKind     kind,
          GError        **error)
{
  RfiFeedRow row = { .kind = kind };

  if (!is_snapshot (self))
    {
      if (seq->at == NULL || !rfi_json_get_int (seq, &row.seq) || row.seq <= self->last_seq)
        return fail ("A row that is not behind the one before", error);
      self->last_seq = row.seq;
    }

  if (kind == RFI_FEED_JOB)
    row.job = rfi_wire_job_from_json (value, error);
  else
    row.id = rfi_json_dup_string (value);
  if (row.job == NULL && row.id == NULL)
    return kind == RFI_FEED_JOB ? FALSE : fail ("A row without the id of what is gone", error);

  g_array_append_val (self->rows, row);
  self->n_rows++;
  return TRUE;
}

static gboolean
read_line (RfiFeedReader  *self,
           const char     *at,
           gsize           length,
           GError        **error)
{
  RfiFeedKind kind;
  RfiJson line;
  RfiJson longest;
  RfiJson seq;
  RfiJson value;

  if (!rfi_json_parse_longest (at, (gssize) length, &line, &longest, error))
    return FALSE;
  if (rfi_json_get_type (&line) != RFI_JSON_OBJECT)
    return fail ("A line that is no object", error);
  if (!self->has_head)
    return read_head (self, &line, error);
  if (self->has_tail)
    return fail ("A row behind the end of the page", error);
  if (find_row (&line, &longest, &seq, &value, &kind))
    return read_row (self, &seq, &value, kind, error);
  if (rfi_json_get_member (&line, "hasMore", &value))
    return read_tail (self, &line, error);

  return fail ("A row of a kind that is not known", error);
}

static gboolean
end_line (RfiFeedReader  *self,
          const char     *at,
          gsize           length,
          GError        **error)
{
  GError *local_error = NULL;

  if (read_line (self, at, length, &local_error))
    return TRUE;

  /* The line's end is known, so one that ends too early is not cut short but wrong. */
  if (g_error_matches (local_error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_TRUNCATED))
    local_error->code = RFI_WIRE_ERROR_SYNTAX;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* Keeps what came of a line. */
static gboolean
keep_piece (RfiFeedReader  *self,
            const char     *at,
            gsize           length,
            GError        **error)
{
  if (self->piece->len + length > RFI_FEED_ROW_LIMIT)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT, "A row is too long");
      return FALSE;
    }

  g_string_append_len (self->piece, at, (gssize) length);
  return TRUE;
}

static gboolean
run (RfiFeedReader  *self,
     const char     *at,
     const char     *end,
     GError        **error)
{
  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      const char *stop = newline != NULL ? newline : end;

      if (newline == NULL || self->piece->len > 0)
        {
          if (!keep_piece (self, at, (gsize) (stop - at), error))
            return FALSE;
          if (newline == NULL)
            return TRUE;
          if (!end_line (self, self->piece->str, self->piece->len, error))
            return FALSE;
          g_string_truncate (self->piece, 0);
        }
      else if (!end_line (self, at, (gsize) (stop - at), error))
        {
          return FALSE;
        }

      at = newline + 1;
    }

  return TRUE;
}

gboolean
rfi_feed_reader_feed (RfiFeedReader  *self,
                      const char     *data,
                      gsize           length,
                      GError        **error)
{
  if (self->error == NULL && run (self, data, data + length, &self->error))
    return TRUE;

  if (error != NULL)
    *error = g_error_copy (self->error);
  return FALSE;
}

gboolean
rfi_feed_reader_finish (RfiFeedReader  *self,
                        GError        **error)
{
  if (self->error == NULL && (!self->has_tail || self->piece->len > 0))
    self->error = g_error_new_literal (RFI_WIRE_ERROR, RFI_WIRE_ERROR_TRUNCATED,
                                       "The page ends too early");

  if (self->error != NULL && error != NULL)
    *error = g_error_copy (self->error);
  return self->error == NULL;
}

GArray *
rfi_feed_reader_take_rows (RfiFeedReader *self)
{
  GArray *rows = self->rows;

  self->rows = new_rows ();
  return rows;
}

guint
rfi_feed_reader_get_n_rows (RfiFeedReader *self)
{
  return self->n_rows;
}

const RfiFeedHead *
rfi_feed_reader_get_head (RfiFeedReader *self)
{
  return self->has_head ? &self->head : NULL;
}

const RfiFeedTail *
rfi_feed_reader_get_tail (RfiFeedReader *self)
{
  return self->has_tail ? &self->tail : NULL;
}
