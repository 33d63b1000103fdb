/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-scene.h"

#include "rfi-board-page.h"
#include "rfi-lane.h"

#include <stdlib.h>

/* The board without a server: what this thread works for a frame while a lane of twenty thousand
 * cards is scrolled, and while a thousand lanes of technicians go by; with a window that only
 * paints its background as the floor.
 */

#define N_JOBS   100000
#define N_FRAMES 240

/* Returns: (transfer none) (nullable): the first below @root that is seen */
static GtkWidget *
find (GtkWidget *root,
      GType      type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static void
scroll_cb (gpointer user_data)
{
  gtk_adjustment_set_value (user_data, gtk_adjustment_get_value (user_data) + 73);
}

static void
jump_cb (gpointer user_data)
{
  static guint n_jumps;
  double upper = gtk_adjustment_get_upper (user_data);

  n_jumps++;
  gtk_adjustment_set_value (user_data, (double) (n_jumps * 7919u % 9973u) / 9973 * upper);
}

static void
measure (GtkWidget     *board,
         GtkAdjustment *adjustment,
         RfiBenchStep   step,
         const char    *name)
{
  g_autoptr(GArray) warm = rfi_bench_play (board, step, adjustment, 30);
  g_autoptr(GArray) frames = rfi_bench_play (board, step, adjustment, N_FRAMES);

  rfi_bench_report (name, "ms", frames, NULL, NULL);
}

/* All of the first lane's cards are there. */
static GtkAdjustment *
get_down (GtkWidget *board)
{
  GtkWidget *cards = find (find (board, RFI_TYPE_LANE), GTK_TYPE_GRID_VIEW);
  GtkAdjustment *down = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (cards));

  while (gtk_adjustment_get_upper (down) < N_JOBS)
    g_main_context_iteration (NULL, TRUE);
  return down;
}

/* The lanes of technicians are made in turns, in what scrolls sideways. */
static GtkAdjustment *
get_across (GtkWidget *board)
{
  GtkWidget *lanes;
  GtkAdjustment *across;

  while ((lanes = find (board, RFI_TYPE_LANE)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  lanes = gtk_widget_get_ancestor (lanes, GTK_TYPE_SCROLLABLE);
  across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (lanes));
  while (gtk_adjustment_get_upper (across) < N_JOBS)
    g_main_context_iteration (NULL, TRUE);
  return across;
}

int
main (void)
{
  g_autoptr(RfiJobTable) jobs = NULL;
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(GArray) empty = NULL;
  g_autoptr(GArray) through = NULL;
  GtkWidget *board;
  GtkWidget *window;
  double from;

  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  rfi_bench_init_toolkit ();
  empty = rfi_bench_play_empty (N_FRAMES);
  rfi_bench_report ("board-frame: an empty scene", "ms", empty, NULL, NULL);

  jobs = rfi_bench_new_jobs (N_JOBS);
  board = rfi_board_page_new ();
  rfi_board_page_set_filter (RFI_BOARD_PAGE (board), filter);
  rfi_board_page_set_jobs (RFI_BOARD_PAGE (board), jobs);
  window = rfi_bench_show (board);
  measure (board, get_down (board), scroll_cb, "board-frame: scrolling a lane, 100,000 jobs");
  measure (board, get_down (board), jump_cb, "board-frame: jumping in a lane, 100,000 jobs");

  from = rfi_bench_get_work ();
  rfi_board_page_set_grouping (RFI_BOARD_PAGE (board), RFI_GROUPING_TECHNICIAN);
  rfi_bench_report_one ("board: 100,000 jobs grouped by 1,000 technicians", "ms",
                        rfi_bench_get_work () - from);
  measure (board, get_across (board), scroll_cb,
           "board-frame: scrolling 1,000 lanes, 100,000 jobs");
  through = rfi_bench_play_through (board, scroll_cb, get_across (board), N_FRAMES);
  rfi_bench_report ("board-frame: scrolling 1,000 lanes, with what is done between the frames",
                    "ms", through, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
