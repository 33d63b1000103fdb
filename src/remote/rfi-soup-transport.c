/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-soup-transport"

#include "config.h"

#include "rfi-soup-transport.h"

#include "rfi-remote-error.h"
#include "rfi-soup-socket.h"

#include <libsoup/soup.h>
#include <string.h>

/* Two sessions, because connections per host are few: an upload must not keep a change waiting.
 *
 * A connection that was kept alive may turn out to be closed. libsoup gives a POST or PATCH one of
 * its own unless it is marked idempotent; those that are get a second chance here, once, if the
 * first ended without an answer. A lost reply to a write is for the outbox to think about.
 *
 * Its timeout counts for the socket and in whole seconds, so each request has a watchdog here
 * that every piece of progress puts off.
 */

#define READ_SIZE 65536

struct _RfiSoupTransport
{
  GObject      parent_instance;

  char        *base_url;     /* without the last slash */
  gboolean     near;         /* the server is on this machine */
  SoupSession *session;      /* (owned) (nullable): made by the thread that first sends */
  SoupSession *bulk;         /* (owned) (nullable) */
  char        *pin;          /* (owned) (nullable) */
  char        *refused_pin;  /* (owned) (nullable) */
};

static void transport_iface_init (RfiTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiSoupTransport, rfi_soup_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_TRANSPORT, transport_iface_init))

/* One request under way. */
typedef struct
{
  RfiRequest   *request;      /* (owned) */
  SoupMessage  *message;      /* (owned) */
  GCancellable *inner;        /* (owned): cancelled by the caller's, or the watchdog */
  GCancellable *outer;        /* (owned) (nullable) */
  gulong        outer_id;
  GSource      *watchdog;     /* (owned) (nullable) */
  gboolean      timed_out;
  gboolean      repeated;
  gboolean      headers_sent; /* from here on the server may have acted */
  gint64        n_sent;
  RfiResponse  *response;     /* (owned) (nullable) */
  GByteArray   *body;         /* (owned) (nullable) */
  GInputStream *stream;       /* (owned) (nullable) */
  char         *buffer;       /* (owned) (nullable) */
} Send;

/* Its signals point here, and it may outlive us inside libsoup. */
static void
drop_message (Send *send)
{
  g_signal_handlers_disconnect_by_data (send->message, send);
  g_clear_object (&send->message);
}

static void
send_free (Send *send)
{
  g_source_destroy (send->watchdog);
  g_source_unref (send->watchdog);
  drop_message (send);
  g_cancellable_disconnect (send->outer, send->outer_id);
  g_clear_object (&send->outer);
  g_clear_object (&send->inner);
  g_clear_object (&send->stream);
  g_clear_pointer (&send->response, rfi_response_free);
  g_clear_pointer (&send->body, g_byte_array_unref);
  rfi_request_unref (send->request);
  g_free (send->buffer);
  g_free (send);
}

static void
put_off_watchdog (Send *send)
{
  g_source_set_ready_time (send->watchdog, g_get_monotonic_time () +
                                             send->request->timeout * G_GINT64_CONSTANT (1000));
}

static gboolean
watchdog_cb (gpointer user_data)
{
  Send *send = user_data;

  send->timed_out = TRUE;
  g_source_set_ready_time (send->watchdog, -1);
  g_cancellable_cancel (send->inner);
  return G_SOURCE_CONTINUE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
wrote_headers_cb (SoupMessage *message,
                  gpointer     user_data)
{
  Send *send = user_data;

  send->headers_sent = TRUE;
  put_off_watchdog (send);
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        size,
                    gpointer     user_data)
{
  Send *send = user_data;

  send->n_sent += size;
  put_off_watchdog (send);
  if (send->request->progress_func != NULL)
    send->request->progress_func (send->n_sent, (gint64) g_bytes_get_size (send->request->body),
                                  send->request->user_data);
}

/* A message that libsoup sends again starts from the beginning. */
static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  ((Send *) user_data)->n_sent = 0;
}

static char *
get_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr(GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              user_data)
{
  RfiSoupTransport *self = user_data;
  g_autofree char *fingerprint = get_fingerprint (certificate);

  if (g_strcmp0 (fingerprint, self->pin) == 0)
    return TRUE;

  g_free (self->refused_pin);
  self->refused_pin = g_steal_pointer (&fingerprint);
  return FALSE;
}

static SoupSession *
new_session (guint connections)
{
  SoupSession *session =
    soup_session_new_with_options ("max-conns", connections,
                                   "max-conns-per-host", connections,
                                   "timeout", 0,
                                   "idle-timeout", 60,
                                   "user-agent", "RetailFixIt-Dispatch/" RFI_VERSION,
                                   NULL);

  return session;
}

static SoupSession *
get_session (RfiSoupTransport *self,
             RfiRequest       *request)
{
  SoupSession **session = request->bulk ? &self->bulk : &self->session;

  if (*session == NULL)
    *session = new_session (request->bulk ? 2 : 6);
  return *session;
}

/* What a failure below HTTP means for what was asked. */
static GError *
translate_error (Send   *send,
                 GError *error)
{
  if (send->timed_out && send->headers_sent)
    return rfi_remote_error_new (RFI_REMOTE_ERROR_TIMEOUT, "No answer within %u ms",
                                 send->request->timeout);
  if (send->timed_out)
    return rfi_remote_error_new (RFI_REMOTE_ERROR_OFFLINE, "No connection within %u ms",
                                 send->request->timeout);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return rfi_remote_error_new (RFI_REMOTE_ERROR_CERTIFICATE, "%s", error->message);

  return rfi_remote_error_new (send->headers_sent ? RFI_REMOTE_ERROR_INTERRUPTED
                                                  : RFI_REMOTE_ERROR_OFFLINE,
                               "%s", error->message);
}

/* Returns: (transfer full) (nullable) */
static SoupMessage *
new_message (RfiSoupTransport  *self,
             RfiRequest        *request,
             GError           **error)
{
  g_autofree char *url = *request->target == '/'
                             ? g_strconcat (self->base_url, request->target, NULL)
                             : g_strdup (request->target);
  SoupMessage *message = soup_message_new (request->method, url);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT;

  if (message == NULL)
    {
      g_propagate_error (error, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL,
                                                      "“%s” is no address", url));
      return NULL;
    }

  if (request->idempotent)
    flags |= SOUP_MESSAGE_IDEMPOTENT;
  soup_message_set_flags (message, flags);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    soup_message_headers_append (soup_message_get_request_headers (message),
                                 g_ptr_array_index (request->headers, i),
                                 g_ptr_array_index (request->headers, i + 1));
  /* Packing an answer takes longer than carrying it, where there is no way to go. */
  if (self->near)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding",
                                  "identity");
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);

  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                           self, 0);
  return message;
}

/* @message: (transfer full) */
static void
take_message (Send        *send,
              SoupMessage *message)
{
  send->message = message;
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), send);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), send);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), send);
}

/* @message: (transfer full). Returns: (transfer full) */
static Send *
new_send (RfiRequest   *request,
          SoupMessage  *message,
          GCancellable *cancellable)
{
  Send *send = g_new0 (Send, 1);

  send->request = rfi_request_ref (request);
  send->inner = g_cancellable_new ();
  send->watchdog = g_timeout_source_new (request->timeout);
  g_source_set_callback (send->watchdog, watchdog_cb, send, NULL);
  g_source_attach (send->watchdog, g_main_context_get_thread_default ());

  if (cancellable != NULL)
    {
      send->outer = g_object_ref (cancellable);
      send->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                              g_object_ref (send->inner), g_object_unref);
    }

  take_message (send, message);
  return send;
}

static void send_cb       (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);
static void read_next     (GTask        *task);
static void read_cb       (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);

static void
soup_transport_send_async (RfiTransport        *transport,
                           RfiRequest          *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiSoupTransport *self = RFI_SOUP_TRANSPORT (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  SoupMessage *message;
  Send *send;

  g_task_set_source_tag (task, soup_transport_send_async);
  message = new_message (self, request, &error);
  if (message == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  send = new_send (request, message, cancellable);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  soup_session_send_async (get_session (self, request), message, G_PRIORITY_DEFAULT, send->inner,
                           send_cb, task);
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    user_data)
{
  g_hash_table_replace (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

/* Ends the request and lets go of everything it holds at once. Takes the reference. */
static void
end_send (GTask  *task,
          GError *error)
{
  Send *send = g_task_get_task_data (task);

  if (error != NULL)
    {
      g_task_return_error (task, error);
    }
  else
    {
      if (send->body != NULL)
        {
          g_bytes_unref (send->response->body);
          send->response->body = g_byte_array_free_to_bytes (g_steal_pointer (&send->body));
        }
      g_task_return_pointer (task, g_steal_pointer (&send->response),
                             (GDestroyNotify) rfi_response_free);
    }
  g_object_unref (task);
}

/* Whether a connection from the pool may have been closed by the server meanwhile. */
static gboolean
may_repeat (Send   *send,
            GError *error)
{
  return send->request->idempotent && !send->repeated && !send->timed_out &&
         error->domain != G_TLS_ERROR && error->domain != G_RESOLVER_ERROR &&
         !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && send->headers_sent;
}

static void
repeat (GTask *task)
{
  RfiSoupTransport *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);

  send->repeated = TRUE;
  send->n_sent = 0;
  drop_message (send);
  take_message (send, new_message (self, send->request, NULL));
  put_off_watchdog (send);
  soup_session_send_async (get_session (self, send->request), send->message, G_PRIORITY_DEFAULT,
                           send->inner, send_cb, task);
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  send->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (send->stream == NULL && may_repeat (send, error))
    {
      repeat (task);
      return;
    }
  if (send->stream == NULL)
    {
      end_send (task, translate_error (send, error));
      return;
    }

  put_off_watchdog (send);
  send->response = rfi_response_new (soup_message_get_status (send->message));
  soup_message_headers_foreach (soup_message_get_response_headers (send->message), copy_header,
                                send->response->headers);
  send->buffer = g_malloc (READ_SIZE);
  read_next (task);
}

static void
read_next (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  g_input_stream_read_async (send->stream, send->buffer, READ_SIZE, G_PRIORITY_DEFAULT,
                             send->inner, read_cb, task);
}

static gboolean
take_piece (Send    *send,
            gsize    length,
            GError **error)
{
  gboolean good = send->response->status >= 200 && send->response->status < 300;

  if (good && send->request->chunk_func != NULL)
    return send->request->chunk_func (send->buffer, length, send->request->user_data, error);

  if (send->body == NULL)
    send->body = g_byte_array_new ();
  if (send->body->len + length > send->request->body_limit)
    {
      g_propagate_error (error, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL,
                                                      "The answer is too long"));
      return FALSE;
    }

  g_byte_array_append (send->body, (const guint8 *) send->buffer, (guint) length);
  return TRUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (length < 0)
    {
      g_autoptr(GError) owned = error;

      end_send (task, translate_error (send, owned));
      return;
    }
  if (length == 0)
    {
      end_send (task, NULL);
      return;
    }

  put_off_watchdog (send);
  if (!take_piece (send, (gsize) length, &error))
    {
      /* What is left of the answer is not wanted: give up the connection. */
      g_cancellable_cancel (send->inner);
      end_send (task, error);
      return;
    }

  read_next (task);
}

static RfiResponse *
soup_transport_send_finish (RfiTransport  *transport,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void socket_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

static void
soup_transport_open_socket_async (RfiTransport        *transport,
                                  RfiRequest          *request,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  RfiSoupTransport *self = RFI_SOUP_TRANSPORT (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  SoupMessage *message;
  Send *send;

  g_task_set_source_tag (task, soup_transport_open_socket_async);
  message = new_message (self, request, &error);
  if (message == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  send = new_send (request, message, cancellable);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  soup_session_websocket_connect_async (get_session (self, request), message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, send->inner, socket_cb, task);
}

/* A server that answers, but with no WebSocket. */
static GError *
translate_socket_error (Send   *send,
                        GError *error)
{
  guint status = soup_message_get_status (send->message);

  if (error->domain == SOUP_WEBSOCKET_ERROR && status >= 400)
    {
      g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);

      return rfi_remote_error_new_status (
        status, soup_message_headers_get_one (soup_message_get_response_headers (send->message),
                                              "Retry-After"),
        nothing);
    }
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    return rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL, "%s", error->message);

  return translate_error (send, error);
}

static void
socket_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(SoupWebsocketConnection) connection =
    soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);

  if (connection == NULL)
    g_task_return_error (task, translate_socket_error (send, error));
  else
    g_task_return_pointer (task, rfi_soup_socket_new (connection), g_object_unref);
}

static RfiSocket *
soup_transport_open_socket_finish (RfiTransport  *transport,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (RfiTransportInterface *iface)
{
  iface->send_async = soup_transport_send_async;
  iface->send_finish = soup_transport_send_finish;
  iface->open_socket_async = soup_transport_open_socket_async;
  iface->open_socket_finish = soup_transport_open_socket_finish;
}

static void
rfi_soup_transport_dispose (GObject *object)
{
  RfiSoupTransport *self = RFI_SOUP_TRANSPORT (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  if (self->bulk != NULL)
    soup_session_abort (self->bulk);
  g_clear_object (&self->session);
  g_clear_object (&self->bulk);

  G_OBJECT_CLASS (rfi_soup_transport_parent_class)->dispose (object);
}

static void
rfi_soup_transport_finalize (GObject *object)
{
  RfiSoupTransport *self = RFI_SOUP_TRANSPORT (object);

  g_free (self->base_url);
  g_free (self->pin);
  g_free (self->refused_pin);

  G_OBJECT_CLASS (rfi_soup_transport_parent_class)->finalize (object);
}

static void
rfi_soup_transport_class_init (RfiSoupTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_soup_transport_dispose;
  object_class->finalize = rfi_soup_transport_finalize;
}

static void
rfi_soup_transport_init (RfiSoupTransport *self)
{
}

static gboolean
is_near (const char *base_url)
{
  g_autoptr(GUri) uri = g_uri_parse (base_url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr(GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_strcmp0 (host, "localhost") == 0;
}

RfiTransport *
rfi_soup_transport_new (const char *base_url)
{
  RfiSoupTransport *self = g_object_new (RFI_TYPE_SOUP_TRANSPORT, NULL);

  self->base_url = g_strdup (base_url);
  while (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  self->near = is_near (self->base_url);
  return RFI_TRANSPORT (self);
}

void
rfi_soup_transport_set_pin (RfiSoupTransport *self,
                            const char       *fingerprint)
{
  g_return_if_fail (RFI_IS_SOUP_TRANSPORT (self));

  g_free (self->pin);
  self->pin = g_strdup (fingerprint);
}

const char *
rfi_soup_transport_get_refused_pin (RfiSoupTransport *self)
{
  g_return_val_if_fail (RFI_IS_SOUP_TRANSPORT (self), NULL);

  return self->refused_pin;
}

gboolean
rfi_soup_transport_check_url (const char  *text,
                              char       **url)
{
  g_autoptr(GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *plain = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return FALSE;
  if (!g_str_equal (g_uri_get_scheme (uri), "http") &&
      !g_str_equal (g_uri_get_scheme (uri), "https"))
    return FALSE;

  plain = g_uri_to_string (uri);
  while (g_str_has_suffix (plain, "/"))
    plain[strlen (plain) - 1] = '\0';
  if (url != NULL)
    *url = g_steal_pointer (&plain);
  return TRUE;
}
