/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-queue-row.h"
#include "rfi-session-commands.h"
#include "rfi-test-bus.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"

#include <sqlite3.h>

/* What others do is announced through a real bus to a notification service of the test's own.
 * The cases follow each other in one console: an administrator's, while a dispatcher works
 * elsewhere. */

static RfiTestServer *server;
static SoupSession *http;        /* (owned): of the dispatcher elsewhere */
static char *token;              /* (owned) */
static char *technician;         /* (owned): id */

/* The notification service */

static GDBusConnection *bus;     /* (owned) */
static GPtrArray *announced;     /* (owned) (element-type utf8): "title|body", not looked at yet */
static guint n_announced;        /* ever; each has its number for an id */
static guint n_closed;

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  const char *title, *body;

  if (g_str_equal (method, "Notify"))
    {
      g_variant_get_child (parameters, 3, "&s", &title);
      g_variant_get_child (parameters, 4, "&s", &body);
      g_ptr_array_add (announced, g_strdup_printf ("%s|%s", title, body));
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", ++n_announced));
    }
  else
    {
      n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

/* The next that is announced, and nothing before it. Returns: its number */
static guint
expect (const char *text)
{
  rfi_test_wait (announced->len > 0);
  g_assert_cmpstr (announced->pdata[0], ==, text);
  g_ptr_array_remove_index (announced, 0);
  return n_announced - announced->len;
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Until the console knows what the service answered. */
static void
wait_for_answer (void)
{
  GDBusConnection *connection =
    g_application_get_dbus_connection (G_APPLICATION (rfi_test_desk_application ()));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GVariant) id = NULL;
  g_autoptr(GError) error = NULL;

  g_dbus_connection_flush_sync (bus, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "GetId", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  id = g_dbus_connection_call_finish (connection, result, &error);
  g_assert_no_error (error);
}

/* The person goes to another program. */
static void
leave_console (void)
{
  static GtkWidget *other;

  if (other == NULL)
    other = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (other));
  rfi_test_wait (!gtk_window_is_active (rfi_test_desk_window ()));
}

static void
click (guint       number,
       const char *action)
{
  wait_for_answer ();
  g_dbus_connection_emit_signal (bus, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", "ActionInvoked",
                                 g_variant_new ("(us)", number, action), NULL);
}

/* Others */

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

/* Returns: (transfer full): its id */
static char *
create_elsewhere (const char *title,
                  const char *priority)
{
  g_autofree char *json = g_strdup_printf (
    "{\"title\":\"%s\",\"description\":\"d\",\"priority\":\"%s\",\"vendorId\":\"%s\",\"location\":"
    "{\"storeName\":\"QuickStop #3\",\"address\":\"1 Main St\",\"city\":\"Dallas\","
    "\"state\":\"TX\",\"zipCode\":\"75201\"}}", title, priority, "vendor-001");

  return call ("POST", "/api/jobs", json);
}

static void
change_elsewhere (const char *job_id,
                  const char *method,
                  const char *what,
                  const char *format)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s%s", job_id, what);
  g_autofree char *job_path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (
    http, rfi_test_server_get_url (server), "GET", job_path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autoptr(GString) json = g_string_new (format);
  g_autofree char *id = NULL;

  g_string_replace (json, "ETAG", etag, 0);
  id = call (method, path, json->str);
}

static void
edit (const char *job_id,
      RfiField    field,
      const char *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_patch_set (patch, field, value);
  rfi_session_edit_async (rfi_test_desk_session (), job_id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (rfi_test_desk_session (), result, &error);
  g_assert_no_error (error);
}

static gboolean
has_job (const char *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()), job_id) != NULL;
}

static RfiPriority
get_priority (const char *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()), job_id)
    ->work->priority;
}

static void
assign_elsewhere (const char *job_id)
{
  g_autofree char *json = g_strdup_printf ("{\"technicianId\":\"%s\"}", technician);

  change_elsewhere (job_id, "POST", "/assign", json);
}

static void
sign_out (void)
{
  rfi_test_desk_activate ("win.sign-out", NULL);
  rfi_test_desk_answer ("yes");
  rfi_test_wait (rfi_test_desk_reads ("Sign in to your dispatch console"));
}

/* A technician sees a job only since it is theirs. What was told of it goes with them: the next
 * person at this desktop has no business with it. */
static void
test_technician (void)
{
  g_autofree char *id = NULL;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_TECHNICIAN);
  leave_console ();
  id = create_elsewhere ("Shelf lamp", "low");
  assign_elsewhere (id);
  expect ("New for you: Shelf lamp|QuickStop #3 · Dallas");

  wait_for_answer ();
  g_assert_cmpuint (n_closed, ==, 0);
  sign_out ();
  rfi_test_wait (n_closed == 1);
}

/* The sample's jobs are late by any rule; here only what a case makes so is an alert. */
static void
drop_rules (void)
{
  static const char * const rules[] = {
    "alert-unassigned", "alert-unacknowledged", "alert-late", "alert-overrun", "sla-urgent",
    "sla-high", "sla-medium", "sla-low",
  };
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    g_settings_set_uint (settings, rules[i], 0);
}

static void
test_sign_in (void)
{
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  gtk_window_present (rfi_test_desk_window ());
}

/* While the console is used, it says so itself. */
static void
test_used (void)
{
  RfiBoardPage *board = RFI_BOARD_PAGE (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE));
  guint n = n_announced;
  g_autofree char *id = NULL;

  rfi_test_wait (gtk_window_is_active (rfi_test_desk_window ()));
  id = create_elsewhere ("Fire in aisle 2", "urgent");
  rfi_test_wait (rfi_test_desk_reads ("Urgent: Fire in aisle 2"));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "news-toast");
  gtk_widget_activate_action (GTK_WIDGET (rfi_test_desk_window ()), "app.show-job", "s", id);
  rfi_test_wait (g_strcmp0 (rfi_board_page_get_selected_id (board), id) == 0);
  g_assert_cmpuint (n_announced, ==, n);
}

/* What there was before is no news; and Open opens. */
static void
test_urgent (void)
{
  g_autofree char *calm = NULL;
  g_autofree char *id = NULL;
  RfiBoardPage *board = RFI_BOARD_PAGE (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE));
  g_autofree char *open = NULL;
  guint number;

  leave_console ();
  calm = create_elsewhere ("Paint the door", "low");
  id = create_elsewhere ("Flood in aisle 4", "urgent");
  open = g_strdup_printf ("app.show-job::%s", calm);
  number = expect ("Urgent: Flood in aisle 4|QuickStop #3 · Dallas");
  g_assert_cmpstr (rfi_board_page_get_selected_id (board), !=, id);
  click (number, "default");
  rfi_test_wait (g_strcmp0 (rfi_board_page_get_selected_id (board), id) == 0);
  rfi_test_wait (gtk_window_is_active (rfi_test_desk_window ()));
  leave_console ();

  /* One that becomes urgent, and the button. */
  change_elsewhere (calm, "PATCH", "", "{\"_etag\":\"ETAG\",\"priority\":\"urgent\"}");
  number = expect ("Urgent: Paint the door|QuickStop #3 · Dallas");
  click (number, open);
  rfi_test_wait (g_strcmp0 (rfi_board_page_get_selected_id (board), calm) == 0);
  leave_console ();
}

/* Nor is what one does oneself, nor what one does not want to know. */
static void
test_settings (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autofree char *own = create_elsewhere ("Dust the shelves", "low");
  g_autofree char *unwanted = NULL;
  g_autofree char *wanted = NULL;

  rfi_test_wait (has_job (own));
  edit (own, RFI_FIELD_PRIORITY, "urgent");
  g_settings_set_boolean (settings, "notify-urgent-job", FALSE);
  unwanted = create_elsewhere ("Not to be told", "urgent");
  rfi_test_wait (has_job (unwanted));
  /* News are read with the next look at the server, at the latest. */
  rfi_test_desk_set_offline (TRUE);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_settle ();
  g_settings_reset (settings, "notify-urgent-job");
  wanted = create_elsewhere ("To be told", "urgent");
  expect ("Urgent: To be told|QuickStop #3 · Dallas");
}

static void
test_assignment (void)
{
  g_autofree char *id = create_elsewhere ("Fix the gate", "medium");

  assign_elsewhere (id);
  expect ("Fix the gate is assigned to Ahmed (Technician)|QuickStop #3 · Dallas");
}

static void
test_conflict (void)
{
  g_autofree char *id = create_elsewhere ("Broken till", "low");
  guint number;

  rfi_test_wait (has_job (id));
  rfi_test_desk_set_offline (TRUE);
  edit (id, RFI_FIELD_TITLE, "Till 2 is broken");
  change_elsewhere (id, "PATCH", "", "{\"_etag\":\"ETAG\",\"title\":\"Till 7 is broken\"}");
  rfi_test_desk_set_offline (FALSE);
  number = expect ("Conflict: Till 2 is broken|It was changed elsewhere while your change waited. "
                   "Compare and decide.");
  click (number, "default");
  rfi_test_wait (rfi_test_desk_find_named ("use_server") != NULL);
  rfi_test_desk_click ("use_server");
  rfi_test_desk_show_page ("board");
  leave_console ();
}

/* A technician leaves their post, which this console has not heard of yet. */
static void
dismiss_technicians (void)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (server), "server.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE user SET role = 1 WHERE role = 2", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_refused (void)
{
  g_autofree char *id = create_elsewhere ("Stuck door", "low");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_test_wait (has_job (id));
  dismiss_technicians ();
  rfi_session_assign_async (rfi_test_desk_session (), id, technician, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (rfi_test_desk_session (), result, &error);
  g_assert_no_error (error);

  rfi_test_wait (announced->len > 0);
  g_assert_true (g_str_has_prefix (announced->pdata[0], "Refused by the server: Stuck door|"));
  g_assert_false (g_str_has_suffix (announced->pdata[0], "|"));
  g_ptr_array_remove_index (announced, 0);
  click (n_announced, "default");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_QUEUE_ROW) != NULL);
  rfi_test_desk_show_page ("board");
  leave_console ();
}

/* A job that begins to want attention offers to be assigned; once it is settled nothing is left to
 * be told. In quiet hours the list alone says it. */
static void
test_alert (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autofree char *id = NULL;
  g_autofree char *assign = NULL;
  g_autofree char *loud = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  guint minute = (guint) (g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now));
  guint n;

  g_settings_set_uint (settings, "sla-high", 60);
  g_settings_set_uint (settings, "sla-risk", 60);
  rfi_test_settle ();
  g_assert_cmpuint (announced->len, ==, 0);

  /* In its last hour from the first moment. */
  id = create_elsewhere ("Gas smell in the store room", "high");
  rfi_test_wait (announced->len > 0);
  g_assert_true (g_str_has_prefix (announced->pdata[0], "Gas smell in the store room|Due in "));
  g_assert_true (g_str_has_suffix (announced->pdata[0], " by its priority\nQuickStop #3 · Dallas"));
  g_ptr_array_remove_index (announced, 0);
  assign = g_strdup_printf ("app.assign::%s", id);
  click (n_announced, assign);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  gtk_window_destroy (rfi_test_desk_dialog ());
  leave_console ();

  change_elsewhere (id, "PATCH", "", "{\"_etag\":\"ETAG\",\"priority\":\"low\"}");
  rfi_test_wait (get_priority (id) == RFI_PRIORITY_LOW);
  change_elsewhere (id, "PATCH", "", "{\"_etag\":\"ETAG\",\"priority\":\"high\"}");
  rfi_test_wait (announced->len > 0);
  g_ptr_array_remove_index (announced, 0);
  wait_for_answer ();
  n = n_closed;
  change_elsewhere (id, "PATCH", "", "{\"_etag\":\"ETAG\",\"priority\":\"low\"}");
  rfi_test_wait (n_closed == n + 1);

  g_settings_set_uint (settings, "quiet-from", (minute + 24 * 60 - 60) % (24 * 60));
  g_settings_set_uint (settings, "quiet-until", (minute + 60) % (24 * 60));
  g_settings_set_boolean (settings, "quiet-hours", TRUE);
  change_elsewhere (id, "PATCH", "", "{\"_etag\":\"ETAG\",\"priority\":\"high\"}");
  rfi_test_wait (get_priority (id) == RFI_PRIORITY_HIGH);
  rfi_test_settle ();
  g_settings_set_boolean (settings, "quiet-hours", FALSE);
  loud = create_elsewhere ("Broken window", "high");
  rfi_test_wait (announced->len > 0);
  g_assert_true (g_str_has_prefix (announced->pdata[0], "Broken window|Due in "));
  g_ptr_array_remove_index (announced, 0);
  g_settings_set_uint (settings, "sla-high", 0);
}

/* After a night offline nobody wants to click a hundred times. */
static void
test_flood (void)
{
  rfi_test_desk_set_offline (TRUE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("Alarm %u", i);
      g_autofree char *id = create_elsewhere (title, "urgent");
    }
  rfi_test_desk_set_offline (FALSE);
  expect ("5 urgent jobs arrived|");
  g_assert_cmpuint (announced->len, ==, 0);
}

/* Who allowed it is told without a window too, and comes back to what the news are about. */
static void
test_background (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autofree char *id = NULL;
  GtkWidget *board;
  guint number;

  g_settings_set_boolean (settings, "run-in-background", TRUE);
  gtk_window_close (rfi_test_desk_window ());
  rfi_test_wait (rfi_test_desk_window () == NULL);
  id = create_elsewhere ("Alarm at night", "urgent");
  number = expect ("Urgent: Alarm at night|QuickStop #3 · Dallas");
  click (number, "default");
  rfi_test_wait (rfi_test_desk_window () != NULL);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE) != NULL);
  board = rfi_test_desk_find (RFI_TYPE_BOARD_PAGE);
  rfi_test_wait (g_strcmp0 (rfi_board_page_get_selected_id (RFI_BOARD_PAGE (board)), id) == 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(RfiTestAnswer) ahmed = NULL;
  int status;

  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  announced = g_ptr_array_new_with_free_func (g_free);
  bus = rfi_test_bus_serve ("org.freedesktop.Notifications",
                            "<method name='Notify'><arg type='s'/><arg type='u'/><arg type='s'/>"
                            "<arg type='s'/><arg type='s'/><arg type='as'/><arg type='a{sv}'/>"
                            "<arg type='i'/><arg type='u' direction='out'/></method>"
                            "<method name='CloseNotification'><arg type='u'/></method>", call_cb);
  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  http = rfi_test_http_new ();
  drop_rules ();
  token = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  ahmed = rfi_test_http_call (http, rfi_test_server_get_url (server), "POST", "/api/auth/login",
                              NULL, "{\"email\":\"ahmed@coolair.com\",\"password\":\"tech123\"}");
  technician = rfi_test_answer_get (ahmed, "id");

  g_test_add_func ("/notifications/technician", test_technician);
  g_test_add_func ("/notifications/sign-in", test_sign_in);
  g_test_add_func ("/notifications/used", test_used);
  g_test_add_func ("/notifications/urgent", test_urgent);
  g_test_add_func ("/notifications/settings", test_settings);
  g_test_add_func ("/notifications/assignment", test_assignment);
  g_test_add_func ("/notifications/conflict", test_conflict);
  g_test_add_func ("/notifications/refused", test_refused);
  g_test_add_func ("/notifications/alert", test_alert);
  g_test_add_func ("/notifications/flood", test_flood);
  g_test_add_func ("/notifications/background", test_background);

  status = rfi_test_desk_end (g_test_run ());
  g_object_unref (http);
  rfi_test_server_free (server);
  g_ptr_array_unref (announced);
  g_object_unref (bus);
  g_free (token);
  g_free (technician);
  return status;
}
