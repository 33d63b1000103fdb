/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-job-item.h"
#include "rfi-lane-strip.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

#include <string.h>

/* The board by technician and by vendor, in the whole console against a real server. The cases
 * follow each other. */

static RfiTestServer *server;
static char *moved;  /* (owned): the job that goes from one to another */

static RfiBoardPage *
get_board (void)
{
  return RFI_BOARD_PAGE (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE));
}

static RfiLaneStrip *
get_strip (void)
{
  return RFI_LANE_STRIP (rfi_test_desk_find (RFI_TYPE_LANE_STRIP));
}

static RfiLaneColumn *
get_column (guint index)
{
  return g_ptr_array_index (rfi_lane_strip_get_columns (get_strip ()), index);
}

static guint
count_columns (void)
{
  return get_strip () != NULL ? rfi_lane_strip_get_columns (get_strip ())->len : 0;
}

static void
count_cb (RfiLane  *lane,
          gpointer  n)
{
  ++*(guint *) n;
}

static guint
count_lanes (void)
{
  guint n = 0;

  rfi_lane_strip_foreach (get_strip (), count_cb, &n);
  return n;
}

static const RfiJob *
look_up (const char *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()), job_id)->work;
}

static GtkWidget *
get_list (RfiLane *lane)
{
  return rfi_test_ui_find (GTK_WIDGET (lane), GTK_TYPE_GRID_VIEW);
}

/* AdwAvatar takes the bracket of "Ahmed (Technician)" for a letter. */
static guint
check_avatars (GtkWidget *root)
{
  guint n = 0;

  if (ADW_IS_AVATAR (root) && gtk_widget_get_mapped (root))
    {
      g_assert_null (strpbrk (adw_avatar_get_text (ADW_AVATAR (root)), "()"));
      n++;
    }
  for (GtkWidget *at = gtk_widget_get_first_child (root); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    n += check_avatars (at);
  return n;
}

static void
test_technicians (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  rfi_test_desk_activate ("win.group-board", "technician");
  rfi_test_wait (get_strip () != NULL && count_lanes () > 1);
  rfi_test_settle ();
  g_assert_cmpstr (get_column (0)->key, ==, "");
  g_assert_cmpuint (check_avatars (GTK_WIDGET (rfi_test_desk_window ())), >=, 2);
  rfi_test_ui_assert_named (GTK_WIDGET (get_board ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "board-technicians");
  g_assert_true (rfi_test_desk_reads ("Unassigned"));
}

/* What comes into sight next is got ready card by card, and no more than will be seen. */
static void
test_prepare (void)
{
  RfiLane *lane = rfi_lane_strip_show (get_strip (), 0);
  guint n_cards = g_list_model_get_n_items (G_LIST_MODEL (rfi_lane_get_view (lane)));

  g_assert_cmpuint (n_cards, >, 3);
  g_assert_cmpuint (rfi_lane_prepare (lane, 0, 3), ==, 3);
  g_assert_cmpuint (rfi_lane_prepare (lane, 3, G_MAXUINT / 2), <, 20);
  g_assert_cmpuint (rfi_lane_prepare (lane, n_cards + 20, 3), ==, 0);
}

/* Lanes are there for what is in sight, however many technicians there are. */
static void
test_only_in_sight (void)
{
  /* Those without a job come with the directory, which moves the last one on. */
  rfi_test_wait (count_columns () > 12);
  g_assert_cmpuint (count_lanes (), <, 9);
  rfi_test_wait ((rfi_lane_strip_show (get_strip (), count_columns () - 1),
                  rfi_test_desk_reads (get_column (count_columns () - 1)->name)));
  g_assert_cmpuint (count_lanes (), <, 14);
  rfi_lane_strip_show (get_strip (), 0);
  rfi_test_settle ();
  g_assert_true (rfi_test_desk_reads ("Unassigned"));
}

static RfiJobItem *
get_first (RfiLane *lane)
{
  return g_list_model_get_item (G_LIST_MODEL (rfi_lane_get_view (lane)), 0);
}

/* By keyboard to the lane beside, which asks nothing: nobody loses the job. */
static void
test_assign (void)
{
  RfiLane *lane = rfi_lane_strip_show (get_strip (), 0);
  g_autoptr(RfiJobItem) item = get_first (lane);
  RfiLaneColumn *column = get_column (1);

  moved = g_strdup (rfi_job_item_get_id (item));
  rfi_lane_focus_card (lane, 0);
  rfi_test_settle ();
  rfi_test_desk_press (get_list (lane), GDK_KEY_Right, GDK_ALT_MASK);
  rfi_test_wait (g_strcmp0 (look_up (moved)->assigned_to, column->key) == 0);
  g_assert_null (rfi_test_desk_dialog ());
}

/* On to the next, who takes it from somebody: that is said and asked. */
static void
test_reassign (void)
{
  RfiLane *lane = rfi_lane_strip_show (get_strip (), 1);
  RfiLaneColumn *column = get_column (2);
  guint position;

  rfi_test_wait (rfi_job_view_find (rfi_lane_get_view (lane), moved, &position));
  rfi_lane_focus_card (lane, position);
  rfi_test_settle ();
  rfi_test_desk_press (get_list (lane), GDK_KEY_Right, GDK_ALT_MASK);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  rfi_test_settle ();
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           get_column (1)->name));
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "board-hand-over");
  rfi_test_desk_answer ("yes");
  rfi_test_wait (g_strcmp0 (look_up (moved)->assigned_to, column->key) == 0);

  rfi_test_desk_activate ("win.undo", NULL);
  rfi_test_wait (g_strcmp0 (look_up (moved)->assigned_to, get_column (1)->key) == 0);
}

static gboolean
drop (RfiLane    *lane,
      RfiJobItem *item)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (lane));
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, RFI_TYPE_JOB_ITEM);
  g_value_set_object (&value, item);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  return taken;
}

/* Returns: (transfer full): a job of that status in some lane in sight */
static RfiJobItem *
pick (RfiStatus   status,
      RfiLane   **lane)
{
  for (guint i = 1; i < count_columns (); i++)
    {
      GListModel *view;

      *lane = rfi_lane_strip_show (get_strip (), i);
      view = G_LIST_MODEL (rfi_lane_get_view (*lane));
      for (guint k = 0; k < g_list_model_get_n_items (view); k++)
        {
          g_autoptr(RfiJobItem) item = g_list_model_get_item (view, k);

          if (rfi_job_item_get_job (item)->status == status)
            return g_steal_pointer (&item);
        }
    }
  g_error ("No such job in any lane");
}

/* Begun work stays with somebody; the lane says so before anything is dropped. */
static void
test_take_off (void)
{
  RfiLane *lane;
  g_autoptr(RfiJobItem) begun = pick (RFI_STATUS_IN_PROGRESS, &lane);
  RfiLane *nobody = rfi_lane_strip_show (get_strip (), 0);
  g_autoptr(RfiJobItem) job = rfi_job_table_get_item (
    rfi_session_get_jobs (rfi_test_desk_session ()), moved);

  g_signal_emit_by_name (lane, "drag-started", begun);
  rfi_test_settle ();
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (nobody), "refuses"));
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (nobody), "Work on it has begun"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "board-technicians-drag");
  g_signal_emit_by_name (lane, "drag-ended");
  g_assert_false (drop (nobody, begun));

  g_assert_true (drop (nobody, job));
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  rfi_test_desk_answer ("yes");
  rfi_test_wait (look_up (moved)->assigned_to == NULL);
}

/* What is searched for is in sight: lanes without any of it are not there. */
static void
test_search (void)
{
  rfi_test_desk_activate ("win.search", NULL);
  rfi_test_desk_fill_in ("search_entry", moved);
  rfi_test_wait (count_columns () == 1);
  rfi_test_settle ();
  rfi_test_desk_take_picture (rfi_test_desk_window (), "board-technicians-search");
  rfi_test_desk_fill_in ("search_entry", "xyzzy");
  rfi_test_wait (rfi_test_desk_reads ("No Jobs Match"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "board-technicians-empty");
  rfi_test_desk_fill_in ("search_entry", "");
  rfi_test_wait (count_columns () > 12);
}

static void
test_narrow (void)
{
  GtkWindow *window = rfi_test_desk_window ();
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  gtk_window_set_default_size (window, 360, 640);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (window)) == 360);
  rfi_test_settle ();
  rfi_test_ui_assert_named (GTK_WIDGET (get_board ()));
  rfi_test_desk_take_looks (window, "board-technicians-narrow");
  gtk_window_set_default_size (window, width, height);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (window)) == width);
}

/* A dispatcher sees one vendor; the key goes round all there is. */
static void
test_remembered (void)
{
  rfi_test_desk_activate ("win.group-board", "vendor");
  g_assert_cmpint (rfi_board_page_get_grouping (get_board ()), ==, RFI_GROUPING_TECHNICIAN);
  rfi_test_desk_activate ("win.group-board-next", NULL);
  g_assert_cmpint (rfi_board_page_get_grouping (get_board ()), ==, RFI_GROUPING_STATUS);
  rfi_test_desk_activate ("win.group-board-next", NULL);
  g_assert_cmpint (rfi_board_page_get_grouping (get_board ()), ==, RFI_GROUPING_TECHNICIAN);

  rfi_test_desk_activate ("win.sign-out", NULL);
  rfi_test_desk_answer ("yes");
  rfi_test_wait (rfi_test_desk_session () == NULL);
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  g_assert_cmpint (rfi_board_page_get_grouping (get_board ()), ==, RFI_GROUPING_STATUS);
}

static void
test_vendors (void)
{
  RfiLane *lane;
  g_autoptr(RfiJobItem) item = NULL;

  rfi_test_desk_activate ("win.group-board", "vendor");
  rfi_test_wait (get_strip () != NULL && count_lanes () > 2);
  rfi_test_settle ();
  /* The names of vendors come by themselves. */
  rfi_test_wait (rfi_test_desk_reads ("Cool Air"));
  lane = rfi_lane_strip_show (get_strip (), 0);
  item = get_first (lane);
  g_signal_emit_by_name (lane, "drag-started", item);
  g_assert_true (rfi_test_desk_reads ("A job stays with its vendor."));
  g_signal_emit_by_name (lane, "drag-ended");
  g_assert_false (drop (rfi_lane_strip_show (get_strip (), 1), item));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "board-vendors");
}

int
main (int   argc,
      char *argv[])
{
  const char * const options[] = { "--sample=large", "--jobs=400", "--vendors=3", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);
  g_test_add_func ("/board-groups/technicians", test_technicians);
  g_test_add_func ("/board-groups/only-in-sight", test_only_in_sight);
  g_test_add_func ("/board-groups/prepare", test_prepare);
  g_test_add_func ("/board-groups/assign", test_assign);
  g_test_add_func ("/board-groups/reassign", test_reassign);
  g_test_add_func ("/board-groups/take-off", test_take_off);
  g_test_add_func ("/board-groups/search", test_search);
  g_test_add_func ("/board-groups/narrow", test_narrow);
  g_test_add_func ("/board-groups/remembered", test_remembered);
  g_test_add_func ("/board-groups/vendors", test_vendors);

  status = rfi_test_desk_end (g_test_run ());
  g_free (moved);
  rfi_test_server_free (server);
  return status;
}
