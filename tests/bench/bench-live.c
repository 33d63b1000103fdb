/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"

#include "rfi-job-table.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* The whole console at the server of $RFI_BENCH_URL while another desk changes jobs: from a change
 * sent there to the frame that shows it, a thousand of them in a second, and ten in a second while
 * nobody does anything here. The other desk is this program again, "change URL RATE", with a line
 * "ID" for each change to make, so that its work is not counted here.
 */

#define N_JOBS   100000
#define N_PUSHED 60
#define N_MANY   1000
#define N_IDLE   100
#define FRAME    16.7

typedef struct
{
  GSubprocess      *process;   /* (owned) */
  GDataInputStream *lines;     /* (owned) what it says: when it sent each, in µs */
  GArray           *sent;      /* (element-type gint64) */
  GArray           *painted;   /* (element-type gint64), 0 for those not seen alone */
  gboolean          is_ready;
  gboolean          has_ended;
  const char       *job_id;    /* (nullable): whose title is awaited */
  GArray           *frames;    /* (owned): ms of work from one frame to the next */
  double            before;
} Desk;

static double
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* Of all threads, in ms. */
static double
get_all_work (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* The other desk */

static char *
get_token (SoupSession *http,
           const char  *url)
{
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (http, url, "POST", "/api/auth/login", NULL,
                        "{\"email\":\"admin@retailfixit.com\",\"password\":\"admin123\"}");

  return rfi_test_answer_get (answer, "token");
}

/* Returns: when it was sent, in µs */
static gint64
change (SoupSession *http,
        const char  *url,
        const char  *token,
        const char  *job_id,
        guint        number)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (http, url, "GET", path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autofree char *json = g_strdup_printf ("{\"_etag\":\"%s\",\"title\":\"Change %u\"}", etag,
                                           number);
  gint64 sent = g_get_monotonic_time ();
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (http, url, "PATCH", path, token, json);

  if (answer->status != 200)
    g_error ("PATCH %s: %u %s", path, answer->status, answer->text);
  return sent;
}

static int
run_desk (const char *url,
          guint       rate)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = get_token (http, url);
  gint64 from;
  char line[128];

  printf ("ready\n");
  fflush (stdout);
  from = g_get_monotonic_time ();
  for (guint i = 0; fgets (line, sizeof line, stdin) != NULL; i++)
    {
      gint64 wait = from + (gint64) i * G_USEC_PER_SEC / rate - g_get_monotonic_time ();

      if (wait > 0)
        g_usleep ((gulong) wait);
      printf ("%" G_GINT64_FORMAT "\n", change (http, url, token, g_strstrip (line), i));
      fflush (stdout);
    }
  return EXIT_SUCCESS;
}

/* This desk */

static void read_next (Desk *desk);

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Desk *desk = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, &error);
  gint64 sent;

  g_assert_no_error (error);
  desk->has_ended = line == NULL;
  if (line == NULL)
    return;

  sent = g_ascii_strtoll (line, NULL, 10);
  if (desk->is_ready)
    g_array_append_val (desk->sent, sent);
  desk->is_ready = TRUE;
  read_next (desk);
}

static void
read_next (Desk *desk)
{
  g_data_input_stream_read_line_async (desk->lines, G_PRIORITY_DEFAULT, NULL, line_cb, desk);
}

static void
painted_cb (GdkFrameClock *clock,
            Desk          *desk)
{
  RfiJobTable *jobs = rfi_session_get_jobs (rfi_test_desk_session ());
  double now = get_work ();
  guint number;

  rfi_bench_add (desk->frames, now - desk->before);
  desk->before = now;
  if (desk->job_id == NULL ||
      sscanf (rfi_job_table_lookup (jobs, desk->job_id)->work->title, "Change %u", &number) != 1)
    return;
  if (number >= desk->painted->len)
    g_array_set_size (desk->painted, number + 1);
  if (g_array_index (desk->painted, gint64, number) == 0)
    g_array_index (desk->painted, gint64, number) = g_get_monotonic_time ();
}

static void
start_desk (Desk       *desk,
            const char *program,
            const char *url,
            guint       rate)
{
  g_autofree char *text = g_strdup_printf ("%u", rate);
  g_autoptr(GError) error = NULL;

  desk->process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "change",
    url, text, NULL);
  g_assert_no_error (error);
  desk->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (desk->process));
  desk->sent = g_array_new (FALSE, TRUE, sizeof (gint64));
  desk->painted = g_array_new (FALSE, TRUE, sizeof (gint64));
  desk->frames = rfi_bench_samples_new ();
  read_next (desk);
  rfi_test_wait (desk->is_ready);
}

static void
end_desk (Desk *desk)
{
  g_object_unref (desk->process);
  g_object_unref (desk->lines);
  g_array_unref (desk->sent);
  g_array_unref (desk->painted);
  g_array_unref (desk->frames);
}

/* Lets the other desk make its changes. @keep_painting: a frame each time, as while scrolling */
static void
run_changes (Desk    *desk,
             GString *ids,
             gboolean keep_painting)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (rfi_test_desk_window ()));
  GOutputStream *to = g_subprocess_get_stdin_pipe (desk->process);
  g_autoptr(GError) error = NULL;
  gulong painted;

  painted = g_signal_connect_after (clock, "after-paint", G_CALLBACK (painted_cb), desk);
  if (keep_painting)
    gdk_frame_clock_begin_updating (clock);
  desk->before = get_work ();
  g_output_stream_write_all (to, ids->str, ids->len, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (to, NULL, &error);
  g_assert_no_error (error);
  while (!desk->has_ended)
    g_main_context_iteration (NULL, TRUE);
  if (keep_painting)
    gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, painted);
}

static void
add_cb (RfiJobState *state,
        gpointer     user_data)
{
  g_ptr_array_add (user_data, (char *) state->work->id);
}

/* @n_different: jobs that are changed in turn. Returns: (transfer full) */
static GString *
pick_jobs (guint n_changes,
           guint n_different)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  GString *ids = g_string_new (NULL);

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), add_cb, all);
  for (guint i = 0; i < n_changes; i++)
    g_string_append_printf (ids, "%s\n",
                            (char *) all->pdata[(gsize) (i % n_different) * 97 % all->len]);
  return ids;
}

static void
measure_pushed (const char *program,
                const char *url)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();
  g_autoptr(GString) ids = pick_jobs (N_PUSHED, 1);
  g_autofree char *job_id = g_strndup (ids->str, strcspn (ids->str, "\n"));
  Desk desk = { .job_id = job_id };

  start_desk (&desk, program, url, 10);
  run_changes (&desk, ids, FALSE);
  for (guint i = 0; i < MIN (desk.sent->len, desk.painted->len); i++)
    if (g_array_index (desk.painted, gint64, i) != 0)
      rfi_bench_add (times, (double) (g_array_index (desk.painted, gint64, i) -
                                      g_array_index (desk.sent, gint64, i)) / 1000);
  rfi_bench_report ("pushed-change: sent by another desk to the next frame here, 100,000 jobs",
                    "ms", times, NULL, NULL);
  end_desk (&desk);
}

static void
measure_many (const char *program,
              const char *url)
{
  g_autoptr(GString) ids = pick_jobs (N_MANY, N_MANY);
  gint64 took;
  guint n_dropped = 0;
  Desk desk = { NULL, };

  start_desk (&desk, program, url, N_MANY);
  took = g_get_monotonic_time ();
  run_changes (&desk, ids, TRUE);
  took = g_get_monotonic_time () - took;
  for (guint i = 0; i < desk.frames->len; i++)
    n_dropped += g_array_index (desk.frames, double, i) > FRAME;
  rfi_bench_report ("thousand-changes: work from frame to frame", "ms", desk.frames, NULL, NULL);
  rfi_bench_report_one ("thousand-changes: frames dropped by own work", "frames", n_dropped);
  rfi_bench_report_one ("thousand-changes: changes by another desk", "changes/s",
                        N_MANY / ((double) took / G_USEC_PER_SEC));
  end_desk (&desk);
}

static void
measure_idle (const char *program,
              const char *url)
{
  g_autoptr(GString) ids = pick_jobs (N_IDLE, N_IDLE);
  Desk desk = { NULL, };
  gint64 took;
  double work;

  start_desk (&desk, program, url, 10);
  took = g_get_monotonic_time ();
  work = get_all_work ();
  run_changes (&desk, ids, FALSE);
  work = get_all_work () - work;
  took = g_get_monotonic_time () - took;
  rfi_bench_report_one ("idle-cpu: of a core, ten changes in a second by another desk, "
                        "100,000 jobs", "%", work / ((double) took / 1000) * 100);
  end_desk (&desk);
}

int
main (int   argc,
      char *argv[])
{
  const char *url = g_getenv ("RFI_BENCH_URL");

  if (argc == 4)
    return run_desk (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));

  rfi_test_desk_init (&argc, &argv);
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (url, RFI_TEST_ADMIN);
  rfi_test_wait (rfi_job_table_get_n_jobs (rfi_session_get_jobs (rfi_test_desk_session ())) >=
                 N_JOBS);
  measure_pushed (argv[0], url);
  measure_many (argv[0], url);
  measure_idle (argv[0], url);
  return rfi_test_desk_end (EXIT_SUCCESS);
}
