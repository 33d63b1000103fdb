/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-job.h"
#include "rfi-photo.h"

G_BEGIN_DECLS

/**
 * RfiPhotoFiles:
 *
 * The folder of pictures, and the signed addresses that open one of them for about an hour.
 * Safe to use from any thread.
 */
typedef struct _RfiPhotoFiles RfiPhotoFiles;

/* Empties what an earlier run left half done. */
RfiPhotoFiles *rfi_photo_files_new     (const char           *dir,
                                        GBytes               *secret,
                                        GError              **error);
void           rfi_photo_files_free    (RfiPhotoFiles        *self);

/* What the bytes are: "image/jpeg", "image/png" or %NULL. */
const char    *rfi_photo_files_sniff   (GBytes               *content);

/* Writes and flushes to disk, not yet under its name; keep() then gives it that, at once.
 * Both block. @durable: %FALSE leaves flushing to the system. */
gboolean       rfi_photo_files_write   (RfiPhotoFiles        *self,
                                        const char           *photo_id,
                                        GBytes               *content,
                                        gboolean              durable,
                                        GError              **error);
gboolean       rfi_photo_files_keep    (RfiPhotoFiles        *self,
                                        const RfiPhoto       *photo,
                                        gboolean              durable,
                                        GError              **error);
/* Gives @photo the same file as @from, which both then have of their own: taking one away
 * leaves the other. */
gboolean       rfi_photo_files_share   (RfiPhotoFiles        *self,
                                        const RfiPhoto       *from,
                                        const RfiPhoto       *photo,
                                        GError              **error);
/* Takes back what was written but not kept. */
void           rfi_photo_files_discard (RfiPhotoFiles        *self,
                                        const char           *photo_id);
void           rfi_photo_files_remove  (RfiPhotoFiles        *self,
                                        const RfiPhoto       *photo);

/* "{tenantId}/{jobId}/{photoId}.jpg" or ".png". Returns: (transfer full) */
char          *rfi_photo_files_name    (const RfiJob         *job,
                                        const RfiPhoto       *photo);

/* Links made at times that give the same here are the same. */
gint64         rfi_photo_files_round   (gint64                now);
/* @base: "http://host"; @now: seconds since 1970. Returns: (transfer full) */
char          *rfi_photo_files_sign    (RfiPhotoFiles        *self,
                                        const char           *base,
                                        const char           *blob_name,
                                        gint64                now);

/* Whether @query (decoded) is one that sign() made for @blob_name and is still good. */
gboolean       rfi_photo_files_check   (RfiPhotoFiles        *self,
                                        const char           *blob_name,
                                        GHashTable           *query,
                                        gint64                now);

/* The picture, mapped. @mime_type: (out). Returns: (transfer full) */
GBytes        *rfi_photo_files_open    (RfiPhotoFiles        *self,
                                        const char           *blob_name,
                                        const char          **mime_type,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPhotoFiles, rfi_photo_files_free)

G_END_DECLS
