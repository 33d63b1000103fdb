/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-as-of-window.h"
#include "rfi-compare-window.h"
#include "rfi-deed-words.h"
#include "rfi-entry-menu.h"
#include "rfi-history-exporter.h"
#include "rfi-job-card.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-time.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* The server's history in the console. The cases follow each other in one console. */

static RfiTestServer *server;
static SoupSession *http;
static char *token;       /* (owned): of a dispatcher elsewhere */
static char *job_id;      /* (owned): of the job that is changed there */
static gint64 before_at;  /* ms since 1970: when it still had its first title */

static void
change_title (const char *title)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autoptr(RfiTestAnswer) now =
    rfi_test_http_call (http, rfi_test_server_get_url (server), "GET", path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (now, "_etag");
  g_autofree char *body = g_strdup_printf ("{\"_etag\":\"%s\",\"title\":\"%s\"}", etag, title);
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (http, rfi_test_server_get_url (server), "PATCH", path, token, body);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
make_job (void)
{
  g_autoptr(RfiTestAnswer) created = rfi_test_http_call (
    http, rfi_test_server_get_url (server), "POST", "/api/jobs", token,
    "{\"title\":\"Cellar flooded\",\"description\":\"d\",\"priority\":\"low\","
    "\"vendorId\":\"vendor-001\",\"location\":{\"storeName\":\"s\",\"address\":\"a\","
    "\"city\":\"Austin\",\"state\":\"TX\",\"zipCode\":\"75201\"}}");
  g_autofree char *created_at = NULL;

  g_assert_cmpuint (created->status, ==, 201);
  job_id = rfi_test_answer_get (created, "id");
  created_at = rfi_test_answer_get (created, "createdAt");
  g_assert_true (rfi_time_parse (created_at, -1, &before_at));
}

static void
test_tells_others (void)
{
  token = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  make_job ();
  change_title ("Cellar drained");

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  rfi_test_desk_show_page ("history");
  rfi_test_wait (rfi_test_desk_reads ("The server’s history"));
  rfi_test_wait (rfi_test_desk_reads ("Cellar flooded → Cellar drained"));
  g_assert_true (rfi_test_desk_reads ("Cool Air Dispatcher"));
  g_assert_true (rfi_test_desk_reads ("Job created"));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "history-server");
}

static void
search (const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (rfi_test_desk_find (GTK_TYPE_SEARCH_ENTRY)), text);
}

/* The server looks for the text, whatever is read of it by now. */
static void
test_search (void)
{
  search ("drained");
  rfi_test_wait (!rfi_test_desk_reads ("Job created") &&
                 rfi_test_desk_reads ("Cellar flooded → Cellar drained"));
  search ("not to be found");
  rfi_test_wait (rfi_test_desk_reads ("The server’s history knows of nothing that matches."));
  search ("");
  rfi_test_wait (rfi_test_desk_reads ("Job created"));
}

/* What happens meanwhile is added. */
static void
test_grows (void)
{
  change_title ("Cellar dry");
  rfi_test_wait (rfi_test_desk_reads ("Cellar drained → Cellar dry"));
}

/* What the server has. Returns: (transfer full) */
static char *
get_field (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autoptr(RfiTestAnswer) now =
    rfi_test_http_call (http, rfi_test_server_get_url (server), "GET", path, token, NULL);

  return rfi_test_answer_get (now, name);
}

static gboolean
has_field (const char *name,
           const char *value)
{
  g_autofree char *now = get_field (name);

  return g_strcmp0 (now, value) == 0;
}

static void
restore (const char *field,
         const char *expected,
         const char *value)
{
  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.restore-value", "(ssss)",
                              job_id, field, expected, value);
}

static RfiJobState *
get_state (void)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()), job_id);
}

static RfiAuditEntry *
make_entry (RfiField    field,
            const char *before,
            const char *after)
{
  const RfiAuditEntry entry = {
    .job_id = job_id, .field = (int) field, .action = RFI_AUDIT_CHANGED, .before = (char *) before,
    .after = (char *) after, .user_id = (char *) "user-nobody", .device_id = (char *) "device",
  };

  return rfi_audit_entry_new (&entry);
}

/* The labels of the menu, insensitive ones in parentheses. Returns: (transfer full) */
static char *
list_menu (RfiField    field,
           const char *before,
           const char *after)
{
  g_autoptr(RfiAuditEntry) entry = make_entry (field, before, after);
  g_autoptr(GMenu) menu = rfi_entry_menu_new (rfi_test_desk_session (), entry);
  g_autoptr(GMenuModel) values =
    g_menu_model_get_item_link (G_MENU_MODEL (menu), 0, G_MENU_LINK_SECTION);
  GString *labels = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (values); i++)
    {
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (values, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_string_append_printf (labels, "%s;", label);
    }
  return g_string_free (labels, FALSE);
}

static void
assert_menu (RfiField    field,
             const char *before,
             const char *after,
             const char *expected)
{
  g_autofree char *labels = list_menu (field, before, after);

  g_assert_cmpstr (labels, ==, expected);
}

/* A new change, judged as what is typed; undone like one. */
static void
test_restore (void)
{
  rfi_test_wait (g_str_equal (get_state ()->work->title, "Cellar dry"));
  assert_menu (RFI_FIELD_TITLE, "Cellar flooded", "Cellar drained",
               "Restore “Cellar flooded”;Restore “Cellar drained”;");
  assert_menu (RFI_FIELD_TITLE, "Cellar drained", "Cellar dry", "Restore “Cellar drained”;");
  restore ("title", "Cellar dry", "Cellar flooded");
  rfi_test_wait (has_field ("title", "Cellar flooded"));
  rfi_test_wait (rfi_test_desk_reads ("Cellar dry → Cellar flooded"));

  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.undo", NULL);
  rfi_test_wait (has_field ("title", "Cellar dry"));
  rfi_test_wait (rfi_test_desk_reads ("Cellar flooded → Cellar dry"));
}

/* The menu of a row, by its key. */
static void
test_menu (void)
{
  GtkWidget *view = rfi_test_desk_find (GTK_TYPE_COLUMN_VIEW);
  GtkWidget *button = rfi_test_ui_find_named (view, "entry-menu");
  GtkWidget *popover;

  g_signal_emit_by_name (button, "clicked");
  popover = gtk_widget_get_last_child (button);
  g_assert_true (GTK_IS_POPOVER_MENU (popover));
  rfi_test_wait (rfi_test_ui_find_text (popover, "Restore “Cellar drained”") != NULL);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "history-menu");
  gtk_popover_popdown (GTK_POPOVER (popover));
  rfi_test_wait (!GTK_IS_POPOVER (gtk_widget_get_last_child (button)));
}

/* What happened before this console was there is told in the job's own story too. */
static void
test_detail (void)
{
  rfi_test_desk_show_page ("board");
  rfi_test_desk_activate ("win.show-job", job_id);
  rfi_test_wait (rfi_test_desk_reads ("Cool Air Dispatcher created the job"));
  g_assert_true (rfi_test_desk_reads ("Cellar flooded → Cellar drained"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "detail-story");
  rfi_test_desk_activate ("win.close-detail", NULL);
  rfi_test_desk_show_page ("history");
}

/* In words, before anything is sent. */
/* Parts, labour and notes are told as people write them, not as they are kept. */
static void
test_lists (void)
{
  static const struct {
    RfiField    field;
    const char *value;
    const char *expected;
  } lists[] = {
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Door gasket\",\"quantity\":1},"
                       "{\"id\":\"b\",\"name\":\"Fan\",\"quantity\":2}]",
      "1 × Door gasket, 2 × Fan" },
    { RFI_FIELD_LABOUR, "[{\"id\":\"a\",\"minutes\":60,\"technician\":\"nobody\"}]",
      "nobody: 60 min" },
    { RFI_FIELD_PARTS, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *words = rfi_deed_words_value (rfi_test_desk_session (), lists[i].field,
                                                     lists[i].value);

      g_test_message ("%s", words);
      g_assert_null (strchr (words, '{'));
      g_assert_cmpstr (words, ==, lists[i].expected);
    }
}

static void
test_restore_refused (void)
{
  restore ("title", "Cellar drained", "Cellar flooded");
  rfi_test_wait (rfi_test_desk_reads ("It was changed while you looked, so nothing was put back. "
                                      "Look at it again."));
  g_assert_cmpstr (get_state ()->work->title, ==, "Cellar dry");

  assert_menu (RFI_FIELD_STATUS, "completed", "pending",
               "Restore “Completed” (The job can’t take this step from where it stands.);");
  restore ("status", "pending", "completed");
  rfi_test_wait (rfi_test_desk_reads ("The job can’t take this step from where it stands."));
  g_assert_cmpint (get_state ()->work->status, ==, RFI_STATUS_PENDING);
}

static void
choose (const char *name,
        guint       position)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (rfi_test_desk_find_named (name)), position);
}

/* The server filters; chips take it off. */
static void
test_filters (void)
{
  choose ("from", RFI_HISTORY_HERE);
  rfi_test_wait (!rfi_test_desk_reads ("Job created") &&
                 rfi_test_desk_reads ("Cellar flooded → Cellar dry"));
  g_assert_false (rfi_test_desk_reads ("Cellar drained → Cellar dry"));
  choose ("from", RFI_HISTORY_ELSEWHERE);
  rfi_test_wait (rfi_test_desk_reads ("The server’s history knows of nothing that matches."));
  choose ("from", RFI_HISTORY_BY_SERVER);
  rfi_test_wait (rfi_test_desk_reads ("Cellar drained → Cellar dry"));
  g_assert_false (rfi_test_desk_reads ("Cellar flooded → Cellar dry"));
  choose ("kind", RFI_HISTORY_LIFE);
  rfi_test_wait (rfi_test_desk_reads ("1 entry") && rfi_test_desk_reads ("Job created"));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "history-filtered");

  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.show-history", "(sss)",
                              job_id, "", "");
  rfi_test_wait (rfi_test_desk_reads ("Cellar flooded → Cellar drained"));
  g_signal_emit_by_name (rfi_test_ui_find (rfi_test_desk_find_named ("chips"), GTK_TYPE_BUTTON),
                         "clicked");
  rfi_test_wait (rfi_test_desk_find_named ("chips") == NULL);
}

static GtkWindow *
find_as_of (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (RFI_IS_AS_OF_WINDOW (at->data))
      return at->data;
  return NULL;
}

/* The title of the job on the board of the past. Returns: (transfer none) (nullable) */
static const char *
find_title (GtkWidget *widget)
{
  if (RFI_IS_JOB_CARD (widget))
    {
      RfiJobItem *item = rfi_job_card_get_item (RFI_JOB_CARD (widget));

      return item != NULL && g_str_equal (rfi_job_item_get_id (item), job_id)
               ? rfi_job_item_get_job (item)->title : NULL;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *title = find_title (child);

      if (title != NULL)
        return title;
    }
  return NULL;
}

static void
look_at_age (RfiJobState *state,
             gpointer     user_data)
{
  gint64 *oldest = user_data;

  if (state->work->status == RFI_STATUS_PENDING)
    *oldest = MIN (*oldest, state->work->created_at);
}

static gint64
find_oldest_pending (void)
{
  gint64 oldest = G_MAXINT64;

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), look_at_age, &oldest);
  return oldest;
}

static void
test_as_of (void)
{
  GtkWindow *window;

  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.show-as-of", "x",
                              before_at);
  rfi_test_wait (find_as_of () != NULL);
  window = find_as_of ();
  rfi_test_wait (g_strcmp0 (find_title (GTK_WIDGET (window)), "Cellar flooded") == 0);
  rfi_test_desk_take_looks (window, "as-of");
  gtk_window_close (window);
  rfi_test_wait (find_as_of () == NULL);
}

/* Every window fits a phone's width. */
static void
assert_narrow (GtkWindow *window)
{
  int least;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_assert_cmpint (least, <=, 360);
}

/* Ages on the board of the past count from its moment. */
static void
test_as_of_ages (void)
{
  gint64 hour = G_GINT64_CONSTANT (60) * 60 * 1000;
  gint64 oldest = find_oldest_pending ();
  GtkWindow *window;

  g_assert_cmpint (oldest, <, g_get_real_time () / 1000 - 24 * hour);
  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.show-as-of", "x",
                              oldest + 3 * hour + hour / 2);
  rfi_test_wait (find_as_of () != NULL);
  window = find_as_of ();
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (window), "oldest 3 h"));
  rfi_test_wait (gtk_widget_is_sensitive (
    rfi_test_ui_find_named (GTK_WIDGET (window), "slider")));
  rfi_test_desk_take_looks (window, "as-of-ages");
  assert_narrow (window);

  /* The slider goes to any moment. */
  gtk_range_set_value (GTK_RANGE (rfi_test_ui_find_named (GTK_WIDGET (window), "slider")),
                       (double) (oldest + 5 * hour + hour / 2));
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (window), "oldest 5 h"));
  gtk_window_close (window);
  rfi_test_wait (find_as_of () == NULL);
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (at->data, type))
      return at->data;
  return NULL;
}

static void
test_compare (void)
{
  GtkWindow *window;

  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.compare-moments", "(xx)",
                              before_at, G_GINT64_CONSTANT (0));
  rfi_test_wait (find_window (RFI_TYPE_COMPARE_WINDOW) != NULL);
  window = find_window (RFI_TYPE_COMPARE_WINDOW);
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (window), "Title: Cellar flooded → Cellar dry"));
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (window), "1 job is different"));
  rfi_test_desk_take_looks (window, "history-compare");
  assert_narrow (window);
  gtk_window_close (window);

  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "win.compare-moments", "(xx)",
                              before_at - 1, before_at);
  rfi_test_wait (find_window (RFI_TYPE_COMPARE_WINDOW) != window);
  window = find_window (RFI_TYPE_COMPARE_WINDOW);
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (window), "Was not there before"));
  gtk_window_close (window);
  rfi_test_wait (find_window (RFI_TYPE_COMPARE_WINDOW) == NULL);
}

/* Returns: (transfer full): what is in it */
static char *
export_to (GFile                 *file,
           const RfiHistoryQuery *query,
           RfiHistoryFormat       format)
{
  char *text = NULL;

  rfi_history_exporter_save (rfi_test_desk_session (), query, TRUE, format,
                             rfi_test_desk_window (), file);
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_file_delete (file, NULL, NULL);
  return text;
}

/* All that matches, as a file; a folder that is gone is said in words. */
static void
test_export (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-history-XXXXXX", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (dir);
  g_autoptr(GFile) file = g_file_get_child (folder, "history.csv");
  g_autoptr(GFile) nowhere = g_file_get_child (file, "history.csv");
  const RfiHistoryQuery all = { 0 };
  const RfiHistoryQuery life = { .kind = RFI_HISTORY_LIFE };
  g_autofree char *csv = export_to (file, &all, RFI_HISTORY_CSV);
  g_autofree char *json = export_to (file, &life, RFI_HISTORY_JSON);

  g_assert_nonnull (strstr (csv, ",Changed title,Cellar dry,Title,Cellar drained,Cellar dry,"));
  g_assert_nonnull (strstr (csv, ",Job created,"));
  g_assert_true (g_str_has_prefix (json, "[\n{\"at\":"));
  g_assert_true (g_str_has_suffix (json, "}\n]\n"));
  g_assert_nonnull (strstr (json, "\"action\":\"created\""));
  g_assert_null (strstr (json, "\"action\":\"changed\""));

  rfi_history_exporter_save (rfi_test_desk_session (), &all, TRUE, RFI_HISTORY_CSV,
                             rfi_test_desk_window (), nowhere);
  rfi_test_wait (rfi_test_desk_dialog () != NULL &&
                 rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                       "The History Was Not Saved"));
  rfi_test_desk_answer ("close");
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
  g_rmdir (dir);
}

static void
assert_verdict (const char *heading,
                const char *words)
{
  rfi_test_desk_click ("verify");
  rfi_test_wait (rfi_test_desk_dialog () != NULL &&
                 rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()), heading));
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()), words));
  rfi_test_desk_answer ("close");
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

/* Somebody with the server's file in hand. */
static void
tamper (void)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (server), "server.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "DROP TRIGGER audit_kept; "
                                 "UPDATE audit SET actor_name = 'Somebody Else' WHERE n = 2",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_verify (void)
{
  assert_verdict ("The History Is Whole", "5 entries, unbroken.");
  tamper ();
  assert_verdict ("The History Is Broken",
                  "Entry 2 of the server’s history was altered after it was written. What came "
                  "before it is unbroken; nothing from it on can be relied on. Ask whoever runs "
                  "the server who has had access to its files.");
}

static void
test_offline (void)
{
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_reads ("Offline: what this console knows"));
  rfi_test_wait (rfi_test_desk_reads ("Cellar flooded → Cellar dry"));
  search ("not to be found");
  rfi_test_wait (!rfi_test_desk_reads ("Cellar flooded → Cellar dry"));
  search ("flooded");
  rfi_test_wait (rfi_test_desk_reads ("Cellar flooded → Cellar dry"));
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

  g_test_add_func ("/history/tells-others", test_tells_others);
  g_test_add_func ("/history/search", test_search);
  g_test_add_func ("/history/grows", test_grows);
  g_test_add_func ("/history/detail", test_detail);
  g_test_add_func ("/history/menu", test_menu);
  g_test_add_func ("/history/restore", test_restore);
  g_test_add_func ("/history/lists", test_lists);
  g_test_add_func ("/history/restore-refused", test_restore_refused);
  g_test_add_func ("/history/filters", test_filters);
  g_test_add_func ("/history/as-of", test_as_of);
  g_test_add_func ("/history/as-of-ages", test_as_of_ages);
  g_test_add_func ("/history/compare", test_compare);
  g_test_add_func ("/history/export", test_export);
  g_test_add_func ("/history/verify", test_verify);
  g_test_add_func ("/history/offline", test_offline);
  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  g_object_unref (http);
  g_free (token);
  g_free (job_id);
  return status;
}
