/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-seal.h"
#include "store-fixture.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Another process works on a store, comes to a point, says so, and is killed there; what is on
 * disk then is looked at by a new one.
 */
typedef struct
{
  const char *name;     /* what it does last */
  guint       commit;   /* killed inside this commit, counted from opening; 0 = after the last */
  const char *jobs;
  const char *outbox;
  const char *audit;
} Point;

#define CHANGED "changed title Leak>Big leak"

static const Point points[] = {
  { "enqueue", 0, "a Big leak/assigned/queued", "op-1:edit@a", CHANGED "*" },
  { "enqueue", 2, "a Leak/assigned/confirmed", "", "" },
  { "mark", 0, "a Big leak/assigned/queued", "op-1:edit@a?", CHANGED "*" },
  { "mark", 3, "a Big leak/assigned/queued", "op-1:edit@a", CHANGED "*" },
  { "fail", 0, "a Big leak/assigned/queued", "op-1:edit@a?", CHANGED "*" },
  { "fail", 4, "a Big leak/assigned/queued", "op-1:edit@a?", CHANGED "*" },
  { "confirm", 0, "a Big leak/assigned/confirmed", "", CHANGED },
  { "confirm", 4, "a Big leak/assigned/queued", "op-1:edit@a?", CHANGED "*" },
  { "reject", 0, "a Big leak/assigned/failed", "op-1:edit@a!", CHANGED "*, rejected >No" },
  { "reject", 4, "a Big leak/assigned/queued", "op-1:edit@a?", CHANGED "*" },
  { "conflict", 0, "a Big leak/assigned/conflict", "op-1:edit@a#",
    CHANGED "*, changed title Leak>Flood, conflict title Flood>Big leak" },
  { "conflict", 4, "a Big leak/assigned/queued", "op-1:edit@a?", CHANGED "*" },
  { "resolve", 0, "a Big leak/assigned/queued", "op-9:edit@a",
    "changed title Leak>Flood, conflict title Flood>Big leak, resolved title Flood>Big leak" },
  { "resolve", 5, "a Big leak/assigned/conflict", "op-1:edit@a#",
    CHANGED "*, changed title Leak>Flood, conflict title Flood>Big leak" },
  { "discard", 0, "a Leak/assigned/confirmed", "", "discarded title Big leak>" },
  { "discard", 3, "a Big leak/assigned/queued", "op-1:edit@a", CHANGED "*" },
  { "page", 0, "a Flood/assigned/confirmed, b Noise/assigned/confirmed", "",
    "changed title Leak>Flood" },
  { "page", 2, "a Leak/assigned/confirmed", "", "" },
};

static guint n_commits;
static guint fatal_commit;

static void
come_to_the_point (void)
{
  g_assert_cmpint (write (STDOUT_FILENO, "here\n", 5), ==, 5);
  while (TRUE)
    pause ();
}

static int
commit_cb (void *unused)
{
  if (++n_commits == fatal_commit)
    come_to_the_point ();
  return 0;
}

static int
opened_cb (sqlite3                    *db,
           char                      **message,
           const sqlite3_api_routines *api)
{
  sqlite3_commit_hook (db, commit_cb, NULL);
  return SQLITE_OK;
}

static void
answer (StoreFixture *fixture,
        const char   *deed,
        RfiOperation *edit,
        RfiJob       *row)
{
  g_autoptr(RfiJob) applied = store_job ("a", "Big leak", "\"2\"", 3000);
  g_autoptr(RfiJob) theirs = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiPatch) mine = rfi_patch_copy (edit->patch);

  if (g_str_equal (deed, "fail"))
    store_run (fixture, rfi_store_record_attempt_async, "op-1", TRUE, "TIMEOUT", "No answer",
               (gint64) 9000);
  else if (g_str_equal (deed, "confirm"))
    store_run (fixture, rfi_store_confirm_async, "op-1", applied);
  else if (g_str_equal (deed, "reject"))
    store_run (fixture, rfi_store_reject_async, "op-1", "INVALID", "No");
  else if (g_str_equal (deed, "conflict") || g_str_equal (deed, "resolve"))
    store_open_conflict (fixture, edit, row, theirs);

  if (g_str_equal (deed, "resolve"))
    store_run (fixture, rfi_store_resolve_conflict_async, "c", mine, "op-9", (gint64) 9000);
}

static void
do_work (StoreFixture *fixture,
         const char   *deed)
{
  g_autoptr(RfiJob) row = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) newer = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiJob) other = store_job ("b", "Noise", "\"1\"", 1000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");

  store_apply (fixture, RFI_PULL_LISTING, 1, row, NULL);
  if (g_str_equal (deed, "page"))
    {
      store_apply (fixture, RFI_PULL_LISTING, 1, newer, other, NULL);
      return;
    }

  store_enqueue (fixture, rfi_operation_ref (edit));
  if (g_str_equal (deed, "enqueue"))
    return;
  if (g_str_equal (deed, "discard"))
    {
      store_run (fixture, rfi_store_discard_async, "op-1", (gint64) 4000);
      return;
    }

  store_run (fixture, rfi_store_record_attempt_async, "op-1", TRUE, NULL, NULL, (gint64) 0);
  answer (fixture, deed, edit, row);
}

/* The other process: PATH DEED COMMIT */
static void
be_killed (char *argv[])
{
  StoreFixture fixture = {
    .path = argv[0],
    .seal = rfi_test_seal_new (),
    .told = g_string_new (NULL),
  };

  fatal_commit = (guint) atoi (argv[2]);
  sqlite3_auto_extension ((void (*) (void)) opened_cb);
  store_fixture_open (&fixture);
  /* Making the tables was not the work. */
  n_commits = 0;
  do_work (&fixture, argv[1]);
  come_to_the_point ();
}

static char *program;

static void
kill_at (StoreFixture *fixture,
         const Point  *point)
{
  g_autofree char *commit = g_strdup_printf ("%u", point->commit);
  const char *const argv[] = { program, "--be-killed", fixture->path, point->name, commit, NULL };
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autoptr(GError) error = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "here");
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
}

static void
test_point (StoreFixture  *fixture,
            gconstpointer  data)
{
  const Point *point = data;
  g_autoptr(GPtrArray) conflicts = NULL;

  store_fixture_close (fixture);
  kill_at (fixture, point);
  store_fixture_open (fixture);

  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, -1);
  store_assert (store_show_jobs (fixture), point->jobs);
  store_assert (store_show_outbox (fixture), point->outbox);
  store_assert (store_show_audit (fixture, "a"), point->audit);
  conflicts = store_list_conflicts (fixture);
  g_assert_cmpuint (conflicts->len, ==, strchr (point->outbox, '#') != NULL ? 1 : 0);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--be-killed"))
    be_killed (argv + 2);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  program = g_file_read_link ("/proc/self/exe", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autofree char *path = g_strdup_printf ("/kill/%s/%s", points[i].name,
                                               points[i].commit > 0 ? "within" : "after");

      store_test_add (path, &points[i], test_point);
    }

  return g_test_run ();
}
