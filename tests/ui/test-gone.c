/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-calendar.h"
#include "rfi-field-editor.h"
#include "rfi-job-table.h"
#include "rfi-photo-panel.h"
#include "rfi-record-item.h"
#include "rfi-record-list.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-timeline-view.h"

/* Somebody deletes the job that is asked about, typed into or held: whatever it is done in says
 * so, does nothing, and keeps what was typed and chosen. The whole console against a real server;
 * each case has a job of its own. */

#define GONE "This job is gone: somebody deleted it, or it belongs to another vendor or " \
             "technician now."

static RfiTestServer *server;
static SoupSession *http;
static char *token;          /* (owned): of another desk */
static RfiSession *session;  /* (owned) once signed in */
static char *job_id;         /* (owned): of the case */
static char *somebody;       /* (owned): who may get it */

/* Another desk */

static char *
call (const char *method,
      const char *path,
      const char *json)
{
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (http, rfi_test_server_get_url (server), method, path, token, json);

  g_assert_cmpuint (answer->status, <, 300);
  return rfi_test_answer_get (answer, "id");
}

static RfiJobState *
look_up (const char *id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (session), id);
}

/* Returns: (transfer full) */
static char *
create_elsewhere (const char *title)
{
  g_autofree char *json = g_strdup_printf (
    "{\"title\":\"%s\",\"description\":\"d\",\"priority\":\"high\",\"vendorId\":\"vendor-001\","
    "\"location\":{\"storeName\":\"QuickStop #3\",\"address\":\"1 Main St\",\"city\":\"Dallas\","
    "\"state\":\"TX\",\"zipCode\":\"75201\"}}", title);
  g_autofree char *id = call ("POST", "/api/jobs", json);

  rfi_test_wait (look_up (id) != NULL);
  return g_steal_pointer (&id);
}

static void
delete_elsewhere (const char *id)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autofree char *none = call ("DELETE", path, NULL);
}

/* This desk */

static void
begin (const char *title)
{
  g_free (job_id);
  job_id = create_elsewhere (title);
}

static gboolean
reads (const char *text)
{
  GtkWindow *dialog = rfi_test_desk_dialog ();

  return dialog != NULL && rfi_test_ui_find_text (GTK_WIDGET (dialog), text) != NULL;
}

/* Sends away the toast that says it. */
static void
expect_toast (const char *text)
{
  GtkWidget *window = GTK_WIDGET (rfi_test_desk_window ());
  GtkWidget *toast;

  rfi_test_wait (rfi_test_ui_find_text (window, text) != NULL);
  toast = rfi_test_ui_find_text (window, text);
  while (!g_str_equal (G_OBJECT_TYPE_NAME (toast), "AdwToastWidget"))
    toast = gtk_widget_get_parent (toast);
  g_signal_emit_by_name (rfi_test_ui_find (toast, GTK_TYPE_BUTTON), "clicked");
  rfi_test_wait (rfi_test_ui_find_text (window, text) == NULL);
}

static GtkWidget *
get_named (const char *name)
{
  return rfi_test_ui_find_named (GTK_WIDGET (rfi_test_desk_dialog ()), name);
}

static void
close_dialog (void)
{
  gtk_window_close (rfi_test_desk_dialog ());
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

static gboolean
find_technician (void)
{
  GListModel *list = rfi_session_get_technicians (session);

  for (guint i = 0; somebody == NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(RfiRecordItem) record = g_list_model_get_item (list, i);
      const RfiUser *user = rfi_record_item_get (record);

      if (!user->inactive && g_strcmp0 (user->vendor_id, "vendor-001") == 0)
        somebody = g_strdup (user->id);
    }
  return somebody != NULL;
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  session = g_object_ref (rfi_test_desk_session ());
  rfi_test_wait (find_technician ());
}

/* Questions with answers below */

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The server has it, too. */
static void
finish (GAsyncResult **result,
        RfiField       field,
        const char    *value)
{
  GError *error = NULL;

  rfi_test_wait (*result != NULL);
  rfi_session_command_finish (session, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
  rfi_test_wait (g_strcmp0 (rfi_job_get_field (look_up (job_id)->work, field), value) == 0 &&
                 look_up (job_id)->n_pending == 0);
}

static void
ask_cancel (void)
{
  rfi_test_desk_activate ("win.cancel-job", job_id);
}

static void
ask_delete (void)
{
  rfi_test_desk_activate ("win.delete-job", job_id);
}

static void
ask_hand_over (void)
{
  GAsyncResult *result = NULL;

  rfi_session_assign_async (session, job_id, somebody, keep_cb, &result);
  finish (&result, RFI_FIELD_ASSIGNED_TO, somebody);
  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.hand-over", "(ss)",
                              job_id, "");
}

/* Of the window. (transfer none) */
static RfiJobSelection *
get_selection (void)
{
  g_autoptr(RfiJobSelection) selection = NULL;

  rfi_test_desk_show_page ("board");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE) != NULL);
  g_object_get (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE), "selection", &selection, NULL);
  return selection;
}

static GtkWidget *
get_timeline (void)
{
  rfi_test_desk_show_page ("timeline");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW) != NULL);
  return rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW);
}

/* At night nobody is at work. */
static void
ask_place (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 day = rfi_calendar_get_day (zone, g_get_real_time () / 1000) + 2;
  gint64 start = rfi_calendar_get_time (zone, day, 2 * 60);

  g_signal_emit_by_name (get_timeline (), "place", job_id, somebody, start, start + 3600000);
}

static void
ask_hold (void)
{
  gtk_widget_activate_action (get_timeline (), "timeline.hold", "s", job_id);
}

static const struct {
  const char  *name;
  void       (*ask) (void);
  const char  *deed;
} questions[] = {
  { "cancel", ask_cancel, "yes" },
  { "delete", ask_delete, "yes" },
  { "hand-over", ask_hand_over, "yes" },
  { "place", ask_place, "assign" },
  { "hold", ask_hold, "hold" },
};

static void
test_question (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  AdwMessageDialog *dialog;
  g_autofree char *heading = NULL;
  g_autofree char *picture = g_strconcat ("gone-", questions[i].name, NULL);

  begin ("Fix the gate");
  questions[i].ask ();
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  dialog = ADW_MESSAGE_DIALOG (rfi_test_desk_dialog ());
  heading = g_strdup (adw_message_dialog_get_heading (dialog));
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, questions[i].deed));

  delete_elsewhere (job_id);
  rfi_test_wait (reads (GONE));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, questions[i].deed));
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, heading);
  rfi_test_ui_assert_named (GTK_WIDGET (dialog));
  rfi_test_desk_take_picture (GTK_WINDOW (dialog), picture);
  close_dialog ();
}

/* The day that was chosen stays chosen. */
static void
test_hold_day (void)
{
  g_autoptr(GDateTime) chosen = g_date_time_new_local (2031, 5, 17, 0, 0, 0);
  g_autoptr(GDateTime) kept = NULL;
  GtkWidget *calendar;

  begin ("Fix the gate");
  ask_hold ();
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  calendar = rfi_test_ui_find (GTK_WIDGET (rfi_test_desk_dialog ()), GTK_TYPE_CALENDAR);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), chosen);
  delete_elsewhere (job_id);
  rfi_test_wait (reads (GONE));
  kept = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  g_assert_cmpint (g_date_time_get_day_of_year (kept), ==, g_date_time_get_day_of_year (chosen));
  close_dialog ();
}

/* The name that is searched for and the vendor that is chosen stay; neither can be given it. */
static void
test_assign (void)
{
  GtkDropDown *vendors;
  guint chosen;

  begin ("Fix the gate");
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_vendors (session)) > 1);
  rfi_test_desk_activate ("win.assign", job_id);
  rfi_test_wait (rfi_test_desk_dialog () != NULL && get_named ("vendors") != NULL);
  vendors = GTK_DROP_DOWN (get_named ("vendors"));
  chosen = 1 - gtk_drop_down_get_selected (vendors);
  gtk_drop_down_set_selected (vendors, chosen);
  gtk_editable_set_text (GTK_EDITABLE (get_named ("search")), "a");
  rfi_test_wait (gtk_widget_is_sensitive (get_named ("assign")) &&
                 gtk_widget_is_sensitive (get_named ("move")));

  delete_elsewhere (job_id);
  rfi_test_wait (reads (GONE));
  g_assert_false (gtk_widget_is_sensitive (get_named ("assign")));
  g_assert_false (gtk_widget_is_sensitive (get_named ("move")));
  g_assert_cmpuint (gtk_drop_down_get_selected (vendors), ==, chosen);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_named ("search"))), ==, "a");
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "gone-assign");
  close_dialog ();
}

/* What a menu or a typed line asks for when the job has gone in the meantime. */
static void
test_too_late (void)
{
  static const char * const actions[] = {
    "win.cancel-job", "win.delete-job", "win.assign", "win.reveal-job", "timeline.place",
    "timeline.hold", "timeline.unschedule",
  };
  GtkWidget *timeline = get_timeline ();

  begin ("Fix the gate");
  delete_elsewhere (job_id);
  rfi_test_wait (look_up (job_id) == NULL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_test_message ("%s", actions[i]);
      g_assert_true (gtk_widget_activate_action (timeline, actions[i], "s", job_id));
      expect_toast (GONE);
      g_assert_null (rfi_test_desk_dialog ());
    }
  g_assert_true (gtk_widget_activate_action (timeline, "win.set-status", "(ss)", job_id,
                                             "cancelled"));
  expect_toast (GONE);
  g_assert_true (gtk_widget_activate_action (timeline, "win.hand-over", "(ss)", job_id, somebody));
  expect_toast (GONE);
  ask_place ();
  expect_toast (GONE);
}

/* What is held on the timeline stays in hand, and is not put down. */
static void
test_held (void)
{
  RfiTimelineView *view = RFI_TIMELINE_VIEW (get_timeline ());
  g_autoptr(RfiJobItem) item = NULL;
  const char *technician_id;
  RfiSpan span;

  begin ("Fix the gate");
  item = rfi_job_table_get_item (rfi_session_get_jobs (session), job_id);
  g_assert_true (rfi_timeline_view_grab (view, item));
  delete_elsewhere (job_id);
  rfi_test_wait (rfi_job_item_get_mark (item) == RFI_MARK_NEWS);
  g_assert_true (rfi_timeline_view_get_grabbed (view, &span, &technician_id) == item);
  rfi_test_desk_press (GTK_WIDGET (view), GDK_KEY_Return, 0);
  expect_toast ("“Fix the gate” was deleted while you held it.");
  g_assert_null (rfi_timeline_view_get_grabbed (view, &span, &technician_id));
  g_assert_true (rfi_job_item_get_gone (item));
  g_assert_false (rfi_timeline_view_grab (view, item));
  expect_toast (GONE);
}

/* What just became somebody's is not put down where it was carried to by who has not seen that. */
static void
test_changed (void)
{
  RfiTimelineView *view = RFI_TIMELINE_VIEW (get_timeline ());
  g_autofree char *path = NULL;
  g_autofree char *json = g_strdup_printf ("{\"technicianId\":\"%s\"}", somebody);
  g_autofree char *none = NULL;
  g_autoptr(RfiJobItem) item = NULL;
  RfiSpan span;

  begin ("Fix the gate");
  path = g_strdup_printf ("/api/jobs/%s/assign", job_id);
  item = rfi_job_table_get_item (rfi_session_get_jobs (session), job_id);
  g_assert_true (rfi_timeline_view_grab (view, item));
  none = call ("POST", path, json);
  rfi_test_wait (rfi_job_item_get_mark (item) == RFI_MARK_NEWS);
  g_assert_null (rfi_job_item_get_job (item)->assigned_to);
  rfi_test_desk_press (GTK_WIDGET (view), GDK_KEY_Return, 0);
  expect_toast ("“Fix the gate” was changed while you held it: status, technician. Nothing was "
                "done.");
  g_assert_null (rfi_test_desk_dialog ());
  g_assert_cmpstr (rfi_job_item_get_job (item)->assigned_to, ==, somebody);
  g_assert_false (rfi_schedule_get_span (rfi_job_item_get_job (item), &span));
}

/* Several at once: what has gone is not counted among what will change, and says why. */
static void
test_bulk (void)
{
  RfiJobSelection *selection = get_selection ();
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *other = NULL;

  begin ("Fix the gate");
  other = create_elsewhere ("Fix the fence");
  g_ptr_array_add (items, rfi_job_table_get_item (rfi_session_get_jobs (session), job_id));
  g_ptr_array_add (items, rfi_job_table_get_item (rfi_session_get_jobs (session), other));
  rfi_job_selection_replace (selection, items, items->pdata[0]);
  rfi_test_desk_activate ("win.bulk-priority", "urgent");
  rfi_test_wait (reads ("2 will change"));
  delete_elsewhere (job_id);
  rfi_test_wait (reads ("1 will change"));
  g_assert_true (reads ("The job is no longer here."));
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "gone-bulk");
  delete_elsewhere (other);
  rfi_test_wait (!gtk_widget_is_sensitive (get_named ("run")));
  close_dialog ();
}

/* The last of them goes while somebody is chosen for them. */
static void
test_bulk_assign (void)
{
  RfiJobSelection *selection = get_selection ();
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWindow *asked;

  begin ("Fix the gate");
  g_ptr_array_add (items, rfi_job_table_get_item (rfi_session_get_jobs (session), job_id));
  rfi_job_selection_replace (selection, items, items->pdata[0]);
  rfi_test_desk_activate ("win.bulk-assign", NULL);
  rfi_test_wait (reads ("Who does 1 job?"));
  asked = rfi_test_desk_dialog ();
  delete_elsewhere (job_id);
  rfi_test_wait (look_up (job_id) == NULL);
  g_signal_emit_by_name (asked, "chosen", somebody);
  gtk_window_close (asked);
  rfi_test_wait (reads ("The job is no longer here."));
  g_assert_false (gtk_widget_is_sensitive (get_named ("run")));
  close_dialog ();
}

/* What undoing would change is gone, too. */
static void
test_undo (void)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autofree char *path = NULL;
  g_autofree char *json = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *none = NULL;
  g_autoptr(RfiTestAnswer) job = NULL;
  GAsyncResult *result = NULL;

  begin ("Fix the gate");
  rfi_patch_set (patch, RFI_FIELD_PRIORITY, "low");
  rfi_session_edit_async (session, job_id, patch, keep_cb, &result);
  finish (&result, RFI_FIELD_PRIORITY, "low");
  path = g_strdup_printf ("/api/jobs/%s", job_id);
  job = rfi_test_http_call (http, rfi_test_server_get_url (server), "GET", path, token, NULL);
  etag = rfi_test_answer_get (job, "_etag");
  json = g_strdup_printf ("{\"_etag\":\"%s\",\"priority\":\"urgent\"}", etag);
  none = call ("PATCH", path, json);
  rfi_test_wait (look_up (job_id)->work->priority == RFI_PRIORITY_URGENT);

  rfi_test_desk_activate ("win.undo", NULL);
  rfi_test_wait (reads ("Undo would set it back to High."));
  delete_elsewhere (job_id);
  rfi_test_wait (reads ("“Fix the gate” is gone: somebody deleted it"));
  g_assert_true (reads ("Undo would set it back to High."));
  g_assert_false (adw_message_dialog_get_response_enabled (
    ADW_MESSAGE_DIALOG (rfi_test_desk_dialog ()), "anyway"));
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "gone-undo");
  close_dialog ();
}

/* What is typed into a job is still there to be copied when that is looked at. */
static void
test_edit (void)
{
  GtkWidget *editor;

  begin ("Fix the gate");
  rfi_test_desk_activate ("win.show-job", job_id);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_FIELD_EDITOR) != NULL);
  editor = rfi_test_desk_find (RFI_TYPE_FIELD_EDITOR);
  gtk_widget_grab_focus (rfi_test_ui_find_named (editor, "title"));
  gtk_editable_set_text (GTK_EDITABLE (rfi_test_ui_find_named (editor, "title")),
                         "Fix both gates");
  delete_elsewhere (job_id);
  rfi_test_wait (rfi_test_desk_reads ("Deleted elsewhere"));
  g_assert_cmpstr (gtk_editable_get_text (
    GTK_EDITABLE (rfi_test_ui_find_named (editor, "title"))), ==, "Fix both gates");

  g_signal_emit_by_name (rfi_test_ui_find_named (editor, "title"), "apply");
  rfi_test_wait (rfi_test_desk_reads ("This job is gone"));
  g_assert_true (rfi_test_desk_reads ("Title: Fix both gates"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "gone-edit");
  rfi_test_desk_activate ("win.close-detail", NULL);
}

/* A typed line stays, and is judged as things are when it is run. */
static void
test_palette (void)
{
  g_autofree char *line = NULL;

  begin ("Fix the gate");
  line = g_strdup_printf ("priority %.8s low", job_id);
  rfi_test_desk_activate ("win.palette", NULL);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  gtk_editable_set_text (GTK_EDITABLE (get_named ("entry")), line);
  rfi_test_wait (reads ("Fix the gate → Low"));
  delete_elsewhere (job_id);
  rfi_test_wait (look_up (job_id) == NULL);
  rfi_test_desk_press (GTK_WIDGET (rfi_test_desk_dialog ()), GDK_KEY_Return, 0);
  rfi_test_wait (reads (GONE));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_named ("entry"))), ==, line);
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "gone-palette");
  rfi_test_desk_press (GTK_WIDGET (rfi_test_desk_dialog ()), GDK_KEY_Escape, 0);
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

/* Its photos go with it, and the question whether one should. */
static void
test_photos (void)
{
  g_autoptr(GBytes) picture = rfi_test_http_make_png ();
  g_autofree char *path = NULL;
  g_autoptr(RfiTestAnswer) answer = NULL;
  GtkWidget *panel;

  begin ("Fix the gate");
  path = g_strdup_printf ("/api/jobs/%s/attachments", job_id);
  answer = rfi_test_http_upload (http, rfi_test_server_get_url (server), path, token, "gate.png",
                                 "image/png", picture);
  g_assert_cmpuint (answer->status, <, 300);
  rfi_test_wait (look_up (job_id)->work->n_photos == 1);
  rfi_test_desk_activate ("win.show-photos", job_id);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_PHOTO_PANEL) != NULL);
  panel = rfi_test_desk_find (RFI_TYPE_PHOTO_PANEL);
  rfi_test_wait (rfi_photo_panel_get_photo_id (RFI_PHOTO_PANEL (panel)) != NULL);
  g_assert_true (gtk_widget_activate_action (panel, "photo.delete", NULL));
  rfi_test_wait (reads ("gate.png is deleted from"));

  delete_elsewhere (job_id);
  rfi_test_wait (reads (GONE));
  close_dialog ();
  rfi_test_wait (rfi_test_desk_reads ("This job is gone"));
  g_assert_null (rfi_photo_panel_get_photo_id (RFI_PHOTO_PANEL (panel)));
  g_assert_false (gtk_widget_is_sensitive (
    rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "Add Photos")));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "gone-photos");
  rfi_test_desk_show_page ("board");
}

/* Who works here no more, or takes no assignments, is refused by the one rule for all: a drag, a
 * menu, a typed line, many at once. */
static void
test_technician (void)
{
  GListModel *technicians = rfi_session_get_technicians (session);
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  RfiUser gordon = { .id = (char *) "gordon", .display_name = (char *) "Gone Gordon",
                     .vendor_id = (char *) "vendor-001", .role = RFI_ROLE_TECHNICIAN,
                     .inactive = TRUE };

  begin ("Fix the gate");
  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.hand-over", "(ss)",
                              job_id, "nobody-knows");
  expect_toast ("This technician can’t be assigned any more.");
  g_assert_null (look_up (job_id)->work->assigned_to);

  /* At once, before the list is told anew. */
  g_ptr_array_add (people, rfi_user_new (&gordon));
  rfi_record_list_set (RFI_RECORD_LIST (technicians), people);
  g_assert_cmpint (rfi_session_check_assign (session, job_id, "gordon"), ==,
                   RFI_VERDICT_TAKES_NO_WORK);
}

int
main (int   argc,
      char *argv[])
{
  const char *options[] = { "--sample", "large", "--jobs", "80", "--vendors", "2", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);
  http = rfi_test_http_new ();
  token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);

  g_test_add_func ("/gone/sign-in", test_sign_in);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *path = g_strconcat ("/gone/", questions[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_question);
    }
  g_test_add_func ("/gone/hold-day", test_hold_day);
  g_test_add_func ("/gone/assign", test_assign);
  g_test_add_func ("/gone/too-late", test_too_late);
  g_test_add_func ("/gone/held", test_held);
  g_test_add_func ("/gone/changed", test_changed);
  g_test_add_func ("/gone/bulk", test_bulk);
  g_test_add_func ("/gone/bulk-assign", test_bulk_assign);
  g_test_add_func ("/gone/undo", test_undo);
  g_test_add_func ("/gone/edit", test_edit);
  g_test_add_func ("/gone/palette", test_palette);
  g_test_add_func ("/gone/photos", test_photos);
  g_test_add_func ("/gone/technician", test_technician);

  status = g_test_run ();
  g_clear_object (&session);
  status = rfi_test_desk_end (status);
  g_object_unref (http);
  rfi_test_server_free (server);
  g_free (token);
  g_free (job_id);
  g_free (somebody);
  return status;
}
