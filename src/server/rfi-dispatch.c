/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-dispatch"

#include "config.h"

#include "rfi-dispatch.h"

#include "rfi-answer-head.h"
#include "rfi-endpoints.h"
#include "rfi-exchange.h"
#include "rfi-request-body.h"
#include "rfi-router.h"
#include "rfi-server-context.h"
#include "rfi-server-log.h"
#include "rfi-wire-push.h"
#include "rfi-wire-request.h"

#include <string.h>

#define MAX_HEADER_SIZE 16384

/* What comes beyond its limit is read and dropped, so that the client gets to read why; but
 * not for ever. */
#define MAX_DROPPED (64 * 1024 * 1024)

/* The largest photo, and what a form puts around it. */
#define FORM_LIMIT (RFI_PHOTO_SIZE_LIMIT + 65536)

/* Of many small things at once. */
#define PUSH_LIMIT RFI_WIRE_PUSH_MAX_BYTES

static const RfiRoute routes[] = {
  { "GET", "/api/jobs", RFI_ROUTE_ALL, FALSE, rfi_endpoint_list_jobs },
  { "GET", "/api/jobs/:id", RFI_ROUTE_ALL, FALSE, rfi_endpoint_get_job },
  { "POST", "/api/jobs/sync", RFI_ROUTE_ALL, FALSE, rfi_endpoint_sync_jobs },
  { "POST", "/api/jobs", RFI_ROUTE_OFFICE, FALSE, rfi_endpoint_create_job },
  { "PATCH", "/api/jobs/:id", RFI_ROUTE_OFFICE, FALSE, rfi_endpoint_edit_job },
  { "PATCH", "/api/jobs/:id/status", RFI_ROUTE_ALL, FALSE, rfi_endpoint_set_job_status },
  { "POST", "/api/jobs/:id/assign", RFI_ROUTE_OFFICE, FALSE, rfi_endpoint_assign_job },
  { "DELETE", "/api/jobs/:id", RFI_ROUTE_ADMIN, FALSE, rfi_endpoint_delete_job },
  { "POST", "/api/jobs/:id/attachments", RFI_ROUTE_ALL, TRUE, rfi_endpoint_add_photo },
  { "DELETE", "/api/jobs/:id/attachments/:aid", RFI_ROUTE_ALL, FALSE, rfi_endpoint_delete_photo },
  { "GET", "/photos/*", 0, FALSE, rfi_endpoint_show_photo },
  { "GET", "/api/health", 0, FALSE, rfi_endpoint_health },
  { "POST", "/api/auth/login", 0, FALSE, rfi_endpoint_login },
  { "GET", "/api/auth/technicians", RFI_ROUTE_OFFICE, FALSE, rfi_endpoint_technicians },
  { "GET", "/api/auth/vendors", RFI_ROUTE_ADMIN, FALSE, rfi_endpoint_vendors },
  { "POST", "/api/auth/refresh", 0, FALSE, rfi_endpoint_refresh },
  { "POST", "/api/auth/logout", 0, FALSE, rfi_endpoint_logout },
  { "POST", "/api/v1/devices", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/devices", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "POST", "/api/v1/devices/:id/revoke", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "POST", "/api/v1/sync/push", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1, PUSH_LIMIT },
  { "GET", "/api/v1/sync/delta", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/sync/snapshot", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/conflicts", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "POST", "/api/v1/conflicts/:id/resolution", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1,
    PUSH_LIMIT },
  { "GET", "/api/v1/conflicts/:id", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/conflicts/:id/deciders", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "POST", "/api/v1/conflicts/:id/escalate", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1 },
  { "POST", "/api/v1/conflicts/:id/investigation", RFI_ROUTE_ADMIN, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/audit", RFI_ROUTE_OFFICE, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/audit/marks", RFI_ROUTE_OFFICE, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/audit/check", RFI_ROUTE_ADMIN, FALSE, rfi_endpoint_v1 },
  { "GET", "/api/v1/audit/as-of", RFI_ROUTE_OFFICE, FALSE, rfi_endpoint_v1 },
  { "POST", "/api/events", RFI_ROUTE_ALL, FALSE, rfi_endpoint_v1, PUSH_LIMIT },
  { "POST", "/api/signalr/negotiate", RFI_ROUTE_ALL, FALSE, rfi_endpoint_negotiate },
  { "GET", "/metrics", 0, FALSE, rfi_endpoint_metrics },
};

static const char *
path_of (RfiExchange *exchange)
{
  return g_uri_get_path (soup_server_message_get_uri (exchange->message));
}

/* Fills in who asks. Answers and is %FALSE if the token is not good. */
static gboolean
check_token (RfiExchange *exchange)
{
  static const struct {
    const char *code;
    const char *message;
  } refusals[] = {
    [RFI_TOKEN_MISSING] = { "TOKEN_MISSING", "Authorization header required" },
    [RFI_TOKEN_INVALID] = { "TOKEN_INVALID", "Invalid token" },
    [RFI_TOKEN_EXPIRED] = { "TOKEN_EXPIRED", "Token has expired" },
  };
  RfiTokenVerdict verdict = RFI_TOKEN_OK;

  if (exchange->claims == NULL)
    verdict = rfi_token_keeper_check (exchange->context->tokens,
                                      rfi_exchange_get_header (exchange, "Authorization"),
                                      g_get_real_time () / G_USEC_PER_SEC, &exchange->claims);
  if (verdict == RFI_TOKEN_OK)
    return TRUE;

  rfi_exchange_fail (exchange, SOUP_STATUS_UNAUTHORIZED, refusals[verdict].code,
                     refusals[verdict].message);
  return FALSE;
}

static gboolean
check_role (RfiExchange    *exchange,
            const RfiRoute *route)
{
  if (exchange->claims->has_role && (route->roles >> exchange->claims->user->role & 1) != 0)
    return TRUE;

  rfi_exchange_fail (exchange, SOUP_STATUS_FORBIDDEN, "FORBIDDEN", "Insufficient permissions");
  return FALSE;
}

static gboolean
check_rate (RfiExchange *exchange)
{
  RfiLimiter *limiter = exchange->context->requests;
  const char *name = exchange->claims != NULL ? exchange->claims->user->id
                                              : rfi_exchange_get_address (exchange);
  gint64 now = g_get_monotonic_time () / 1000;
  guint retry_after;

  if (limiter == NULL)
    return TRUE;
  if (rfi_limiter_check (limiter, name, now, &retry_after))
    {
      rfi_limiter_take (limiter, name, now);
      return TRUE;
    }

  rfi_exchange_fail_later (exchange, 429, "RATE_LIMITED",
                           "Too many requests. Slow down.", retry_after);
  return FALSE;
}

/* CORS asks beforehand whether it may. */
static void
answer_options (RfiExchange *exchange)
{
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (exchange->message);
  const char *wanted = rfi_exchange_get_header (exchange, "Access-Control-Request-Headers");

  soup_message_headers_replace (answer, "Access-Control-Allow-Methods",
                                "GET,HEAD,PUT,PATCH,POST,DELETE");
  if (wanted != NULL)
    soup_message_headers_replace (answer, "Access-Control-Allow-Headers", wanted);
  soup_message_headers_append (answer, "Vary", "Access-Control-Request-Headers");
  soup_server_message_set_status (exchange->message, SOUP_STATUS_NO_CONTENT, NULL);
  exchange->answered = TRUE;
}

static gsize
measure_headers (RfiExchange *exchange)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  gsize size = 0;

  soup_message_headers_iter_init (&iter,
                                  soup_server_message_get_request_headers (exchange->message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    size += strlen (name) + strlen (value) + 4;

  return size;
}

/* Where a request tells its length in two ways, a proxy before us may see another end of it. */
static gboolean
check_length (RfiExchange *exchange)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (exchange->message);
  const char *length = soup_message_headers_get_list (asked, "Content-Length");
  gboolean is_chunked = soup_message_headers_get_one (asked, "Transfer-Encoding") != NULL;

  if (length == NULL || (!is_chunked && length[strspn (length, "0123456789")] == '\0'))
    return TRUE;

  soup_message_headers_replace (soup_server_message_get_response_headers (exchange->message),
                                "Connection", "close");
  rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, "BAD_REQUEST",
                     "The request does not tell its length in one way");
  return FALSE;
}

static RfiRouted
find_route (RfiExchange     *exchange,
            const RfiRoute **route)
{
  RfiRouted routed = rfi_router_find (routes, G_N_ELEMENTS (routes), exchange->method,
                                      path_of (exchange), route, exchange->params);

  if (*route != NULL)
    exchange->route = (*route)->path;
  return routed;
}

static void
drop_body (RfiExchange *exchange)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (exchange->message),
                                    FALSE);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  RfiExchange *exchange = user_data;
  GIOStream *stream;

  exchange->n_read += g_bytes_get_size (chunk);
  if (exchange->n_read > exchange->limit)
    {
      drop_body (exchange);
      soup_message_body_truncate (soup_server_message_get_request_body (message));
    }
  if (exchange->n_read > MAX_DROPPED)
    {
      stream = soup_server_message_steal_connection (message);
      g_io_stream_close (stream, NULL, NULL);
      g_object_unref (stream);
    }
}

/* The headers are there, the body not yet: who has no good token need not fill our memory. */
static void
headers_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RfiServerContext *context = user_data;
  RfiExchange *exchange = rfi_exchange_new (context, message);
  const RfiRoute *route;

  context->n_exchanges++;
  exchange->routed = find_route (exchange, &route);
  exchange->found = route;
  exchange->limit = route != NULL && route->limit != 0 ? route->limit : RFI_WIRE_BODY_LIMIT;
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), exchange);

  if (route != NULL && route->takes_form)
    {
      exchange->limit = FORM_LIMIT;
      if (rfi_token_keeper_check (context->tokens,
                                  rfi_exchange_get_header (exchange, "Authorization"),
                                  g_get_real_time () / G_USEC_PER_SEC, &exchange->claims) !=
          RFI_TOKEN_OK)
        drop_body (exchange);
    }
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RfiExchange *exchange = rfi_exchange_from_message (message);
  const RfiRoute *route = exchange->found;

  rfi_answer_head_restore (message);
  if (strcmp (exchange->method, "OPTIONS") == 0)
    {
      answer_options (exchange);
      return;
    }
  if (!check_length (exchange))
    return;
  if (measure_headers (exchange) > MAX_HEADER_SIZE)
    {
      rfi_exchange_fail (exchange, 431, "HEADERS_TOO_LARGE", "Request headers are too large");
      return;
    }

  if ((route == NULL || !route->takes_form) && !rfi_request_body_read_json (exchange))
    return;
  if (((route != NULL && route->roles != 0) || rfi_router_is_closed (path_of (exchange))) &&
      !check_token (exchange))
    return;
  if (!check_rate (exchange))
    return;

  if (exchange->routed == RFI_ROUTED_NOWHERE)
    rfi_exchange_fail_route (exchange);
  else if (route->roles != 0 && !check_role (exchange, route))
    return;
  else if (exchange->routed == RFI_ROUTED_BADLY)
    rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, "VALIDATION_ERROR",
                       "The address has a broken %-escape");
  else
    route->handler (exchange);
}

static void
end_exchange (RfiServerContext  *context,
              SoupServerMessage *message,
              gboolean           aborted)
{
  RfiExchange *exchange = rfi_exchange_from_message (message);
  guint status = soup_server_message_get_status (message);
  gint64 duration;
  gint64 n_bytes;

  if (exchange == NULL || exchange->ended)
    return;

  exchange->ended = TRUE;
  context->n_exchanges--;
  duration = g_get_monotonic_time () - exchange->started_at;
  n_bytes = exchange->n_written;
  rfi_server_metrics_count (context->metrics, exchange->method, exchange->route, status, duration,
                            n_bytes);
  if (!context->options->quiet)
    rfi_server_log_request (exchange, aborted ? 499 : status, duration, n_bytes);
}

static void
request_finished_cb (SoupServer        *soup,
                     SoupServerMessage *message,
                     gpointer           user_data)
{
  end_exchange (user_data, message, FALSE);
}

static void
request_aborted_cb (SoupServer        *soup,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  end_exchange (user_data, message, TRUE);
}

void
rfi_dispatch_attach (RfiServerContext *context)
{
  rfi_answer_head_attach (context->soup);
  soup_server_add_early_handler (context->soup, NULL, headers_cb, context, NULL);
  soup_server_add_handler (context->soup, NULL, request_cb, context, NULL);
  g_signal_connect (context->soup, "request-finished", G_CALLBACK (request_finished_cb), context);
  g_signal_connect (context->soup, "request-aborted", G_CALLBACK (request_aborted_cb), context);
}
