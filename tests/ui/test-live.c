/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-field-editor.h"
#include "rfi-job-card.h"
#include "rfi-job-history.h"
#include "rfi-job-table.h"
#include "rfi-lane.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-truth.h"

#include <sqlite3.h>
#include <string.h>

/* What comes from elsewhere never disturbs who works here, and is never shown as current when it
 * is not: the whole console against a real server that others use, that stops and comes back. */

static RfiTestServer *server;
static SoupSession *http;
static char *token;          /* (owned): of another desk */
static RfiSession *session;  /* (owned) once signed in */
static char *job_id;         /* (owned): pending, made by the test */

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

static char *
create_elsewhere (const char *title,
                  const char *priority)
{
  g_autofree char *json = g_strdup_printf (
    "{\"title\":\"%s\",\"description\":\"d\",\"priority\":\"%s\",\"vendorId\":\"vendor-001\","
    "\"location\":{\"storeName\":\"QuickStop #3\",\"address\":\"1 Main St\",\"city\":\"Dallas\","
    "\"state\":\"TX\",\"zipCode\":\"75201\"}}", title, priority);

  return call ("POST", "/api/jobs", json);
}

/* @member: as JSON has it: "\"priority\":\"urgent\"" */
static void
change_elsewhere (const char *id,
                  const char *member)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (
    http, rfi_test_server_get_url (server), "GET", path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autoptr(GString) json = g_string_new ("{\"_etag\":\"ETAG\",MEMBER}");
  g_autofree char *changed = NULL;

  g_string_replace (json, "ETAG", etag, 0);
  g_string_replace (json, "MEMBER", member, 0);
  changed = call ("PATCH", path, json->str);
}

/* This desk */

static RfiJobItem *
get_item (const char *id)
{
  return rfi_job_table_get_item (rfi_session_get_jobs (session), id);
}

static gboolean
has_job (const char *id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (session), id) != NULL;
}

static RfiMark
get_mark (const char *id)
{
  g_autoptr(RfiJobItem) item = get_item (id);

  return rfi_job_item_get_mark (item);
}

static const RfiJob *
get_job (const char *id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (session), id)->work;
}

static GtkWidget *
find_lane (GtkWidget *root,
           RfiStatus  status)
{
  GtkWidget *found = NULL;

  if (RFI_IS_LANE (root))
    return rfi_lane_get_status (RFI_LANE (root)) == status ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_lane (child, status);
  return found;
}

static GtkWidget *
get_list (void)
{
  GtkWidget *lane = find_lane (GTK_WIDGET (rfi_test_desk_window ()), RFI_STATUS_PENDING);

  return rfi_test_ui_find (lane, GTK_TYPE_GRID_VIEW);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  session = g_object_ref (rfi_test_desk_session ());
  job_id = create_elsewhere ("Fix the gate", "high");
  rfi_test_wait (has_job (job_id));
}

static GtkWidget *
get_row (void)
{
  return rfi_test_ui_find_named (rfi_test_desk_find (RFI_TYPE_FIELD_EDITOR), "title");
}

static const char *
get_typed (void)
{
  return gtk_editable_get_text (GTK_EDITABLE (get_row ()));
}

/* Who changed it is said as soon as it is looked up. */
static gboolean
says_change (const char *what)
{
  GtkWidget *news = rfi_test_desk_find_named ("news");
  g_autofree char *words =
    g_strdup_printf ("%s changed %s",
                     rfi_session_get_user (rfi_test_desk_session ())->display_name, what);

  return news != NULL && g_strcmp0 (gtk_label_get_label (GTK_LABEL (news)), words) == 0;
}

/* While a title is typed another field changes: it waits, and is said. */
static void
test_typing (void)
{
  GtkWidget *focus;

  rfi_test_desk_activate ("win.show-job", job_id);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_FIELD_EDITOR) != NULL);
  gtk_widget_grab_focus (get_row ());
  gtk_editable_set_text (GTK_EDITABLE (get_row ()), "Fix both gates");
  focus = gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ()));

  change_elsewhere (job_id, "\"priority\":\"urgent\"");
  rfi_test_wait (says_change ("the priority"));
  g_assert_cmpint (get_job (job_id)->priority, ==, RFI_PRIORITY_HIGH);
  g_assert_cmpstr (get_typed (), ==, "Fix both gates");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ())) == focus);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "live-typing");

  rfi_test_desk_click ("show_news");
  g_assert_cmpint (get_job (job_id)->priority, ==, RFI_PRIORITY_URGENT);
  g_assert_cmpstr (get_typed (), ==, "Fix both gates");
  g_assert_false (says_change ("the priority"));
}

/* Nobody replaces a text they have not seen: Enter shows it, and only the next one does it. */
static void
test_same_field (void)
{
  change_elsewhere (job_id, "\"title\":\"Fix their gate\"");
  rfi_test_wait (says_change ("the title"));
  g_signal_emit_by_name (get_row (), "apply");
  g_assert_true (
    rfi_test_desk_reads ("Title was changed to “Fix their gate” elsewhere while you type."));
  g_assert_cmpstr (get_typed (), ==, "Fix both gates");
  g_assert_cmpstr (get_job (job_id)->title, ==, "Fix their gate");

  g_signal_emit_by_name (get_row (), "apply");
  rfi_test_wait (g_str_equal (get_job (job_id)->title, "Fix both gates"));
  rfi_test_wait (
    rfi_job_table_lookup (rfi_session_get_jobs (session), job_id)->n_pending == 0);
}

/* The same for what comes by the feed, which tells how a job is, not who made it so. */
static void
test_feed (void)
{
  gtk_editable_set_text (GTK_EDITABLE (get_row ()), "Fix all gates");
  rfi_test_desk_set_offline (TRUE);
  change_elsewhere (job_id, "\"description\":\"Both hinges\"");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (says_change ("the description"));
  g_assert_cmpstr (get_typed (), ==, "Fix all gates");
  rfi_test_desk_click ("show_news");
  rfi_test_wait (g_strcmp0 (get_job (job_id)->description, "Both hinges") == 0);
}

static void
change_cache (const char *sql)
{
  g_autofree char *dir = rfi_test_desk_account_dir ();
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Where names can't be taken down, that is said by what nobody is named of: what waits, and the
 * story of the job. Both are told again once it works. */
static void
test_unknown (void)
{
  const char *unknown = "Who did it can’t be told right now.";
  GtkWidget *story = rfi_test_desk_find (RFI_TYPE_JOB_HISTORY);

  gtk_editable_set_text (GTK_EDITABLE (get_row ()), "Fix each gate");
  change_cache ("CREATE TRIGGER nameless BEFORE UPDATE OF user_id ON audit "
                "BEGIN SELECT RAISE (FAIL, 'full'); END");
  rfi_test_desk_set_offline (TRUE);
  change_elsewhere (job_id, "\"description\":\"Three hinges\"");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_find_named ("news") != NULL);
  rfi_test_wait (g_str_has_suffix (
    gtk_label_get_label (GTK_LABEL (rfi_test_desk_find_named ("news"))), unknown));
  rfi_test_wait (rfi_test_ui_find_text (story, unknown) != NULL);
  g_assert_nonnull (rfi_test_ui_find_text (story, "Somebody"));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "live-unknown");

  change_cache ("DROP TRIGGER nameless");
  rfi_test_desk_click ("show_news");
  rfi_test_wait (rfi_test_ui_find_text (story, "Somebody") == NULL &&
                 rfi_test_ui_find_text (story, unknown) == NULL);
}

/* What was typed of one job is nothing to be applied to another. */
static void
test_other_job (void)
{
  g_autofree char *other = create_elsewhere ("Fix the fence", "low");

  rfi_test_wait (has_job (other));
  gtk_widget_grab_focus (get_row ());
  gtk_editable_set_text (GTK_EDITABLE (get_row ()), "Fix nothing");
  g_assert_nonnull (rfi_test_ui_find_named (get_row (), "apply_button"));
  rfi_test_desk_activate ("win.show-job", other);
  rfi_test_wait (g_str_equal (get_typed (), "Fix the fence"));
  g_assert_null (rfi_test_ui_find_named (get_row (), "apply_button"));
  rfi_test_desk_activate ("win.show-job", job_id);
}

/* Once the field is left, changes come as they do to all. */
static void
test_let_go (void)
{
  rfi_test_desk_activate ("win.close-detail", NULL);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_FIELD_EDITOR) == NULL);
  change_elsewhere (job_id, "\"title\":\"Fix the gate\"");
  rfi_test_wait (g_str_equal (get_job (job_id)->title, "Fix the gate"));
}

/* A menu is open on a card: the card stays in its lane until the menu is closed. */
static void
test_menu (void)
{
  GtkWidget *lane, *menu;
  guint position;

  rfi_test_desk_show_page ("board");
  lane = find_lane (GTK_WIDGET (rfi_test_desk_window ()), RFI_STATUS_PENDING);
  rfi_test_wait (rfi_job_view_find (rfi_lane_get_view (RFI_LANE (lane)), job_id, &position));
  g_assert_true (rfi_lane_focus_card (RFI_LANE (lane), position));
  rfi_test_settle ();
  rfi_test_desk_press (get_list (), GDK_KEY_Menu, 0);
  menu = rfi_test_ui_find (lane, GTK_TYPE_POPOVER_MENU);
  g_assert_nonnull (menu);

  change_elsewhere (job_id, "\"priority\":\"low\"");
  rfi_test_wait (get_mark (job_id) == RFI_MARK_NEWS);
  g_assert_cmpint (get_job (job_id)->priority, ==, RFI_PRIORITY_URGENT);
  g_assert_true (gtk_widget_get_visible (menu));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "live-menu");

  gtk_popover_popdown (GTK_POPOVER (menu));
  rfi_test_wait (get_job (job_id)->priority == RFI_PRIORITY_LOW);
  g_assert_cmpint (get_mark (job_id), ==, RFI_MARK_CONFIRMED);
}

/* Where the card of that job is in the window. */
static double
get_place (RfiJobItem *item)
{
  double y = -1;

  for (GtkWidget *row = gtk_widget_get_first_child (get_list ()); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *card = gtk_widget_get_first_child (row);

      if (RFI_IS_JOB_CARD (card) && rfi_job_card_get_item (RFI_JOB_CARD (card)) == item)
        gtk_widget_translate_coordinates (card, GTK_WIDGET (rfi_test_desk_window ()), 0, 0, NULL,
                                          &y);
    }
  return y;
}

/* Many jobs come above the one that has the focus, and some go: it stays where it is. */
static void
test_scroll (void)
{
  GtkWidget *lane = find_lane (GTK_WIDGET (rfi_test_desk_window ()), RFI_STATUS_PENDING);
  GListModel *view = G_LIST_MODEL (rfi_lane_get_view (RFI_LANE (lane)));
  guint at = g_list_model_get_n_items (view) - 2;
  g_autoptr(RfiJobItem) item = g_list_model_get_item (view, at);
  g_autofree char *last = NULL;
  GtkWidget *focus;
  double place;

  g_assert_true (rfi_lane_focus_card (RFI_LANE (lane), at));
  rfi_test_settle ();
  /* The list first brings it in, then to its place. */
  for (guint i = 0; i < 2; i++)
    gtk_test_widget_wait_for_draw (lane);
  place = get_place (item);
  g_assert_cmpfloat (place, >=, 0);
  focus = gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ()));

  for (guint i = 0; i < 12; i++)
    {
      g_free (last);
      last = create_elsewhere ("More work", "urgent");
    }
  rfi_test_wait (has_job (last));
  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (lane);

  g_assert_true (rfi_lane_get_selected (RFI_LANE (lane)) == item);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ())) == focus);
  g_assert_cmpfloat_with_epsilon (get_place (item), place, 1);
}

/* The truth */

static void
test_words (void)
{
  RfiSyncState template = { .phase = RFI_PHASE_CATCHING_UP, .online = TRUE, .n_done = 1000,
                            .n_total = 1008, .last_sync_at = 1 };
  g_autoptr(RfiSyncState) state = rfi_sync_state_new (&template);
  g_autofree char *words = rfi_truth_words (state);

  g_assert_cmpstr (words, ==, "Catching up (8)");
}

typedef struct
{
  guint    n_phases[RFI_PHASE_NEEDS_SIGN_IN + 1];
  char    *awaited;  /* (nullable): a job that is there when it is called live */
  gboolean lied;
} Watch;

static void
state_cb (RfiSession *watched,
          GParamSpec *pspec,
          Watch      *watch)
{
  RfiPhase phase = rfi_session_get_sync_state (watched)->phase;

  watch->n_phases[phase]++;
  if (phase == RFI_PHASE_LIVE && watch->awaited != NULL && !has_job (watch->awaited))
    watch->lied = TRUE;
}

static RfiPhase
get_phase (void)
{
  return rfi_session_get_sync_state (session)->phase;
}

/* The server goes: nothing is called live. It comes back with what others did in between: nothing
 * is called live before that is here. */
static void
test_resume (void)
{
  Watch watch = { { 0 }, };
  gulong id = g_signal_connect (session, "notify::sync-state", G_CALLBACK (state_cb), &watch);

  g_assert_cmpint (get_phase (), ==, RFI_PHASE_LIVE);
  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  rfi_test_wait (get_phase () == RFI_PHASE_OFFLINE);
  g_assert_cmpint (rfi_session_get_sync_state (session)->offline_since, >, 0);
  rfi_test_wait (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "Offline since ")
                 != NULL);
  g_assert_cmpuint (watch.n_phases[RFI_PHASE_LIVE], ==, 0);

  /* Nobody looks before the other is done. */
  rfi_session_set_forced_offline (session, TRUE);
  rfi_test_server_start (server);
  watch.awaited = create_elsewhere ("While nobody looked", "low");
  rfi_session_set_forced_offline (session, FALSE);
  rfi_test_wait (get_phase () == RFI_PHASE_LIVE);
  g_assert_true (has_job (watch.awaited));
  g_assert_false (watch.lied);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
  g_assert_null (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "Offline since "));

  g_signal_handler_disconnect (session, id);
  g_free (watch.awaited);
}

/* The same for who chose to be offline. */
static void
test_gap (void)
{
  Watch watch = { { 0 }, };
  gulong id = g_signal_connect (session, "notify::sync-state", G_CALLBACK (state_cb), &watch);

  rfi_test_desk_set_offline (TRUE);
  for (guint i = 0; i < 5; i++)
    {
      g_free (watch.awaited);
      watch.awaited = create_elsewhere ("Behind one's back", "low");
    }
  rfi_test_desk_set_offline (FALSE);
  g_assert_true (has_job (watch.awaited));
  g_assert_false (watch.lied);
  /* It is told again when something else of the state changes. */
  g_assert_cmpuint (watch.n_phases[RFI_PHASE_LIVE], >=, 1);

  g_signal_handler_disconnect (session, id);
  g_free (watch.awaited);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
pick_other_cb (RfiJobState *state,
               gpointer     user_data)
{
  char **other = user_data;

  if (*other == NULL && !g_str_equal (state->work->id, job_id))
    *other = g_strdup (state->work->id);
}

/* What was still asked for a job that is shown no more is not asked further. */
static void
test_left (void)
{
  GtkWidget *story = g_object_ref_sink (g_object_new (RFI_TYPE_JOB_HISTORY, NULL));
  g_autofree char *other = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) entries = NULL;

  rfi_job_table_foreach (rfi_session_get_jobs (session), pick_other_cb, &other);
  rfi_job_history_set_job (RFI_JOB_HISTORY (story), session, other);
  rfi_job_history_set_job (RFI_JOB_HISTORY (story), NULL, NULL);
  rfi_session_list_audit_async (session, other, 1, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  entries = rfi_session_list_audit_finish (session, result, NULL);
  g_assert_nonnull (entries);
  g_object_unref (story);
}

int
main (int   argc,
      char *argv[])
{
  const char *options[] = { "--sample=large", "--jobs=300", "--vendors=3", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);
  http = rfi_test_http_new ();
  token = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);

  g_test_add_func ("/live/sign-in", test_sign_in);
  g_test_add_func ("/live/typing", test_typing);
  g_test_add_func ("/live/same-field", test_same_field);
  g_test_add_func ("/live/feed", test_feed);
  g_test_add_func ("/live/unknown", test_unknown);
  g_test_add_func ("/live/other-job", test_other_job);
  g_test_add_func ("/live/let-go", test_let_go);
  g_test_add_func ("/live/menu", test_menu);
  g_test_add_func ("/live/scroll", test_scroll);
  g_test_add_func ("/live/words", test_words);
  g_test_add_func ("/live/resume", test_resume);
  g_test_add_func ("/live/gap", test_gap);
  g_test_add_func ("/live/left", test_left);

  status = g_test_run ();
  g_clear_object (&session);
  status = rfi_test_desk_end (status);
  g_object_unref (http);
  rfi_test_server_free (server);
  g_free (token);
  g_free (job_id);
  return status;
}
