/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-remote.h"
#include "rfi-wire-device.h"
#include "rfi-wire-feed.h"
#include "rfi-wire-push.h"
#include "rfi-wire-sync-auth.h"

G_BEGIN_DECLS

/* The calls of Sync v1. Repeating any of them does no harm. */

/* Registers this device, and asks how far the server is with its numbers. */
void               rfi_remote_hello_async     (RfiRemote            *self,
                                               const RfiDeviceHello *hello,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* Returns: (transfer full) */
RfiDeviceState    *rfi_remote_hello_finish    (RfiRemote            *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* @body: (transfer full): freed; as rfi_wire_push_begin() and what follows it wrote it */
void               rfi_remote_push_async      (RfiRemote            *self,
                                               GString              *body,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* Returns: (transfer full) */
RfiWirePushAnswer *rfi_remote_push_finish     (RfiRemote            *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* The page's first line came; the rest of it may still be cut, and is not to be counted on. */
typedef void (*RfiRemoteHeadFunc) (const RfiFeedHead *head,
                                   gpointer           user_data);

/* One page: what changed after @cursor, or a part of everything. Read as it arrives.
 * @after: (nullable): %NULL for the first. @head_func: (nullable): called once, before @callback
 * and with its @user_data */
void               rfi_remote_delta_async     (RfiRemote            *self,
                                               const char           *cursor,
                                               guint                 limit,
                                               RfiRemoteHeadFunc     head_func,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
void               rfi_remote_snapshot_async  (RfiRemote            *self,
                                               const char           *after,
                                               guint                 limit,
                                               RfiRemoteHeadFunc     head_func,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* Returns: (transfer full): read to its end */
RfiFeedReader     *rfi_remote_feed_finish     (RfiRemote            *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* A sign-in that asks for a token that can be renewed. Neither is kept: set them. */
void               rfi_remote_begin_async     (RfiRemote            *self,
                                               const char           *email,
                                               const char           *password,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* @tokens: (out) (transfer full). Returns: (transfer full) */
RfiUser           *rfi_remote_begin_finish    (RfiRemote            *self,
                                               GAsyncResult         *result,
                                               RfiWireTokens       **tokens,
                                               GError              **error);

/* Ends everything that was renewed from it. */
void               rfi_remote_logout_async    (RfiRemote            *self,
                                               const char           *refresh_token,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean           rfi_remote_logout_finish   (RfiRemote            *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
