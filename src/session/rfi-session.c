/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session"

#include "config.h"

#include "rfi-session.h"

#include "rfi-first-load.h"
#include "rfi-people-names.h"
#include "rfi-record-item.h"
#include "rfi-record-source.h"
#include "rfi-session-device.h"
#include "rfi-session-private.h"
#include "rfi-sign-in.h"
#include "rfi-store-outbox.h"
#include "rfi-store-pull.h"
#include "rfi-sync-log.h"
#include "rfi-undo-stack.h"

/* One way, in batches: the store tells what a transaction changed, on the main thread; jobs go
 * through the feed into the table, lists are read again. Commands go the other way, into the
 * store; the engine is only nudged.
 */

enum {
  LIST_TECHNICIANS,
  LIST_VENDORS,
  LIST_CONFLICTS,
  LIST_OUTBOX,
  N_LISTS
};

struct _RfiSession
{
  GObject          parent_instance;

  RfiAccount      *account;       /* (owned) */
  RfiListener     *listener;      /* the store's */
  RfiStore        *store;         /* (owned) (nullable): until closed */
  RfiSyncThread   *sync;          /* (owned) (nullable): until closed */
  RfiJobTable     *jobs;          /* (owned) */
  RfiJobFeed      *feed;          /* (owned) */
  RfiRecordSource *lists[N_LISTS]; /* (owned) */
  RfiPeopleNames  *names;         /* (owned) */
  RfiSyncState    *state;         /* (owned) */
  RfiUndoStack    *undo;          /* (owned) */
  RfiSyncLog      *log;           /* (owned) */
  GCancellable    *cancellable;   /* (owned): of the first load */
  guint            n_queued;
  int              recovered;
  gboolean         spare_photos;
  RfiAlertRules    alert_rules;
  int              lost;
  gboolean         forced_offline;
  gboolean         loading;
};

enum {
  PROP_0,
  PROP_CONFLICTS,
  PROP_FORCED_OFFLINE,
  PROP_FLEETING,
  PROP_KEYRING_NOTE,
  PROP_LOST,
  PROP_LOADING,
  PROP_N_CONFLICTS,
  PROP_N_QUEUED,
  PROP_ONLINE,
  PROP_OUTBOX,
  PROP_RECOVERED,
  PROP_SERVER_URL,
  PROP_SYNC_STATE,
  PROP_TECHNICIANS,
  PROP_USER,
  PROP_VENDORS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiSession, rfi_session, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static RfiRecordList *
get_list (RfiSession *self,
          guint       list)
{
  return rfi_record_source_get_list (self->lists[list]);
}

static guint
count_list (RfiSession *self,
            guint       list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_list (self, list)));
}

static void
conflicts_updated_cb (RfiSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CONFLICTS]);
}

static void
outbox_updated_cb (RfiSession *self)
{
  guint n_queued = 0;

  for (guint i = 0; i < count_list (self, LIST_OUTBOX); i++)
    {
      g_autoptr(RfiRecordItem) item = NULL;

      item = g_list_model_get_item (G_LIST_MODEL (get_list (self, LIST_OUTBOX)), i);
      if (((RfiOperation *) rfi_record_item_get (item))->state == RFI_OPERATION_QUEUED)
        n_queued++;
    }

  if (self->account->leftovers != NULL)
    {
      g_autoptr(GPtrArray) leftovers = g_steal_pointer (&self->account->leftovers);

      _rfi_session_sweep_outgoing (leftovers, rfi_session_get_outbox (self));
    }

  if (self->n_queued == n_queued)
    return;

  self->n_queued = n_queued;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_QUEUED]);
}

static void
set_loading (RfiSession *self,
             gboolean    loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
loaded_cb (RfiSession *self)
{
  set_loading (self, FALSE);
  rfi_first_load_settle ();
}

void
_rfi_session_store_changed (RfiStore       *store,
                            RfiStoreChange *change,
                            gpointer        user_data)
{
  RfiSession *self = ((RfiListener *) user_data)->session;

  if (self == NULL || self->store == NULL)
    return;

  rfi_job_feed_push_change (self->feed, change);
  if (change->outbox)
    rfi_record_source_refresh (self->lists[LIST_OUTBOX]);
  if (change->conflicts)
    rfi_record_source_refresh (self->lists[LIST_CONFLICTS]);
  if (change->people)
    {
      rfi_record_source_refresh (self->lists[LIST_TECHNICIANS]);
      rfi_record_source_refresh (self->lists[LIST_VENDORS]);
    }
}

static void
sync_state_changed_cb (RfiSession *self)
{
  gboolean was_online = rfi_session_get_online (self);
  RfiSyncState *state = rfi_sync_thread_get_state (self->sync);

  if (state == self->state)
    return;

  /* What is called current has to be on the screen. */
  if (state->phase == RFI_PHASE_LIVE || state->phase == RFI_PHASE_ONLINE)
    rfi_job_feed_flush (self->feed);

  rfi_sync_state_unref (self->state);
  self->state = rfi_sync_state_ref (state);
  rfi_sync_log_look (self->log, self->sync);
  rfi_job_table_set_sending (self->jobs, state->sending_job_id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNC_STATE]);
  if (rfi_session_get_online (self) != was_online)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

static void
rfi_session_dispose (GObject *object)
{
  RfiSession *self = RFI_SESSION (object);

  if (self->store != NULL)
    _rfi_session_close_async (self, NULL, NULL);

  G_OBJECT_CLASS (rfi_session_parent_class)->dispose (object);
}

static void
rfi_session_finalize (GObject *object)
{
  RfiSession *self = RFI_SESSION (object);

  g_clear_pointer (&self->names, rfi_people_names_free);
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_object (&self->lists[i]);
  g_clear_object (&self->undo);
  g_clear_object (&self->log);
  g_clear_object (&self->feed);
  g_clear_object (&self->jobs);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->state, rfi_sync_state_unref);
  g_clear_pointer (&self->account, rfi_account_free);

  G_OBJECT_CLASS (rfi_session_parent_class)->finalize (object);
}

static void
rfi_session_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  RfiSession *self = RFI_SESSION (object);

  switch (prop_id)
    {
    case PROP_CONFLICTS:
      g_value_set_object (value, rfi_session_get_conflicts (self));
      break;

    case PROP_FORCED_OFFLINE:
      g_value_set_boolean (value, self->forced_offline);
      break;

    case PROP_FLEETING:
      g_value_set_boolean (value, self->account->fleeting);
      break;

    case PROP_KEYRING_NOTE:
      g_value_set_int (value, self->account->keyring_note);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    case PROP_N_CONFLICTS:
      g_value_set_uint (value, count_list (self, LIST_CONFLICTS));
      break;

    case PROP_N_QUEUED:
      g_value_set_uint (value, self->n_queued);
      break;

    case PROP_ONLINE:
      g_value_set_boolean (value, rfi_session_get_online (self));
      break;

    case PROP_OUTBOX:
      g_value_set_object (value, rfi_session_get_outbox (self));
      break;

    case PROP_RECOVERED:
      g_value_set_int (value, self->recovered);
      break;

    case PROP_LOST:
      g_value_set_int (value, self->lost);
      break;

    case PROP_SERVER_URL:
      g_value_set_string (value, self->account->server_url);
      break;

    case PROP_SYNC_STATE:
      g_value_set_boxed (value, self->state);
      break;

    case PROP_TECHNICIANS:
      g_value_set_object (value, rfi_session_get_technicians (self));
      break;

    case PROP_USER:
      g_value_set_boxed (value, self->account->user);
      break;

    case PROP_VENDORS:
      g_value_set_object (value, rfi_session_get_vendors (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_session_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FORCED_OFFLINE:
      rfi_session_set_forced_offline (RFI_SESSION (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_session_class_init (RfiSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const struct {
    guint       prop;
    const char *name;
  } models[] = {
    { PROP_CONFLICTS, "conflicts" },
    { PROP_OUTBOX, "outbox" },
    { PROP_TECHNICIANS, "technicians" },
    { PROP_VENDORS, "vendors" },
  };

  object_class->dispose = rfi_session_dispose;
  object_class->finalize = rfi_session_finalize;
  object_class->get_property = rfi_session_get_property;
  object_class->set_property = rfi_session_set_property;

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    properties[models[i].prop] =
      g_param_spec_object (models[i].name, NULL, NULL, G_TYPE_LIST_MODEL, readable);

  properties[PROP_FORCED_OFFLINE] =
    g_param_spec_boolean ("forced-offline", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_FLEETING] =
    g_param_spec_boolean ("fleeting", NULL, NULL, FALSE, readable);

  properties[PROP_KEYRING_NOTE] =
    g_param_spec_int ("keyring-note", NULL, NULL, -1, G_MAXINT, -1, readable);

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, readable);

  properties[PROP_N_CONFLICTS] =
    g_param_spec_uint ("n-conflicts", NULL, NULL, 0, G_MAXUINT, 0, readable);

  properties[PROP_N_QUEUED] =
    g_param_spec_uint ("n-queued", NULL, NULL, 0, G_MAXUINT, 0, readable);

  properties[PROP_ONLINE] =
    g_param_spec_boolean ("online", NULL, NULL, FALSE, readable);

  properties[PROP_RECOVERED] =
    g_param_spec_int ("recovered", NULL, NULL, -1, G_MAXINT, -1, readable);

  properties[PROP_LOST] =
    g_param_spec_int ("lost", NULL, NULL, -1, G_MAXINT, -1, readable);

  properties[PROP_SERVER_URL] =
    g_param_spec_string ("server-url", NULL, NULL, NULL, readable);

  properties[PROP_SYNC_STATE] =
    g_param_spec_boxed ("sync-state", NULL, NULL, RFI_TYPE_SYNC_STATE, readable);

  properties[PROP_USER] =
    g_param_spec_boxed ("user", NULL, NULL, RFI_TYPE_USER, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_session_init (RfiSession *self)
{
  RfiSyncState starting = { .phase = RFI_PHASE_STARTING };

  self->state = rfi_sync_state_new (&starting);
  self->cancellable = g_cancellable_new ();
  self->jobs = rfi_job_table_new ();
  self->feed = rfi_job_feed_new (self->jobs);
  g_signal_connect_object (self->feed, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
}

/* @updated: (nullable) */
static void
add_list (RfiSession          *self,
          guint                number,
          GType                type,
          RfiRecordKeyFunc     get_key,
          RfiRecordReadFunc    read_async,
          RfiRecordFinishFunc  read_finish,
          void               (*updated) (RfiSession *self))
{
  g_autoptr(RfiRecordList) list = rfi_record_list_new (type, get_key);

  self->lists[number] = rfi_record_source_new (self->store, list, read_async, read_finish);
  if (updated != NULL)
    g_signal_connect_object (self->lists[number], "updated", G_CALLBACK (updated), self,
                             G_CONNECT_SWAPPED);
  rfi_record_source_refresh (self->lists[number]);
}

static void
enrolled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiSession) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_device_enroll_finish (result, &error) && error != NULL)
    g_debug ("Nothing is signed yet: %s", error->message);
  if (self->sync != NULL)
    rfi_sync_thread_start (self->sync, self->account->token);
}

/* Only after the first load: it does not share the store's thread with a pull, and nothing newer
 * is overtaken by it. The key comes first, so that the dialect need not change at once. */
static void
start_sync (RfiSession *self)
{
  if (self->sync != NULL)
    rfi_session_device_enroll_async (self->store, self->cancellable, enrolled_cb,
                                     g_object_ref (self));
}

static void
load_jobs_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RfiSession) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) states = rfi_first_load_finish (result, &error);

  if (states == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cached jobs are not shown, the cache cannot be read: %s", error->message);
      states = g_ptr_array_new ();
    }

  rfi_job_feed_push_states (self->feed, states);
  start_sync (self);
}

RfiSession *
_rfi_session_new (RfiAccount  *account,
                  RfiStore    *store,
                  RfiListener *listener,
                  gboolean     forced_offline)
{
  RfiSession *self = g_object_new (RFI_TYPE_SESSION, NULL);
  g_autofree char *photo_dir = g_build_filename (account->dir, "photos", NULL);

  self->account = account;
  self->store = g_object_ref (store);
  self->listener = listener;
  listener->session = self;
  self->forced_offline = forced_offline;
  self->recovered = rfi_store_get_recovered (store);
  self->lost = rfi_store_get_lost (store);

  add_list (self, LIST_TECHNICIANS, RFI_TYPE_USER, rfi_record_key_user,
            rfi_store_list_technicians_async, rfi_store_list_people_finish, NULL);
  add_list (self, LIST_VENDORS, RFI_TYPE_USER, rfi_record_key_vendor,
            rfi_store_list_vendors_async, rfi_store_list_people_finish, NULL);
  add_list (self, LIST_CONFLICTS, RFI_TYPE_CONFLICT, rfi_record_key_conflict,
            rfi_store_list_conflicts_async, rfi_store_list_conflicts_finish,
            conflicts_updated_cb);
  add_list (self, LIST_OUTBOX, RFI_TYPE_OPERATION, rfi_record_key_operation,
            rfi_store_list_outbox_async, rfi_store_list_outbox_finish, outbox_updated_cb);
  self->names = rfi_people_names_new (self->jobs, account->user, self->lists[LIST_TECHNICIANS],
                                      self->lists[LIST_VENDORS]);
  self->undo = rfi_undo_stack_new (rfi_session_get_outbox (self));
  self->log = rfi_sync_log_new (store, account->dir, NULL);

  self->sync = rfi_sync_thread_new (store, account->server_url, account->pin, account->user,
                                    photo_dir);
  g_signal_connect_object (self->sync, "state-changed", G_CALLBACK (sync_state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rfi_sync_thread_set_forced_offline (self->sync, forced_offline);
  rfi_sync_thread_set_refresh (self->sync, account->refresh_token,
                               rfi_sign_in_keep_next, account);

  self->loading = TRUE;
  rfi_first_load_async (store, self->feed, self->cancellable, load_jobs_cb, g_object_ref (self));
  return self;
}

gboolean
_rfi_session_detach (RfiSession     *self,
                     RfiStore      **store,
                     RfiSyncThread **sync)
{
  if (self->store == NULL)
    return FALSE;

  g_cancellable_cancel (self->cancellable);
  rfi_job_feed_stop (self->feed);
  for (guint i = 0; i < N_LISTS; i++)
    rfi_record_source_stop (self->lists[i]);
  rfi_sync_log_stop (self->log);
  g_signal_handlers_disconnect_by_data (self->sync, self);
  self->listener->session = NULL;
  self->listener = NULL;

  *store = g_steal_pointer (&self->store);
  *sync = g_steal_pointer (&self->sync);
  return TRUE;
}

void
_rfi_session_set_token (RfiSession       *self,
                        const RfiAccount *account)
{
  g_free (self->account->token);
  self->account->token = g_strdup (account->token);
  g_free (self->account->refresh_token);
  self->account->refresh_token = g_strdup (account->refresh_token);
  self->account->kept = account->kept;
  if (self->sync != NULL)
    {
      rfi_sync_thread_set_refresh (self->sync, account->refresh_token, rfi_sign_in_keep_next,
                                   self->account);
      rfi_sync_thread_set_token (self->sync, account->token);
    }

  /* The note of a fleeting session is about more than its token. */
  if (self->account->keyring_note != account->keyring_note && !self->account->fleeting)
    {
      self->account->keyring_note = account->keyring_note;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING_NOTE]);
    }
}

const char *
_rfi_session_get_refresh_token (RfiSession *self)
{
  return self->account->refresh_token;
}

RfiStore *
_rfi_session_get_store (RfiSession *self)
{
  return self->store;
}

RfiSyncThread *
_rfi_session_get_sync (RfiSession *self)
{
  return self->sync;
}

RfiSyncLog *
_rfi_session_get_log (RfiSession *self)
{
  return self->log;
}

const RfiAccount *
_rfi_session_get_account (RfiSession *self)
{
  return self->account;
}

void
_rfi_session_catch_up (RfiSession *self)
{
  rfi_job_feed_flush (self->feed);
}

const RfiAlertRules *
_rfi_session_get_alert_rules (RfiSession *self)
{
  return &self->alert_rules;
}

gboolean
_rfi_session_get_spare_photos (RfiSession *self)
{
  return self->spare_photos;
}

void
_rfi_session_changed (RfiSession *self)
{
  rfi_job_feed_flush (self->feed);
  if (self->sync != NULL)
    rfi_sync_thread_kick (self->sync, RFI_SYNC_KICK_OPERATION);
}

RfiUser *
rfi_session_get_user (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return self->account->user;
}

const char *
rfi_session_get_server_url (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return self->account->server_url;
}

RfiSyncState *
rfi_session_get_sync_state (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return self->state;
}

gboolean
rfi_session_get_online (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), FALSE);

  return self->state->online && !self->forced_offline &&
         self->state->phase != RFI_PHASE_NEEDS_SIGN_IN && self->sync != NULL;
}

RfiJobTable *
rfi_session_get_jobs (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return self->jobs;
}

GListModel *
rfi_session_get_technicians (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return G_LIST_MODEL (get_list (self, LIST_TECHNICIANS));
}

GListModel *
rfi_session_get_conflicts (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return G_LIST_MODEL (get_list (self, LIST_CONFLICTS));
}

GListModel *
rfi_session_get_outbox (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return G_LIST_MODEL (get_list (self, LIST_OUTBOX));
}

GListModel *
rfi_session_get_vendors (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return G_LIST_MODEL (get_list (self, LIST_VENDORS));
}

RfiUndoStack *
rfi_session_get_undo (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return self->undo;
}

const char *
rfi_session_get_name (RfiSession *self,
                      const char *user_id)
{
  const char *name;

  g_return_val_if_fail (RFI_IS_SESSION (self), "");

  if (user_id == NULL)
    return "";

  name = rfi_people_names_get_person (self->names, user_id);
  return name != NULL ? name : user_id;
}

const char *
rfi_session_get_vendor_name (RfiSession *self,
                             const char *vendor_id)
{
  const char *name;

  g_return_val_if_fail (RFI_IS_SESSION (self), "");

  if (vendor_id == NULL)
    return "";

  name = rfi_people_names_get (self->names, vendor_id);
  return name != NULL ? name : vendor_id;
}

RfiUser *
rfi_session_get_technician (RfiSession *self,
                            const char *user_id)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return rfi_record_list_find (get_list (self, LIST_TECHNICIANS), user_id);
}

void
rfi_session_set_forced_offline (RfiSession *self,
                                gboolean    offline)
{
  gboolean was_online;

  g_return_if_fail (RFI_IS_SESSION (self));

  if (self->forced_offline == !!offline)
    return;

  was_online = rfi_session_get_online (self);
  self->forced_offline = !!offline;
  if (self->sync != NULL)
    rfi_sync_thread_set_forced_offline (self->sync, self->forced_offline);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORCED_OFFLINE]);
  if (rfi_session_get_online (self) != was_online)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

void
rfi_session_set_alert_rules (RfiSession          *self,
                             const RfiAlertRules *rules)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  self->alert_rules = *rules;
}

void
rfi_session_set_spare_photos (RfiSession *self,
                              gboolean    spare)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  self->spare_photos = spare;
}

void
rfi_session_set_sync_interval (RfiSession *self,
                               guint       seconds)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  if (self->sync != NULL)
    rfi_sync_thread_set_interval (self->sync, seconds);
}
