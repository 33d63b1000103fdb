/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-calendar.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-session-schedule.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-timeline-page.h"
#include "rfi-timeline-tray.h"
#include "rfi-tray-card.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define QUARTER (15 * MINUTE)
#define HOUR (60 * MINUTE)

/* The timeline in the whole console against a real server. The cases follow each other: one job
 * comes out of the tray, is moved, made longer, given to somebody else, and taken off again. */

static RfiTestServer *server;
static RfiSession *session;      /* (owned) once signed in */
static RfiTimelineView *view;
static RfiSchedule *schedule;    /* (owned): the test's own */
static RfiJobSelection *selection;
static RfiJobItem *item;         /* (owned): the job that goes through all of it */
static char *somebody;           /* (owned): has nothing to do on that day … */
static char *other;              /* (owned): … and neither has this one, with the skills */
static RfiSpan morning;          /* two days ahead, where everybody is at work */

static void
press (guint           key,
       GdkModifierType modifiers)
{
  rfi_test_desk_press (GTK_WIDGET (view), key, modifiers);
  rfi_test_settle ();
}

static const RfiJob *
job (void)
{
  return rfi_job_item_get_job (item);
}

static RfiSpan
get_span (void)
{
  RfiSpan span = { 0, 0 };

  rfi_schedule_get_span (job (), &span);
  return span;
}

/* What a screen reader is told: the name of the cell that has the focus. */
static void
assert_said (const char *part)
{
  GtkWidget *cell = gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ()));
  g_autofree char *name = NULL;

  g_assert_nonnull (cell);
  g_assert_true (gtk_widget_get_parent (cell) == GTK_WIDGET (view));
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (cell),
                                               GTK_ACCESSIBLE_ROLE_GRID_CELL));
  name = gtk_test_accessible_check_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                             "");
  g_assert_nonnull (name);
  if (strstr (name, part) == NULL)
    g_error ("“%s” is not in “%s”", part, name);
}

/* Pending, without needs, so that nothing but its place speaks against it. */
static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  const RfiJob *found = state->work;

  if (item == NULL && found->status == RFI_STATUS_PENDING && rfi_schedule_get_hold (found) == 0 &&
      *rfi_job_extra_get (found->extra, RFI_FIELD_SKILLS) == '\0')
    item = rfi_job_table_get_item (rfi_session_get_jobs (session), found->id);
}

/* Two who are at work and have nothing to do that day, once the directory has told of them. */
static gboolean
pick_people (void)
{
  GListModel *list = rfi_session_get_technicians (session);

  g_clear_pointer (&somebody, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(RfiRecordItem) record = g_list_model_get_item (list, i);
      const RfiUser *user = rfi_record_item_get (record);
      guint first, end;

      rfi_schedule_find_range (schedule, user->id, &morning, &first, &end);
      if (user->inactive || end > first)
        continue;
      if (somebody == NULL)
        somebody = g_strdup (user->id);
      else if (other == NULL)
        other = g_strdup (user->id);
    }
  return other != NULL;
}

/* In minutes: what every priority allows; 0 = any time. */
static void
set_allowed (guint minutes)
{
  static const char * const keys[] = { "sla-urgent", "sla-high", "sla-medium", "sla-low" };
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_set_uint (settings, keys[i], minutes);
}

static void
test_show (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  GtkWidget *page;
  gint64 day;

  set_allowed (0);
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  session = g_object_ref (rfi_test_desk_session ());
  rfi_test_desk_show_page ("timeline");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW) != NULL);
  view = RFI_TIMELINE_VIEW (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW));
  rfi_test_wait (rfi_timeline_view_get_n_rows (view) >= 10);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TRAY_CARD) != NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  rfi_test_settle ();
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "timeline");

  page = rfi_test_desk_find (RFI_TYPE_TIMELINE_PAGE);
  g_object_get (page, "selection", &selection, NULL);
  g_object_unref (selection);
  schedule = rfi_schedule_new (rfi_session_get_jobs (session), FALSE);
  day = rfi_calendar_get_day (zone, g_get_real_time () / 1000) + 2;
  morning = (RfiSpan) { rfi_calendar_get_time (zone, day, 10 * 60),
                        rfi_calendar_get_time (zone, day, 15 * 60) };
  rfi_job_table_foreach (rfi_session_get_jobs (session), pick_cb, NULL);
  g_assert_nonnull (item);
  rfi_test_wait (pick_people ());
}

/* Hours come with the list of people, which asks for them in Sync v1. */
static void
test_hours (void)
{
  const RfiUser *user = rfi_session_get_technician (session, somebody);

  g_assert_cmpint (user->work_end, >, user->work_start);
  g_assert_nonnull (user->skills);
}

/* Arrows go from bar to bar and from row to row; each is said, and is the window's selection. */
static void
test_cursor (void)
{
  g_autoptr(GPtrArray) people = rfi_schedule_list_technicians (schedule);
  const RfiScheduleBar *bars = NULL;
  guint n_bars = 0;

  for (guint i = 0; i < people->len && n_bars < 3; i++)
    bars = rfi_schedule_get_bars (schedule, people->pdata[i], &n_bars);
  g_assert_cmpuint (n_bars, >=, 3);

  gtk_widget_grab_focus (GTK_WIDGET (view));
  g_assert_true (rfi_timeline_view_show_job (
    view, rfi_schedule_get_state (schedule, &bars[1])->work->id));
  assert_said (rfi_schedule_get_state (schedule, &bars[1])->work->title);
  press (GDK_KEY_Right, 0);
  assert_said (rfi_schedule_get_state (schedule, &bars[2])->work->title);
  g_assert_cmpstr (rfi_job_item_get_id (rfi_job_selection_get_cursor (selection)), ==,
                   rfi_schedule_get_state (schedule, &bars[2])->work->id);
  press (GDK_KEY_Left, 0);
  press (GDK_KEY_Left, 0);
  assert_said (rfi_schedule_get_state (schedule, &bars[0])->work->title);
}

/* (nullable): the card that a key opens */
static GtkWidget *
find_card (void)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "rfi-timeline-bubble") && gtk_widget_get_mapped (child))
      return child;
  return NULL;
}

/* One that has its row for itself. Returns: until the schedule changes */
static const RfiScheduleBar *
find_lone_bar (const char **technician_id)
{
  g_autoptr(GPtrArray) people = rfi_schedule_list_technicians (schedule);

  for (guint i = 0; i < people->len; i++)
    {
      guint n_bars;
      const RfiScheduleBar *bars = rfi_schedule_get_bars (schedule, people->pdata[i], &n_bars);

      *technician_id = people->pdata[i];
      for (guint j = 0; j < n_bars; j++)
        if (bars[j].n_levels == 1)
          return &bars[j];
    }
  g_assert_not_reached ();
}

static void
assert_facts (GtkWidget     *label,
              const RfiJob  *about,
              const RfiUser *technician)
{
  const char * const parts[] = {
    about->title, about->store_name, about->city, about->address, technician->display_name, " h",
  };
  const char *text = gtk_label_get_text (GTK_LABEL (label));

  g_test_message ("%s", text);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_nonnull (strstr (text, parts[i]));
}

/* The facts of a job come up beside the cursor by a key. */
static void
test_facts (void)
{
  const char *technician_id;
  const RfiScheduleBar *bar = find_lone_bar (&technician_id);
  g_autoptr(RfiJob) about = rfi_job_ref (rfi_schedule_get_state (schedule, bar)->work);
  const RfiUser *technician = rfi_session_get_technician (session, technician_id);

  gtk_widget_grab_focus (GTK_WIDGET (view));
  g_assert_true (rfi_timeline_view_show_job (view, about->id));
  g_assert_null (find_card ());
  press (GDK_KEY_i, 0);
  rfi_test_wait (find_card () != NULL);
  assert_facts (find_card (), about, technician);
  assert_said (about->address);
  rfi_test_desk_take_looks (rfi_test_desk_window (), "timeline-facts");
  press (GDK_KEY_Escape, 0);
  g_assert_null (find_card ());
  assert_said (about->title);

  /* What is taken in hand says where it may go instead. */
  press (GDK_KEY_i, 0);
  g_assert_nonnull (find_card ());
  press (GDK_KEY_space, 0);
  assert_said ("Holding");
  press (GDK_KEY_Escape, 0);
  g_assert_null (find_card ());
}

/* Space in the tray takes the job in hand, arrows carry it, Enter puts it down. */
static void
test_from_tray_by_keys (void)
{
  GtkWidget *tray = rfi_test_desk_find (RFI_TYPE_TIMELINE_TRAY);
  const char *technician_id = NULL;
  RfiSpan span;

  g_assert_false (rfi_schedule_get_span (job (), &span));
  rfi_job_selection_choose (selection, item);
  g_signal_emit_by_name (tray, "grab", item);
  g_assert_true (rfi_timeline_view_get_grabbed (view, &span, &technician_id) == item);
  press (GDK_KEY_Right, 0);
  press (GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_said (job ()->title);
  press (GDK_KEY_Escape, 0);
  g_assert_null (rfi_timeline_view_get_grabbed (view, &span, &technician_id));
  g_assert_false (rfi_schedule_get_span (job (), &span));
}

static void
drop_at (const char *technician_id,
         gint64      at)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;
  double x, y;

  rfi_timeline_view_show_time (view, at - HOUR);
  rfi_test_settle ();
  g_assert_true (rfi_timeline_view_get_place (view, technician_id, at, &x, &y));
  g_value_init (&value, RFI_TYPE_JOB_ITEM);
  g_value_set_object (&value, item);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, x + 1, y, &taken);
    }
  g_assert_true (taken);
}

/* A card dropped on a row is assigned and planned there, and leaves the tray. */
static void
test_drop (void)
{
  drop_at (somebody, morning.start);
  rfi_test_wait (g_strcmp0 (job ()->assigned_to, somebody) == 0);
  rfi_test_wait (get_span ().start == morning.start);
  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  g_assert_cmpint (get_span ().end - get_span ().start, ==, rfi_schedule_get_length (job ()));
  g_assert_cmpint (job ()->status, ==, RFI_STATUS_ASSIGNED);
}

/* By the gesture a pointer makes, first in the middle of the bar, then at its end. */
static void
drag (gint64 from,
      double extra,
      gint64 by)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  double x, y, to_x, to_y;

  g_assert_true (rfi_timeline_view_get_place (view, somebody, from, &x, &y));
  g_assert_true (rfi_timeline_view_get_place (view, somebody, from + by, &to_x, &to_y));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_DRAG (controller))
        continue;
      g_signal_emit_by_name (controller, "drag-begin", x + extra, y);
      g_signal_emit_by_name (controller, "drag-update", 2.0, 0.0);
      g_signal_emit_by_name (controller, "drag-update", to_x - x, 0.0);
      g_signal_emit_by_name (controller, "drag-end", to_x - x, 0.0);
    }
}

static void
test_drag (void)
{
  RfiSpan before = get_span ();

  drag (before.start + 30 * MINUTE, 0, QUARTER);
  rfi_test_wait (get_span ().start == before.start + QUARTER);
  g_assert_cmpint (get_span ().end, ==, before.end + QUARTER);

  before = get_span ();
  drag (before.end, -3, 2 * QUARTER);
  rfi_test_wait (get_span ().end == before.end + 2 * QUARTER);
  g_assert_cmpint (get_span ().start, ==, before.start);
}

/* The same without a pointer; and what comes from elsewhere meanwhile takes nothing away. */
static void
test_keys (void)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autoptr(RfiTestAnswer) answer = NULL;
  g_autofree char *path = g_strconcat ("/api/jobs/", job ()->id, NULL);
  g_autofree char *etag = NULL;
  g_autofree char *json = NULL;
  RfiSpan before = get_span (), held;
  const char *technician_id = NULL;

  rfi_test_wait (rfi_job_item_get_state (item)->n_pending == 0);
  g_assert_true (rfi_timeline_view_show_job (view, job ()->id));
  gtk_widget_grab_focus (GTK_WIDGET (view));
  press (GDK_KEY_space, 0);
  press (GDK_KEY_Right, 0);
  press (GDK_KEY_Right, 0);
  press (GDK_KEY_Left, GDK_SHIFT_MASK);

  answer = rfi_test_http_call (http, rfi_test_server_get_url (server), "GET", path, token, NULL);
  etag = rfi_test_answer_get (answer, "_etag");
  json = g_strdup_printf ("{\"_etag\":\"%s\",\"title\":\"Ring at the back door\"}", etag);
  g_clear_pointer (&answer, rfi_test_answer_free);
  answer = rfi_test_http_call (http, rfi_test_server_get_url (server), "PATCH", path, token, json);
  g_assert_cmpuint (answer->status, ==, 200);
  rfi_test_wait (rfi_job_item_get_mark (item) == RFI_MARK_NEWS);
  g_assert_cmpstr (job ()->title, !=, "Ring at the back door");

  g_assert_true (rfi_timeline_view_get_grabbed (view, &held, &technician_id) == item);
  g_assert_cmpint (held.start, ==, before.start + 2 * QUARTER);
  g_assert_cmpint (held.end, ==, before.end + QUARTER);
  g_assert_cmpstr (technician_id, ==, somebody);
  assert_said ("Fits");
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-held");
  press (GDK_KEY_Return, 0);
  rfi_test_wait (get_span ().start == before.start + 2 * QUARTER);
  g_assert_cmpint (get_span ().end, ==, before.end + QUARTER);
  g_assert_cmpstr (job ()->title, ==, "Ring at the back door");
}

/* Where something is in the way it is asked, with the next free slot; nothing is done unasked. */
static void
test_ask (void)
{
  RfiSpan before = get_span ();
  RfiSpan night = { morning.start - 8 * HOUR, morning.start - 7 * HOUR };
  RfiSpan slot;

  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  g_signal_emit_by_name (view, "place", job ()->id, other, night.start, night.end);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "timeline-ask");
  rfi_test_desk_answer ("cancel");
  g_assert_cmpint (get_span ().start, ==, before.start);
  g_assert_cmpstr (job ()->assigned_to, ==, somebody);

  g_assert_true (rfi_session_find_slot (session, schedule, job ()->id, other, &night, &slot));
  g_signal_emit_by_name (view, "place", job ()->id, other, night.start, night.end);
  rfi_test_desk_answer ("slot");
  rfi_test_wait (g_strcmp0 (job ()->assigned_to, other) == 0);
  rfi_test_wait (get_span ().start == slot.start);

  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  g_signal_emit_by_name (view, "place", job ()->id, other, night.start, night.end);
  rfi_test_desk_answer ("assign");
  rfi_test_wait (get_span ().start == night.start);
}

/* That a time is later than the job is due is said before it is dropped there, and asked about;
 * the next free slot is one that is not. When no time would do any more nobody is asked. */
static void
test_past_due (void)
{
  gint64 due = morning.start + 2 * HOUR;
  RfiSpan late = { morning.start + 4 * HOUR, morning.start + 5 * HOUR };

  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  set_allowed ((guint) ((due - job ()->created_at) / MINUTE));
  g_signal_emit_by_name (view, "place", job ()->id, other, late.start, late.end);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "timeline-past-due");
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           "It ends 3 h after it is due."));
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           "Free Before It Is Due, "));
  rfi_test_desk_answer ("slot");
  rfi_test_wait (get_span ().end <= due && get_span ().end - get_span ().start == HOUR);
  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);

  set_allowed (1);
  g_assert_true (rfi_timeline_view_show_job (view, job ()->id));
  gtk_widget_grab_focus (GTK_WIDGET (view));
  press (GDK_KEY_space, 0);
  press (GDK_KEY_Right, 0);
  assert_said ("after it is due");
  g_assert_true (gtk_widget_has_css_class (find_card (), "problem"));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "timeline-late");
  press (GDK_KEY_Escape, 0);
  g_signal_emit_by_name (view, "place", job ()->id, other, late.start, late.end);
  rfi_test_wait (get_span ().start == late.start);
  g_assert_null (rfi_test_desk_dialog ());
  set_allowed (0);
}

/* What can't be is refused in words: offline, a job goes to nobody else, but to another time. */
static void
test_offline (void)
{
  RfiSpan before = get_span ();

  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  rfi_test_desk_set_offline (TRUE);
  g_signal_emit_by_name (view, "place", job ()->id, somebody, morning.start,
                         morning.start + HOUR);
  rfi_test_settle ();
  g_assert_null (rfi_test_desk_dialog ());
  g_assert_cmpstr (job ()->assigned_to, ==, other);
  g_assert_cmpint (get_span ().start, ==, before.start);
  rfi_test_wait (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "connection"));

  g_signal_emit_by_name (view, "place", job ()->id, other, morning.start + HOUR,
                         morning.start + 2 * HOUR);
  rfi_test_wait (get_span ().start == morning.start + HOUR);
  g_assert_cmpint (rfi_job_item_get_mark (item), ==, RFI_MARK_QUEUED);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_job_item_get_mark (item) == RFI_MARK_CONFIRMED);
}

/* Off the timeline, into the tray, and on hold out of it. */
static void
test_tray (void)
{
  GtkWidget *held = rfi_test_desk_find_named ("show_held");
  gint64 now = g_get_real_time () / 1000;

  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  g_assert_true (rfi_timeline_view_show_job (view, job ()->id));
  press (GDK_KEY_Delete, 0);
  rfi_test_wait (get_span ().start == 0);
  g_assert_true (rfi_schedule_is_waiting (job (), &now));

  gtk_widget_activate_action (GTK_WIDGET (view), "timeline.hold", "s", job ()->id);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_dialog ()));
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "timeline-hold");
  rfi_test_desk_answer ("hold");
  rfi_test_wait (rfi_schedule_is_held (job (), &now));
  rfi_test_settle ();
  g_assert_true (gtk_widget_get_visible (held));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (held), TRUE);
  rfi_test_settle ();
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "Hold until"));

  gtk_widget_activate_action (GTK_WIDGET (view), "timeline.hold", "s", job ()->id);
  rfi_test_desk_answer ("release");
  rfi_test_wait (rfi_schedule_is_waiting (job (), &now));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (held), FALSE);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Two jobs at once are told in words, and the button goes there. Offline, so that it stays a plan:
 * the server would make a conflict of it. */
static void
test_problems (void)
{
  g_autoptr(GPtrArray) people = rfi_schedule_list_technicians (schedule);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *job_id = NULL;
  RfiSpan span = { 0, 0 };

  for (guint i = 0; i < people->len && job_id == NULL; i++)
    {
      guint n_bars;
      const RfiScheduleBar *bars = rfi_schedule_get_bars (schedule, people->pdata[i], &n_bars);

      if (n_bars < 2 || bars[n_bars - 2].span.start < g_get_real_time () / 1000)
        continue;
      job_id = g_strdup (rfi_schedule_get_state (schedule, &bars[n_bars - 1])->work->id);
      span = bars[n_bars - 2].span;
    }
  g_assert_nonnull (job_id);
  rfi_test_desk_set_offline (TRUE);
  rfi_session_place_async (session, job_id, NULL, &span, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (session, result, &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "overlaps by"));

  gtk_widget_grab_focus (GTK_WIDGET (view));
  rfi_test_desk_click ("show_problem");
  rfi_test_settle ();
  assert_said ("Overlaps another job");
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-problem");
}

/* What the filter hides is still in the way: it fades, and whose row is not asked for goes. */
static void
test_filter (void)
{
  GtkWidget *page = rfi_test_desk_find (RFI_TYPE_TIMELINE_PAGE);
  g_autoptr(RfiJobFilter) filter = NULL;
  guint n_rows = rfi_timeline_view_get_n_rows (view);

  g_object_get (page, "filter", &filter, NULL);
  rfi_job_filter_set_text (filter, "freezer");
  rfi_test_settle ();
  g_assert_cmpuint (rfi_timeline_view_get_n_rows (view), ==, n_rows);
  rfi_timeline_view_show_time (view, g_get_real_time () / 1000);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-filter");
  rfi_job_filter_set_technician (filter, somebody, TRUE);
  rfi_test_settle ();
  g_assert_cmpuint (rfi_timeline_view_get_n_rows (view), ==, 1);
  rfi_job_filter_clear (filter);
  rfi_test_settle ();
  g_assert_cmpuint (rfi_timeline_view_get_n_rows (view), ==, n_rows);
}

/* Two weeks at once, near, far, and back; what the pointer is on stays under it. */
static void
test_zoom (void)
{
  RfiSpan seen, after;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rfi_test_desk_find_named ("span_2_weeks")),
                                TRUE);
  /* The names' column has its width for all rows again. */
  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  seen = rfi_timeline_view_get_seen (view);
  g_assert_cmpint (ABS (seen.end - seen.start - 14 * 24 * HOUR), <, HOUR);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-two-weeks");

  gtk_widget_grab_focus (GTK_WIDGET (view));
  press (GDK_KEY_plus, GDK_CONTROL_MASK);
  after = rfi_timeline_view_get_seen (view);
  g_assert_cmpint (after.end - after.start, <, seen.end - seen.start);
  g_assert_cmpint (ABS ((after.end + after.start) / 2 - (seen.end + seen.start) / 2), <, 2 * HOUR);
  press (GDK_KEY_minus, GDK_CONTROL_MASK);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rfi_test_desk_find_named ("span_day")), TRUE);
  rfi_test_settle ();
  after = rfi_timeline_view_get_seen (view);
  g_assert_cmpint (ABS (after.end - after.start - 12 * HOUR), <, HOUR / 4);
}

static void
test_narrow (void)
{
  GtkWidget *page = rfi_test_desk_find (RFI_TYPE_TIMELINE_PAGE);
  static const int percents[] = { 200, 100 };
  int least = 0;

  gtk_window_set_default_size (rfi_test_desk_window (), 360, 640);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (rfi_test_desk_window ())) == 360);
  rfi_test_settle ();
  rfi_test_desk_take_looks (rfi_test_desk_window (), "timeline-narrow");
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      rfi_test_desk_set_text (percents[i]);
      rfi_test_settle ();
      gtk_test_widget_wait_for_draw (GTK_WIDGET (rfi_test_desk_window ()));
      rfi_test_settle ();
      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 360);
      rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
    }
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  rfi_session_command_finish (RFI_SESSION (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
place (const char    *technician_id,
       const RfiSpan *span)
{
  gboolean done = FALSE;

  rfi_session_place_async (session, job ()->id, technician_id, span, kept_cb, &done);
  rfi_test_wait (done);
  rfi_test_wait (rfi_job_item_get_state (item)->n_pending == 0);
}

/* Given to somebody else at another time: one wish, which Ctrl+Z takes back at once. */
static void
test_undo (void)
{
  RfiSpan early = { morning.start, morning.start + HOUR };
  RfiSpan late = { morning.start + 3 * HOUR, morning.start + 4 * HOUR };

  rfi_test_desk_set_offline (FALSE);
  place (somebody, &early);
  place (other, &late);
  g_assert_cmpstr (job ()->assigned_to, ==, other);

  rfi_test_desk_activate ("win.undo", NULL);
  rfi_test_wait (g_strcmp0 (job ()->assigned_to, somebody) == 0 && get_span ().start ==
                 early.start && get_span ().end == early.end);
  rfi_test_wait (rfi_job_item_get_state (item)->n_pending == 0);

  rfi_test_desk_activate ("win.redo", NULL);
  rfi_test_wait (g_strcmp0 (job ()->assigned_to, other) == 0 && get_span ().start ==
                 late.start && get_span ().end == late.end);
}

static void
begin_edit (RfiField    field,
            const char *value,
            gboolean   *done)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  rfi_patch_set (patch, field, value);
  rfi_session_edit_async (session, job ()->id, patch, kept_cb, done);
}

/* Ctrl+Z in the moment a change is on its way to the disk means that change, not the one before. */
static void
test_undo_at_once (void)
{
  g_autofree char *priority = g_strdup (rfi_job_get_field (job (), RFI_FIELD_PRIORITY));
  gboolean done = FALSE;

  rfi_test_desk_set_offline (FALSE);
  begin_edit (RFI_FIELD_TITLE, "Door heater dead", &done);
  rfi_test_wait (done && rfi_job_item_get_state (item)->n_pending == 0);

  done = FALSE;
  begin_edit (RFI_FIELD_PRIORITY, g_str_equal (priority, "low") ? "high" : "low", &done);
  rfi_test_desk_activate ("win.undo", NULL);
  rfi_test_wait (done && g_str_equal (rfi_job_get_field (job (), RFI_FIELD_PRIORITY), priority));
  g_assert_cmpstr (job ()->title, ==, "Door heater dead");
}

int
main (int   argc,
      char *argv[])
{
  const char * const options[] = { "--sample=large", "--jobs=300", "--vendors=3", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);

  g_test_add_func ("/timeline/show", test_show);
  g_test_add_func ("/timeline/hours", test_hours);
  g_test_add_func ("/timeline/cursor", test_cursor);
  g_test_add_func ("/timeline/facts", test_facts);
  g_test_add_func ("/timeline/from-tray-by-keys", test_from_tray_by_keys);
  g_test_add_func ("/timeline/drop", test_drop);
  g_test_add_func ("/timeline/drag", test_drag);
  g_test_add_func ("/timeline/keys", test_keys);
  g_test_add_func ("/timeline/ask", test_ask);
  g_test_add_func ("/timeline/past-due", test_past_due);
  g_test_add_func ("/timeline/offline", test_offline);
  g_test_add_func ("/timeline/tray", test_tray);
  g_test_add_func ("/timeline/filter", test_filter);
  g_test_add_func ("/timeline/zoom", test_zoom);
  g_test_add_func ("/timeline/problems", test_problems);
  g_test_add_func ("/timeline/undo", test_undo);
  g_test_add_func ("/timeline/undo-at-once", test_undo_at_once);
  g_test_add_func ("/timeline/narrow", test_narrow);

  status = g_test_run ();
  g_clear_object (&item);
  g_clear_object (&schedule);
  g_clear_object (&session);
  g_free (somebody);
  g_free (other);
  status = rfi_test_desk_end (status);
  g_clear_pointer (&server, rfi_test_server_free);
  return status;
}
