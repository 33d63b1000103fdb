/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-board-page.h"
#include "rfi-job-filter.h"
#include "rfi-job-table.h"
#include "rfi-record-list.h"
#include "rfi-schedule.h"
#include "rfi-table-page.h"
#include "rfi-time.h"
#include "rfi-timeline-view.h"

#include <adwaita.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* What one frame of the timeline costs the main thread while it is scrolled and zoomed, from the
 * moment its place changes to the moment the frame is painted; and what it costs to paint a
 * window of the same size in one colour.
 */

#define N_ROWS 1000
#define BARS_EACH 20
#define N_DAYS 14
#define N_FRAMES 300

#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY (24 * HOUR)

typedef struct
{
  GtkWidget       *window;
  RfiTimelineView *view;
  GtkAdjustment   *across;
  GtkAdjustment   *down;
  gint64           today;
  guint            n_frames;
} Scene;

static double
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static double
get_resident (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    g_error ("There is no /proc/self/statm");
  fields = g_strsplit (text, " ", 3);
  return (double) g_ascii_strtoull (fields[1], NULL, 10) * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

static void
painted_cb (GdkFrameClock *clock,
            Scene         *scene)
{
  scene->n_frames++;
}

static void
wait_for_frame (Scene *scene)
{
  guint n_frames = scene->n_frames;

  while (scene->n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
}

/* Fourteen hours apart on the average, from a quarter of an hour to three hours long. */
static RfiJobState *
make_state (guint  technician,
            guint  number,
            gint64 today)
{
  static const char * const titles[] = { "Walk-in cooler repair", "Freezer defrost cycle",
                                         "Dock leveller", "POS lane 4 scanner drops out",
                                         "Roof HVAC 2 short-cycling", "Front door closer" };
  guint mixed = technician * 7919 + number * 104729;
  gint64 start = today + (gint64) number * N_DAYS * DAY / BARS_EACH + (gint64) (mixed % 23) *
                 HOUR / 4;
  g_autofree char *id = g_strdup_printf ("job-%u-%u", technician, number);
  g_autofree char *who = g_strdup_printf ("tech-%u", technician);
  g_autofree char *title = g_strdup_printf ("%s %u", titles[mixed % G_N_ELEMENTS (titles)],
                                            mixed % 40);
  g_autofree char *store = g_strdup_printf ("FreshMart #%u", mixed % 60);
  g_autofree char *start_text = rfi_time_to_string (start);
  g_autofree char *end_text = rfi_time_to_string (start + (1 + mixed % 12) * HOUR / 4);
  const char *values[RFI_N_EXTRA_FIELDS] = {
    [RFI_FIELD_SCHEDULED_START - RFI_N_CONTRACT_FIELDS] = start_text,
    [RFI_FIELD_SCHEDULED_END - RFI_N_CONTRACT_FIELDS] = end_text,
  };
  RfiJob job = { .id = id, .title = title, .store_name = store, .city = "Dallas",
                 .assigned_to = who, .priority = mixed % RFI_N_PRIORITIES,
                 .status = RFI_STATUS_ASSIGNED + mixed % 3, .extra = rfi_job_extra_new (values) };
  g_autoptr(RfiJob) made = rfi_job_new (&job);

  g_clear_pointer (&job.extra, rfi_job_extra_unref);
  return rfi_job_state_new (made, RFI_MARK_CONFIRMED, 0);
}

static RfiJobTable *
make_jobs (gint64 today)
{
  RfiJobTable *jobs = rfi_job_table_new ();
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  for (guint i = 0; i < N_ROWS; i++)
    for (guint j = 0; j < BARS_EACH; j++)
      g_ptr_array_add (states, make_state (i, j, today));
  rfi_job_table_apply (jobs, states, NULL, FALSE);
  return jobs;
}

static const char *
get_key (gconstpointer record)
{
  return ((const RfiUser *) record)->id;
}

static GListModel *
make_people (void)
{
  RfiRecordList *list = rfi_record_list_new (RFI_TYPE_USER, get_key);
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("tech-%u", i);
      g_autofree char *name = g_strdup_printf ("Technician %u Number", i);
      RfiUser user = { .id = id, .display_name = name, .role = RFI_ROLE_TECHNICIAN,
                       .work_start = (gint16) (420 + i % 3 * 60), .work_end = 1020 };

      g_ptr_array_add (users, rfi_user_new (&user));
    }
  rfi_record_list_set (list, users);
  return G_LIST_MODEL (list);
}

static void
show (Scene     *scene,
      GtkWidget *child)
{
  scene->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (scene->window), 1440, 900);
  adw_window_set_content (ADW_WINDOW (scene->window), child);
  gtk_widget_realize (scene->window);
  g_signal_connect (gtk_widget_get_frame_clock (scene->window), "after-paint",
                    G_CALLBACK (painted_cb), scene);
  gtk_window_present (GTK_WINDOW (scene->window));
  wait_for_frame (scene);
}

typedef void (*Step) (Scene *scene,
                      guint  number);

static void
measure (Scene      *scene,
         const char *name,
         Step        step)
{
  g_autoptr(GArray) samples = rfi_bench_samples_new ();

  for (guint i = 0; i < N_FRAMES; i++)
    {
      double from = get_work ();

      step (scene, i);
      wait_for_frame (scene);
      rfi_bench_add (samples, get_work () - from);
    }
  rfi_bench_report (name, "ms", samples, NULL, NULL);
}

/* There and back, a third of a row and a bit of an hour at a time. */
static void
scroll (Scene *scene,
        guint  number)
{
  double sign = number % 200 < 100 ? 1 : -1;

  gtk_adjustment_set_value (scene->down, gtk_adjustment_get_value (scene->down) + sign * 21);
  gtk_adjustment_set_value (scene->across, gtk_adjustment_get_value (scene->across) + sign * 9);
}

static void
zoom (Scene *scene,
      guint  number)
{
  rfi_timeline_view_zoom_by (scene->view, number % 60 < 30 ? 1.1 : 1 / 1.1, 700);
}

/* One colour all over, another one in each frame: the least there is to paint. */
#define TYPE_BLANK (blank_get_type ())
G_DECLARE_FINAL_TYPE (Blank, blank, BENCH, BLANK, GtkWidget)

struct _Blank
{
  GtkWidget parent_instance;
  guint     number;
};

G_DEFINE_FINAL_TYPE (Blank, blank, GTK_TYPE_WIDGET)

static void
blank_snapshot (GtkWidget   *widget,
                GtkSnapshot *snapshot)
{
  GdkRGBA color = { 1, 1, BENCH_BLANK (widget)->number++ % 2, 1 };

  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                  gtk_widget_get_height (widget)));
}

static void
blank_class_init (BlankClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = blank_snapshot;
}

static void
blank_init (Blank *self)
{
}

static void
blink (Scene *scene,
       guint  number)
{
  gtk_widget_queue_draw (adw_window_get_content (ADW_WINDOW (scene->window)));
}

static void
measure_floor (void)
{
  Scene scene = { NULL, };

  show (&scene, g_object_new (TYPE_BLANK, "hexpand", TRUE, "vexpand", TRUE, NULL));
  measure (&scene, "timeline-frame: an empty scene", blink);
  gtk_window_destroy (GTK_WINDOW (scene.window));
}

/* The other views of the same jobs, each until it has come to rest. */
static void
show_others (Scene        *scene,
             GtkStack     *pages,
             RfiJobTable  *jobs,
             RfiJobFilter *filter)
{
  GtkWidget *board = rfi_board_page_new ();
  GtkWidget *table = rfi_table_page_new ();

  rfi_board_page_set_filter (RFI_BOARD_PAGE (board), filter);
  rfi_board_page_set_jobs (RFI_BOARD_PAGE (board), jobs);
  rfi_board_page_set_grouping (RFI_BOARD_PAGE (board), RFI_GROUPING_TECHNICIAN);
  g_object_set (table, "filter", filter, NULL);
  rfi_table_page_set_jobs (RFI_TABLE_PAGE (table), jobs);
  gtk_stack_add_named (pages, board, "board");
  gtk_stack_add_named (pages, table, "table");
  for (guint i = 0; i < N_FRAMES; i++)
    {
      if (i == 0 || i == N_FRAMES / 2)
        gtk_stack_set_visible_child (pages, i == 0 ? board : table);
      gtk_widget_queue_draw (scene->window);
      wait_for_frame (scene);
    }
  gtk_stack_set_visible_child_name (pages, "timeline");
  wait_for_frame (scene);
}

static void
measure_timeline (void)
{
  static const struct {
    RfiTimelineSpan span;
    const char     *name;
  } spans[] = {
    { RFI_TIMELINE_SPAN_DAY, "timeline-frame: scrolling a day, 1,000 rows, 20,000 bars" },
    { RFI_TIMELINE_SPAN_WEEK, "timeline-frame: scrolling a week, 1,000 rows, 20,000 bars" },
    { RFI_TIMELINE_SPAN_2_WEEKS, "timeline-frame: scrolling two weeks, 1,000 rows, 20,000 bars" },
  };
  Scene scene = { .today = g_get_real_time () / 1000 / DAY * DAY };
  g_autoptr(RfiJobTable) jobs = make_jobs (scene.today);
  g_autoptr(GListModel) people = make_people ();
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiSchedule) schedule = rfi_schedule_new (jobs, FALSE);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *pages = gtk_stack_new ();

  g_assert_cmpuint (rfi_schedule_get_n_bars (schedule), ==, N_ROWS * BARS_EACH);
  scene.view = RFI_TIMELINE_VIEW (rfi_timeline_view_new ());
  rfi_timeline_view_set (scene.view, NULL, people, schedule, filter);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (scene.view));
  scene.across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  scene.down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_stack_add_named (GTK_STACK (pages), scroller, "timeline");
  show (&scene, pages);
  g_assert_cmpuint (rfi_timeline_view_get_n_rows (scene.view), ==, N_ROWS);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      rfi_timeline_view_show_span (scene.view, spans[i].span);
      rfi_timeline_view_show_time (scene.view, scene.today + 7 * HOUR);
      wait_for_frame (&scene);
      gtk_adjustment_set_value (scene.down, 4000);
      measure (&scene, spans[i].name, scroll);
    }
  measure (&scene, "timeline-frame: zooming, 1,000 rows, 20,000 bars", zoom);
  rfi_bench_report_one ("timeline: memory with 1,000 technicians, 20,000 jobs", "MB",
                        get_resident ());
  show_others (&scene, GTK_STACK (pages), jobs, filter);
  rfi_bench_report_one ("memory: timeline, board by technician and table in turn, 1,000 "
                        "technicians, 20,000 jobs", "MB", get_resident ());
  gtk_window_destroy (GTK_WINDOW (scene.window));
}

/* As the application would do by itself. */
static void
load_style (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();
  GdkDisplay *display = gdk_display_get_default ();

  gtk_css_provider_load_from_resource (provider, "/com/retailfixit/Dispatch/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/com/retailfixit/Dispatch/icons");
}

int
main (void)
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  adw_init ();
  load_style ();
  measure_floor ();
  measure_timeline ();
  return EXIT_SUCCESS;
}
