/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-field"

#include "config.h"

#include "rfi-field.h"

#include "rfi-item-list.h"
#include "rfi-priority.h"
#include "rfi-status.h"
#include "rfi-time.h"

#include <string.h>

static const struct {
  const char   *name;
  guint         max_length;
  RfiMergeRule  rule;
} fields[RFI_N_FIELDS] = {
  [RFI_FIELD_TITLE] = { "title", 200, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_DESCRIPTION] = { "description", 8000, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_PRIORITY] = { "priority", 6, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_STATUS] = { "status", 11, RFI_MERGE_STATE_MACHINE },
  [RFI_FIELD_ASSIGNED_TO] = { "assignedTo", 64, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_STORE_NAME] = { "storeName", 120, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_ADDRESS] = { "address", 200, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_CITY] = { "city", 80, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_STATE] = { "state", 40, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_ZIP_CODE] = { "zipCode", 10, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_SCHEDULED_START] = { "scheduledStart", 24, RFI_MERGE_SERVER_WINS },
  [RFI_FIELD_SCHEDULED_END] = { "scheduledEnd", 24, RFI_MERGE_SERVER_WINS },
  [RFI_FIELD_ESTIMATED_MINUTES] = { "estimatedMinutes", 6, RFI_MERGE_SERVER_WINS },
  [RFI_FIELD_HOLD_UNTIL] = { "holdUntil", 24, RFI_MERGE_SERVER_WINS },
  [RFI_FIELD_SKILLS] = { "skills", 500, RFI_MERGE_THREE_WAY },
  [RFI_FIELD_COMPLETION_NOTES] = { "completionNotes", 8000, RFI_MERGE_MANUAL },
  [RFI_FIELD_PARTS] = { "parts", 32000, RFI_MERGE_UNION },
  [RFI_FIELD_LABOUR] = { "labour", 32000, RFI_MERGE_UNION },
  [RFI_FIELD_NOTES] = { "notes", 32000, RFI_MERGE_UNION },
};

const char *
rfi_field_to_string (RfiField field)
{
  g_return_val_if_fail (field < RFI_N_FIELDS, NULL);

  return fields[field].name;
}

gboolean
rfi_field_from_string (const char *text,
                       RfiField   *field)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (g_strcmp0 (text, fields[i].name) == 0)
      {
        *field = (RfiField) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
rfi_field_is_location (RfiField field)
{
  return field >= RFI_FIELD_STORE_NAME && field <= RFI_FIELD_ZIP_CODE;
}

RfiMergeRule
rfi_field_get_rule (RfiField field)
{
  g_return_val_if_fail (field < RFI_N_FIELDS, RFI_MERGE_THREE_WAY);

  return fields[field].rule;
}

guint
rfi_field_get_max_length (RfiField field)
{
  g_return_val_if_fail (field < RFI_N_FIELDS, 0);

  return fields[field].max_length;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

static gboolean
is_zip_code (const char *text)
{
  return strlen (text) == 5 && strspn (text, "0123456789") == 5;
}

/* Only the one spelling: values are compared as text. */
static gboolean
is_time (const char *text)
{
  char canonical[RFI_TIME_TEXT_SIZE];
  gint64 ms;

  if (!rfi_time_parse (text, -1, &ms))
    return FALSE;

  rfi_time_format (ms, canonical);
  return strcmp (text, canonical) == 0;
}

static gboolean
is_count (const char *text)
{
  return strspn (text, "0123456789") == strlen (text) && (*text != '0' || text[1] == '\0');
}

static gboolean
is_skill_set (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] == '\0' ||
        strspn (words[i], "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (words[i]) ||
        (i > 0 && strcmp (words[i - 1], words[i]) >= 0))
      return FALSE;

  return TRUE;
}

static gboolean
is_word (RfiField    field,
         const char *value)
{
  RfiPriority priority;
  RfiStatus status;

  switch ((int) field)
    {
    case RFI_FIELD_PRIORITY:
      return rfi_priority_from_string (value, &priority);
    case RFI_FIELD_STATUS:
      return rfi_status_from_string (value, &status);
    case RFI_FIELD_ZIP_CODE:
      return is_zip_code (value);
    case RFI_FIELD_SCHEDULED_START:
    case RFI_FIELD_SCHEDULED_END:
    case RFI_FIELD_HOLD_UNTIL:
      return is_time (value);
    case RFI_FIELD_ESTIMATED_MINUTES:
      return is_count (value);
    case RFI_FIELD_SKILLS:
      return is_skill_set (value);
    case RFI_FIELD_PARTS:
    case RFI_FIELD_LABOUR:
    case RFI_FIELD_NOTES:
      return rfi_item_list_check (field, value);
    default:
      return TRUE;
    }
}

static gboolean
is_required (RfiField field)
{
  return field < RFI_N_CONTRACT_FIELDS && field != RFI_FIELD_ASSIGNED_TO;
}

RfiFieldProblem
rfi_field_check (RfiField    field,
                 const char *value)
{
  g_return_val_if_fail (field < RFI_N_FIELDS, RFI_FIELD_BAD_WORD);

  if (is_required (field) && (value == NULL || is_blank (value)))
    return RFI_FIELD_BLANK;
  /* Nothing but spaces has always meant nobody; elsewhere it is a value, and no good one. */
  if (value == NULL || *value == '\0' || (field == RFI_FIELD_ASSIGNED_TO && is_blank (value)))
    return RFI_FIELD_OK;
  if (g_utf8_strlen (value, -1) > (glong) fields[field].max_length)
    return RFI_FIELD_TOO_LONG;
  if (!is_word (field, value))
    return RFI_FIELD_BAD_WORD;

  return RFI_FIELD_OK;
}
