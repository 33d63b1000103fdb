/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-job.h"

G_BEGIN_DECLS

/* The bytes of the picture that goes with an operation: like no other's, though many have the same
 * name and the same length. Returns: (transfer full) */
GBytes    *rfi_sim_picture_make       (const char *operation_id);
/* As cameras name them: over and over. */
const char *rfi_sim_picture_name      (const char *operation_id);

/**
 * RfiSimAlbum:
 *
 * The pictures that the server said it has, by looking on.
 */
typedef struct
{
  GPtrArray *pictures;  /* (owned): one for each that was taken in any history */
} RfiSimAlbum;

RfiSimAlbum *rfi_sim_album_new        (void);
void         rfi_sim_album_free       (RfiSimAlbum *self);

/* Each answers %NULL, or what is wrong: "S18: words" (transfer full). */

/* The server took it, as @photo_id. */
char        *rfi_sim_album_added      (RfiSimAlbum *self,
                                       const char  *operation_id,
                                       const char  *job_id,
                                       const char  *photo_id,
                                       GBytes      *content);
/* The server fell over taking it: it may have it or not. */
void         rfi_sim_album_fell       (RfiSimAlbum *self,
                                       const char  *operation_id,
                                       const char  *job_id,
                                       const char  *photo_id);
/* What was taken is there, and its bytes are. */
char        *rfi_sim_album_verify     (RfiSimAlbum *self,
                                       RfiDb       *db);

/* The job is gone, and its pictures with it. */
void         rfi_sim_album_job_gone   (RfiSimAlbum *self,
                                       const char  *job_id);
/* The server was put back: some that it took are no longer there, or there again.
 * Returns: (transfer full) (element-type utf8): the operations of those that are not any more */
GPtrArray   *rfi_sim_album_reset      (RfiSimAlbum *self,
                                       RfiDb       *db);
/* Whether it was taken, even if its job is gone since. */
gboolean     rfi_sim_album_has        (RfiSimAlbum *self,
                                       const char  *operation_id);

/* Where the server of the simulation keeps one. Returns: (transfer full) */
char        *rfi_sim_album_path       (const char  *photo_id);

G_END_DECLS
