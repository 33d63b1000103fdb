/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-state"

#include "config.h"

#include "rfi-job-state.h"

G_DEFINE_BOXED_TYPE (RfiJobState, rfi_job_state, rfi_job_state_ref, rfi_job_state_unref)

/* There are as many as there are jobs: in a slice one takes half of what it takes by itself. */
RfiJobState *
rfi_job_state_new (RfiJob  *work,
                   RfiMark  mark,
                   guint    n_pending)
{
  RfiJobState *self = g_slice_new0 (RfiJobState);

  self->work = rfi_job_ref (work);
  self->mark = mark;
  self->n_pending = n_pending;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiJobState *
rfi_job_state_ref (RfiJobState *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_job_state_unref (RfiJobState *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  rfi_job_unref (self->work);
  g_slice_free (RfiJobState, self);
}
