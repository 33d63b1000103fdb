/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-demo-tour"

#include "config.h"

#include "rfi-application.h"
#include "rfi-guide.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-photo-adder.h"
#include "rfi-photo-viewer.h"
#include "rfi-sync-state.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"
#include "rfi-timeline-view.h"
#include "rfi-undo-stack.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>

/* A day at the desk, played on the real console: what ./dev demo shows without a screen. */

static RfiPhase
get_phase (RfiGuide *guide)
{
  return rfi_session_get_sync_state (rfi_guide_session (guide))->phase;
}

static RfiJob *
get_job (RfiGuide   *guide,
         const char *job_id)
{
  RfiJobState *state =
    rfi_job_table_lookup (rfi_session_get_jobs (rfi_guide_session (guide)), job_id);

  return state != NULL ? state->work : NULL;
}

static RfiMark
get_mark (RfiGuide   *guide,
          const char *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_guide_session (guide)), job_id)->mark;
}

static guint
count_conflicts (RfiGuide *guide)
{
  return g_list_model_get_n_items (rfi_session_get_conflicts (rfi_guide_session (guide)));
}

/* Current with the server, and all of it on the board: the board is filled in slices. */
static void
wait_for_jobs (RfiGuide *guide)
{
  rfi_test_wait (rfi_guide_session (guide) != NULL);
  rfi_test_wait (get_phase (guide) == RFI_PHASE_LIVE);
  rfi_test_wait (rfi_job_table_get_n_jobs (rfi_session_get_jobs (rfi_guide_session (guide))) > 0);
  rfi_test_settle ();
}

static void
sign_in (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));

  rfi_guide_type (guide, window, "email", "dispatcher@coolair.com");
  rfi_guide_type (guide, window, "password", "dispatch12");
  rfi_guide_press (guide, window, "sign_in");
  rfi_guide_find (guide, window, "problem");
  rfi_test_wait (gtk_widget_is_sensitive (rfi_guide_find (guide, window, "password")));
  rfi_guide_shoot (guide, "sign-in", "Signing in: a wrong password is said where it was typed");

  rfi_guide_type (guide, window, "password", "dispatch123");
  rfi_guide_press (guide, window, "sign_in");
  wait_for_jobs (guide);
  rfi_guide_shoot (guide, "board", "The board, live: every open job of one vendor");
}

static void
create_job (RfiGuide *guide)
{
  GtkWidget *dialog;
  guint n_jobs = rfi_job_table_get_n_jobs (rfi_session_get_jobs (rfi_guide_session (guide)));

  rfi_guide_do (guide, "win.new-job", NULL);
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  dialog = GTK_WIDGET (rfi_guide_dialog (guide));
  rfi_guide_type (guide, dialog, "title", "Ice machine leaks onto the sales floor");
  rfi_guide_type (guide, dialog, "description",
                  "Water under the machine since opening. The drain looks blocked; a wet-floor "
                  "sign is up. Ask for the shift lead at the service desk.");
  rfi_guide_type (guide, dialog, "store_name", "QuickStop #18");
  rfi_guide_type (guide, dialog, "address", "1401 E Broad St");
  rfi_guide_type (guide, dialog, "city", "Mansfield");
  rfi_guide_type (guide, dialog, "state", "TX");
  rfi_guide_type (guide, dialog, "zip_code", "76063");
  adw_combo_row_set_selected (ADW_COMBO_ROW (rfi_guide_find (guide, dialog, "priority")), 0);
  rfi_guide_shoot (guide, "new-job", "A new job; each field is judged as the server judges it");

  rfi_guide_press (guide, dialog, "create");
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
  rfi_test_wait (rfi_job_table_get_n_jobs (rfi_session_get_jobs (rfi_guide_session (guide))) ==
                 n_jobs + 1);
}

static void
assign_job (RfiGuide *guide)
{
  g_autofree char *job_id = NULL;

  rfi_test_wait (rfi_session_get_sync_state (rfi_guide_session (guide))->n_queued == 0);
  job_id = rfi_guide_pick_job (guide, RFI_STATUS_PENDING, FALSE);
  rfi_guide_do (guide, "win.assign", g_variant_new_string (job_id));
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_shoot (guide, "assignment", "Who should do it: ranked, with the reasons in words");

  rfi_guide_press (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "assign");
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
  rfi_test_wait (get_job (guide, job_id)->status == RFI_STATUS_ASSIGNED);
  rfi_test_wait (get_mark (guide, job_id) == RFI_MARK_CONFIRMED);
}

/* The timeline of today, with a job in hand that does not fit everywhere. */
static void
look_at_timeline (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_ASSIGNED, TRUE);
  RfiTimelineView *view;

  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("timeline"));
  view = RFI_TIMELINE_VIEW (rfi_guide_find (guide, window, "view"));
  rfi_test_wait (rfi_timeline_view_get_n_rows (view) > 0);
  rfi_guide_shoot (guide, "timeline", "The timeline: who is where, and what has no time yet");

  if (rfi_timeline_view_show_job (view, job_id))
    {
      g_autoptr(RfiJobItem) item = rfi_job_table_get_item (
        rfi_session_get_jobs (rfi_guide_session (guide)), job_id);

      rfi_timeline_view_grab (view, item);
      rfi_guide_shoot (guide, "timeline-in-hand",
                       "A job in hand: every row says whether it would fit there, and why not");
    }
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
}

/* A phone starts work, and another desk raises a priority: the board follows by itself. */
static void
watch_others (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_PENDING, TRUE);

  rfi_guide_do (guide, "win.show-job", g_variant_new_string (job_id));
  rfi_guide_elsewhere (guide, guide->admin, "PATCH", job_id, "",
                       "{\"_etag\":\"%s\",\"priority\":\"urgent\"}");
  rfi_test_wait (get_job (guide, job_id)->priority == RFI_PRIORITY_URGENT);
  rfi_guide_shoot (guide, "job-detail",
                   "A job beside the board, just raised to urgent by another desk");
}

/* Several jobs get another priority at once, and back. */
static void
change_many (RfiGuide *guide)
{
  GtkWidget *lane = rfi_test_ui_find (GTK_WIDGET (rfi_guide_window (guide)), GTK_TYPE_GRID_VIEW);
  RfiUndoStack *stack = rfi_session_get_undo (rfi_guide_session (guide));

  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (lane, "list.select-item", "(ubb)", i, FALSE, i > 0);
  rfi_guide_do (guide, "win.bulk-priority", g_variant_new_string ("low"));
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_shoot (guide, "bulk", "Several jobs at once: what will change is said first");

  rfi_guide_press (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "run");
  rfi_guide_find (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "undo");
  gtk_window_close (rfi_guide_dialog (guide));
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
  rfi_guide_do (guide, "win.undo", NULL);
  rfi_test_wait (rfi_undo_stack_get_redo (stack) != NULL);
  rfi_guide_shoot_toast (guide, "undo",
                         "All of it taken back in one step, and a way to do it again");
  rfi_guide_do (guide, "win.clear-selection", NULL);
}

static void
start_by_phone (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_PENDING, FALSE);
  g_autofree char *assign = NULL;
  g_autoptr(RfiTestAnswer) me = NULL;
  g_autofree char *user_id = NULL;

  me = rfi_test_http_call (guide->http, guide->url, "POST", "/api/auth/login", NULL,
                           "{\"email\":\"ahmed@coolair.com\",\"password\":\"tech123\"}");
  user_id = rfi_test_answer_get (me, "id");
  assign = g_strdup_printf ("{\"technicianId\":\"%s\"}", user_id);
  rfi_guide_elsewhere (guide, guide->admin, "POST", job_id, "/assign", assign);
  rfi_guide_elsewhere (guide, guide->phone, "PATCH", job_id, "/status",
                       "{\"_etag\":\"%s\",\"status\":\"in-progress\"}");
  rfi_test_wait (get_job (guide, job_id)->status == RFI_STATUS_IN_PROGRESS);
  rfi_guide_do (guide, "win.show-job", g_variant_new_string (job_id));
  rfi_guide_shoot (guide, "started-by-phone",
                   "A technician's phone started work; stepper and history follow");
}

static void
edit_title (RfiGuide   *guide,
            const char *title)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  GtkWidget *row = rfi_guide_find (guide, rfi_guide_find (guide, window, "fields"), "title");

  gtk_editable_set_text (GTK_EDITABLE (row), title);
  g_signal_emit_by_name (row, "apply");
}

static void
go_offline_and_back (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_ASSIGNED, FALSE);
  g_autofree char *second = NULL;

  rfi_guide_do (guide, "app.toggle-offline", NULL);
  rfi_test_wait (get_phase (guide) == RFI_PHASE_OFFLINE);
  rfi_guide_do (guide, "win.show-job", g_variant_new_string (job_id));
  edit_title (guide, "Compressor short-cycles, bring a contactor and a start kit");
  rfi_test_wait (get_mark (guide, job_id) == RFI_MARK_QUEUED);

  second = rfi_guide_pick_job (guide, RFI_STATUS_ASSIGNED, TRUE);
  rfi_guide_do (guide, "win.set-status", g_variant_new ("(ss)", second, "in-progress"));
  rfi_test_wait (get_mark (guide, second) == RFI_MARK_QUEUED);
  rfi_guide_shoot (guide, "offline", "Offline: work goes on, and what waits is marked and counted");

  rfi_guide_elsewhere (guide, guide->admin, "PATCH", job_id, "",
                       "{\"_etag\":\"%s\",\"title\":\"Compressor short-cycles, store asks for a "
                       "call before arrival\",\"priority\":\"urgent\"}");
  rfi_guide_do (guide, "app.toggle-offline", NULL);
  rfi_test_wait (count_conflicts (guide) == 1);
  rfi_test_wait (get_mark (guide, second) == RFI_MARK_CONFIRMED);
  rfi_guide_do (guide, "win.close-detail", NULL);
  rfi_guide_do (guide, "win.show-conflict", g_variant_new_string (""));
  rfi_test_wait (get_phase (guide) == RFI_PHASE_LIVE);
  rfi_guide_shoot (guide, "conflict-desk",
                   "Back online: both changed the title, side by side, nothing is lost");
}

static void
set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_DEFAULT);
}

/* What else can be done with a conflict than take one side. */
static void
look_at_desk (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  GtkWindow *dialog;
  GtkWidget *note;

  set_dark (TRUE);
  rfi_guide_shoot (guide, "conflict-desk-dark", "The conflict desk, dark");
  set_dark (FALSE);

  rfi_guide_press (guide, window, "merge");
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_shoot (guide, "conflict-desk-merge", "What both wrote, put together by hand");
  rfi_guide_press (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "use");
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);

  rfi_guide_press (guide, window, "escalate");
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  note = rfi_test_ui_find (GTK_WIDGET (rfi_guide_dialog (guide)), GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (note)),
                            "The store asked for a call. Who has their number?", -1);
  rfi_guide_shoot (guide, "conflict-desk-escalate", "Handing a conflict on, with a note");
  dialog = rfi_guide_dialog (guide);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  gtk_window_destroy (dialog);
  rfi_test_wait (rfi_test_ui_find_text (window, "Who has their number?") != NULL);
  rfi_guide_shoot (guide, "conflict-desk-escalated",
                   "Each answer says what it will cause; the admin has it in their queue");
}

static void
settle_conflict (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));

  rfi_guide_press (guide, window, "apply");
  rfi_test_wait (count_conflicts (guide) == 0);
  rfi_test_wait (rfi_session_get_sync_state (rfi_guide_session (guide))->n_queued == 0);
}

static void
look_at_photos (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_IN_PROGRESS, TRUE);
  GtkWidget *viewer;
  gpointer texture = NULL;

  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
  rfi_guide_do (guide, "win.show-photos", g_variant_new_string (job_id));
  viewer = rfi_guide_find (guide, window, "viewer");
  rfi_test_wait ((texture = rfi_photo_viewer_get_texture (RFI_PHOTO_VIEWER (viewer))) != NULL);
  rfi_guide_shoot (guide, "gallery", "The photos of a job");

  rfi_photo_viewer_set_zoom (RFI_PHOTO_VIEWER (viewer), 2.4);
  rfi_guide_shoot (guide, "viewer", "One of them, closely");
}

static void
add_photo (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_IN_PROGRESS, TRUE);
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  RfiPhotoViewer *viewer = RFI_PHOTO_VIEWER (rfi_guide_find (guide, window, "viewer"));
  g_autoptr(GBytes) png = gdk_texture_save_to_png_bytes (rfi_photo_viewer_get_texture (viewer));
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (guide->output, "drain-after-cleaning.png", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  g_autoptr(RfiPhotoAdder) adder = rfi_photo_adder_new (rfi_guide_session (guide), job_id);
  guint n_photos = get_job (guide, job_id)->n_photos;

  if (!g_file_replace_contents (file, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL,
                                FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    g_error ("%s", error->message);

  rfi_guide_do (guide, "app.toggle-offline", NULL);
  rfi_test_wait (get_phase (guide) == RFI_PHASE_OFFLINE);
  rfi_photo_adder_add (adder, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  rfi_test_wait (get_mark (guide, job_id) == RFI_MARK_QUEUED);
  rfi_guide_shoot (guide, "photo-waiting", "A photo added offline waits, safe on this computer");

  rfi_guide_do (guide, "app.toggle-offline", NULL);
  rfi_test_wait (get_job (guide, job_id)->n_photos == n_photos + 1);
  g_unlink (path);
}

/* What was, and what became of it since. */
static void
look_back (RfiGuide *guide)
{
  gint64 then = g_get_real_time () / 1000 - G_GINT64_CONSTANT (60) * 60 * 1000;

  rfi_guide_do (guide, "win.show-as-of", g_variant_new_int64 (then));
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_shoot (guide, "as-of", "The board as it stood an hour ago, by a slider over all time");
  set_dark (TRUE);
  rfi_guide_shoot (guide, "as-of-dark", "The same in the dark style");
  set_dark (FALSE);
  gtk_window_destroy (rfi_guide_dialog (guide));

  rfi_guide_do (guide, "win.compare-moments",
                g_variant_new ("(xx)", then, G_GINT64_CONSTANT (0)));
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_shoot (guide, "history-compare", "What is different since, job by job in words");
  set_dark (TRUE);
  rfi_guide_shoot (guide, "history-compare-dark", "The same in the dark style");
  set_dark (FALSE);
  gtk_window_destroy (rfi_guide_dialog (guide));
}

static void
look_around (RfiGuide *guide)
{
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("history"));
  rfi_guide_shoot (guide, "history", "Who changed what and when, by the history the server keeps");
  set_dark (TRUE);
  rfi_guide_shoot (guide, "history-dark", "The same in the dark style");
  set_dark (FALSE);
  look_back (guide);
}

/* By typing alone: a view kept under a name, then a technician for the most urgent job. */
static void
type_commands (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_PENDING, FALSE);
  g_autofree char *assign = g_strdup_printf ("assign %.8s to a", job_id);
  g_autofree char *why = g_strdup_printf ("why %.8s", job_id);

  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
  rfi_guide_do (guide, "win.show-view", g_variant_new_string ("unassigned"));
  rfi_guide_do (guide, "win.search-for", g_variant_new_string ("dallas"));
  rfi_guide_do (guide, "win.save-view", g_variant_new_string ("Unassigned in Dallas"));
  rfi_guide_shoot (guide, "views", "Filters kept as a view, with a live count");

  rfi_guide_do (guide, "win.palette", NULL);
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_type (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "entry", assign);
  rfi_guide_shoot (guide, "palette", "Everything by typing, refusals with their reason");
  rfi_guide_type (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "entry", why);
  rfi_guide_shoot (guide, "palette-why", "Why is this job not shown?");
  gtk_window_close (rfi_guide_dialog (guide));

  rfi_guide_do (guide, "win.show-view", g_variant_new_string ("attention"));
  rfi_guide_shoot (guide, "hidden", "What was searched for is hidden, and the line says by what");
  rfi_guide_do (guide, "win.search-for", g_variant_new_string (""));
  rfi_guide_do (guide, "win.show-view", g_variant_new_string ("all"));
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("history"));
  rfi_guide_do (guide, "win.split", NULL);
  rfi_guide_shoot (guide, "two-pages", "History and board side by side, on one filter");
  rfi_guide_do (guide, "win.split", NULL);
}

static void
show_activity (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_ASSIGNED, FALSE);

  rfi_guide_do (guide, "app.toggle-offline", NULL);
  rfi_test_wait (get_phase (guide) == RFI_PHASE_OFFLINE);
  rfi_guide_do (guide, "win.set-status", g_variant_new ("(ss)", job_id, "in-progress"));
  rfi_test_wait (get_mark (guide, job_id) == RFI_MARK_QUEUED);
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("activity"));
  rfi_guide_shoot (guide, "activity", "What waits to be sent, in words, and how syncing went");

  set_dark (TRUE);
  rfi_guide_shoot (guide, "activity-dark", "The same in the dark style");
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
  rfi_guide_do (guide, "win.show-job", g_variant_new_string (job_id));
  rfi_guide_shoot (guide, "dark", "The dark style, offline, with a job beside the board");

  rfi_guide_do (guide, "app.toggle-offline", NULL);
  rfi_test_wait (get_phase (guide) == RFI_PHASE_LIVE);
  rfi_test_wait (get_mark (guide, job_id) == RFI_MARK_CONFIRMED);
  set_dark (FALSE);
}

/* Below the queue: who signs changes, and what can be looked after. */
static void
show_upkeep (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  GtkWidget *upkeep;
  GtkWidget *scroller;
  GtkAdjustment *adjustment;

  rfi_guide_do (guide, "win.close-detail", NULL);
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("activity"));
  upkeep = rfi_guide_find (guide, window, "upkeep");
  rfi_test_wait (rfi_test_ui_find_text (upkeep, "This device") != NULL);
  scroller = gtk_widget_get_ancestor (upkeep, GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  rfi_guide_shoot (guide, "activity-devices", "Devices, what is kept here, and recovery");

  gtk_widget_activate_action (upkeep, "upkeep.events", NULL);
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_shoot (guide, "activity-events", "What happened on this computer, event by event");
  gtk_window_close (rfi_guide_dialog (guide));
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
  gtk_adjustment_set_value (adjustment, 0);
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
}

/* F8 goes to what wants attention; the list says why. */
static void
show_alerts (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  GtkWidget *button = rfi_test_ui_find (rfi_guide_find (guide, window, "alerts"),
                                        GTK_TYPE_MENU_BUTTON);

  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
  rfi_guide_do (guide, "win.next-alert", NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  rfi_guide_shoot (guide, "alerts", "What wants attention, why, and what can be done about it");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

static void
hang_on_wall (RfiGuide *guide)
{
  rfi_guide_do (guide, "win.wall", NULL);
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_shoot (guide, "wall", "The board on a wall: large, live, nothing to click");
  gtk_window_destroy (rfi_guide_dialog (guide));
}

static void
enlarge (RfiGuide *guide)
{
  rfi_guide_do (guide, "win.close-detail", NULL);
  rfi_guide_set_text_scale (guide, 200);
  rfi_guide_shoot (guide, "large-text", "The board with text at 200 %");
  rfi_guide_set_text_scale (guide, 100);
}

/* The same jobs, of which all fields can be seen and sorted by. */
static void
show_table (RfiGuide *guide)
{
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("jobs"));
  rfi_guide_shoot (guide, "table", "All jobs in a table, sorted by priority, then by age");
}

static void
speak_german (RfiGuide *guide)
{
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_IN_PROGRESS, TRUE);

  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
  rfi_guide_do (guide, "win.show-job", g_variant_new_string (job_id));
  rfi_guide_shoot (guide, "german", "The console in German");
}

static void
sign_in_quietly (RfiGuide   *guide,
                 const char *email,
                 const char *password)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));

  rfi_guide_type (guide, window, "email", email);
  rfi_guide_type (guide, window, "password", password);
  rfi_guide_press (guide, window, "sign_in");
  wait_for_jobs (guide);
}

static char *
get_token (RfiGuide   *guide,
           const char *email,
           const char *password)
{
  g_autofree char *json =
    g_strdup_printf ("{\"email\":\"%s\",\"password\":\"%s\"}", email, password);
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (guide->http, guide->url, "POST", "/api/auth/login", NULL, json);

  return rfi_test_answer_get (answer, "token");
}

static gboolean german;
static gboolean admin;
static gboolean looks;

static gboolean
walk_cb (gpointer user_data)
{
  RfiGuide *guide = user_data;

  rfi_test_wait (rfi_guide_window (guide) != NULL);
  gtk_window_set_default_size (rfi_guide_window (guide), 1440, 900);
  if (looks)
    {
      sign_in_quietly (guide, "dispatcher@coolair.com", "dispatch123");
      rfi_guide_show_looks (guide);
    }
  else if (german)
    {
      sign_in_quietly (guide, "dispatcher@coolair.com", "dispatch123");
      speak_german (guide);
      rfi_guide_show_booking_large (guide);
    }
  else if (admin)
    {
      sign_in_quietly (guide, "admin@retailfixit.com", "admin123");
      rfi_guide_move_vendor (guide);
      rfi_guide_show_vendors (guide);
    }
  else
    {
      sign_in (guide);
      create_job (guide);
      assign_job (guide);
      look_at_timeline (guide);
      watch_others (guide);
      rfi_guide_meet_others (guide);
      rfi_guide_group_by_technician (guide);
      rfi_guide_show_completed (guide);
      change_many (guide);
      start_by_phone (guide);
      go_offline_and_back (guide);
      look_at_desk (guide);
      settle_conflict (guide);
      rfi_guide_show_booking (guide);
      look_at_photos (guide);
      add_photo (guide);
      look_around (guide);
      type_commands (guide);
      show_activity (guide);
      show_upkeep (guide);
      show_alerts (guide);
      hang_on_wall (guide);
      rfi_guide_print_sheet (guide);
      enlarge (guide);
      show_table (guide);
      rfi_guide_spend_day (guide);
    }

  g_application_quit (G_APPLICATION (guide->application));
  return G_SOURCE_REMOVE;
}

static void
style_window (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();
  GtkSettings *settings = gtk_settings_get_default ();

  /* Without a compositor windows get a thick frame, which is not part of the product. */
  gtk_css_provider_load_from_data (
    provider,
    "window.csd, window.solid-csd { border-radius: 0; padding: 0; margin: 0; border: none;"
    " box-shadow: none; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER + 1);
  g_object_set (settings, "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE,
                "gtk-font-name", "Cantarell 11", NULL);
}

static void
startup_cb (GApplication *application,
            RfiGuide     *guide)
{
  style_window ();
  g_idle_add (walk_cb, guide);
}

/* Before anything is translated: the catalogue lies in the build, and any language but C's does. */
static void
choose_language (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, RFI_DEMO_LOCALES);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int   argc,
      char *argv[])
{
  RfiGuide guide = { 0 };
  g_autofree char *profile = g_dir_make_tmp ("rfi-demo-XXXXXX", NULL);
  g_autoptr(RfiApplication) application = NULL;
  g_autoptr(GError) error = NULL;
  const char *url = NULL;
  const char *output = NULL;
  int first_picture = 0;
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &url, "The server to show", "URL" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "Where the pictures go", "FOLDER" },
    { "german", 0, 0, G_OPTION_ARG_NONE, &german, "Only the pictures in German", NULL },
    { "admin", 0, 0, G_OPTION_ARG_NONE, &admin, "Only what an admin may do", NULL },
    { "looks", 0, 0, G_OPTION_ARG_NONE, &looks, "Only each view in each style", NULL },
    { "after", 0, 0, G_OPTION_ARG_INT, &first_picture, "Number of pictures there are", "N" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  char *arguments[6] = { argv[0], (char *) "--server", NULL, (char *) "--profile", NULL, NULL };

  choose_language ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || url == NULL || output == NULL)
    {
      g_printerr ("demo-tour: %s\n", error != NULL ? error->message : "--server and --output?");
      return 2;
    }

  application = rfi_application_new ();
  guide.application = GTK_APPLICATION (application);
  guide.url = url;
  guide.output = output;
  guide.n_shots = (guint) first_picture;
  guide.http = rfi_test_http_new ();
  guide.admin = get_token (&guide, "admin@retailfixit.com", "admin123");
  guide.phone = get_token (&guide, "ahmed@coolair.com", "tech123");

  g_signal_connect_after (application, "startup", G_CALLBACK (startup_cb), &guide);
  arguments[2] = (char *) url;
  arguments[4] = profile;
  return g_application_run (G_APPLICATION (application), 5, arguments);
}
