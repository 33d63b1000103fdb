/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-job-item.h"
#include "rfi-lane.h"
#include "rfi-test-ui.h"

#define N_LANES 3
#define N_JOBS  40

/* A board without jobs gets many at once, as in the first pull of an account; and one that has some
 * gets one more. */

typedef struct
{
  GtkWidget       *window;
  GtkWidget       *board;
  RfiJobTable     *jobs;             /* (owned) */
  RfiJobFilter    *filter;           /* (owned) */
  RfiJobSelection *selection;        /* (owned) */
  guint            n_told[N_LANES];  /* jobs that the list of each lane had in the last frame */
  guint            most;             /* lanes that got more for the same frame */
} Fixture;

static RfiLane *
find_lane (GtkWidget *widget,
           RfiStatus  status)
{
  RfiLane *lane = NULL;

  if (RFI_IS_LANE (widget))
    return rfi_lane_get_status (RFI_LANE (widget)) == status ? RFI_LANE (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && lane == NULL;
       child = gtk_widget_get_next_sibling (child))
    lane = find_lane (child, status);
  return lane;
}

/* Nothing is visible while the board says that there are no jobs. */
static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *list = GTK_IS_GRID_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && list == NULL;
       child = gtk_widget_get_next_sibling (child))
    list = find_list (child);
  return list;
}

static GListModel *
get_told (Fixture   *fixture,
          RfiStatus  status)
{
  GtkWidget *list = find_list (GTK_WIDGET (find_lane (fixture->board, status)));

  return G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (list)));
}

static void
painted_cb (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < N_LANES; i++)
    {
      guint n_told = g_list_model_get_n_items (get_told (fixture, i));

      if (n_told > fixture->n_told[i])
        n++;
      fixture->n_told[i] = n_told;
    }
  fixture->most = MAX (fixture->most, n);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->jobs = rfi_job_table_new ();
  fixture->filter = rfi_job_filter_new ();
  fixture->selection = rfi_job_selection_new ();
  fixture->board = rfi_board_page_new ();
  rfi_board_page_set_selection (RFI_BOARD_PAGE (fixture->board), fixture->selection);
  rfi_board_page_set_filter (RFI_BOARD_PAGE (fixture->board), fixture->filter);
  rfi_board_page_set_jobs (RFI_BOARD_PAGE (fixture->board), fixture->jobs);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1300, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->board);
  rfi_test_ui_show (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
  g_signal_connect_swapped (gtk_widget_get_frame_clock (fixture->window), "after-paint",
                            G_CALLBACK (painted_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (fixture->window), fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->jobs);
}

static void
add_state (GPtrArray   *states,
           const char  *id,
           RfiStatus    status,
           RfiPriority  priority)
{
  RfiJob template = {
    .id = id, .title = id, .description = "", .status = status, .priority = priority,
    .vendor_id = "vendor", .created_by = "nora", .store_name = "QuickStop #3",
    .address = "1 Main St", .city = "Arlington", .state = "TX", .zip_code = "76001",
    .created_at = 1, .updated_at = 1,
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0));
}

/* @n_jobs: for each lane */
static void
apply (Fixture *fixture,
       guint    n_jobs)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  for (guint i = 0; i < N_LANES * n_jobs; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%u", i);

      add_state (states, id, (RfiStatus) (i % N_LANES), RFI_PRIORITY_LOW);
    }
  rfi_job_table_apply (fixture->jobs, states, NULL, FALSE);
}

/* One that comes before all others that are waiting. */
static void
apply_urgent (Fixture *fixture)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  add_state (states, "urgent", RFI_STATUS_PENDING, RFI_PRIORITY_URGENT);
  rfi_job_table_apply (fixture->jobs, states, NULL, FALSE);
}

static gboolean
has_told (Fixture *fixture,
          guint    n_jobs)
{
  for (guint i = 0; i < N_LANES; i++)
    if (g_list_model_get_n_items (get_told (fixture, i)) != n_jobs)
      return FALSE;
  return TRUE;
}

static void
test_one_lane_each_frame (Fixture       *fixture,
                          gconstpointer  unused)
{
  apply (fixture, N_JOBS);
  g_assert_true (has_told (fixture, 0));
  rfi_test_wait (has_told (fixture, N_JOBS));
  g_assert_cmpuint (fixture->most, ==, 1);
}

static void
test_few_at_once (Fixture       *fixture,
                  gconstpointer  unused)
{
  apply (fixture, 2);
  g_assert_true (has_told (fixture, 2));
}

/* What is meant for all of a lane is done to all, whatever the list has by then. */
static void
test_all_are_selected (Fixture       *fixture,
                       gconstpointer  unused)
{
  apply (fixture, N_JOBS);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (get_told (fixture, RFI_STATUS_ASSIGNED)));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, N_JOBS);
}

static void
test_focus_fills (Fixture       *fixture,
                  gconstpointer  unused)
{
  apply (fixture, N_JOBS);
  rfi_lane_focus_card (find_lane (fixture->board, RFI_STATUS_PENDING), N_JOBS - 1);
  g_assert_cmpuint (g_list_model_get_n_items (get_told (fixture, RFI_STATUS_PENDING)), ==, N_JOBS);
  rfi_test_wait (has_told (fixture, N_JOBS));
}

/* Returns: how far below the top of what is seen the card of job @id is, far above where it has no
 * card */
static float
get_place (GtkWidget  *list,
           const char *id)
{
  graphene_point_t place = GRAPHENE_POINT_INIT (0, -G_MAXFLOAT);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *card = gtk_widget_get_first_child (row);
      RfiJobItem *item = RFI_IS_JOB_CARD (card) ? rfi_job_card_get_item (RFI_JOB_CARD (card))
                                                : NULL;

      if (item != NULL && g_str_equal (rfi_job_item_get_id (item), id))
        g_assert_true (gtk_widget_compute_point (card, list, &GRAPHENE_POINT_INIT (0, 0), &place));
    }
  return place.y;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* The first job of a lane, in use or not, and one that comes before it. Returns: how often the
 * list was moved then */
static guint
move_from_top (Fixture  *fixture,
               gboolean  in_use,
               float    *place_before,
               float    *place,
               float    *place_urgent)
{
  RfiLane *lane = find_lane (fixture->board, RFI_STATUS_PENDING);
  GtkWidget *list = find_list (GTK_WIDGET (lane));
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  guint n_moves = 0;
  gulong moved;

  apply (fixture, N_JOBS);
  rfi_test_wait (has_told (fixture, N_JOBS));
  if (in_use)
    rfi_lane_focus_card (lane, 0);
  rfi_test_wait (get_place (list, "job-0") >= 0);
  gtk_test_widget_wait_for_draw (list);
  *place_before = get_place (list, "job-0");

  moved = g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (count_cb), &n_moves);
  apply_urgent (fixture);
  rfi_test_wait (get_place (list, "urgent") > -G_MAXFLOAT);
  gtk_test_widget_wait_for_draw (list);
  g_signal_handler_disconnect (adjustment, moved);
  *place = get_place (list, "job-0");
  *place_urgent = get_place (list, "urgent");
  return n_moves;
}

/* What comes to the top of a lane that nobody uses is seen there, and nothing is scrolled. */
static void
test_top_is_seen (Fixture       *fixture,
                  gconstpointer  unused)
{
  float before, place, urgent;

  g_assert_cmpuint (move_from_top (fixture, FALSE, &before, &place, &urgent), ==, 0);
  g_assert_cmpfloat_with_epsilon (urgent, before, 1);
  g_assert_cmpfloat (place, >, before);
}

/* The card that has the focus stays where it is. */
static void
test_focus_stays (Fixture       *fixture,
                  gconstpointer  unused)
{
  float before, place, urgent;

  g_assert_cmpuint (move_from_top (fixture, TRUE, &before, &place, &urgent), >, 0);
  g_assert_cmpfloat_with_epsilon (place, before, 1);
  g_assert_cmpfloat (urgent, <, before);
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void      (*test) (Fixture *, gconstpointer);
  } cases[] = {
    { "/lane-fill/one-lane-each-frame", test_one_lane_each_frame },
    { "/lane-fill/few-at-once", test_few_at_once },
    { "/lane-fill/all-are-selected", test_all_are_selected },
    { "/lane-fill/focus-fills", test_focus_fills },
    { "/lane-fill/top-is-seen", test_top_is_seen },
    { "/lane-fill/focus-stays", test_focus_stays },
  };

  rfi_test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].test, tear_down);
  return g_test_run ();
}
