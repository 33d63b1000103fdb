/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-presence.h"
#include "rfi-sync-engine.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_THREAD (rfi_sync_thread_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncThread, rfi_sync_thread, RFI, SYNC_THREAD, GObject)

/**
 * RfiSyncThread:
 *
 * Runs an RfiSyncEngine, its transport and its photo downloads in a thread of their own. All
 * functions are for the thread that made it (the main thread), answer there and never block.
 * Stop it before dropping the last reference: only then is it sure that nothing runs any more.
 *
 * Signals: `state-changed`: rfi_sync_thread_get_state() answers something new; `presence`
 * (RfiPresence *): as RfiAttendance's.
 */

/* @certificate_pin: (nullable): SHA-256 of the server's certificate, if a person accepted it
 * @photo_dir: folder for downloaded photos, below the profile; made when needed */
RfiSyncThread  *rfi_sync_thread_new                (RfiStore      *store,
                                                    const char    *server_url,
                                                    const char    *certificate_pin,
                                                    RfiUser       *user,
                                                    const char    *photo_dir);

/* As RfiRemoteKeepFunc. */
typedef void  (*RfiSyncKeepFunc)                   (const char    *refresh_token,
                                                    GTask         *done,
                                                    gpointer       user_data);

/* Before it is started, and when a person signed in anew: what renews the token. @keep is called in
 * the owner's thread. @refresh_token: (nullable) */
void            rfi_sync_thread_set_refresh        (RfiSyncThread *self,
                                                    const char    *refresh_token,
                                                    RfiSyncKeepFunc keep,
                                                    gpointer       user_data);

/* @token: (nullable): there is only what renews it */
void            rfi_sync_thread_start              (RfiSyncThread *self,
                                                    const char    *token);
/* The store may be closed once this is finished. */
void            rfi_sync_thread_stop_async         (RfiSyncThread *self,
                                                    GAsyncReadyCallback callback,
                                                    gpointer       user_data);
gboolean        rfi_sync_thread_stop_finish        (RfiSyncThread *self,
                                                    GAsyncResult  *result,
                                                    GError       **error);

/* As the engine's functions of the same names. */
void            rfi_sync_thread_kick               (RfiSyncThread *self,
                                                    RfiSyncKick    why);
void            rfi_sync_thread_set_token          (RfiSyncThread *self,
                                                    const char    *token);
void            rfi_sync_thread_set_forced_offline (RfiSyncThread *self,
                                                    gboolean       offline);
void            rfi_sync_thread_set_interval       (RfiSyncThread *self,
                                                    guint          seconds);

/* As rfi_attendance_set(). */
void            rfi_sync_thread_attend             (RfiSyncThread *self,
                                                    const char    *job_id,
                                                    RfiAttention   attention);

/* Returns: (transfer none) */
RfiSyncState   *rfi_sync_thread_get_state          (RfiSyncThread *self);
/* Returns: (transfer none): as of the last change of state */
RfiSyncMetrics *rfi_sync_thread_get_metrics        (RfiSyncThread *self);

/* The file of a photo: our own copy while it waits to be sent, else from the cache, else from
 * the server (an expired URL is renewed by reading the job again). The file stays for at least
 * as long as the least recently used rule leaves it: open it at once.
 *
 * finish: Returns: (transfer full): a path; RFI_REMOTE_ERROR when it cannot be had */
void            rfi_sync_thread_fetch_photo_async  (RfiSyncThread *self,
                                                    const char    *job_id,
                                                    const char    *photo_id,
                                                    GCancellable  *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer       user_data);
char           *rfi_sync_thread_fetch_photo_finish (RfiSyncThread *self,
                                                    GAsyncResult  *result,
                                                    GError       **error);

/* As rfi_remote_ask_async(). */
void            rfi_sync_thread_ask_async          (RfiSyncThread *self,
                                                    const char    *path,
                                                    GString       *json,
                                                    GCancellable  *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer       user_data);
GBytes         *rfi_sync_thread_ask_finish         (RfiSyncThread *self,
                                                    GAsyncResult  *result,
                                                    GError       **error);

G_END_DECLS
