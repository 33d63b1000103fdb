/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-thread"

#include "config.h"

#include "rfi-sync-thread.h"

#include "rfi-give-way.h"
#include "rfi-photo-fetch.h"
#include "rfi-remote-ask.h"
#include "rfi-soup-transport.h"
#include "rfi-store.h"

/* The engine's own thread, and the crossing to it and back.
 *
 *   owner's thread                     sync thread
 *   call ──── Crossing on context ───► engine, photos
 *   notice_cb ◄── an idle on owner ─── state-changed: the newest snapshot of a phase, below @lock
 *
 * What is below "sync thread" in the struct is touched there only; the rest by the owner only,
 * but for what @lock guards.
 */

#define PHOTO_CACHE_LIMIT (G_GINT64_CONSTANT (512) * 1024 * 1024)

/* What the owner is to be told. */
typedef struct
{
  RfiSyncState   *state;    /* (owned) (nullable) */
  RfiSyncMetrics *metrics;  /* (owned) (nullable) */
} Notice;

struct _RfiSyncThread
{
  GObject          parent_instance;

  RfiStore        *store;          /* (owned) */
  RfiUser         *user;           /* (owned) */
  char            *server_url;
  char            *pin;            /* (nullable) */
  char            *photo_dir;
  GMainContext    *owner;          /* (owned): the thread that made it */
  GMainContext    *context;        /* (owned): the sync thread's */
  GThread         *thread;         /* (owned) (nullable) */
  char            *refresh_token;  /* (nullable): as set last */
  RfiSyncKeepFunc  keep;          /* (nullable) */
  gpointer         keep_data;
  gboolean         forced_offline; /* as wished, also before it is started */
  guint            interval;       /* likewise */
  GNetworkMonitor *monitor;        /* (owned) */
  gulong           monitor_id;
  RfiSyncState    *state;          /* (owned) */
  RfiSyncMetrics  *metrics;        /* (owned) */

  GMutex           lock;
  GQueue           notices;        /* (element-type Notice) @lock: with an idle for each */

  /* sync thread */
  GMainLoop       *loop;           /* (owned) */
  RfiRemote       *remote;         /* (owned) */
  RfiSyncEngine   *engine;         /* (owned) */
  RfiPhotoFetch   *photos;         /* (owned) */
};

enum {
  STATE_CHANGED,
  PRESENCE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncThread, rfi_sync_thread, G_TYPE_OBJECT)

/* Something to do in the sync thread. */
typedef struct
{
  RfiSyncThread *self;  /* (owned) */
  void         (*func) (RfiSyncThread *self,
                        gpointer       data);
  gpointer       data;
} Crossing;

static gboolean
crossing_cb (gpointer user_data)
{
  Crossing *crossing = user_data;

  crossing->func (crossing->self, crossing->data);
  return G_SOURCE_REMOVE;
}

/* Drops the reference in the owner's thread: the last one must not go in the sync thread. */
static gboolean
drop_cb (gpointer user_data)
{
  g_object_unref (user_data);
  return G_SOURCE_REMOVE;
}

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_clear_pointer (&notice->state, rfi_sync_state_unref);
  g_clear_pointer (&notice->metrics, rfi_sync_metrics_free);
  g_free (notice);
}

static void
invoke_later (GMainContext  *context,
              GSourceFunc    func,
              gpointer       data,
              GDestroyNotify destroy)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
}

static void
crossing_free (gpointer data)
{
  Crossing *crossing = data;

  invoke_later (crossing->self->owner, drop_cb, crossing->self, NULL);
  g_free (crossing);
}

/* @data: (transfer full): @func takes it */
static void
cross (RfiSyncThread *self,
       void         (*func) (RfiSyncThread *self,
                             gpointer       data),
       gpointer       data)
{
  Crossing *crossing = g_new0 (Crossing, 1);

  crossing->self = g_object_ref (self);
  crossing->func = func;
  crossing->data = data;
  invoke_later (self->context, crossing_cb, crossing, crossing_free);
}

/* Back to the owner */

static gboolean
notice_cb (gpointer user_data)
{
  RfiSyncThread *self = user_data;
  Notice *notice;

  g_mutex_lock (&self->lock);
  notice = g_queue_pop_head (&self->notices);
  g_mutex_unlock (&self->lock);

  rfi_sync_state_unref (self->state);
  g_clear_pointer (&self->metrics, rfi_sync_metrics_free);
  self->state = g_steal_pointer (&notice->state);
  self->metrics = g_steal_pointer (&notice->metrics);
  notice_free (notice);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* A new phase goes behind what the store told before it, and takes no place of an older one: what
 * is called live is there by then. */
static void
engine_changed_cb (RfiSyncEngine *engine,
                   RfiSyncThread *self)
{
  RfiSyncState *state = rfi_sync_engine_get_state (engine);
  Notice *notice;
  gboolean is_new;

  g_mutex_lock (&self->lock);
  notice = g_queue_peek_tail (&self->notices);
  is_new = notice == NULL || notice->state->phase != state->phase;
  if (is_new)
    {
      notice = g_new0 (Notice, 1);
      g_queue_push_tail (&self->notices, notice);
    }
  g_clear_pointer (&notice->state, rfi_sync_state_unref);
  g_clear_pointer (&notice->metrics, rfi_sync_metrics_free);
  notice->state = rfi_sync_state_ref (state);
  notice->metrics = rfi_sync_engine_dup_metrics (engine);
  g_mutex_unlock (&self->lock);

  if (is_new)
    invoke_later (self->owner, notice_cb, g_object_ref (self), g_object_unref);
}

/* Who has which job open, on its way to the owner. */
typedef struct
{
  RfiSyncThread *self;      /* (owned) */
  RfiPresence   *presence;  /* (owned) (nullable) */
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_object_unref (news->self);
  g_clear_pointer (&news->presence, rfi_presence_unref);
  g_free (news);
}

static gboolean
news_cb (gpointer user_data)
{
  News *news = user_data;

  g_signal_emit (news->self, signals[PRESENCE], 0, news->presence);
  return G_SOURCE_REMOVE;
}

static void
presence_cb (RfiAttendance *attendance,
             RfiPresence   *presence,
             RfiSyncThread *self)
{
  News *news = g_new (News, 1);

  news->self = g_object_ref (self);
  news->presence = presence != NULL ? rfi_presence_ref (presence) : NULL;
  invoke_later (self->owner, news_cb, news, news_free);
}

/* The sync thread */

static gpointer
run (gpointer user_data)
{
  RfiSyncThread *self = user_data;
  g_autoptr(RfiClock) clock = NULL;
  g_autoptr(RfiRandom) random = NULL;
  g_autoptr(RfiTransport) transport = NULL;

  rfi_give_way ();
  g_main_context_push_thread_default (self->context);
  self->loop = g_main_loop_new (self->context, FALSE);
  clock = rfi_clock_new_system (self->context);
  random = rfi_random_new ();
  transport = rfi_soup_transport_new (self->server_url);
  rfi_soup_transport_set_pin (RFI_SOUP_TRANSPORT (transport), self->pin);
  self->remote = rfi_remote_new (transport);
  self->engine = rfi_sync_engine_new (self->store, self->remote, clock, random, self->user);
  self->photos = rfi_photo_fetch_new (self->store, self->remote, self->photo_dir,
                                      PHOTO_CACHE_LIMIT);
  g_signal_connect (self->engine, "state-changed", G_CALLBACK (engine_changed_cb), self);
  g_signal_connect (rfi_remote_get_attendance (self->remote), "presence",
                    G_CALLBACK (presence_cb), self);

  g_main_loop_run (self->loop);

  /* What is cancelled still has to say so, to whoever waits for it. */
  rfi_photo_fetch_cancel (self->photos);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_signal_handlers_disconnect_by_data (self->engine, self);
  g_signal_handlers_disconnect_by_data (rfi_remote_get_attendance (self->remote), self);
  g_clear_object (&self->photos);
  g_clear_object (&self->engine);
  g_clear_object (&self->remote);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
start_in_thread (RfiSyncThread *self,
                 gpointer       data)
{
  g_autofree char *token = data;

  rfi_sync_engine_set_token (self->engine, token);
  rfi_sync_engine_start (self->engine);
}

/* A refresh token that is to be kept, on its way to the owner. */
typedef struct
{
  RfiSyncThread *self;   /* (owned) */
  char          *token;
  GTask         *done;   /* (owned) (nullable) */
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_clear_object (&keeping->done);
  g_object_unref (keeping->self);
  g_free (keeping->token);
  g_free (keeping);
}

static gboolean
keeping_cb (gpointer user_data)
{
  Keeping *keeping = user_data;
  RfiSyncThread *self = keeping->self;

  if (self->keep != NULL)
    self->keep (keeping->token, g_steal_pointer (&keeping->done), self->keep_data);
  else
    g_task_return_boolean (keeping->done, TRUE);
  return G_SOURCE_REMOVE;
}

static void
keep_in_owner (const char *refresh_token,
               GTask      *done,
               gpointer    user_data)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->self = g_object_ref (user_data);
  keeping->token = g_strdup (refresh_token);
  keeping->done = done;
  invoke_later (keeping->self->owner, keeping_cb, keeping, keeping_free);
}

static void
set_refresh_in_thread (RfiSyncThread *self,
                       gpointer       data)
{
  g_autofree char *refresh_token = data;

  rfi_remote_set_refresh (self->remote, refresh_token, keep_in_owner, self);
}

typedef struct
{
  char         *job_id;
  RfiAttention  attention;
} Attending;

static void
attend_in_thread (RfiSyncThread *self,
                  gpointer       data)
{
  Attending *attending = data;

  rfi_attendance_set (rfi_remote_get_attendance (self->remote), attending->job_id,
                      attending->attention);
  g_free (attending->job_id);
  g_free (attending);
}

static void
kick_in_thread (RfiSyncThread *self,
                gpointer       data)
{
  rfi_sync_engine_kick (self->engine, (RfiSyncKick) GPOINTER_TO_INT (data));
}

static void
set_token_in_thread (RfiSyncThread *self,
                     gpointer       data)
{
  g_autofree char *token = data;

  rfi_sync_engine_set_token (self->engine, token);
}

static void
set_forced_offline_in_thread (RfiSyncThread *self,
                              gpointer       data)
{
  rfi_sync_engine_set_forced_offline (self->engine, GPOINTER_TO_INT (data));
}

static void
set_interval_in_thread (RfiSyncThread *self,
                        gpointer       data)
{
  rfi_sync_engine_set_interval (self->engine, GPOINTER_TO_UINT (data));
}

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         available,
                    RfiSyncThread   *self)
{
  if (self->thread != NULL)
    cross (self, kick_in_thread, GINT_TO_POINTER (RFI_SYNC_KICK_NETWORK));
}

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSyncThread *self = g_task_get_source_object (task);

  rfi_sync_engine_stop_finish (RFI_SYNC_ENGINE (object), result, NULL);
  g_main_loop_quit (self->loop);
  g_task_return_boolean (task, TRUE);
}

static void
stop_in_thread (RfiSyncThread *self,
                gpointer       data)
{
  rfi_sync_engine_stop_async (self->engine, stopped_cb, data);
}

typedef struct
{
  char *job_id;
  char *photo_id;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->job_id);
  g_free (wanted->photo_id);
  g_free (wanted);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  char *path = rfi_photo_fetch_finish (RFI_PHOTO_FETCH (object), result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fetch_in_thread (RfiSyncThread *self,
                 gpointer       data)
{
  GTask *task = data;
  Wanted *wanted = g_task_get_task_data (task);

  rfi_photo_fetch_async (self->photos, wanted->job_id, wanted->photo_id,
                         g_task_get_cancellable (task), fetched_cb, task);
}

static void
rfi_sync_thread_finalize (GObject *object)
{
  RfiSyncThread *self = RFI_SYNC_THREAD (object);

  if (self->thread != NULL)
    g_critical ("A sync thread is dropped while it runs");

  g_clear_signal_handler (&self->monitor_id, self->monitor);
  g_clear_object (&self->monitor);
  g_clear_object (&self->store);
  g_clear_pointer (&self->user, rfi_user_unref);
  g_clear_pointer (&self->server_url, g_free);
  g_clear_pointer (&self->pin, g_free);
  g_clear_pointer (&self->refresh_token, g_free);
  g_clear_pointer (&self->photo_dir, g_free);
  g_clear_pointer (&self->owner, g_main_context_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->state, rfi_sync_state_unref);
  g_clear_pointer (&self->metrics, rfi_sync_metrics_free);
  g_queue_clear_full (&self->notices, notice_free);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (rfi_sync_thread_parent_class)->finalize (object);
}

static void
rfi_sync_thread_class_init (RfiSyncThreadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sync_thread_finalize;

  signals[STATE_CHANGED] = g_signal_new ("state-changed", RFI_TYPE_SYNC_THREAD, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PRESENCE] = g_signal_new ("presence", RFI_TYPE_SYNC_THREAD, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_PRESENCE);
}

static void
rfi_sync_thread_init (RfiSyncThread *self)
{
  RfiSyncState unknown = { .phase = RFI_PHASE_STARTING };

  g_mutex_init (&self->lock);
  self->owner = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->state = rfi_sync_state_new (&unknown);
  self->metrics = rfi_sync_metrics_new ();
}

RfiSyncThread *
rfi_sync_thread_new (RfiStore   *store,
                     const char *server_url,
                     const char *certificate_pin,
                     RfiUser    *user,
                     const char *photo_dir)
{
  RfiSyncThread *self = g_object_new (RFI_TYPE_SYNC_THREAD, NULL);

  self->store = g_object_ref (store);
  self->server_url = g_strdup (server_url);
  self->pin = g_strdup (certificate_pin);
  self->user = rfi_user_ref (user);
  self->photo_dir = g_strdup (photo_dir);
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  self->monitor_id = g_signal_connect (self->monitor, "network-changed",
                                       G_CALLBACK (network_changed_cb), self);
  return self;
}

void
rfi_sync_thread_set_refresh (RfiSyncThread   *self,
                             const char      *refresh_token,
                             RfiSyncKeepFunc  keep,
                             gpointer         user_data)
{
  g_return_if_fail (RFI_IS_SYNC_THREAD (self));

  g_free (self->refresh_token);
  self->refresh_token = g_strdup (refresh_token);
  self->keep = keep;
  self->keep_data = user_data;
  if (self->thread != NULL)
    cross (self, set_refresh_in_thread, g_strdup (refresh_token));
}

void
rfi_sync_thread_start (RfiSyncThread *self,
                       const char    *token)
{
  g_return_if_fail (RFI_IS_SYNC_THREAD (self));
  g_return_if_fail (self->thread == NULL);

  self->thread = g_thread_new ("rfi-sync", run, self);
  cross (self, set_forced_offline_in_thread, GINT_TO_POINTER (self->forced_offline));
  cross (self, set_interval_in_thread, GUINT_TO_POINTER (self->interval));
  cross (self, set_refresh_in_thread, g_strdup (self->refresh_token));
  cross (self, start_in_thread, g_strdup (token));
}

void
rfi_sync_thread_stop_async (RfiSyncThread       *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RFI_IS_SYNC_THREAD (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rfi_sync_thread_stop_async);
  if (self->thread == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  cross (self, stop_in_thread, task);
}

gboolean
rfi_sync_thread_stop_finish (RfiSyncThread  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  /* Its loop has ended by now; this waits for its last steps only. */
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rfi_sync_thread_kick (RfiSyncThread *self,
                      RfiSyncKick    why)
{
  if (self->thread != NULL)
    cross (self, kick_in_thread, GINT_TO_POINTER (why));
}

void
rfi_sync_thread_set_token (RfiSyncThread *self,
                           const char    *token)
{
  if (self->thread != NULL)
    cross (self, set_token_in_thread, g_strdup (token));
}

void
rfi_sync_thread_set_forced_offline (RfiSyncThread *self,
                                    gboolean       offline)
{
  self->forced_offline = offline;
  if (self->thread != NULL)
    cross (self, set_forced_offline_in_thread, GINT_TO_POINTER (offline));
}

void
rfi_sync_thread_set_interval (RfiSyncThread *self,
                              guint          seconds)
{
  self->interval = seconds;
  if (self->thread != NULL)
    cross (self, set_interval_in_thread, GUINT_TO_POINTER (seconds));
}

void
rfi_sync_thread_attend (RfiSyncThread *self,
                        const char    *job_id,
                        RfiAttention   attention)
{
  Attending *attending;

  if (self->thread == NULL)
    return;

  attending = g_new (Attending, 1);
  *attending = (Attending) { g_strdup (job_id), attention };
  cross (self, attend_in_thread, attending);
}

RfiSyncState *
rfi_sync_thread_get_state (RfiSyncThread *self)
{
  return self->state;
}

RfiSyncMetrics *
rfi_sync_thread_get_metrics (RfiSyncThread *self)
{
  return self->metrics;
}

void
rfi_sync_thread_fetch_photo_async (RfiSyncThread       *self,
                                   const char          *job_id,
                                   const char          *photo_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Wanted *wanted = g_new0 (Wanted, 1);

  g_task_set_source_tag (task, rfi_sync_thread_fetch_photo_async);
  wanted->job_id = g_strdup (job_id);
  wanted->photo_id = g_strdup (photo_id);
  g_task_set_task_data (task, wanted, wanted_free);
  if (self->thread == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Not running");
      g_object_unref (task);
      return;
    }

  cross (self, fetch_in_thread, task);
}

char *
rfi_sync_thread_fetch_photo_finish (RfiSyncThread  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  char    *path;
  GString *json;  /* (owned) (nullable): until it is posted */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->path);
  if (question->json != NULL)
    g_string_free (question->json, TRUE);
  g_free (question);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  GBytes *answer = rfi_remote_ask_finish (RFI_REMOTE (object), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
ask_in_thread (RfiSyncThread *self,
               gpointer       data)
{
  GTask *task = data;
  Question *question = g_task_get_task_data (task);

  rfi_remote_ask_async (self->remote, question->path, g_steal_pointer (&question->json),
                        g_task_get_cancellable (task), asked_cb, task);
}

void
rfi_sync_thread_ask_async (RfiSyncThread       *self,
                           const char          *path,
                           GString             *json,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new (Question, 1);

  g_task_set_source_tag (task, rfi_sync_thread_ask_async);
  *question = (Question) { g_strdup (path), json };
  g_task_set_task_data (task, question, question_free);
  if (self->thread == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Not running");
      g_object_unref (task);
      return;
    }

  cross (self, ask_in_thread, task);
}

GBytes *
rfi_sync_thread_ask_finish (RfiSyncThread  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
