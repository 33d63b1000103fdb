/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-jobs-endpoint"

#include "config.h"

#include "rfi-endpoints.h"

#include "rfi-exchange.h"
#include "rfi-job-writer.h"
#include "rfi-rules.h"
#include "rfi-server-context.h"
#include "rfi-server-jobs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_LIMIT 20
#define MAX_LIMIT     100

/* About what a job takes on the wire. */
#define JOB_SIZE 900

typedef struct
{
  RfiScope scope;   /* borrows from who asks */
  int      status;  /* -1 for any */
  gint64   limit;
  gint64   offset;
} Wish;

/* As JavaScript's parseInt() reads it: digits at the front count, the rest does not. */
static gint64
get_number (RfiExchange *exchange,
            const char  *name,
            gint64       fallback)
{
  g_autofree char *text = rfi_exchange_get_query (exchange, name);
  const char *digits = text;

  if (text == NULL)
    return fallback;

  while (g_ascii_isspace (*digits))
    digits++;
  if (!g_ascii_isdigit (digits[*digits == '-' || *digits == '+' ? 1 : 0]))
    return fallback;

  return g_ascii_strtoll (digits, NULL, 10);
}

/* @status: (out): -1 for any. Answers and is %FALSE for an unknown one. */
static gboolean
get_status (RfiExchange *exchange,
            int         *status)
{
  g_autofree char *text = rfi_exchange_get_query (exchange, "status");
  g_autofree char *message = NULL;
  RfiStatus known;

  *status = -1;
  if (text == NULL || (*text == '\0' && rfi_exchange_count_query (exchange, "status") == 1))
    return TRUE;
  if (rfi_exchange_count_query (exchange, "status") == 1 && rfi_status_from_string (text, &known))
    {
      *status = (int) known;
      return TRUE;
    }

  message = g_strdup_printf ("Invalid status '%s'. Must be one of: pending, assigned, in-progress,"
                             " completed, cancelled", text);
  rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, "INVALID_STATUS", message);
  return FALSE;
}

/* What is asked for, as the contract reads it. Answers and is %FALSE for an unknown status. */
static gboolean
read_wish (RfiExchange *exchange,
           Wish        *wish)
{
  gint64 limit = get_number (exchange, "limit", DEFAULT_LIMIT);

  if (!get_status (exchange, &wish->status))
    return FALSE;

  wish->limit = CLAMP (limit == 0 ? DEFAULT_LIMIT : limit, 1, MAX_LIMIT);
  wish->offset = MAX (get_number (exchange, "offset", 0), 0);
  rfi_scope_init (&wish->scope, exchange->claims->user);
  return TRUE;
}

/* Besides the jobs themselves a page says where its pictures are, and until when. Returns:
 * (transfer full) */
static char *
name_page (RfiExchange *exchange,
           const Wish  *wish)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *base = rfi_exchange_get_base (exchange);

  return g_strdup_printf ("%d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %s\n%s", (int) wish->scope.kind, wish->status, wish->limit,
                          wish->offset, rfi_photo_files_round (now), base,
                          wish->scope.id != NULL ? wish->scope.id : "");
}

/* Returns: (transfer full) (nullable) */
static GString *
write_page (RfiExchange  *exchange,
            const Wish   *wish,
            GError      **error)
{
  RfiDb *db = rfi_server_store_get_reader (exchange->context->store);
  g_autoptr(RfiJobWriter) writer =
    rfi_job_writer_new (exchange, db, RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_THUMBNAIL);
  g_autoptr(GString) body = g_string_sized_new ((gsize) wish->limit * JOB_SIZE);
  g_autoptr(GError) local = NULL;
  gint64 total;

  rfi_job_writer_begin (writer, body);
  total = rfi_server_jobs_count (db, &wish->scope, wish->status, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!rfi_server_jobs_list (db, &wish->scope, wish->status, wish->limit, wish->offset,
                             rfi_job_writer_append, writer, error))
    return NULL;

  g_string_append_printf (body,
                          "],\"pagination\":{\"total\":%" G_GINT64_FORMAT
                          ",\"limit\":%" G_GINT64_FORMAT ",\"offset\":%" G_GINT64_FORMAT "}}",
                          total, wish->limit, wish->offset);
  return g_steal_pointer (&body);
}

void
rfi_endpoint_list_jobs (RfiExchange *exchange)
{
  RfiServerContext *context = exchange->context;
  g_autofree char *key = NULL;
  g_autoptr(GError) error = NULL;
  RfiPage *page;
  Wish wish;

  if (!read_wish (exchange, &wish))
    return;

  key = name_page (exchange, &wish);
  page = rfi_page_cache_find (context->pages, rfi_server_store_get_reader (context->store), key);
  if (page == NULL)
    {
      GString *body = write_page (exchange, &wish, &error);

      if (body == NULL)
        {
          rfi_exchange_fail_error (exchange, error);
          return;
        }
      page = rfi_page_cache_keep (context->pages, key, body);
    }

  rfi_exchange_reply_page (exchange, page);
}

void
rfi_endpoint_get_job (RfiExchange *exchange)
{
  RfiDb *db = rfi_server_store_get_reader (exchange->context->store);
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiJob) job = rfi_server_jobs_get_named (db, exchange->params[0], &error);
  g_autoptr(RfiJobWriter) writer = NULL;
  GString *body;

  if (error != NULL)
    {
      rfi_exchange_fail_error (exchange, error);
      return;
    }
  if (job == NULL || !rfi_rules_may_see (exchange->claims->user, job))
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", "Job not found");
      return;
    }

  writer = rfi_job_writer_new (exchange, db, RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_PHOTO_URLS);
  body = g_string_sized_new (JOB_SIZE);
  if (!rfi_job_writer_append_one (writer, body, job, &error))
    {
      g_string_free (body, TRUE);
      rfi_exchange_fail_error (exchange, error);
      return;
    }

  rfi_exchange_reply (exchange, SOUP_STATUS_OK, body);
}
