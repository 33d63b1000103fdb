/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-conflict"

#include "config.h"

#include "rfi-wire-conflict.h"

#include "rfi-wire-error.h"
#include "rfi-wire-members.h"

#include <string.h>

static const char *const reasons[RFI_N_CONFLICT_REASONS] = {
  "fields", "illegal_step", "deleted", "over_booking", "state_race", "inactive_target",
};

const char *
rfi_wire_conflict_reason_to_string (RfiConflictReason reason)
{
  g_return_val_if_fail (reason < RFI_N_CONFLICT_REASONS, NULL);

  return reasons[reason];
}

gboolean
rfi_wire_conflict_reason_from_string (const char        *text,
                                      RfiConflictReason *reason)
{
  for (guint i = 0; i < RFI_N_CONFLICT_REASONS; i++)
    if (g_strcmp0 (text, reasons[i]) == 0)
      {
        *reason = (RfiConflictReason) i;
        return TRUE;
      }

  return FALSE;
}

void
rfi_wire_patch_append (const RfiPatch *self,
                       GString        *out)
{
  if (self == NULL)
    {
      g_string_append (out, "null");
      return;
    }

  g_string_append_c (out, '{');
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_wire_append_text (out, rfi_field_to_string ((RfiField) i),
                          rfi_patch_get (self, (RfiField) i));
  g_string_append_c (out, '}');
}

RfiPatch *
rfi_wire_patch_from_json (const RfiJson *value)
{
  RfiPatch *self;
  RfiJsonIter iter;
  RfiJson name;
  RfiJson text;

  if (rfi_json_get_type (value) != RFI_JSON_OBJECT)
    return NULL;

  self = rfi_patch_new ();
  rfi_json_iter_init (&iter, value);
  while (rfi_json_iter_next (&iter, &name, &text))
    {
      g_autofree char *key = rfi_json_dup_string (&name);
      g_autofree char *read = rfi_json_dup_string (&text);
      RfiField field;

      if (read != NULL && rfi_field_from_string (key, &field))
        rfi_patch_set (self, field, read);
    }

  return self;
}

static void
append_patch (GString        *out,
              const char     *name,
              const RfiPatch *patch)
{
  rfi_wire_append_name (out, name);
  rfi_wire_patch_append (patch, out);
}

static void
append_facts (const RfiConflictRecord *self,
              GString                 *out)
{
  rfi_json_append_member (out, "id", self->id);
  rfi_json_append_member (out, "jobId", self->job_id);
  rfi_json_append_member (out, "jobTitle", self->job_title);
  rfi_json_append_member (out, "deviceId", self->device_id);
  rfi_json_append_member (out, "userId", self->user_id);
  rfi_json_append_member (out, "userName", self->user_name);
  rfi_wire_append_int (out, "seq", self->seq);
  rfi_json_append_member (out, "kind", rfi_operation_kind_to_string (self->kind));
  rfi_json_append_member (out, "reason", rfi_wire_conflict_reason_to_string (self->reason));
}

static void
append_notes (GPtrArray *notes,
              GString   *out)
{
  rfi_wire_append_name (out, "notes");
  g_string_append_c (out, '[');
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      const RfiCaseNote *note = g_ptr_array_index (notes, i);

      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, '{');
      rfi_json_append_member (out, "by", note->by);
      rfi_json_append_member (out, "byName", note->by_name);
      rfi_wire_append_int (out, "at", note->at);
      rfi_json_append_member (out, "text", note->text);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

/* When it was typed, who handed it on, and what came of looking into it. */
static void
append_case (const RfiConflictRecord *self,
             GString                 *out)
{
  rfi_wire_append_int (out, "typedAt", self->typed_at);
  rfi_wire_append_int (out, "baseVersion", self->base_version);
  rfi_wire_append_int (out, "theirsTypedAt", self->theirs_typed_at);
  rfi_wire_append_text (out, "escalatedToName", self->escalated_to_name);
  rfi_wire_append_text (out, "escalatedBy", self->escalated_by);
  rfi_wire_append_text (out, "escalatedByName", self->escalated_by_name);
  rfi_wire_append_int (out, "escalatedAt", self->escalated_at);
  rfi_wire_append_text (out, "resolvedByName", self->resolved_by_name);
  if (self->begun_at == 0)
    return;

  rfi_wire_append_name (out, "investigation");
  g_string_append_c (out, '{');
  rfi_wire_append_text (out, "owner", self->owner);
  rfi_wire_append_text (out, "ownerName", self->owner_name);
  rfi_wire_append_int (out, "begunAt", self->begun_at);
  rfi_wire_append_int (out, "endedAt", self->ended_at);
  append_notes (self->notes, out);
  g_string_append_c (out, '}');
}

/* The record of the resolution: what each field that was fought over became, and what lost. */
static void
append_fields (const RfiConflictRecord *self,
               GString                 *out)
{
  gboolean first = TRUE;

  rfi_wire_append_name (out, "fields");
  g_string_append_c (out, '[');
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiFieldOutcome outcome;

      if (!rfi_conflict_record_get_outcome (self, (RfiField) i, &outcome))
        continue;

      g_string_append (out, first ? "{" : ",{");
      first = FALSE;
      rfi_json_append_member (out, "field", rfi_field_to_string ((RfiField) i));
      rfi_json_append_member (out, "result", outcome.result);
      rfi_json_append_member (out, "lost", outcome.lost);
      rfi_json_append_member (out, "winner", outcome.winner);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

gboolean
rfi_conflict_record_get_outcome (const RfiConflictRecord *self,
                                 RfiField                 field,
                                 RfiFieldOutcome         *outcome)
{
  const char *mine = self->mine != NULL ? rfi_patch_get (self->mine, field) : NULL;
  const char *theirs = self->theirs != NULL ? rfi_patch_get (self->theirs, field) : NULL;
  const char *decided =
    self->resolution != NULL ? rfi_patch_get (self->resolution, field) : NULL;

  if (theirs == NULL)
    theirs = "";
  if (decided == NULL)
    decided = theirs;
  if ((mine == NULL && strcmp (decided, theirs) == 0) || g_strcmp0 (mine, theirs) == 0)
    return FALSE;

  outcome->result = decided;
  outcome->winner = g_strcmp0 (decided, mine) == 0     ? "mine"
                    : strcmp (decided, theirs) == 0 ? "theirs"
                                                       : "other";
  outcome->lost = mine == NULL || g_strcmp0 (decided, mine) == 0 ? theirs : mine;
  return TRUE;
}

void
rfi_conflict_record_append (const RfiConflictRecord *self,
                            GString                 *out)
{
  g_string_append_c (out, '{');
  append_facts (self, out);
  append_patch (out, "base", self->base);
  append_patch (out, "mine", self->mine);
  append_patch (out, "theirs", self->theirs);
  rfi_wire_append_int (out, "version", self->version);
  rfi_json_append_member (out, "theirsBy", self->theirs_by);
  rfi_json_append_member (out, "theirsByName", self->theirs_by_name);
  rfi_wire_append_int (out, "theirsAt", self->theirs_at);
  rfi_wire_append_int (out, "detectedAt", self->detected_at);
  rfi_json_append_member (out, "state", self->resolved ? "resolved" : "open");
  rfi_json_append_member (out, "resolvedBy", self->resolved_by);
  rfi_wire_append_int (out, "resolvedAt", self->resolved_at);
  append_patch (out, "resolution", self->resolution);
  rfi_json_append_member (out, "escalatedTo", self->escalated_to);
  rfi_json_append_member (out, "escalationNote", self->escalation_note);
  append_case (self, out);
  if (self->resolved)
    append_fields (self, out);
  g_string_append_c (out, '}');
}

static RfiPatch *
dup_patch (const RfiJson *object,
           const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) ? rfi_wire_patch_from_json (&value) : NULL;
}

static gboolean
read_words (RfiConflictRecord  *self,
            const RfiJson      *value,
            GError            **error)
{
  g_autofree char *kind = rfi_wire_dup_member (value, "kind");
  g_autofree char *reason = rfi_wire_dup_member (value, "reason");
  g_autofree char *state = rfi_wire_dup_member (value, "state");

  self->resolved = g_strcmp0 (state, "resolved") == 0;
  if (rfi_operation_kind_from_string (kind, &self->kind) &&
      rfi_wire_conflict_reason_from_string (reason, &self->reason) &&
      (self->resolved || g_strcmp0 (state, "open") == 0))
    return TRUE;

  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                       "A conflict with a kind, reason or state that is not known");
  return FALSE;
}

static gboolean
read_ids (RfiConflictRecord  *self,
          const RfiJson      *value,
          GError            **error)
{
  return rfi_wire_need_member (value, "id", &self->id, error) &&
         rfi_wire_need_member (value, "jobId", &self->job_id, error) &&
         rfi_wire_need_member (value, "deviceId", &self->device_id, error) &&
         rfi_wire_need_member (value, "userId", &self->user_id, error) &&
         rfi_wire_need_int (value, "seq", 1, &self->seq, error);
}

static void
read_notes (RfiConflictRecord *self,
            const RfiJson     *investigation)
{
  RfiJsonIter iter;
  RfiJson list;
  RfiJson value;

  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_case_note_free);
  if (!rfi_wire_get_list (investigation, "notes", &list, NULL))
    return;

  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      g_autofree char *by = rfi_wire_dup_member (&value, "by");
      g_autofree char *by_name = rfi_wire_dup_member (&value, "byName");
      g_autofree char *text = rfi_wire_dup_member (&value, "text");

      if (by != NULL && text != NULL)
        g_ptr_array_add (self->notes, rfi_case_note_new (by, by_name != NULL ? by_name : by,
                                                         rfi_wire_get_int (&value, "at", 0),
                                                         text));
    }
}

/* An older server tells none of it. */
static void
read_case (RfiConflictRecord *self,
           const RfiJson     *value)
{
  RfiJson investigation;

  self->typed_at = rfi_wire_get_int (value, "typedAt", 0);
  self->base_version = rfi_wire_get_int (value, "baseVersion", 0);
  self->theirs_typed_at = rfi_wire_get_int (value, "theirsTypedAt", 0);
  self->escalated_to_name = rfi_wire_dup_member (value, "escalatedToName");
  self->escalated_by = rfi_wire_dup_member (value, "escalatedBy");
  self->escalated_by_name = rfi_wire_dup_member (value, "escalatedByName");
  self->escalated_at = rfi_wire_get_int (value, "escalatedAt", 0);
  self->resolved_by_name = rfi_wire_dup_member (value, "resolvedByName");
  if (!rfi_json_get_member (value, "investigation", &investigation) ||
      rfi_json_get_type (&investigation) != RFI_JSON_OBJECT)
    return;

  self->owner = rfi_wire_dup_member (&investigation, "owner");
  self->owner_name = rfi_wire_dup_member (&investigation, "ownerName");
  self->begun_at = rfi_wire_get_int (&investigation, "begunAt", 0);
  self->ended_at = rfi_wire_get_int (&investigation, "endedAt", 0);
  read_notes (self, &investigation);
}

static RfiConflictRecord *
record_from_json (const RfiJson  *value,
                  GError        **error)
{
  g_autoptr(RfiConflictRecord) self = g_new0 (RfiConflictRecord, 1);

  if (!read_ids (self, value, error) || !read_words (self, value, error))
    return NULL;

  self->job_title = rfi_wire_dup_member (value, "jobTitle");
  self->user_name = rfi_wire_dup_member (value, "userName");
  self->base = dup_patch (value, "base");
  self->mine = dup_patch (value, "mine");
  self->theirs = dup_patch (value, "theirs");
  self->version = rfi_wire_get_int (value, "version", 0);
  self->theirs_by = rfi_wire_dup_member (value, "theirsBy");
  self->theirs_by_name = rfi_wire_dup_member (value, "theirsByName");
  self->theirs_at = rfi_wire_get_int (value, "theirsAt", 0);
  self->detected_at = rfi_wire_get_int (value, "detectedAt", 0);
  self->resolved_by = rfi_wire_dup_member (value, "resolvedBy");
  self->resolved_at = rfi_wire_get_int (value, "resolvedAt", 0);
  self->resolution = dup_patch (value, "resolution");
  self->escalated_to = rfi_wire_dup_member (value, "escalatedTo");
  self->escalation_note = rfi_wire_dup_member (value, "escalationNote");
  read_case (self, value);
  return g_steal_pointer (&self);
}

RfiConflictRecord *
rfi_conflict_record_parse (const char  *data,
                           gssize       length,
                           GError     **error)
{
  RfiJson root;

  return rfi_wire_parse_object (data, length, &root, error) ? record_from_json (&root, error)
                                                            : NULL;
}

/* Returns: (transfer full) */
static RfiConflictFacts *
make_facts (const RfiConflictRecord *self)
{
  RfiConflictFacts *facts = rfi_conflict_facts_new ();

  facts->user_name = g_strdup (self->user_name);
  facts->typed_at = self->typed_at;
  facts->received_at = self->detected_at;
  facts->base_version = self->base_version;
  facts->theirs_name = g_strdup (self->theirs_by_name);
  facts->theirs_typed_at = self->theirs_typed_at;
  facts->escalated_to = g_strdup (self->escalated_to);
  facts->escalated_to_name = g_strdup (self->escalated_to_name);
  facts->escalated_by = g_strdup (self->escalated_by);
  facts->escalated_by_name = g_strdup (self->escalated_by_name);
  facts->escalation_note = g_strdup (self->escalation_note);
  facts->escalated_at = self->escalated_at;
  facts->owner = g_strdup (self->owner);
  facts->owner_name = g_strdup (self->owner_name);
  facts->begun_at = self->begun_at;
  facts->ended_at = self->ended_at;
  facts->resolved_by = g_strdup (self->resolved_by);
  facts->resolved_by_name = g_strdup (self->resolved_by_name);
  facts->resolved_at = self->resolved_at;
  if (self->resolution != NULL)
    facts->resolution = rfi_patch_ref (self->resolution);
  for (guint i = 0; self->notes != NULL && i < self->notes->len; i++)
    {
      const RfiCaseNote *note = g_ptr_array_index (self->notes, i);

      g_ptr_array_add (facts->notes,
                       rfi_case_note_new (note->by, note->by_name, note->at, note->text));
    }
  return facts;
}

RfiConflict *
rfi_conflict_record_to_conflict (const RfiConflictRecord *self,
                                 const RfiConflict       *here)
{
  g_autoptr(RfiConflictFacts) facts = make_facts (self);
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  g_autoptr(RfiOperation) operation = NULL;
  RfiOperation deed = {
    .id = self->id, .kind = self->kind, .job_id = self->job_id, .user_id = self->user_id,
    .patch = self->kind != RFI_OPERATION_DELETE ? self->mine : NULL, .before = self->base,
    .created_at = self->typed_at,
    .state = RFI_OPERATION_CONFLICT,
  };
  RfiConflict conflict = {
    .id = self->id, .job_id = self->job_id, .reason = self->reason,
    .job_title = self->job_title != NULL ? self->job_title : (char *) "",
    .base = self->base != NULL ? self->base : nothing, .theirs = self->theirs,
    .theirs_by = self->theirs_by, .theirs_at = self->theirs_at, .detected_at = self->detected_at,
    .record_id = self->id, .version = self->version, .elsewhere = TRUE,
  };

  if (here != NULL)
    conflict = *here;
  else
    conflict.operation = operation = rfi_operation_new (&deed);
  conflict.facts = facts;
  return rfi_conflict_new (&conflict);
}

GPtrArray *
rfi_conflict_record_parse_list (const char  *data,
                                gssize       length,
                                GError     **error)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_record_free);
  RfiJsonIter iter;
  RfiJson root;
  RfiJson list;
  RfiJson value;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_get_list (&root, "data", &list, error))
    return NULL;

  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiConflictRecord *record = record_from_json (&value, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

void
rfi_conflict_record_append_list (GPtrArray *records,
                                 GString   *out)
{
  g_string_append (out, "{\"data\":[");
  for (guint i = 0; i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      rfi_conflict_record_append (g_ptr_array_index (records, i), out);
    }
  g_string_append (out, "]}");
}

void
rfi_conflict_record_free (RfiConflictRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->job_id);
  g_free (self->job_title);
  g_free (self->device_id);
  g_free (self->user_id);
  g_free (self->user_name);
  g_clear_pointer (&self->base, rfi_patch_unref);
  g_clear_pointer (&self->mine, rfi_patch_unref);
  g_clear_pointer (&self->theirs, rfi_patch_unref);
  g_free (self->theirs_by);
  g_free (self->theirs_by_name);
  g_free (self->resolved_by);
  g_clear_pointer (&self->resolution, rfi_patch_unref);
  g_free (self->escalated_to);
  g_free (self->escalation_note);
  g_free (self->escalated_to_name);
  g_free (self->escalated_by);
  g_free (self->escalated_by_name);
  g_free (self->resolved_by_name);
  g_free (self->owner);
  g_free (self->owner_name);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

void
rfi_wire_append_escalation (GString    *out,
                            const char *to,
                            const char *note)
{
  g_string_append_c (out, '{');
  rfi_wire_append_text (out, "to", to);
  rfi_json_append_member (out, "note", note);
  g_string_append_c (out, '}');
}

gboolean
rfi_wire_read_escalation (const RfiJson  *body,
                          char          **to,
                          char          **note,
                          GError        **error)
{
  *note = NULL;
  if (!rfi_wire_need_member (body, "note", note, error))
    {
      g_clear_pointer (note, g_free);
      return FALSE;
    }

  *to = rfi_wire_dup_member (body, "to");
  return TRUE;
}

static const char *const steps[RFI_N_CASE_STEPS] = { "begin", "note", "end" };

void
rfi_wire_append_investigation (GString     *out,
                               RfiCaseStep  step,
                               const char  *owner,
                               const char  *text)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "step", steps[step]);
  rfi_wire_append_text (out, "owner", owner);
  rfi_json_append_member (out, "text", text);
  g_string_append_c (out, '}');
}

gboolean
rfi_wire_read_investigation (const RfiJson  *body,
                             RfiCaseStep    *step,
                             char          **owner,
                             char          **text,
                             GError        **error)
{
  g_autofree char *word = rfi_wire_dup_member (body, "step");
  g_autofree char *read = NULL;

  if (!rfi_wire_need_member (body, "text", &read, error))
    return FALSE;

  for (guint i = 0; i < RFI_N_CASE_STEPS; i++)
    if (g_strcmp0 (word, steps[i]) == 0)
      {
        *step = (RfiCaseStep) i;
        *owner = rfi_wire_dup_member (body, "owner");
        *text = g_steal_pointer (&read);
        return TRUE;
      }

  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                       "step must be begin, note or end");
  return FALSE;
}
