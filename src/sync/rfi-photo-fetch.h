/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RfiRemote RfiRemote;
typedef struct _RfiStore  RfiStore;

#define RFI_TYPE_PHOTO_FETCH (rfi_photo_fetch_get_type ())

G_DECLARE_FINAL_TYPE (RfiPhotoFetch, rfi_photo_fetch, RFI, PHOTO_FETCH, GObject)

/**
 * RfiPhotoFetch:
 *
 * Photos as sealed files: our own copy of one that waits to be sent, else the cache, else the
 * server, whose expired URLs are renewed by reading the job again. The cache keeps to its size by
 * dropping what was not asked for longest. For one thread.
 */

/* @dir: made when needed, for the owner only
 * @limit: bytes the cache may take */
RfiPhotoFetch *rfi_photo_fetch_new    (RfiStore            *store,
                                       RfiRemote           *remote,
                                       const char          *dir,
                                       gint64               limit);

/* Who asks for the same photo at the same time waits for the same download. */
void           rfi_photo_fetch_async  (RfiPhotoFetch       *self,
                                       const char          *job_id,
                                       const char          *photo_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* Returns: (transfer full): a path, for rfi_sealed_file_read(). RFI_REMOTE_ERROR, or what the disk
 * says */
char          *rfi_photo_fetch_finish (RfiPhotoFetch       *self,
                                       GAsyncResult        *result,
                                       GError             **error);

/* Ends all downloads; later ones end at once. */
void           rfi_photo_fetch_cancel (RfiPhotoFetch       *self);

G_END_DECLS
