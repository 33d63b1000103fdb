/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server"

#include "config.h"

#include "rfi-server.h"

#include "rfi-dispatch.h"
#include "rfi-listener.h"
#include "rfi-server-context.h"
#include "rfi-server-jobs.h"
#include "rfi-server-upkeep.h"

#include <unistd.h>

#define MAX_WORKERS   4
#define STOP_SECONDS  10
#define STOP_LOOK_MS  20

/* Of sign-ins that failed, by one name from one address: ten at once, then one in half a
 * minute. */
#define FAILURES_BURST 10.0
#define FAILURES_RATE  (1.0 / 30.0)

/* The first descriptor that systemd hands over. */
#define FIRST_PASSED_FD 3

struct _RfiServer
{
  RfiServerContext  context;
  RfiListener      *listener;   /* (owned) */
  RfiServerUpkeep *upkeep;      /* (owned) */
  char             *url;        /* (owned) */
  guint             stop_timer;
  gint64            stop_by;    /* monotonic, microseconds */
  gboolean          hub_closed;
  GSourceFunc       done;
  gpointer          done_data;
};

static gboolean
is_socket_passed (void)
{
  const char *pid = g_getenv ("LISTEN_PID");
  const char *n = g_getenv ("LISTEN_FDS");

  return pid != NULL && n != NULL && g_ascii_strtoll (pid, NULL, 10) == getpid () &&
         g_ascii_strtoll (n, NULL, 10) >= 1;
}

static gboolean
open_listener (RfiServer  *self,
               GError    **error)
{
  const RfiServerOptions *options = self->context.options;
  g_autofree char *host = g_inet_address_to_string (options->listen);
  gboolean six = g_inet_address_get_family (options->listen) == G_SOCKET_FAMILY_IPV6;
  gboolean opened;

  self->listener =
    rfi_listener_new (self->context.soup, options->certificate, options->max_connections);
  if (is_socket_passed ())
    opened =
      rfi_listener_adopt (self->listener, FIRST_PASSED_FD, options->may_be_public, error);
  else
    opened = rfi_listener_open (self->listener, options->listen, options->port, error);
  if (!opened)
    return FALSE;

  self->context.listener = self->listener;
  self->url = g_strdup_printf ("%s://%s%s%s:%u", options->certificate != NULL ? "https" : "http",
                               six ? "[" : "", host, six ? "]" : "",
                               rfi_listener_get_port (self->listener));
  return TRUE;
}

/* For the hub. A job that cannot be read is none that anybody could have open. */
static RfiJob *
find_job (const char *job_id,
          gpointer    user_data)
{
  g_autoptr(GError) error = NULL;
  RfiJob *job = rfi_server_jobs_get (rfi_server_store_get_reader (user_data), job_id, &error);

  if (error != NULL)
    g_warning ("Reading job %s: %s", job_id, error->message);
  return job;
}

RfiServer *
rfi_server_new (const RfiServerOptions  *options,
                RfiServerStore          *store,
                GError                 **error)
{
  g_autoptr(RfiServer) self = g_new0 (RfiServer, 1);
  g_autoptr(RfiClock) clock = rfi_clock_new_system (g_main_context_get_thread_default ());
  g_autoptr(RfiRandom) random = rfi_random_new ();
  RfiServerContext *context = &self->context;
  GBytes *secret = rfi_server_store_get_secret (store);

  context->options = options;
  context->store = g_object_ref (store);
  context->soup = soup_server_new ("server-header", NULL, NULL);
  context->tokens = rfi_token_keeper_new (secret);
  context->sync = rfi_sync_service_new (secret, random);
  context->metrics = rfi_server_metrics_new ();
  context->pages = rfi_page_cache_new ();
  context->failures = rfi_limiter_new (FAILURES_RATE, FAILURES_BURST);
  if (options->rate > 0)
    context->requests = rfi_limiter_new (options->rate, options->rate * 2);
  context->hub = rfi_hub_new (secret, clock, NULL);
  rfi_hub_set_jobs (context->hub, find_job, context->store);
  rfi_hub_attach (context->hub, context->soup);
  rfi_dispatch_attach (context);

  if (!open_listener (self, error))
    return NULL;

  self->upkeep = rfi_server_upkeep_new (store, clock);
  return g_steal_pointer (&self);
}

void
rfi_server_free (RfiServer *self)
{
  g_clear_handle_id (&self->stop_timer, g_source_remove);
  g_clear_object (&self->upkeep);
  g_clear_pointer (&self->listener, rfi_listener_free);
  soup_server_disconnect (self->context.soup);
  g_clear_object (&self->context.hub);
  g_clear_object (&self->context.soup);
  g_clear_object (&self->context.store);
  g_clear_pointer (&self->context.sync, rfi_sync_service_free);
  g_clear_pointer (&self->context.tokens, rfi_token_keeper_free);
  g_clear_pointer (&self->context.metrics, rfi_server_metrics_free);
  g_clear_pointer (&self->context.pages, rfi_page_cache_free);
  g_clear_pointer (&self->context.failures, rfi_limiter_free);
  g_clear_pointer (&self->context.requests, rfi_limiter_free);
  g_free (self->url);
  g_free (self);
}

const char *
rfi_server_get_url (RfiServer *self)
{
  return self->url;
}

/* An answer under way may still write to the database and must reach its client. */
static gboolean
look_whether_done_cb (gpointer user_data)
{
  RfiServer *self = user_data;
  gboolean late = g_get_monotonic_time () > self->stop_by;

  if (!late &&
      (self->context.n_exchanges > 0 || !self->hub_closed || rfi_server_upkeep_stop (self->upkeep)))
    return G_SOURCE_CONTINUE;

  if (late)
    g_message ("%u requests were given up", self->context.n_exchanges);
  self->stop_timer = 0;
  self->done (self->done_data);
  return G_SOURCE_REMOVE;
}

static void
close_hub_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  RfiServer *self = user_data;

  rfi_hub_close_finish (RFI_HUB (object), result, NULL);
  self->hub_closed = TRUE;
}

void
rfi_server_stop (RfiServer   *self,
                 GSourceFunc  done,
                 gpointer     user_data)
{
  g_return_if_fail (self->stop_timer == 0);

  self->done = done;
  self->done_data = user_data;
  self->stop_by = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;
  rfi_listener_close (self->listener);
  rfi_server_upkeep_stop (self->upkeep);
  rfi_hub_close_async (self->context.hub, close_hub_cb, self);
  self->stop_timer = g_timeout_add (STOP_LOOK_MS, look_whether_done_cb, self);
}
