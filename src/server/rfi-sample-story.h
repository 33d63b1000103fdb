/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-job.h"

G_BEGIN_DECLS

/**
 * RfiSampleStory:
 *
 * How sample jobs became what they are: made, assigned, begun, done. The history is one chain in
 * the order of time, so what all of them lived through is gathered first and written at the end.
 */
typedef struct _RfiSampleStory RfiSampleStory;

/* @since: ms since 1970: what was before is forgotten, as if the history were no older */
RfiSampleStory *rfi_sample_story_new   (gint64           since);
void            rfi_sample_story_free  (RfiSampleStory  *self);

/* @job: as it stands now; its text is copied. @dispatcher_id: who assigned or cancelled it, good
 * until the story is written
 * Returns: its version after all of that */
gint64          rfi_sample_story_add   (RfiSampleStory  *self,
                                        const RfiJob    *job,
                                        const char      *dispatcher_id);

gboolean        rfi_sample_story_write (RfiSampleStory  *self,
                                        RfiDb           *db,
                                        GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSampleStory, rfi_sample_story_free)

G_END_DECLS
