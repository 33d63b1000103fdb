/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-photo.h"
#include "rfi-store.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* What arrives from the server. All end with rfi_store_finish() unless said. */

typedef enum {
  RFI_PULL_DELTA,    /* an older row than ours is left alone */
  RFI_PULL_LISTING,  /* part of a complete listing: what stands there is so */
} RfiPullMode;

/* From now on the store does its work in the background, see rfi_give_way(): whoever asks
 * has what the person waits for, and a pull may be long. */
void       rfi_store_step_back            (RfiStore *self);

/* Rows and the cursor they advance, in one transaction. A row with the etag we have is an echo and
 * changes nothing.
 * @rows: (element-type RfiJob), with photos where the document had them
 * @cursor: (nullable): the next `since`; only with the last rows of a pull
 * @listing: which listing the rows belong to, > 0; 0 for a delta
 * @by: (nullable): user id, when an event named who did it */
void       rfi_store_apply_rows_async     (RfiStore *self, GPtrArray *rows, RfiPullMode mode,
                                           gint64 listing, const char *cursor, const char *by,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* The listing was complete: what it did not name is gone, unless something pends on it (then that
 * becomes a conflict). @now: ms since 1970 */
void       rfi_store_finish_listing_async (RfiStore *self, gint64 listing, gint64 now,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* The server said that a job is gone. @by: (nullable) user id */
void       rfi_store_remove_job_async     (RfiStore *self, const char *job_id, const char *by,
                                           gint64 now, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* Whether one of the three above, or a page of the feed, changed what waits for a person: then
 * there may be something to send that was not when the queue was last looked at. */
gboolean   rfi_store_moved_conflicts      (RfiStore *self, GAsyncResult *result);

/* @users: (element-type RfiUser); replace what was known */
void       rfi_store_put_technicians_async (RfiStore *self, GPtrArray *users,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
void       rfi_store_put_vendors_async    (RfiStore *self, GPtrArray *vendors,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

/* By name. finish: (transfer full) (element-type RfiUser) */
void       rfi_store_list_technicians_async (RfiStore *self, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
void       rfi_store_list_vendors_async   (RfiStore *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rfi_store_list_people_finish   (RfiStore *self, GAsyncResult *result, GError **error);

/* With those still to be sent last. finish: (transfer full) (element-type RfiPhoto) */
void       rfi_store_list_photos_async    (RfiStore *self, const char *job_id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rfi_store_list_photos_finish   (RfiStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
