/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-effect"

#include "config.h"

#include "rfi-service-effect.h"

#include "rfi-canonical.h"
#include "rfi-server-cases.h"
#include "rfi-server-conflicts.h"
#include "rfi-server-users.h"
#include "rfi-service-apply.h"

#include <string.h>

/* Who made the job what it is now, as far as this person may know. */
static gboolean
find_theirs (RfiServiceEffect   *self,
             RfiConflictRecord  *record,
             GError            **error)
{
  const RfiUser *user = self->call->user;
  const char *vendor = user->role == RFI_ROLE_ADMIN ? NULL
                       : user->vendor_id != NULL    ? user->vendor_id
                                                    : "";

  g_clear_pointer (&record->theirs_by, g_free);
  g_clear_pointer (&record->theirs_by_name, g_free);
  record->theirs_at = self->job != NULL ? self->job->updated_at : 0;
  record->theirs_typed_at = 0;
  if (!rfi_server_cases_find_typed (self->call->db, self->operation->entity_id,
                                    &record->theirs_typed_at, error))
    return FALSE;

  return rfi_server_audit_find_last (self->call->db, self->operation->entity_id, vendor,
                                     &record->theirs_by, &record->theirs_by_name,
                                     &record->theirs_at, error);
}

static void
set_patch (RfiPatch       **patch,
           const RfiPatch  *value)
{
  g_clear_pointer (patch, rfi_patch_unref);
  *patch = value != NULL ? rfi_patch_copy (value) : rfi_patch_new ();
}

/* By the number in conflict, which has one record: a server that was put back and is sent it again
 * then knows what was decided about it in the history that is gone.
 * Returns: (transfer full) */
static char *
make_id (const RfiSignedOperation *operation)
{
  g_autofree char *text =
    g_strdup_printf ("conflict %s %s %" G_GINT64_FORMAT, operation->device_id, operation->epoch,
                     operation->seq);

  return rfi_canonical_uuid (text);
}

/* Returns: (transfer full) (nullable) */
static RfiConflictRecord *
make_record (RfiServiceEffect  *self,
             GError           **error)
{
  const RfiSignedOperation *operation = self->operation;
  g_autoptr(RfiConflictRecord) record = g_new0 (RfiConflictRecord, 1);
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiUser) user = rfi_server_users_get (self->call->db, operation->user_id, &local);
  const char *title = self->job != NULL           ? self->job->title
                      : operation->before != NULL ? rfi_patch_get (operation->before,
                                                                   RFI_FIELD_TITLE)
                                                  : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  record->id = make_id (operation);
  record->job_id = g_strdup (operation->entity_id);
  record->job_title = g_strdup (title != NULL ? title : "");
  record->device_id = g_strdup (operation->device_id);
  record->user_id = g_strdup (operation->user_id);
  record->user_name = g_strdup (user != NULL ? user->display_name : operation->user_id);
  record->seq = operation->seq;
  record->kind = operation->kind;
  record->detected_at = self->call->request->now;
  return g_steal_pointer (&record);
}

static void
tell (RfiPushResult           *result,
      const RfiConflictRecord *record)
{
  result->outcome = RFI_OUTCOME_CONFLICT;
  result->conflict_id = g_strdup (record->id);
  result->reason = record->reason;
  result->theirs = record->theirs != NULL ? rfi_patch_copy (record->theirs) : NULL;
  result->version = record->version;
  result->theirs_by = g_strdup (record->theirs_by);
  result->theirs_by_name = g_strdup (record->theirs_by_name);
  result->theirs_at = record->theirs_at;
}

gboolean
rfi_service_effect_conflict (RfiServiceEffect   *self,
                             RfiConflictReason   reason,
                             GError            **error)
{
  RfiServiceCall *call = self->call;
  g_autoptr(RfiConflictRecord) made = NULL;
  RfiConflictRecord *record = self->settles;
  gboolean kept;

  if (record == NULL)
    record = made = make_record (self, error);
  if (record == NULL || !find_theirs (self, record, error))
    return FALSE;

  record->reason = reason;
  record->typed_at = self->operation->occurred_at;
  record->base_version = self->operation->base_version;
  record->version = self->job != NULL ? self->job->version : 0;
  set_patch (&record->base, self->operation->before);
  set_patch (&record->mine, self->operation->patch);
  g_clear_pointer (&record->theirs, rfi_patch_unref);
  if (self->job != NULL)
    record->theirs = rfi_job_to_patch (self->job);

  if (made != NULL)
    kept = rfi_server_conflicts_insert (call->db, record,
                                        self->job != NULL ? self->job->vendor_id
                                                          : call->user->vendor_id, error);
  else
    kept = rfi_server_conflicts_update (call->db, record, error);
  tell (self->result, record);
  return kept;
}

/* What won and what lost, for the history of the job: fields by names that tell them from changes.
 * Returns: (transfer full): canonical */
static char *
describe_outcome (const RfiConflictRecord *record)
{
  GString *changes = g_string_new ("[");

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      g_autofree char *name = g_strconcat ("conflict.", rfi_field_to_string ((RfiField) i), NULL);
      RfiFieldOutcome outcome;

      if (!rfi_conflict_record_get_outcome (record, (RfiField) i, &outcome))
        continue;

      g_string_append (changes, changes->len > 1 ? ",{" : "{");
      rfi_canonical_append_text_member (changes, "after", outcome.result);
      rfi_canonical_append_text_member (changes, "before", outcome.lost);
      rfi_canonical_append_text_member (changes, "field", name);
      g_string_append_c (changes, '}');
    }
  g_string_append_c (changes, ']');
  return g_string_free (changes, FALSE);
}

static gboolean
note_outcome (RfiServiceEffect         *self,
              const RfiConflictRecord  *record,
              GError                  **error)
{
  const RfiServerActor actor = {
    .user_id = self->call->user->id,
    .device_id = self->operation->device_id,
    .origin = RFI_SERVER_ORIGIN_SYNC,
    .action = "settle",
    .at = self->call->request->now,
  };
  g_autofree char *changes = describe_outcome (record);

  return rfi_server_audit_note (self->call->db, &actor, record->job_id,
                                self->job != NULL ? self->job->vendor_id
                                                  : self->call->user->vendor_id,
                                0, changes, error);
}

gboolean
rfi_service_effect_settle (RfiServiceEffect  *self,
                           GError           **error)
{
  RfiConflictRecord *record = self->settles;

  if (record == NULL)
    return TRUE;

  record->resolved = TRUE;
  record->resolved_by = g_strdup (self->call->user->id);
  record->resolved_at = self->call->request->now;
  /* With the decision there is nothing left to look into. */
  if (record->begun_at != 0 && record->ended_at == 0)
    record->ended_at = record->resolved_at;
  set_patch (&record->resolution, self->operation->patch);
  return rfi_server_conflicts_update (self->call->db, record, error) &&
         note_outcome (self, record, error);
}

static gboolean
is_race (const char *mine,
         const char *theirs)
{
  RfiStatus a;
  RfiStatus b;

  if (!rfi_status_from_string (mine, &a) || !rfi_status_from_string (theirs, &b))
    return FALSE;
  if (a != RFI_STATUS_CANCELLED)
    {
      RfiStatus swapped = a;

      a = b;
      b = swapped;
    }
  return a == RFI_STATUS_CANCELLED && (b == RFI_STATUS_IN_PROGRESS || b == RFI_STATUS_COMPLETED);
}

gboolean
rfi_service_effect_collide (RfiServiceEffect  *self,
                            const RfiPatch    *before,
                            const RfiPatch    *theirs,
                            gboolean           in_status,
                            GError           **error)
{
  const char *mine = rfi_patch_get (self->operation->patch, RFI_FIELD_STATUS);
  const char *now = rfi_patch_get (theirs, RFI_FIELD_STATUS);
  const char *seen = rfi_patch_get (before, RFI_FIELD_STATUS);

  if (!in_status)
    return rfi_service_effect_conflict (self, RFI_CONFLICT_FIELDS, error);

  /* Nobody else had a hand in it: this step never was one. */
  if (g_strcmp0 (seen, now) == 0)
    return rfi_service_reject (self->result, "INVALID_STATUS_TRANSITION",
                               "The job's status allows no such step", TRUE);

  return rfi_service_effect_conflict (
    self, is_race (mine, now) ? RFI_CONFLICT_STATE_RACE : RFI_CONFLICT_ILLEGAL_STEP, error);
}

gboolean
rfi_service_effect_tell_merged (RfiServiceEffect  *self,
                                guint32            merged,
                                guint32            overruled,
                                GError           **error)
{
  const RfiSignedOperation *operation = self->operation;
  gboolean changed[RFI_N_FIELDS] = { FALSE, };

  if (operation->base_version > 0 && self->job->version > operation->base_version &&
      !rfi_server_audit_find_changed (self->call->db, operation->entity_id,
                                      operation->base_version, operation->device_id, changed,
                                      error))
    return FALSE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (changed[i])
      merged |= 1u << i;
  self->result->merged = merged;
  self->result->overruled = overruled;
  self->result->outcome = (merged | overruled) != 0 ? RFI_OUTCOME_MERGED : RFI_OUTCOME_APPLIED;
  return TRUE;
}
