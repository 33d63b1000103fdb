/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-field"

#include "config.h"

#include "rfi-field.h"

#include "rfi-priority.h"
#include "rfi-status.h"

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

static gboolean
is_word (RfiField    field,
         const char *value)
{
  RfiPriority priority;
  RfiStatus status;

  if (field == RFI_FIELD_PRIORITY)
    return rfi_priority_from_string (value, &priority);
  if (field == RFI_FIELD_STATUS)
    return rfi_status_from_string (value, &status);
  if (field == RFI_FIELD_ZIP_CODE)
    return is_zip_code (value);

  return TRUE;
}

RfiFieldProblem
rfi_field_check (RfiField    field,
                 const char *value)
{
  g_return_val_if_fail (field < RFI_N_FIELDS, RFI_FIELD_BAD_WORD);

  if (value == NULL || is_blank (value))
    return field == RFI_FIELD_ASSIGNED_TO ? RFI_FIELD_OK : RFI_FIELD_BLANK;
  if (g_utf8_strlen (value, -1) > (glong) fields[field].max_length)
    return RFI_FIELD_TOO_LONG;
  if (!is_word (field, value))
    return RFI_FIELD_BAD_WORD;

  return RFI_FIELD_OK;
}
