/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-fault-proxy"

#include "config.h"

#include "rfi-fault-proxy.h"

#include "rfi-fault-proxy-message.h"

#include <string.h>
#include <sys/socket.h>

/* One thread per connection, one request per connection: both sides are told to close. What a
 * thread looks at besides its own message is below @lock.
 */

typedef struct
{
  RfiFault      fault;
  char         *method;  /* (nullable) */
  GPatternSpec *path;
  guint         skip;
  guint         times;
} Rule;

typedef struct
{
  char *method;
  char *path;
} Seen;

struct _RfiFaultProxy
{
  GObject         parent_instance;

  GSocketService *service;
  char           *url;
  guint16         server_port;

  GMutex          lock;
  GCond           released_cond;
  GPtrArray      *rules;        /* (element-type Rule) */
  GPtrArray      *seen;         /* (element-type Seen) */
  GHashTable     *hidden;       /* set of job ids */
  GHashTable     *connections;  /* set of GSocketConnection, not owned, open ones */
  guint           n_faults;
  gboolean        plain;
  gboolean        down;
  gboolean        released;
};

G_DEFINE_FINAL_TYPE (RfiFaultProxy, rfi_fault_proxy, G_TYPE_OBJECT)

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_free (rule->method);
  g_pattern_spec_free (rule->path);
  g_free (rule);
}

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  g_free (seen->method);
  g_free (seen->path);
  g_free (seen);
}

/* Closing then sends a reset instead of an orderly end. */
static void
make_abrupt (GSocketConnection *connection)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));

  if (setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) != 0)
    g_debug ("No abrupt end on this socket");
}

static gboolean
rule_matches (const Rule *rule,
              const char *method,
              const char *path)
{
  return (rule->method == NULL || g_str_equal (rule->method, method)) &&
         g_pattern_spec_match_string (rule->path, path);
}

/* Notes the request and answers which fault it gets, or -1. */
static int
pick_fault (RfiFaultProxy   *self,
            RfiProxyMessage *request)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Seen *seen = g_new0 (Seen, 1);

  seen->method = g_strdup (request->method);
  seen->path = g_strdup (request->path);
  g_ptr_array_add (self->seen, seen);

  if (self->down)
    return RFI_FAULT_DROP_REQUEST;

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);

      if (rule->times == 0 || !rule_matches (rule, request->method, request->path))
        continue;
      if (rule->skip > 0)
        {
          rule->skip--;
          continue;
        }
      rule->times--;
      self->n_faults++;
      return (int) rule->fault;
    }

  return -1;
}

static void
hold (RfiFaultProxy *self)
{
  g_mutex_lock (&self->lock);
  while (!self->released && !self->down)
    g_cond_wait (&self->released_cond, &self->lock);
  g_mutex_unlock (&self->lock);
}

static gboolean
answer_text (GSocketConnection *client,
             const char        *status,
             const char        *headers,
             const char        *body)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n"
                                           "Connection: close\r\n\r\n%s",
                                           status, headers, strlen (body), body);

  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client)), text,
                                    strlen (text), NULL, NULL, NULL);
}

static gboolean
answer_itself (GSocketConnection *client,
               RfiFault           fault)
{
  static const char json[] = "Content-Type: application/json; charset=utf-8\r\n";

  switch (fault)
    {
    case RFI_FAULT_STATUS_500:
    case RFI_FAULT_LATE_500:
      return answer_text (client, "500 Internal Server Error", json,
                          "{\"error\":{\"code\":\"INTERNAL_ERROR\",\"message\":\"spoiled\"}}");
    case RFI_FAULT_STATUS_401:
      return answer_text (client, "401 Unauthorized", json,
                          "{\"error\":{\"code\":\"TOKEN_EXPIRED\",\"message\":\"Token has "
                          "expired\"}}");
    case RFI_FAULT_STATUS_429:
      return answer_text (client, "429 Too Many Requests",
                          "Content-Type: application/json\r\nRetry-After: 7\r\n",
                          "{\"error\":{\"code\":\"RATE_LIMITED\",\"message\":\"slower\"}}");
    case RFI_FAULT_PORTAL:
      return answer_text (client, "200 OK", "Content-Type: text/html\r\n",
                          "<html><body>Welcome to the hotel. Please accept.</body></html>");
    case RFI_FAULT_STALE_URL:
      return answer_text (client, "403 Forbidden", json,
                          "{\"error\":{\"code\":\"FORBIDDEN\",\"message\":\"not any more\"}}");
    case RFI_FAULT_DROP_REQUEST:
    case RFI_FAULT_DROP_REPLY:
    case RFI_FAULT_DELAY:
    case RFI_FAULT_HALF_OPEN:
    case RFI_FAULT_CUT_BODY:
    default:
      return FALSE;
    }
}

static GSocketConnection *
connect_server (RfiFaultProxy *self)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();

  /* Whatever proxy the person uses is not between the two of us. */
  g_socket_client_set_enable_proxy (client, FALSE);
  return g_socket_client_connect_to_host (client, "127.0.0.1", self->server_port, NULL, NULL);
}

/* Returns: (transfer full) (nullable): the server's whole answer */
static RfiProxyMessage *
ask_server (RfiFaultProxy   *self,
            RfiProxyMessage *request)
{
  g_autoptr(GSocketConnection) server = connect_server (self);
  g_autoptr(GBytes) bytes = rfi_proxy_message_to_bytes (request);

  if (server == NULL)
    return NULL;
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (server)),
                                  g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                                  NULL, NULL))
    g_debug ("The server stopped reading early");

  return rfi_proxy_message_read (g_io_stream_get_input_stream (G_IO_STREAM (server)), FALSE);
}

static void
spoil_request (RfiFaultProxy   *self,
               RfiProxyMessage *request)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  rfi_proxy_message_set_header (request, "Connection", "close");
  rfi_proxy_message_set_header (request, "Accept-Encoding", NULL);
  if (!self->plain)
    return;

  rfi_proxy_message_set_header (request, "Idempotency-Key", NULL);
  if (g_str_has_suffix (request->path, "/assign"))
    rfi_proxy_message_drop_member (request, "_etag");
}

static void
spoil_answer (RfiFaultProxy   *self,
              RfiProxyMessage *request,
              RfiProxyMessage *answer)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr(GList) hidden = g_hash_table_get_keys (self->hidden);

  rfi_proxy_message_set_header (answer, "Connection", "close");
  if (self->plain && g_str_has_suffix (request->path, "/api/health"))
    rfi_proxy_message_drop_member (answer, "capabilities");
  if (hidden != NULL && g_str_has_suffix (request->path, "/api/jobs/sync") &&
      strstr ((const char *) request->body->data, "since") != NULL)
    for (GList *l = hidden; l != NULL; l = l->next)
      rfi_proxy_message_drop_row (answer, l->data);
}

static void
pass_answer (GSocketConnection *client,
             RfiProxyMessage   *answer,
             gboolean           cut)
{
  g_autoptr(GBytes) bytes = rfi_proxy_message_to_bytes (answer);
  gsize length = g_bytes_get_size (bytes) - (cut ? (answer->body->len + 1) / 2 : 0);

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client)),
                                  g_bytes_get_data (bytes, NULL), length, NULL, NULL, NULL))
    g_debug ("The client went away");
}

static void
serve (RfiFaultProxy     *self,
       GSocketConnection *client,
       RfiProxyMessage   *request)
{
  g_autoptr(RfiProxyMessage) answer = NULL;
  int fault = pick_fault (self, request);

  if (fault == RFI_FAULT_DROP_REQUEST)
    {
      make_abrupt (client);
      return;
    }
  if (fault == RFI_FAULT_HALF_OPEN)
    {
      hold (self);
      return;
    }
  if (fault >= 0 && fault != RFI_FAULT_LATE_500 && answer_itself (client, (RfiFault) fault))
    return;

  spoil_request (self, request);
  answer = ask_server (self, request);
  if (fault == RFI_FAULT_DELAY)
    hold (self);
  if (answer == NULL || fault == RFI_FAULT_DROP_REPLY)
    {
      make_abrupt (client);
      return;
    }
  if (fault == RFI_FAULT_LATE_500)
    {
      answer_itself (client, RFI_FAULT_LATE_500);
      return;
    }

  spoil_answer (self, request, answer);
  pass_answer (client, answer, fault == RFI_FAULT_CUT_BODY);
}

static gpointer
pump (gpointer user_data)
{
  GIOStream **ends = user_data;
  char buffer[4096];

  for (;;)
    {
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (ends[0]), buffer,
                                      sizeof buffer, NULL, NULL);

      if (n <= 0 || !g_output_stream_write_all (g_io_stream_get_output_stream (ends[1]), buffer,
                                                (gsize) n, NULL, NULL, NULL))
        break;
    }

  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (ends[1])), TRUE, TRUE,
                     NULL);
  return NULL;
}

static void
tunnel (RfiFaultProxy     *self,
        GSocketConnection *client,
        RfiProxyMessage   *request)
{
  g_autoptr(GSocketConnection) server = NULL;
  g_autoptr(GBytes) bytes = rfi_proxy_message_to_bytes (request);
  GIOStream *there[2];
  GIOStream *back[2];
  GThread *thread;

  if (pick_fault (self, request) >= 0)
    {
      make_abrupt (client);
      return;
    }
  server = connect_server (self);
  if (server == NULL)
    return;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (server)),
                             g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL,
                             NULL);
  there[0] = back[1] = G_IO_STREAM (client);
  there[1] = back[0] = G_IO_STREAM (server);
  thread = g_thread_new ("proxy-tunnel", pump, there);
  pump (back);
  g_thread_join (thread);
}

/* Before a thread begins with it, which may be after all others have ended. */
static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *client,
             GObject           *source,
             gpointer           user_data)
{
  RfiFaultProxy *self = user_data;

  g_mutex_lock (&self->lock);
  g_hash_table_add (self->connections, client);
  g_mutex_unlock (&self->lock);
  return FALSE;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *client,
        GObject                *source,
        gpointer                user_data)
{
  RfiFaultProxy *self = user_data;
  g_autoptr(RfiProxyMessage) request = NULL;
  const char *upgrade;

  request = rfi_proxy_message_read (g_io_stream_get_input_stream (G_IO_STREAM (client)), TRUE);
  if (request != NULL)
    {
      upgrade = rfi_proxy_message_get_header (request, "Upgrade");
      if (upgrade != NULL && g_ascii_strcasecmp (upgrade, "websocket") == 0)
        tunnel (self, client, request);
      else
        serve (self, client, request);
    }

  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->connections, client);
  g_mutex_unlock (&self->lock);
  g_io_stream_close (G_IO_STREAM (client), NULL, NULL);
  return TRUE;
}

static void
rfi_fault_proxy_dispose (GObject *object)
{
  RfiFaultProxy *self = RFI_FAULT_PROXY (object);
  gboolean busy = TRUE;

  if (self->service != NULL)
    {
      rfi_fault_proxy_set_down (self, TRUE);
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  /* Its threads use this object until they end, which is soon: all their sockets are shut. */
  while (self->service != NULL && busy)
    {
      g_mutex_lock (&self->lock);
      busy = g_hash_table_size (self->connections) > 0;
      g_mutex_unlock (&self->lock);
      g_thread_yield ();
    }
  g_clear_object (&self->service);

  G_OBJECT_CLASS (rfi_fault_proxy_parent_class)->dispose (object);
}

static void
rfi_fault_proxy_finalize (GObject *object)
{
  RfiFaultProxy *self = RFI_FAULT_PROXY (object);

  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->seen, g_ptr_array_unref);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_pointer (&self->connections, g_hash_table_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->released_cond);

  G_OBJECT_CLASS (rfi_fault_proxy_parent_class)->finalize (object);
}

static void
rfi_fault_proxy_class_init (RfiFaultProxyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_fault_proxy_dispose;
  object_class->finalize = rfi_fault_proxy_finalize;
}

static void
rfi_fault_proxy_init (RfiFaultProxy *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->released_cond);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->seen = g_ptr_array_new_with_free_func (seen_free);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->connections = g_hash_table_new (NULL, NULL);
}

RfiFaultProxy *
rfi_fault_proxy_new (const char *server_url)
{
  RfiFaultProxy *self = g_object_new (RFI_TYPE_FAULT_PROXY, NULL);
  g_autoptr(GUri) uri = g_uri_parse (server_url, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;

  g_assert_nonnull (uri);
  self->server_port = (guint16) g_uri_get_port (uri);
  self->service = g_threaded_socket_service_new (64);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  return self;
}

const char *
rfi_fault_proxy_get_url (RfiFaultProxy *self)
{
  return self->url;
}

void
rfi_fault_proxy_add (RfiFaultProxy *self,
                     RfiFault       fault,
                     const char    *method,
                     const char    *path,
                     guint          skip,
                     guint          times)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Rule *rule = g_new0 (Rule, 1);

  rule->fault = fault;
  rule->method = g_strdup (method);
  rule->path = g_pattern_spec_new (path);
  rule->skip = skip;
  rule->times = times;
  g_ptr_array_add (self->rules, rule);
}

void
rfi_fault_proxy_clear (RfiFaultProxy *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_ptr_array_set_size (self->rules, 0);
  g_hash_table_remove_all (self->hidden);
}

void
rfi_fault_proxy_release (RfiFaultProxy *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->released = TRUE;
  g_cond_broadcast (&self->released_cond);
}

guint
rfi_fault_proxy_count (RfiFaultProxy *self,
                       const char    *method,
                       const char    *path)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr(GPatternSpec) pattern = g_pattern_spec_new (path);
  guint n = 0;

  for (guint i = 0; i < self->seen->len; i++)
    {
      Seen *seen = g_ptr_array_index (self->seen, i);

      if ((method == NULL || g_str_equal (method, seen->method)) &&
          g_pattern_spec_match_string (pattern, seen->path))
        n++;
    }

  return n;
}

guint
rfi_fault_proxy_get_n_faults (RfiFaultProxy *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_faults;
}

void
rfi_fault_proxy_set_plain (RfiFaultProxy *self,
                           gboolean       plain)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->plain = plain;
}

void
rfi_fault_proxy_hide_from_delta (RfiFaultProxy *self,
                                 const char    *job_id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_add (self->hidden, g_strdup (job_id));
}

void
rfi_fault_proxy_set_down (RfiFaultProxy *self,
                          gboolean       down)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GHashTableIter iter;
  gpointer connection;

  self->down = down;
  g_cond_broadcast (&self->released_cond);
  if (!down)
    return;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
}
