/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-chain.h"
#include "rfi-bench.h"
#include "rfi-history-export.h"
#include "rfi-history-item.h"
#include "rfi-history-list.h"
#include "rfi-session-records.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"

#include <stdlib.h>
#include <time.h>

/* The history of a real server of 1,000,000 entries as a console without a window gets it: its
 * first rows, and all of it as a file. The main loop is what a person would feel stall, so each of
 * its turns is timed.
 */

#define N_ENTRIES 1000000
#define N_ROUNDS  20
#define PAGE      100

/* A turn of the main loop, in ms: by the clock, and what this thread worked in it. */
static gint64 turn_clock;
static double turn_work;
static double longest_clock;
static double longest_work;

static double
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static void
begin_turn (void)
{
  turn_clock = g_get_monotonic_time ();
  turn_work = get_work ();
}

static gint
poll_cb (GPollFD *fds,
         guint    n_fds,
         gint     timeout)
{
  int result;

  longest_clock = MAX (longest_clock, (double) (g_get_monotonic_time () - turn_clock) / 1000);
  longest_work = MAX (longest_work, get_work () - turn_work);
  result = g_poll (fds, n_fds, timeout);
  begin_turn ();
  return result;
}

static void
grow (RfiTestServer *server)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (server), "server.db", NULL);
  g_autoptr(GError) error = NULL;
  RfiDb *db;

  rfi_test_server_terminate (server);
  db = rfi_db_open (path, TRUE, "/com/retailfixit/Dispatch/sql/server", &error);
  g_assert_no_error (error);
  rfi_bench_chain_grow (db, 0, N_ENTRIES);
  rfi_db_close (db, NULL);
  rfi_test_server_start (server);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
measure_first (RfiSession *session)
{
  const RfiHistoryQuery query = { .limit = PAGE };
  g_autoptr(GArray) samples = rfi_bench_samples_new ();

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(RfiHistoryPart) part = NULL;
      g_autoptr(GError) error = NULL;
      gint64 begun = g_get_monotonic_time ();

      rfi_session_query_history_async (session, &query, NULL, keep_cb, &result);
      rfi_test_wait (result != NULL);
      part = rfi_session_query_history_finish (session, result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (part->entries->len, ==, PAGE);
      rfi_bench_add (samples, (double) (g_get_monotonic_time () - begun) / 1000);
    }
  rfi_bench_report ("past: first rows of 1,000,000 entries at the console", "ms", samples, NULL,
                    NULL);
}

static gboolean
is_read (GListModel *model,
         guint       position)
{
  g_autoptr(RfiHistoryItem) item = g_list_model_get_item (model, position);

  return item != NULL && rfi_history_item_get_entry (item) != NULL;
}

/* The thumb is dragged somewhere else each time: until the entries in its middle are there. */
static void
measure_jumps (RfiSession *session)
{
  static const RfiHistoryQuery all;
  g_autoptr(RfiHistoryList) list = rfi_history_list_new (session);
  g_autoptr(GArray) samples = rfi_bench_samples_new ();
  GListModel *model = rfi_history_list_get_model (list);
  gint64 begun = g_get_monotonic_time ();

  rfi_history_list_ask (list, &all, TRUE);
  rfi_test_wait (g_list_model_get_n_items (model) >= N_ENTRIES);
  rfi_bench_report_one ("past: a list of 1,000,000 entries is as long as they are", "ms",
                        (double) (g_get_monotonic_time () - begun) / 1000);
  for (guint i = 1; i <= N_ROUNDS; i++)
    {
      guint position = (guint) ((gint64) i * 7919 * 101 % N_ENTRIES);

      begun = g_get_monotonic_time ();
      rfi_test_wait (is_read (model, position));
      rfi_bench_add (samples, (double) (g_get_monotonic_time () - begun) / 1000);
    }
  rfi_bench_report ("past: jump to anywhere in 1,000,000 entries", "ms", samples, NULL, NULL);
}

static void
measure_export (RfiSession       *session,
                RfiHistoryFormat  format,
                const char       *dir,
                const char       *name)
{
  static const RfiHistoryQuery all;
  g_autoptr(GFile) file = g_file_new_build_filename (dir, name, NULL);
  g_autofree char *rate = g_strdup_printf ("past: all of the history saved as %s", name);
  g_autofree char *stall = g_strdup_printf ("past: longest stall, saved as %s", name);
  g_autofree char *work = g_strdup_printf ("past: longest turn's own work, saved as %s", name);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 begun;
  guint n_rows;

  rfi_test_settle ();
  begin_turn ();
  longest_clock = longest_work = 0;
  begun = g_get_monotonic_time ();
  rfi_history_export_async (session, &all, TRUE, format, file, NULL, NULL, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  rfi_history_export_finish (result, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, >=, N_ENTRIES);
  rfi_bench_report_one (rate, "rows/s",
                        n_rows / ((double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC));
  rfi_bench_report_one (stall, "ms", longest_clock);
  rfi_bench_report_one (work, "ms", longest_work);
}

int
main (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-bench-XXXXXX", NULL);
  RfiTestServer *server = rfi_test_server_new (NULL);
  RfiTestConsole *console = rfi_test_console_new ();

  grow (server);
  rfi_test_console_sign_in (console, rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  g_main_context_set_poll_func (NULL, poll_cb);
  measure_first (console->session);
  measure_jumps (console->session);
  measure_export (console->session, RFI_HISTORY_CSV, dir, "CSV");
  measure_export (console->session, RFI_HISTORY_JSON, dir, "JSON");
  g_main_context_set_poll_func (NULL, NULL);

  rfi_test_console_free (console);
  rfi_test_server_free (server);
  rfi_bench_remove_tree (dir);
  return EXIT_SUCCESS;
}
