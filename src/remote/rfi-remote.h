/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-attendance.h"
#include "rfi-health.h"
#include "rfi-remote-error.h"
#include "rfi-transport.h"
#include "rfi-user.h"

G_BEGIN_DECLS

#define RFI_TYPE_REMOTE (rfi_remote_get_type ())

G_DECLARE_FINAL_TYPE (RfiRemote, rfi_remote, RFI, REMOTE, GObject)

/**
 * RfiRemote:
 *
 * A server as one account sees it. Calls for jobs are in rfi-remote-jobs.h, for photos in
 * rfi-remote-photos.h. Nothing is retried here but what a stale connection swallowed. For one
 * thread, whose default context the answers come in. Errors: RFI_REMOTE_ERROR.
 */
RfiRemote    *rfi_remote_new                (RfiTransport         *transport);
RfiTransport *rfi_remote_get_transport      (RfiRemote            *self);

/* Which jobs are open here and elsewhere (transfer none); whether the hub negotiated last cares. */
RfiAttendance *rfi_remote_get_attendance    (RfiRemote            *self);
gboolean      rfi_remote_has_presence       (RfiRemote            *self);

/* (nullable): %NULL while signed out */
void          rfi_remote_set_token          (RfiRemote            *self,
                                             const char           *token);

/* Ends @done, (transfer full), with %TRUE once @refresh_token is where it outlives this process,
 * or with an error: then it is used all the same. */
typedef void (*RfiRemoteKeepFunc)           (const char           *refresh_token,
                                             GTask                *done,
                                             gpointer              user_data);

/* With @refresh_token a token that the server no longer takes is renewed once for all calls that
 * met that, which then go on. Each one is used once: @keep is told the next before it is.
 * @refresh_token: (nullable) @keep: (nullable); @user_data must outlive @self */
void          rfi_remote_set_refresh        (RfiRemote            *self,
                                             const char           *refresh_token,
                                             RfiRemoteKeepFunc     keep,
                                             gpointer              user_data);

/* @timeout: ms. A server with trouble answers too: then the health is not ok. */
void          rfi_remote_health_async       (RfiRemote            *self,
                                             guint                 timeout,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* Returns: (transfer full) */
RfiHealth    *rfi_remote_health_finish      (RfiRemote            *self,
                                             GAsyncResult         *result,
                                             GError              **error);

/* Does not keep the token: set it. */
void          rfi_remote_login_async        (RfiRemote            *self,
                                             const char           *email,
                                             const char           *password,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* @token: (out) (transfer full). Returns: (transfer full) */
RfiUser      *rfi_remote_login_finish       (RfiRemote            *self,
                                             GAsyncResult         *result,
                                             char                **token,
                                             GError              **error);

/* @vendor_id: (nullable): for admins
 * @with_work: skills, hours and who is inactive too, which only servers of Sync v1 know */
void          rfi_remote_technicians_async  (RfiRemote            *self,
                                             const char           *vendor_id,
                                             gboolean              with_work,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* Returns: (transfer full) (element-type RfiUser) */
GPtrArray    *rfi_remote_technicians_finish (RfiRemote            *self,
                                             GAsyncResult         *result,
                                             GError              **error);

/* For admins. */
void          rfi_remote_vendors_async      (RfiRemote            *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* Returns: (transfer full) (element-type RfiUser): see rfi_wire_vendors_parse() */
GPtrArray    *rfi_remote_vendors_finish     (RfiRemote            *self,
                                             GAsyncResult         *result,
                                             GError              **error);

/* Where the hub is. */
void          rfi_remote_negotiate_async    (RfiRemote            *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* @token: (out) (transfer full). Returns: (transfer full): the URL */
char         *rfi_remote_negotiate_finish   (RfiRemote            *self,
                                             GAsyncResult         *result,
                                             char                **token,
                                             GError              **error);

G_END_DECLS
