/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert.h"
#include "rfi-conflict.h"
#include "rfi-photo.h"
#include "rfi-rules.h"
#include "rfi-session-types.h"
#include "rfi-sync-state.h"
#include "rfi-user.h"

G_BEGIN_DECLS

#define RFI_TYPE_SESSION (rfi_session_get_type ())

G_DECLARE_FINAL_TYPE (RfiSession, rfi_session, RFI, SESSION, GObject)

/**
 * RfiSession:
 *
 * One signed-in account: all that the user interface ever sees. For the main thread. Commands
 * answer when the change is safe on this computer; the network follows by itself.
 *
 * Properties (read only, notify): `user` (RfiUser), `server-url`, `sync-state` (RfiSyncState),
 * `online` (whether online-only actions may be offered), `n-conflicts`, `n-queued`,
 * `technicians`, `vendors`, `conflicts` and `outbox` (GListModel of RfiRecordItem), `loading`
 * (first load from the cache), `keyring-note` (RfiVaultError code as int, -1 = kept well),
 * `forced-offline` (writable), `recovered` (how many pending changes were saved from a damaged
 * cache, -1 = it was sound), `lost` (how many went with the key of a cache that cannot be read any
 * more, -1 = it can), `fleeting` (nothing is kept when it ends: there is no keyring for the key).
 */
RfiUser      *rfi_session_get_user        (RfiSession *self);
const char   *rfi_session_get_server_url  (RfiSession *self);
RfiSyncState *rfi_session_get_sync_state  (RfiSession *self);
gboolean      rfi_session_get_online      (RfiSession *self);
RfiJobTable  *rfi_session_get_jobs        (RfiSession *self);

/* GListModels of RfiRecordItem holding RfiUser, RfiConflict (newest first), RfiOperation (by
 * seq). */
GListModel   *rfi_session_get_technicians (RfiSession *self);
GListModel   *rfi_session_get_conflicts   (RfiSession *self);
GListModel   *rfi_session_get_outbox      (RfiSession *self);
/* GListModel of RfiRecordItem holding RfiUser whose vendor_id and display_name name a vendor. */
GListModel   *rfi_session_get_vendors     (RfiSession *self);

/* The person's name, or the id when unknown; never %NULL. @user_id: (nullable) → "" */
const char   *rfi_session_get_name        (RfiSession *self,
                                           const char *user_id);
const char   *rfi_session_get_vendor_name (RfiSession *self,
                                           const char *vendor_id);
RfiUser      *rfi_session_get_technician  (RfiSession *self,
                                           const char *user_id);

/* May the signed-in person do this now, and if not, why. @job: (nullable) for RFI_ACTION_CREATE */
RfiVerdict    rfi_session_check           (RfiSession *self,
                                           const char *job_id,
                                           RfiAction   action);
RfiVerdict    rfi_session_check_status    (RfiSession *self,
                                           const char *job_id,
                                           RfiStatus   to);
/* @technician_id: "" takes them off */
RfiVerdict    rfi_session_check_assign    (RfiSession *self,
                                           const char *job_id,
                                           const char *technician_id);

/* When jobs are due; until it is said, at no time. */
void          rfi_session_set_alert_rules (RfiSession *self,
                                           const RfiAlertRules *rules);

/* What can be undone here, of all windows. */
RfiUndoStack *rfi_session_get_undo        (RfiSession *self);

/* Sync */
void          rfi_session_sync_now        (RfiSession *self);
/* A person is back after a long time in no window: what is shown may be old. */
void          rfi_session_come_back       (RfiSession *self);
void          rfi_session_set_forced_offline (RfiSession *self,
                                              gboolean    offline);
/* Between two looks at the server; 0 = as usual. */
void          rfi_session_set_sync_interval (RfiSession *self,
                                             guint       seconds);
/* Whether photos that are not here are downloaded only when a person asks for them. */
void          rfi_session_set_spare_photos (RfiSession *self,
                                            gboolean    spare);
void          rfi_session_retry           (RfiSession *self,
                                           const char *operation_id);
void          rfi_session_discard         (RfiSession *self,
                                           const char *operation_id);

G_END_DECLS
