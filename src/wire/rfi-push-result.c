/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-push-result"

#include "config.h"

#include "rfi-push-result.h"

#include "rfi-wire-conflict.h"
#include "rfi-wire-error.h"
#include "rfi-wire-members.h"

static const char *const outcomes[RFI_N_OUTCOMES] = {
  "applied", "merged", "conflict", "rejected", "quarantined", "blocked", "retry_later", "fork",
};

const char *
rfi_outcome_to_string (RfiOutcome outcome)
{
  g_return_val_if_fail (outcome < RFI_N_OUTCOMES, NULL);

  return outcomes[outcome];
}

gboolean
rfi_outcome_from_string (const char *text,
                         RfiOutcome *outcome)
{
  for (guint i = 0; i < RFI_N_OUTCOMES; i++)
    if (g_strcmp0 (text, outcomes[i]) == 0)
      {
        *outcome = (RfiOutcome) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
rfi_outcome_is_stored (RfiOutcome outcome)
{
  return outcome <= RFI_OUTCOME_QUARANTINED;
}

void
rfi_push_result_clear (RfiPushResult *self)
{
  g_clear_pointer (&self->conflict_id, g_free);
  g_clear_pointer (&self->theirs, rfi_patch_unref);
  g_clear_pointer (&self->theirs_by, g_free);
  g_clear_pointer (&self->theirs_by_name, g_free);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->message, g_free);
}

void
rfi_push_result_free (RfiPushResult *self)
{
  if (self == NULL)
    return;

  rfi_push_result_clear (self);
  g_free (self);
}

static void
append_fields (GString    *out,
               const char *name,
               guint32     fields)
{
  gboolean first = TRUE;

  rfi_wire_append_name (out, name);
  g_string_append_c (out, '[');
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if ((fields >> i & 1) != 0)
      {
        if (!first)
          g_string_append_c (out, ',');
        rfi_json_append_string (out, rfi_field_to_string ((RfiField) i));
        first = FALSE;
      }
  g_string_append_c (out, ']');
}

static void
append_effect (const RfiPushResult *self,
               GString             *out)
{
  rfi_wire_append_int (out, "version", self->version);
  rfi_wire_append_int (out, "changeSeq", self->change_seq);
  if (self->outcome != RFI_OUTCOME_MERGED)
    return;

  append_fields (out, "merged", self->merged);
  append_fields (out, "overruled", self->overruled);
}

static void
append_conflict (const RfiPushResult *self,
                 GString             *out)
{
  rfi_wire_append_text (out, "conflictId", self->conflict_id);
  rfi_wire_append_text (out, "reason", rfi_wire_conflict_reason_to_string (self->reason));
  if (self->theirs != NULL)
    {
      rfi_wire_append_name (out, "theirs");
      rfi_wire_patch_append (self->theirs, out);
    }
  rfi_wire_append_int (out, "version", self->version);
  rfi_wire_append_text (out, "theirsBy", self->theirs_by);
  rfi_wire_append_text (out, "theirsByName", self->theirs_by_name);
  if (self->theirs_at != 0)
    rfi_wire_append_int (out, "theirsAt", self->theirs_at);
}

void
rfi_push_result_append (const RfiPushResult *self,
                        GString             *out)
{
  g_string_append_c (out, '{');
  rfi_wire_append_int (out, "seq", self->seq);
  rfi_wire_append_text (out, "outcome", rfi_outcome_to_string (self->outcome));
  if (self->outcome <= RFI_OUTCOME_MERGED)
    append_effect (self, out);
  else if (self->outcome == RFI_OUTCOME_CONFLICT)
    append_conflict (self, out);
  else if (self->outcome == RFI_OUTCOME_BLOCKED)
    rfi_wire_append_int (out, "blockedBy", self->blocked_by);

  rfi_wire_append_text (out, "code", self->code);
  rfi_wire_append_text (out, "message", self->message);
  if (self->outcome == RFI_OUTCOME_REJECTED)
    rfi_wire_append_boolean (out, "correctable", self->correctable);
  if (self->outcome == RFI_OUTCOME_RETRY_LATER)
    rfi_wire_append_int (out, "retryAfter", self->retry_after);
  g_string_append_c (out, '}');
}

/* Names of fields that are not known are passed over. */
static guint32
read_fields (const RfiJson *value,
             const char    *name)
{
  guint32 fields = 0;
  RfiJsonIter iter;
  RfiJson list;
  RfiJson item;

  if (!rfi_json_get_member (value, name, &list) || rfi_json_get_type (&list) != RFI_JSON_ARRAY)
    return 0;

  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &item))
    {
      g_autofree char *text = rfi_json_dup_string (&item);
      RfiField field;

      if (rfi_field_from_string (text, &field))
        fields |= 1u << field;
    }

  return fields;
}

static gboolean
fail (const char  *what,
      GError     **error)
{
  g_set_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID, "A result without a good %s", what);
  return FALSE;
}

static gboolean
read_effect (RfiPushResult  *self,
             const RfiJson  *value,
             GError        **error)
{
  self->merged = read_fields (value, "merged");
  self->overruled = read_fields (value, "overruled");
  return rfi_wire_need_int (value, "version", 0, &self->version, error) &&
         rfi_wire_need_int (value, "changeSeq", 1, &self->change_seq, error);
}

static gboolean
read_conflict (RfiPushResult  *self,
               const RfiJson  *value,
               GError        **error)
{
  g_autofree char *reason = rfi_wire_dup_member (value, "reason");
  RfiJson theirs;

  if (!rfi_wire_conflict_reason_from_string (reason, &self->reason))
    return fail ("reason", error);
  if (rfi_json_get_member (value, "theirs", &theirs))
    self->theirs = rfi_wire_patch_from_json (&theirs);

  self->version = rfi_wire_get_int (value, "version", 0);
  self->theirs_by = rfi_wire_dup_member (value, "theirsBy");
  self->theirs_by_name = rfi_wire_dup_member (value, "theirsByName");
  self->theirs_at = rfi_wire_get_int (value, "theirsAt", 0);
  return rfi_wire_need_member (value, "conflictId", &self->conflict_id, error);
}

static gboolean
read_outcome (RfiPushResult  *self,
              const RfiJson  *value,
              GError        **error)
{
  switch (self->outcome)
    {
    case RFI_OUTCOME_APPLIED:
    case RFI_OUTCOME_MERGED:
      return read_effect (self, value, error);
    case RFI_OUTCOME_CONFLICT:
      return read_conflict (self, value, error);
    case RFI_OUTCOME_BLOCKED:
      return rfi_wire_need_int (value, "blockedBy", 1, &self->blocked_by, error);
    case RFI_OUTCOME_RETRY_LATER:
      return rfi_wire_need_int (value, "retryAfter", 0, &self->retry_after, error);
    case RFI_OUTCOME_REJECTED:
      self->correctable = rfi_wire_get_boolean (value, "correctable");
      return self->code != NULL || fail ("code", error);
    case RFI_OUTCOME_QUARANTINED:
    case RFI_OUTCOME_FORK:
    default:
      return self->code != NULL || fail ("code", error);
    }
}

RfiPushResult *
rfi_push_result_from_json (const RfiJson  *value,
                           GError        **error)
{
  g_autoptr(RfiPushResult) self = g_new0 (RfiPushResult, 1);
  g_autofree char *outcome = rfi_wire_dup_member (value, "outcome");

  if (!rfi_outcome_from_string (outcome, &self->outcome))
    {
      fail ("outcome", error);
      return NULL;
    }

  self->code = rfi_wire_dup_member (value, "code");
  self->message = rfi_wire_dup_member (value, "message");
  if (!rfi_wire_need_int (value, "seq", 1, &self->seq, error) ||
      !read_outcome (self, value, error))
    return NULL;

  return g_steal_pointer (&self);
}

RfiPushResult *
rfi_push_result_parse (const char  *data,
                       gssize       length,
                       GError     **error)
{
  RfiJson root;

  return rfi_wire_parse_object (data, length, &root, error)
             ? rfi_push_result_from_json (&root, error)
             : NULL;
}
