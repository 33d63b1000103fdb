/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-field.h"
#include "rfi-history-sheet.h"

#include <time.h>

/* History as files: rows of a million in parts, as an export writes them. */

#define N_ROWS 1000000
#define PART   1000

/* In ms, of one core: what else the machine does is not this program's. */
static double
now (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return (double) spent.tv_sec * 1e3 + (double) spent.tv_nsec / 1e6;
}

static GArray *
make_part (void)
{
  GArray *part = g_array_new (FALSE, FALSE, sizeof (RfiHistoryRow));

  g_array_set_clear_func (part, (GDestroyNotify) rfi_history_row_clear);
  for (guint i = 0; i < PART; i++)
    {
      const RfiAuditEntry entry = {
        .at = G_GINT64_CONSTANT (1764236527125) + i, .action = RFI_AUDIT_CHANGED,
        .job_id = (char *) "9d7f5c7e-6ff0-4a61-9f0e-9d8a3a6f0a11",
        .user_id = (char *) "293b623e-64cb-4cdc-9049-dd277cfed7ef", .field = i % RFI_N_FIELDS,
        .before = (char *) "Door does not close, seal \"replaced\"", .after = (char *) "urgent",
      };
      RfiHistoryRow row = {
        .entry = rfi_audit_entry_new (&entry), .who = g_strdup ("Cool Air Dispatcher"),
        .job = g_strdup ("Walk-in cooler repair"),
      };

      g_array_append_val (part, row);
    }
  return part;
}

static void
measure (const char       *name,
         RfiHistoryFormat  format,
         GArray           *part)
{
  g_autoptr(GString) out = g_string_new (NULL);
  double begun = now ();

  for (guint i = 0; i < N_ROWS; i++)
    {
      if (i % PART == 0)
        g_string_truncate (out, 0);
      rfi_history_sheet_append (format, &g_array_index (part, RfiHistoryRow, i % PART), i == 0,
                                out);
    }
  rfi_bench_report_one (name, "rows/s", N_ROWS / (now () - begun) * 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GArray) part = make_part ();

  measure ("history: rows written as CSV", RFI_HISTORY_CSV, part);
  measure ("history: rows written as JSON", RFI_HISTORY_JSON, part);
  return 0;
}
