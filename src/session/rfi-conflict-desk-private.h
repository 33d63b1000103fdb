/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict-desk.h"

G_BEGIN_DECLS

/* What the parts of RfiConflictDesk share. */

/* A decision that may still be taken back. */
typedef struct
{
  RfiConflict *conflict;      /* (owned): as it was */
  char        *operation_id;  /* what it was decided with */
} RfiDeskDeed;

void        _rfi_desk_deed_free            (gpointer         deed);

/* (nullable) once it is gone */
RfiSession *_rfi_conflict_desk_get_session (RfiConflictDesk *self);
/* (element-type RfiDeskDeed) */
GPtrArray  *_rfi_conflict_desk_get_undo    (RfiConflictDesk *self);
/* Its record is decided here, or no longer. */
void        _rfi_conflict_desk_hide        (RfiConflictDesk *self,
                                            RfiConflict     *conflict,
                                            gboolean         hidden);
/* No remembered choice is to decide it any more. */
void        _rfi_conflict_desk_keep        (RfiConflictDesk *self,
                                            RfiConflict     *conflict);

G_END_DECLS
