/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_GALLERY_PAGE (rfi_gallery_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiGalleryPage, rfi_gallery_page, RFI, GALLERY_PAGE, AdwBin)

/**
 * RfiGalleryPage:
 *
 * The photos of one job: thumbnails, and one of them to be looked at closely. New ones by
 * chooser, drop or paste; what still has to be sent is marked. Signal `closed`.
 */
/* @session: (nullable) */
void        rfi_gallery_page_set_session (RfiGalleryPage *self,
                                          RfiSession     *session);
/* @job_id: (nullable) */
void        rfi_gallery_page_set_job_id (RfiGalleryPage *self,
                                         const char     *job_id);
const char *rfi_gallery_page_get_job_id (RfiGalleryPage *self);
/* All photos of the job, with this one looked at. @photo_id: (nullable): the first */
void        rfi_gallery_page_show_photo (RfiGalleryPage *self,
                                         const char     *job_id,
                                         const char     *photo_id);

G_END_DECLS
