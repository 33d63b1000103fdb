/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_SESSION_MANAGER (rfi_session_manager_get_type ())

G_DECLARE_FINAL_TYPE (RfiSessionManager, rfi_session_manager, RFI, SESSION_MANAGER, GObject)

/* Why signing in did not work, named by what a person can do. The server's words, if any, are
 * the error's message. */
typedef enum {
  RFI_SIGN_IN_ERROR_WRONG_PASSWORD,
  RFI_SIGN_IN_ERROR_BAD_EMAIL,
  RFI_SIGN_IN_ERROR_BAD_ADDRESS,    /* not a URL, or plain http beyond this computer */
  RFI_SIGN_IN_ERROR_UNREACHABLE,    /* no such host, refused, timed out */
  RFI_SIGN_IN_ERROR_NOT_A_SERVER,   /* something else answered */
  RFI_SIGN_IN_ERROR_CERTIFICATE,    /* message: the fingerprint */
  RFI_SIGN_IN_ERROR_CERTIFICATE_CHANGED, /* not the one a person took; message: the fingerprint */
  RFI_SIGN_IN_ERROR_TOO_MANY_TRIES,
  RFI_SIGN_IN_ERROR_PROFILE_IN_USE, /* another console uses this profile */
  RFI_SIGN_IN_ERROR_KEYRING,        /* it stayed locked, and with it what is on this computer */
  RFI_SIGN_IN_ERROR_NO_KEYRING,     /* none runs, so what is on this computer stays shut */
  RFI_SIGN_IN_ERROR_FORGOTTEN,      /* the keyring no longer has the kept sign-in */
  RFI_SIGN_IN_ERROR_NEWER,          /* what is on this computer is a newer program's */
  RFI_SIGN_IN_ERROR_DISK,           /* the profile cannot be written or is damaged */
  RFI_SIGN_IN_ERROR_FAILED,
} RfiSignInError;

#define RFI_SIGN_IN_ERROR (rfi_sign_in_error_quark ())

GQuark             rfi_sign_in_error_quark        (void);

/**
 * RfiSessionManager:
 *
 * Opens and closes sessions of one profile folder. Properties: `session` (RfiSession, nullable,
 * notifies), `last-server`, `last-email` (nullable, of the last sign-in), `servers` (GStrv, the
 * last used first).
 */
RfiSessionManager *rfi_session_manager_new        (const char        *profile_dir,
                                                   gboolean           forced_offline);
RfiSession        *rfi_session_manager_get_session (RfiSessionManager *self);
/* Whether the next session seals its data with a new key. */
void               rfi_session_manager_set_renew_key (RfiSessionManager *self,
                                                      gboolean           renew_key);
const char        *rfi_session_manager_get_last_server (RfiSessionManager *self);
const char        *rfi_session_manager_get_last_email  (RfiSessionManager *self);

/* Opens the kept session, straight into cached data, without asking the network.
 * finish: %FALSE without error if none is kept. Whoever asked to stay signed in is always told why
 * they are not: RFI_SIGN_IN_ERROR. */
void               rfi_session_manager_restore_async  (RfiSessionManager *self,
                                                       GCancellable *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer user_data);
gboolean           rfi_session_manager_restore_finish (RfiSessionManager *self,
                                                       GAsyncResult *result, GError **error);

/* Checks that a RetailFixIt server answers there. finish: latency in ms, or -1. */
void               rfi_session_manager_probe_async    (RfiSessionManager *self,
                                                       const char *server_url,
                                                       GCancellable *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer user_data);
int                rfi_session_manager_probe_finish   (RfiSessionManager *self,
                                                       GAsyncResult *result, GError **error);

void               rfi_session_manager_sign_in_async  (RfiSessionManager *self,
                                                       const char *server_url, const char *email,
                                                       const char *password, gboolean keep,
                                                       GCancellable *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer user_data);
gboolean           rfi_session_manager_sign_in_finish (RfiSessionManager *self,
                                                       GAsyncResult *result, GError **error);

/* A person looked at the fingerprint that RFI_SIGN_IN_ERROR_CERTIFICATE or …_CHANGED named and
 * takes it. */
gboolean           rfi_session_manager_accept_certificate (RfiSessionManager *self,
                                                           const char *server_url,
                                                           const char *fingerprint,
                                                           GError **error);

/* Signs the current person in again after the server stopped taking the token; the queue stays. */
void               rfi_session_manager_renew_async    (RfiSessionManager *self,
                                                       const char *password,
                                                       GCancellable *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer user_data);
gboolean           rfi_session_manager_renew_finish   (RfiSessionManager *self,
                                                       GAsyncResult *result, GError **error);

typedef enum {
  RFI_SIGN_OUT_KEEP_PENDING,    /* what is unsent waits here for this person's next sign-in */
  RFI_SIGN_OUT_EXPORT_PENDING,  /* written to a file, then as KEEP */
} RfiSignOutMode;

void               rfi_session_manager_sign_out_async (RfiSessionManager *self,
                                                       RfiSignOutMode mode, GFile *export_to,
                                                       GAsyncReadyCallback callback,
                                                       gpointer user_data);
gboolean           rfi_session_manager_sign_out_finish (RfiSessionManager *self,
                                                        GAsyncResult *result, GError **error);

/* Before quitting: closes the session without signing out. Never fails. */
void               rfi_session_manager_close_async  (RfiSessionManager *self,
                                                     GAsyncReadyCallback callback,
                                                     gpointer user_data);
gboolean           rfi_session_manager_close_finish (RfiSessionManager *self,
                                                     GAsyncResult *result, GError **error);

G_END_DECLS
