/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"

#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-test-console.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* The whole console at the server of $RFI_BENCH_URL while another desk changes jobs: from a change
 * sent there to the frame that shows it, a thousand of them in a second, and ten in a second while
 * nobody does anything here: of cards out of sight, as nearly all of a hundred thousand are, and of
 * cards in sight. The other desk is this program again, "change URL RATE", so that its work is not
 * counted here. A word such as "idle" runs that part alone.
 */

#define N_JOBS   100000
#define N_PUSHED 60
#define N_MANY   1000
#define N_IDLE   100
#define N_AT_ONCE 8
#define RETURNING "returning"
#define FRAME    16.7

typedef struct
{
  GSubprocess      *process;   /* (owned) */
  GDataInputStream *lines;     /* (owned) what it says of each: number, when sent, answered */
  RfiJobTable      *jobs;      /* borrowed */
  GPtrArray        *ids;       /* (element-type utf8): of what is changed, in turn */
  GArray           *sent;      /* (element-type gint64) */
  GArray           *painted;   /* (element-type gint64), 0 for those not seen alone */
  gint64            ended;     /* when the last was answered, in µs */
  gboolean          is_ready;
  gboolean          has_ended;
  GArray           *frames;    /* (owned): ms of work from one frame to the next */
  GArray           *intervals; /* (owned): ms from one frame to the next, by the frame clock */
  double            before;
  gint64            frame_time;
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

typedef struct
{
  SoupSession *http;
  const char  *url;
  char        *token;
  GHashTable  *etags;      /* (element-type utf8 utf8): by job */
  guint        n_under_way;
} OtherDesk;

typedef struct
{
  OtherDesk   *desk;
  SoupMessage *message;    /* (owned) */
  const char  *job_id;
  gint64       sent;
  gint64       answered;
} Call;

static char *
get_token (SoupSession *http,
           const char  *url)
{
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (http, url, "POST", "/api/auth/login", NULL,
                        "{\"email\":\"admin@retailfixit.com\",\"password\":\"admin123\"}");

  return rfi_test_answer_get (answer, "token");
}

/* What has to be named in a change, asked for beforehand. */
static void
learn_etag (OtherDesk  *desk,
            const char *job_id)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autoptr(RfiTestAnswer) job = NULL;

  if (g_hash_table_contains (desk->etags, job_id))
    return;

  job = rfi_test_http_call (desk->http, desk->url, "GET", path, desk->token, NULL);
  g_hash_table_insert (desk->etags, g_strdup (job_id), rfi_test_answer_get (job, "_etag"));
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (object), result,
                                                              &error);
  RfiTestAnswer answer = { .status = soup_message_get_status (call->message) };

  g_assert_no_error (error);
  answer.text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (answer.status != 200)
    g_error ("PATCH %s: %u %s", call->job_id, answer.status, answer.text);
  call->answered = g_get_monotonic_time ();
  call->desk->n_under_way--;
  g_hash_table_insert (call->desk->etags, g_strdup (call->job_id),
                       rfi_test_answer_get (&answer, "_etag"));
  g_free (answer.text);
  g_clear_object (&call->message);
}

static void
send_change (OtherDesk  *desk,
             Call       *call,
             const char *job_id,
             guint       number)
{
  g_autofree char *url = g_strdup_printf ("%s/api/jobs/%s", desk->url, job_id);
  g_autofree char *bearer = g_strdup_printf ("Bearer %s", desk->token);
  g_autofree char *json = g_strdup_printf ("{\"_etag\":\"%s\",\"title\":\"Change %u\"}",
                                           (char *) g_hash_table_lookup (desk->etags, job_id),
                                           number);
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));

  *call = (Call) { desk, soup_message_new ("PATCH", url), job_id, g_get_monotonic_time (), 0 };
  soup_message_headers_append (soup_message_get_request_headers (call->message), "Authorization",
                               bearer);
  soup_message_set_request_body_from_bytes (call->message, "application/json", body);
  desk->n_under_way++;
  soup_session_send_and_read_async (desk->http, call->message, G_PRIORITY_DEFAULT, NULL,
                                    answered_cb, call);
}

static gboolean
due_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_until (OtherDesk *desk,
            gint64     time)
{
  gint64 wait = (time - g_get_monotonic_time ()) / 1000;
  gboolean due = wait <= 0;

  if (!due)
    g_timeout_add_full (G_PRIORITY_HIGH, (guint) wait, due_cb, &due, NULL);
  while (!due || desk->n_under_way >= N_AT_ONCE)
    g_main_context_iteration (NULL, TRUE);
}

static int
run_desk (const char *url,
          guint       rate)
{
  g_autoptr(SoupSession) http =
    soup_session_new_with_options ("proxy-resolver", NULL, "max-conns-per-host", N_AT_ONCE, NULL);
  OtherDesk desk = { http, url, get_token (http, url), NULL, 0 };
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree Call *calls = NULL;
  gint64 from;
  char line[128];

  desk.etags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (fgets (line, sizeof line, stdin) != NULL)
    g_ptr_array_add (ids, g_strdup (g_strstrip (line)));
  for (guint i = 0; i < ids->len; i++)
    learn_etag (&desk, ids->pdata[i]);
  printf ("ready\n");
  fflush (stdout);
  calls = g_new0 (Call, ids->len);
  from = g_get_monotonic_time ();
  for (guint i = 0; i < ids->len; i++)
    {
      wait_until (&desk, from + (gint64) i * G_USEC_PER_SEC / rate);
      send_change (&desk, &calls[i], ids->pdata[i], i);
    }
  while (desk.n_under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < ids->len; i++)
    printf ("%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", i, calls[i].sent,
            calls[i].answered);
  g_hash_table_unref (desk.etags);
  g_free (desk.token);
  return EXIT_SUCCESS;
}

/* Others that were offline while they made their changes, half of them each, for more may not wait
 * with one; and come back with all of them at the same time. */
static int
run_returning_desks (const char *url)
{
  RfiTestConsole *consoles[] = { rfi_test_console_new (), rfi_test_console_new () };
  g_autoptr(GError) error = NULL;
  guint n_changes = 0;
  gint64 from;
  gint64 sent;
  char line[128];

  for (guint i = 0; i < G_N_ELEMENTS (consoles); i++)
    {
      rfi_test_console_try_sign_in (consoles[i], url, RFI_TEST_ADMIN, TRUE, &error);
      g_assert_no_error (error);
      rfi_test_console_wait_live (consoles[i]);
      rfi_session_set_forced_offline (consoles[i]->session, TRUE);
    }
  for (; fgets (line, sizeof line, stdin) != NULL; n_changes++)
    {
      g_autofree char *title = g_strdup_printf ("Change %u", n_changes);

      rfi_test_console_edit (consoles[n_changes % G_N_ELEMENTS (consoles)], g_strstrip (line),
                             RFI_FIELD_TITLE, title, &error);
      g_assert_no_error (error);
    }
  printf ("ready\n");
  fflush (stdout);
  from = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (consoles); i++)
    rfi_session_set_forced_offline (consoles[i]->session, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (consoles); i++)
    rfi_test_console_wait_sent (consoles[i]);
  sent = g_get_monotonic_time ();
  for (guint i = 0; i < n_changes; i++)
    printf ("%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", i, from, sent);
  fflush (stdout);
  for (guint i = 0; i < G_N_ELEMENTS (consoles); i++)
    rfi_test_console_free (consoles[i]);
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
  guint number;
  gint64 sent;
  gint64 answered;

  g_assert_no_error (error);
  desk->has_ended = line == NULL;
  if (line == NULL)
    return;

  if (sscanf (line, "%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &number, &sent, &answered) == 3)
    {
      g_array_index (desk->sent, gint64, number) = sent;
      desk->ended = MAX (desk->ended, answered);
    }
  desk->is_ready = TRUE;
  read_next (desk);
}

static void
read_next (Desk *desk)
{
  g_data_input_stream_read_line_async (desk->lines, G_PRIORITY_DEFAULT, NULL, line_cb, desk);
}

/* Returns: the last change that is shown of the job of change @number; -1 = none */
static int
get_shown (Desk *desk,
           guint number)
{
  const char *title = rfi_job_table_lookup (desk->jobs, desk->ids->pdata[number])->work->title;
  int shown;

  return sscanf (title, "Change %d", &shown) == 1 ? shown : -1;
}

static void
painted_cb (GdkFrameClock *clock,
            Desk          *desk)
{
  gint64 now = g_get_monotonic_time ();
  gint64 frame_time = gdk_frame_clock_get_frame_time (clock);
  double work = get_work ();

  rfi_bench_add (desk->frames, work - desk->before);
  desk->before = work;
  if (desk->frame_time != 0)
    rfi_bench_add (desk->intervals, (double) (frame_time - desk->frame_time) / 1000);
  desk->frame_time = frame_time;
  for (guint i = desk->painted->len; i < desk->ids->len && get_shown (desk, i) >= (int) i; i++)
    {
      gint64 painted = get_shown (desk, i) == (int) i ? now : 0;

      g_array_append_val (desk->painted, painted);
    }
}

/* @rate: in a second, 0 = all at once by desks that were offline. @ids: (transfer full) */
static void
start_desk (Desk       *desk,
            const char *program,
            const char *url,
            guint       rate,
            GPtrArray  *ids)
{
  g_autofree char *text = rate > 0 ? g_strdup_printf ("%u", rate) : g_strdup (RETURNING);
  g_autoptr(GError) error = NULL;

  desk->process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "change",
    url, text, NULL);
  g_assert_no_error (error);
  desk->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (desk->process));
  desk->jobs = rfi_session_get_jobs (rfi_test_desk_session ());
  desk->ids = ids;
  desk->sent = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (desk->sent, ids->len);
  desk->painted = g_array_new (FALSE, TRUE, sizeof (gint64));
  desk->frames = rfi_bench_samples_new ();
  desk->intervals = rfi_bench_samples_new ();
}

static void
end_desk (Desk *desk)
{
  g_object_unref (desk->process);
  g_object_unref (desk->lines);
  g_ptr_array_unref (desk->ids);
  g_array_unref (desk->sent);
  g_array_unref (desk->painted);
  g_array_unref (desk->frames);
  g_array_unref (desk->intervals);
}

static void
tell_jobs (Desk *desk)
{
  GOutputStream *to = g_subprocess_get_stdin_pipe (desk->process);
  g_autoptr(GString) lines = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < desk->ids->len; i++)
    g_string_append_printf (lines, "%s\n", (char *) desk->ids->pdata[i]);
  g_output_stream_write_all (to, lines->str, lines->len, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (to, NULL, &error);
  g_assert_no_error (error);
  read_next (desk);
  while (!desk->is_ready)
    g_main_context_iteration (NULL, TRUE);
}

/* Lets the other desk make its changes. @keep_painting: a frame each time, as while scrolling, and
 * until all of them are shown. Returns: the work of all threads meanwhile, in percent of a core */
static double
run_changes (Desk    *desk,
             gboolean keep_painting)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (rfi_test_desk_window ()));
  gulong painted;
  gint64 from;
  double work;

  tell_jobs (desk);
  painted = g_signal_connect_after (clock, "after-paint", G_CALLBACK (painted_cb), desk);
  if (keep_painting)
    gdk_frame_clock_begin_updating (clock);
  desk->before = get_work ();
  from = g_get_monotonic_time ();
  work = get_all_work ();
  while (!desk->has_ended || (keep_painting && desk->painted->len < desk->ids->len))
    g_main_context_iteration (NULL, TRUE);
  work = get_all_work () - work;
  from = g_get_monotonic_time () - from;
  if (keep_painting)
    gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, painted);
  return work / ((double) from / 1000) * 100;
}

/* Jobs */

static void
add_cb (RfiJobState *state,
        gpointer     user_data)
{
  g_ptr_array_add (user_data, (char *) state->work->id);
}

/* From all over, no two the same, and none that was picked for another @from. Returns: (transfer
 * full) */
static GPtrArray *
pick_jobs (guint from,
           guint n_jobs)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), add_cb, all);
  for (guint i = from; i < from + n_jobs; i++)
    g_ptr_array_add (ids, g_strdup (all->pdata[(gsize) i * 97 % all->len]));
  return ids;
}

/* @with_near: also of those that have one just outside of what is seen */
static void
add_cards (GtkWidget *widget,
           gboolean   with_near,
           GPtrArray *ids)
{
  GtkWidget *lane = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t area;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (!RFI_IS_JOB_CARD (widget))
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        add_cards (child, with_near, ids);
      return;
    }

  if (rfi_job_card_get_item (RFI_JOB_CARD (widget)) == NULL ||
      !gtk_widget_compute_bounds (widget, lane, &area))
    return;
  if (with_near || (area.origin.y >= 0 &&
                    area.origin.y + area.size.height <= gtk_widget_get_height (lane)))
    g_ptr_array_add (ids, g_strdup (rfi_job_item_get_id (
      rfi_job_card_get_item (RFI_JOB_CARD (widget)))));
}

/* Returns: (transfer full) */
static GPtrArray *
find_cards (gboolean with_near)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  add_cards (GTK_WIDGET (rfi_test_desk_window ()), with_near, ids);
  return ids;
}

/* What is measured */

static void
rest (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, due_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure_pushed (const char *program,
                const char *url)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();
  GPtrArray *ids = pick_jobs (0, 1);
  Desk desk = { NULL, };

  for (guint i = 1; i < N_PUSHED; i++)
    g_ptr_array_add (ids, g_strdup (ids->pdata[0]));
  start_desk (&desk, program, url, 10, ids);
  run_changes (&desk, FALSE);
  for (guint i = 0; i < desk.painted->len; i++)
    if (g_array_index (desk.painted, gint64, i) != 0)
      rfi_bench_add (times, (double) (g_array_index (desk.painted, gint64, i) -
                                      g_array_index (desk.sent, gint64, i)) / 1000);
  rfi_bench_report ("pushed-change: sent by another desk to the next frame here, 100,000 jobs",
                    "ms", times, NULL, NULL);
  end_desk (&desk);
}

static guint
count_longer (GArray *samples,
              double  limit)
{
  guint n = 0;

  for (guint i = 0; i < samples->len; i++)
    n += g_array_index (samples, double, i) > limit;
  return n;
}

static void
measure_many (const char *program,
              const char *url)
{
  Desk desk = { NULL, };
  gint64 from;

  start_desk (&desk, program, url, 0, pick_jobs (1, N_MANY));
  run_changes (&desk, TRUE);
  from = g_array_index (desk.sent, gint64, 0);
  rfi_bench_report ("thousand-changes: work from frame to frame", "ms", desk.frames, NULL, NULL);
  rfi_bench_report ("thousand-changes: from frame to frame, by the frame clock", "ms",
                    desk.intervals, NULL, NULL);
  rfi_bench_report_one ("thousand-changes: frames dropped by own work", "frames",
                        count_longer (desk.frames, FRAME));
  rfi_bench_report_one ("thousand-changes: frames dropped, by the frame clock", "frames",
                        count_longer (desk.intervals, FRAME * 1.5));
  rfi_bench_report_one ("thousand-changes: changes by another desk", "changes/s",
                        N_MANY / ((double) (desk.ended - from) / G_USEC_PER_SEC));
  rfi_bench_report_one ("thousand-changes: first sent to last painted here", "ms",
                        (double) (g_array_index (desk.painted, gint64, N_MANY - 1) - from) / 1000);
  end_desk (&desk);
}

/* @ids: (transfer full): in turn */
static void
measure_idle_with (const char *program,
                   const char *url,
                   GPtrArray  *ids,
                   const char *name,
                   const char *frames_name)
{
  guint n_different = ids->len;
  Desk desk = { NULL, };

  g_ptr_array_set_size (ids, N_IDLE);
  for (guint i = n_different; i < N_IDLE; i++)
    ids->pdata[i] = g_strdup (ids->pdata[i % n_different]);
  start_desk (&desk, program, url, 10, ids);
  rfi_bench_report_one (name, "%", run_changes (&desk, FALSE));
  rfi_bench_report_one (frames_name, "frames/s", (double) desk.frames->len * 10 / N_IDLE);
  end_desk (&desk);
}

/* Those that nobody sees, and that stay where they are when changed: finished ones come to the top
 * of their lane. Returns: (transfer full) */
static GPtrArray *
pick_hidden (guint from,
             guint n_jobs)
{
  RfiJobTable *jobs = rfi_session_get_jobs (rfi_test_desk_session ());
  GPtrArray *ids = pick_jobs (from, n_jobs);
  g_autoptr(GPtrArray) near = find_cards (TRUE);

  for (guint i = ids->len; i-- > 0;)
    if (rfi_status_is_final (rfi_job_table_lookup (jobs, ids->pdata[i])->work->status)
        || g_ptr_array_find_with_equal_func (near, ids->pdata[i], g_str_equal, NULL))
      g_ptr_array_remove_index (ids, i);
  return ids;
}

static void
measure_idle (const char *program,
              const char *url)
{
  /* What was done before has come to rest. */
  rest (3000);
  measure_idle_with (program, url, pick_jobs (1 + N_MANY, N_IDLE),
                     "idle-cpu: of a core, ten changes in a second by another desk, "
                     "100,000 jobs", "idle-cpu: frames for ten changes in a second");
  measure_idle_with (program, url, pick_hidden (1 + N_MANY + N_IDLE, N_IDLE),
                     "idle-cpu: of a core, ten changes in a second out of sight",
                     "idle-cpu: frames for ten changes in a second out of sight");
}

static void
measure_sight (const char *program,
               const char *url)
{
  rest (3000);
  measure_idle_with (program, url, find_cards (FALSE),
                     "idle-cpu: of a core, ten changes in a second on cards in sight",
                     "idle-cpu: frames for ten changes in a second on cards in sight");
}

static void
measure_nothing (const char *program,
                 const char *url)
{
  double work;
  gint64 from;

  rest (3000);
  work = get_all_work ();
  from = g_get_monotonic_time ();
  rest (5000);
  rfi_bench_report_one ("idle-cpu: of a core, nothing changes, 100,000 jobs", "%",
                        (get_all_work () - work) /
                        ((double) (g_get_monotonic_time () - from) / 1000) * 100);
}

static const struct {
  const char *name;
  void      (*measure) (const char *program,
                        const char *url);
} parts[] = {
  { "pushed", measure_pushed },
  { "many", measure_many },
  { "idle", measure_idle },
  { "sight", measure_sight },
  { "nothing", measure_nothing },
};

int
main (int   argc,
      char *argv[])
{
  const char *url = g_getenv ("RFI_BENCH_URL");

  if (argc == 4 && g_str_equal (argv[3], RETURNING))
    return run_returning_desks (argv[2]);
  if (argc == 4)
    return run_desk (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));

  rfi_test_desk_init (&argc, &argv);
  /* Tests write down what libraries tell for debugging, which takes time. */
  g_log_set_default_handler (g_log_default_handler, NULL);
  /* They have nothing move, as no person does. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (url, RFI_TEST_ADMIN);
  rfi_test_wait (rfi_job_table_get_n_jobs (rfi_session_get_jobs (rfi_test_desk_session ())) >=
                 N_JOBS);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (argc < 2 || g_str_equal (argv[1], parts[i].name))
      parts[i].measure (argv[0], url);
  return rfi_test_desk_end (EXIT_SUCCESS);
}
