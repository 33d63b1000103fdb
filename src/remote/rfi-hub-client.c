/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hub-client"

#include "config.h"

#include "rfi-hub-client.h"

#include "rfi-hub-splitter.h"
#include "rfi-remote-error.h"

/* As the official clients have it. */
#define PING_INTERVAL 15000
#define SILENCE_LIMIT 30000
#define HANDSHAKE_LIMIT 15000

struct _RfiHubClient
{
  GObject         parent_instance;

  RfiRemote      *remote;         /* (owned) */
  RfiClock       *clock;          /* (owned) */
  RfiSocket      *socket;         /* (owned) (nullable) */
  RfiHubSplitter *splitter;       /* (owned) (nullable) */
  GTask          *connecting;     /* (owned) (nullable): until the handshake is done */
  GSource        *cancel_source;  /* (owned) (nullable): watches its cancellable */
  gboolean        connected;
  guint           ping_timer;
  guint           silence_timer;
};

enum {
  EVENT,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiHubClient, rfi_hub_client, G_TYPE_OBJECT)

static void
stop_watching (RfiHubClient *self)
{
  if (self->cancel_source == NULL)
    return;

  g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
}

static void
disarm (RfiHubClient *self)
{
  rfi_clock_disarm (self->clock, self->ping_timer);
  rfi_clock_disarm (self->clock, self->silence_timer);
  self->ping_timer = 0;
  self->silence_timer = 0;
}

static void
let_go (RfiHubClient *self)
{
  if (self->connected)
    rfi_attendance_close (rfi_remote_get_attendance (self->remote));
  disarm (self);
  stop_watching (self);
  self->connected = FALSE;
  g_clear_pointer (&self->splitter, rfi_hub_splitter_free);
  if (self->socket == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->socket, self);
  rfi_socket_close (self->socket);
  g_clear_object (&self->socket);
}

/* The connection is over, or never came about: tells whoever waits for it.
 * @error: (transfer full) (nullable)
 */
static void
end (RfiHubClient *self,
     GError       *error)
{
  g_autoptr(RfiHubClient) alive = g_object_ref (self);
  g_autoptr(GTask) task = g_steal_pointer (&self->connecting);
  g_autoptr(GError) owned = error;
  gboolean was_connected = self->connected;

  let_go (self);

  if (task != NULL && owned != NULL)
    g_task_return_error (task, g_steal_pointer (&owned));
  else if (task != NULL)
    g_task_return_error (task, rfi_remote_error_new (RFI_REMOTE_ERROR_INTERRUPTED,
                                                     "The hub ended the connection"));
  else if (was_connected)
    g_signal_emit (alive, signals[CLOSED], 0, owned);
}

static gboolean
silence_cb (gpointer user_data)
{
  RfiHubClient *self = user_data;

  self->silence_timer = 0;
  end (self, rfi_remote_error_new (RFI_REMOTE_ERROR_TIMEOUT, "The hub has gone silent"));
  return G_SOURCE_REMOVE;
}

static void
expect_sound (RfiHubClient *self,
              gint64        limit)
{
  rfi_clock_disarm (self->clock, self->silence_timer);
  self->silence_timer = rfi_clock_arm (self->clock, limit, silence_cb, self);
}

static gboolean
ping_cb (gpointer user_data)
{
  RfiHubClient *self = user_data;
  g_autoptr(GString) ping = g_string_new (NULL);

  rfi_hub_append_ping (ping);
  self->ping_timer = rfi_clock_arm (self->clock, PING_INTERVAL, ping_cb, self);
  rfi_socket_send (self->socket, ping->str, ping->len);
  return G_SOURCE_REMOVE;
}

static void
send_attendance (const GString *records,
                 gpointer       user_data)
{
  RfiHubClient *self = user_data;

  rfi_socket_send (self->socket, records->str, records->len);
}

static void
shake_hands (RfiHubClient *self,
             RfiHubFrame  *frame)
{
  g_autoptr(GTask) task = NULL;

  if (frame->error != NULL)
    {
      end (self, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL, "%s", frame->error));
      return;
    }

  task = g_steal_pointer (&self->connecting);
  stop_watching (self);
  self->connected = TRUE;
  self->ping_timer = rfi_clock_arm (self->clock, PING_INTERVAL, ping_cb, self);
  if (rfi_remote_has_presence (self->remote))
    rfi_attendance_open (rfi_remote_get_attendance (self->remote), self->clock, send_attendance,
                         self);
  g_task_return_boolean (task, TRUE);
}

static void
take_frame (RfiHubClient *self,
            RfiHubFrame  *frame)
{
  switch (frame->type)
    {
    case RFI_HUB_FRAME_HANDSHAKE:
      shake_hands (self, frame);
      break;

    case RFI_HUB_FRAME_INVOCATION:
      if (frame->presence != NULL)
        rfi_attendance_hear (rfi_remote_get_attendance (self->remote), frame->presence);
      g_signal_emit (self, signals[EVENT], 0, (int) frame->event, frame->job,
                     frame->previous_status, frame->triggered_by);
      break;

    case RFI_HUB_FRAME_CLOSE:
      end (self, frame->error != NULL
                     ? rfi_remote_error_new (RFI_REMOTE_ERROR_INTERRUPTED, "%s", frame->error)
                     : NULL);
      break;

    case RFI_HUB_FRAME_COMPLETION:
    case RFI_HUB_FRAME_PING:
    case RFI_HUB_FRAME_UNKNOWN:
    default:
      break;
    }
}

/* A frame's signal handler may end the connection, and with it the splitter. */
static void
message_cb (RfiHubClient *self,
            GBytes       *data)
{
  g_autoptr(RfiHubClient) alive = g_object_ref (self);
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (data, &length);
  gboolean good = rfi_hub_splitter_feed (self->splitter, text, length, &error);

  while (good && self->splitter != NULL)
    {
      gsize record_length;
      const char *record = rfi_hub_splitter_next (self->splitter, &record_length);
      g_autoptr(RfiHubFrame) frame = NULL;

      if (record == NULL)
        break;

      frame = rfi_hub_frame_parse (record, record_length, self->connecting != NULL, &error);
      good = frame != NULL;
      if (good)
        take_frame (self, frame);
    }

  if (!good)
    end (self, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL, "%s", error->message));
  else if (self->connected)
    expect_sound (self, SILENCE_LIMIT);
}

static void
socket_closed_cb (RfiHubClient *self,
                  GError       *error)
{
  end (self, error != NULL ? g_error_copy (error) : NULL);
}

/* Connecting */

static void negotiated_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);
static void opened_cb     (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  end (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No longer wanted"));
  return G_SOURCE_REMOVE;
}

void
rfi_hub_client_connect_async (RfiHubClient        *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_HUB_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_hub_client_connect_async);
  if (self->connecting != NULL || self->connected)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               "The hub is connected, or about to be");
      return;
    }

  /* Once connected it stays so, whatever happens to the cancellable meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  self->connecting = g_object_ref (task);
  if (cancellable != NULL)
    {
      self->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancel_source, g_main_context_get_thread_default ());
    }
  rfi_remote_negotiate_async (self->remote, cancellable, negotiated_cb, g_steal_pointer (&task));
}

/* Whether @task is still the one that connects; rfi_hub_client_disconnect() may have ended it. */
static gboolean
is_wanted (RfiHubClient *self,
           GTask        *task)
{
  return self->connecting == task;
}

static void
negotiated_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiHubClient *self = g_task_get_source_object (task);
  g_autofree char *token = NULL;
  GError *error = NULL;
  g_autofree char *url =
    rfi_remote_negotiate_finish (RFI_REMOTE (object), result, &token, &error);
  g_autofree char *bearer = NULL;
  g_autoptr(RfiRequest) request = NULL;

  if (!is_wanted (self, task))
    {
      g_clear_error (&error);
      return;
    }
  if (url == NULL)
    {
      end (self, error);
      return;
    }

  bearer = g_strconcat ("Bearer ", token, NULL);
  request = rfi_request_new ("GET", url);
  rfi_request_add_header (request, "Authorization", bearer);
  rfi_transport_open_socket_async (rfi_remote_get_transport (self->remote), request,
                                   g_task_get_cancellable (task), opened_cb,
                                   g_object_ref (task));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiHubClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(RfiSocket) socket =
    rfi_transport_open_socket_finish (RFI_TRANSPORT (object), result, &error);
  g_autoptr(GString) hello = g_string_new (NULL);

  if (!is_wanted (self, task))
    {
      g_clear_error (&error);
      if (socket != NULL)
        rfi_socket_close (socket);
      return;
    }
  if (socket == NULL)
    {
      end (self, error);
      return;
    }

  self->socket = g_steal_pointer (&socket);
  self->splitter = rfi_hub_splitter_new ();
  g_signal_connect_swapped (self->socket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect_swapped (self->socket, "closed", G_CALLBACK (socket_closed_cb), self);
  expect_sound (self, HANDSHAKE_LIMIT);
  rfi_hub_append_handshake (hello);
  rfi_socket_send (self->socket, hello->str, hello->len);
}

gboolean
rfi_hub_client_connect_finish (RfiHubClient  *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rfi_hub_client_disconnect (RfiHubClient *self)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_HUB_CLIENT (self));

  task = g_steal_pointer (&self->connecting);
  let_go (self);
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No longer wanted");
}

gboolean
rfi_hub_client_is_connected (RfiHubClient *self)
{
  g_return_val_if_fail (RFI_IS_HUB_CLIENT (self), FALSE);

  return self->connected;
}

static void
rfi_hub_client_dispose (GObject *object)
{
  RfiHubClient *self = RFI_HUB_CLIENT (object);

  if (self->clock != NULL)
    let_go (self);
  g_clear_object (&self->clock);
  g_clear_object (&self->remote);

  G_OBJECT_CLASS (rfi_hub_client_parent_class)->dispose (object);
}

static void
rfi_hub_client_class_init (RfiHubClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_hub_client_dispose;

  signals[EVENT] =
    g_signal_new ("event", RFI_TYPE_HUB_CLIENT, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 4, G_TYPE_INT, RFI_TYPE_JOB, G_TYPE_STRING, G_TYPE_STRING);

  signals[CLOSED] =
    g_signal_new ("closed", RFI_TYPE_HUB_CLIENT, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rfi_hub_client_init (RfiHubClient *self)
{
}

RfiHubClient *
rfi_hub_client_new (RfiRemote *remote,
                    RfiClock  *clock)
{
  RfiHubClient *self;

  g_return_val_if_fail (RFI_IS_REMOTE (remote), NULL);
  g_return_val_if_fail (RFI_IS_CLOCK (clock), NULL);

  self = g_object_new (RFI_TYPE_HUB_CLIENT, NULL);
  self->remote = g_object_ref (remote);
  self->clock = g_object_ref (clock);
  return self;
}
