/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-apply"

#include "config.h"

#include "rfi-service-apply.h"

#include "rfi-canonical.h"
#include "rfi-merge.h"
#include "rfi-rules.h"
#include "rfi-server-conflicts.h"
#include "rfi-server-gone.h"
#include "rfi-server-photos.h"
#include "rfi-server-users.h"
#include "rfi-service-effect.h"
#include "rfi-service-move.h"

#include <string.h>

static void
effect_clear (RfiServiceEffect *self)
{
  g_clear_pointer (&self->job, rfi_job_unref);
  g_clear_pointer (&self->settles, rfi_conflict_record_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RfiServiceEffect, effect_clear)

gboolean
rfi_service_reject (RfiPushResult *result,
                    const char    *code,
                    const char    *message,
                    gboolean       correctable)
{
  result->outcome = RFI_OUTCOME_REJECTED;
  result->code = g_strdup (code);
  result->message = g_strdup (message);
  result->correctable = correctable;
  return TRUE;
}

static gboolean
forbid (RfiServiceEffect *self)
{
  return rfi_service_reject (self->result, "FORBIDDEN", "Insufficient permissions", FALSE);
}

static gboolean
reject_value (RfiServiceEffect *self,
              const char       *message)
{
  return rfi_service_reject (self->result, "VALIDATION_ERROR", message, TRUE);
}

static RfiServerActor
get_actor (RfiServiceEffect *self)
{
  return (RfiServerActor) {
    .user_id = self->call->user->id,
    .device_id = self->operation->device_id,
    .origin = RFI_SERVER_ORIGIN_SYNC,
    .action = rfi_operation_kind_to_string (self->operation->kind),
    .at = self->call->request->now,
  };
}

static void
add_news (RfiServiceEffect *self,
          RfiHubEvent       event,
          RfiJob           *job,
          RfiJob           *previous,
          gint64            seq)
{
  RfiSyncNews *news = g_new0 (RfiSyncNews, 1);

  news->event = event;
  news->job = rfi_job_ref (job);
  news->previous = previous != NULL ? rfi_job_ref (previous) : NULL;
  news->seq = seq;
  news->triggered_by = g_strdup (self->call->user->id);
  g_ptr_array_add (self->call->reply->news, news);
}

/* For what is accepted and changes no job: it is in force as soon as the client has all there is
 * now. */
static gboolean
accept_without_effect (RfiServiceEffect  *self,
                       GError           **error)
{
  RfiServerHead head;

  if (!rfi_server_head_get (self->call->db, &head, error))
    return FALSE;

  self->result->outcome = RFI_OUTCOME_APPLIED;
  self->result->change_seq = head.seq;
  return TRUE;
}

/* Into @self->job, unless this person may not see it. */
static gboolean
load_job (RfiServiceEffect  *self,
          GError           **error)
{
  RfiDb *db = self->call->db;
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiJob) job = rfi_server_jobs_get (db, self->operation->entity_id, &local);
  g_autoptr(GPtrArray) photos = NULL;
  RfiJob with_photos;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (job == NULL || !rfi_rules_may_see (self->call->user, job))
    return TRUE;
  if (job->n_photos == 0)
    {
      self->job = g_steal_pointer (&job);
      return TRUE;
    }

  photos = rfi_server_photos_list (db, job->id, error);
  if (photos == NULL)
    return FALSE;

  with_photos = *job;
  with_photos.photos = photos;
  self->job = rfi_job_new (&with_photos);
  return TRUE;
}

/* %FALSE: one of them is no good, which is said. */
static gboolean
check_values (RfiServiceEffect *self)
{
  static const char * const problems[] = {
    [RFI_FIELD_BLANK] = "is required",
    [RFI_FIELD_TOO_LONG] = "is too long",
    [RFI_FIELD_BAD_WORD] = "is not of the right form",
  };
  const RfiSignedOperation *operation = self->operation;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      const char *value = rfi_patch_get (operation->patch, field);
      gboolean is_asked = operation->kind == RFI_OPERATION_CREATE && field != RFI_FIELD_STATUS;
      RfiFieldProblem problem;
      g_autofree char *message = NULL;

      if (value == NULL && !is_asked)
        continue;
      problem = rfi_field_check (field, value);
      if (problem == RFI_FIELD_OK)
        continue;

      message = g_strdup_printf ("%s %s", rfi_field_to_string (field), problems[problem]);
      reject_value (self, message);
      return FALSE;
    }

  return TRUE;
}

/* By the role alone, before anything is said about the job. %FALSE: refused. */
static gboolean
check_roles (RfiServiceEffect *self)
{
  const RfiPatch *patch = self->operation->patch;
  RfiRole role = self->call->user->role;
  const char *status = rfi_patch_get (patch, RFI_FIELD_STATUS);
  gboolean cancels = g_strcmp0 (status, rfi_status_to_string (RFI_STATUS_CANCELLED)) == 0;
  gboolean edits = FALSE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    edits = edits || (i != RFI_FIELD_STATUS && i != RFI_FIELD_ASSIGNED_TO &&
                      rfi_patch_has (patch, (RfiField) i));

  if ((edits && rfi_rules_check_role (role, RFI_ACTION_EDIT, TRUE) != RFI_VERDICT_OK) ||
      (status != NULL &&
       rfi_rules_check_role (role, cancels ? RFI_ACTION_CANCEL : RFI_ACTION_SET_STATUS, TRUE) !=
         RFI_VERDICT_OK) ||
      (rfi_patch_has (patch, RFI_FIELD_ASSIGNED_TO) &&
       rfi_rules_check_role (role, RFI_ACTION_ASSIGN, TRUE) != RFI_VERDICT_OK))
    {
      forbid (self);
      return FALSE;
    }

  return TRUE;
}

/* Times as text in one spelling stand in the order of time. */
static gboolean
is_schedule_good (const RfiJob *job)
{
  const char *start = rfi_job_get_field (job, RFI_FIELD_SCHEDULED_START);
  const char *end = rfi_job_get_field (job, RFI_FIELD_SCHEDULED_END);

  return *start == '\0' || *end == '\0' || strcmp (start, end) < 0;
}

static gboolean
is_id_taken (RfiServiceEffect  *self,
             gboolean          *taken,
             GError           **error)
{
  RfiDb *db = self->call->db;
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiJob) there = rfi_server_jobs_get (db, self->operation->entity_id, &local);

  *taken = there != NULL ||
           (local == NULL && rfi_server_gone_find (db, self->operation->entity_id, &local) > 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* In the history of one of two jobs, which job stands for which. */
static gboolean
note_remade (RfiServiceEffect  *self,
             const char        *job_id,
             const char        *vendor_id,
             const char        *gone_id,
             const char        *made_id,
             GError           **error)
{
  RfiServerActor actor = get_actor (self);
  g_autoptr(GString) changes = g_string_new ("[{");

  actor.action = "remake";
  rfi_canonical_append_text_member (changes, "after", made_id);
  rfi_canonical_append_text_member (changes, "before", gone_id);
  rfi_canonical_append_text_member (changes, "field", "jobId");
  g_string_append (changes, "}]");
  return rfi_server_audit_note (self->call->db, &actor, job_id, vendor_id, 0, changes->str, error);
}

/* A job by the id of a conflict is what its maker had made in the place of the job that the
 * conflict was about, once that was gone for them: their signed word, which takes no other. Both
 * histories say so.
 */
static gboolean
tell_remade (RfiServiceEffect  *self,
             GError           **error)
{
  const RfiSignedOperation *operation = self->operation;
  const RfiUser *user = self->call->user;
  g_autofree char *vendor_id = NULL;
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiJob) there = NULL;
  g_autoptr(RfiConflictRecord) about =
    rfi_server_conflicts_find (self->call->db, operation->entity_id, &vendor_id, &local);

  if (about != NULL)
    there = rfi_server_jobs_get (self->call->db, about->job_id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (about == NULL || strcmp (about->user_id, user->id) != 0 ||
      (there != NULL && rfi_rules_may_see (user, there)))
    return TRUE;

  return note_remade (self, about->job_id, vendor_id, "", operation->entity_id, error) &&
         note_remade (self, operation->entity_id, operation->vendor_id, about->job_id, "", error);
}

static gboolean
store_new_job (RfiServiceEffect  *self,
               GError           **error)
{
  const RfiSignedOperation *operation = self->operation;
  RfiServerActor actor = get_actor (self);
  g_autofree char *uuid = rfi_random_uuid (self->call->service->random);
  g_autofree char *etag = g_strconcat ("\"", uuid, "\"", NULL);
  RfiJob empty = {
    .id = operation->entity_id, .status = RFI_STATUS_PENDING,
    .vendor_id = operation->vendor_id, .created_by = self->call->user->id, .etag = rfi_etag (etag),
    .created_at = actor.at, .updated_at = actor.at,
  };
  g_autoptr(RfiJob) template = rfi_job_new (&empty);
  g_autoptr(RfiJob) job = rfi_job_apply (template, operation->patch);
  gint64 seq;

  if (!is_schedule_good (job))
    return reject_value (self, "scheduledEnd must be after scheduledStart");
  if (!rfi_server_jobs_insert (self->call->db, job, &actor, &seq, error) ||
      !tell_remade (self, error))
    return FALSE;

  self->result->outcome = RFI_OUTCOME_APPLIED;
  self->result->version = job->version;
  self->result->change_seq = seq;
  add_news (self, RFI_HUB_EVENT_JOB_CREATED, job, NULL, seq);
  return TRUE;
}

static gboolean
apply_create (RfiServiceEffect  *self,
              GError           **error)
{
  const RfiSignedOperation *operation = self->operation;
  const RfiUser *user = self->call->user;
  const char *status = rfi_patch_get (operation->patch, RFI_FIELD_STATUS);
  const char *assigned_to = rfi_patch_get (operation->patch, RFI_FIELD_ASSIGNED_TO);
  gboolean taken;

  if (rfi_rules_check_role (user->role, RFI_ACTION_CREATE, TRUE) != RFI_VERDICT_OK ||
      (user->role == RFI_ROLE_DISPATCHER &&
       g_strcmp0 (user->vendor_id, operation->vendor_id) != 0))
    return forbid (self);
  if (!check_values (self))
    return TRUE;
  if (!g_uuid_string_is_valid (operation->entity_id))
    return rfi_service_reject (self->result, "VALIDATION_ERROR", "entityId must be a UUID", FALSE);
  if ((status != NULL && strcmp (status, rfi_status_to_string (RFI_STATUS_PENDING)) != 0) ||
      (assigned_to != NULL && *assigned_to != '\0'))
    return reject_value (self, "A new job is pending, and nobody's yet");
  if (!is_id_taken (self, &taken, error))
    return FALSE;
  if (taken)
    return rfi_service_reject (self->result, "ID_TAKEN", "There is, or was, a job of this id",
                               FALSE);

  return store_new_job (self, error);
}

/* What assigning makes of the status, where the operation does not say. */
static RfiStatus
choose_status (const RfiJob *job,
               const RfiJob *wanted)
{
  if (wanted->assigned_to != NULL && job->status == RFI_STATUS_PENDING)
    return RFI_STATUS_ASSIGNED;
  if (wanted->assigned_to == NULL && job->status == RFI_STATUS_ASSIGNED)
    return RFI_STATUS_PENDING;
  return job->status;
}

/* A step that the job allowed when the person saw it is a conflict, any other a mistake. */
static gboolean
refuse_step (RfiServiceEffect  *self,
             const char        *message,
             GError           **error)
{
  if (self->job->version > self->operation->base_version)
    return rfi_service_effect_conflict (self, RFI_CONFLICT_ILLEGAL_STEP, error);

  return rfi_service_reject (self->result, "INVALID_STATUS_TRANSITION", message, TRUE);
}

/* @good: (out): whether they may have it; if not, that is said */
static gboolean
check_technician (RfiServiceEffect  *self,
                  const RfiJob      *wanted,
                  gboolean          *good,
                  GError           **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiUser) technician = NULL;
  RfiVerdict verdict;

  *good = FALSE;
  if (wanted->assigned_to != NULL)
    technician = rfi_server_users_get (self->call->db, wanted->assigned_to, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (wanted->assigned_to != NULL &&
      (technician == NULL || technician->role != RFI_ROLE_TECHNICIAN))
    return reject_value (self, "assignedTo is not the id of a technician");

  verdict = rfi_rules_check_assign (self->call->user, self->job, technician, TRUE);
  if (verdict == RFI_VERDICT_OTHER_VENDOR)
    return reject_value (self, "The technician works for another vendor");
  if (verdict == RFI_VERDICT_JOB_IS_OVER || verdict == RFI_VERDICT_ILLEGAL_STEP)
    return refuse_step (self, "The job is too far on for that", error);
  if (verdict != RFI_VERDICT_OK)
    return forbid (self);
  if (technician != NULL && technician->inactive)
    return rfi_service_effect_conflict (self, RFI_CONFLICT_INACTIVE_TARGET, error);

  *good = TRUE;
  return TRUE;
}

static gboolean
check_status (RfiServiceEffect *self,
              const RfiJob     *wanted)
{
  RfiJob with_technician = *self->job;

  with_technician.assigned_to = wanted->assigned_to;
  switch ((int) rfi_rules_check_status (self->call->user, &with_technician, wanted->status, TRUE))
    {
    case RFI_VERDICT_OK:
      return TRUE;
    case RFI_VERDICT_NEEDS_TECHNICIAN:
      reject_value (self, "An assigned job needs a technician");
      return FALSE;
    case RFI_VERDICT_ILLEGAL_STEP:
      rfi_service_reject (self->result, "INVALID_STATUS_TRANSITION",
                          "The job's status allows no such step", TRUE);
      return FALSE;
    default:
      forbid (self);
      return FALSE;
    }
}

static gboolean
differs (const RfiJob *a,
         const RfiJob *b,
         RfiField      field)
{
  return strcmp (rfi_job_get_field (a, field), rfi_job_get_field (b, field)) != 0;
}

/* Whether somebody would have to be in two places. Who settles just that has seen it and decided.
 * @booked: (out) */
static gboolean
check_booking (RfiServiceEffect  *self,
               const RfiJob      *wanted,
               gboolean          *booked,
               GError           **error)
{
  g_autoptr(GError) local = NULL;
  gboolean is_decided =
    self->settles != NULL && self->settles->reason == RFI_CONFLICT_OVER_BOOKING;

  *booked = !is_decided && !rfi_status_is_final (wanted->status) &&
            (differs (self->job, wanted, RFI_FIELD_ASSIGNED_TO) ||
             differs (self->job, wanted, RFI_FIELD_SCHEDULED_START) ||
             differs (self->job, wanted, RFI_FIELD_SCHEDULED_END)) &&
            rfi_server_jobs_is_booked (self->call->db, wanted, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static RfiHubEvent
choose_event (RfiServiceEffect *self,
              const RfiJob     *changed)
{
  if (self->operation->kind == RFI_OPERATION_ASSIGN ||
      differs (self->job, changed, RFI_FIELD_ASSIGNED_TO))
    return RFI_HUB_EVENT_JOB_ASSIGNED;
  if (differs (self->job, changed, RFI_FIELD_STATUS))
    return RFI_HUB_EVENT_JOB_STATUS_CHANGED;
  return RFI_HUB_EVENT_JOB_UPDATED;
}

static gboolean
store_changed_job (RfiServiceEffect  *self,
                   const RfiJob      *wanted,
                   GError           **error)
{
  RfiServerActor actor = get_actor (self);
  g_autofree char *uuid = rfi_random_uuid (self->call->service->random);
  g_autofree char *etag = g_strconcat ("\"", uuid, "\"", NULL);
  g_autoptr(RfiJob) kept = NULL;
  RfiJob changed = *wanted;
  gint64 seq;

  for (guint i = RFI_FIELD_STORE_NAME; i <= RFI_FIELD_ZIP_CODE; i++)
    if (differs (self->job, wanted, (RfiField) i))
      changed.location_json = NULL;
  changed.etag = rfi_etag (etag);
  changed.updated_at = actor.at;
  if (!rfi_server_jobs_update (self->call->db, self->job, &changed, &actor, &seq, error))
    return FALSE;

  kept = rfi_job_new (&changed);
  self->result->version = changed.version;
  self->result->change_seq = seq;
  add_news (self, choose_event (self, kept), kept, self->job, seq);
  return rfi_service_effect_settle (self, error);
}

/* Without collisions: whether what comes of it may be, and if so does it. */
static gboolean
try_change (RfiServiceEffect  *self,
            const RfiJob      *merged,
            GError           **error)
{
  RfiJob wanted = *merged;
  gboolean booked;
  gboolean good;

  if (differs (self->job, &wanted, RFI_FIELD_ASSIGNED_TO))
    {
      if (!check_technician (self, &wanted, &good, error))
        return FALSE;
      if (!good)
        return TRUE;
      if (!rfi_patch_has (self->operation->patch, RFI_FIELD_STATUS))
        wanted.status = choose_status (self->job, &wanted);
    }
  if (rfi_patch_has (self->operation->patch, RFI_FIELD_STATUS) &&
      differs (self->job, &wanted, RFI_FIELD_STATUS) && !check_status (self, &wanted))
    return TRUE;
  if (!is_schedule_good (&wanted))
    return reject_value (self, "scheduledEnd must be after scheduledStart");
  if (!check_booking (self, &wanted, &booked, error))
    return FALSE;
  if (booked)
    return rfi_service_effect_conflict (self, RFI_CONFLICT_OVER_BOOKING, error);

  return store_changed_job (self, &wanted, error);
}

/* @self->job is there. */
static gboolean
merge_change (RfiServiceEffect  *self,
              GError           **error)
{
  const RfiSignedOperation *operation = self->operation;
  g_autoptr(RfiPatch) before =
    operation->before != NULL ? rfi_patch_ref (operation->before) : rfi_patch_new ();
  g_autoptr(RfiPatch) theirs = rfi_job_to_patch (self->job);
  g_autoptr(RfiPatch) merged = NULL;
  g_autoptr(RfiJob) wanted = NULL;
  RfiMergeOutcome outcomes[RFI_N_FIELDS];
  guint32 taken = 0;
  guint32 overruled = 0;
  guint n_collisions;

  merged = rfi_merge (before, operation->patch, theirs, outcomes, &n_collisions);
  if (n_collisions > 0)
    return rfi_service_effect_collide (self, before, theirs,
                                       outcomes[RFI_FIELD_STATUS] == RFI_MERGE_COLLISION, error);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      taken |= outcomes[i] == RFI_MERGE_BOTH || outcomes[i] == RFI_MERGE_THEIRS ? 1u << i : 0;
      overruled |= outcomes[i] == RFI_MERGE_OVERRULED ? 1u << i : 0;
    }
  wanted = rfi_job_apply (self->job, merged);
  if (!try_change (self, wanted, error))
    return FALSE;

  return self->result->outcome != RFI_OUTCOME_APPLIED ||
         rfi_service_effect_tell_merged (self, taken, overruled, error);
}

static gboolean
apply_change (RfiServiceEffect  *self,
              GError           **error)
{
  if (!check_roles (self) || !check_values (self))
    return TRUE;
  if (!load_job (self, error))
    return FALSE;
  if (self->job == NULL)
    return rfi_service_effect_conflict (self, RFI_CONFLICT_DELETED, error);

  return merge_change (self, error);
}

/* Whether the person deletes what they did not see: somebody changed it since. */
static gboolean
was_changed (RfiServiceEffect *self)
{
  const RfiPatch *before = self->operation->before;

  if (self->operation->base_version == 0 && before == NULL)
    return FALSE;
  if (self->job->version <= self->operation->base_version)
    return FALSE;
  if (before == NULL)
    return TRUE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (before, (RfiField) i) &&
        strcmp (rfi_patch_get (before, (RfiField) i),
                rfi_job_get_field (self->job, (RfiField) i)) != 0)
      return TRUE;

  return FALSE;
}

static gboolean
apply_delete (RfiServiceEffect  *self,
              GError           **error)
{
  RfiServerActor actor = get_actor (self);
  gint64 seq;

  if (rfi_rules_check_role (self->call->user->role, RFI_ACTION_DELETE, TRUE) != RFI_VERDICT_OK)
    return forbid (self);
  if (!load_job (self, error))
    return FALSE;
  /* Who deletes sees everything: it is gone, as they want it. */
  if (self->job == NULL)
    return accept_without_effect (self, error);
  if (was_changed (self))
    return rfi_service_effect_conflict (self, RFI_CONFLICT_FIELDS, error);
  if (!rfi_server_jobs_delete (self->call->db, self->job, &actor, &seq, error))
    return FALSE;

  self->result->outcome = RFI_OUTCOME_APPLIED;
  self->result->version = self->job->version + 1;
  self->result->change_seq = seq;
  add_news (self, RFI_HUB_EVENT_JOB_DELETED, self->job, NULL, seq);
  return TRUE;
}

static gboolean
apply_move (RfiServiceEffect  *self,
            GError           **error)
{
  g_autoptr(RfiJob) moved = NULL;
  gboolean good;

  if (rfi_rules_check_role (self->call->user->role, RFI_ACTION_MOVE, TRUE) != RFI_VERDICT_OK)
    return forbid (self);
  if (!load_job (self, error) || !rfi_service_move_check (self, &good, error))
    return FALSE;
  if (!good)
    return TRUE;
  if (strcmp (self->job->vendor_id, self->operation->vendor_id) == 0)
    return accept_without_effect (self, error);

  self->result->outcome = RFI_OUTCOME_APPLIED;
  moved = rfi_operation_move_job (self->job, self->operation->vendor_id);
  return store_changed_job (self, moved, error);
}

/* Whether this person may settle the conflict. */
static gboolean
may_settle (RfiServiceEffect *self,
            const char       *vendor_id)
{
  const RfiUser *user = self->call->user;

  return user->role == RFI_ROLE_ADMIN || strcmp (self->settles->user_id, user->id) == 0 ||
         (user->role == RFI_ROLE_DISPATCHER && user->vendor_id != NULL &&
          g_strcmp0 (user->vendor_id, vendor_id) == 0);
}

/* The conflict is known, and open. */
static gboolean
settle (RfiServiceEffect  *self,
        GError           **error)
{
  if (!check_roles (self) || !check_values (self))
    return TRUE;
  if (!load_job (self, error))
    return FALSE;
  if (self->job != NULL)
    return merge_change (self, error);
  if (!rfi_patch_is_empty (self->operation->patch))
    return rfi_service_effect_conflict (self, RFI_CONFLICT_DELETED, error);

  return accept_without_effect (self, error) && rfi_service_effect_settle (self, error);
}

static gboolean
apply_resolve (RfiServiceEffect  *self,
               GError           **error)
{
  g_autofree char *vendor_id = NULL;
  g_autoptr(GError) local = NULL;

  self->settles = rfi_server_conflicts_find (self->call->db, self->operation->resolves,
                                             &vendor_id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->settles == NULL || !may_settle (self, vendor_id))
    return rfi_service_reject (self->result, "CONFLICT_UNKNOWN", "There is no such conflict",
                               FALSE);
  if (self->settles->resolved)
    return rfi_service_reject (self->result, "CONFLICT_RESOLVED", "It is settled already", FALSE);
  /* That theirs stands is said of the conflict alone: a console that made the job anew may know it
   * by another id by then. */
  if (strcmp (self->settles->job_id, self->operation->entity_id) != 0 &&
      self->operation->patch != NULL && !rfi_patch_is_empty (self->operation->patch))
    return rfi_service_reject (self->result, "VALIDATION_ERROR",
                               "The conflict is about another job", FALSE);

  return settle (self, error);
}

gboolean
rfi_service_apply (RfiServiceCall            *call,
                   const RfiSignedOperation  *operation,
                   RfiPushResult             *result,
                   GError                   **error)
{
  g_auto(RfiServiceEffect) effect = { .call = call, .operation = operation, .result = result };

  switch (operation->kind)
    {
    case RFI_OPERATION_CREATE:
      return apply_create (&effect, error);
    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_SET_STATUS:
    case RFI_OPERATION_ASSIGN:
      return apply_change (&effect, error);
    case RFI_OPERATION_DELETE:
      return apply_delete (&effect, error);
    case RFI_OPERATION_RESOLVE:
      return apply_resolve (&effect, error);
    case RFI_OPERATION_MOVE:
      return apply_move (&effect, error);
    case RFI_OPERATION_VOID:
      return accept_without_effect (&effect, error);
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
    default:
      return rfi_service_reject (result, "VALIDATION_ERROR", "Photos have calls of their own",
                                 FALSE);
    }
}
