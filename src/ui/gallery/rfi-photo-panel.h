/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-job-item.h"
#include "rfi-photo.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_PHOTO_PANEL (rfi_photo_panel_get_type ())

G_DECLARE_FINAL_TYPE (RfiPhotoPanel, rfi_photo_panel, RFI, PHOTO_PANEL, AdwBin)

/**
 * RfiPhotoPanel:
 *
 * The viewer's side of the gallery: one photo, its name and facts, and what can be done with it.
 *
 * Actions: `photo.rotate`, `photo.zoom-in`, `photo.zoom-out`, `photo.zoom-fit`, `photo.copy`,
 * `photo.save`, `photo.delete` (asks). Its buttons also use the page's `photos.previous`,
 * `photos.next` and `photos.full-screen`.
 *
 * Signals: `changed`: the job's photos are to be listed again.
 */

/* Loads what is not shown yet; a photo that is shown already only gets its facts renewed.
 * @item, @photo: (nullable): both %NULL empties it */
void        rfi_photo_panel_show         (RfiPhotoPanel *self,
                                          RfiSession    *session,
                                          RfiJobItem    *item,
                                          RfiPhoto      *photo);

/* (nullable): the photo that is shown */
const char *rfi_photo_panel_get_photo_id (RfiPhotoPanel *self);

G_END_DECLS
