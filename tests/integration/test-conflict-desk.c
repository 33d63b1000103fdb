/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-audit-entry.h"
#include "rfi-conflict-desk.h"
#include "rfi-decision.h"
#include "rfi-session-cache.h"
#include "rfi-test-console.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"
#include "rfi-time.h"

#include <sqlite3.h>
#include <string.h>

/* Each kind of conflict, settled each way by everybody who may, online and offline: in the end the
 * server, the consoles and the history agree, and no desk has it any more. */

typedef enum {
  ADMIN,
  DISPATCHER,
  TECHNICIAN,
  N_CONSOLES,
} Who;

typedef enum {
  FIELDS,     /* the same field */
  STEP,       /* a step that is none any more */
  RACE,       /* started while it was cancelled */
  DELETED,    /* changed while it was deleted */
  DELETION,   /* deleted while it was changed */
  BOOKING,
  INACTIVE,
  AGAIN,      /* the decision met another change */
} Kind;

typedef enum {
  SERVER,
  MINE,
  OTHER,      /* a value that neither has */
} Resolution;

typedef struct
{
  const char *name;
  Kind        kind;
  Who         maker;       /* whose change it is */
  Who         decider;
  Resolution  resolution;
  gboolean    offline;     /* decided without the server */
} Case;

static const Case cases[] = {
  { "fields/server", FIELDS, DISPATCHER, DISPATCHER, SERVER, FALSE },
  { "fields/mine", FIELDS, DISPATCHER, DISPATCHER, MINE, FALSE },
  { "fields/other", FIELDS, DISPATCHER, DISPATCHER, OTHER, FALSE },
  { "fields/server-offline", FIELDS, DISPATCHER, DISPATCHER, SERVER, TRUE },
  { "fields/mine-offline", FIELDS, DISPATCHER, DISPATCHER, MINE, TRUE },
  { "fields/other-offline", FIELDS, DISPATCHER, DISPATCHER, OTHER, TRUE },
  { "fields/server-by-admin", FIELDS, DISPATCHER, ADMIN, SERVER, FALSE },
  { "fields/mine-by-admin", FIELDS, DISPATCHER, ADMIN, MINE, FALSE },
  { "fields/other-by-admin", FIELDS, DISPATCHER, ADMIN, OTHER, FALSE },
  { "fields/mine-by-admin-offline", FIELDS, DISPATCHER, ADMIN, MINE, TRUE },
  { "fields/server-by-admin-offline", FIELDS, DISPATCHER, ADMIN, SERVER, TRUE },
  { "step/server", STEP, TECHNICIAN, TECHNICIAN, SERVER, FALSE },
  { "step/server-by-dispatcher", STEP, TECHNICIAN, DISPATCHER, SERVER, FALSE },
  { "step/server-offline", STEP, TECHNICIAN, TECHNICIAN, SERVER, TRUE },
  { "step/server-by-admin", STEP, TECHNICIAN, ADMIN, SERVER, FALSE },
  { "race/server", RACE, TECHNICIAN, TECHNICIAN, SERVER, FALSE },
  { "race/server-offline", RACE, TECHNICIAN, TECHNICIAN, SERVER, TRUE },
  { "race/server-by-admin", RACE, TECHNICIAN, ADMIN, SERVER, FALSE },
  { "race/server-by-dispatcher", RACE, TECHNICIAN, DISPATCHER, SERVER, FALSE },
  { "deleted/server", DELETED, DISPATCHER, DISPATCHER, SERVER, FALSE },
  { "deleted/server-offline", DELETED, DISPATCHER, DISPATCHER, SERVER, TRUE },
  { "deleted/server-by-technician", DELETED, TECHNICIAN, TECHNICIAN, SERVER, FALSE },
  { "deleted/mine", DELETED, DISPATCHER, DISPATCHER, MINE, FALSE },
  { "deleted/mine-offline", DELETED, DISPATCHER, DISPATCHER, MINE, TRUE },
  { "deletion/server", DELETION, ADMIN, ADMIN, SERVER, FALSE },
  { "deletion/server-offline", DELETION, ADMIN, ADMIN, SERVER, TRUE },
  { "deletion/mine", DELETION, ADMIN, ADMIN, MINE, FALSE },
  { "deletion/mine-offline", DELETION, ADMIN, ADMIN, MINE, TRUE },
  { "deletion/server-by-dispatcher", DELETION, ADMIN, DISPATCHER, SERVER, FALSE },
  { "booking/server", BOOKING, DISPATCHER, DISPATCHER, SERVER, FALSE },
  { "booking/mine", BOOKING, DISPATCHER, DISPATCHER, MINE, FALSE },
  { "booking/shortened", BOOKING, DISPATCHER, DISPATCHER, OTHER, FALSE },
  { "booking/mine-by-admin", BOOKING, DISPATCHER, ADMIN, MINE, FALSE },
  { "inactive/server", INACTIVE, DISPATCHER, DISPATCHER, SERVER, FALSE },
  { "inactive/another", INACTIVE, DISPATCHER, DISPATCHER, OTHER, FALSE },
  { "inactive/another-by-admin", INACTIVE, DISPATCHER, ADMIN, OTHER, FALSE },
  { "again/server", AGAIN, DISPATCHER, DISPATCHER, SERVER, FALSE },
  { "again/mine", AGAIN, DISPATCHER, DISPATCHER, MINE, FALSE },
};

static RfiTestServer *server;
static RfiTestConsole *consoles[N_CONSOLES];
static char *technician_id;
static SoupSession *http;
static char *token;
static gint64 day;  /* of the next booking: each case has its own */

static RfiConflictDesk *
desk_of (Who who)
{
  return rfi_conflict_desk_get (consoles[who]->session);
}

static guint
count_desk (Who who)
{
  return g_list_model_get_n_items (rfi_conflict_desk_get_list (desk_of (who)));
}

/* (transfer none) (nullable): the one conflict of the job */
static RfiConflict *
find_on_desk (Who         who,
              const char *job_id)
{
  GListModel *list = rfi_conflict_desk_get_list (desk_of (who));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (list, i);
      RfiConflict *conflict = rfi_record_item_get (item);

      if (g_strcmp0 (conflict->job_id, job_id) == 0)
        return conflict;
    }
  return NULL;
}

static gboolean
refreshed (Who  who,
           gboolean done)
{
  if (!done)
    rfi_conflict_desk_refresh (desk_of (who));
  return done;
}

/* Asks again until it is so: nothing tells a console of another's conflict by itself at once. */
#define wait_desk(who, condition) rfi_test_wait (refreshed ((who), (condition)))

static void
edit (Who         who,
      const char *job_id,
      RfiField    field,
      const char *value)
{
  GError *error = NULL;

  rfi_test_console_edit (consoles[who], job_id, field, value, &error);
  g_assert_no_error (error);
}

static void
set_status (Who         who,
            const char *job_id,
            RfiStatus   status)
{
  GError *error = NULL;

  rfi_test_console_set_status (consoles[who], job_id, status, &error);
  g_assert_no_error (error);
}

static void
set_offline (Who      who,
             gboolean offline)
{
  rfi_session_set_forced_offline (consoles[who]->session, offline);
  rfi_test_wait (rfi_session_get_online (consoles[who]->session) == !offline);
}

static void
wait_confirmed (Who         who,
                const char *job_id)
{
  rfi_test_wait (rfi_test_console_get_job (consoles[who], job_id) != NULL &&
                 rfi_test_console_get_mark (consoles[who], job_id) == RFI_MARK_CONFIRMED);
}

/* A job that everybody sees; with the technician, if @assigned. (transfer full) */
static char *
make_job (const Case *row,
          gboolean    assigned)
{
  g_autofree char *temporary = NULL;
  GError *error = NULL;
  char *id;

  temporary = rfi_test_console_create (consoles[DISPATCHER], row->name, "vendor-001",
                                       assigned ? technician_id : NULL, &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_test_console_find_job (consoles[ADMIN], row->name) != NULL);
  id = g_strdup (rfi_test_console_find_job (consoles[ADMIN], row->name)->id);
  wait_confirmed (DISPATCHER, id);
  if (assigned)
    wait_confirmed (TECHNICIAN, id);
  return id;
}

static char *
at_hour (int hour)
{
  return rfi_time_to_string (day + (gint64) hour * 60 * 60 * 1000);
}

static void
set_active (gboolean active)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (server), "server.db", NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE user SET active = %d WHERE id = '%s'", active,
                                          technician_id);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
make_booking (const Case *row,
              const char *job_id)
{
  g_autofree char *nine = at_hour (9);
  g_autofree char *ten = at_hour (10);
  g_autofree char *eleven = at_hour (11);
  g_autofree char *twelve = at_hour (12);
  g_autofree char *title = g_strconcat (row->name, "/first", NULL);
  const Case first = { .name = title };
  g_autofree char *other = make_job (&first, TRUE);

  set_offline (row->maker, TRUE);
  edit (row->maker, job_id, RFI_FIELD_SCHEDULED_START, ten);
  edit (row->maker, job_id, RFI_FIELD_SCHEDULED_END, twelve);
  edit (ADMIN, other, RFI_FIELD_SCHEDULED_START, nine);
  edit (ADMIN, other, RFI_FIELD_SCHEDULED_END, eleven);
  wait_confirmed (ADMIN, other);
}

static void
make_collision (const Case *row,
                const char *job_id)
{
  set_offline (row->maker, TRUE);
  edit (row->maker, job_id, RFI_FIELD_DESCRIPTION, "Mine of the maker");
  edit (ADMIN, job_id, RFI_FIELD_DESCRIPTION, "Theirs of the admin");
  wait_confirmed (ADMIN, job_id);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_deleted (const char *job_id)
{
  g_autofree char *path = g_strconcat ("/api/jobs/", job_id, NULL);
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (http, rfi_test_server_get_url (server), "GET", path, token, NULL);

  return answer->status == 404;
}

/* A technician sets no fields, but goes on with a job. */
static void
make_deleted (const Case *row,
              const char *job_id)
{
  GError *error = NULL;

  set_offline (row->maker, TRUE);
  if (row->maker == TECHNICIAN)
    set_status (row->maker, job_id, RFI_STATUS_IN_PROGRESS);
  else
    edit (row->maker, job_id, RFI_FIELD_DESCRIPTION, "Mine of the maker");
  rfi_test_console_delete (consoles[ADMIN], job_id, &error);
  g_assert_no_error (error);
  /* Before the change comes: else the deletion would meet it. */
  rfi_test_wait (is_deleted (job_id));
}

/* Without the server nothing may be deleted: the line breaks when it has just been asked for. */
static void
make_deletion (const Case *row,
               const char *job_id)
{
  RfiSession *session = consoles[row->maker]->session;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_session_delete_async (session, job_id, keep_cb, &result);
  set_offline (row->maker, TRUE);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (session, result, &error);
  g_assert_no_error (error);
  edit (DISPATCHER, job_id, RFI_FIELD_DESCRIPTION, "Theirs of the dispatcher");
  wait_confirmed (DISPATCHER, job_id);
}

/* What the maker does, and what meets it. */
static void
clash (const Case *row,
       const char *job_id)
{
  GError *error = NULL;

  switch (row->kind)
    {
    case FIELDS:
    case AGAIN:
      make_collision (row, job_id);
      break;
    case STEP:
      set_offline (row->maker, TRUE);
      set_status (row->maker, job_id, RFI_STATUS_IN_PROGRESS);
      set_status (ADMIN, job_id, RFI_STATUS_IN_PROGRESS);
      wait_confirmed (ADMIN, job_id);
      set_status (ADMIN, job_id, RFI_STATUS_COMPLETED);
      wait_confirmed (ADMIN, job_id);
      break;
    case RACE:
      set_offline (row->maker, TRUE);
      set_status (row->maker, job_id, RFI_STATUS_IN_PROGRESS);
      set_status (ADMIN, job_id, RFI_STATUS_CANCELLED);
      wait_confirmed (ADMIN, job_id);
      break;
    case DELETED:
      make_deleted (row, job_id);
      break;
    case DELETION:
      make_deletion (row, job_id);
      break;
    case BOOKING:
      make_booking (row, job_id);
      break;
    case INACTIVE:
    default:
      set_active (FALSE);
      rfi_test_console_assign (consoles[row->maker], job_id, technician_id, &error);
      g_assert_no_error (error);
      break;
    }
  set_offline (row->maker, FALSE);
  rfi_test_wait (find_on_desk (row->maker, job_id) != NULL &&
                 !find_on_desk (row->maker, job_id)->elsewhere &&
                 (row->kind == DELETED || find_on_desk (row->maker, job_id)->record_id != NULL));
  if (row->kind == INACTIVE)
    set_active (TRUE);
}

/* What is decided. (transfer full) (nullable) */
static RfiPatch *
choose (const Case  *row,
        RfiConflict *conflict)
{
  g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
  g_autofree char *later = at_hour (11);
  RfiFault fault;

  /* A deletion sets nothing: any result but none says that it is wanted all the same. */
  if (row->kind == DELETION)
    return row->resolution == MINE ? rfi_patch_new () : NULL;
  if (row->kind == DELETED && row->resolution == MINE)
    return rfi_patch_copy (conflict->operation->patch);

  rfi_decision_choose_all (decision, row->resolution != SERVER);
  if (row->resolution == OTHER && row->kind == BOOKING)
    rfi_decision_set_value (decision, RFI_FIELD_SCHEDULED_START, later);
  else if (row->resolution == OTHER && row->kind == INACTIVE)
    /* They take jobs again: as good as another one. */
    rfi_decision_set_value (decision, RFI_FIELD_ASSIGNED_TO, technician_id);
  else if (row->resolution == OTHER)
    rfi_decision_set_value (decision, RFI_FIELD_DESCRIPTION, "Both of them");
  g_assert_true (rfi_decision_check (decision, &fault));
  return row->resolution == SERVER ? NULL : rfi_decision_to_patch (decision);
}

static void
say (const Case *row,
     Who         who,
     const char *job_id)
{
  RfiConflict *conflict = find_on_desk (who, job_id);
  g_autoptr(RfiPatch) patch = choose (row, conflict);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_conflict_desk_decide_async (desk_of (who), conflict->id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_conflict_desk_decide_finish (desk_of (who), result, &error);
  g_assert_no_error (error);
  rfi_test_wait (find_on_desk (who, job_id) == NULL);
}

static void
decide (const Case *row,
        const char *job_id)
{
  wait_desk (row->decider, find_on_desk (row->decider, job_id) != NULL);
  if (row->offline)
    set_offline (row->decider, TRUE);
  g_assert_cmpint (find_on_desk (row->decider, job_id)->elsewhere, ==,
                   row->decider != row->maker);
  say (row, row->decider, job_id);
  if (row->offline)
    set_offline (row->decider, FALSE);
}

/* The decision meets another change, and is asked for anew. */
static void
meet_again (const Case *row,
            const char *job_id)
{
  static const Case first = { .decider = DISPATCHER, .maker = DISPATCHER, .resolution = OTHER };

  set_offline (row->maker, TRUE);
  say (&first, row->maker, job_id);
  edit (ADMIN, job_id, RFI_FIELD_DESCRIPTION, "Theirs once more");
  wait_confirmed (ADMIN, job_id);
  set_offline (row->maker, FALSE);
  rfi_test_wait (find_on_desk (row->maker, job_id) != NULL);
  g_assert_cmpint (find_on_desk (row->maker, job_id)->operation->kind, ==, RFI_OPERATION_RESOLVE);
}

static gboolean
agree (Who         a,
       Who         b,
       const char *job_id)
{
  const RfiJob *first = rfi_test_console_get_job (consoles[a], job_id);
  const RfiJob *second = rfi_test_console_get_job (consoles[b], job_id);

  g_autoptr(RfiPatch) first_fields = first != NULL ? rfi_job_to_patch (first) : NULL;
  g_autoptr(RfiPatch) second_fields = second != NULL ? rfi_job_to_patch (second) : NULL;

  return first != NULL && second != NULL && rfi_etag_equal (first->etag, second->etag) &&
         rfi_patch_equal (first_fields, second_fields) &&
         rfi_test_console_get_mark (consoles[a], job_id) == RFI_MARK_CONFIRMED &&
         rfi_test_console_get_mark (consoles[b], job_id) == RFI_MARK_CONFIRMED;
}

/* All agree about the job, or that there is none; and about one that was made anew. */
static void
wait_agreed (const Case *row,
             const char *job_id)
{
  gboolean is_gone = row->kind == DELETED || (row->kind == DELETION && row->resolution == MINE);

  if (!is_gone)
    rfi_test_wait (agree (ADMIN, row->maker, job_id) && agree (ADMIN, DISPATCHER, job_id));
  for (Who who = ADMIN; is_gone && who < N_CONSOLES; who++)
    rfi_test_wait (rfi_test_console_get_job (consoles[who], job_id) == NULL);
  g_assert_cmpint (is_deleted (job_id), ==, is_gone);

  if (row->kind == DELETED && row->resolution == MINE)
    {
      g_autofree char *id = NULL;

      rfi_test_wait (rfi_test_console_find_job (consoles[ADMIN], row->name) != NULL);
      id = g_strdup (rfi_test_console_find_job (consoles[ADMIN], row->name)->id);
      g_assert_cmpstr (id, !=, job_id);
      rfi_test_wait (agree (ADMIN, row->maker, id));
    }
}

static const char *
wanted_value (const Case *row)
{
  switch (row->resolution)
    {
    case SERVER:
      return row->kind == AGAIN ? "Theirs once more" : "Theirs of the admin";
    case MINE:
      return row->kind == AGAIN ? "Both of them" : "Mine of the maker";
    case OTHER:
    default:
      return "Both of them";
    }
}

static void
assert_job (const Case *row,
            const char *job_id)
{
  const RfiJob *job = rfi_test_console_get_job (consoles[ADMIN], job_id);
  g_autofree char *ten = at_hour (10);
  g_autofree char *eleven = at_hour (11);
  g_autofree char *twelve = at_hour (12);

  switch (row->kind)
    {
    case FIELDS:
    case AGAIN:
      g_assert_cmpstr (job->description, ==, wanted_value (row));
      break;
    case STEP:
      g_assert_cmpint (job->status, ==, RFI_STATUS_COMPLETED);
      break;
    case RACE:
      g_assert_cmpint (job->status, ==, RFI_STATUS_CANCELLED);
      break;
    case BOOKING:
      /* When it begins was no trouble as long as nobody knew when it ends. */
      g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SCHEDULED_START), ==,
                       row->resolution == OTHER ? eleven : ten);
      g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SCHEDULED_END), ==,
                       row->resolution == SERVER ? "" : twelve);
      break;
    case INACTIVE:
      g_assert_cmpstr (job->assigned_to, ==,
                       row->resolution == SERVER ? NULL : technician_id);
      break;
    case DELETION:
      g_assert_cmpstr (job != NULL ? job->description : NULL, ==,
                       row->resolution == SERVER ? "Theirs of the dispatcher" : NULL);
      break;
    case DELETED:
    default:
      job = rfi_test_console_find_job (consoles[ADMIN], row->name);
      g_assert_cmpstr (job != NULL ? job->description : NULL, ==,
                       row->resolution == SERVER ? NULL : "Mine of the maker");
      break;
    }
}

/* That the server's version stands goes as a letter alone, which no queue shows. */
static gboolean
is_recorded (const char *job_id)
{
  g_autoptr(RfiTestAnswer) records = rfi_test_http_call (
    http, rfi_test_server_get_url (server), "GET", "/api/v1/conflicts?state=resolved", token,
    NULL);

  return strstr (records->text, job_id) != NULL;
}

static void
assert_recorded (const Case *row,
                 const char *job_id)
{
  static const char *const names[N_CONSOLES] = { "System Admin", "Cool Air Dispatcher",
                                                 "Ahmed (Technician)" };
  g_autofree char *path =
    g_strdup_printf ("/api/v1/audit?jobId=%s&limit=50&before=%" G_GINT64_FORMAT, job_id,
                     G_MAXINT64);
  g_autoptr(RfiTestAnswer) records = rfi_test_http_call (
    http, rfi_test_server_get_url (server), "GET", "/api/v1/conflicts?state=resolved", token,
    NULL);
  g_autoptr(RfiTestAnswer) audit =
    rfi_test_http_call (http, rfi_test_server_get_url (server), "GET", path, token, NULL);
  g_autofree char *by = g_strdup_printf ("\"resolvedByName\":\"%s\"", names[row->decider]);
  const char *record = strstr (records->text, job_id);

  g_assert_nonnull (record);
  g_assert_nonnull (strstr (record, by));
  g_assert_nonnull (strstr (audit->text, "\"settle\""));
}

/* What the server keeps of it, and what is told of it where it was made. */
static void
assert_history (const Case *row,
                const char *job_id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  guint n_resolved = 0;

  if (row->kind != DELETED)
    assert_recorded (row, job_id);
  rfi_session_list_audit_async (consoles[row->maker]->session, job_id, 50, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  entries = rfi_session_list_audit_finish (consoles[row->maker]->session, result, NULL);
  for (guint i = 0; i < entries->len; i++)
    n_resolved += ((RfiAuditEntry *) entries->pdata[i])->action == RFI_AUDIT_RESOLVED;
  g_assert_cmpuint (n_resolved, >, 0);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autofree char *job_id = make_job (row, row->kind == STEP || row->kind == RACE ||
                                             row->kind == BOOKING || row->maker == TECHNICIAN);

  day += G_GINT64_CONSTANT (24) * 60 * 60 * 1000;
  clash (row, job_id);
  if (row->kind == AGAIN)
    meet_again (row, job_id);
  decide (row, job_id);

  /* It leaves every desk, wherever it was settled; what waits for an answer given elsewhere goes
   * when its desk has asked. */
  for (Who who = ADMIN; who < N_CONSOLES; who++)
    {
      wait_desk (who, count_desk (who) == 0);
      rfi_test_console_wait_sent (consoles[who]);
    }
  /* Who hears of a deletion first has a conflict that the server never knew. */
  rfi_test_wait (row->kind == DELETED || is_recorded (job_id));
  wait_agreed (row, job_id);
  assert_job (row, job_id);
  assert_history (row, job_id);
}

/* Handed on, looked into, decided by whom it was handed to. */
static void
test_escalation (void)
{
  static const Case row = { "escalated", FIELDS, DISPATCHER, ADMIN, MINE, FALSE };
  g_autofree char *job_id = make_job (&row, FALSE);
  g_autoptr(GAsyncResult) people_result = NULL;
  g_autoptr(GAsyncResult) escalated = NULL;
  g_autoptr(GAsyncResult) begun = NULL;
  g_autoptr(GAsyncResult) refused = NULL;
  g_autoptr(GPtrArray) people = NULL;
  g_autoptr(GError) error = NULL;
  const char *conflict_id;

  clash (&row, job_id);
  conflict_id = find_on_desk (DISPATCHER, job_id)->id;
  rfi_conflict_desk_list_people_async (desk_of (DISPATCHER), conflict_id, keep_cb,
                                       &people_result);
  rfi_test_wait (people_result != NULL);
  people = rfi_conflict_desk_list_people_finish (desk_of (DISPATCHER), people_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, >=, 2);

  rfi_conflict_desk_escalate_async (desk_of (DISPATCHER), conflict_id,
                                    ((RfiUser *) people->pdata[0])->id, "Whose part is it?",
                                    keep_cb, &escalated);
  rfi_test_wait (escalated != NULL);
  rfi_conflict_desk_ask_finish (desk_of (DISPATCHER), escalated, &error);
  g_assert_no_error (error);
  wait_desk (ADMIN, find_on_desk (ADMIN, job_id) != NULL &&
                    rfi_conflict_facts_is_escalated (find_on_desk (ADMIN, job_id)->facts));
  g_assert_cmpstr (find_on_desk (ADMIN, job_id)->facts->escalation_note, ==, "Whose part is it?");

  rfi_conflict_desk_investigate_async (desk_of (ADMIN), find_on_desk (ADMIN, job_id)->id,
                                       RFI_CASE_BEGIN, NULL, "Asking the store", keep_cb, &begun);
  rfi_test_wait (begun != NULL);
  rfi_conflict_desk_ask_finish (desk_of (ADMIN), begun, &error);
  g_assert_no_error (error);
  wait_desk (DISPATCHER,
             rfi_conflict_facts_is_investigated (find_on_desk (DISPATCHER, job_id)->facts));
  /* Only admins look into things. */
  rfi_conflict_desk_investigate_async (desk_of (DISPATCHER),
                                       find_on_desk (DISPATCHER, job_id)->id, RFI_CASE_NOTE, NULL,
                                       "Me too", keep_cb, &refused);
  rfi_test_wait (refused != NULL);
  g_assert_false (rfi_conflict_desk_ask_finish (desk_of (DISPATCHER), refused, &error));

  decide (&row, job_id);
  wait_desk (DISPATCHER, count_desk (DISPATCHER) == 0);
  rfi_test_wait (agree (ADMIN, DISPATCHER, job_id));
  assert_job (&row, job_id);
}

static int
undo (Who who)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  int n;

  rfi_conflict_desk_undo_async (desk_of (who), keep_cb, &result);
  rfi_test_wait (result != NULL);
  n = rfi_conflict_desk_undo_finish (desk_of (who), result, &error);
  g_assert_true ((n < 0) == (error != NULL));
  return n;
}

/* A decision is taken back while it waits, decided otherwise, and stands once it is sent. */
static void
test_undo (gconstpointer data)
{
  const Case *row = data;
  g_autofree char *job_id = make_job (row, FALSE);
  RfiConflict *conflict;
  g_autoptr(RfiPatch) patch = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  Case again = *row;

  clash (row, job_id);
  wait_desk (row->decider, find_on_desk (row->decider, job_id) != NULL);
  set_offline (row->decider, TRUE);
  conflict = find_on_desk (row->decider, job_id);
  patch = choose (row, conflict);
  rfi_conflict_desk_begin (desk_of (row->decider));
  rfi_conflict_desk_decide_async (desk_of (row->decider), conflict->id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL && find_on_desk (row->decider, job_id) == NULL);
  g_assert_cmpint (undo (row->decider), ==, 1);
  rfi_test_wait (find_on_desk (row->decider, job_id) != NULL);
  set_offline (row->decider, FALSE);

  again.resolution = row->resolution == MINE ? SERVER : MINE;
  rfi_conflict_desk_begin (desk_of (row->decider));
  decide (&again, job_id);
  rfi_test_wait (is_recorded (job_id));
  for (Who who = ADMIN; who < N_CONSOLES; who++)
    wait_desk (who, count_desk (who) == 0);
  rfi_test_wait (agree (ADMIN, DISPATCHER, job_id));
  assert_job (&again, job_id);
  g_assert_cmpint (undo (row->decider), <, 1);
}

/* What was said once and for all settles by itself. */
static void
test_choices (void)
{
  static const Case row = { "chosen", FIELDS, DISPATCHER, DISPATCHER, MINE, FALSE };
  g_autofree char *job_id = make_job (&row, FALSE);

  make_collision (&row, job_id);
  rfi_conflict_desk_set_choices (desk_of (DISPATCHER),
                                 g_variant_new_parsed ("{'description': 'mine'}"));
  set_offline (DISPATCHER, FALSE);
  rfi_test_wait (rfi_test_console_get_mark (consoles[DISPATCHER], job_id) ==
                   RFI_MARK_CONFIRMED &&
                 agree (ADMIN, DISPATCHER, job_id) &&
                 g_str_equal (rfi_test_console_get_job (consoles[ADMIN], job_id)->description,
                              "Mine of the maker"));
  wait_desk (DISPATCHER, count_desk (DISPATCHER) == 0);
  rfi_conflict_desk_set_choices (desk_of (DISPATCHER), NULL);
  assert_history (&row, job_id);
}

static void
begin (void)
{
  const char *url;

  server = rfi_test_server_new (NULL);
  url = rfi_test_server_get_url (server);
  for (Who who = ADMIN; who < N_CONSOLES; who++)
    consoles[who] = rfi_test_console_new ();
  rfi_test_console_sign_in (consoles[ADMIN], url, RFI_TEST_ADMIN);
  rfi_test_console_sign_in (consoles[DISPATCHER], url, RFI_TEST_DISPATCHER);
  rfi_test_console_sign_in (consoles[TECHNICIAN], url, RFI_TEST_TECHNICIAN);
  technician_id = g_strdup (rfi_session_get_user (consoles[TECHNICIAN]->session)->id);
  http = rfi_test_http_new ();
  token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  day = G_GINT64_CONSTANT (2000000000000);
  for (Who who = ADMIN; who < N_CONSOLES; who++)
    rfi_test_wait (rfi_session_get_sync_state (consoles[who]->session)->dialect ==
                   RFI_DIALECT_SYNC_V1);
}

static void
end (void)
{
  for (Who who = ADMIN; who < N_CONSOLES; who++)
    rfi_test_console_free (consoles[who]);
  rfi_test_server_free (server);
  g_object_unref (http);
  g_free (token);
  g_free (technician_id);
}

int
main (int   argc,
      char *argv[])
{
  static const Case undone[] = {
    { "undone/mine", FIELDS, DISPATCHER, DISPATCHER, MINE, TRUE },
    { "undone/server", FIELDS, DISPATCHER, DISPATCHER, SERVER, TRUE },
    { "undone/by-admin", FIELDS, DISPATCHER, ADMIN, MINE, TRUE },
  };
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/conflict-desk/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (undone); i++)
    {
      g_autofree char *name = g_strconcat ("/conflict-desk/", undone[i].name, NULL);

      g_test_add_data_func (name, &undone[i], test_undo);
    }
  g_test_add_func ("/conflict-desk/escalation", test_escalation);
  g_test_add_func ("/conflict-desk/choices", test_choices);

  begin ();
  status = g_test_run ();
  end ();
  return status;
}
