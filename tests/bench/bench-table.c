/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-scene.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-table-cells.h"
#include "rfi-table-page.h"

#include "rfi-random.h"

#include <adwaita.h>
#include <stdlib.h>

/* The table of jobs without a server: what this thread works for a frame while it scrolls, with a
 * window that only paints its background as the floor, and GtkColumnView with the same texts in
 * GtkInscription as the peer. Then a million jobs: how long an order takes, and for how long it
 * keeps the main loop from anything else.
 */

#define N_JOBS   100000
#define N_MANY   1000000
#define N_FRAMES 240

static double longest;
static double busy_since;

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int result;

  longest = MAX (longest, rfi_bench_get_work () - busy_since);
  result = g_poll (fds, n_fds, timeout);
  busy_since = rfi_bench_get_work ();
  return result;
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
  window = rfi_bench_show (scroller);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_array_unref (rfi_bench_play (scroller, scroll_cb, adjustment, 30));
  *scrolled = rfi_bench_play (scroller, scroll_cb, adjustment, N_FRAMES);
  *jumped = rfi_bench_play (scroller, jump_cb, adjustment, N_FRAMES);
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
  GtkWidget *page = rfi_table_page_new ();
  GtkWidget *window;
  GtkAdjustment *adjustment;

  empty = rfi_bench_play_empty (N_FRAMES);
  g_object_set (page, "filter", filter, NULL);
  rfi_table_page_set_jobs (RFI_TABLE_PAGE (page), jobs);
  window = rfi_bench_show (page);
  adjustment = gtk_scrollable_get_vadjustment (
    GTK_SCROLLABLE (rfi_table_page_get_view (RFI_TABLE_PAGE (page))));
  while (gtk_adjustment_get_upper (adjustment) < N_JOBS)
    g_main_context_iteration (NULL, TRUE);
  g_array_unref (rfi_bench_play (page, scroll_cb, adjustment, 30));
  scrolled = rfi_bench_play (page, scroll_cb, adjustment, N_FRAMES);
  jumped = rfi_bench_play (page, jump_cb, adjustment, N_FRAMES);
  gtk_window_destroy (GTK_WINDOW (window));

  play_peer (jobs, &peer_scrolled, &peer_jumped);
  rfi_bench_report ("table-frame: an empty scene", "ms", empty, NULL, NULL);
  rfi_bench_report ("table-frame: scrolling 100,000 jobs", "ms", scrolled,
                    "GtkColumnView", peer_scrolled);
  rfi_bench_report ("table-frame: jumping among 100,000 jobs", "ms", jumped,
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
  busy_since = rfi_bench_get_work ();
  rfi_job_sheet_set_sorter (sheet, &sorter);
  while (rfi_job_sheet_get_sorting (sheet))
    g_main_context_iteration (NULL, TRUE);
  rfi_bench_report_one (name, "ms", (double) (g_get_monotonic_time () - began) / 1000);
  rfi_bench_report_one (stall_name, "ms", MAX (longest, rfi_bench_get_work () - busy_since));
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

          g_ptr_array_add (states, rfi_bench_new_state (other, number));
        }
      began = rfi_bench_get_work ();
      rfi_job_table_apply (jobs, states, NULL, FALSE);
      rfi_bench_add (times, rfi_bench_get_work () - began);
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
  double began = rfi_bench_get_work ();

  for (guint i = 0; i < n_jobs; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (sheet), i));
  rfi_job_selection_replace (selection, items, NULL);
  rfi_bench_report_one ("table: 100,000 jobs selected", "ms", rfi_bench_get_work () - began);
}

static void
bench_many (void)
{
  g_autoptr(RfiJobTable) jobs = rfi_bench_new_jobs (N_MANY);
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
main (void)
{
  g_autoptr(RfiJobTable) jobs = NULL;

  rfi_bench_init_toolkit ();
  jobs = rfi_bench_new_jobs (N_JOBS);
  bench_frames (jobs);
  bench_many ();
  return EXIT_SUCCESS;
}
