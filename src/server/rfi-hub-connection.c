/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memrchr */
#define G_LOG_DOMAIN "rfi-hub-connection"

#include "config.h"

#include "rfi-hub-connection.h"

#include "rfi-hub-splitter.h"
#include "rfi-wire-error.h"

#define RECORD_END 0x1e

struct _RfiHubConnection
{
  GObject                  parent_instance;

  SoupWebsocketConnection *socket;         /* (owned) */
  RfiUser                 *user;           /* (owned) */
  RfiClock                *clock;          /* (owned) */
  RfiHubLimits             limits;
  RfiHubSplitter          *splitter;       /* (owned) */

  GQueue                   queue;          /* (element-type GBytes), not yet given to libsoup */
  gsize                    queued;         /* bytes in queue */
  GSource                 *writable;       /* (owned) (nullable), while libsoup may be writing */

  guint                    ping_timer;
  guint                    silence_timer;  /* until ready: the handshake's */
  gint64                   last_heard;     /* monotonic ms */
  gsize                    unfinished;     /* bytes of a record whose end has not come */
  guint64                  round;
  RfiHubConnectionEnd          end;
  guint                    ready : 1;
  guint                    ended : 1;
};

enum {
  READY,
  ENDED,
  CLOSED,
  ATTEND,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiHubConnection, rfi_hub_connection, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
drop_queue (RfiHubConnection *self)
{
  g_queue_clear_full (&self->queue, (GDestroyNotify) g_bytes_unref);
  self->queued = 0;

  if (self->writable != NULL)
    g_source_destroy (self->writable);
  g_clear_pointer (&self->writable, g_source_unref);
}

static void
stop_timers (RfiHubConnection *self)
{
  rfi_clock_disarm (self->clock, self->ping_timer);
  rfi_clock_disarm (self->clock, self->silence_timer);
  self->ping_timer = 0;
  self->silence_timer = 0;
}

static void
end (RfiHubConnection   *self,
     RfiHubConnectionEnd reason)
{
  if (self->ended)
    return;

  self->ended = TRUE;
  self->end = reason;
  stop_timers (self);
  drop_queue (self);
  g_signal_emit (self, signals[ENDED], 0);
}

/* Goodbye in @record, past the queue, and the socket's own close frame behind it. libsoup closes
 * the socket by force when the other side does not answer. */
static void
finish (RfiHubConnection   *self,
        const GString      *record,
        RfiHubConnectionEnd reason)
{
  if (self->ended)
    return;

  end (self, reason);

  if (soup_websocket_connection_get_state (self->socket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  soup_websocket_connection_send_text (self->socket, record->str);
  soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
close_for (RfiHubConnection   *self,
           const char         *error,
           gboolean            allow_reconnect,
           RfiHubConnectionEnd reason)
{
  g_autoptr(GString) record = g_string_new (NULL);

  if (self->ready)
    rfi_hub_append_close (record, error, allow_reconnect);
  else
    rfi_hub_append_handshake_answer (record, error != NULL ? error : "The server is closing");
  finish (self, record, reason);
}

static void
pass_on (RfiHubConnection *self)
{
  g_autoptr(GBytes) records = g_queue_pop_head (&self->queue);
  gsize length = g_bytes_get_size (records);

  self->queued -= length;
  soup_websocket_connection_send_message (self->socket, SOUP_WEBSOCKET_DATA_TEXT, records);
}

/* Also called when the other side is gone: libsoup tells of that only once the socket is closed,
 * and may not be given anything from before on. */
static gboolean
writable_cb (GObject *stream,
             gpointer user_data)
{
  RfiHubConnection *self = user_data;

  if (soup_websocket_connection_get_state (self->socket) != SOUP_WEBSOCKET_STATE_OPEN)
    {
      end (self, RFI_HUB_CONNECTION_LEFT);
      return G_SOURCE_REMOVE;
    }
  if (!g_queue_is_empty (&self->queue))
    {
      pass_on (self);
      return G_SOURCE_CONTINUE;
    }

  g_clear_pointer (&self->writable, g_source_unref);
  return G_SOURCE_REMOVE;
}

/* libsoup queues without bound and does not say how much. So it is given one message for each
 * time the socket can be written to: what it holds stays at a message or two, and what waits
 * waits here, counted. */
static void
watch_writable (RfiHubConnection *self)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (self->socket);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  self->writable = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (output), NULL);
  g_source_set_callback (self->writable, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->writable, g_main_context_get_thread_default ());
}

static gboolean
ping_cb (gpointer user_data)
{
  RfiHubConnection *self = user_data;
  g_autoptr(GString) record = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;

  self->ping_timer = rfi_clock_arm (self->clock, self->limits.ping_interval, ping_cb, self);

  /* Something waits already: it says as much as a ping. */
  if (!g_queue_is_empty (&self->queue))
    return G_SOURCE_REMOVE;

  rfi_hub_append_ping (record);
  bytes = g_string_free_to_bytes (g_steal_pointer (&record));
  rfi_hub_connection_send (self, bytes);
  return G_SOURCE_REMOVE;
}

static gboolean
silence_cb (gpointer user_data)
{
  RfiHubConnection *self = user_data;
  gint64 silent = rfi_clock_get_monotonic (self->clock) - self->last_heard;
  gint64 allowed = self->ready ? self->limits.silence_timeout : self->limits.handshake_timeout;

  self->silence_timer = 0;
  if (silent < allowed)
    self->silence_timer = rfi_clock_arm (self->clock, allowed - silent, silence_cb, self);
  else if (self->ready)
    close_for (self, "Nothing was heard from the client", TRUE, RFI_HUB_CONNECTION_TIMED_OUT);
  else
    close_for (self, "Handshake was not sent in time", TRUE, RFI_HUB_CONNECTION_TIMED_OUT);
  return G_SOURCE_REMOVE;
}

static void
take_handshake (RfiHubConnection *self,
                const char       *record,
                gsize             length)
{
  g_autoptr(GString) answer = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (!rfi_hub_handshake_parse_request (record, length, &error))
    {
      rfi_hub_append_handshake_answer (answer, error->message);
      finish (self, answer, RFI_HUB_CONNECTION_LEFT);
      return;
    }

  self->ready = TRUE;
  rfi_clock_disarm (self->clock, self->silence_timer);
  self->silence_timer = rfi_clock_arm (self->clock, self->limits.silence_timeout, silence_cb,
                                       self);
  self->ping_timer = rfi_clock_arm (self->clock, self->limits.ping_interval, ping_cb, self);

  rfi_hub_append_handshake_answer (answer, NULL);
  bytes = g_string_free_to_bytes (g_steal_pointer (&answer));
  rfi_hub_connection_send (self, bytes);
  g_signal_emit (self, signals[READY], 0);
}

/* There is one thing that a client could call; its caller hears of it only if it wants to. */
static void
take_call (RfiHubConnection  *self,
           const RfiHubFrame *frame)
{
  g_autoptr(GString) record = g_string_new (NULL);
  g_autofree char *words = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (frame->attended != NULL)
    g_signal_emit (self, signals[ATTEND], 0, frame->attended, (int) frame->attention);
  else
    words = g_strdup_printf ("Method '%s' does not exist",
                             frame->target != NULL ? frame->target : "");
  if (frame->invocation_id == NULL)
    return;

  rfi_hub_append_completion (record, frame->invocation_id, words);
  bytes = g_string_free_to_bytes (g_steal_pointer (&record));
  rfi_hub_connection_send (self, bytes);
}

static void
take_frame (RfiHubConnection *self,
            const char       *record,
            gsize             length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiHubFrame) frame = rfi_hub_frame_parse (record, length, FALSE, &error);

  if (frame == NULL)
    {
      close_for (self, error->message, FALSE, RFI_HUB_CONNECTION_LEFT);
      return;
    }

  switch (frame->type)
    {
    case RFI_HUB_FRAME_INVOCATION:
      take_call (self, frame);
      break;

    case RFI_HUB_FRAME_CLOSE:
      close_for (self, NULL, FALSE, RFI_HUB_CONNECTION_LEFT);
      break;

    case RFI_HUB_FRAME_COMPLETION:
    case RFI_HUB_FRAME_HANDSHAKE:
    case RFI_HUB_FRAME_PING:
    case RFI_HUB_FRAME_UNKNOWN:
    default:
      break;
    }
}

/* A record may be cut into many messages; together they may not be more than one may. */
static gboolean
check_size (RfiHubConnection *self,
            const char       *data,
            gsize             size)
{
  const char *last = size > 0 ? memrchr (data, RECORD_END, size) : NULL;

  if (last != NULL)
    self->unfinished = (gsize) (data + size - last - 1);
  else
    self->unfinished += size;
  return self->unfinished <= self->limits.max_message;
}

static void
message_cb (RfiHubConnection     *self,
            SoupWebsocketDataType type,
            GBytes               *message)
{
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  g_autoptr(RfiHubConnection) hold = g_object_ref (self);
  g_autoptr(GError) error = NULL;
  const char *record;
  gsize length;

  if (self->ended)
    return;

  self->last_heard = rfi_clock_get_monotonic (self->clock);
  if (!check_size (self, data, size))
    g_set_error_literal (&error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT, "Message is too large");
  if (error != NULL || !rfi_hub_splitter_feed (self->splitter, data, size, &error))
    {
      close_for (self, error->message, FALSE, RFI_HUB_CONNECTION_LEFT);
      return;
    }

  record = rfi_hub_splitter_next (self->splitter, &length);
  while (record != NULL && !self->ended)
    {
      if (self->ready)
        take_frame (self, record, length);
      else
        take_handshake (self, record, length);
      record = rfi_hub_splitter_next (self->splitter, &length);
    }
}

static void
error_cb (RfiHubConnection *self,
          GError           *error)
{
  g_debug ("Socket of %s: %s", self->user->id, error->message);
}

/* Nothing may be sent any more, whoever began it. */
static void
closing_cb (RfiHubConnection *self)
{
  end (self, RFI_HUB_CONNECTION_LEFT);
}

static void
closed_cb (RfiHubConnection *self)
{
  g_autoptr(RfiHubConnection) hold = g_object_ref (self);

  end (self, RFI_HUB_CONNECTION_LEFT);
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
rfi_hub_connection_dispose (GObject *object)
{
  RfiHubConnection *self = RFI_HUB_CONNECTION (object);

  if (self->clock != NULL)
    stop_timers (self);
  drop_queue (self);
  g_clear_object (&self->socket);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rfi_hub_connection_parent_class)->dispose (object);
}

static void
rfi_hub_connection_finalize (GObject *object)
{
  RfiHubConnection *self = RFI_HUB_CONNECTION (object);

  g_clear_pointer (&self->splitter, rfi_hub_splitter_free);
  g_clear_pointer (&self->user, rfi_user_unref);

  G_OBJECT_CLASS (rfi_hub_connection_parent_class)->finalize (object);
}

static void
rfi_hub_connection_class_init (RfiHubConnectionClass *klass)
{
  static const char *const names[] = { "ready", "ended", "closed" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_hub_connection_dispose;
  object_class->finalize = rfi_hub_connection_finalize;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], RFI_TYPE_HUB_CONNECTION, G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ATTEND] = g_signal_new ("attend", RFI_TYPE_HUB_CONNECTION, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
}

static void
rfi_hub_connection_init (RfiHubConnection *self)
{
  self->splitter = rfi_hub_splitter_new ();
  g_queue_init (&self->queue);
}

RfiHubConnection *
rfi_hub_connection_new (SoupWebsocketConnection *socket,
                        RfiUser                 *user,
                        RfiClock                *clock,
                        const RfiHubLimits      *limits)
{
  RfiHubConnection *self = g_object_new (RFI_TYPE_HUB_CONNECTION, NULL);

  self->socket = g_object_ref (socket);
  self->user = rfi_user_ref (user);
  self->clock = g_object_ref (clock);
  self->limits = *limits;
  self->last_heard = rfi_clock_get_monotonic (clock);
  self->silence_timer = rfi_clock_arm (clock, limits->handshake_timeout, silence_cb, self);

  soup_websocket_connection_set_max_incoming_payload_size (socket, limits->max_message);
  g_signal_connect_object (socket, "message", G_CALLBACK (message_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "error", G_CALLBACK (error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "closing", G_CALLBACK (closing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

RfiUser *
rfi_hub_connection_get_user (RfiHubConnection *self)
{
  g_return_val_if_fail (RFI_IS_HUB_CONNECTION (self), NULL);

  return self->user;
}

gboolean
rfi_hub_connection_is_ready (RfiHubConnection *self)
{
  g_return_val_if_fail (RFI_IS_HUB_CONNECTION (self), FALSE);

  return self->ready;
}

RfiHubConnectionEnd
rfi_hub_connection_get_end (RfiHubConnection *self)
{
  g_return_val_if_fail (RFI_IS_HUB_CONNECTION (self), RFI_HUB_CONNECTION_LEFT);

  return self->end;
}

gboolean
rfi_hub_connection_mark (RfiHubConnection *self,
                         guint64           round)
{
  g_return_val_if_fail (RFI_IS_HUB_CONNECTION (self), FALSE);

  if (self->round == round)
    return FALSE;

  self->round = round;
  return TRUE;
}

void
rfi_hub_connection_send (RfiHubConnection *self,
                         GBytes           *records)
{
  g_return_if_fail (RFI_IS_HUB_CONNECTION (self));

  if (self->ended
      || soup_websocket_connection_get_state (self->socket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  g_queue_push_tail (&self->queue, g_bytes_ref (records));
  self->queued += g_bytes_get_size (records);

  if (self->queued > self->limits.max_queue)
    {
      close_for (self, "Too much was waiting", TRUE, RFI_HUB_CONNECTION_OVERFLOWED);
    }
  else if (self->writable == NULL)
    {
      pass_on (self);
      watch_writable (self);
    }
}

void
rfi_hub_connection_close (RfiHubConnection *self,
                          const char       *error,
                          gboolean          allow_reconnect)
{
  g_return_if_fail (RFI_IS_HUB_CONNECTION (self));

  close_for (self, error, allow_reconnect, RFI_HUB_CONNECTION_LEFT);
}
