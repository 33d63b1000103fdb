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

/* With zeros before it, to be as wide at least. */
static void
append_number (GString *out,
               guint    value,
               guint    width)
{
  char digits[16];
  guint at = G_N_ELEMENTS (digits);

  do
    {
      digits[--at] = (char) ('0' + value % 10);
      value /= 10;
    }
  while (value > 0 || G_N_ELEMENTS (digits) - at < width);
  g_string_append_len (out, digits + at, (gssize) (G_N_ELEMENTS (digits) - at));
}

/* "2026-11-27 10:42:07" in the person's time zone, which spreadsheets know in any language, or
 * "2026-11-27T09:42:07.125Z" for programs. A format would be read anew for each row. */
static void
append_moment (GString *out,
               gint64   at,
               gboolean local)
{
  guint ms = (guint) ((at % 1000 + 1000) % 1000);
  time_t seconds = (time_t) ((at - ms) / 1000);
  struct tm parts;

  if (local)
    localtime_r (&seconds, &parts);
  else
    gmtime_r (&seconds, &parts);
  append_number (out, (guint) MAX (parts.tm_year + 1900, 0), 4);
  g_string_append_c (out, '-');
  append_number (out, (guint) parts.tm_mon + 1, 2);
  g_string_append_c (out, '-');
  append_number (out, (guint) parts.tm_mday, 2);
  g_string_append_c (out, local ? ' ' : 'T');
  append_number (out, (guint) parts.tm_hour, 2);
  g_string_append_c (out, ':');
  append_number (out, (guint) parts.tm_min, 2);
  g_string_append_c (out, ':');
  append_number (out, (guint) parts.tm_sec, 2);
  if (local)
    return;

  g_string_append_c (out, '.');
  append_number (out, ms, 3);
  g_string_append_c (out, 'Z');
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

/* By runs: hardly any character needs a mark. */
static void
append_escaped (GString    *out,
                const char *text)
{
  for (;;)
    {
      const char *end = text;

      while ((guchar) *end >= 0x20 && *end != '"' && *end != '\\')
        end++;
      g_string_append_len (out, text, end - text);
      if (*end == '\0')
        return;

      if ((guchar) *end < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *end);
      else
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *end);
        }
      text = end + 1;
    }
}

/* @begin: the member's name, up to its text. @value: (nullable): then there is no such member */
static void
append_member (GString    *out,
               const char *begin,
               const char *value)
{
  if (value == NULL)
    return;

  g_string_append (out, begin);
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
  append_member (out, ",\"action\":\"", rfi_audit_action_to_string (entry->action));
  append_member (out, ",\"jobId\":\"", *entry->job_id != '\0' ? entry->job_id : NULL);
  append_member (out, ",\"job\":\"", row->job);
  append_member (out, ",\"field\":\"",
                 has_field (entry) ? rfi_field_to_string ((RfiField) entry->field) : NULL);
  append_member (out, ",\"before\":\"", entry->before);
  append_member (out, ",\"after\":\"", entry->after);
  append_member (out, ",\"personId\":\"", entry->user_id);
  append_member (out, ",\"person\":\"", row->who);
  append_member (out, ",\"deviceId\":\"", entry->device_id);
  append_member (out, ",\"origin\":\"", get_origin (entry));
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
