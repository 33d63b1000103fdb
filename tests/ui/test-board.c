/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-job-day.h"
#include "rfi-job-item.h"
#include "rfi-job-selection.h"
#include "rfi-lane.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  GtkWidget    *window;
  GtkWidget    *board;
  RfiJobTable  *jobs;    /* (owned) */
  RfiJobFilter *filter;  /* (owned) */
  RfiJobSelection *selection; /* (owned) */
  GString      *asked;   /* (owned): window actions that were asked for, with their targets */
} Fixture;

static RfiJobState *
new_state (const char  *id,
           RfiStatus    status,
           RfiPriority  priority,
           int          hours,
           const char  *technician,
           RfiMark      mark)
{
  gint64 now = g_get_real_time () / 1000;
  RfiJob template = {
    .id = id,
    .title = id,
    .description = "",
    .status = status,
    .priority = priority,
    .vendor_id = "vendor",
    .created_by = "nora",
    .assigned_to = technician,
    .assigned_to_name = technician,
    .store_name = "QuickStop #3",
    .address = "1 Main St",
    .city = "Arlington",
    .state = "TX",
    .zip_code = "76001",
    .created_at = now - hours * HOUR,
    .updated_at = now - hours * HOUR / 2,
    /* Today, also shortly after midnight. */
    .status_at = now,
    .n_photos = 2,
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  return rfi_job_state_new (job, mark, mark != RFI_MARK_CONFIRMED ? 1 : 0);
}

/* @state: (transfer full) */
static void
apply (Fixture     *fixture,
       RfiJobState *state)
{
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  g_ptr_array_add (states, state);
  rfi_job_table_apply (fixture->jobs, states, NULL, FALSE);
}

static void
fill (Fixture *fixture)
{
  apply (fixture, new_state ("old", RFI_STATUS_PENDING, RFI_PRIORITY_LOW, 50, NULL,
                             RFI_MARK_CONFIRMED));
  apply (fixture, new_state ("urgent", RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, 2, NULL,
                             RFI_MARK_CONFLICT));
  apply (fixture, new_state ("taken", RFI_STATUS_ASSIGNED, RFI_PRIORITY_HIGH, 3, "Sara Lindqvist",
                             RFI_MARK_QUEUED));
  apply (fixture, new_state ("begun", RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_MEDIUM, 4,
                             "Ahmed Karim", RFI_MARK_CONFIRMED));
  apply (fixture, new_state ("done", RFI_STATUS_COMPLETED, RFI_PRIORITY_URGENT, 5, "Ahmed Karim",
                             RFI_MARK_CONFIRMED));
}

static void
asked_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GString *asked = user_data;
  g_autofree char *target = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_string_append_printf (asked, "%s %s;", g_action_get_name (G_ACTION (action)), target);
}

/* What a window would answer, written down instead. */
static void
add_actions (Fixture *fixture)
{
  static const GActionEntry entries[] = {
    { .name = "show-job", .activate = asked_cb, .parameter_type = "s" },
    { .name = "set-status", .activate = asked_cb, .parameter_type = "(ss)" },
    { .name = "assign", .activate = asked_cb, .parameter_type = "s" },
    { .name = "cancel-job", .activate = asked_cb, .parameter_type = "s" },
    { .name = "delete-job", .activate = asked_cb, .parameter_type = "s" },
    { .name = "show-photos", .activate = asked_cb, .parameter_type = "s" },
    { .name = "new-job", .activate = asked_cb },
    { .name = "bulk-assign", .activate = asked_cb },
    { .name = "bulk-status", .activate = asked_cb, .parameter_type = "s" },
    { .name = "bulk-cancel", .activate = asked_cb },
    { .name = "bulk-priority", .activate = asked_cb, .parameter_type = "s" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   fixture->asked);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->jobs = rfi_job_table_new ();
  fixture->filter = rfi_job_filter_new ();
  fixture->asked = g_string_new (NULL);
  fixture->board = rfi_board_page_new ();
  fixture->selection = rfi_job_selection_new ();
  rfi_board_page_set_selection (RFI_BOARD_PAGE (fixture->board), fixture->selection);
  fixture->window = gtk_window_new ();
  add_actions (fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1300, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->board);
  rfi_board_page_set_filter (RFI_BOARD_PAGE (fixture->board), fixture->filter);
  rfi_board_page_set_jobs (RFI_BOARD_PAGE (fixture->board), fixture->jobs);
  fill (fixture);
  rfi_test_ui_show (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->jobs);
  g_string_free (fixture->asked, TRUE);
}

#define assert_asked(fixture, expected) G_STMT_START { \
  g_assert_cmpstr ((fixture)->asked->str, ==, (expected)); \
  g_string_truncate ((fixture)->asked, 0); \
} G_STMT_END

static RfiLane *
find_lane (GtkWidget *widget,
           RfiStatus  status)
{
  if (RFI_IS_LANE (widget) && rfi_lane_get_status (RFI_LANE (widget)) == status)
    return RFI_LANE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      RfiLane *lane = find_lane (child, status);

      if (lane != NULL)
        return lane;
    }
  return NULL;
}

static RfiLane *
get_lane (Fixture   *fixture,
          RfiStatus  status)
{
  return find_lane (fixture->board, status);
}

/* The jobs of a lane as they stand, "urgent old". */
static char *
list_jobs (Fixture   *fixture,
           RfiStatus  status)
{
  GListModel *view = G_LIST_MODEL (rfi_lane_get_view (get_lane (fixture, status)));
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (view); i++)
    {
      g_autoptr(RfiJobItem) item = g_list_model_get_item (view, i);

      g_ptr_array_add (ids, (gpointer) rfi_job_item_get_id (item));
    }
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (" ", (char **) ids->pdata);
}

#define assert_jobs(fixture, status, expected) G_STMT_START { \
  g_autofree char *listed = list_jobs (fixture, status); \
  g_assert_cmpstr (listed, ==, (expected)); \
} G_STMT_END

static void
test_content (Fixture       *fixture,
              gconstpointer  unused)
{
  GtkWidget *pending = GTK_WIDGET (get_lane (fixture, RFI_STATUS_PENDING));

  assert_jobs (fixture, RFI_STATUS_PENDING, "urgent old");
  assert_jobs (fixture, RFI_STATUS_ASSIGNED, "taken");
  assert_jobs (fixture, RFI_STATUS_CANCELLED, "");
  g_assert_true (rfi_test_ui_has_text (pending, "Pending"));
  g_assert_true (rfi_test_ui_has_text (pending, "2"));
  g_assert_true (rfi_test_ui_has_text (pending, "1 urgent"));
  g_assert_true (rfi_test_ui_has_text (pending, "oldest 2 d"));
  g_assert_true (rfi_test_ui_has_text (fixture->board, "5 jobs"));
  rfi_test_ui_assert_named (fixture->board);
}

static gboolean
is_called (GtkWidget  *widget,
           const char *name)
{
  g_autofree char *found = NULL;

  found = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return found == NULL;
}

static void
test_card_is_read_aloud (Fixture       *fixture,
                         gconstpointer  unused)
{
  GtkWidget *card = rfi_test_ui_find (fixture->board, RFI_TYPE_JOB_CARD);

  /* A card is named when it is first drawn. */
  rfi_test_wait (is_called (card, "urgent, Urgent, QuickStop #3, Arlington, Unassigned, "
                                  "2 photos, Conflict"));
}

static void
test_change_moves_the_card (Fixture       *fixture,
                            gconstpointer  unused)
{
  rfi_board_page_set_selected_id (RFI_BOARD_PAGE (fixture->board), "urgent");
  apply (fixture, new_state ("urgent", RFI_STATUS_ASSIGNED, RFI_PRIORITY_URGENT, 2,
                             "Sara Lindqvist", RFI_MARK_CONFIRMED));
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (get_lane (fixture, RFI_STATUS_PENDING)), "1"));

  assert_jobs (fixture, RFI_STATUS_PENDING, "old");
  assert_jobs (fixture, RFI_STATUS_ASSIGNED, "urgent taken");
  g_assert_cmpstr (rfi_board_page_get_selected_id (RFI_BOARD_PAGE (fixture->board)), ==, "urgent");
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  unused)
{
  rfi_job_filter_set_priorities (fixture->filter, 1u << RFI_PRIORITY_HIGH);
  rfi_test_wait (rfi_test_ui_has_text (fixture->board, "4 jobs hidden by filters"));
  g_assert_true (rfi_test_ui_has_text (fixture->board, "Priority: High"));
  g_assert_true (rfi_test_ui_has_text (fixture->board, "Nothing pending"));
  assert_jobs (fixture, RFI_STATUS_ASSIGNED, "taken");
  rfi_test_ui_assert_named (fixture->board);
}

/* More pending jobs than a lane replaces in one range, each other one about a freezer. */
static void
fill_lane (Fixture *fixture)
{
  g_autoptr(GPtrArray) states = NULL;

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; i < 800; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", i % 2 == 0 ? "freezer" : "oven", i);

      g_ptr_array_add (states, new_state (id, RFI_STATUS_PENDING, RFI_PRIORITY_LOW, 1, NULL,
                                          RFI_MARK_CONFIRMED));
    }
  rfi_job_table_apply (fixture->jobs, states, NULL, FALSE);
}

/* Whoever searches sees the first of what is found, wherever the lane was. */
static void
test_search_shows_the_top (Fixture       *fixture,
                           gconstpointer  unused)
{
  RfiLane *lane = get_lane (fixture, RFI_STATUS_PENDING);
  GtkWidget *list = rfi_test_ui_find (GTK_WIDGET (lane), GTK_TYPE_GRID_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  fill_lane (fixture);
  rfi_test_wait (gtk_adjustment_get_upper (adjustment) > 400 * 60);
  rfi_lane_focus_card (lane, 700);
  rfi_test_wait (gtk_adjustment_get_value (adjustment) > 400 * 60);

  rfi_job_filter_set_text (fixture->filter, "freezer");
  rfi_test_wait (g_list_model_get_n_items (G_LIST_MODEL (rfi_lane_get_view (lane))) == 400);
  rfi_test_wait (gtk_adjustment_get_value (adjustment) < 1);
}

static void
assert_card_drawn (Fixture  *fixture,
                   GBytes   *plain,
                   gboolean  same)
{
  GtkWidget *lane = GTK_WIDGET (get_lane (fixture, RFI_STATUS_ASSIGNED));
  g_autoptr(GBytes) drawn = rfi_test_ui_draw (rfi_test_ui_find (lane, RFI_TYPE_JOB_CARD));

  g_assert_true (g_bytes_equal (drawn, plain) == same);
}

/* What a search has found is made out where it stands, and only what is looked into. */
static void
test_sought (Fixture       *fixture,
             gconstpointer  unused)
{
  static const char *const sought[] = { "take", "LINDQ", "arlington", "quickstop #3" };
  GtkWidget *lane = GTK_WIDGET (get_lane (fixture, RFI_STATUS_ASSIGNED));
  g_autoptr(GBytes) plain = rfi_test_ui_draw (rfi_test_ui_find (lane, RFI_TYPE_JOB_CARD));

  for (guint i = 0; i < G_N_ELEMENTS (sought); i++)
    {
      rfi_job_filter_set_text (fixture->filter, sought[i]);
      rfi_test_settle ();
      assert_card_drawn (fixture, plain, FALSE);
    }
  rfi_job_filter_set_text (fixture->filter, "main");
  rfi_test_settle ();
  assert_card_drawn (fixture, plain, TRUE);
  rfi_job_filter_set_text (fixture->filter, "");
  rfi_test_settle ();
  assert_card_drawn (fixture, plain, TRUE);
}

static void
test_nothing_found (Fixture       *fixture,
                    gconstpointer  unused)
{
  rfi_job_filter_set_priorities (fixture->filter, 1u << RFI_PRIORITY_HIGH);
  rfi_job_filter_set_text (fixture->filter, "begun");
  rfi_test_wait (rfi_test_ui_has_text (fixture->board, "No Jobs Match"));
  g_assert_true (rfi_test_ui_has_text (fixture->board,
                                       "1 job is found, but the filters hide it."));

  /* One click shows it: what was searched for stays, what hid it goes. */
  g_signal_emit_by_name (rfi_test_ui_find_named (fixture->board, "remedy"), "clicked");
  rfi_test_wait (rfi_test_ui_has_text (fixture->board, "1 job"));
  assert_jobs (fixture, RFI_STATUS_IN_PROGRESS, "begun");
  g_assert_cmpstr (rfi_job_filter_get_text (fixture->filter), ==, "begun");
}

static void
test_width (Fixture       *fixture,
            gconstpointer  unused)
{
  RfiLane *completed = get_lane (fixture, RFI_STATUS_COMPLETED);
  RfiLane *assigned = get_lane (fixture, RFI_STATUS_ASSIGNED);

  g_assert_false (rfi_lane_get_folded (completed));
  g_assert_true (rfi_lane_get_folded (get_lane (fixture, RFI_STATUS_CANCELLED)));

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  rfi_test_wait (rfi_lane_get_folded (completed));

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  rfi_test_wait (!gtk_widget_get_visible (GTK_WIDGET (assigned)));
  rfi_test_wait (gtk_widget_get_width (fixture->window) == 360);
  rfi_test_ui_assert_named (fixture->board);
}

static void
put_done (Fixture    *fixture,
          const char *id,
          gint64      status_at)
{
  g_autoptr(RfiJobState) any = new_state (id, RFI_STATUS_COMPLETED, RFI_PRIORITY_LOW, 0, NULL,
                                          RFI_MARK_CONFIRMED);
  RfiJob template = *any->work;
  g_autoptr(RfiJob) job = NULL;

  template.status_at = status_at;
  template.updated_at = status_at;
  job = rfi_job_new (&template);
  apply (fixture, rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0));
}

static void
test_completed_today (Fixture       *fixture,
                      gconstpointer  unused)
{
  GtkWidget *lane = GTK_WIDGET (get_lane (fixture, RFI_STATUS_COMPLETED));
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 midnight = rfi_job_day_get_start (zone, g_get_real_time () / 1000) + 240 * HOUR;

  rfi_board_page_set_moment (RFI_BOARD_PAGE (fixture->board), midnight + HOUR);
  put_done (fixture, "eve", midnight - 1);
  put_done (fixture, "dawn", midnight);
  put_done (fixture, "early", midnight + 1);
  assert_jobs (fixture, RFI_STATUS_COMPLETED, "early dawn");
  g_assert_true (rfi_test_ui_has_text (lane, "Completed today"));
  g_assert_true (rfi_test_ui_has_text (lane, "Earlier (2)"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (rfi_test_ui_find_text (lane, "Completed today")),
                   ==, "A job whose time of completion is not known counts by its last change.");
  rfi_test_wait (rfi_test_ui_has_text (fixture->board, "8 jobs"));

  g_signal_emit_by_name (rfi_test_ui_find_named (lane, "more"), "clicked");
  assert_jobs (fixture, RFI_STATUS_COMPLETED, "early dawn eve done");
  g_assert_true (rfi_test_ui_has_text (lane, "Completed"));
  g_assert_false (rfi_test_ui_has_text (lane, "Completed today"));
  g_signal_emit_by_name (rfi_test_ui_find_named (lane, "more"), "clicked");
  assert_jobs (fixture, RFI_STATUS_COMPLETED, "early dawn");

  /* Who asks for completed jobs gets them all. */
  rfi_job_filter_set_statuses (fixture->filter, 1u << RFI_STATUS_COMPLETED);
  rfi_test_wait (rfi_test_ui_find_named (lane, "more") == NULL);
  assert_jobs (fixture, RFI_STATUS_COMPLETED, "early dawn eve done");
  rfi_job_filter_set_statuses (fixture->filter, 0);
  rfi_test_wait (rfi_test_ui_find_named (lane, "more") != NULL);

  /* So does who seeks one. */
  rfi_job_filter_set_text (fixture->filter, "eve");
  rfi_test_wait (rfi_test_ui_has_text (fixture->board, "1 job"));
  assert_jobs (fixture, RFI_STATUS_COMPLETED, "eve");
  rfi_job_filter_set_text (fixture->filter, "");
  rfi_test_wait (rfi_test_ui_find_named (lane, "more") != NULL);

  /* The day ends. */
  rfi_board_page_set_moment (RFI_BOARD_PAGE (fixture->board), midnight + 25 * HOUR);
  assert_jobs (fixture, RFI_STATUS_COMPLETED, "");
  g_assert_true (rfi_test_ui_has_text (lane, "Nothing completed today"));
  g_assert_true (rfi_test_ui_has_text (lane, "Earlier (4)"));
}

static int
get_card_height (Fixture *fixture)
{
  return gtk_widget_get_height (rfi_test_ui_find (fixture->board, RFI_TYPE_JOB_CARD));
}

static void
test_density (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  int standard;

  rfi_test_wait (get_card_height (fixture) >= 100);
  standard = get_card_height (fixture);
  g_settings_set_string (settings, "density", "compact");
  rfi_test_wait (get_card_height (fixture) < standard);
  g_assert_cmpint (get_card_height (fixture), >=, 64);
  g_assert_cmpint (get_card_height (fixture), <=, 72);
  g_settings_set_string (settings, "density", "roomy");
  rfi_test_wait (get_card_height (fixture) > standard);
  g_assert_cmpint (get_card_height (fixture), >=, 116);
  g_settings_reset (settings, "density");
  rfi_test_wait (get_card_height (fixture) == standard);
}

/* The toolkit makes no key events for tests; the controllers take them all the same. */
static gboolean
press (GtkWidget       *widget,
       guint            key,
       GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
  return handled;
}

static GtkWidget *
get_list (Fixture   *fixture,
          RfiStatus  status)
{
  return rfi_test_ui_find (GTK_WIDGET (get_lane (fixture, status)), GTK_TYPE_GRID_VIEW);
}

static void
test_keyboard (Fixture       *fixture,
               gconstpointer  unused)
{
  RfiBoardPage *board = RFI_BOARD_PAGE (fixture->board);

  g_assert_true (rfi_lane_focus_card (get_lane (fixture, RFI_STATUS_PENDING), 0));
  g_assert_cmpstr (rfi_board_page_get_selected_id (board), ==, "urgent");

  g_assert_true (press (get_list (fixture, RFI_STATUS_PENDING), GDK_KEY_Right, 0));
  g_assert_cmpstr (rfi_board_page_get_selected_id (board), ==, "taken");
  g_assert_true (press (get_list (fixture, RFI_STATUS_ASSIGNED), GDK_KEY_a, 0));
  assert_asked (fixture, "assign 'taken';");
  g_assert_true (press (get_list (fixture, RFI_STATUS_ASSIGNED), GDK_KEY_Delete, 0));
  assert_asked (fixture, "delete-job 'taken';");
  g_assert_true (press (get_list (fixture, RFI_STATUS_ASSIGNED), GDK_KEY_Left, 0));
  g_assert_cmpstr (rfi_board_page_get_selected_id (board), ==, "urgent");

  g_signal_emit_by_name (get_list (fixture, RFI_STATUS_PENDING), "activate", 1);
  assert_asked (fixture, "show-job 'old';");
}

static void
test_menu (Fixture       *fixture,
           gconstpointer  unused)
{
  GtkWidget *lane = GTK_WIDGET (get_lane (fixture, RFI_STATUS_ASSIGNED));
  GtkWidget *menu;

  rfi_lane_focus_card (RFI_LANE (lane), 0);
  g_assert_true (press (get_list (fixture, RFI_STATUS_ASSIGNED), GDK_KEY_F10, GDK_SHIFT_MASK));
  menu = rfi_test_ui_find (lane, GTK_TYPE_POPOVER_MENU);
  g_assert_nonnull (menu);
  g_assert_true (rfi_test_ui_has_text (menu, "Start Work"));
  g_assert_true (rfi_test_ui_has_text (menu, "Change Technician…"));
  g_assert_true (rfi_test_ui_has_text (menu, "Delete Job…"));
  g_assert_false (rfi_test_ui_has_text (menu, "Mark Completed"));
  gtk_popover_popdown (GTK_POPOVER (menu));
  rfi_test_wait (rfi_test_ui_find (lane, GTK_TYPE_POPOVER_MENU) == NULL);
}

/* @dropped: a job, or all that is selected */
static gboolean
drop_object (Fixture   *fixture,
             RfiStatus  status,
             gpointer   dropped)
{
  GtkWidget *lane = GTK_WIDGET (get_lane (fixture, status));
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (lane);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, G_OBJECT_TYPE (dropped));
  g_value_set_object (&value, dropped);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  return taken;
}

static gboolean
drop (Fixture    *fixture,
      RfiStatus   status,
      const char *job_id)
{
  g_autoptr(RfiJobItem) item = rfi_job_table_get_item (fixture->jobs, job_id);

  return drop_object (fixture, status, item);
}

static void
test_drop (Fixture       *fixture,
           gconstpointer  unused)
{
  g_assert_true (drop (fixture, RFI_STATUS_IN_PROGRESS, "taken"));
  assert_asked (fixture, "set-status ('taken', 'in-progress');");

  /* Becoming assigned takes a technician: that is asked for. */
  g_assert_true (drop (fixture, RFI_STATUS_ASSIGNED, "urgent"));
  assert_asked (fixture, "assign 'urgent';");

  g_assert_true (drop (fixture, RFI_STATUS_CANCELLED, "begun"));
  assert_asked (fixture, "cancel-job 'begun';");

  g_assert_false (drop (fixture, RFI_STATUS_PENDING, "done"));
  g_assert_false (drop (fixture, RFI_STATUS_COMPLETED, "urgent"));
  assert_asked (fixture, "");
}

static void
test_drag_says_why (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autoptr(RfiJobItem) item = rfi_job_table_get_item (fixture->jobs, "begun");
  GtkWidget *pending = GTK_WIDGET (get_lane (fixture, RFI_STATUS_PENDING));
  GtkWidget *progress = GTK_WIDGET (get_lane (fixture, RFI_STATUS_IN_PROGRESS));
  GtkWidget *completed = GTK_WIDGET (get_lane (fixture, RFI_STATUS_COMPLETED));

  g_signal_emit_by_name (progress, "drag-started", item);
  g_assert_true (gtk_widget_has_css_class (completed, "accepts"));
  g_assert_true (gtk_widget_has_css_class (pending, "refuses"));
  g_assert_true (rfi_test_ui_has_text (pending,
                                       "The job can’t take this step from where it stands."));
  g_assert_false (gtk_widget_has_css_class (progress, "accepts"));
  g_assert_false (gtk_widget_has_css_class (progress, "refuses"));

  g_signal_emit_by_name (progress, "drag-ended");
  g_assert_false (gtk_widget_has_css_class (completed, "accepts"));
  g_assert_false (gtk_widget_has_css_class (pending, "refuses"));
}

static void
select_card (Fixture   *fixture,
             RfiStatus  status,
             guint      position,
             gboolean   modify,
             gboolean   extend)
{
  g_assert_true (gtk_widget_activate_action (get_list (fixture, status), "list.select-item",
                                             "(ubb)", position, modify, extend));
}

/* The selected jobs in the order of selecting, the cursor in brackets. */
static char *
list_selected (Fixture *fixture)
{
  g_autoptr(GPtrArray) items = rfi_job_selection_list (fixture->selection);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      RfiJobItem *item = g_ptr_array_index (items, i);
      gboolean is_cursor = item == rfi_job_selection_get_cursor (fixture->selection);

      g_string_append_printf (words, is_cursor ? "%s[%s]" : "%s%s", i > 0 ? " " : "",
                              rfi_job_item_get_id (item));
    }
  return g_string_free (words, FALSE);
}

#define assert_selected(fixture, expected) G_STMT_START { \
  g_autofree char *listed = list_selected (fixture); \
  g_assert_cmpstr (listed, ==, (expected)); \
} G_STMT_END

/* One selection over all lanes: a plain click is of all of them, Ctrl and Shift add. */
static void
test_select_many (Fixture       *fixture,
                  gconstpointer  unused)
{
  select_card (fixture, RFI_STATUS_PENDING, 0, FALSE, FALSE);
  assert_selected (fixture, "[urgent]");
  select_card (fixture, RFI_STATUS_PENDING, 1, FALSE, TRUE);
  assert_selected (fixture, "urgent [old]");
  select_card (fixture, RFI_STATUS_ASSIGNED, 0, TRUE, FALSE);
  assert_selected (fixture, "urgent old [taken]");
  select_card (fixture, RFI_STATUS_PENDING, 0, TRUE, FALSE);
  assert_selected (fixture, "old [taken]");
  select_card (fixture, RFI_STATUS_IN_PROGRESS, 0, FALSE, FALSE);
  assert_selected (fixture, "[begun]");

  /* Drawn upwards, the cursor is at the upper end. */
  select_card (fixture, RFI_STATUS_PENDING, 1, FALSE, FALSE);
  select_card (fixture, RFI_STATUS_PENDING, 0, FALSE, TRUE);
  assert_selected (fixture, "[urgent] old");

  /* A job that moves to another lane stays selected. */
  apply (fixture, new_state ("urgent", RFI_STATUS_ASSIGNED, RFI_PRIORITY_URGENT, 2,
                             "Sara Lindqvist", RFI_MARK_CONFIRMED));
  assert_selected (fixture, "[urgent] old");
  g_assert_true (press (get_list (fixture, RFI_STATUS_ASSIGNED), GDK_KEY_Escape, 0));
  assert_selected (fixture, "[urgent]");
}

/* What is done to one of them is meant for all. */
static void
test_act_on_many (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr(RfiJobItem) item = rfi_job_table_get_item (fixture->jobs, "urgent");
  GtkWidget *progress = GTK_WIDGET (get_lane (fixture, RFI_STATUS_IN_PROGRESS));
  GtkWidget *pending = GTK_WIDGET (get_lane (fixture, RFI_STATUS_PENDING));

  rfi_lane_focus_card (RFI_LANE (pending), 0);
  select_card (fixture, RFI_STATUS_ASSIGNED, 0, TRUE, FALSE);
  g_assert_true (press (get_list (fixture, RFI_STATUS_PENDING), GDK_KEY_a, 0));
  assert_asked (fixture, "bulk-assign ;");

  g_signal_emit_by_name (pending, "drag-started", item);
  g_assert_true (gtk_widget_has_css_class (progress, "accepts"));
  g_assert_true (rfi_test_ui_has_text (progress, "1 of 2 jobs can come here"));
  g_assert_true (gtk_widget_has_css_class (pending, "refuses"));
  g_signal_emit_by_name (pending, "drag-ended");

  g_assert_true (drop_object (fixture, RFI_STATUS_IN_PROGRESS, fixture->selection));
  assert_asked (fixture, "bulk-status 'in-progress';");
  g_assert_true (drop_object (fixture, RFI_STATUS_ASSIGNED, fixture->selection));
  g_assert_true (drop_object (fixture, RFI_STATUS_CANCELLED, fixture->selection));
  g_assert_false (drop_object (fixture, RFI_STATUS_PENDING, fixture->selection));
  assert_asked (fixture, "bulk-assign ;bulk-cancel ;");
}

/* A lane as long as the longest, all of it selected, and then all but one. */
static void
test_select_lane (Fixture       *fixture,
                  gconstpointer  unused)
{
  GtkWidget *list = get_list (fixture, RFI_STATUS_PENDING);
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%u", i);

      g_ptr_array_add (states, new_state (id, RFI_STATUS_PENDING, RFI_PRIORITY_LOW, 1, NULL,
                                          RFI_MARK_CONFIRMED));
    }
  rfi_job_table_apply (fixture->jobs, states, NULL, FALSE);
  rfi_test_wait (g_list_model_get_n_items (
                   G_LIST_MODEL (rfi_lane_get_view (get_lane (fixture, RFI_STATUS_PENDING)))) ==
                 10002);

  g_assert_true (gtk_widget_activate_action (list, "list.select-all", NULL));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 10002);
  select_card (fixture, RFI_STATUS_PENDING, 5000, TRUE, FALSE);
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 10001);
  g_assert_true (gtk_widget_activate_action (list, "list.unselect-all", NULL));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void      (*test) (Fixture *, gconstpointer);
  } cases[] = {
    { "/board/content", test_content },
    { "/board/card-is-read-aloud", test_card_is_read_aloud },
    { "/board/change-moves-the-card", test_change_moves_the_card },
    { "/board/filter", test_filter },
    { "/board/search-shows-the-top", test_search_shows_the_top },
    { "/board/sought", test_sought },
    { "/board/nothing-found", test_nothing_found },
    { "/board/width", test_width },
    { "/board/completed-today", test_completed_today },
    { "/board/density", test_density },
    { "/board/keyboard", test_keyboard },
    { "/board/menu", test_menu },
    { "/board/drop", test_drop },
    { "/board/drag-says-why", test_drag_says_why },
    { "/board/select-many", test_select_many },
    { "/board/act-on-many", test_act_on_many },
    { "/board/select-lane", test_select_lane },
  };

  rfi_test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].test, tear_down);
  return g_test_run ();
}
