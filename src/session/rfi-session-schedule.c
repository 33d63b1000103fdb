/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-schedule"

#include "config.h"

#include "rfi-session-schedule.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-session-private.h"
#include "rfi-time.h"
#include "rfi-undo-stack.h"

#include <string.h>

/* The visits of a technician as the rules want them; they live as long as the table stays. */
static GArray *
list_visits (RfiSchedule *schedule,
             const char  *technician_id)
{
  guint n_bars = 0;
  const RfiScheduleBar *bars =
    technician_id != NULL ? rfi_schedule_get_bars (schedule, technician_id, &n_bars) : NULL;
  GArray *visits = g_array_sized_new (FALSE, FALSE, sizeof (RfiVisit), n_bars);

  for (guint i = 0; i < n_bars; i++)
    {
      RfiJobState *state = rfi_schedule_get_state (schedule, &bars[i]);
      RfiVisit visit = { state != NULL ? state->work : NULL, bars[i].span };

      if (state != NULL)
        g_array_append_val (visits, visit);
    }
  return visits;
}

/* @zone, @visits: (transfer none): to outlive what is returned */
static RfiScheduleCase
make_case (RfiSession *self,
           const char *technician_id,
           GArray     *visits,
           GTimeZone  *zone)
{
  return (RfiScheduleCase) {
    .user = rfi_session_get_user (self),
    .online = rfi_session_get_online (self),
    .technician = technician_id != NULL ? rfi_session_get_technician (self, technician_id) : NULL,
    .visits = (const RfiVisit *) visits->data,
    .n_visits = visits->len,
    .zone = zone,
    .now = g_get_real_time () / 1000,
    .rules = _rfi_session_get_alert_rules (self),
  };
}

static RfiJob *
get_job (RfiSession *self,
         const char *job_id)
{
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (self), job_id);

  return state != NULL ? state->work : NULL;
}

/* A technician the list does not tell of may still have the job. */
static gboolean
is_stranger (const RfiScheduleCase *about,
             const RfiJob          *job,
             const char            *technician_id)
{
  return technician_id != NULL && about->technician == NULL
         && g_strcmp0 (job->assigned_to, technician_id) != 0;
}

void
rfi_session_check_place (RfiSession       *self,
                         RfiSchedule      *schedule,
                         const char       *job_id,
                         const char       *technician_id,
                         const RfiSpan    *span,
                         RfiScheduleCheck *check)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GArray) visits = list_visits (schedule, technician_id);
  RfiScheduleCase about = make_case (self, technician_id, visits, zone);
  RfiJob *job = get_job (self, job_id);
  RfiVerdict verdict;

  *check = (RfiScheduleCheck) { .verdict = RFI_VERDICT_NOT_VISIBLE };
  if (job == NULL)
    return;
  if (is_stranger (&about, job, technician_id))
    {
      check->verdict = RFI_VERDICT_TAKES_NO_WORK;
      return;
    }

  rfi_schedule_check (&about, job, span, check);
  verdict = rfi_session_check (self, job_id, RFI_ACTION_EDIT);
  if (check->verdict == RFI_VERDICT_OK)
    check->verdict = verdict;
}

gboolean
rfi_session_find_slot (RfiSession    *self,
                       RfiSchedule   *schedule,
                       const char    *job_id,
                       const char    *technician_id,
                       const RfiSpan *wanted,
                       RfiSpan       *slot)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GArray) visits = list_visits (schedule, technician_id);
  RfiScheduleCase about = make_case (self, technician_id, visits, zone);
  RfiJob *job = get_job (self, job_id);

  return job != NULL && about.technician != NULL
         && rfi_schedule_find_slot (&about, job, wanted->start, wanted->end - wanted->start, slot);
}

typedef struct
{
  char     *job_id;
  char     *technician_id;  /* (nullable): whoever has it */
  RfiPatch *times;          /* (owned) */
  guint     group;          /* of the steps that undo it; 0 = it is one */
} Place;

static void
place_free (gpointer data)
{
  Place *self = data;

  g_free (self->job_id);
  g_free (self->technician_id);
  rfi_patch_unref (self->times);
  g_free (self);
}

/* What was one wish is undone at once. */
static void
join_group (GTask *task)
{
  Place *place = g_task_get_task_data (task);
  RfiSession *self = g_task_get_source_object (task);
  RfiUndoStep *step = rfi_undo_stack_get_undo (rfi_session_get_undo (self));
  guint n = step != NULL ? rfi_undo_step_get_n_deeds (step) : 0;

  if (place->group != 0 && n == 1 && rfi_undo_step_get_group (step) == 0 &&
      strcmp (rfi_job_item_get_id (rfi_undo_step_get_deed (step, 0)->item), place->job_id) == 0)
    rfi_undo_step_set_group (step, place->group);
}

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  join_group (task);
  g_task_return_boolean (task, TRUE);
}

static void
edit (GTask *task)
{
  Place *place = g_task_get_task_data (task);

  rfi_session_edit_async (g_task_get_source_object (task), place->job_id, place->times, edited_cb,
                          g_object_ref (task));
}

static void
assigned_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  join_group (task);
  edit (task);
}

static void
assign (GTask *task)
{
  Place *place = g_task_get_task_data (task);

  rfi_session_assign_async (g_task_get_source_object (task), place->job_id, place->technician_id,
                            assigned_cb, g_object_ref (task));
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  join_group (task);
  assign (task);
}

/* Whoever gets it has it at its old time for a moment, which is nobody's wish: a server that looks
 * for overlaps would find some. So the old time goes first. */
static void
clear_times (GTask *task)
{
  Place *place = g_task_get_task_data (task);
  g_autoptr(RfiPatch) none = rfi_patch_new ();

  rfi_patch_set (none, RFI_FIELD_SCHEDULED_START, "");
  rfi_patch_set (none, RFI_FIELD_SCHEDULED_END, "");
  rfi_session_edit_async (g_task_get_source_object (task), place->job_id, none, cleared_cb,
                          g_object_ref (task));
}

/* @span: (nullable) */
static gboolean
is_elsewhen (const RfiJob  *job,
             const RfiSpan *span)
{
  RfiSpan before;

  return rfi_schedule_get_span (job, &before)
         && (span == NULL || span->start != before.start || span->end != before.end);
}

static GTask *
new_task (RfiSession          *self,
          gpointer             tag,
          const char          *job_id,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Place *place = g_new0 (Place, 1);

  /* What is durable is done; saying otherwise would make people do it twice. */
  g_task_set_check_cancellable (task, FALSE);
  place->job_id = g_strdup (job_id);
  place->times = rfi_patch_new ();
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, place, place_free);
  return task;
}

/* @ms: 0 = none */
static void
set_time (GTask    *task,
          RfiField  field,
          gint64    ms)
{
  Place *place = g_task_get_task_data (task);
  g_autofree char *text = ms != 0 ? rfi_time_to_string (ms) : g_strdup ("");

  rfi_patch_set (place->times, field, text);
}

void
rfi_session_place_async (RfiSession          *self,
                         const char          *job_id,
                         const char          *technician_id,
                         const RfiSpan       *span,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  static guint last_group;
  g_autoptr(GTask) task = NULL;
  RfiVerdict verdict;
  Place *place;
  RfiJob *job;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_place_async, job_id, callback, user_data);
  set_time (task, RFI_FIELD_SCHEDULED_START, span != NULL ? span->start : 0);
  set_time (task, RFI_FIELD_SCHEDULED_END, span != NULL ? span->end : 0);

  place = g_task_get_task_data (task);
  place->technician_id = g_strdup (technician_id);
  job = get_job (self, job_id);
  if (job == NULL || technician_id == NULL || g_strcmp0 (job->assigned_to, technician_id) == 0)
    {
      edit (task);
      return;
    }

  place->group = ++last_group;

  /* Before anything is done, what comes later must be possible. */
  verdict = rfi_session_check (self, job_id, RFI_ACTION_ASSIGN);
  if (verdict != RFI_VERDICT_OK)
    g_task_return_error (task, _rfi_session_refuse (verdict));
  else if (is_elsewhen (job, span))
    clear_times (task);
  else
    assign (task);
}

void
rfi_session_hold_async (RfiSession          *self,
                        const char          *job_id,
                        gint64               until,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_hold_async, job_id, callback, user_data);
  set_time (task, RFI_FIELD_HOLD_UNTIL, until);
  edit (task);
}
