/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-table-cells.h"
#include "rfi-table-page.h"

#include "rfi-random.h"

#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

/* The table of jobs without a server: what this thread works for a frame while it scrolls, with a
 * window that only paints its background as the floor, and GtkColumnView with the same texts in
 * GtkInscription as the peer. Then a million jobs: how long an order takes, and for how long it
 * keeps the main loop from anything else.
 */

#define N_JOBS   100000
#define N_MANY   1000000
#define N_FRAMES 240
#define SLICE    5000

typedef struct
{
  GtkWidget *window;
  GArray    *frames;                    /* (element-type double): ms of work */
  double     began;
  guint      n_frames;
  void     (*step) (gpointer user_data);
  gpointer   user_data;
} Scene;

static double longest;
static double busy_since;

static double
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int result;

  longest = MAX (longest, get_work () - busy_since);
  result = g_poll (fds, n_fds, timeout);
  busy_since = get_work ();
  return result;
}

/* Jobs */

static const char *const titles[] = {
  "Walk-in cooler repair", "Air duct cleaning", "Freezer defrost cycle runs too long",
  "POS system wiring", "Ice machine leaks onto the sales floor", "Door gasket torn",
};
static const char *const cities[] = { "Arlington", "Dallas", "Austin", "Waco", "Mansfield" };

static RfiJobState *
new_state (RfiRandom *random,
           guint      number)
{
  g_autofree char *id = g_strdup_printf ("%08x-job-%u", number * 2654435761u, number);
  g_autofree char *title = g_strdup_printf ("%s (%u)", titles[number % G_N_ELEMENTS (titles)],
                                            (guint) rfi_random_range (random, 50000));
  g_autofree char *store = g_strdup_printf ("QuickStop #%u",
                                            (guint) rfi_random_range (random, 900));
  g_autofree char *person = g_strdup_printf ("Technician %u",
                                             (guint) rfi_random_range (random, 1000));
  RfiJob template = {
    .id = id,
    .title = title,
    .description = "Seen at opening",
    .status = (RfiStatus) rfi_random_range (random, RFI_N_STATUSES),
    .priority = (RfiPriority) rfi_random_range (random, RFI_N_PRIORITIES),
    .vendor_id = "vendor",
    .created_by = "nora",
    .assigned_to = person,
    .store_name = store,
    .address = "1 Main St",
    .city = cities[rfi_random_range (random, G_N_ELEMENTS (cities))],
    .state = "TX",
    .zip_code = "76001",
    .created_at = G_GINT64_CONSTANT (1760000000000) +
                  (gint64) rfi_random_range (random, 1000000) * 60000,
    .updated_at = G_GINT64_CONSTANT (1760000000000) + number,
    .n_photos = (guint16) rfi_random_range (random, 9),
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

static RfiJobTable *
new_jobs (guint n_jobs)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (1);
  RfiJobTable *jobs = rfi_job_table_new ();

  for (guint from = 0; from < n_jobs; from += SLICE)
    {
      g_autoptr(GPtrArray) states = NULL;

      states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
      for (guint i = from; i < from + SLICE; i++)
        g_ptr_array_add (states, new_state (random, i));
      rfi_job_table_apply (jobs, states, NULL, FALSE);
    }
  return jobs;
}

/* Frames */

static void
before_paint_cb (GdkFrameClock *clock,
                 Scene         *scene)
{
  scene->began = get_work ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Scene         *scene)
{
  rfi_bench_add (scene->frames, get_work () - scene->began);
  scene->n_frames++;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Scene *scene = user_data;

  scene->step (scene->user_data);
  return G_SOURCE_CONTINUE;
}

/* @step: changes what is seen, once a frame. Returns: (transfer full) */
static GArray *
play (GtkWidget *content,
      void     (*step) (gpointer user_data),
      gpointer   user_data,
      guint      n_frames)
{
  Scene scene = { .frames = rfi_bench_samples_new (), .step = step, .user_data = user_data };
  GtkWidget *window = gtk_widget_get_ancestor (content, GTK_TYPE_WINDOW);
  GdkFrameClock *clock;
  guint tick;

  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &scene);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &scene);
  tick = gtk_widget_add_tick_callback (content, tick_cb, &scene, NULL);
  while (scene.n_frames < n_frames)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (content, tick);
  g_signal_handlers_disconnect_by_data (clock, &scene);
  return scene.frames;
}

static GtkWidget *
show (GtkWidget *content)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window) || gtk_widget_get_height (content) < 100)
    g_main_context_iteration (NULL, TRUE);
  return window;
}

static void
scroll_cb (gpointer user_data)
{
  GtkAdjustment *adjustment = user_data;

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 73);
}

static void
jump_cb (gpointer user_data)
{
  GtkAdjustment *adjustment = user_data;
  static guint n_jumps;

  n_jumps++;
  gtk_adjustment_set_value (adjustment,
                            (double) (n_jumps * 7919u % 9973u) / 9973 *
                            gtk_adjustment_get_upper (adjustment));
}

static void
nothing_cb (gpointer user_data)
{
  gtk_widget_queue_draw (user_data);
}

/* The peer */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", 10,
                                                    "nat-chars", 10, NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  user_data)
{
  RfiJobItem *item = gtk_list_item_get_item (list_item);
  RfiJobColumn column = (RfiJobColumn) GPOINTER_TO_UINT (user_data);
  g_autofree char *text = NULL;

  text = rfi_table_cells_text (column,
                               g_object_get_data (G_OBJECT (factory), "jobs"),
                               rfi_job_item_get_state (item), RFI_MARK_CONFIRMED);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (list_item)), text);
}

static GtkWidget *
new_column_view (RfiJobSheet *sheet)
{
  GtkSelectionModel *selection;
  GtkWidget *view;

  selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (sheet))));
  view = gtk_column_view_new (selection);
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    {
      GtkListItemFactory *factory;
      g_autoptr(GtkColumnViewColumn) column = NULL;

      if (!rfi_table_cells_is_shown ((RfiJobColumn) i))
        continue;

      factory = gtk_signal_list_item_factory_new ();
      g_object_set_data (G_OBJECT (factory), "jobs", rfi_job_sheet_get_table (sheet));
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (rfi_table_cells_title ((RfiJobColumn) i), factory);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  return view;
}

static void
play_peer (RfiJobTable *jobs,
           GArray     **scrolled,
           GArray     **jumped)
{
  g_autoptr(RfiJobSheet) sheet = rfi_job_sheet_new (jobs, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *window;
  GtkAdjustment *adjustment;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), new_column_view (sheet));
  window = show (scroller);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_array_unref (play (scroller, scroll_cb, adjustment, 30));
  *scrolled = play (scroller, scroll_cb, adjustment, N_FRAMES);
  *jumped = play (scroller, jump_cb, adjustment, N_FRAMES);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
bench_frames (RfiJobTable *jobs)
{
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(GArray) empty = NULL;
  g_autoptr(GArray) scrolled = NULL;
  g_autoptr(GArray) jumped = NULL;
  g_autoptr(GArray) peer_scrolled = NULL;
  g_autoptr(GArray) peer_jumped = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = rfi_table_page_new ();
  GtkWidget *window = show (box);
  GtkAdjustment *adjustment;

  empty = play (box, nothing_cb, box, N_FRAMES);
  gtk_window_destroy (GTK_WINDOW (window));

  g_object_set (page, "filter", filter, NULL);
  rfi_table_page_set_jobs (RFI_TABLE_PAGE (page), jobs);
  window = show (page);
  adjustment = gtk_scrollable_get_vadjustment (
    GTK_SCROLLABLE (rfi_table_page_get_view (RFI_TABLE_PAGE (page))));
  while (gtk_adjustment_get_upper (adjustment) < N_JOBS)
    g_main_context_iteration (NULL, TRUE);
  g_array_unref (play (page, scroll_cb, adjustment, 30));
  scrolled = play (page, scroll_cb, adjustment, N_FRAMES);
  jumped = play (page, jump_cb, adjustment, N_FRAMES);
  gtk_window_destroy (GTK_WINDOW (window));

  play_peer (jobs, &peer_scrolled, &peer_jumped);
  rfi_bench_report ("table: work for a frame of an empty window", "ms", empty, NULL, NULL);
  rfi_bench_report ("table: work for a frame, scrolling 100,000 jobs", "ms", scrolled,
                    "GtkColumnView", peer_scrolled);
  rfi_bench_report ("table: work for a frame, jumping among 100,000 jobs", "ms", jumped,
                    "GtkColumnView", peer_jumped);
}

/* A million */

static void
sort (RfiJobSheet *sheet,
      RfiJobColumn first,
      RfiJobColumn second,
      const char  *name,
      const char  *stall_name)
{
  const RfiJobSorter sorter = { .keys = { { first, FALSE }, { second, TRUE } }, .n_keys = 2 };
  gint64 began = g_get_monotonic_time ();

  longest = 0;
  busy_since = get_work ();
  rfi_job_sheet_set_sorter (sheet, &sorter);
  while (rfi_job_sheet_get_sorting (sheet))
    g_main_context_iteration (NULL, TRUE);
  rfi_bench_report_one (name, "ms", (double) (g_get_monotonic_time () - began) / 1000);
  rfi_bench_report_one (stall_name, "ms", MAX (longest, get_work () - busy_since));
}

static void
change_some (RfiJobTable *jobs,
             guint        n_at_once,
             const char  *name)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (2);
  g_autoptr(GArray) times = rfi_bench_samples_new ();

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(GPtrArray) states = NULL;
      double began;

      states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
      for (guint k = 0; k < n_at_once; k++)
        {
          guint number = (guint) rfi_random_range (random, N_MANY);
          g_autoptr(RfiRandom) other = rfi_random_new_seed (number);

          g_ptr_array_add (states, new_state (other, number));
        }
      began = get_work ();
      rfi_job_table_apply (jobs, states, NULL, FALSE);
      rfi_bench_add (times, get_work () - began);
    }
  rfi_bench_report (name, "ms", times, NULL, NULL);
}

/* As Control+A does. */
static void
select_all (RfiJobSheet *sheet,
            guint        n_jobs)
{
  g_autoptr(RfiJobSelection) selection = rfi_job_selection_new ();
  g_autoptr(GPtrArray) items = g_ptr_array_new_full (n_jobs, g_object_unref);
  double began = get_work ();

  for (guint i = 0; i < n_jobs; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (sheet), i));
  rfi_job_selection_replace (selection, items, NULL);
  rfi_bench_report_one ("table: 100,000 jobs selected", "ms", get_work () - began);
}

static void
bench_many (void)
{
  g_autoptr(RfiJobTable) jobs = new_jobs (N_MANY);
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobSheet) sheet = rfi_job_sheet_new (jobs, filter);

  g_main_context_set_poll_func (NULL, poll_cb);
  sort (sheet, RFI_JOB_COLUMN_STATUS, RFI_JOB_COLUMN_CREATED,
        "table: 1,000,000 jobs sorted by status, then creation",
        "table: longest stall, 1,000,000 jobs sorted by status, then creation, own work");
  sort (sheet, RFI_JOB_COLUMN_TITLE, RFI_JOB_COLUMN_TECHNICIAN,
        "table: 1,000,000 jobs sorted by title, then technician",
        "table: longest stall, 1,000,000 jobs sorted by title, then technician, own work");
  sort (sheet, RFI_JOB_COLUMN_ID, RFI_JOB_COLUMN_TITLE,
        "table: 1,000,000 jobs sorted by id",
        "table: longest stall, 1,000,000 jobs sorted by id, own work");
  select_all (sheet, N_JOBS);
  change_some (jobs, 1, "table: one of 1,000,000 jobs changed");
  change_some (jobs, 20, "table: twenty of 1,000,000 jobs changed at once");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GtkCssProvider) style = NULL;
  g_autoptr(RfiJobTable) jobs = NULL;

  adw_init ();
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/com/retailfixit/Dispatch/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/com/retailfixit/Dispatch/icons");
  jobs = new_jobs (N_JOBS);
  bench_frames (jobs);
  bench_many ();
  return EXIT_SUCCESS;
}
