/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-query"

#include "config.h"

#include "rfi-history-query.h"

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
    [RFI_HISTORY_ASSIGNMENT] = "assign",
    [RFI_HISTORY_EDITS] = "edit",
    [RFI_HISTORY_PHOTOS] = "add-photo,delete-photo",
    [RFI_HISTORY_CONFLICTS] = "resolve,settle,escalate,investigate",
    [RFI_HISTORY_LIFE] = "create,delete,revoke-device",
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

char *
rfi_history_query_to_path (const RfiHistoryQuery *self,
                           const char            *own_device)
{
  GString *path = g_string_new (NULL);

  g_string_printf (path, "/v1/audit?limit=%u&before=%" G_GINT64_FORMAT,
                   self->limit > 0 ? self->limit : PART_SIZE,
                   self->before > 0 ? self->before : G_MAXINT64);
  append_text (path, "actorId", self->user_id);
  append_text (path, "jobId", self->job_id);
  append_text (path, "text", self->text);
  append_text (path, "action", get_actions (self));
  append_from (path, self, own_device);
  append_number (path, "from", self->since);
  append_number (path, "to", self->until);
  return g_string_free (path, FALSE);
}
