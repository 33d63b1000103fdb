/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-conflict"

#include "config.h"

#include "rfi-wire-conflict.h"

#include "rfi-wire-error.h"
#include "rfi-wire-members.h"

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
  return g_steal_pointer (&self);
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
