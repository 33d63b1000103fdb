/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-endpoint"

#include "config.h"

#include "rfi-endpoints.h"

#include "rfi-exchange.h"
#include "rfi-gzip.h"
#include "rfi-job-writer.h"
#include "rfi-server-context.h"
#include "rfi-server-error.h"
#include "rfi-server-jobs.h"
#include "rfi-time.h"

#include <string.h>

/* A short answer, as polling gets nearly always, is made at once. A long one is a stream: a
 * worker makes a piece, the loop hands it to the connection, and the next is made while that
 * is on its way. So at most two pieces are in memory, the loop is never held up, and a slow
 * client holds up nobody but its own connection to the database. */
#define MAX_SHORT_ROWS 200
#define PIECE_SIZE     (256 * 1024)
#define MAX_AHEAD      2
#define MAX_STREAMS    64

typedef struct
{
  SoupServerMessage *message;      /* (owned) */
  RfiExchange       *exchange;     /* unowned: the message's */
  RfiDb             *db;           /* (owned) */
  sqlite3_stmt      *rows;         /* unowned: kept by db */
  RfiJobWriter      *writer;       /* (owned) */
  GZlibCompressor   *compressor;   /* (owned) (nullable) */
  char              *scope_id;     /* (owned) (nullable) */
  char               moment[RFI_TIME_TEXT_SIZE];
  guint              n_ahead;      /* pieces given to the connection and not yet sent */
  gboolean           begun;        /* the opening of the document is made */
  gboolean           making;       /* a worker has it */
  gboolean           complete;     /* the last piece is made */
  gboolean           gone;         /* so is the client */
} Stream;

static gboolean
parse_date (const char *text,
            gint64     *ms)
{
  g_autoptr(GDateTime) http = NULL;
  g_autofree char *midnight = NULL;

  if (rfi_time_parse (text, -1, ms))
    return TRUE;

  midnight = g_strconcat (text, "T00:00:00Z", NULL);
  if (strlen (text) == strlen ("2026-11-21") && rfi_time_parse (midnight, -1, ms))
    return TRUE;

  http = soup_date_time_new_from_http_string (text);
  if (http != NULL)
    *ms = g_date_time_to_unix (http) * 1000;
  return http != NULL;
}

/* What JavaScript's Date takes: text, milliseconds, and true for 1. Nothing, null, false, 0 and
 * "" ask for everything. */
static gboolean
read_since (const RfiJson *body,
            gint64        *since)
{
  g_autofree char *text = NULL;
  RfiJson value;

  *since = G_MININT64;
  if (!rfi_json_get_member (body, "since", &value) || !rfi_json_is_truthy (&value))
    return TRUE;

  switch (rfi_json_get_type (&value))
    {
    case RFI_JSON_STRING:
      text = rfi_json_dup_string (&value);
      return parse_date (text, since);
    case RFI_JSON_NUMBER:
      return rfi_json_get_int (&value, since);
    case RFI_JSON_BOOLEAN:
      *since = 1;
      return TRUE;
    case RFI_JSON_NULL:
    case RFI_JSON_ARRAY:
    case RFI_JSON_OBJECT:
    default:
      return FALSE;
    }
}

static void
append_end (GString    *out,
            const char *moment)
{
  g_string_append (out, "],\"syncTimestamp\":\"");
  g_string_append (out, moment);
  g_string_append (out, "\"}");
}

static void
stream_free (Stream *self)
{
  self->exchange->context->n_streams--;
  rfi_db_done (&self->rows);
  rfi_server_store_give_back (self->exchange->context->store, self->db);
  rfi_job_writer_free (self->writer);
  g_clear_object (&self->compressor);
  g_free (self->scope_id);
  g_object_unref (self->message);
  g_free (self);
}

/* Returns: (transfer full) (nullable) */
static GBytes *
make_piece (Stream  *self,
            GError **error)
{
  g_autoptr(GString) out = g_string_sized_new (PIECE_SIZE + 4096);
  g_autoptr(GError) local = NULL;
  RfiJob job;

  if (!self->begun)
    rfi_job_writer_begin (self->writer, out);
  else
    rfi_job_writer_set_out (self->writer, out);
  self->begun = TRUE;

  while (out->len < PIECE_SIZE && rfi_server_jobs_next (self->db, self->rows, &job, &local))
    if (!rfi_job_writer_append (&job, self->writer, error))
      return NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (out->len < PIECE_SIZE)
    {
      append_end (out, self->moment);
      self->complete = TRUE;
    }

  if (self->compressor != NULL)
    {
      GByteArray *packed = g_byte_array_new ();

      rfi_gzip_append (self->compressor, out->str, out->len, self->complete, packed);
      return g_byte_array_free_to_bytes (packed);
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *piece = make_piece (task_data, &error);

  if (piece != NULL)
    g_task_return_pointer (task, piece, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void make_next (Stream *self);

/* What the client has read cannot be taken back: breaking off tells it that this is not all. */
static void
break_off (Stream       *self,
           const GError *error)
{
  g_autoptr(GIOStream) connection = NULL;

  g_warning ("Request %s broke off: %s", self->exchange->id, error->message);
  connection = soup_server_message_steal_connection (self->message);
  g_io_stream_close (connection, NULL, NULL);
}

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Stream *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) piece = g_task_propagate_pointer (G_TASK (result), &error);
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  self->making = FALSE;
  if (self->gone)
    {
      stream_free (self);
      return;
    }
  if (piece == NULL)
    {
      break_off (self, error);
      return;
    }

  if (g_bytes_get_size (piece) > 0)
    {
      soup_message_body_append_bytes (body, piece);
      self->exchange->n_written += (gint64) g_bytes_get_size (piece);
      self->n_ahead++;
    }
  if (self->complete)
    soup_message_body_complete (body);
  soup_server_message_unpause (self->message);
  make_next (self);
}

static void
make_next (Stream *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->making || self->complete || self->gone || self->n_ahead >= MAX_AHEAD)
    return;

  self->making = TRUE;
  task = g_task_new (NULL, NULL, made_cb, self);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, make_thread);
}

static void
wrote_chunk_cb (SoupServerMessage *message,
                gpointer           user_data)
{
  Stream *self = user_data;

  if (self->n_ahead > 0)
    self->n_ahead--;
  make_next (self);
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  Stream *self = user_data;

  g_signal_handlers_disconnect_by_data (message, self);
  self->gone = TRUE;
  if (!self->making)
    stream_free (self);
}

/* Headers go out when the first piece is there. */
static void
open_answer (Stream *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  gboolean chunked = soup_server_message_get_http_version (self->message) != SOUP_HTTP_1_0;

  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_append (headers, "Content-Type", "application/json; charset=utf-8");
  soup_message_headers_set_encoding (headers, chunked ? SOUP_ENCODING_CHUNKED : SOUP_ENCODING_EOF);
  if (rfi_exchange_takes_gzip (self->exchange))
    {
      self->compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 2);
      soup_message_headers_append (headers, "Content-Encoding", "gzip");
    }
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  self->exchange->answered = TRUE;
  soup_server_message_pause (self->message);
}

static void
start_stream (RfiExchange    *exchange,
              const RfiScope *scope,
              gint64          since,
              gint64          moment)
{
  RfiServerContext *context = exchange->context;
  g_autoptr(GError) error = NULL;
  RfiScope kept = *scope;
  RfiDb *db;
  Stream *self;

  if (context->n_streams >= MAX_STREAMS)
    {
      rfi_exchange_fail_later (exchange, SOUP_STATUS_SERVICE_UNAVAILABLE, "UNAVAILABLE",
                               "Too many clients load everything. Try again later.", 2);
      return;
    }

  db = rfi_server_store_borrow (context->store, &error);
  if (db == NULL)
    {
      rfi_exchange_fail_error (exchange, error);
      return;
    }

  self = g_new0 (Stream, 1);
  self->exchange = exchange;
  self->message = g_object_ref (exchange->message);
  self->db = db;
  self->scope_id = g_strdup (scope->id);
  kept.id = self->scope_id;
  self->writer = rfi_job_writer_new (exchange, db, RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_THUMBNAIL);
  rfi_time_format (moment, self->moment);
  context->n_streams++;
  self->rows = rfi_server_jobs_begin (db, &kept, since, &error);
  if (self->rows == NULL)
    {
      rfi_exchange_fail_error (exchange, error);
      stream_free (self);
      return;
    }

  open_answer (self);
  g_signal_connect (self->message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  g_signal_connect (self->message, "finished", G_CALLBACK (finished_cb), self);
  make_next (self);
}

/* @fits: (out): whether it was all. Returns: (transfer full) (nullable) */
static GString *
make_short (RfiExchange     *exchange,
            const RfiScope  *scope,
            gint64           since,
            gboolean        *fits,
            GError         **error)
{
  RfiDb *db = rfi_server_store_get_reader (exchange->context->store);
  RFI_DB_KEPT rows = rfi_server_jobs_begin (db, scope, since, error);
  g_autoptr(RfiJobWriter) writer =
    rfi_job_writer_new (exchange, db, RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_THUMBNAIL);
  g_autoptr(GString) body = g_string_new (NULL);
  g_autoptr(GError) local = NULL;
  guint n_rows = 0;
  RfiJob job;

  if (rows == NULL)
    return NULL;

  rfi_job_writer_begin (writer, body);
  while (n_rows <= MAX_SHORT_ROWS && rfi_server_jobs_next (db, rows, &job, &local))
    {
      if (!rfi_job_writer_append (&job, writer, error))
        return NULL;
      n_rows++;
    }

  *fits = n_rows <= MAX_SHORT_ROWS;
  if (local == NULL)
    return g_steal_pointer (&body);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

void
rfi_endpoint_sync_jobs (RfiExchange *exchange)
{
  const RfiJson *json = rfi_exchange_need_json (exchange);
  g_autoptr(GError) error = NULL;
  char text[RFI_TIME_TEXT_SIZE];
  gboolean fits = FALSE;
  RfiScope scope;
  GString *body;
  gint64 moment;
  gint64 since;

  if (json == NULL)
    return;
  if (!read_since (json, &since))
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, "VALIDATION_ERROR",
                         "Invalid since timestamp");
      return;
    }

  /* The moment first, then the look at the data: see the store. */
  moment = rfi_server_store_read_clock (exchange->context->store);
  rfi_scope_init (&scope, exchange->claims->user);
  body = make_short (exchange, &scope, since, &fits, &error);
  if (body == NULL)
    {
      rfi_exchange_fail_error (exchange, error);
      return;
    }
  if (!fits)
    {
      g_string_free (body, TRUE);
      start_stream (exchange, &scope, since, moment);
      return;
    }

  rfi_time_format (moment, text);
  append_end (body, text);
  rfi_exchange_reply (exchange, SOUP_STATUS_OK, body);
}
