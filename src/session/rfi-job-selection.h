/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_SELECTION (rfi_job_selection_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobSelection, rfi_job_selection, RFI, JOB_SELECTION, GObject)

/**
 * RfiJobSelection:
 *
 * Which jobs are selected in a window: one for board, timeline, table and detail. A job keeps its
 * place when it moves, changes or gets its final id; one that leaves the table leaves it. The
 * cursor is the job last chosen by itself or added: what a command on one job means.
 *
 * Properties (read only, notify): `cursor` (RfiJobItem, nullable), `n-selected`.
 * Signal `changed`: after any change of the set, once per call.
 */
RfiJobSelection *rfi_job_selection_new        (void);

/* (nullable) */
RfiJobItem      *rfi_job_selection_get_cursor (RfiJobSelection *self);

guint            rfi_job_selection_get_n      (RfiJobSelection *self);
gboolean         rfi_job_selection_has        (RfiJobSelection *self,
                                               RfiJobItem      *item);

/* In the order they were selected. Returns: (transfer container) (element-type RfiJobItem) */
GPtrArray       *rfi_job_selection_list       (RfiJobSelection *self);

/* Only this one. @item: (nullable): nothing */
void             rfi_job_selection_choose     (RfiJobSelection *self,
                                               RfiJobItem      *item);

/* It is looked at: as the cursor of several that it is one of, else only this one. @item:
 * (nullable): nothing */
void             rfi_job_selection_look_at    (RfiJobSelection *self,
                                               RfiJobItem      *item);

/* Adds it, as the cursor, or takes it out. */
void             rfi_job_selection_toggle     (RfiJobSelection *self,
                                               RfiJobItem      *item);

/* Adds some, takes out others, and sets the cursor, all as one change. @added, @removed: (nullable)
 * (element-type RfiJobItem); @cursor: (nullable): as it was, or the last one added */
void             rfi_job_selection_change     (RfiJobSelection *self,
                                               GPtrArray       *added,
                                               GPtrArray       *removed,
                                               RfiJobItem      *cursor);

/* Exactly these. @items: (element-type RfiJobItem); @cursor: (nullable): one of them */
void             rfi_job_selection_replace    (RfiJobSelection *self,
                                               GPtrArray       *items,
                                               RfiJobItem      *cursor);

G_END_DECLS
