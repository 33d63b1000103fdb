/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-chain.h"
#include "rfi-bench.h"
#include "rfi-sample.h"
#include "rfi-server-history.h"
#include "rfi-server-jobs.h"

#include <time.h>

/* The server's history: how things stood within 100,000 changes, and pages and the whole chain of
 * 1,000,000 entries.
 */

#define N_JOBS    10000
#define N_CHANGES 100000
#define N_ENTRIES 1000000
#define PAGE      100

/* In ms, of one core: what else the machine does is not this program's. */
static double
now (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return (double) spent.tv_sec * 1e3 + (double) spent.tv_nsec / 1e6;
}

static void
must (gboolean      done,
      const GError *error)
{
  if (!done)
    g_error ("%s", error->message);
}

static RfiDb *
fill (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "server.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiServerStore) store = rfi_server_store_open (dir, NULL, &error);
  RfiDb *db;

  must (store != NULL &&
        rfi_sample_fill_large (store, 100, N_JOBS, 1, G_GINT64_CONSTANT (1764200000000), &error),
        error);
  must (rfi_server_store_close (g_steal_pointer (&store), &error), error);
  db = rfi_db_open (path, TRUE, "/com/retailfixit/Dispatch/sql/server", &error);
  must (db != NULL, error);
  return db;
}

static gint64
get_head (RfiDb *db)
{
  g_autoptr(GError) error = NULL;
  gint64 n = rfi_server_audit_get_head (db, &error);

  must (n >= 0, error);
  return n;
}

static GPtrArray *
list_ids (RfiDb *db)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  RFI_DB_KEPT row = rfi_db_prepare (db, "SELECT id FROM job", NULL);

  while (rfi_db_step (db, row, NULL))
    g_ptr_array_add (ids, g_strdup (rfi_db_text (row, 0)));
  return ids;
}

static void
change_jobs (RfiDb *db)
{
  static const char * const words[] = { "low", "medium", "high", "urgent" };
  g_autoptr(GPtrArray) ids = list_ids (db);
  g_autoptr(GError) error = NULL;
  gint64 seq;

  must (rfi_db_begin (db, &error), error);
  for (guint i = 0; i < N_CHANGES; i++)
    {
      const RfiServerActor actor = {
        .user_id = "user-admin", .origin = RFI_SERVER_ORIGIN_REST, .action = "edit",
        .at = G_GINT64_CONSTANT (1764300000000) + i,
      };
      g_autoptr(RfiJob) job = rfi_server_jobs_get (db, ids->pdata[i * 7919 % ids->len], NULL);
      g_autoptr(RfiPatch) patch = rfi_patch_new ();
      g_autoptr(RfiJob) next = NULL;

      rfi_patch_set (patch, RFI_FIELD_PRIORITY, words[(i / ids->len + 1 + i) % 4]);
      rfi_patch_set (patch, RFI_FIELD_NOTES, "[]");
      next = rfi_job_apply (job, patch);
      must (rfi_server_jobs_update (db, job, next, &actor, &seq, &error), error);
    }
  must (rfi_db_commit (db, &error), error);
}

static gboolean
count_job (const char    *job_id,
           const RfiJob  *job,
           gpointer       user_data,
           GError       **error)
{
  (*(guint *) user_data)++;
  return TRUE;
}

/* @first: the last entry before the changes */
static void
measure_as_of (RfiDb  *db,
               gint64  first)
{
  g_autoptr(GArray) samples = rfi_bench_samples_new ();
  g_autoptr(GError) error = NULL;

  must (rfi_db_run (db, "BEGIN", &error), error);
  for (guint point = 0; point < 10; point++)
    {
      double begun = now ();
      guint n_jobs = 0;

      must (rfi_server_history_as_of (db, first + point * (N_CHANGES / 10), NULL, count_job,
                                      &n_jobs, &error), error);
      rfi_bench_add (samples, now () - begun);
      if (n_jobs != N_JOBS)
        g_error ("%u jobs were changed", n_jobs);
    }
  rfi_db_rollback (db);
  rfi_bench_report ("history: the board as of a moment, 100,000 changes", "ms", samples, NULL,
                    NULL);
  rfi_bench_report_one ("history: the board as of the worst moment", "ms",
                        rfi_bench_percentile (samples, 100));
}

static void
measure_check (RfiDb *db)
{
  g_autoptr(GError) error = NULL;
  RfiServerHistoryCheck check;
  double begun = now ();

  must (rfi_server_history_check (db, 0, G_MAXINT64, &check, &error), error);
  if (check.to != N_ENTRIES || check.broken != 0)
    g_error ("the chain broke at %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, check.broken,
             check.to);
  rfi_bench_report_one ("history: chain verified", "entries/s",
                        N_ENTRIES / (now () - begun) * 1000);
  g_free (check.hash);
}

static void
measure_filter (RfiDb                       *db,
                const char                  *name,
                const RfiServerHistoryQuery *query)
{
  g_autoptr(GArray) samples = rfi_bench_samples_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      double begun = now ();
      gint64 next;

      must (rfi_server_history_append (db, query, out, &next, &error), error);
      if (!rfi_server_history_is_search (query))
        must (rfi_server_history_count (db, query, &error) > 0, error);
      rfi_bench_add (samples, now () - begun);
    }
  rfi_bench_report (name, "ms", samples, NULL, NULL);
}

/* Counts all and finds where its pages begin, in the looks that others wait for. */
static void
measure_marks (RfiDb                       *db,
               const char                  *name,
               const RfiServerHistoryQuery *asked)
{
  g_autoptr(GArray) samples = rfi_bench_samples_new ();
  g_autoptr(GError) error = NULL;
  RfiServerHistoryQuery query = *asked;
  RfiServerHistoryMarks marks;

  do
    {
      double begun = now ();

      must (rfi_server_history_mark (db, &query, PAGE, &marks, &error), error);
      rfi_bench_add (samples, now () - begun);
      rfi_server_history_marks_clear (&marks);
      query.before = marks.next;
    }
  while (marks.next != 0);
  rfi_bench_report (name, "ms", samples, NULL, NULL);
}

/* The page where one of two kinds of action has its middle. */
static void
measure_deep (RfiDb                       *db,
              const RfiServerHistoryQuery *asked)
{
  RfiServerHistoryQuery query = *asked;

  query.before = N_ENTRIES / 2;
  query.after = query.before - 4 * PAGE;
  measure_filter (db, "history: a page in the middle of two kinds of action", &query);
}

static void
measure_filters (RfiDb *db)
{
  static const char *const actions[] = { "assign", "delete", NULL };
  RfiServerHistoryQuery query = { .before = G_MAXINT64, .limit = PAGE };

  measure_filter (db, "history: first page of 1,000,000 entries", &query);
  query.actor_id = "user-17";
  measure_filter (db, "history: first page of one person's", &query);
  query.actor_id = NULL;
  query.actions = actions;
  measure_filter (db, "history: first page of two kinds of action", &query);
  measure_marks (db, "history: pages of two kinds of action counted, one look", &query);
  measure_deep (db, &query);
  query.actions = NULL;
  query.other_than = "device";
  measure_filter (db, "history: other devices where there are none, one look", &query);
  query.other_than = NULL;
  query.job_id = "job-42";
  measure_filter (db, "history: first page of one job", &query);
  query.job_id = NULL;
  query.vendor_id = "vendor-001";
  measure_filter (db, "history: first page of one vendor's", &query);
  measure_marks (db, "history: pages of one vendor's counted, one look", &query);
  query.vendor_id = NULL;
  query.text = "not to be found";
  measure_filter (db, "history: text that is nowhere, one look", &query);
  measure_marks (db, "history: text that is nowhere counted, one look", &query);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-bench-XXXXXX", NULL);
  RfiDb *db = fill (dir);
  /* The sample has a history of its own. */
  gint64 first = get_head (db);

  change_jobs (db);
  measure_as_of (db, first);
  rfi_bench_chain_grow (db, (guint) get_head (db), N_ENTRIES);
  measure_check (db);
  measure_filters (db);

  rfi_db_close (db, NULL);
  rfi_bench_remove_tree (dir);
  return 0;
}
