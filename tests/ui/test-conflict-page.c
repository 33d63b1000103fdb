/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-choice-settings.h"
#include "rfi-conflict-photos.h"
#include "rfi-conflict-story.h"
#include "rfi-conflict-words.h"
#include "rfi-conflicts-page.h"
#include "rfi-error-words.h"
#include "rfi-test-conflicts.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-time.h"

#include <string.h>

/* The conflict desk in the whole console against a real server, used as a person would. The cases
 * follow each other. */

#define N_JOBS 3
#define MINE   "Compressor short-cycles. Bring a contactor and a start kit."
#define BASE   "Compressor short-cycles."
#define THEIRS "Compressor short-cycles. The store asks for a call before arrival."

static RfiTestServer *server;
static RfiSession *session;   /* (owned) once signed in */
static char *jobs[N_JOBS];    /* ids */
static SoupSession *http;
static char *admin;           /* token */

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
edit_elsewhere (const char *job_id,
                const char *description)
{
  const char *url = rfi_test_server_get_url (server);
  g_autofree char *path = g_strconcat ("/api/jobs/", job_id, NULL);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (http, url, "GET", path, admin, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autofree char *json =
    g_strdup_printf ("{\"_etag\":\"%s\",\"description\":\"%s\"}", etag, description);
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (http, url, "PATCH", path, admin, json);

  g_assert_cmpuint (answer->status, ==, 200);
}

static guint
count (void)
{
  return g_list_model_get_n_items (
    rfi_conflict_desk_get_list (rfi_conflict_desk_get (session)));
}

static GtkWidget *
get_page (void)
{
  return rfi_test_desk_find (RFI_TYPE_CONFLICTS_PAGE);
}

static gboolean
page_says (const char *part)
{
  return rfi_test_ui_find_text (get_page (), part) != NULL;
}

/* Both change the description of the first @n jobs while the other cannot know. */
static void
make_conflicts (guint n)
{
  guint before = count ();

  for (guint i = 0; i < n; i++)
    rfi_test_desk_edit (session, jobs[i], RFI_FIELD_DESCRIPTION, BASE);
  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  for (guint i = 0; i < n; i++)
    rfi_test_wait (rfi_job_table_lookup (rfi_session_get_jobs (session), jobs[i])->mark ==
                   RFI_MARK_CONFIRMED);
  rfi_test_desk_set_offline (TRUE);
  for (guint i = 0; i < n; i++)
    rfi_test_desk_edit (session, jobs[i], RFI_FIELD_DESCRIPTION, MINE);
  for (guint i = 0; i < n; i++)
    edit_elsewhere (jobs[i], THEIRS);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (count () == before + n);
}

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  guint *n = user_data;

  if (*n < N_JOBS && !rfi_status_is_final (state->work->status))
    jobs[(*n)++] = g_strdup (state->work->id);
}

static void
test_sign_in (void)
{
  guint n = 0;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  session = g_object_ref (rfi_test_desk_session ());
  rfi_job_table_foreach (rfi_session_get_jobs (session), pick_cb, &n);
  g_assert_cmpuint (n, ==, N_JOBS);
  rfi_test_desk_show_page ("conflicts");
  rfi_test_wait (rfi_test_desk_reads ("No conflicts"));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-empty");
}

static void
test_shown (void)
{
  make_conflicts (N_JOBS);
  rfi_test_wait (page_says ("typed "));
  rfi_test_wait (page_says ("received "));
  g_assert_true (page_says ("1 field collides."));
  g_assert_true (page_says ("choose or merge"));
  g_assert_true (page_says ("You and System Admin"));
  g_assert_true (page_says ("merged where one side changed it, else you choose"));
  rfi_test_wait (page_says ("3 jobs ask the same"));
  rfi_test_wait (page_says ("allowed, will be version"));
  rfi_test_ui_assert_named (get_page ());
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk");
}

static void
test_keys (void)
{
  GtkWidget *list = rfi_test_ui_find_named (get_page (), "list");
  GtkListBoxRow *first = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));

  rfi_test_desk_press (get_page (), GDK_KEY_j, 0);
  g_assert_true (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) != first);
  rfi_test_desk_press (get_page (), GDK_KEY_k, 0);
  g_assert_true (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) == first);
}

static GtkWidget *
wait_dialog (void)
{
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  return GTK_WIDGET (rfi_test_desk_dialog ());
}

static char *
read_text (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
type_text (GtkWidget  *view,
           const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

/* Both texts by hand: what may not be is not used, and the rest becomes the result. */
static void
test_merge (void)
{
  GtkWidget *dialog;
  g_autofree char *proposed = NULL;

  rfi_test_desk_press (get_page (), GDK_KEY_m, 0);
  dialog = wait_dialog ();
  rfi_test_ui_assert_named (dialog);
  g_assert_nonnull (rfi_test_ui_find_text (dialog, "Both wrote at 1 place"));
  proposed = read_text (rfi_test_ui_find_named (dialog, "text"));
  g_assert_nonnull (strstr (proposed, "Bring a contactor and a start kit."));
  g_assert_nonnull (strstr (proposed, "The store asks for a call before arrival."));
  rfi_test_desk_take_looks (GTK_WINDOW (dialog), "conflict-desk-merge");

  type_text (rfi_test_ui_find_named (dialog, "text"), " ");
  g_assert_false (gtk_widget_is_sensitive (rfi_test_ui_find_named (dialog, "use")));
  type_text (rfi_test_ui_find_named (dialog, "text"), "Call first, then bring a start kit.");
  g_assert_nonnull (rfi_test_ui_find_text (dialog, "You edited the text by hand."));
  g_signal_emit_by_name (rfi_test_ui_find_named (dialog, "use"), "clicked");
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
  rfi_test_wait (page_says ("Call first, then bring a start kit."));
}

static void
test_modify (void)
{
  GtkWidget *dialog;
  GtkWidget *text;

  rfi_test_desk_click ("modify");
  dialog = wait_dialog ();
  rfi_test_ui_assert_named (dialog);
  text = rfi_test_ui_find (dialog, GTK_TYPE_TEXT_VIEW);
  type_text (text, "");
  g_assert_false (gtk_widget_is_sensitive (rfi_test_ui_find_named (dialog, "use")));
  g_assert_true (gtk_widget_get_visible (rfi_test_ui_find_named (dialog, "problem")));
  type_text (text, "Bring a start kit; call first.");
  rfi_test_desk_take_looks (GTK_WINDOW (dialog), "conflict-desk-modify");
  g_signal_emit_by_name (rfi_test_ui_find_named (dialog, "use"), "clicked");
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
  rfi_test_wait (page_says ("Bring a start kit; call first."));
}

static gboolean
is_confirmed (const char *job_id,
              const char *description)
{
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (session), job_id);

  return state->mark == RFI_MARK_CONFIRMED &&
         g_str_equal (state->work->description, description);
}

static gboolean
has_description (const char *text)
{
  for (guint i = 0; i < N_JOBS; i++)
    if (is_confirmed (jobs[i], text))
      return TRUE;
  return FALSE;
}

/* What is said in passing waits for what was said before, seconds each: that is closed here. */
static gboolean
says_at_last (const char *text)
{
  GtkWidget *toast = rfi_test_desk_find (g_type_from_name ("AdwToastWidget"));

  if (rfi_test_desk_reads (text))
    return TRUE;
  if (toast != NULL)
    g_signal_emit_by_name (gtk_widget_get_last_child (toast), "clicked");
  return FALSE;
}

static void
say (const char *text)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.toast",
                                             "(sss)", text, "", ""));
}

/* A decision can be taken back only until it is sent, so that is said before all that waits to be
 * said, which comes after it. */
static void
test_apply (void)
{
  say ("Said before");
  rfi_test_wait (says_at_last ("Said before"));
  rfi_test_desk_press (get_page (), GDK_KEY_Return, GDK_CONTROL_MASK);
  rfi_test_wait (count () == 2);
  rfi_test_wait (rfi_test_desk_reads ("Conflict settled. The losing values stay in the history."));
  rfi_test_wait (!rfi_test_desk_reads ("Said before"));
  g_assert_true (rfi_test_desk_reads ("Conflict settled. The losing values stay in the history."));
  rfi_test_wait (says_at_last ("Said before"));
  rfi_test_wait (has_description ("Bring a start kit; call first."));
}

/* Taken back while the server can't be reached. */
static void
test_undo (void)
{
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (!rfi_session_get_online (session));
  rfi_test_desk_press (get_page (), GDK_KEY_1, 0);
  rfi_test_wait (count () == 1);
  rfi_test_desk_activate ("win.undo-decision", NULL);
  rfi_test_wait (count () == 2);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_session_get_online (session));
}

/* That it is sent is said only if it is: a full disk stops the taking back, too. */
static void
test_undone_words (void)
{
  g_autoptr(GError) sent = g_error_new (RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE, "sent");
  g_autoptr(GError) full = g_error_new (RFI_SESSION_ERROR, RFI_SESSION_ERROR_FULL, "disk full");
  g_autofree char *open = rfi_conflict_words_undone (2, NULL);
  g_autofree char *late = rfi_conflict_words_undone (-1, sent);
  g_autofree char *none = rfi_conflict_words_undone (0, NULL);
  g_autofree char *failed = rfi_conflict_words_undone (-1, full);
  g_autofree char *why = rfi_error_words (full);

  g_assert_cmpstr (open, ==, "2 conflicts are open again.");
  g_assert_cmpstr (late, ==, "It is sent already, and stays decided.");
  g_assert_cmpstr (none, ==, late);
  g_assert_cmpstr (failed, ==, why);
}

static void
test_escalate (void)
{
  GtkWidget *dialog;

  rfi_test_desk_press (get_page (), GDK_KEY_e, 0);
  dialog = wait_dialog ();
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go"));
  type_text (rfi_test_ui_find (dialog, GTK_TYPE_TEXT_VIEW), "Who talked to the store?");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go"));
  rfi_test_desk_take_looks (GTK_WINDOW (dialog), "conflict-desk-escalate");
  rfi_test_desk_answer ("go");
  rfi_test_wait (page_says ("Who talked to the store?"));
  g_assert_true (page_says ("Accept the Server’s Version"));
  g_assert_true (page_says ("The history keeps it."));
  rfi_test_ui_assert_named (get_page ());
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-escalated");
}

static gboolean
has_settled (guint n)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (session);
  gboolean done = g_list_model_get_n_items (rfi_conflict_desk_get_settled (desk)) == n;

  if (!done)
    rfi_conflict_desk_refresh (desk);
  return done;
}

/* What was settled before is below by then, and the focus that goes with what is decided does not
 * open it. */
static void
test_together (void)
{
  GtkWidget *list = rfi_test_ui_find_named (get_page (), "list");
  GtkWidget *dialog;

  rfi_test_wait (has_settled (1));
  rfi_test_wait (page_says ("2 jobs ask the same"));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (list))));
  g_signal_emit_by_name (rfi_test_ui_find_named (get_page (), "decide_together"), "clicked");
  dialog = wait_dialog ();
  g_assert_nonnull (rfi_test_ui_find_text (dialog, "Decide 2 Conflicts Together?"));
  g_assert_nonnull (rfi_test_ui_find_text (dialog, "The job stays as it is on the server."));
  rfi_test_desk_take_looks (GTK_WINDOW (dialog), "conflict-desk-together");
  rfi_test_desk_answer ("go");
  rfi_test_wait (count () == 0);
  rfi_test_wait (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ())) == list);
  rfi_test_wait (rfi_test_desk_reads ("No conflicts"));
  rfi_test_wait (has_description (THEIRS));
}

/* What was decided today is below, to be read and no more. */
static void
test_settled (void)
{
  GtkListBox *list;

  rfi_test_wait (has_settled (3));
  rfi_test_wait (page_says ("Settled today"));
  g_assert_true (page_says ("No conflicts"));
  list = GTK_LIST_BOX (rfi_test_ui_find_named (get_page (), "list"));
  g_assert_null (gtk_list_box_get_selected_row (list));
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 2));
  rfi_test_wait (page_says ("Decided by: You"));
  g_assert_true (page_says ("Bring a start kit; call first."));
  g_assert_true (page_says ("put together"));
  g_assert_null (rfi_test_ui_find_named (get_page (), "use_server"));
  rfi_test_ui_assert_named (get_page ());
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-settled");
  rfi_test_desk_press (get_page (), GDK_KEY_1, 0);
  g_assert_true (has_settled (3));
}

/* Ticked once, the next one settles by itself. */
static void
test_always (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  GtkListBox *list = GTK_LIST_BOX (rfi_test_ui_find_named (get_page (), "list"));
  GtkWidget *tick;

  make_conflicts (1);
  /* What is read stays until another is chosen. */
  g_assert_true (page_says ("Decided by: You"));
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  rfi_test_wait (page_says ("Always keep mine for Description"));
  tick = gtk_widget_get_ancestor (
    rfi_test_ui_find_text (get_page (), "Always keep mine for Description"),
    GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  rfi_test_desk_press (get_page (), GDK_KEY_Return, GDK_CONTROL_MASK);
  rfi_test_wait (count () == 0);
  g_assert_cmpint (rfi_choice_settings_get (settings, RFI_FIELD_DESCRIPTION), ==, 1);
  rfi_test_wait (has_description (MINE));

  rfi_test_desk_edit (session, jobs[0], RFI_FIELD_DESCRIPTION, BASE);
  rfi_test_wait (has_description (BASE));
  rfi_test_desk_set_offline (TRUE);
  rfi_test_desk_edit (session, jobs[0], RFI_FIELD_DESCRIPTION, MINE);
  edit_elsewhere (jobs[0], THEIRS);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (has_description (MINE) && count () == 0);
  rfi_choice_settings_set (settings, RFI_FIELD_DESCRIPTION, 0);
  g_assert_cmpint (rfi_choice_settings_get (settings, RFI_FIELD_DESCRIPTION), ==, 0);
}

/* The desk of an admin, which has what this console cannot do by itself. */
static RfiTestConsole *other;

static char *
at_hour (int hour)
{
  return rfi_time_to_string (G_GINT64_CONSTANT (2000000000000) / 3600000 * 3600000 +
                             (gint64) hour * 3600000);
}

/* The first technician who takes jobs of that vendor. */
static const RfiUser *
find_technician (const char *vendor_id)
{
  GListModel *technicians = rfi_session_get_technicians (other->session);

  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);
      const RfiUser *technician = rfi_record_item_get (item);

      if (!technician->inactive && g_strcmp0 (technician->vendor_id, vendor_id) == 0)
        return technician;
    }
  return NULL;
}

static void
assign_elsewhere (const char *job_id)
{
  const char *vendor_id = rfi_test_console_get_job (other, job_id)->vendor_id;
  GError *error = NULL;

  rfi_test_wait (find_technician (vendor_id) != NULL);
  rfi_test_console_assign (other, job_id, find_technician (vendor_id)->id, &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_job_table_lookup (rfi_session_get_jobs (session), job_id)
                   ->work->assigned_to != NULL);
}

/* Both times at once: one alone may not fit the other that stood there. */
static void
set_times (RfiSession *desk,
           const char *job_id,
           int         from,
           int         to)
{
  g_autofree char *start = at_hour (from);
  g_autofree char *end = at_hour (to);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_patch_set (patch, RFI_FIELD_SCHEDULED_START, start);
  rfi_patch_set (patch, RFI_FIELD_SCHEDULED_END, end);
  rfi_session_edit_async (desk, job_id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (desk, result, &error);
  g_assert_no_error (error);
}

/* Two visits at a time, on a small timeline, with a partial answer that becomes the result. */
static void
test_booking (void)
{
  g_autofree char *nine = at_hour (9);
  g_autofree char *eleven = at_hour (11);
  GtkWidget *label;

  other = rfi_test_console_new ();
  rfi_test_console_sign_in (other, rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  assign_elsewhere (jobs[1]);
  assign_elsewhere (jobs[2]);
  rfi_test_desk_set_offline (TRUE);
  set_times (session, jobs[2], 10, 12);
  set_times (other->session, jobs[1], 9, 11);
  /* The server has it first, else the conflict is the other's. */
  rfi_test_wait (g_strcmp0 (rfi_job_get_field (rfi_test_console_get_job (other, jobs[1]),
                                               RFI_FIELD_SCHEDULED_START), nine) == 0 &&
                 rfi_test_console_get_mark (other, jobs[1]) == RFI_MARK_CONFIRMED);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (count () == 1);
  rfi_test_wait (page_says ("two jobs at a time"));
  rfi_test_wait (page_says ("Shorten, from "));
  g_assert_true (page_says ("Next Free Slot, ") || page_says ("Another Technician"));
  g_assert_true (page_says ("Nothing is chosen for "));
  rfi_test_ui_assert_named (get_page ());
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-booking");

  /* Nothing leaves as long as nothing is decided. */
  rfi_test_desk_press (get_page (), GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (count (), ==, 1);
  label = rfi_test_ui_find_text (get_page (), "Shorten, from ");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  rfi_test_wait (!page_says ("Nothing is chosen for "));
  rfi_test_desk_press (get_page (), GDK_KEY_Return, GDK_CONTROL_MASK);
  rfi_test_wait (count () == 0);
  rfi_test_wait (g_strcmp0 (rfi_job_get_field (rfi_test_console_get_job (other, jobs[2]),
                                               RFI_FIELD_SCHEDULED_START), eleven) == 0);
}

static void
decide_first (RfiConflictDesk *desk)
{
  GListModel *list = rfi_conflict_desk_get_list (desk);
  g_autoptr(RfiRecordItem) item = g_list_model_get_item (list, 0);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_conflict_desk_decide_async (desk, ((RfiConflict *) rfi_record_item_get (item))->id, NULL,
                                  keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_conflict_desk_decide_finish (desk, result, &error);
  g_assert_no_error (error);
}

static void
settled_cb (RfiConflictDesk *desk,
            RfiConflict     *conflict,
            char           **by)
{
  g_free (*by);
  *by = g_strdup (conflict->facts->resolved_by_name);
}

/* Both desks have it; once the other has decided, it leaves this one, and who did it is told. What
 * is said in passing waits behind what was said before, so it is not looked for. */
static void
test_settled_elsewhere (void)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (other->session);
  g_autofree char *by = NULL;
  gulong handler = g_signal_connect (rfi_conflict_desk_get (session), "settled",
                                     G_CALLBACK (settled_cb), &by);

  make_conflicts (1);
  rfi_test_wait (rfi_test_conflicts_has_n (desk, 1));
  decide_first (desk);
  rfi_test_console_wait_sent (other);
  rfi_test_wait (rfi_test_conflicts_has_n (rfi_conflict_desk_get (session), 0) && by != NULL);
  g_assert_cmpstr (by, ==, "System Admin");
  g_signal_handler_disconnect (rfi_conflict_desk_get (session), handler);
}

/* Trouble with the conflicts of others is told where they are looked at, until it is over. */
static void
test_trouble (void)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (session);
  g_autofree char *dir = rfi_test_desk_account_dir ();
  const char *server_dir = rfi_test_server_get_data_dir (server);

  rfi_test_conflicts_change_file (
    dir, "cache.db",
    "CREATE TRIGGER full BEFORE INSERT ON told BEGIN SELECT RAISE (FAIL, 'full'); END; "
    "CREATE TRIGGER nameless BEFORE UPDATE OF user_id ON audit "
    "BEGIN SELECT RAISE (FAIL, 'full'); END");
  make_conflicts (1);
  rfi_test_wait (page_says ("can’t be kept on this computer"));
  rfi_test_desk_press (get_page (), GDK_KEY_k, 0);
  rfi_test_wait (page_says ("Somebody changed the description") &&
                 page_says ("Who did it can’t be told right now."));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-trouble");
  rfi_test_conflicts_change_file (dir, "cache.db", "DROP TRIGGER full; DROP TRIGGER nameless");
  rfi_test_desk_press (get_page (), GDK_KEY_j, 0);
  rfi_test_desk_press (get_page (), GDK_KEY_k, 0);
  rfi_test_wait (page_says ("System Admin changed the description") &&
                 !page_says ("Somebody changed the description"));
  rfi_conflict_desk_refresh (desk);
  rfi_test_wait (!page_says ("can’t be kept on this computer"));

  rfi_test_conflicts_change_file (server_dir, "server.db", "ALTER TABLE conflict RENAME TO away");
  rfi_conflict_desk_refresh (desk);
  rfi_test_wait (page_says ("does not tell of the conflicts of others"));
  rfi_test_conflicts_change_file (server_dir, "server.db", "ALTER TABLE away RENAME TO conflict");
  rfi_conflict_desk_refresh (desk);
  rfi_test_wait (!page_says ("does not tell of the conflicts of others"));
  decide_first (desk);
  rfi_test_wait (count () == 0);
}

/* What is to happen by itself and can't is told, and happens once it can. */
static void
test_stuck (void)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (session);
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autofree char *dir = rfi_test_desk_account_dir ();

  /* The other one may not have heard yet that the one before is settled. */
  rfi_test_wait (rfi_test_conflicts_has_n (rfi_conflict_desk_get (other->session), 0));
  make_conflicts (1);
  rfi_test_wait (rfi_test_conflicts_has_n (rfi_conflict_desk_get (other->session), 1));
  rfi_test_conflicts_change_file (dir, "cache.db",
                                  "CREATE TRIGGER stuck BEFORE DELETE ON conflict "
                                  "BEGIN SELECT RAISE (FAIL, 'full'); END");
  rfi_choice_settings_set (settings, RFI_FIELD_DESCRIPTION, 1);
  rfi_test_wait (page_says ("What you chose once and for all can’t be carried out right now."));
  g_assert_cmpuint (count (), ==, 1);
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-stuck");
  rfi_choice_settings_set (settings, RFI_FIELD_DESCRIPTION, 0);
  rfi_test_wait (!page_says ("What you chose once and for all can’t be carried out right now."));

  decide_first (rfi_conflict_desk_get (other->session));
  rfi_test_console_wait_sent (other);
  rfi_conflict_desk_refresh (desk);
  rfi_test_wait (page_says ("What others settled can’t be taken over"));
  g_assert_cmpuint (count (), ==, 1);
  rfi_test_conflicts_change_file (dir, "cache.db", "DROP TRIGGER stuck");
  rfi_conflict_desk_refresh (desk);
  rfi_test_wait (count () == 0 && !page_says ("What others settled can’t be taken over"));
}

/* The line breaks when the other has just asked for it. */
static void
delete_elsewhere (void)
{
  GAsyncResult *results[2] = { NULL, NULL };

  rfi_session_delete_async (other->session, jobs[0], keep_cb, &results[0]);
  rfi_session_delete_async (other->session, jobs[2], keep_cb, &results[1]);
  rfi_session_set_forced_offline (other->session, TRUE);
  rfi_test_wait (results[0] != NULL && results[1] != NULL &&
                 !rfi_session_get_online (other->session));
  g_object_unref (results[0]);
  g_object_unref (results[1]);
}

/* What another wanted to delete can be kept here, and is not deleted by asking for it. */
static void
test_deletion (void)
{
  GtkWidget *dialog;

  delete_elsewhere ();
  rfi_test_desk_edit (session, jobs[0], RFI_FIELD_DESCRIPTION, "Two doors, not one.");
  rfi_test_desk_edit (session, jobs[2], RFI_FIELD_DESCRIPTION, "Two doors, not one.");
  for (guint i = 0; i < N_JOBS; i += 2)
    rfi_test_wait (is_confirmed (jobs[i], "Two doors, not one."));
  rfi_session_set_forced_offline (other->session, FALSE);
  rfi_test_wait (rfi_test_conflicts_has_n (rfi_conflict_desk_get (session), 2));
  rfi_test_conflicts_choose_first (get_page ());
  rfi_test_wait (page_says ("2 jobs ask the same"));
  rfi_test_wait (page_says ("Only whoever made this change can insist on it."));
  g_assert_null (rfi_test_ui_find_named (get_page (), "retry_mine"));
  rfi_test_ui_assert_named (get_page ());
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-deletion");
  rfi_test_desk_press (get_page (), GDK_KEY_2, 0);
  g_assert_cmpstr (rfi_test_conflicts_get_problem (get_page ()), ==,
                   "Only whoever made this change can insist on it.");

  g_signal_emit_by_name (rfi_test_ui_find_named (get_page (), "decide_together"), "clicked");
  dialog = wait_dialog ();
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (gtk_widget_get_ancestor (
      rfi_test_ui_find_text (dialog, "Keep our change, on top of it"), GTK_TYPE_CHECK_BUTTON)),
    TRUE);
  g_assert_nonnull (rfi_test_ui_find_text (dialog, "Only whoever made this change"));
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go"));
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (gtk_widget_get_ancestor (
      rfi_test_ui_find_text (dialog, "Use the server’s version"), GTK_TYPE_CHECK_BUTTON)), TRUE);
  rfi_test_desk_answer ("go");
  rfi_test_wait (count () == 0 && is_confirmed (jobs[0], "Two doors, not one.") &&
                 is_confirmed (jobs[2], "Two doors, not one."));
  rfi_test_wait (rfi_test_conflicts_has_n (rfi_conflict_desk_get (other->session), 0));
}

/* A step that is none any more is refused in words, and not given up for being asked for. */
static void
test_step (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_test_desk_set_offline (TRUE);
  rfi_session_set_status_async (session, jobs[1], RFI_STATUS_IN_PROGRESS, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (session, result, &error);
  g_assert_no_error (error);
  rfi_test_console_set_status (other, jobs[1], RFI_STATUS_CANCELLED, &error);
  g_assert_no_error (error);
  rfi_test_console_wait_sent (other);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (count () == 1);
  rfi_test_conflicts_choose_first (get_page ());
  rfi_test_desk_press (get_page (), GDK_KEY_2, 0);
  g_assert_cmpstr (rfi_test_conflicts_get_problem (get_page ()), ==,
                   "The job can’t take this step from where it stands.");
  rfi_test_desk_take_looks (rfi_test_desk_window (), "conflict-desk-step");
  rfi_test_desk_press (get_page (), GDK_KEY_1, 0);
  rfi_test_wait (count () == 0);
}

/* What can't be read is not shown as if there was nothing: here the desk was closed meanwhile. */
static void
test_unreadable (void)
{
  GtkWidget *story = g_object_ref_sink (g_object_new (RFI_TYPE_CONFLICT_STORY, NULL));
  GtkWidget *photos = g_object_ref_sink (g_object_new (RFI_TYPE_CONFLICT_PHOTOS, NULL));
  g_autoptr(GAsyncResult) result = NULL;

  rfi_session_manager_close_async (other->manager, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_conflict_story_show (RFI_CONFLICT_STORY (story), other->session, jobs[0]);
  rfi_conflict_photos_show (RFI_CONFLICT_PHOTOS (photos), other->session, jobs[0]);
  rfi_test_wait (rfi_test_ui_find_text (story, "What happened can’t be read.") != NULL);
  rfi_test_wait (rfi_test_ui_find_text (photos, "The photos can’t be listed") != NULL);
  g_assert_true (gtk_widget_get_visible (story));
  g_object_unref (story);
  g_object_unref (photos);
  g_clear_object (&result);
  rfi_test_console_free (other);
}

static void
test_quit (void)
{
  g_clear_object (&session);
  rfi_test_desk_quit ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  http = rfi_test_http_new ();
  admin = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);

  g_test_add_func ("/conflict-page/sign-in", test_sign_in);
  g_test_add_func ("/conflict-page/shown", test_shown);
  g_test_add_func ("/conflict-page/keys", test_keys);
  g_test_add_func ("/conflict-page/merge", test_merge);
  g_test_add_func ("/conflict-page/modify", test_modify);
  g_test_add_func ("/conflict-page/apply", test_apply);
  g_test_add_func ("/conflict-page/undo", test_undo);
  g_test_add_func ("/conflict-page/undone-words", test_undone_words);
  g_test_add_func ("/conflict-page/escalate", test_escalate);
  g_test_add_func ("/conflict-page/together", test_together);
  g_test_add_func ("/conflict-page/settled", test_settled);
  g_test_add_func ("/conflict-page/always", test_always);
  g_test_add_func ("/conflict-page/booking", test_booking);
  g_test_add_func ("/conflict-page/settled-elsewhere", test_settled_elsewhere);
  g_test_add_func ("/conflict-page/trouble", test_trouble);
  g_test_add_func ("/conflict-page/stuck", test_stuck);
  g_test_add_func ("/conflict-page/deletion", test_deletion);
  g_test_add_func ("/conflict-page/step", test_step);
  g_test_add_func ("/conflict-page/unreadable", test_unreadable);
  g_test_add_func ("/conflict-page/quit", test_quit);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  g_object_unref (http);
  g_free (admin);
  for (guint i = 0; i < N_JOBS; i++)
    g_free (jobs[i]);
  return status;
}
