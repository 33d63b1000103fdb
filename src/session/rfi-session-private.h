/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-feed.h"
#include "rfi-seal.h"
#include "rfi-session-commands.h"
#include "rfi-session.h"
#include "rfi-store.h"
#include "rfi-sync-thread.h"

G_BEGIN_DECLS

/* Whom a session is for. */
typedef struct
{
  char     *server_url;
  char     *email;         /* as signed in with */
  char     *pin;           /* (nullable): certificate's fingerprint a person accepted */
  char     *token;         /* (nullable): there is only what renews it */
  char     *refresh_token; /* (nullable): the server knows none */
  gboolean  kept;          /* the keyring keeps the sign-in */
  RfiUser  *user;          /* (owned) */
  char     *dir;           /* the account's folder */
  RfiSeal  *seal;          /* (owned) (nullable): of what is in it, once it is open */
  gboolean  renew_key;     /* whether to seal it with a new key */
  gboolean  fleeting;      /* nothing is kept: the folder and its key go with the session */
  int       keyring_note;  /* RfiVaultError, or -1 */
  GPtrArray *leftovers;    /* (owned) (nullable) (element-type filename): photos that were to be
                              sent when it was opened */
} RfiAccount;

void           rfi_account_free              (RfiAccount         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiAccount, rfi_account_free)

/* Asks the keyring for the key of the account's store, opens the store and starts to show it.
 * Without a keyring it is one that goes with the session.
 * @account: (transfer full). finish: (transfer full); errors are RFI_STORE_ERROR and, of a keyring
 * that stays locked, RFI_VAULT_ERROR */
void           _rfi_session_open_async       (RfiAccount         *account,
                                              gboolean            forced_offline,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
RfiSession    *_rfi_session_open_finish      (GAsyncResult       *result,
                                              GError            **error);

/* Stops the engine and closes the store; the session shows what it has but does nothing more. */
void           _rfi_session_close_async      (RfiSession         *self,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean       _rfi_session_close_finish     (RfiSession         *self,
                                              GAsyncResult       *result,
                                              GError            **error);

/* What the store calls; it lives as long as the store, which may still have something to tell
 * when the session is gone. */
typedef struct
{
  RfiSession *session;  /* (nullable), not owned */
} RfiListener;

void           _rfi_session_store_changed    (RfiStore           *store,
                                              RfiStoreChange     *change,
                                              gpointer            user_data);

/* The inner half of opening: @account: (transfer full) */
RfiSession    *_rfi_session_new              (RfiAccount         *account,
                                              RfiStore           *store,
                                              RfiListener        *listener,
                                              gboolean            forced_offline);

/* The inner half of closing. @store, @sync: (out) (transfer full). %FALSE if it was done before */
gboolean       _rfi_session_detach           (RfiSession         *self,
                                              RfiStore          **store,
                                              RfiSyncThread     **sync);

/* After the person signed in again, as @account says. */
void           _rfi_session_set_token        (RfiSession         *self,
                                              const RfiAccount   *account);
/* (nullable): what renews the token, as of the last renewal */
const char    *_rfi_session_get_refresh_token (RfiSession        *self);

/* For the commands. (nullable) once closed */
RfiStore      *_rfi_session_get_store        (RfiSession         *self);
RfiSyncThread *_rfi_session_get_sync         (RfiSession         *self);
RfiSyncLog    *_rfi_session_get_log          (RfiSession         *self);
const RfiAccount *_rfi_session_get_account   (RfiSession         *self);
/* What the store told by now is in the table, unless it is a flood. */
void           _rfi_session_catch_up         (RfiSession         *self);
gboolean       _rfi_session_get_spare_photos (RfiSession        *self);
const RfiAlertRules *_rfi_session_get_alert_rules (RfiSession    *self);
/* A change is durable: show it, send it. */
void           _rfi_session_changed          (RfiSession         *self);

/* Deletes the leftovers that no operation of the outbox needs any more. */
void           _rfi_session_sweep_outgoing   (GPtrArray          *leftovers,
                                              GListModel         *outbox);

/* For what the server or the store is asked. Returns: (transfer full) (nullable): %NULL if the
 * session is closed; then it is answered */
GTask         *_rfi_session_new_question     (RfiSession         *self,
                                              gpointer            source_tag,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);

/* @verdict: not RFI_VERDICT_OK */
GError        *_rfi_session_refuse           (RfiVerdict          verdict);
GError        *_rfi_session_invalid          (RfiField            field,
                                              RfiFieldProblem     problem);
/* The store's and system's errors as the session's. @error: (transfer full) */
GError        *_rfi_session_translate        (GError             *error);
/* Likewise, of a question that is about no job. */
GError        *_rfi_session_translate_answer (GError             *error);

G_END_DECLS
