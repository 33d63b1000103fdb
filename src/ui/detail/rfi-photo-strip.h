/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_PHOTO_STRIP (rfi_photo_strip_get_type ())

G_DECLARE_FINAL_TYPE (RfiPhotoStrip, rfi_photo_strip, RFI, PHOTO_STRIP, AdwBin)

/* The photos of a job in a row; a press opens the gallery. */
/* @job_id: (nullable) */
void rfi_photo_strip_set_job (RfiPhotoStrip *self,
                              RfiSession    *session,
                              const char    *job_id);

/* Reads them again, after something changed. */
void rfi_photo_strip_reload  (RfiPhotoStrip *self);

G_END_DECLS
