/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sample-faults.h"
#include "rfi-server-store.h"

G_BEGIN_DECLS

/**
 * RfiSamplePhotos:
 *
 * Takes photos of sample jobs. Few pictures are drawn and many jobs share them, for drawing
 * one takes longer than filling in a hundred jobs; threads draw while jobs are filled in.
 */
typedef struct _RfiSamplePhotos RfiSamplePhotos;

RfiSamplePhotos *rfi_sample_photos_new   (RfiServerStore        *store);
void             rfi_sample_photos_free  (RfiSamplePhotos       *self);

/* Those that would be there by now, as far as the job has come.
 * @scenes: RFI_SAMPLE_MAX_SCENES of them, the most telling first
 * @own: draw them for this job, with the time in a corner */
void             rfi_sample_photos_take  (RfiSamplePhotos       *self,
                                          const RfiJob          *job,
                                          const RfiSketchScene  *scenes,
                                          gboolean               own,
                                          RfiRandom             *random);

/* Stores all that were taken, once; their jobs are in the store by then. */
gboolean         rfi_sample_photos_write (RfiSamplePhotos       *self,
                                          GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSamplePhotos, rfi_sample_photos_free)

G_END_DECLS
