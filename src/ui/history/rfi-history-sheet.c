/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-sheet"

#include "config.h"

#include "rfi-history-sheet.h"

#include "rfi-csv.h"
#include "rfi-history-words.h"
#include "rfi-words.h"

#include <glib/gi18n.h>
#include <time.h>

void
rfi_history_row_clear (RfiHistoryRow *row)
{
  rfi_audit_entry_unref (row->entry);
  g_free (row->who);
  g_free (row->job);
  g_free (row->before);
  g_free (row->after);
}

/* "2026-11-27 10:42:07" in the person's time zone, which spreadsheets know in any language, or
 * "2026-11-27T09:42:07.125Z" for programs. */
static void
append_moment (GString *out,
               gint64   at,
               gboolean local)
{
  time_t seconds = (time_t) (at / 1000);
  struct tm parts;

  if (local)
    localtime_r (&seconds, &parts);
  else
    gmtime_r (&seconds, &parts);
  g_string_append_printf (out, "%04d-%02d-%02d%c%02d:%02d:%02d", parts.tm_year + 1900,
                          parts.tm_mon + 1, parts.tm_mday, local ? ' ' : 'T', parts.tm_hour,
                          parts.tm_min, parts.tm_sec);
  if (!local)
    g_string_append_printf (out, ".%03dZ", (int) (at % 1000));
}

static gboolean
has_field (const RfiAuditEntry *entry)
{
  return entry->field >= 0 && entry->field < RFI_N_FIELDS;
}

/* CSV */

static const char *
get_words (const RfiAuditEntry *entry,
           const char          *name,
           const char          *value)
{
  if (name != NULL)
    return name;
  if (value == NULL)
    return "";
  return has_field (entry) ? rfi_words_value ((RfiField) entry->field, value) : value;
}

static void
append_head (GString *out)
{
  const char *const titles[] = {
    _("Time"), _("Who"), _("Action"), _("Job"), _("Field"), _("Before"), _("After"), _("From"),
    _("Job ID"), _("Person ID"), _("Device ID"),
  };

  g_string_append (out, RFI_CSV_MARK);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      rfi_csv_append_field (out, titles[i], FALSE);
    }
  g_string_append (out, "\r\n");
}

static void
append_csv (GString             *out,
            const RfiHistoryRow *row)
{
  const RfiAuditEntry *entry = row->entry;
  g_autofree char *action = rfi_history_words_action (entry);
  const char *const fields[] = {
    row->who, action, row->job,
    has_field (entry) ? rfi_words_field ((RfiField) entry->field) : "",
    get_words (entry, row->before, entry->before), get_words (entry, row->after, entry->after),
    rfi_history_words_origin (entry), entry->job_id,
    entry->user_id != NULL ? entry->user_id : "", entry->device_id != NULL ? entry->device_id : "",
  };

  append_moment (out, entry->at, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_string_append_c (out, ',');
      rfi_csv_append_field (out, fields[i], TRUE);
    }
  g_string_append (out, "\r\n");
}

/* JSON */

static void
append_escaped (GString    *out,
                const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (*at == '"' || *at == '\\')
      g_string_append_printf (out, "\\%c", *at);
    else if ((guchar) *at < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) *at);
    else
      g_string_append_c (out, *at);
}

/* @value: (nullable): then there is no such member */
static void
append_member (GString    *out,
               const char *name,
               const char *value)
{
  if (value == NULL)
    return;

  g_string_append (out, ",\"");
  g_string_append (out, name);
  g_string_append (out, "\":\"");
  append_escaped (out, value);
  g_string_append_c (out, '"');
}

static const char *
get_origin (const RfiAuditEntry *entry)
{
  static const char *const names[] = {
    [RFI_ORIGIN_HERE] = "this-device",
    [RFI_ORIGIN_SERVER] = "server",
    [RFI_ORIGIN_DEVICE] = "another-device",
  };

  return names[entry->origin];
}

static void
append_json (GString             *out,
             const RfiHistoryRow *row,
             gboolean             first)
{
  const RfiAuditEntry *entry = row->entry;

  g_string_append (out, first ? "\n{\"at\":\"" : ",\n{\"at\":\"");
  append_moment (out, entry->at, FALSE);
  g_string_append_c (out, '"');
  append_member (out, "action", rfi_audit_action_to_string (entry->action));
  append_member (out, "jobId", *entry->job_id != '\0' ? entry->job_id : NULL);
  append_member (out, "job", row->job);
  append_member (out, "field",
                 has_field (entry) ? rfi_field_to_string ((RfiField) entry->field) : NULL);
  append_member (out, "before", entry->before);
  append_member (out, "after", entry->after);
  append_member (out, "personId", entry->user_id);
  append_member (out, "person", row->who);
  append_member (out, "deviceId", entry->device_id);
  append_member (out, "origin", get_origin (entry));
  if (entry->pending)
    g_string_append (out, ",\"pending\":true");
  g_string_append_c (out, '}');
}

void
rfi_history_sheet_begin (RfiHistoryFormat  format,
                         GString          *out)
{
  if (format == RFI_HISTORY_CSV)
    append_head (out);
  else
    g_string_append_c (out, '[');
}

void
rfi_history_sheet_append (RfiHistoryFormat     format,
                          const RfiHistoryRow *row,
                          gboolean             first,
                          GString             *out)
{
  if (format == RFI_HISTORY_CSV)
    append_csv (out, row);
  else
    append_json (out, row, first);
}

void
rfi_history_sheet_end (RfiHistoryFormat  format,
                       GString          *out)
{
  if (format == RFI_HISTORY_JSON)
    g_string_append (out, "\n]\n");
}
