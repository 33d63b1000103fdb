/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-csv.h"
#include "rfi-field.h"
#include "rfi-history-query.h"
#include "rfi-history-sheet.h"

static RfiHistoryRow
make_row (const RfiAuditEntry *entry,
          const char          *who,
          const char          *job)
{
  return (RfiHistoryRow) {
    .entry = rfi_audit_entry_new (entry), .who = g_strdup (who), .job = g_strdup (job),
  };
}

/* Returns: (transfer full): a file of one row, without its head */
static char *
write_row (RfiHistoryFormat  format,
           RfiHistoryRow    *row)
{
  g_autoptr(GString) head = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  rfi_history_sheet_begin (format, head);
  rfi_history_sheet_append (format, row, TRUE, out);
  rfi_history_sheet_end (format, out);
  rfi_history_row_clear (row);
  return g_string_free (out, FALSE);
}

static const RfiAuditEntry changed = {
  .id = 65, .at = G_GINT64_CONSTANT (1764236527125), .job_id = (char *) "j1",
  .user_id = (char *) "u1", .device_id = (char *) "d1", .action = RFI_AUDIT_CHANGED,
  .origin = RFI_ORIGIN_DEVICE, .field = RFI_FIELD_PRIORITY, .before = (char *) "high",
  .after = (char *) "urgent",
};

static void
test_csv (void)
{
  RfiHistoryRow row = make_row (&changed, "Nora, night", "Door “7”");
  g_autofree char *text = write_row (RFI_HISTORY_CSV, &row);

  g_assert_cmpstr (text, ==,
                   "2025-11-27 09:42:07,\"Nora, night\",Changed priority,Door “7”,Priority,High,"
                   "Urgent,Another device,j1,u1,d1\r\n");
}

static void
test_csv_head (void)
{
  g_autoptr(GString) head = g_string_new (NULL);

  rfi_history_sheet_begin (RFI_HISTORY_CSV, head);
  g_assert_cmpstr (head->str, ==,
                   RFI_CSV_MARK "Time,Who,Action,Job,Field,Before,After,From,Job ID,Person ID,"
                   "Device ID\r\n");
}

/* A spreadsheet runs nothing of what somebody typed, wherever it stands. */
static void
test_csv_formula (void)
{
  const RfiAuditEntry entry = {
    .at = 0, .job_id = (char *) "=j", .user_id = (char *) "+u", .action = RFI_AUDIT_CHANGED,
    .field = RFI_FIELD_TITLE, .before = (char *) "-1+1", .after = (char *) "@SUM(A1)\n\"x\"",
  };
  RfiHistoryRow row = make_row (&entry, "=HYPERLINK(\"http://x\")", "\tTab");
  g_autofree char *text = write_row (RFI_HISTORY_CSV, &row);

  g_assert_cmpstr (text, ==,
                   "1970-01-01 00:00:00,\"'=HYPERLINK(\"\"http://x\"\")\",Changed title,\"'\tTab\","
                   "Title,\"'-1+1\",\"'@SUM(A1)\n\"\"x\"\"\",This device,\"'=j\",\"'+u\",\r\n");
}

static void
test_json (void)
{
  RfiHistoryRow row = make_row (&changed, "Nora \"N\"\n", "Back\\slash\x01");
  g_autofree char *text = write_row (RFI_HISTORY_JSON, &row);

  g_assert_cmpstr (text, ==,
                   "\n{\"at\":\"2025-11-27T09:42:07.125Z\",\"action\":\"changed\",\"jobId\":\"j1\","
                   "\"job\":\"Back\\\\slash\\u0001\",\"field\":\"priority\",\"before\":\"high\","
                   "\"after\":\"urgent\",\"personId\":\"u1\",\"person\":\"Nora \\\"N\\\"\\u000a\","
                   "\"deviceId\":\"d1\",\"origin\":\"another-device\"}\n]\n");
}

/* A computer whose clock was never set tells of a time before all others. */
static void
test_json_early (void)
{
  const RfiAuditEntry early = { .at = -1, .job_id = (char *) "", .field = -1 };
  RfiHistoryRow row = make_row (&early, "", "");
  g_autofree char *text = write_row (RFI_HISTORY_JSON, &row);

  g_assert_true (g_str_has_prefix (text, "\n{\"at\":\"1969-12-31T23:59:59.999Z\",\"action\":"));
}

/* What the server is asked for each part of a question. */
static void
test_path (void)
{
  static const struct {
    RfiHistoryQuery  query;
    const char      *device;
    const char      *path;
  } cases[] = {
    { { 0 }, NULL, "limit=200&before=9223372036854775807" },
    { { .before = 7, .limit = 1000, .since = 5, .until = 9 }, NULL,
      "limit=1000&before=7&from=5&to=9" },
    { { .user_id = (char *) "u 1", .job_id = (char *) "j&", .text = (char *) "50 %", .before = 1 },
      NULL, "limit=200&before=1&actorId=u%201&jobId=j%26&text=50%20%25" },
    { { .kind = RFI_HISTORY_STATUS, .from = RFI_HISTORY_HERE, .before = 1 }, "d",
      "limit=200&before=1&action=status,assign&deviceId=d" },
    { { .kind = RFI_HISTORY_ASSIGNMENT, .before = 1 }, "d",
      "limit=200&before=1&action=assign,move" },
    { { .kind = RFI_HISTORY_LIFE, .before = 1 }, "d",
      "limit=200&before=1&action=create,delete,remake,revoke-device" },
    { { .from = RFI_HISTORY_HERE, .before = 1 }, NULL, "limit=200&before=1&deviceId=none" },
    { { .from = RFI_HISTORY_ELSEWHERE, .device_id = (char *) "e", .before = 1 }, "d",
      "limit=200&before=1&otherThanDevice=d&deviceId=e" },
    { { .from = RFI_HISTORY_BY_SERVER, .before = 1 }, "d", "limit=200&before=1&noDevice=true" },
    { { .from = RFI_HISTORY_BY_CONFLICT, .before = 1 }, "d",
      "limit=200&before=1&action=resolve,settle,escalate,investigate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = rfi_history_query_to_path (&cases[i].query, cases[i].device);
      g_autofree char *expected = g_strconcat ("/v1/audit?", cases[i].path, NULL);
      g_autofree char *decoded = g_uri_unescape_string (path, NULL);
      g_autofree char *plain = g_uri_unescape_string (expected, NULL);

      g_assert_cmpstr (decoded, ==, plain);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history-sheet/csv", test_csv);
  g_test_add_func ("/history-sheet/csv-head", test_csv_head);
  g_test_add_func ("/history-sheet/csv-formula", test_csv_formula);
  g_test_add_func ("/history-sheet/json", test_json);
  g_test_add_func ("/history-sheet/json-early", test_json_early);
  g_test_add_func ("/history-sheet/path", test_path);
  return g_test_run ();
}
