/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-photo.h"
#include "rfi-db.h"

G_BEGIN_DECLS

/* The table of photos; their pictures are files, see rfi-photo-files.h. */

/* In the order they came. Returns: (transfer full) (element-type RfiPhoto) */
GPtrArray *rfi_server_photos_list   (RfiDb    *db,
                                     const char      *job_id,
                                     GError         **error);
/* Behind the others of the job. */
gboolean   rfi_server_photos_insert (RfiDb    *db,
                                     const char      *job_id,
                                     const RfiPhoto  *photo,
                                     GError         **error);
gboolean   rfi_server_photos_delete (RfiDb    *db,
                                     const char      *id,
                                     GError         **error);

G_END_DECLS
