/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_STATE (rfi_job_state_get_type ())

/* Which emblem a job carries; a greater one beats a lesser one. */
typedef enum {
  RFI_MARK_CONFIRMED,  /* as the server has it */
  RFI_MARK_SYNCING,    /* being sent right now; set by the session, never stored */
  RFI_MARK_QUEUED,     /* changed here, waits to be sent */
  RFI_MARK_FAILED,     /* the server refused a change, a person must look */
  RFI_MARK_CONFLICT,
  RFI_MARK_NEWS,       /* somebody else changed it while it is held; set for items, never stored */
} RfiMark;

/**
 * RfiJobState:
 *
 * What the console shows of one job: the server's row with the person's pending operations
 * replayed on it, and how far those are. Read only, safe to share between threads.
 */
struct _RfiJobState
{
  RfiJob          *work;       /* (owned) */
  guint32          mark : 4;        /* RfiMark */
  guint32          n_pending : 28;  /* operations in the outbox for it */

  gatomicrefcount  ref_count;
};

GType        rfi_job_state_get_type (void) G_GNUC_CONST;
RfiJobState *rfi_job_state_new      (RfiJob      *work,
                                     RfiMark      mark,
                                     guint        n_pending);
RfiJobState *rfi_job_state_ref      (RfiJobState *self);
void         rfi_job_state_unref    (RfiJobState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiJobState, rfi_job_state_unref)

G_END_DECLS
