/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-chart.h"
#include "rfi-gallery-page.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-lane.h"
#include "rfi-table-view.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-timeline-view.h"

#include <string.h>

/* Each page as assistive technology meets it: what can have the focus has a role and a name, the
 * large views are grids and lists with named rows, and controls tell their states. */

static RfiTestServer *server;

/* Roles that say nothing. */
static gboolean
is_mute (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return role == GTK_ACCESSIBLE_ROLE_WIDGET || role == GTK_ACCESSIBLE_ROLE_NONE ||
         role == GTK_ACCESSIBLE_ROLE_PRESENTATION;
}

static gboolean
tells_state (GtkWidget          *widget,
             GtkAccessibleState  state)
{
  return gtk_test_accessible_has_state (GTK_ACCESSIBLE (widget), state);
}

/* The state that a control of its kind is told by. */
static gboolean
has_state (GtkWidget *widget)
{
  if (GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget))
    return tells_state (widget, GTK_ACCESSIBLE_STATE_CHECKED);
  if (GTK_IS_TOGGLE_BUTTON (widget) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget)))
    return tells_state (widget, GTK_ACCESSIBLE_STATE_PRESSED) ||
           tells_state (widget, GTK_ACCESSIBLE_STATE_EXPANDED);

  return TRUE;
}

typedef struct
{
  GString *problems;
  guint    n_focusable;
} Look;

static void
look_at (GtkWidget *widget,
         Look      *look)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_WINDOW_CONTROLS (widget))
    return;

  /* What fields and dividers are made of speaks through them. */
  if (gtk_widget_get_focusable (widget) && !GTK_IS_TEXT (widget) && !GTK_IS_PANED (widget))
    {
      look->n_focusable++;
      if (is_mute (widget))
        g_string_append_printf (look->problems, " %s in %s has no role;",
                                G_OBJECT_TYPE_NAME (widget),
                                G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
    }
  if (!has_state (widget))
    g_string_append_printf (look->problems, " %s#%s tells no state;", G_OBJECT_TYPE_NAME (widget),
                            gtk_widget_get_name (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && !GTK_IS_DROP_DOWN (widget); child = gtk_widget_get_next_sibling (child))
    look_at (child, look);
}

static void
check_shown (void)
{
  Look look = { g_string_new (NULL), 0 };

  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  look_at (GTK_WIDGET (rfi_test_desk_window ()), &look);
  g_assert_cmpstr (look.problems->str, ==, "");
  g_assert_cmpuint (look.n_focusable, >, 5);
  g_string_free (look.problems, TRUE);
}

static void
check_page (const char *page)
{
  g_test_message ("%s", page);
  rfi_test_desk_show_page (page);
  check_shown ();
}

static char *
get_label (GtkWidget *widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL, "");
}

static void
assert_role (GtkWidget         *widget,
             GtkAccessibleRole  role)
{
  g_assert_nonnull (widget);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)), ==, role);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
}

/* Cards say in words what they draw. */
static void
test_board (void)
{
  GtkWidget *card, *lane;
  g_autofree char *label = NULL;

  check_page ("board");
  card = rfi_test_desk_find (RFI_TYPE_JOB_CARD);
  assert_role (card, GTK_ACCESSIBLE_ROLE_GROUP);
  label = get_label (card);
  g_assert_nonnull (label);
  g_assert_nonnull (
    strstr (label, rfi_job_item_get_job (rfi_job_card_get_item (RFI_JOB_CARD (card)))->title));

  lane = rfi_test_desk_find (RFI_TYPE_LANE);
  g_assert_true (rfi_lane_focus_card (RFI_LANE (lane), 0));
  rfi_test_settle ();
  g_assert_true (tells_state (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ())),
                              GTK_ACCESSIBLE_STATE_SELECTED));
}

static void
test_timeline (void)
{
  rfi_test_desk_show_page ("timeline");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW) != NULL);
  check_page ("timeline");
  assert_role (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW), GTK_ACCESSIBLE_ROLE_GRID);
}

static void
test_jobs (void)
{
  rfi_test_desk_show_page ("jobs");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TABLE_VIEW) != NULL);
  check_page ("jobs");
  assert_role (rfi_test_desk_find (RFI_TYPE_TABLE_VIEW), GTK_ACCESSIBLE_ROLE_GRID);
}

static void
assert_label (GtkWidget  *widget,
              const char *expected)
{
  g_autofree char *label = get_label (widget);

  g_assert_cmpstr (label, ==, expected);
}

/* One with conflicts is asked for its names in test-conflict-page. */
static void
test_conflicts (void)
{
  GtkWidget *empty;

  check_page ("conflicts");
  empty = rfi_test_desk_find_named ("empty");
  g_assert_true (gtk_widget_get_mapped (empty));
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (empty)), ==, "No conflicts");
}

static void
find_assigned_cb (RfiJobState *state,
                  gpointer     user_data)
{
  if (state->work->status == RFI_STATUS_ASSIGNED)
    *(const char **) user_data = state->work->id;
}

/* Something that history has to tell. */
static void
start_one (void)
{
  RfiJobTable *jobs = rfi_session_get_jobs (rfi_test_desk_session ());
  const char *found = NULL;
  g_autofree char *id = NULL;

  rfi_job_table_foreach (jobs, find_assigned_cb, &found);
  g_assert_nonnull (found);
  id = g_strdup (found);
  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.set-status", "(ss)", id,
                              rfi_status_to_string (RFI_STATUS_IN_PROGRESS));
  rfi_test_wait (rfi_job_table_lookup (jobs, id)->work->status == RFI_STATUS_IN_PROGRESS);
}

/* A table of its own kind, and each column says what it has. */
static void
test_history (void)
{
  GtkWidget *view;
  GListModel *columns;

  start_one ();
  check_page ("history");
  rfi_test_wait (rfi_test_desk_find (GTK_TYPE_COLUMN_VIEW) != NULL);
  view = rfi_test_desk_find (GTK_TYPE_COLUMN_VIEW);
  assert_role (view, GTK_ACCESSIBLE_ROLE_TREE_GRID);
  assert_label (view, "History");
  columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  g_assert_cmpuint (g_list_model_get_n_items (columns), >, 3);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_assert_cmpstr (gtk_column_view_column_get_title (column), !=, "");
    }
}

/* A chart is a picture with a name, and its figures in words. */
static void
test_activity (void)
{
  GtkWidget *chart;
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_CHART) != NULL);
  check_page ("activity");
  chart = rfi_test_desk_find (RFI_TYPE_CHART);
  assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  label = get_label (chart);
  description = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_assert_nonnull (label);
  g_assert_nonnull (description);
}

/* The detail of a job beside the board. */
static void
test_detail (void)
{
  GtkWidget *card;

  rfi_test_desk_show_page ("board");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  card = rfi_test_desk_find (RFI_TYPE_JOB_CARD);
  rfi_test_desk_activate ("win.show-job",
                          rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card))));
  rfi_test_wait (rfi_test_desk_find_named ("short_id") != NULL);
  check_page ("board");
}

static void
find_photos_cb (RfiJobState *state,
                gpointer     user_data)
{
  if (state->work->n_photos > 1)
    *(const char **) user_data = state->work->id;
}

/* The photos of a job, the first one large. */
static void
test_gallery (void)
{
  const char *found = NULL;

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), find_photos_cb, &found);
  g_assert_nonnull (found);
  rfi_test_desk_activate ("win.show-photos", found);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE) != NULL &&
                 rfi_test_desk_find (GTK_TYPE_PICTURE) != NULL);
  check_shown ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/access/sign-in", test_sign_in);
  g_test_add_func ("/access/board", test_board);
  g_test_add_func ("/access/timeline", test_timeline);
  g_test_add_func ("/access/jobs", test_jobs);
  g_test_add_func ("/access/conflicts", test_conflicts);
  g_test_add_func ("/access/history", test_history);
  g_test_add_func ("/access/activity", test_activity);
  g_test_add_func ("/access/detail", test_detail);
  g_test_add_func ("/access/gallery", test_gallery);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
