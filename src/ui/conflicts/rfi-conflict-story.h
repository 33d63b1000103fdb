/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICT_STORY (rfi_conflict_story_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictStory, rfi_conflict_story, RFI, CONFLICT_STORY, AdwBin)

/* What happened to the job last, as far as this computer knows: who did what, and when. The server
 * is asked for names that are not known here. */

void       rfi_conflict_story_show (RfiConflictStory *self,
                                    RfiSession       *session,
                                    const char       *job_id);

G_END_DECLS
