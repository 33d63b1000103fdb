/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-manager"

#include "config.h"

#include "rfi-session-manager.h"

#include "rfi-outbox-export.h"
#include "rfi-profile.h"
#include "rfi-session-private.h"
#include "rfi-session.h"
#include "rfi-sign-in.h"
#include "rfi-store-outbox.h"
#include "rfi-vault.h"

struct _RfiSessionManager
{
  GObject      parent_instance;

  RfiProfile  *profile;         /* (owned) */
  RfiSession  *session;         /* (owned) (nullable) */
  gboolean     forced_offline;  /* from the command line; for each new session */
  gboolean     renew_key;       /* for the next one */
};

enum {
  PROP_0,
  PROP_LAST_EMAIL,
  PROP_LAST_SERVER,
  PROP_SERVERS,
  PROP_SESSION,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiSessionManager, rfi_session_manager, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

/* @session: (transfer full) (nullable) */
static void
set_session (RfiSessionManager *self,
             RfiSession        *session)
{
  g_autoptr(RfiSession) before = g_steal_pointer (&self->session);

  self->session = session;
  if (before != session)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* Remembered or not, one is signed in; but a person should know why it asks again next time. */
static void
remember (RfiSessionManager *self,
          const char        *server_url,
          const char        *email,
          gboolean           kept)
{
  g_autoptr(GError) error = NULL;

  if (!rfi_profile_set_last (self->profile, server_url, email, kept, &error))
    g_warning ("The sign-in is not remembered: %s", error->message);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SERVER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_EMAIL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVERS]);
}

/* However the address was typed. (nullable) */
static const char *
get_pin (RfiSessionManager *self,
         const char        *server_url)
{
  g_autofree char *url = rfi_sign_in_check_server (server_url, NULL);

  return url != NULL ? rfi_profile_get_pin (self->profile, url) : NULL;
}

static void
rfi_session_manager_finalize (GObject *object)
{
  RfiSessionManager *self = RFI_SESSION_MANAGER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->profile, rfi_profile_free);

  G_OBJECT_CLASS (rfi_session_manager_parent_class)->finalize (object);
}

static void
rfi_session_manager_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RfiSessionManager *self = RFI_SESSION_MANAGER (object);

  switch (prop_id)
    {
    case PROP_LAST_EMAIL:
      g_value_set_string (value, rfi_profile_get_last_email (self->profile));
      break;

    case PROP_LAST_SERVER:
      g_value_set_string (value, rfi_profile_get_last_server (self->profile));
      break;

    case PROP_SERVERS:
      g_value_set_boxed (value, rfi_profile_get_servers (self->profile));
      break;

    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_session_manager_class_init (RfiSessionManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_session_manager_finalize;
  object_class->get_property = rfi_session_manager_get_property;

  properties[PROP_LAST_EMAIL] =
    g_param_spec_string ("last-email", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_LAST_SERVER] =
    g_param_spec_string ("last-server", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_SERVERS] =
    g_param_spec_boxed ("servers", NULL, NULL,
                        G_TYPE_STRV,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL,
                         RFI_TYPE_SESSION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_session_manager_init (RfiSessionManager *self)
{
}

RfiSessionManager *
rfi_session_manager_new (const char *profile_dir,
                         gboolean    forced_offline)
{
  RfiSessionManager *self;

  g_return_val_if_fail (profile_dir != NULL, NULL);

  self = g_object_new (RFI_TYPE_SESSION_MANAGER, NULL);
  self->profile = rfi_profile_new (profile_dir);
  self->forced_offline = forced_offline;
  return self;
}

void
rfi_session_manager_set_renew_key (RfiSessionManager *self,
                                   gboolean           renew_key)
{
  g_return_if_fail (RFI_IS_SESSION_MANAGER (self));

  self->renew_key = renew_key;
}

RfiSession *
rfi_session_manager_get_session (RfiSessionManager *self)
{
  g_return_val_if_fail (RFI_IS_SESSION_MANAGER (self), NULL);

  return self->session;
}

const char *
rfi_session_manager_get_last_server (RfiSessionManager *self)
{
  g_return_val_if_fail (RFI_IS_SESSION_MANAGER (self), NULL);

  return rfi_profile_get_last_server (self->profile);
}

const char *
rfi_session_manager_get_last_email (RfiSessionManager *self)
{
  g_return_val_if_fail (RFI_IS_SESSION_MANAGER (self), NULL);

  return rfi_profile_get_last_email (self->profile);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSessionManager *self = g_task_get_source_object (task);
  GError *error = NULL;
  RfiSession *session = _rfi_session_open_finish (result, &error);

  if (session == NULL)
    {
      g_task_return_error (task, rfi_sign_in_translate_store (error));
      return;
    }

  self->renew_key = FALSE;
  set_session (self, session);
  g_task_return_boolean (task, TRUE);
}

/* Opens the store of @account, then ends @task. @account: (transfer full) */
static void
open_account (GTask      *task,
              RfiAccount *account)
{
  RfiSessionManager *self = g_task_get_source_object (task);
  GError *error = NULL;

  account->dir = rfi_profile_make_account_dir (self->profile, account->server_url, account->email,
                                               &error);
  if (account->dir == NULL)
    {
      rfi_account_free (account);
      g_task_return_error (task, rfi_sign_in_translate_store (error));
      return;
    }

  account->renew_key = self->renew_key;
  _rfi_session_open_async (account, self->forced_offline, g_task_get_cancellable (task), opened_cb,
                           g_object_ref (task));
}

static void
recalled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSessionManager *self = g_task_get_source_object (task);
  GError *error = NULL;
  RfiAccount *account = rfi_sign_in_recall_finish (result, &error);

  if (account == NULL)
    {
      if (error != NULL)
        g_task_return_error (task, rfi_sign_in_translate_store (error));
      else
        g_task_return_new_error (task, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_FORGOTTEN,
                                 "The keyring has no sign-in of %s",
                                 rfi_profile_get_last_email (self->profile));
      return;
    }

  account->pin = g_strdup (rfi_profile_get_pin (self->profile, account->server_url));
  open_account (task, account);
}

void
rfi_session_manager_restore_async (RfiSessionManager   *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_session_manager_restore_async);
  if (self->session != NULL || !rfi_profile_get_kept (self->profile))
    g_task_return_boolean (task, self->session != NULL);
  else
    rfi_sign_in_recall_async (rfi_profile_get_last_server (self->profile),
                              rfi_profile_get_last_email (self->profile), cancellable, recalled_cb,
                              g_object_ref (task));
}

gboolean
rfi_session_manager_restore_finish (RfiSessionManager  *self,
                                    GAsyncResult       *result,
                                    GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  int latency = rfi_sign_in_probe_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, latency);
}

void
rfi_session_manager_probe_async (RfiSessionManager   *self,
                                 const char          *server_url,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION_MANAGER (self));
  g_return_if_fail (server_url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_session_manager_probe_async);
  rfi_sign_in_probe_async (server_url, get_pin (self, server_url), cancellable, probed_cb,
                           g_object_ref (task));
}

int
rfi_session_manager_probe_finish (RfiSessionManager  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSessionManager *self = g_task_get_source_object (task);
  gboolean keep = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  RfiAccount *account = rfi_sign_in_finish (result, &error);

  if (account == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  remember (self, account->server_url, account->email, keep && account->keyring_note == -1);
  open_account (task, account);
}

void
rfi_session_manager_sign_in_async (RfiSessionManager   *self,
                                   const char          *server_url,
                                   const char          *email,
                                   const char          *password,
                                   gboolean             keep,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION_MANAGER (self));
  g_return_if_fail (server_url != NULL && email != NULL && password != NULL);
  g_return_if_fail (self->session == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_session_manager_sign_in_async);
  g_task_set_task_data (task, GINT_TO_POINTER (keep), NULL);
  rfi_sign_in_async (server_url, get_pin (self, server_url), email, password, keep, cancellable,
                     signed_in_cb, g_object_ref (task));
}

gboolean
rfi_session_manager_sign_in_finish (RfiSessionManager  *self,
                                    GAsyncResult       *result,
                                    GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rfi_session_manager_accept_certificate (RfiSessionManager  *self,
                                        const char         *server_url,
                                        const char         *fingerprint,
                                        GError            **error)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (RFI_IS_SESSION_MANAGER (self), FALSE);
  g_return_val_if_fail (fingerprint != NULL, FALSE);

  url = rfi_sign_in_check_server (server_url, error);
  return url != NULL && rfi_profile_set_pin (self->profile, url, fingerprint, error);
}

static void
renewed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *session = g_task_get_task_data (task);
  RfiSessionManager *self = g_task_get_source_object (task);
  g_autoptr(RfiAccount) account = NULL;
  GError *error = NULL;

  account = rfi_sign_in_finish (result, &error);
  if (account == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_strcmp0 (account->user->id, rfi_session_get_user (session)->id) != 0)
    {
      g_task_return_new_error (task, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_FAILED,
                               "The server now knows %s as somebody else", account->email);
      return;
    }

  _rfi_session_set_token (session, account);
  remember (self, account->server_url, account->email, account->keyring_note == -1);
  g_task_return_boolean (task, TRUE);
}

void
rfi_session_manager_renew_async (RfiSessionManager   *self,
                                 const char          *password,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  const char *server_url;

  g_return_if_fail (RFI_IS_SESSION_MANAGER (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (password != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_session_manager_renew_async);
  g_task_set_task_data (task, g_object_ref (self->session), g_object_unref);
  server_url = rfi_session_get_server_url (self->session);
  rfi_sign_in_async (server_url, rfi_profile_get_pin (self->profile, server_url),
                     _rfi_session_get_account (self->session)->email, password,
                     rfi_profile_get_kept (self->profile), cancellable, renewed_cb,
                     g_object_ref (task));
}

gboolean
rfi_session_manager_renew_finish (RfiSessionManager  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Signing out: export if wanted, stop and close, forget the token, in this order. */
typedef struct
{
  RfiSession *session;    /* (owned) */
  GFile      *export_to;  /* (owned) (nullable) */
  GPtrArray  *waiting;    /* (owned) (nullable): to be exported */
} SignOut;

static void
sign_out_free (SignOut *sign_out)
{
  g_clear_object (&sign_out->session);
  g_clear_object (&sign_out->export_to);
  g_clear_pointer (&sign_out->waiting, g_ptr_array_unref);
  g_free (sign_out);
}

static void export_listed_cb  (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);
static void export_in_thread  (GTask        *task,
                               gpointer      source_object,
                               gpointer      task_data,
                               GCancellable *cancellable);
static void exported_cb       (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);
static void export_written_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);
static void close_session     (GTask        *task);
static void closed_cb         (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);
static void cleared_cb        (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);

void
rfi_session_manager_sign_out_async (RfiSessionManager   *self,
                                    RfiSignOutMode       mode,
                                    GFile               *export_to,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  SignOut *sign_out;

  g_return_if_fail (RFI_IS_SESSION_MANAGER (self));
  g_return_if_fail (mode != RFI_SIGN_OUT_EXPORT_PENDING || G_IS_FILE (export_to));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rfi_session_manager_sign_out_async);
  if (self->session == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  sign_out = g_new0 (SignOut, 1);
  sign_out->session = g_object_ref (self->session);
  g_task_set_task_data (task, sign_out, (GDestroyNotify) sign_out_free);
  if (mode == RFI_SIGN_OUT_EXPORT_PENDING)
    {
      sign_out->export_to = g_object_ref (export_to);
      rfi_store_list_outbox_async (_rfi_session_get_store (self->session), NULL, export_listed_cb,
                                   g_object_ref (task));
    }
  else
    close_session (task);
}

static void
export_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  SignOut *sign_out = g_task_get_task_data (task);
  g_autoptr(GTask) exporting = NULL;
  GError *error = NULL;

  sign_out->waiting = rfi_store_list_outbox_finish (RFI_STORE (object), result, &error);
  if (sign_out->waiting == NULL)
    {
      g_task_return_error (task, rfi_sign_in_translate_store (error));
      return;
    }

  exporting = g_task_new (object, NULL, exported_cb, g_object_ref (task));
  g_task_set_source_tag (exporting, export_listed_cb);
  g_task_set_task_data (exporting, sign_out, NULL);
  g_task_run_in_thread (exporting, export_in_thread);
}

static void
export_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  SignOut *sign_out = task_data;
  GBytes *content =
    rfi_outbox_export (sign_out->waiting, rfi_session_get_server_url (sign_out->session),
                       _rfi_session_get_account (sign_out->session)->email,
                       rfi_store_get_seal (source_object));

  g_task_return_pointer (task, content, (GDestroyNotify) g_bytes_unref);
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  SignOut *sign_out = g_task_get_task_data (task);
  g_autoptr(GBytes) content = g_task_propagate_pointer (G_TASK (result), NULL);

  g_file_replace_contents_bytes_async (sign_out->export_to, content, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE, NULL, export_written_cb,
                                       g_object_ref (task));
}

static void
export_written_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    close_session (task);
  else
    g_task_return_error (task, rfi_sign_in_translate_store (error));
}

static void
close_session (GTask *task)
{
  RfiSessionManager *self = g_task_get_source_object (task);
  SignOut *sign_out = g_task_get_task_data (task);

  set_session (self, NULL);
  _rfi_session_close_async (sign_out->session, closed_cb, g_object_ref (task));
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSessionManager *self = g_task_get_source_object (task);
  SignOut *sign_out = g_task_get_task_data (task);
  const char *server_url = rfi_session_get_server_url (sign_out->session);
  const char *email = _rfi_session_get_account (sign_out->session)->email;
  gboolean was_kept = rfi_profile_get_kept (self->profile);

  _rfi_session_close_finish (sign_out->session, result, NULL);
  rfi_sign_in_end (server_url, rfi_profile_get_pin (self->profile, server_url),
                   _rfi_session_get_refresh_token (sign_out->session));
  remember (self, server_url, email, FALSE);
  if (was_kept)
    rfi_vault_clear_async (server_url, email, NULL, cleared_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_vault_clear_finish (result, &error))
    g_warning ("The keyring still has the token of who signed out: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

gboolean
rfi_session_manager_sign_out_finish (RfiSessionManager  *self,
                                     GAsyncResult       *result,
                                     GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
session_closed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  _rfi_session_close_finish (g_task_get_task_data (task), result, NULL);
  g_task_return_boolean (task, TRUE);
}

void
rfi_session_manager_close_async (RfiSessionManager   *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  RfiSession *session;

  g_return_if_fail (RFI_IS_SESSION_MANAGER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rfi_session_manager_close_async);
  if (self->session == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  session = g_object_ref (self->session);
  g_task_set_task_data (task, session, g_object_unref);
  set_session (self, NULL);
  _rfi_session_close_async (session, session_closed_cb, g_object_ref (task));
}

gboolean
rfi_session_manager_close_finish (RfiSessionManager  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
