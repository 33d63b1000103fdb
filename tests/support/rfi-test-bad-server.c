/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-bad-server"

#include "config.h"

#include "rfi-test-bad-server.h"

#include <string.h>

struct _RfiTestBadServer
{
  GMainContext         *context;   /* (owned): of the thread that accepts */
  GThread              *thread;    /* (owned) */
  GSocketService       *service;   /* (owned) */
  char                 *url;
  RfiTestBadServerFunc  func;
  gpointer              user_data;
  gint                  leave_bodies;   /* atomic */
  gint                  n_requests;     /* atomic */
  gint                  n_connections;  /* atomic */
  gint                  n_running;      /* atomic: connections being served */
  GCancellable         *stop;      /* (owned) */
};

/* Reads up to and with the empty line. Returns: (transfer full) (nullable): %NULL at the end */
static char *
read_head (GDataInputStream *input,
           GCancellable     *stop)
{
  GString *head = g_string_new (NULL);

  for (;;)
    {
      gsize length;
      g_autofree char *line = g_data_input_stream_read_line (input, &length, stop, NULL);

      if (line == NULL)
        {
          g_string_free (head, TRUE);
          return NULL;
        }
      if (length == 0)
        return g_string_free (head, FALSE);
      g_string_append (head, line);
      g_string_append (head, "\r\n");
    }
}

static gsize
get_content_length (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *line = strstr (lower, "\r\ncontent-length:");

  return line != NULL ? (gsize) g_ascii_strtoull (line + 17, NULL, 10) : 0;
}

static gboolean
serve_request (RfiTestBadServer *self,
               GIOStream        *stream,
               GDataInputStream *input,
               guint             connection)
{
  g_autofree char *head = read_head (input, self->stop);
  g_auto(GStrv) words = NULL;
  RfiTestRequest request = {
    .stream = stream, .stop = self->stop, .head = head, .connection = connection,
  };
  gboolean goes_on;

  if (head == NULL)
    return FALSE;

  words = g_strsplit (head, " ", 3);
  request.number = (guint) g_atomic_int_add (&self->n_requests, 1) + 1;
  request.method = words[0];
  request.path = words[1];
  request.body = g_string_new (NULL);
  if (!g_atomic_int_get (&self->leave_bodies))
    {
      g_string_set_size (request.body, get_content_length (head));
      g_input_stream_read_all (G_INPUT_STREAM (input), request.body->str, request.body->len, NULL,
                               self->stop, NULL);
    }

  goes_on = self->func (&request, self->user_data);
  g_string_free (request.body, TRUE);
  return goes_on;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  RfiTestBadServer *self = user_data;
  guint number = (guint) g_atomic_int_add (&self->n_connections, 1) + 1;
  g_autoptr(GDataInputStream) input =
    g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_atomic_int_inc (&self->n_running);
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (serve_request (self, G_IO_STREAM (connection), input, number))
    continue;

  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_atomic_int_add (&self->n_running, -1);
  return TRUE;
}

static gpointer
thread_func (gpointer user_data)
{
  RfiTestBadServer *self = user_data;

  g_main_context_push_thread_default (self->context);
  while (!g_cancellable_is_cancelled (self->stop))
    g_main_context_iteration (self->context, TRUE);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

RfiTestBadServer *
rfi_test_bad_server_new (RfiTestBadServerFunc func,
                         gpointer             user_data)
{
  RfiTestBadServer *self = g_new0 (RfiTestBadServer, 1);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) got = NULL;
  g_autoptr(GError) error = NULL;

  self->func = func;
  self->user_data = user_data;
  self->stop = g_cancellable_new ();
  self->context = g_main_context_new ();

  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (16);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);

  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
  self->thread = g_thread_new ("bad-server", thread_func, self);
  return self;
}

void
rfi_test_bad_server_free (RfiTestBadServer *self)
{
  g_cancellable_cancel (self->stop);
  g_main_context_wakeup (self->context);
  g_thread_join (self->thread);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  while (g_atomic_int_get (&self->n_running) > 0)
    g_thread_yield ();

  g_object_unref (self->service);
  g_object_unref (self->stop);
  g_main_context_unref (self->context);
  g_free (self->url);
  g_free (self);
}

const char *
rfi_test_bad_server_get_url (RfiTestBadServer *self)
{
  return self->url;
}

void
rfi_test_bad_server_leave_bodies (RfiTestBadServer *self)
{
  g_atomic_int_set (&self->leave_bodies, TRUE);
}

guint
rfi_test_bad_server_get_n_requests (RfiTestBadServer *self)
{
  return (guint) g_atomic_int_get (&self->n_requests);
}

guint
rfi_test_bad_server_get_n_connections (RfiTestBadServer *self)
{
  return (guint) g_atomic_int_get (&self->n_connections);
}

/* The other side may be gone; that is for the test to see there. */
void
rfi_test_request_write (RfiTestRequest *self,
                        const char     *text,
                        gssize          length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), text,
                             length < 0 ? strlen (text) : (gsize) length, NULL, NULL, NULL);
}

void
rfi_test_request_reply (RfiTestRequest *self,
                        guint           status,
                        const char     *headers,
                        const char     *body)
{
  g_autofree char *text =
    g_strdup_printf ("HTTP/1.1 %u Words\r\nContent-Type: application/json\r\n"
                     "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
                     status, strlen (body), headers != NULL ? headers : "", body);

  rfi_test_request_write (self, text, -1);
}

gboolean
rfi_test_request_has_header (RfiTestRequest *self,
                             const char     *line)
{
  g_autofree char *wanted = g_strconcat ("\r\n", line, "\r\n", NULL);

  return strstr (self->head, wanted) != NULL;
}

void
rfi_test_request_await_close (RfiTestRequest *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  char buffer[4096];

  while (g_input_stream_read (input, buffer, sizeof buffer, self->stop, NULL) > 0)
    continue;
}
