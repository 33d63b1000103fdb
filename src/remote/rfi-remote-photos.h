/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-photo.h"
#include "rfi-remote.h"

G_BEGIN_DECLS

/* @content: less than RFI_PHOTO_SIZE_LIMIT bytes
 * @progress_func: (nullable): @progress_data must live until the call ends */
void      rfi_remote_upload_photo_async  (RfiRemote              *self,
                                          const char             *job_id,
                                          GBytes                 *content,
                                          const char             *file_name,
                                          const char             *mime_type,
                                          const char             *operation_id,
                                          RfiRequestProgressFunc  progress_func,
                                          gpointer                progress_data,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
/* Returns: (transfer full): with its URL */
RfiPhoto *rfi_remote_upload_photo_finish (RfiRemote              *self,
                                          GAsyncResult           *result,
                                          GError                **error);

void      rfi_remote_delete_photo_async  (RfiRemote              *self,
                                          const char             *job_id,
                                          const char             *photo_id,
                                          const char             *operation_id,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
gboolean  rfi_remote_delete_photo_finish (RfiRemote              *self,
                                          GAsyncResult           *result,
                                          GError                **error);

/* @url: a photo's, signed: the token is not sent along. FORBIDDEN and NOT_FOUND usually mean
 * that it expired: read the job again. */
void      rfi_remote_fetch_photo_async   (RfiRemote              *self,
                                          const char             *url,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
/* Returns: (transfer full): the picture's bytes; PROTOCOL if they are no JPEG or PNG */
GBytes   *rfi_remote_fetch_photo_finish  (RfiRemote              *self,
                                          GAsyncResult           *result,
                                          GError                **error);

G_END_DECLS
