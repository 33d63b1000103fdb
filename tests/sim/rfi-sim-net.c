/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-net"

#include "config.h"

#include "rfi-sim-net-private.h"

#include "rfi-remote-error.h"
#include "rfi-sim-memory.h"

#include <string.h>

#define DEFAULT_TIMEOUT 10000

static const char unauthorised[] =
  "{\"error\":{\"code\":\"UNAUTHORIZED\",\"message\":\"The token has expired\"}}";
static const char too_large[] =
  "{\"error\":{\"code\":\"PAYLOAD_TOO_LARGE\",\"message\":\"Too large\"}}";
static const char busy[] =
  "{\"error\":{\"code\":\"RATE_LIMITED\",\"message\":\"Later, please\"}}";
static const char page[] = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>";

/* One request under way. */
typedef struct
{
  RfiSimNet    *net;        /* borrowed */
  guint         who;
  RfiRequest   *request;    /* (owned) */
  GTask        *task;       /* (owned) (nullable): until it is answered */
  guint         deadline;
  gulong        cancelled_id;
  RfiSimAnswer  answer;     /* on its way back */
  gboolean      cut_short;  /* the body ends too early */
  int           ref_count;
} Call;

static Call *
call_ref (Call *call)
{
  call->ref_count++;
  return call;
}

static void
call_unref (Call *call)
{
  if (--call->ref_count > 0)
    return;

  if (call->answer.body != NULL)
    g_string_free (call->answer.body, TRUE);
  rfi_request_unref (call->request);
  g_free (call);
}

static RfiSimLink *
link_of (Call *call)
{
  return &call->net->links[call->who];
}

gint64
rfi_sim_net_latency (RfiSimNet  *self,
                     RfiSimLink *link)
{
  gint64 latency = 1 + (gint64) rfi_random_range (link->random, 40);

  if (rfi_sim_net_draw (self, link, RFI_SIM_FAULT_DELAY))
    latency += (gint64) rfi_random_range (link->random, 12000);
  return latency;
}

gboolean
rfi_sim_net_draw (RfiSimNet   *self,
                  RfiSimLink  *link,
                  RfiSimFault  fault)
{
  return rfi_sim_faults_draw (&self->faults, fault, link->random);
}

gboolean
rfi_sim_net_is_out (RfiSimNet  *self,
                    RfiSimLink *link)
{
  return rfi_sim_time_now (self->time) < link->out_until;
}

gboolean
rfi_sim_net_is_in (RfiSimNet  *self,
                   RfiSimLink *link)
{
  return rfi_sim_time_now (self->time) < link->in_until;
}

gint64
rfi_sim_net_noticed (RfiSimLink *link,
                     gint64      at)
{
  return link->clock != NULL ? MAX (at, rfi_sim_clock_wakes (link->clock)) : at;
}

/* Ends of a request */

/* Returns: (transfer full): its task, which is then answered */
static GTask *
end_call (Call *call)
{
  GTask *task = g_steal_pointer (&call->task);

  rfi_sim_time_cancel (call->net->time, call->deadline);
  if (call->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), call->cancelled_id);
  call->cancelled_id = 0;
  g_ptr_array_remove (link_of (call)->calls, call);
  return task;
}

static void
fail_call (Call           *call,
           RfiRemoteError  code)
{
  g_autoptr(GTask) task = NULL;

  if (call->task == NULL)
    return;

  task = end_call (call);
  g_task_return_error (task, rfi_remote_error_new (code, "Simulated"));
}

static void
time_out (gpointer data)
{
  fail_call (data, RFI_REMOTE_ERROR_TIMEOUT);
}

static void
refuse (gpointer data)
{
  fail_call (data, RFI_REMOTE_ERROR_OFFLINE);
}

static void
interrupt (gpointer data)
{
  fail_call (data, RFI_REMOTE_ERROR_INTERRUPTED);
}

static void
after (Call       *call,
       gint64      ms,
       RfiSimFunc  func)
{
  gint64 at = rfi_sim_time_now (call->net->time) + ms;

  rfi_sim_time_at (call->net->time, rfi_sim_net_noticed (link_of (call), at), func,
                   call_ref (call), (GDestroyNotify) call_unref);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr(GTask) task = NULL;

  if (call->task == NULL)
    return;

  task = end_call (call);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No longer wanted");
}

/* Feeds the body in pieces, as a network does. %FALSE: the function refused one */
static gboolean
feed (Call    *call,
      gsize    length,
      GError **error)
{
  RfiRandom *random = link_of (call)->random;
  const char *text = call->answer.body->str;

  for (gsize at = 0; at < length;)
    {
      gsize piece = 1 + rfi_random_range (random, 4096);

      piece = MIN (piece, length - at);
      if (!call->request->chunk_func (text + at, piece, call->request->user_data, error))
        return FALSE;
      at += piece;
    }

  return TRUE;
}

static RfiResponse *
make_response (Call     *call,
               gsize     length,
               gboolean  fed)
{
  RfiResponse *response = rfi_response_new (call->answer.status);

  g_hash_table_insert (response->headers, g_strdup ("content-type"),
                       g_strdup (call->answer.type));
  if (call->answer.retry_after != 0)
    g_hash_table_insert (response->headers, g_strdup ("retry-after"),
                         g_strdup_printf ("%u", call->answer.retry_after));
  g_clear_pointer (&response->body, g_bytes_unref);
  response->body = g_bytes_new (call->answer.body->str, fed ? 0 : length);
  return response;
}

static void
arrive (gpointer data)
{
  Call *call = data;
  gsize length = call->answer.body->len;
  gboolean fed = call->request->chunk_func != NULL && call->answer.status / 100 == 2;
  GError *error = NULL;
  g_autoptr(GTask) task = NULL;

  if (call->task == NULL)
    return;
  if (rfi_sim_net_is_in (call->net, link_of (call)))
    {
      rfi_sim_count ("answer lost after commit");
      return;
    }

  if (call->cut_short)
    length = rfi_random_range (link_of (call)->random, length + 1);
  if (fed)
    {
      /* The function may do anything, so that the call must look answered before. */
      feed (call, length, &error);
      if (call->task == NULL)
        {
          g_clear_error (&error);
          return;
        }
    }

  task = end_call (call);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (call->cut_short && rfi_random_range (link_of (call)->random, 2) == 0)
    g_task_return_error (task, rfi_remote_error_new (RFI_REMOTE_ERROR_INTERRUPTED, "Cut short"));
  else
    g_task_return_pointer (task, make_response (call, length, fed),
                           (GDestroyNotify) rfi_response_free);
}

static void
set_answer (Call       *call,
            guint       status,
            const char *type,
            const char *text)
{
  call->answer.status = status;
  g_strlcpy (call->answer.type, type, sizeof call->answer.type);
  if (call->answer.body == NULL)
    call->answer.body = g_string_new (NULL);
  g_string_assign (call->answer.body, text);
}

static gint64
latency (Call *call)
{
  return rfi_sim_net_latency (call->net, link_of (call));
}

/* The server's end */

static void
send_back (Call *call)
{
  RfiSimLink *link = link_of (call);
  gboolean lost = rfi_sim_net_draw (call->net, link, RFI_SIM_FAULT_DROP_RESPONSE);
  gboolean replaced = rfi_sim_net_draw (call->net, link, RFI_SIM_FAULT_GATEWAY_AFTER);

  call->cut_short = rfi_sim_net_draw (call->net, link, RFI_SIM_FAULT_TRUNCATE);
  if (lost)
    {
      rfi_sim_count ("answer lost after commit");
      if (rfi_random_range (link->random, 2) == 0)
        after (call, latency (call), interrupt);
      return;
    }

  if (replaced)
    set_answer (call, 504, "text/html", page);
  after (call, latency (call), arrive);
}

/* Whether the server answered. */
static gboolean
ask_server (Call         *call,
            RfiSimAnswer *answer)
{
  RfiSimNet *net = call->net;
  RfiSimOwner before = rfi_sim_memory_enter (RFI_SIM_OWNER_SERVER);
  gboolean answered = net->side->handle (net->server, call->who, call->request, answer);

  rfi_sim_memory_enter (before);
  return answered;
}

static void
deliver (gpointer data)
{
  Call *call = data;
  RfiSimNet *net = call->net;
  RfiSimAnswer answer = { 0, "application/json", g_string_new (NULL), 0 };
  gboolean answered;

  net->unheard = call->task == NULL;
  answered = ask_server (call, &answer);
  net->unheard = FALSE;
  if (call->task == NULL)
    {
      if (answered)
        rfi_sim_count ("answer that nobody waits for");
      g_string_free (answer.body, TRUE);
      return;
    }
  if (!answered)
    {
      g_string_free (answer.body, TRUE);
      after (call, latency (call), rfi_random_range (link_of (call)->random, 2) == 0 ? interrupt
                                                                                    : refuse);
      return;
    }

  if (call->answer.body != NULL)
    g_string_free (call->answer.body, TRUE);
  call->answer = answer;
  send_back (call);
}

/* The same request once more, whose answer nobody hears. */
static void
deliver_again (gpointer data)
{
  Call *call = data;
  RfiSimAnswer answer = { 0, "application/json", g_string_new (NULL), 0 };

  call->net->unheard = TRUE;
  ask_server (call, &answer);
  call->net->unheard = FALSE;
  g_string_free (answer.body, TRUE);
}

/* Whether something on the way answers in the server's place. */
static gboolean
answer_on_the_way (Call *call)
{
  RfiSimNet *net = call->net;
  RfiSimLink *link = link_of (call);
  gboolean denied = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_UNAUTHORISED);
  gboolean large = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_TOO_LARGE);
  gboolean crowded = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_BUSY);
  gboolean broken = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_GATEWAY);
  gboolean portal = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_PORTAL);

  if (denied && strstr (call->request->target, "/auth/") == NULL &&
      strstr (call->request->target, "/health") == NULL)
    set_answer (call, 401, "application/json", unauthorised);
  else if (large && call->request->body != NULL && g_bytes_get_size (call->request->body) > 2000)
    set_answer (call, 413, "application/json", too_large);
  else if (crowded)
    {
      set_answer (call, 429, "application/json", busy);
      call->answer.retry_after = (guint) rfi_random_range (link->random, 20);
    }
  else if (broken)
    set_answer (call, 502, "text/html", page);
  else if (portal)
    set_answer (call, 200, "text/html", page);
  else
    return FALSE;

  after (call, latency (call), arrive);
  return TRUE;
}

static void
begin (Call *call)
{
  RfiSimNet *net = call->net;
  RfiSimLink *link = link_of (call);
  gboolean lost = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_DROP_REQUEST) ||
                  rfi_sim_net_is_out (net, link);
  gboolean hangs = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_HANG);
  gboolean twice = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_DUPLICATE);

  if (hangs || (lost && rfi_random_range (link->random, 2) == 0))
    return;

  if (lost)
    after (call, latency (call), refuse);
  else if (!answer_on_the_way (call))
    {
      /* Not noticed(): the server does not sleep. */
      gint64 at = rfi_sim_time_now (net->time) + latency (call);

      rfi_sim_time_at (net->time, at, deliver, call_ref (call), (GDestroyNotify) call_unref);
      if (twice)
        rfi_sim_time_at (net->time, at + (gint64) rfi_random_range (link->random, 20000),
                         deliver_again, call_ref (call), (GDestroyNotify) call_unref);
    }
}

/* The transport */

#define RFI_TYPE_SIM_TRANSPORT (rfi_sim_transport_get_type ())

G_DECLARE_FINAL_TYPE (RfiSimTransport, rfi_sim_transport, RFI, SIM_TRANSPORT, GObject)

struct _RfiSimTransport
{
  GObject    parent_instance;

  RfiSimNet *net;  /* borrowed */
  guint      who;
};

static void
send_async (RfiTransport        *transport,
            RfiRequest          *request,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  RfiSimTransport *self = RFI_SIM_TRANSPORT (transport);
  RfiSimLink *link = &self->net->links[self->who];
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  gint64 timeout = request->timeout != 0 ? request->timeout : DEFAULT_TIMEOUT;
  Call *call;

  g_task_set_source_tag (task, send_async);
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  call = g_new0 (Call, 1);
  call->net = self->net;
  call->who = self->who;
  call->request = rfi_request_ref (request);
  call->task = task;
  call->ref_count = 1;
  if (cancellable != NULL)
    call->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb),
                                           call);
  link->n_sent++;
  g_ptr_array_add (link->calls, call_ref (call));
  call->deadline =
    rfi_sim_time_at (self->net->time,
                     rfi_sim_net_noticed (link, rfi_sim_time_now (self->net->time) + timeout),
                     time_out, call_ref (call), (GDestroyNotify) call_unref);
  begin (call);
  call_unref (call);
}

static RfiResponse *
send_finish (RfiTransport  *transport,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_socket_async (RfiTransport        *transport,
                   RfiRequest          *request,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  RfiSimTransport *self = RFI_SIM_TRANSPORT (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, open_socket_async);
  self->net->links[self->who].n_sent++;
  rfi_sim_socket_open_async (self->net, self->who, task);
}

static RfiSocket *
open_socket_finish (RfiTransport  *transport,
                    GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (RfiTransportInterface *iface)
{
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->open_socket_async = open_socket_async;
  iface->open_socket_finish = open_socket_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiSimTransport, rfi_sim_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_TRANSPORT, transport_iface_init))

static void
rfi_sim_transport_class_init (RfiSimTransportClass *klass)
{
}

static void
rfi_sim_transport_init (RfiSimTransport *self)
{
}

RfiTransport *
rfi_sim_net_transport_new (RfiSimNet   *self,
                           guint        who,
                           RfiSimClock *clock)
{
  RfiSimTransport *transport = g_object_new (RFI_TYPE_SIM_TRANSPORT, NULL);

  transport->net = self;
  transport->who = who;
  g_set_object (&self->links[who].clock, clock);
  return RFI_TRANSPORT (transport);
}

/* The net */

RfiSimNet *
rfi_sim_net_new (RfiSimTime             *time,
                 const RfiSimFaults     *faults,
                 guint64                 seed,
                 guint                   n_machines,
                 const RfiSimServerSide *side,
                 gpointer                server)
{
  RfiSimNet *self = g_new0 (RfiSimNet, 1);

  self->time = time;
  self->faults = *faults;
  self->side = side;
  self->server = server;
  self->n_links = n_machines;
  self->links = g_new0 (RfiSimLink, n_machines);
  for (guint i = 0; i < n_machines; i++)
    {
      self->links[i].random = rfi_random_new_seed (seed + i * 1000003);
      self->links[i].calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_unref);
      self->links[i].sockets = g_ptr_array_new ();
    }
  return self;
}

void
rfi_sim_net_free (RfiSimNet *self)
{
  for (guint i = 0; i < self->n_links; i++)
    {
      g_object_unref (self->links[i].random);
      g_clear_object (&self->links[i].clock);
      g_ptr_array_unref (self->links[i].calls);
      g_ptr_array_unref (self->links[i].sockets);
    }
  g_free (self->links);
  g_free (self);
}

void
rfi_sim_net_forget (RfiSimNet *self,
                    guint      who)
{
  RfiSimLink *link = &self->links[who];

  while (link->calls->len > 0)
    {
      Call *call = call_ref (g_ptr_array_index (link->calls, 0));

      rfi_sim_count ("crash between send and answer");
      fail_call (call, RFI_REMOTE_ERROR_INTERRUPTED);
      call_unref (call);
    }
}

void
rfi_sim_net_cut (RfiSimNet   *self,
                 guint        who,
                 RfiSimFault  partition,
                 gint64       ms)
{
  gint64 until = rfi_sim_time_now (self->time) + ms;

  rfi_sim_count (rfi_sim_fault_to_string (partition));
  if (partition != RFI_SIM_FAULT_PARTITION_IN)
    self->links[who].out_until = MAX (self->links[who].out_until, until);
  if (partition != RFI_SIM_FAULT_PARTITION_OUT)
    self->links[who].in_until = MAX (self->links[who].in_until, until);
}

void
rfi_sim_net_heal (RfiSimNet *self)
{
  memset (&self->faults, 0, sizeof self->faults);
  for (guint i = 0; i < self->n_links; i++)
    {
      self->links[i].out_until = 0;
      self->links[i].in_until = 0;
    }
}

gboolean
rfi_sim_net_is_unheard (RfiSimNet *self)
{
  return self->unheard;
}

guint
rfi_sim_net_in_flight (RfiSimNet *self,
                       guint      who)
{
  return self->links[who].calls->len;
}

guint64
rfi_sim_net_n_sent (RfiSimNet *self,
                    guint      who)
{
  return self->links[who].n_sent;
}
