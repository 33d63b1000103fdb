/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-health-endpoint"

#include "config.h"

#include "rfi-endpoints.h"

#include "rfi-exchange.h"
#include "rfi-health.h"
#include "rfi-server-context.h"
#include "rfi-server-jobs.h"
#include "rfi-time.h"

/* A cheap question that needs the file: whether it still answers. */
static gint64
count_jobs (RfiExchange *exchange)
{
  static const RfiScope all = { RFI_SCOPE_ALL, NULL };

  return rfi_server_jobs_count (rfi_server_store_get_reader (exchange->context->store), &all, -1,
                                NULL);
}

void
rfi_endpoint_health (RfiExchange *exchange)
{
  static char *capabilities[] = {
    (char *) "idempotency-key", (char *) "assign-etag", (char *) "unassign",
    (char *) "job-updated",     (char *) RFI_CAPABILITY_SYNC_V1,
    (char *) RFI_CAPABILITY_REFRESH, NULL,
  };
  GString *body = g_string_new (NULL);
  char now[RFI_TIME_TEXT_SIZE];
  RfiHealth health = {
    .ok = count_jobs (exchange) >= 0,
    .timestamp = now,
    .environment = exchange->context->options->environment,
    .version = (char *) "1.0.0",
    .capabilities = capabilities,
  };

  rfi_time_format (g_get_real_time () / 1000, now);
  health.status = (char *) (health.ok ? "ok" : "degraded");
  rfi_health_append (&health, body);
  rfi_exchange_reply (exchange, health.ok ? SOUP_STATUS_OK : SOUP_STATUS_SERVICE_UNAVAILABLE, body);
}

static void
append_values (RfiServerContext *context,
               GString          *out)
{
  RfiHubCounts hub;

  rfi_hub_get_counts (context->hub, &hub);
  rfi_server_metrics_append_value (out, "rfi_connections", "gauge", "Connections open now.",
                                   rfi_listener_get_count (context->listener));
  rfi_server_metrics_append_value (out, "rfi_requests_in_flight", "gauge",
                                   "Requests not yet answered.", context->n_exchanges);
  rfi_server_metrics_append_value (out, "rfi_changes_waiting", "gauge",
                                   "Changes that wait for the disk.",
                                   rfi_server_store_get_n_waiting (context->store));
  rfi_server_metrics_append_value (out, "rfi_hub_clients", "gauge", "Clients told of events.",
                                   hub.n_clients);
  rfi_server_metrics_append_value (out, "rfi_hub_events_total", "counter",
                                   "Events that happened.", (gint64) hub.n_events);
  rfi_server_metrics_append_value (out, "rfi_hub_sent_total", "counter",
                                   "Copies of events sent to clients.", (gint64) hub.n_sent);
  rfi_server_metrics_append_value (out, "rfi_hub_overflows_total", "counter",
                                   "Clients closed for reading too slowly.",
                                   (gint64) hub.n_overflows);
}

/* Open to this machine, where the collector runs; to others only as an admin. */
static gboolean
may_see_metrics (RfiExchange *exchange)
{
  g_autoptr(GInetAddress) address =
    g_inet_address_new_from_string (rfi_exchange_get_address (exchange));

  if (address != NULL && g_inet_address_get_is_loopback (address))
    return TRUE;
  if (exchange->claims == NULL)
    rfi_token_keeper_check (exchange->context->tokens,
                            rfi_exchange_get_header (exchange, "Authorization"),
                            g_get_real_time () / G_USEC_PER_SEC, &exchange->claims);

  return exchange->claims != NULL && exchange->claims->has_role &&
         exchange->claims->user->role == RFI_ROLE_ADMIN;
}

void
rfi_endpoint_metrics (RfiExchange *exchange)
{
  GString *body;

  if (!may_see_metrics (exchange))
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_FORBIDDEN, "FORBIDDEN", "Insufficient permissions");
      return;
    }

  body = g_string_new (NULL);
  rfi_server_metrics_append (exchange->context->metrics, body);
  append_values (exchange->context, body);
  rfi_server_metrics_append_value (body, "rfi_jobs", "gauge", "Jobs stored.",
                                   count_jobs (exchange));
  rfi_exchange_reply_typed (exchange, SOUP_STATUS_OK, "text/plain; version=0.0.4; charset=utf-8",
                            body);
}
