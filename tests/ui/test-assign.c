/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-assign-dialog.h"
#include "rfi-candidate-item.h"
#include "rfi-candidate-row.h"
#include "rfi-day-bar.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"
#include "rfi-record-list.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-words.h"

#include <string.h>

/* The assignment dialog in the whole console against a real server: who is offered, how one is
 * chosen without a pointer, and what it says of what happens behind it. */

static RfiTestServer *server;
static SoupSession *http;
static char *token;          /* (owned): the dispatcher's, at another desk */
static RfiSession *session;  /* (owned) once signed in */
static char *job_id;         /* (owned): pending, made by the test */
static GtkWindow *dialog;
static GtkListView *list;    /* of @dialog, which does not always show it */

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

static void
change_elsewhere (const char *method,
                  const char *what,
                  const char *json)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s%s", job_id, what);
  g_autofree char *job_path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (
    http, rfi_test_server_get_url (server), "GET", job_path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autoptr(GString) body = g_string_new (json);
  g_autofree char *id = NULL;

  g_string_replace (body, "ETAG", etag, 0);
  id = call (method, path, body->str);
}

static gboolean
has_job (void)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (session), job_id) != NULL;
}

/* The dialog */

static GtkWidget *
get_named (const char *name)
{
  return rfi_test_ui_find_named (GTK_WIDGET (dialog), name);
}

static GtkSingleSelection *
get_choice (void)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (list));
}

static guint
count_shown (void)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_choice ()));
}

static const RfiCandidate *
get_chosen (void)
{
  RfiCandidateItem *item = gtk_single_selection_get_selected_item (get_choice ());

  g_assert_nonnull (item);
  return rfi_candidate_item_get (item);
}

/* Before the search sees it. */
static void
press (guint           key,
       GdkModifierType modifiers)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (dialog));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &handled);
    }
  g_assert_true (handled);
}

static void
type (const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_named ("search")), text);
  rfi_test_settle ();
}

static gboolean
reads (const char *text)
{
  return rfi_test_ui_find_text (GTK_WIDGET (dialog), text) != NULL;
}

static gboolean
may_assign (void)
{
  return gtk_widget_is_sensitive (get_named ("assign"));
}

static void
open_dialog (void)
{
  rfi_test_desk_activate ("win.assign", job_id);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  dialog = rfi_test_desk_dialog ();
  rfi_test_wait (rfi_test_ui_find (GTK_WIDGET (dialog), RFI_TYPE_CANDIDATE_ROW) != NULL);
  list = GTK_LIST_VIEW (get_named ("list"));
}

static void
close_dialog (void)
{
  gtk_window_close (dialog);
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

/* Those of the vendor, of whom the last but one is on a job elsewhere */
static void
test_open (void)
{
  g_autofree char *created = NULL;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  session = g_object_ref (rfi_test_desk_session ());
  job_id = call ("POST", "/api/jobs",
                 "{\"title\":\"Fix the gate\",\"description\":\"d\",\"priority\":\"high\","
                 "\"vendorId\":\"vendor-001\",\"location\":{\"storeName\":\"QuickStop #3\","
                 "\"address\":\"1 Main St\",\"city\":\"Dallas\",\"state\":\"TX\","
                 "\"zipCode\":\"75201\"}}");
  rfi_test_wait (has_job ());

  open_dialog ();
  rfi_test_ui_assert_named (GTK_WIDGET (dialog));
  g_assert_true (reads ("Fix the gate"));
  g_assert_cmpuint (count_shown (), >, 9);
  g_assert_nonnull (rfi_test_ui_find (GTK_WIDGET (dialog), RFI_TYPE_DAY_BAR));
  g_assert_true (may_assign ());
  rfi_test_desk_take_looks (dialog, "assign");
}

/* All of it fits in 360 pixels, with text of twice the size too. */
static void
test_narrow (void)
{
  int least;

  gtk_window_set_default_size (dialog, 360, 640);
  rfi_test_settle ();
  rfi_test_desk_take_looks (dialog, "assign-narrow");
  gtk_widget_measure (GTK_WIDGET (dialog), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_assert_cmpint (least, <=, 360);
  rfi_test_desk_set_text (200);
  rfi_test_settle ();
  gtk_widget_measure (GTK_WIDGET (dialog), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_assert_cmpint (least, <=, 360);
  rfi_test_desk_set_text (100);
  gtk_window_set_default_size (dialog, 860, 728);
}

/* The best is chosen to begin with; digits and arrows choose others, and a digit that is part of a
 * name being typed is only typed. */
static void
test_keys (void)
{
  g_assert_cmpuint (gtk_single_selection_get_selected (get_choice ()), ==, 0);
  press (GDK_KEY_3, 0);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_choice ()), ==, 2);
  press (GDK_KEY_Down, 0);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_choice ()), ==, 3);
  press (GDK_KEY_KP_1, 0);
  press (GDK_KEY_Up, 0);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_choice ()), ==, 0);

  type ("a");
  g_assert_cmpuint (count_shown (), >, 2);
  press (GDK_KEY_2, GDK_ALT_MASK);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_choice ()), ==, 1);
  type ("nobody at all");
  g_assert_cmpuint (count_shown (), ==, 0);
  rfi_test_wait (reads ("No technician of that name"));
  g_assert_false (may_assign ());
  type ("ahmed");
  g_assert_cmpuint (count_shown (), ==, 1);
  g_assert_true (may_assign ());
  type ("");
}

/* An excluded technician is listed with the reason, after those who can. */
static void
test_excluded (void)
{
  g_autoptr(GPtrArray) people = g_ptr_array_new ();
  GListModel *technicians = rfi_session_get_technicians (session);
  RfiUser gone = { .id = (char *) "gone", .display_name = (char *) "Gone Gordon",
                   .vendor_id = (char *) "vendor-001", .role = RFI_ROLE_TECHNICIAN,
                   .inactive = TRUE };
  g_autoptr(RfiUser) inactive = rfi_user_new (&gone);
  guint n_can;

  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);

      g_ptr_array_add (people, rfi_record_item_get (item));
    }
  n_can = count_shown ();
  g_ptr_array_add (people, inactive);
  rfi_record_list_set (RFI_RECORD_LIST (technicians), people);
  gtk_switch_set_active (GTK_SWITCH (get_named ("show_excluded")), TRUE);
  rfi_test_wait (count_shown () > n_can);

  type ("gordon");
  g_assert_cmpuint (count_shown (), ==, 1);
  g_assert_false (may_assign ());
  rfi_test_wait (reads ("Takes no assignments any more"));
  rfi_test_desk_take_picture (dialog, "assign-excluded");
  type ("");
  gtk_switch_set_active (GTK_SWITCH (get_named ("show_excluded")), FALSE);
  g_assert_cmpuint (count_shown (), ==, n_can);
}

/* Who was chosen keeps their place when they go, and it is said; what was typed stays. */
static void
test_vanished (void)
{
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  GListModel *technicians = rfi_session_get_technicians (session);
  RfiCandidateItem *chosen;

  type ("ahmed");
  chosen = gtk_single_selection_get_selected_item (get_choice ());
  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);
      RfiUser *user = rfi_record_item_get (item);

      if (strcmp (user->id, rfi_candidate_item_get (chosen)->technician->id) != 0)
        g_ptr_array_add (people, rfi_user_ref (user));
    }
  rfi_record_list_set (RFI_RECORD_LIST (technicians), people);

  rfi_test_wait (reads ("can’t be chosen any more; choose somebody else. Not among the"));
  g_assert_true (gtk_single_selection_get_selected_item (get_choice ()) == chosen);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_named ("search"))), ==, "ahmed");
  g_assert_false (may_assign ());
  rfi_test_desk_take_picture (dialog, "assign-vanished");
  close_dialog ();
}

/* Assigned by keys alone; assigning anew names who loses the job. */
static void
test_assign (void)
{
  g_autofree char *first = NULL;
  g_autofree char *loses = NULL;
  RfiJob *job;

  open_dialog ();
  press (GDK_KEY_2, 0);
  first = g_strdup (get_chosen ()->technician->id);
  press (GDK_KEY_Return, GDK_CONTROL_MASK);
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
  job = rfi_job_table_lookup (rfi_session_get_jobs (session), job_id)->work;
  g_assert_cmpstr (job->assigned_to, ==, first);

  open_dialog ();
  loses = g_strdup_printf ("%s loses this job.", rfi_session_get_name (session, first));
  g_assert_true (reads (loses));
  rfi_test_desk_take_picture (dialog, "assign-again");
}

/* Somebody else changes the job, then deletes it, while a name is typed: both are said, and the
 * choice stays. */
static void
test_behind_it (void)
{
  g_autofree char *chosen = NULL;
  g_autofree char *admin = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autofree char *id = NULL;

  type ("ar");
  chosen = g_strdup (get_chosen ()->technician->id);
  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  change_elsewhere ("PATCH", "", "{\"_etag\":\"ETAG\",\"priority\":\"urgent\"}");
  rfi_test_wait (reads ("This job was changed while you were choosing: priority."));
  g_assert_cmpstr (get_chosen ()->technician->id, ==, chosen);
  rfi_test_desk_take_picture (dialog, "assign-changed");

  g_free (token);
  token = g_steal_pointer (&admin);
  id = call ("DELETE", path, NULL);
  rfi_test_wait (reads (rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE)));
  g_assert_false (may_assign ());
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_named ("search"))), ==, "ar");
  close_dialog ();
}

int
main (int   argc,
      char *argv[])
{
  const char *options[] = { "--sample", "large", "--jobs", "400", "--vendors", "2", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);
  http = rfi_test_http_new ();
  token = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);

  g_test_add_func ("/assign/open", test_open);
  g_test_add_func ("/assign/narrow", test_narrow);
  g_test_add_func ("/assign/keys", test_keys);
  g_test_add_func ("/assign/excluded", test_excluded);
  g_test_add_func ("/assign/vanished", test_vanished);
  g_test_add_func ("/assign/assign", test_assign);
  g_test_add_func ("/assign/behind-it", test_behind_it);

  status = g_test_run ();
  g_clear_object (&session);
  status = rfi_test_desk_end (status);
  g_object_unref (http);
  rfi_test_server_free (server);
  g_free (token);
  g_free (job_id);
  return status;
}
