/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_PHOTO (rfi_photo_get_type ())

/* The contract takes strictly less than this. */
#define RFI_PHOTO_SIZE_LIMIT 10485760

/**
 * RfiPhoto:
 *
 * An attachment of a job: read only, safe to share between threads.
 */
struct _RfiPhoto
{
  char            *id;           /* server's id, or the operation's while it waits to be sent */
  char            *file_name;
  char            *mime_type;    /* "image/jpeg" or "image/png" */
  gint64           size;         /* bytes */
  char            *uploaded_by;  /* user id */
  gint64           uploaded_at;  /* ms since 1970 */
  char            *url;          /* (nullable): signed and expiring; never an identity */
  gboolean         waiting;      /* still to be sent from this computer */

  gatomicrefcount  ref_count;
};

GType     rfi_photo_get_type (void) G_GNUC_CONST;
/* Copies @template's strings. Returns: (transfer full) */
RfiPhoto *rfi_photo_new      (const RfiPhoto *template);
RfiPhoto *rfi_photo_ref      (RfiPhoto       *self);
void      rfi_photo_unref    (RfiPhoto       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPhoto, rfi_photo_unref)

G_END_DECLS
