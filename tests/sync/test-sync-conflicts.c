/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-ask.h"

/* Two people change the same job: what fits is merged, what collides waits for a person with
 * everything they need to decide, and nobody else's work waits for it. At a server of ours in
 * both dialects and at one of the bare contract.
 */

static RfiTestServer *server;
static char *technician_id;

typedef enum {
  OURS,
  PLAIN,
  SYNC_V1,
  N_WAYS
} Way;

static const char *const way_names[N_WAYS] = { "ours", "plain", "v1" };

typedef struct
{
  RfiFaultProxy  *proxy;
  RfiTestConsole *console;  /* one person */
  RfiTestConsole *other;    /* another; its engine never starts */
  RfiJob         *job;      /* (nullable): both have seen it */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  const char *url = rfi_test_server_get_url (server);

  f->proxy = rfi_fault_proxy_new (url);
  rfi_fault_proxy_set_plain (f->proxy, GPOINTER_TO_INT (data) == PLAIN);
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_DROP_REQUEST, NULL, "*negotiate*", 0, G_MAXUINT);
  f->console = rfi_test_console_new_still (url, rfi_fault_proxy_get_url (f->proxy),
                                           RFI_TEST_ADMIN);
  f->other = rfi_test_console_new_still (url, url, RFI_TEST_DISPATCHER);
  f->job = rfi_test_ask_create (f->other, "Broken door", technician_id);
  if (GPOINTER_TO_INT (data) == SYNC_V1)
    rfi_test_console_use_key (f->console);
  rfi_test_console_start (f->console);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_pointer (&f->job, rfi_job_unref);
  g_clear_pointer (&f->console, rfi_test_console_free);
  g_clear_pointer (&f->other, rfi_test_console_free);
  g_clear_object (&f->proxy);
}

static gboolean
speaks_v1 (Fixture *f)
{
  return f->console->key != NULL;
}

static RfiSyncState *
get_state (Fixture *f)
{
  return rfi_sync_engine_get_state (f->console->engine);
}

/* The person types while offline; then the console comes back. */
static void
go_offline (Fixture *f)
{
  rfi_sync_engine_set_forced_offline (f->console->engine, TRUE);
  rfi_test_console_idle (f->console);
}

static void
come_back (Fixture *f)
{
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_turn (f->console, get_state (f)->online && get_state (f)->n_queued == 0);
  rfi_test_console_idle (f->console);
}

static void
do_field (Fixture          *f,
          RfiOperationKind  kind,
          RfiField          field,
          const char       *value)
{
  g_autoptr(RfiPatch) patch = rfi_test_patch (field, value);
  g_autoptr(RfiOperation) operation = rfi_test_console_do (f->console, kind, f->job->id, patch);

  g_assert_nonnull (operation);
}

static RfiConflict *
get_conflict (Fixture *f)
{
  g_autoptr(GPtrArray) conflicts = rfi_test_console_list_conflicts (f->console);

  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpuint (get_state (f)->n_conflicts, ==, 1);
  return rfi_conflict_ref (g_ptr_array_index (conflicts, 0));
}

static void
assert_no_conflict (Fixture *f)
{
  g_autoptr(GPtrArray) conflicts = rfi_test_console_list_conflicts (f->console);
  g_autoptr(GPtrArray) outbox = rfi_test_console_list_outbox (f->console);

  g_assert_cmpuint (conflicts->len, ==, 0);
  g_assert_cmpuint (outbox->len, ==, 0);
}

static void
test_merges (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiJob) result = NULL;

  go_offline (f);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Broken window");
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_CITY, "Austin");
  theirs = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_DESCRIPTION, "Glass on the floor");
  come_back (f);

  assert_no_conflict (f);
  result = rfi_test_ask_job (f->other, f->job->id);
  g_assert_cmpstr (result->title, ==, "Broken window");
  g_assert_cmpstr (result->description, ==, "Glass on the floor");
  g_assert_cmpstr (result->city, ==, "Austin");
  g_assert_cmpstr (result->zip_code, ==, "75201");
}

/* Two steps of one job typed offline carry the same etag; the second must not fail for it. */
static void
test_two_steps (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(RfiPatch) step = rfi_test_patch (RFI_FIELD_STATUS, "completed");
  g_autoptr(RfiPatch) seen = rfi_test_patch (RFI_FIELD_STATUS, "in-progress");
  RfiOperation template = {
    .kind = RFI_OPERATION_SET_STATUS,
    .job_id = (char *) f->job->id,
    .base_etag = (char *) RFI_ETAG_TEXT (f->job->etag),
    .patch = step,
    .before = seen,
  };
  g_autoptr(RfiOperation) second = NULL;
  g_autoptr(RfiJob) result = NULL;

  go_offline (f);
  do_field (f, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "in-progress");
  second = rfi_test_console_enqueue (f->console, &template);
  come_back (f);

  assert_no_conflict (f);
  result = rfi_test_ask_job (f->other, f->job->id);
  g_assert_cmpint (result->status, ==, RFI_STATUS_COMPLETED);
  if (!speaks_v1 (f))
    g_assert_cmpuint (rfi_fault_proxy_count (f->proxy, "PATCH", "*/status"), ==, 2);
}

static void
test_fields_collide (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiJob) server_job = NULL;
  g_autoptr(RfiConflict) conflict = NULL;

  go_offline (f);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Broken window");
  theirs = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Broken gate");
  come_back (f);

  conflict = get_conflict (f);
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_FIELDS);
  g_assert_cmpstr (conflict->job_id, ==, f->job->id);
  g_assert_cmpstr (rfi_patch_get (conflict->base, RFI_FIELD_TITLE), ==, "Broken door");
  g_assert_cmpstr (rfi_patch_get (conflict->base, RFI_FIELD_CITY), ==, "Dallas");
  g_assert_cmpstr (rfi_patch_get (conflict->operation->patch, RFI_FIELD_TITLE), ==,
                   "Broken window");
  g_assert_cmpstr (rfi_patch_get (conflict->theirs, RFI_FIELD_TITLE), ==, "Broken gate");
  if (!speaks_v1 (f))
    g_assert_cmpstr (conflict->theirs_etag, ==, RFI_ETAG_TEXT (theirs->etag));
  g_assert_cmpint (conflict->theirs_at, ==, theirs->updated_at);

  /* Nobody's value was overwritten meanwhile. */
  server_job = rfi_test_ask_job (f->other, f->job->id);
  g_assert_cmpstr (server_job->title, ==, "Broken gate");
}

/* The same change by two people is no conflict. */
static void
test_same_change (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(RfiJob) theirs = NULL;

  go_offline (f);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Broken gate");
  theirs = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Broken gate");
  come_back (f);
  assert_no_conflict (f);
}

static void
test_illegal_step (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiConflict) conflict = NULL;

  go_offline (f);
  do_field (f, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "in-progress");
  theirs = rfi_test_ask_status (f->other, f->job->id, RFI_STATUS_CANCELLED);
  come_back (f);

  conflict = get_conflict (f);
  g_assert_cmpint (conflict->reason, ==,
                   speaks_v1 (f) ? RFI_CONFLICT_STATE_RACE : RFI_CONFLICT_ILLEGAL_STEP);
  g_assert_cmpstr (rfi_patch_get (conflict->theirs, RFI_FIELD_STATUS), ==, "cancelled");
}

/* The bare contract takes an assignment of a cancelled job; the engine does not send it. */
static void
test_assign_over (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiJob) result = NULL;
  g_autoptr(RfiConflict) conflict = NULL;

  theirs = rfi_test_ask_assign (f->other, f->job->id, NULL);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_MANUAL);
  rfi_test_console_pass (f->console, 1);
  go_offline (f);
  do_field (f, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, technician_id);
  result = rfi_test_ask_status (f->other, f->job->id, RFI_STATUS_CANCELLED);
  come_back (f);

  conflict = get_conflict (f);
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_ILLEGAL_STEP);
  g_assert_cmpuint (rfi_fault_proxy_count (f->proxy, "POST", "*/assign"), ==, 0);
}

static void
test_edit_of_deleted (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr(RfiConflict) conflict = NULL;

  go_offline (f);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Broken window");
  rfi_test_ask_delete (f->console, f->job->id);
  come_back (f);

  conflict = get_conflict (f);
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_DELETED);
  g_assert_null (conflict->theirs);
  g_assert_cmpstr (conflict->job_title, !=, "");
}

/* What a pull makes a conflict of is the server's to judge, at once: no time passes. */
static void
test_deleted_by_pull (Fixture       *f,
                      gconstpointer  data)
{
  static const char delta[] = "/api/v1/sync/delta*";
  g_autoptr(RfiPatch) title = rfi_test_patch (RFI_FIELD_TITLE, "Broken window");
  g_autoptr(RfiPatch) before = rfi_test_patch (RFI_FIELD_TITLE, f->job->title);
  g_autoptr(RfiOperation) operation = NULL;
  g_autoptr(RfiConflict) conflict = NULL;
  RfiOperation template = {
    .id = (char *) "5e2b4dd8-6a3c-4f1e-9a57-0d8c6f3b2a41",
    .kind = RFI_OPERATION_EDIT,
    .job_id = (char *) f->job->id,
    .base_etag = (char *) RFI_ETAG_TEXT (f->job->etag),
    .user_id = f->console->user->id,
    .patch = title,
    .before = before,
    .created_at = 1,
  };
  guint n_before;

  rfi_test_ask_delete (f->console, f->job->id);
  n_before = rfi_fault_proxy_count (f->proxy, "GET", delta);
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_DELAY, "GET", delta, 0, 1);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_MANUAL);
  rfi_test_console_turn (f->console, rfi_fault_proxy_count (f->proxy, "GET", delta) > n_before);
  /* Typed while it is under way, and the engine has not heard of it. */
  operation = rfi_operation_new (&template);
  rfi_store_enqueue_async (f->console->store, operation, NULL, NULL, NULL);
  rfi_fault_proxy_release (f->proxy);
  rfi_test_console_turn (f->console, get_state (f)->n_conflicts == 1);
  rfi_test_console_idle (f->console);

  conflict = get_conflict (f);
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_DELETED);
  g_assert_nonnull (conflict->record_id);
}

/* What the person did not see is not deleted without asking. */
static void
test_delete_of_edited (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr(RfiOperation) operation = NULL;
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiJob) result = NULL;
  g_autoptr(RfiConflict) conflict = NULL;

  go_offline (f);
  operation = rfi_test_console_do (f->console, RFI_OPERATION_DELETE, f->job->id, NULL);
  theirs = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Still needed");
  come_back (f);

  conflict = get_conflict (f);
  g_assert_cmpint (conflict->operation->kind, ==, RFI_OPERATION_DELETE);
  result = rfi_test_ask_job (f->other, f->job->id);
  g_assert_nonnull (result);
}

static void
test_deleted_twice (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr(RfiOperation) operation = NULL;

  go_offline (f);
  operation = rfi_test_console_do (f->console, RFI_OPERATION_DELETE, f->job->id, NULL);
  rfi_test_ask_delete (f->console, f->job->id);
  come_back (f);
  assert_no_conflict (f);
}

/* A conflict keeps its own job's later operations waiting, and nobody else's. */
static void
test_blocks_only_its_job (Fixture       *f,
                          gconstpointer  data)
{
  g_autoptr(RfiJob) independent = rfi_test_ask_create (f->other, "Independent", NULL);
  g_autoptr(RfiPatch) patch = rfi_test_patch (RFI_FIELD_TITLE, "Went through");
  g_autoptr(RfiOperation) operation = NULL;
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiJob) result = NULL;
  g_autoptr(RfiJob) blocked = NULL;
  g_autoptr(GPtrArray) outbox = NULL;

  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_MANUAL);
  rfi_test_console_pass (f->console, 1);
  go_offline (f);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Broken window");
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_DESCRIPTION, "Later");
  operation = rfi_test_console_do (f->console, RFI_OPERATION_EDIT, independent->id, patch);
  theirs = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Broken gate");
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_turn (f->console, get_state (f)->n_conflicts == 1);
  rfi_test_console_idle (f->console);

  result = rfi_test_ask_job (f->other, independent->id);
  g_assert_cmpstr (result->title, ==, "Went through");
  blocked = rfi_test_ask_job (f->other, f->job->id);
  g_assert_cmpstr (blocked->description, !=, "Later");
  outbox = rfi_test_console_list_outbox (f->console);
  g_assert_cmpuint (outbox->len, ==, 2);
}

/* Using the server's version lets the next one through. */
static void
test_resolved (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(RfiPatch) mine = rfi_test_patch (RFI_FIELD_TITLE, "Broken window");
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiConflict) conflict = NULL;
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiJob) result = NULL;
  const char *method = speaks_v1 (f) ? "POST" : "PATCH";
  const char *path = speaks_v1 (f) ? "/api/v1/sync/push" : "/api/jobs/*";
  guint n_before;

  go_offline (f);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Broken window");
  theirs = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Broken gate");
  come_back (f);
  conflict = get_conflict (f);

  n_before = rfi_fault_proxy_count (f->proxy, method, path);
  rfi_store_resolve_conflict_async (f->console->store, conflict->id, mine, id, 1, NULL, NULL,
                                    NULL);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_OPERATION);
  rfi_test_console_turn (f->console,
                         rfi_fault_proxy_count (f->proxy, method, path) > n_before &&
                           get_state (f)->n_conflicts == 0 && get_state (f)->n_queued == 0);
  rfi_test_console_idle (f->console);
  assert_no_conflict (f);
  result = rfi_test_ask_job (f->other, f->job->id);
  g_assert_cmpstr (result->title, ==, "Broken window");
}

/* What was sent with the one in conflict and blocked behind it follows at once, a withdrawal with
 * what comes after it too: no time passes. */
static void
test_blocked_follows (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr(RfiPatch) mine = rfi_test_patch (RFI_FIELD_TITLE, "Broken window");
  g_autoptr(RfiPatch) city = rfi_test_patch (RFI_FIELD_CITY, "Austin");
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiOperation) given_up = NULL;
  g_autoptr(RfiConflict) conflict = NULL;
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(RfiJob) result = NULL;

  go_offline (f);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Broken window");
  given_up = rfi_test_console_do (f->console, RFI_OPERATION_EDIT, f->job->id, city);
  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_DESCRIPTION, "Later");
  theirs = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Broken gate");
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_turn (f->console, get_state (f)->n_conflicts == 1);
  rfi_test_console_idle (f->console);
  conflict = get_conflict (f);

  rfi_store_discard_async (f->console->store, given_up->id, 1, NULL, NULL, NULL);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_OPERATION);
  rfi_test_console_turn (f->console, get_state (f)->n_queued == 1);
  rfi_test_console_idle (f->console);

  rfi_store_resolve_conflict_async (f->console->store, conflict->id, mine, id, 1, NULL, NULL,
                                    NULL);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_OPERATION);
  rfi_test_console_turn (f->console,
                         get_state (f)->n_conflicts == 0 && get_state (f)->n_queued == 0);
  rfi_test_console_idle (f->console);
  assert_no_conflict (f);
  result = rfi_test_ask_job (f->other, f->job->id);
  g_assert_cmpstr (result->title, ==, "Broken window");
  g_assert_cmpstr (result->description, ==, "Later");
  g_assert_cmpstr (result->city, !=, "Austin");
}

/* A refusal waits for a person; nothing else does. */
static void
test_rejected (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GPtrArray) outbox = NULL;
  RfiOperation *operation;

  do_field (f, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "   ");
  rfi_test_console_turn (f->console, get_state (f)->n_failed == 1);
  outbox = rfi_test_console_list_outbox (f->console);
  operation = g_ptr_array_index (outbox, 0);
  g_assert_cmpint (operation->state, ==, RFI_OPERATION_REJECTED);
  g_assert_cmpstr (operation->error_code, ==, "VALIDATION_ERROR");
  g_assert_cmpstr (operation->error_message, !=, "");
}

static void
add (const char *name,
     void      (*func) (Fixture       *f,
                        gconstpointer  data))
{
  for (int way = 0; way < N_WAYS; way++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/conflicts/%s/%s", way_names[way], name);

      g_test_add (path, Fixture, GINT_TO_POINTER (way), set_up, func, tear_down);
    }
}

int
main (int   argc,
      char *argv[])
{
  RfiTestConsole *console;
  int result;

  g_test_init (&argc, &argv, NULL);

  add ("merges", test_merges);
  add ("two-steps", test_two_steps);
  add ("fields-collide", test_fields_collide);
  add ("same-change", test_same_change);
  add ("illegal-step", test_illegal_step);
  add ("assign-over", test_assign_over);
  add ("edit-of-deleted", test_edit_of_deleted);
  add ("delete-of-edited", test_delete_of_edited);
  add ("deleted-twice", test_deleted_twice);
  add ("blocks-only-its-job", test_blocks_only_its_job);
  add ("resolved", test_resolved);
  add ("blocked-follows", test_blocked_follows);
  add ("rejected", test_rejected);
  g_test_add ("/sync/conflicts/v1/deleted-by-pull", Fixture, GINT_TO_POINTER (SYNC_V1), set_up,
              test_deleted_by_pull, tear_down);

  server = rfi_test_server_new (NULL);
  console = rfi_test_console_new (rfi_test_server_get_url (server),
                                  rfi_test_server_get_url (server), RFI_TEST_TECHNICIAN);
  technician_id = g_strdup (console->user->id);
  rfi_test_console_free (console);
  result = g_test_run ();
  g_free (technician_id);
  rfi_test_server_free (server);
  return result;
}
