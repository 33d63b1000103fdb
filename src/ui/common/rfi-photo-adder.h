/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_PHOTO_ADDER (rfi_photo_adder_get_type ())

G_DECLARE_FINAL_TYPE (RfiPhotoAdder, rfi_photo_adder, RFI, PHOTO_ADDER, GObject)

/**
 * RfiPhotoAdder:
 *
 * Takes picture files, or asks for them, and adds them to a job, one after the other. It
 * keeps itself alive until it is done. Signal `failed (words)`: one file was not taken, which,
 * and why.
 */
RfiPhotoAdder *rfi_photo_adder_new    (RfiSession    *session,
                                       const char    *job_id);
void           rfi_photo_adder_choose (RfiPhotoAdder *self,
                                       GtkWindow     *parent);

/* Dropped ones. */
void           rfi_photo_adder_add    (RfiPhotoAdder *self,
                                       GdkFileList   *files);

/* Copied files, or a copied picture. */
void           rfi_photo_adder_paste  (RfiPhotoAdder *self,
                                       GdkClipboard  *clipboard);

G_END_DECLS
