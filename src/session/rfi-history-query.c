/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-query"

#include "config.h"

#include "rfi-history-query.h"

#include "rfi-field.h"

#define PART_SIZE 200

/* No device is called so. */
#define NO_DEVICE "none"

RfiHistoryQuery *
rfi_history_query_copy (const RfiHistoryQuery *self)
{
  RfiHistoryQuery *copy = g_new (RfiHistoryQuery, 1);

  *copy = *self;
  copy->user_id = g_strdup (self->user_id);
  copy->job_id = g_strdup (self->job_id);
  copy->device_id = g_strdup (self->device_id);
  copy->text = g_strdup (self->text);
  return copy;
}

void
rfi_history_query_free (RfiHistoryQuery *self)
{
  g_free (self->user_id);
  g_free (self->job_id);
  g_free (self->device_id);
  g_free (self->text);
  g_free (self);
}

gboolean
rfi_history_query_equal (const RfiHistoryQuery *self,
                         const RfiHistoryQuery *other)
{
  return self->kind == other->kind && self->from == other->from && self->since == other->since &&
         self->until == other->until && g_strcmp0 (self->user_id, other->user_id) == 0 &&
         g_strcmp0 (self->job_id, other->job_id) == 0 &&
         g_strcmp0 (self->device_id, other->device_id) == 0 &&
         g_strcmp0 (self->text, other->text) == 0;
}

static void
append_text (GString    *path,
             const char *name,
             const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return;

  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (path, "&%s=%s", name, escaped);
}

static void
append_number (GString    *path,
               const char *name,
               gint64      value)
{
  if (value > 0)
    g_string_append_printf (path, "&%s=%" G_GINT64_FORMAT, name, value);
}

/* The server keeps what was done, not to which field: assigning a job changes its status too. */
static const char *
get_actions (const RfiHistoryQuery *self)
{
  static const char *const actions[] = {
    [RFI_HISTORY_ALL] = NULL,
    [RFI_HISTORY_STATUS] = "status,assign",
    [RFI_HISTORY_ASSIGNMENT] = "assign,move",
    [RFI_HISTORY_EDITS] = "edit",
    [RFI_HISTORY_PHOTOS] = "add-photo,delete-photo",
    [RFI_HISTORY_CONFLICTS] = "resolve,settle,escalate,investigate",
    [RFI_HISTORY_LIFE] = "create,delete,remake,revoke-device",
  };

  return self->from == RFI_HISTORY_BY_CONFLICT ? actions[RFI_HISTORY_CONFLICTS]
                                               : actions[self->kind];
}

static void
append_from (GString               *path,
             const RfiHistoryQuery *self,
             const char            *own_device)
{
  if (self->from == RFI_HISTORY_HERE)
    append_text (path, "deviceId", own_device != NULL ? own_device : NO_DEVICE);
  else if (self->from == RFI_HISTORY_ELSEWHERE)
    append_text (path, "otherThanDevice", own_device != NULL ? own_device : NO_DEVICE);
  else if (self->from == RFI_HISTORY_BY_SERVER)
    append_text (path, "noDevice", "true");
  if (self->from != RFI_HISTORY_HERE)
    append_text (path, "deviceId", self->device_id);
}

RfiHistoryKind
rfi_history_kind_of (const RfiAuditEntry *entry)
{
  switch (entry->action)
    {
    case RFI_AUDIT_CREATED:
    case RFI_AUDIT_DELETED:
    case RFI_AUDIT_REMADE:
    case RFI_AUDIT_DEVICE_REVOKED:
      return RFI_HISTORY_LIFE;
    case RFI_AUDIT_PHOTO_ADDED:
    case RFI_AUDIT_PHOTO_DELETED:
      return RFI_HISTORY_PHOTOS;
    case RFI_AUDIT_CONFLICT:
    case RFI_AUDIT_RESOLVED:
    case RFI_AUDIT_DISCARDED:
    case RFI_AUDIT_REJECTED:
    case RFI_AUDIT_ESCALATED:
    case RFI_AUDIT_INVESTIGATED:
      return RFI_HISTORY_CONFLICTS;
    case RFI_AUDIT_MOVED:
      return RFI_HISTORY_ASSIGNMENT;
    case RFI_AUDIT_CHANGED:
    default:
      if (entry->field == RFI_FIELD_STATUS)
        return RFI_HISTORY_STATUS;
      return entry->field == RFI_FIELD_ASSIGNED_TO ? RFI_HISTORY_ASSIGNMENT : RFI_HISTORY_EDITS;
    }
}

/* What this console kept does not tell devices apart. */
static gboolean
is_from (const RfiAuditEntry *entry,
         RfiHistoryFrom       from)
{
  switch (from)
    {
    case RFI_HISTORY_HERE:
      return entry->origin == RFI_ORIGIN_HERE;
    case RFI_HISTORY_ELSEWHERE:
    case RFI_HISTORY_BY_SERVER:
      return entry->origin != RFI_ORIGIN_HERE;
    case RFI_HISTORY_BY_CONFLICT:
      return rfi_history_kind_of (entry) == RFI_HISTORY_CONFLICTS;
    case RFI_HISTORY_ANYWHERE:
    default:
      return TRUE;
    }
}

static gboolean
matches_text (const char *wanted,
              const char *text)
{
  return wanted == NULL || g_strcmp0 (wanted, text) == 0;
}

gboolean
rfi_history_query_takes (const RfiHistoryQuery *self,
                         const RfiAuditEntry   *entry,
                         gboolean               server)
{
  if (self->kind != RFI_HISTORY_ALL && rfi_history_kind_of (entry) != self->kind)
    return FALSE;
  if (server)
    return TRUE;

  return entry->at >= self->since && (self->until == 0 || entry->at < self->until) &&
         is_from (entry, self->from) && matches_text (self->user_id, entry->user_id) &&
         matches_text (self->job_id, entry->job_id) &&
         matches_text (self->device_id, entry->device_id);
}

/* Returns: (transfer full) */
static char *
finish_path (GString               *path,
             const RfiHistoryQuery *self,
             const char            *own_device)
{
  append_text (path, "actorId", self->user_id);
  append_text (path, "jobId", self->job_id);
  append_text (path, "text", self->text);
  append_text (path, "action", get_actions (self));
  append_from (path, self, own_device);
  append_number (path, "from", self->since);
  append_number (path, "to", self->until);
  return g_string_free (path, FALSE);
}

char *
rfi_history_query_to_path (const RfiHistoryQuery *self,
                           const char            *own_device)
{
  GString *path = g_string_new (NULL);

  g_string_printf (path, "/v1/audit?limit=%u", self->limit > 0 ? self->limit : PART_SIZE);
  append_number (path, "after", self->after);
  append_number (path, "before",
                 self->before > 0 || self->after > 0 ? self->before : G_MAXINT64);
  return finish_path (path, self, own_device);
}

char *
rfi_history_query_to_marks_path (const RfiHistoryQuery *self,
                                 const char            *own_device,
                                 guint                  every)
{
  GString *path = g_string_new (NULL);

  g_string_printf (path, "/v1/audit/marks?every=%u&before=%" G_GINT64_FORMAT, every,
                   self->before > 0 ? self->before : G_MAXINT64);
  return finish_path (path, self, own_device);
}
