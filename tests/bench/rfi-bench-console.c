/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-console.h"

#include "rfi-application.h"
#include "rfi-graphics.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-lane.h"
#include "rfi-signin-page.h"
#include "rfi-window-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define N_ACTIONS 100
#define N_SEARCHES 4

/* What one frame lasts: a longer turn of the main loop is seen as a stall. */
#define FRAME 16.7

typedef struct
{
  GApplication *application;
  const char   *round;
  GtkWindow    *window;       /* (nullable) */
  gint64        from;         /* when the process was started */
  gint64        first_frame;
  gint64        first_cards;
  gint64        interactive;  /* input is served, and there are cards it can mean */
  gint64        all_jobs;
  guint         n_frames;
  guint         n_expected;   /* jobs the session shall have */
} Round;

/* A turn of the main loop, in ms: by the clock, and what this thread worked in it. The clock is
 * what a person feels; the work is what is ours, whoever else uses the machine. */
typedef struct
{
  double clock;
  double work;
} Turn;

static gint64 busy_since;
static double work_since;
static Turn longest;
static GArray *turns;       /* (nullable) (element-type Turn): all of them, if asked for */

static double
to_ms (gint64 span)
{
  return (double) span / 1000;
}

static void
say (const char *key,
     double      value)
{
  printf ("%s %.3f\n", key, value);
}

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
  busy_since = g_get_monotonic_time ();
  work_since = get_work ();
}

static Turn
end_turn (void)
{
  Turn turn = { to_ms (g_get_monotonic_time () - busy_since), get_work () - work_since };

  longest.clock = MAX (longest.clock, turn.clock);
  longest.work = MAX (longest.work, turn.work);
  return turn;
}

/* The stretch between two looks of the main loop at what is ready. */
static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  Turn turn = end_turn ();
  int result;

  if (turns != NULL)
    g_array_append_val (turns, turn);

  result = g_poll (fds, n_fds, timeout);
  begin_turn ();
  return result;
}

static double
get_resident (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;

  fields = g_strsplit (text, " ", 3);
  return (double) g_ascii_strtoull (fields[1], NULL, 10) * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

/* What is on the screen */

/* The first widget of @type below @widget that is shown and accepted. */
static GtkWidget *
find (GtkWidget *widget,
      GType      type,
      gboolean (*accept) (GtkWidget *widget,
                          gpointer   user_data),
      gpointer   user_data)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (accept == NULL || accept (widget, user_data)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, accept, user_data);

  return found;
}

static gboolean
is_card_of (GtkWidget *widget,
            gpointer   user_data)
{
  RfiJobItem *item = rfi_job_card_get_item (RFI_JOB_CARD (widget));

  return item != NULL && (user_data == NULL || item == user_data);
}

static gboolean
is_lane_of (GtkWidget *widget,
            gpointer   user_data)
{
  return rfi_lane_get_status (RFI_LANE (widget)) == (RfiStatus) GPOINTER_TO_INT (user_data);
}

static RfiJobTable *
get_jobs (Round *round)
{
  RfiSession *session = NULL;

  if (RFI_IS_WINDOW (round->window))
    session = rfi_window_get_session (RFI_WINDOW (round->window));
  return session != NULL ? rfi_session_get_jobs (session) : NULL;
}

static gboolean
has_all (Round *round)
{
  RfiJobTable *jobs = get_jobs (round);
  gboolean loading;

  if (jobs == NULL || rfi_job_table_get_n_jobs (jobs) < round->n_expected)
    return FALSE;

  g_object_get (rfi_window_get_session (RFI_WINDOW (round->window)), "loading", &loading, NULL);
  return !loading;
}

/* Comes when an event of a hand would. */
static gboolean
served_cb (gpointer user_data)
{
  ((Round *) user_data)->interactive = g_get_monotonic_time ();
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock,
            Round         *round)
{
  gint64 now = g_get_monotonic_time ();

  round->n_frames++;
  if (round->first_frame == 0)
    {
      round->first_frame = now;
      end_turn ();
      say ("start-before", longest.clock);
      /* The rest of this turn belongs to what comes after. */
      longest = (Turn) { 0, 0 };
      if (turns != NULL)
        g_array_set_size (turns, 0);
      begin_turn ();
    }
  if (round->first_cards == 0
      && find (GTK_WIDGET (round->window), RFI_TYPE_JOB_CARD, is_card_of, NULL) != NULL)
    {
      round->first_cards = now;
      g_idle_add_full (GDK_PRIORITY_EVENTS, served_cb, round, NULL);
    }
  if (round->all_jobs == 0 && has_all (round))
    round->all_jobs = now;
}

static void
realized_cb (GtkWidget *window,
             Round     *round)
{
  g_signal_connect_after (gtk_widget_get_frame_clock (window), "after-paint",
                          G_CALLBACK (painted_cb), round);
}

/* Waiting */

static void
run_until (gboolean (*condition) (Round *round),
           Round     *round)
{
  while (!condition (round))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
passed_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
rest (guint ms)
{
  gboolean passed = FALSE;

  g_timeout_add (ms, passed_cb, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_painted_all (Round *round)
{
  return round->all_jobs != 0;
}

static void
begin_turns (void)
{
  longest = (Turn) { 0, 0 };
  turns = g_array_new (FALSE, FALSE, sizeof (Turn));
}

/* Those that a person could see are told one by one, for whoever looks for their cause. */
static void
say_turns (const char *key)
{
  g_autofree char *work = g_strconcat (key, "-work", NULL);

  for (guint i = 0; i < turns->len; i++)
    {
      Turn turn = g_array_index (turns, Turn, i);

      if (turn.clock > FRAME)
        g_printerr ("%s: a turn of %.1f ms, %.1f of work\n", key, turn.clock, turn.work);
    }
  say (key, longest.clock);
  say (work, longest.work);
  g_clear_pointer (&turns, g_array_unref);
}

/* Rounds */

static void
start (Round *round)
{
  begin_turns ();
  run_until (has_painted_all, round);
  say ("window", to_ms (round->first_frame - round->from));
  say ("cards", to_ms (round->first_cards - round->from));
  say ("interactive", to_ms (round->interactive - round->from));
  say ("all", to_ms (round->all_jobs - round->from));
  rest (300);
  say_turns ("start-stall");
}

typedef struct
{
  Round      *round;
  RfiJobItem *item;    /* (owned) */
  RfiStatus   status;
  GtkWidget  *lane;    /* that it leaves */
  guint       n_frames;
} Move;

static gboolean
has_moved (Move *move)
{
  return rfi_job_item_get_job (move->item)->status == move->status
         && find (move->lane, RFI_TYPE_JOB_CARD, is_card_of, move->item) == NULL
         && move->round->n_frames > move->n_frames;
}

static void
change_status (Round *round)
{
  GtkWidget *lane = find (GTK_WIDGET (round->window), RFI_TYPE_LANE, is_lane_of,
                          GINT_TO_POINTER (RFI_STATUS_ASSIGNED));
  GtkWidget *card = find (lane, RFI_TYPE_JOB_CARD, is_card_of, NULL);
  Move move = { round, NULL, RFI_STATUS_IN_PROGRESS, lane, round->n_frames };
  gint64 from;

  move.item = g_object_ref (rfi_job_card_get_item (RFI_JOB_CARD (card)));
  from = g_get_monotonic_time ();
  gtk_widget_activate_action (GTK_WIDGET (round->window), "win.set-status", "(ss)",
                              rfi_job_item_get_id (move.item),
                              rfi_status_to_string (move.status));
  while (!has_moved (&move))
    {
      g_main_context_iteration (NULL, TRUE);
      if (rfi_job_item_get_job (move.item)->status != move.status)
        move.n_frames = round->n_frames;
    }

  say ("action", to_ms (g_get_monotonic_time () - from));
  g_object_unref (move.item);
}

static void
type_search (Round      *round,
             GtkWidget  *entry,
             const char *text)
{
  for (guint i = 0; text[i] != '\0'; i++)
    {
      int position = -1;
      guint n_frames = round->n_frames;
      gint64 from;

      /* At no particular moment between two frames, as fingers do. */
      rest (90 + i * 7 % 16);
      n_frames = round->n_frames;
      from = g_get_monotonic_time ();
      gtk_editable_insert_text (GTK_EDITABLE (entry), text + i, 1, &position);
      while (round->n_frames == n_frames)
        g_main_context_iteration (NULL, TRUE);
      say ("search", to_ms (g_get_monotonic_time () - from));
    }
}

static void
search (Round *round)
{
  static const char * const texts[N_SEARCHES] = { "freezer", "dallas door", "comp leak", "zzz" };
  GtkWidget *entry;

  gtk_widget_activate_action (GTK_WIDGET (round->window), "win.search", NULL);
  rest (500);
  entry = find (GTK_WIDGET (round->window), GTK_TYPE_SEARCH_ENTRY, NULL, NULL);
  begin_turns ();
  for (guint i = 0; i < N_SEARCHES; i++)
    {
      type_search (round, entry, texts[i]);
      gtk_editable_set_text (GTK_EDITABLE (entry), "");
      rest (200);
    }
  say_turns ("search-stall");
}

static void
work (Round *round)
{
  run_until (has_painted_all, round);
  rest (1500);
  say ("rss", get_resident ());
  begin_turns ();
  for (guint i = 0; i < N_ACTIONS; i++)
    {
      change_status (round);
      rest (40 + i * 7 % 16);
    }
  say_turns ("action-stall");
  search (round);
}

/* Not in the table of figures: what work() ends with, for whoever looks into it. */
static void
search_alone (Round *round)
{
  run_until (has_painted_all, round);
  rest (1500);
  search (round);
}

static gboolean
is_titled (GtkWidget *widget,
           gpointer   user_data)
{
  return g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), user_data);
}

/* As a person does it. */
static void
sign_in (Round *round)
{
  GtkWidget *page = find (GTK_WIDGET (round->window), RFI_TYPE_SIGNIN_PAGE, NULL, NULL);
  GtkWidget *email = find (page, ADW_TYPE_ENTRY_ROW, is_titled, (gpointer) "E-mail");
  GtkWidget *password = find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL, NULL);

  rfi_signin_page_set_server (RFI_SIGNIN_PAGE (page), g_getenv ("RFI_BENCH_URL"));
  gtk_editable_set_text (GTK_EDITABLE (email), "admin@retailfixit.com");
  gtk_editable_set_text (GTK_EDITABLE (password), "admin123");
  rest (1000);
  g_signal_emit_by_name (password, "entry-activated");
}

static gboolean
is_signed_in (Round *round)
{
  return rfi_window_get_session (RFI_WINDOW (round->window)) != NULL;
}

static gboolean
is_current (Round *round)
{
  RfiSession *session = rfi_window_get_session (RFI_WINDOW (round->window));
  RfiSyncState *state = rfi_session_get_sync_state (session);

  return state->last_sync_at != 0 && !state->first_pull && has_all (round);
}

static void
pull (Round *round)
{
  gint64 from;
  guint n_jobs;

  rest (500);
  sign_in (round);
  run_until (is_signed_in, round);
  from = g_get_monotonic_time ();
  begin_turns ();
  run_until (is_current, round);
  n_jobs = rfi_job_table_get_n_jobs (get_jobs (round));
  say ("pull-rate", n_jobs / (to_ms (g_get_monotonic_time () - from) / 1000));
  rest (500);
  say_turns ("pull-stall");
}

static void
empty (Round *round)
{
  rest (1500);
  say ("rss-empty", get_resident ());
}

static const struct {
  const char *name;
  void      (*run) (Round *round);
} rounds[] = {
  { "empty", empty },
  { "pull", pull },
  { "search", search_alone },
  { "start", start },
  { "work", work },
};

static gboolean
run_cb (gpointer user_data)
{
  Round *round = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    if (g_str_equal (rounds[i].name, round->round))
      rounds[i].run (round);

  fflush (stdout);
  gtk_window_close (round->window);
  return G_SOURCE_REMOVE;
}

static void
window_added_cb (Round     *round,
                 GtkWindow *window)
{
  if (round->window != NULL)
    return;

  round->window = window;
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), round);
  g_idle_add_full (G_PRIORITY_HIGH, run_cb, round, NULL);
}

static void
open_empty_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
}

static GApplication *
make_application (Round *round)
{
  GApplication *application;

  if (!g_str_equal (round->round, "empty"))
    return G_APPLICATION (rfi_application_new ());

  /* The two differ in what is ours, not in how they are drawn. */
  rfi_graphics_prepare ();
  application = G_APPLICATION (adw_application_new (RFI_APP_ID ".Empty", G_APPLICATION_NON_UNIQUE));
  g_signal_connect (application, "activate", G_CALLBACK (open_empty_cb), NULL);
  return application;
}

int
rfi_bench_console_run (const char *name,
                       const char *profile)
{
  const char *args[] = { "retailfixit-console", NULL, NULL, NULL, NULL };
  const char *from = g_getenv ("RFI_BENCH_FROM");
  Round round = { .round = name, .n_expected = 100000 };
  int status;

  round.from = from != NULL ? g_ascii_strtoll (from, NULL, 10) : g_get_monotonic_time ();
  busy_since = round.from;
  work_since = 0;
  g_main_context_set_poll_func (NULL, poll_cb);

  if (!g_str_equal (name, "empty"))
    {
      args[1] = "--profile";
      args[2] = profile;
      args[3] = g_str_equal (name, "pull") ? NULL : "--offline";
    }
  round.application = make_application (&round);
  g_signal_connect_swapped (round.application, "window-added", G_CALLBACK (window_added_cb),
                            &round);
  status = g_application_run (round.application, (int) g_strv_length ((char **) args),
                              (char **) args);
  g_object_unref (round.application);
  return status;
}
