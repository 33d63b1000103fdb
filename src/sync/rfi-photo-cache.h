/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RfiPhotoCache:
 *
 * A folder of downloaded photos, the least recently used going first. Losing it costs only
 * time. For one thread.
 */
typedef struct _RfiPhotoCache RfiPhotoCache;

RfiPhotoCache *rfi_photo_cache_new      (const char     *dir,
                                         gint64          limit);
void           rfi_photo_cache_free     (RfiPhotoCache  *self);

/* Where @photo_id's file is, or would be. Returns: (transfer full) */
char          *rfi_photo_cache_get_path (RfiPhotoCache  *self,
                                         const char     *photo_id);
/* Whether it is there; being asked for counts as use. */
gboolean       rfi_photo_cache_touch    (RfiPhotoCache  *self,
                                         const char     *path);
/* Makes the folder, and room for @size bytes. */
gboolean       rfi_photo_cache_prepare  (RfiPhotoCache  *self,
                                         gint64          size,
                                         GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPhotoCache, rfi_photo_cache_free)

G_END_DECLS
