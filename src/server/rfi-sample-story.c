/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-story"

#include "config.h"

#include "rfi-sample-story.h"

#include "rfi-server-audit.h"

struct _RfiSampleStory
{
  GPtrArray *steps;  /* (owned) (element-type Step) */
  gint64     since;
};

typedef struct
{
  RfiJob     *before;   /* (owned) (nullable) */
  RfiJob     *after;    /* (owned) */
  const char *action;
  const char *user_id;
  gint64      at;       /* ms since 1970 */
} Step;

static void
step_free (gpointer data)
{
  Step *self = data;

  g_clear_pointer (&self->before, rfi_job_unref);
  rfi_job_unref (self->after);
  g_free (self);
}

RfiSampleStory *
rfi_sample_story_new (gint64 since)
{
  RfiSampleStory *self = g_new0 (RfiSampleStory, 1);

  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->since = since;
  return self;
}

void
rfi_sample_story_free (RfiSampleStory *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/* Returns: (transfer full): @job before work on it was done */
static RfiJob *
take_back_end (RfiJob *job)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (RFI_STATUS_IN_PROGRESS));
  rfi_patch_set (patch, RFI_FIELD_PARTS, "");
  rfi_patch_set (patch, RFI_FIELD_LABOUR, "");
  rfi_patch_set (patch, RFI_FIELD_COMPLETION_NOTES, "");
  return rfi_job_apply (job, patch);
}

/* Returns: (transfer full): @job as it was in @status */
static RfiJob *
take_back_status (RfiJob    *job,
                  RfiStatus  status)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (status));
  if (status == RFI_STATUS_PENDING)
    {
      rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, "");
      rfi_patch_set (patch, RFI_FIELD_SCHEDULED_START, "");
      rfi_patch_set (patch, RFI_FIELD_SCHEDULED_END, "");
    }
  return rfi_job_apply (job, patch);
}

static void
add_step (RfiSampleStory *self,
          RfiJob         *before,
          RfiJob         *after,
          const char     *action,
          const char     *user_id,
          gint64          at)
{
  Step *step;

  after->version = before != NULL ? before->version + 1 : 1;
  if (at < self->since)
    return;

  step = g_new0 (Step, 1);
  step->before = before != NULL ? rfi_job_ref (before) : NULL;
  step->after = rfi_job_ref (after);
  step->action = action;
  step->user_id = user_id;
  step->at = at;
  g_ptr_array_add (self->steps, step);
}

/* The last step is when it was changed last; those between have their share of the time. */
gint64
rfi_sample_story_add (RfiSampleStory *self,
                      const RfiJob   *job,
                      const char     *dispatcher_id)
{
  g_autoptr(RfiJob) last = rfi_job_new (job);
  g_autoptr(RfiJob) begun = NULL;
  g_autoptr(RfiJob) assigned = NULL;
  g_autoptr(RfiJob) made = NULL;
  gboolean done = job->status == RFI_STATUS_COMPLETED;
  gboolean cancelled = job->status == RFI_STATUS_CANCELLED;
  gint64 span = job->updated_at - job->created_at;
  gint64 share = 10 + g_str_hash (job->id) % 30;
  RfiJob *now;

  begun = done ? take_back_end (last) : rfi_job_ref (last);
  assigned = job->assigned_to != NULL && job->status != RFI_STATUS_ASSIGNED
               ? take_back_status (begun, RFI_STATUS_ASSIGNED)
               : rfi_job_ref (begun);
  made = job->status != RFI_STATUS_PENDING ? take_back_status (assigned, RFI_STATUS_PENDING)
                                           : rfi_job_ref (assigned);

  add_step (self, NULL, made, "create", last->created_by, job->created_at);
  now = made;
  if (job->assigned_to != NULL)
    {
      add_step (self, now, assigned, "assign", dispatcher_id,
                job->status == RFI_STATUS_ASSIGNED ? job->updated_at
                                                   : job->created_at + span * share / 100);
      now = assigned;
    }
  if (done || job->status == RFI_STATUS_IN_PROGRESS)
    {
      add_step (self, now, begun, "status", last->assigned_to,
                done ? job->created_at + span * (share + 50) / 100 : job->updated_at);
      now = begun;
    }
  if (done || cancelled)
    add_step (self, now, last, "status", done ? last->assigned_to : dispatcher_id,
              job->updated_at);
  return last->version;
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *x = *(Step *const *) a;
  const Step *y = *(Step *const *) b;
  int order = (x->at > y->at) - (x->at < y->at);

  /* Of one job the versions tell. */
  return order != 0 ? order
                    : (x->after->version > y->after->version) -
                        (x->after->version < y->after->version);
}

gboolean
rfi_sample_story_write (RfiSampleStory  *self,
                        RfiDb           *db,
                        GError         **error)
{
  g_ptr_array_sort (self->steps, compare_steps);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const Step *step = self->steps->pdata[i];
      const RfiServerActor actor = {
        .user_id = step->user_id, .origin = RFI_SERVER_ORIGIN_REST, .action = step->action,
        .at = step->at,
      };

      if (!rfi_server_audit_note_job (db, &actor, step->before, step->after, error))
        return FALSE;
    }
  return TRUE;
}
