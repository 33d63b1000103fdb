/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hub"

#include "config.h"

#include "rfi-hub.h"

#include "rfi-hub-connection.h"
#include "rfi-hub-presence.h"
#include "rfi-hub-token.h"
#include "rfi-job.h"
#include "rfi-json.h"
#include "rfi-user.h"
#include "rfi-wire-error.h"

#define SOCKET_PATH "/client"
#define NEGOTIATE_PATH "/client/negotiate"

/* A client that negotiated opens its socket at once. */
#define NEGOTIATION_LIFETIME 30000
#define CLOSE_DEADLINE 2000

#define STATUS_UPGRADE_REQUIRED 426 /* libsoup has no name for it */

static const RfiHubLimits default_limits = {
  .max_clients = 4096,
  .max_per_user = 64,
  .max_queue = 1024 * 1024,
  .max_message = 64 * 1024,
  .handshake_timeout = 15000,
  .ping_interval = 15000,
  .silence_timeout = 30000,
};

struct _RfiHub
{
  GObject       parent_instance;

  GBytes       *key;           /* (owned) */
  RfiClock     *clock;         /* (owned) */
  SoupServer   *server;        /* (owned) (nullable) */
  RfiHubLimits  limits;        /* complete */
  RfiHubCounts  counts;

  GHashTable   *clients;       /* (owned) RfiHubConnection set: every socket */
  GHashTable   *groups;        /* (owned) name → RfiHubConnection set: those that are ready */
  RfiHubPresence *presence;    /* (owned) */
  GHashTable   *negotiations;  /* (owned) connection token → until when, monotonic ms */
  guint64       round;         /* of broadcasting; 0 is before the first */

  GTask        *closing;       /* (owned) (nullable) */
  guint         close_timer;
  guint         closed : 1;
};

G_DEFINE_FINAL_TYPE (RfiHub, rfi_hub, G_TYPE_OBJECT)

/* Groups */

static void
join (RfiHub           *self,
      RfiHubConnection *client,
      char             *group)
{
  GHashTable *members = g_hash_table_lookup (self->groups, group);

  if (members == NULL)
    {
      members = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->groups, g_strdup (group), members);
    }
  g_hash_table_add (members, client);
  g_free (group);
}

/* A technician is told of the jobs that are theirs, not of the vendor's. */
static void
join_groups (RfiHub           *self,
             RfiHubConnection *client)
{
  const RfiUser *user = rfi_hub_connection_get_user (client);

  join (self, client, g_strdup_printf ("user-%s", user->id));
  if (user->role == RFI_ROLE_ADMIN)
    join (self, client, g_strdup ("admin"));
  else if (user->role == RFI_ROLE_DISPATCHER && user->vendor_id != NULL)
    join (self, client, g_strdup_printf ("vendor-%s", user->vendor_id));
}

static void
leave_groups (RfiHub           *self,
              RfiHubConnection *client)
{
  GHashTableIter iter;
  gpointer members;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &members))
    {
      g_hash_table_remove (members, client);
      if (g_hash_table_size (members) == 0)
        g_hash_table_iter_remove (&iter);
    }
}

static void
collect (RfiHub    *self,
         GPtrArray *clients,
         char      *group)
{
  GHashTable *members = g_hash_table_lookup (self->groups, group);
  GHashTableIter iter;
  gpointer client;

  if (members != NULL)
    {
      g_hash_table_iter_init (&iter, members);
      while (g_hash_table_iter_next (&iter, &client, NULL))
        if (rfi_hub_connection_mark (client, self->round))
          g_ptr_array_add (clients, g_object_ref (client));
    }
  g_free (group);
}

static void
collect_audience (RfiHub    *self,
                  GPtrArray *clients,
                  RfiJob    *job)
{
  collect (self, clients, g_strdup_printf ("vendor-%s", job->vendor_id));
  if (job->assigned_to != NULL)
    collect (self, clients, g_strdup_printf ("user-%s", job->assigned_to));
}

/* Who has which job open */

static void
tell_presence (RfiJob   *job,
               GBytes   *record,
               gpointer  user_data)
{
  RfiHub *self = user_data;
  g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);

  self->round++;
  collect (self, clients, g_strdup ("admin"));
  collect_audience (self, clients, job);
  for (guint i = 0; i < clients->len; i++)
    if (rfi_hub_presence_has (self->presence, clients->pdata[i]))
      rfi_hub_connection_send (clients->pdata[i], record);
}

static void
attend_cb (RfiHub           *self,
           const char       *job_id,
           int               attention,
           RfiHubConnection *client)
{
  rfi_hub_presence_attend (self->presence, client, job_id, (RfiAttention) attention);
}

/* Sockets */

static void
settle_close (RfiHub *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->closing);

  rfi_clock_disarm (self->clock, self->close_timer);
  self->close_timer = 0;
  g_task_return_boolean (task, TRUE);
}

static void
ready_cb (RfiHub           *self,
          RfiHubConnection *client)
{
  self->counts.n_clients++;
  join_groups (self, client);
}

static void
ended_cb (RfiHub           *self,
          RfiHubConnection *client)
{
  RfiHubConnectionEnd end = rfi_hub_connection_get_end (client);

  if (rfi_hub_connection_is_ready (client))
    {
      self->counts.n_clients--;
      leave_groups (self, client);
      rfi_hub_presence_leave (self->presence, client);
    }

  if (end == RFI_HUB_CONNECTION_OVERFLOWED)
    self->counts.n_overflows++;
  else if (end == RFI_HUB_CONNECTION_TIMED_OUT)
    self->counts.n_timeouts++;
}

static void
closed_cb (RfiHub           *self,
           RfiHubConnection *client)
{
  g_hash_table_remove (self->clients, client);

  if (self->closing != NULL && g_hash_table_size (self->clients) == 0)
    settle_close (self);
}

static guint
count_sockets_of (RfiHub        *self,
                  const RfiUser *user)
{
  GHashTableIter iter;
  gpointer client;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, &client, NULL))
    if (g_strcmp0 (rfi_hub_connection_get_user (client)->id, user->id) == 0)
      n++;
  return n;
}

/* HTTP */

static void
answer (SoupServerMessage *message,
        guint              status,
        GString           *body)
{
  gsize length = body->len;

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_TAKE,
                                    g_string_free (body, FALSE), length);
}

static void
refuse (RfiHub            *self,
        SoupServerMessage *message,
        guint              status,
        const char        *code,
        const char        *words)
{
  GString *body = g_string_new (NULL);

  self->counts.n_refused++;
  rfi_wire_error_append (body, code, words);
  answer (message, status, body);
}

/* A browser's client asks from a page of another address, and asks first whether it may. The
 * hub takes tokens only, no cookies, so any page may. */
static void
allow_origin (SoupServerMessage *message)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *answered = soup_server_message_get_response_headers (message);
  const char *origin = soup_message_headers_get_one (asked, "Origin");
  const char *headers = soup_message_headers_get_list (asked, "Access-Control-Request-Headers");

  if (origin == NULL)
    return;

  soup_message_headers_replace (answered, "Access-Control-Allow-Origin", origin);
  soup_message_headers_replace (answered, "Access-Control-Allow-Credentials", "true");
  soup_message_headers_replace (answered, "Access-Control-Allow-Methods", "POST");
  soup_message_headers_replace (answered, "Vary", "Origin");
  if (headers != NULL)
    soup_message_headers_replace (answered, "Access-Control-Allow-Headers", headers);
}

/* Browsers cannot give a WebSocket a header, so the address may carry the token. */
static const char *
get_token (SoupServerMessage *message,
           GHashTable        *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");

  if (header != NULL && g_str_has_prefix (header, "Bearer "))
    return header + strlen ("Bearer ");
  return query != NULL ? g_hash_table_lookup (query, "access_token") : NULL;
}

/* Returns: (transfer full) (nullable): %NULL once refused */
static RfiUser *
authorize (RfiHub            *self,
           SoupServerMessage *message,
           GHashTable        *query)
{
  const char *token = get_token (message, query);
  g_autoptr(GError) error = NULL;
  RfiUser *user;

  if (token == NULL)
    {
      refuse (self, message, SOUP_STATUS_UNAUTHORIZED, "TOKEN_MISSING",
              "Authorization header required");
      return NULL;
    }

  user = rfi_hub_token_check (self->key, token, rfi_clock_get_wall (self->clock) / 1000, &error);
  if (user == NULL)
    refuse (self, message, SOUP_STATUS_UNAUTHORIZED,
            g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? "TOKEN_EXPIRED"
                                                                      : "TOKEN_INVALID",
            error->message);
  return user;
}

static gboolean
check_hub (RfiHub            *self,
           SoupServerMessage *message,
           GHashTable        *query)
{
  const char *name = query != NULL ? g_hash_table_lookup (query, "hub") : NULL;

  if (g_strcmp0 (name, "jobs") == 0)
    return TRUE;

  refuse (self, message, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", "Hub not found");
  return FALSE;
}

static gboolean
check_room (RfiHub            *self,
            SoupServerMessage *message,
            const RfiUser     *user)
{
  if (!self->closed && g_hash_table_size (self->clients) < self->limits.max_clients
      && count_sockets_of (self, user) < self->limits.max_per_user)
    return TRUE;

  refuse (self, message, SOUP_STATUS_SERVICE_UNAVAILABLE, "UNAVAILABLE",
          self->closed ? "The server is closing" : "Too many connections");
  return FALSE;
}

static gboolean
is_over (gpointer key,
         gpointer value,
         gpointer user_data)
{
  const gint64 *until = value;
  const gint64 *now = user_data;

  return *until <= *now;
}

static void
forget_old_negotiations (RfiHub *self)
{
  gint64 now = rfi_clock_get_monotonic (self->clock);

  g_hash_table_foreach_remove (self->negotiations, is_over, &now);
}

static void
append_negotiation (RfiHub     *self,
                    GString    *body,
                    const char *version)
{
  gint64 until = rfi_clock_get_monotonic (self->clock) + NEGOTIATION_LIFETIME;
  g_autofree char *public_id = g_uuid_string_random ();
  char *token = g_uuid_string_random ();
  gboolean has_token = g_strcmp0 (version, "1") == 0;

  g_hash_table_insert (self->negotiations, token, g_memdup2 (&until, sizeof until));

  g_string_append_printf (body, "{\"negotiateVersion\":%d", has_token ? 1 : 0);
  g_string_append_printf (body, ",\"connectionId\":\"%s\"", has_token ? public_id : token);
  if (has_token)
    g_string_append_printf (body, ",\"connectionToken\":\"%s\"", token);
  g_string_append (body, ",\"availableTransports\":[{\"transport\":\"WebSockets\","
                         "\"transferFormats\":[\"Text\"]}]}");
}

/* Nothing here is asked for by a body, so none is kept. */
static void
headers_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static void
negotiate_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  RfiHub *self = user_data;
  const char *method = soup_server_message_get_method (message);
  g_autoptr(RfiUser) user = NULL;
  GString *body;

  allow_origin (message);
  if (g_strcmp0 (method, SOUP_METHOD_OPTIONS) == 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
      return;
    }

  if (g_strcmp0 (method, SOUP_METHOD_POST) != 0 || g_strcmp0 (path, NEGOTIATE_PATH) != 0)
    {
      refuse (self, message, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", "Route not found");
      return;
    }

  if (!check_hub (self, message, query))
    return;

  user = authorize (self, message, query);
  if (user == NULL || !check_room (self, message, user))
    return;

  forget_old_negotiations (self);
  if (g_hash_table_size (self->negotiations) >= self->limits.max_clients)
    {
      refuse (self, message, SOUP_STATUS_SERVICE_UNAVAILABLE, "UNAVAILABLE",
              "Too many connections");
      return;
    }

  body = g_string_new (NULL);
  append_negotiation (self, body, g_hash_table_lookup (query, "negotiateVersion"));
  answer (message, SOUP_STATUS_OK, body);
}

/* Whether the token a client brings from its negotiation is one, and was not used before. One
 * that never negotiated brings none. */
static gboolean
check_negotiation (RfiHub            *self,
                   SoupServerMessage *message,
                   GHashTable        *query)
{
  const char *id = g_hash_table_lookup (query, "id");

  forget_old_negotiations (self);
  if (id == NULL || g_hash_table_remove (self->negotiations, id))
    return TRUE;

  refuse (self, message, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", "Connection not found");
  return FALSE;
}

/* Runs before the handshake: a message left without a status goes on to socket_cb(). */
static void
client_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  RfiHub *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr(RfiUser) user = NULL;

  if (g_strcmp0 (path, "/client") != 0 && g_strcmp0 (path, "/client/") != 0)
    {
      refuse (self, message, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", "Route not found");
      return;
    }

  if (!check_hub (self, message, query))
    return;

  user = authorize (self, message, query);
  if (user == NULL)
    return;

  if (!soup_message_headers_header_contains (headers, "Upgrade", "websocket"))
    {
      refuse (self, message, STATUS_UPGRADE_REQUIRED, "UPGRADE_REQUIRED",
              "This address is for WebSockets");
      return;
    }

  if (check_room (self, message, user))
    check_negotiation (self, message, query);
}

static void
socket_cb (SoupServer              *server,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  RfiHub *self = user_data;
  const char *text = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr(GHashTable) query = soup_form_decode (text);
  g_autoptr(RfiUser) user = NULL;
  RfiHubConnection *client;

  user = rfi_hub_token_check (self->key, get_token (message, query),
                              rfi_clock_get_wall (self->clock) / 1000, NULL);
  if (user == NULL)
    {
      /* Its last second passed between the two callbacks. */
      soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, NULL);
      return;
    }

  client = rfi_hub_connection_new (connection, user, self->clock, &self->limits);
  g_hash_table_add (self->clients, client);
  self->counts.n_accepted++;
  g_signal_connect_object (client, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "attend", G_CALLBACK (attend_cb), self, G_CONNECT_SWAPPED);
}

static void
rfi_hub_dispose (GObject *object)
{
  RfiHub *self = RFI_HUB (object);

  if (self->server != NULL)
    {
      soup_server_remove_handler (self->server, NEGOTIATE_PATH);
      soup_server_remove_handler (self->server, SOCKET_PATH);
    }
  g_clear_object (&self->server);

  if (self->clock != NULL)
    rfi_clock_disarm (self->clock, self->close_timer);
  self->close_timer = 0;
  g_hash_table_remove_all (self->groups);
  g_hash_table_remove_all (self->clients);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rfi_hub_parent_class)->dispose (object);
}

static void
rfi_hub_finalize (GObject *object)
{
  RfiHub *self = RFI_HUB (object);

  g_clear_pointer (&self->presence, rfi_hub_presence_free);
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_clear_pointer (&self->clients, g_hash_table_unref);
  g_clear_pointer (&self->negotiations, g_hash_table_unref);
  g_clear_pointer (&self->key, g_bytes_unref);

  G_OBJECT_CLASS (rfi_hub_parent_class)->finalize (object);
}

static void
rfi_hub_class_init (RfiHubClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_hub_dispose;
  object_class->finalize = rfi_hub_finalize;
}

static void
rfi_hub_init (RfiHub *self)
{
  self->clients = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_hash_table_unref);
  self->negotiations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static RfiHubLimits
complete_limits (const RfiHubLimits *limits)
{
  RfiHubLimits complete = default_limits;

  if (limits == NULL)
    return complete;

  if (limits->max_clients > 0)
    complete.max_clients = limits->max_clients;
  if (limits->max_per_user > 0)
    complete.max_per_user = limits->max_per_user;
  if (limits->max_queue > 0)
    complete.max_queue = limits->max_queue;
  if (limits->max_message > 0)
    complete.max_message = limits->max_message;
  if (limits->handshake_timeout > 0)
    complete.handshake_timeout = limits->handshake_timeout;
  if (limits->ping_interval > 0)
    complete.ping_interval = limits->ping_interval;
  if (limits->silence_timeout > 0)
    complete.silence_timeout = limits->silence_timeout;
  return complete;
}

RfiHub *
rfi_hub_new (GBytes             *secret,
             RfiClock           *clock,
             const RfiHubLimits *limits)
{
  RfiHub *self;

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (RFI_IS_CLOCK (clock), NULL);

  self = g_object_new (RFI_TYPE_HUB, NULL);
  self->key = rfi_hub_token_derive_key (secret);
  self->clock = g_object_ref (clock);
  self->limits = complete_limits (limits);
  self->presence = rfi_hub_presence_new (clock, tell_presence, self);
  return self;
}

void
rfi_hub_attach (RfiHub     *self,
                SoupServer *server)
{
  g_return_if_fail (RFI_IS_HUB (self));
  g_return_if_fail (SOUP_IS_SERVER (server));
  g_return_if_fail (self->server == NULL);

  self->server = g_object_ref (server);

  /* Each event would be compressed anew for each client, to save a few hundred bytes. */
  soup_server_remove_websocket_extension (server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_early_handler (server, NEGOTIATE_PATH, headers_cb, self, NULL);
  soup_server_add_early_handler (server, SOCKET_PATH, headers_cb, self, NULL);
  soup_server_add_handler (server, NEGOTIATE_PATH, negotiate_cb, self, NULL);
  soup_server_add_handler (server, SOCKET_PATH, client_cb, self, NULL);
  soup_server_add_websocket_handler (server, SOCKET_PATH, NULL, NULL, socket_cb, self, NULL);
}

char *
rfi_hub_issue_token (RfiHub     *self,
                     RfiUser    *user,
                     const char *url)
{
  g_return_val_if_fail (RFI_IS_HUB (self), NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (url != NULL && g_str_has_suffix (url, RFI_HUB_PATH), NULL);

  return rfi_hub_token_new (self->key, user, url, rfi_clock_get_wall (self->clock) / 1000);
}

void
rfi_hub_set_jobs (RfiHub        *self,
                  RfiHubJobFunc  func,
                  gpointer       user_data)
{
  g_return_if_fail (RFI_IS_HUB (self));

  rfi_hub_presence_set_jobs (self->presence, func, user_data);
}

static const char *
get_previous_status (const RfiHubNews *news)
{
  if (news->event != RFI_HUB_EVENT_JOB_STATUS_CHANGED || news->previous == NULL)
    return NULL;
  return rfi_status_to_string (news->previous->status);
}

static void
send_event (RfiHub           *self,
            GPtrArray        *clients,
            const RfiHubNews *news)
{
  g_autoptr(GBytes) bytes = NULL;
  GString *record;

  if (clients->len == 0)
    return;

  record = g_string_new (NULL);
  rfi_hub_append_event (record, news->event, news->job, get_previous_status (news),
                        news->triggered_by, news->seq);
  bytes = g_string_free_to_bytes (record);

  for (guint i = 0; i < clients->len; i++)
    rfi_hub_connection_send (clients->pdata[i], bytes);
  self->counts.n_sent += clients->len;
}

/* For those who had a job that went to another vendor it is gone: they are told no more of it. */
static void
send_gone (RfiHub           *self,
           const RfiHubNews *news)
{
  g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  RfiHubNews gone = *news;

  gone.event = RFI_HUB_EVENT_JOB_DELETED;
  gone.job = news->previous;
  gone.previous = NULL;
  collect_audience (self, clients, news->previous);
  send_event (self, clients, &gone);
}

void
rfi_hub_broadcast (RfiHub           *self,
                   const RfiHubNews *news)
{
  g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean moved = news->previous != NULL && news->job != NULL &&
                   g_strcmp0 (news->previous->vendor_id, news->job->vendor_id) != 0;

  g_return_if_fail (RFI_IS_HUB (self));
  g_return_if_fail (news->job != NULL);

  self->counts.n_events++;
  self->round++;
  collect (self, clients, g_strdup ("admin"));
  collect_audience (self, clients, news->job);
  if (news->previous != NULL && !moved)
    collect_audience (self, clients, news->previous);
  rfi_hub_presence_note (self->presence, news);
  send_event (self, clients, news);
  if (moved)
    send_gone (self, news);
}

void
rfi_hub_get_counts (RfiHub       *self,
                    RfiHubCounts *counts)
{
  g_return_if_fail (RFI_IS_HUB (self));

  *counts = self->counts;
}

static gboolean
close_deadline_cb (gpointer user_data)
{
  RfiHub *self = user_data;

  self->close_timer = 0;
  g_debug ("%u sockets did not close in time", g_hash_table_size (self->clients));
  g_hash_table_remove_all (self->clients);
  settle_close (self);
  return G_SOURCE_REMOVE;
}

void
rfi_hub_close_async (RfiHub             *self,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr(GList) clients = NULL;

  g_return_if_fail (RFI_IS_HUB (self));
  g_return_if_fail (self->closing == NULL);

  self->closed = TRUE;
  self->closing = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->closing, rfi_hub_close_async);

  if (g_hash_table_size (self->clients) == 0)
    {
      settle_close (self);
      return;
    }

  self->close_timer = rfi_clock_arm (self->clock, CLOSE_DEADLINE, close_deadline_cb, self);
  clients = g_hash_table_get_keys (self->clients);
  for (GList *link = clients; link != NULL; link = link->next)
    rfi_hub_connection_close (link->data, NULL, TRUE);
}

gboolean
rfi_hub_close_finish (RfiHub       *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
