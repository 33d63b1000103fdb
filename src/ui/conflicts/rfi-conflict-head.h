/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-conflict.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICT_HEAD (rfi_conflict_head_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictHead, rfi_conflict_head, RFI, CONFLICT_HEAD, AdwBin)

/* Which job a conflict is about: its title, priority, place, photos, and the way there. */

void       rfi_conflict_head_show       (RfiConflictHead *self,
                                         RfiSession      *session,
                                         RfiConflict     *conflict);
void       rfi_conflict_head_set_narrow (RfiConflictHead *self,
                                         gboolean         narrow);

G_END_DECLS
