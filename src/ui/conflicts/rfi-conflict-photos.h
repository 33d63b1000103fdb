/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICT_PHOTOS (rfi_conflict_photos_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictPhotos, rfi_conflict_photos, RFI, CONFLICT_PHOTOS, AdwBin)

/* The first photos of the job that a conflict is about; each opens them all. */

void       rfi_conflict_photos_show (RfiConflictPhotos *self,
                                     RfiSession        *session,
                                     const char        *job_id);

G_END_DECLS
