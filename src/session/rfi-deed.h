/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

/**
 * RfiDeed:
 *
 * What one operation did to one job, as far as it takes to do it the other way round. Read only;
 * for the main thread.
 */
struct _RfiDeed
{
  RfiJobItem       *item;          /* (owned) */
  RfiOperationKind  kind;
  RfiPatch         *before;        /* (owned): what stood in each field that changed … */
  RfiPatch         *after;         /* (owned): … and what stands there since */
  char             *operation_id;  /* (nullable): what brought about the side that stands now */

  grefcount         ref_count;
};

/* What @operation does to @job. Returns: (transfer full) */
RfiDeed  *rfi_deed_new            (RfiJobItem         *item,
                                   RfiJob             *job,
                                   const RfiOperation *operation);
/* Of what cannot be undone only that it was. */
RfiDeed  *rfi_deed_new_barrier    (RfiJobItem         *item,
                                   RfiOperationKind    kind);
/* The same, with one side or the other brought about anew. @operation_id: (nullable).
 * Returns: (transfer full) */
RfiDeed  *rfi_deed_renew          (const RfiDeed      *self,
                                   const char         *operation_id);
RfiDeed  *rfi_deed_ref            (RfiDeed            *self);
void      rfi_deed_unref          (RfiDeed            *self);

/* What a command of the deed's kind sets to bring about one side. Returns: (transfer full) */
RfiPatch *rfi_deed_aim            (const RfiDeed      *self,
                                   gboolean            back);

/* Whether there is a command for the way back, wherever the job goes from here. */
gboolean  rfi_deed_is_reversible  (const RfiDeed      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDeed, rfi_deed_unref)

G_END_DECLS
