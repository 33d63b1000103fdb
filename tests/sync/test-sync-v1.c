/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-audit-entry.h"
#include "rfi-test-answer.h"
#include "rfi-test-ask.h"
#include "rfi-test-http.h"
#include "rfi-time.h"

#include <glib/gstdio.h>

/* What only Sync v1 can do, at a real server: numbers that survive copies and restores, changes
 * that are taken back in time and too late, rows that are compared.
 */

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_OF_VISIT (21000 * DAY)

typedef struct
{
  RfiTestServer  *server;
  RfiFaultProxy  *proxy;
  RfiTestConsole *console;
  RfiTestConsole *other;    /* somebody else; its engine never starts */
  RfiJob         *job;      /* both have seen it */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  const char *url;

  f->server = rfi_test_server_new (NULL);
  url = rfi_test_server_get_url (f->server);
  f->proxy = rfi_fault_proxy_new (url);
  f->console = rfi_test_console_new_still (url, rfi_fault_proxy_get_url (f->proxy),
                                           RFI_TEST_ADMIN);
  f->other = rfi_test_console_new_still (url, url, RFI_TEST_DISPATCHER);
  f->job = rfi_test_ask_create (f->other, "Broken door", NULL);
  rfi_test_console_use_key (f->console);
  if (data == NULL)
    rfi_fault_proxy_add (f->proxy, RFI_FAULT_DROP_REQUEST, NULL, "*negotiate*", 0, G_MAXUINT);
  rfi_test_console_start (f->console);
  g_assert_cmpint (rfi_sync_engine_get_state (f->console->engine)->dialect, ==,
                   RFI_DIALECT_SYNC_V1);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_pointer (&f->job, rfi_job_unref);
  g_clear_pointer (&f->console, rfi_test_console_free);
  g_clear_pointer (&f->other, rfi_test_console_free);
  g_clear_object (&f->proxy);
  rfi_test_server_free (f->server);
}

static RfiSyncState *
get_state (RfiTestConsole *console)
{
  return rfi_sync_engine_get_state (console->engine);
}

static void
go_offline (RfiTestConsole *console)
{
  rfi_sync_engine_set_forced_offline (console->engine, TRUE);
  rfi_test_console_idle (console);
}

static void
come_back (RfiTestConsole *console)
{
  rfi_sync_engine_set_forced_offline (console->engine, FALSE);
  rfi_test_console_live (console,
                         get_state (console)->online && get_state (console)->n_queued == 0);
  rfi_test_console_idle (console);
}

static void
sync_now (RfiTestConsole *console)
{
  rfi_sync_engine_kick (console->engine, RFI_SYNC_KICK_MANUAL);
  rfi_test_console_pass (console, 1);
}

static char *
edit (RfiTestConsole *console,
      const char     *job_id,
      RfiField        field,
      const char     *value)
{
  g_autoptr(RfiPatch) patch = rfi_test_patch (field, value);
  g_autoptr(RfiOperation) operation =
    rfi_test_console_do (console, RFI_OPERATION_EDIT, job_id, patch);

  return g_strdup (operation->id);
}

static void
edit_title (RfiTestConsole *console,
            const char     *job_id,
            const char     *title)
{
  g_autofree char *id = edit (console, job_id, RFI_FIELD_TITLE, title);

  g_assert_nonnull (id);
}

static void
assert_outbox (RfiTestConsole *console,
               guint           n)
{
  g_autoptr(GPtrArray) outbox = rfi_test_console_list_outbox (console);
  g_autoptr(GPtrArray) letters = NULL;
  WAIT_FOR (rfi_store_list_letters_async (console->store, NULL, keep_result_cb, &answer));

  letters = rfi_store_list_letters_finish (console->store, answer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outbox->len, ==, n);
  g_assert_cmpuint (letters->len, ==, n);
}

static RfiSigner *
get_signer (RfiTestConsole *console)
{
  RfiSigner *signer;
  WAIT_FOR (rfi_store_get_signer_async (console->store, NULL, keep_result_cb, &answer));

  signer = rfi_store_get_signer_finish (console->store, answer, &error);
  g_assert_no_error (error);
  return signer;
}

static void
assert_title (Fixture    *f,
              const char *job_id,
              const char *title)
{
  g_autoptr(RfiJob) there = rfi_test_ask_job (f->other, job_id);
  g_autoptr(RfiJob) here = rfi_test_console_get_base (f->console, job_id);

  g_assert_nonnull (there);
  g_assert_nonnull (here);
  g_assert_cmpstr (there->title, ==, title);
  g_assert_cmpstr (here->title, ==, title);
}

/* What the server says of the one device there is, as text. */
static char *
ask_devices (Fixture    *f,
             const char *member)
{
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (session, rfi_test_server_get_url (f->server), "GET", "/api/v1/devices",
                        f->console->token, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  return rfi_test_answer_get (answer, member);
}

static void
copy_file (const char *from_dir,
           const char *to_dir,
           const char *name)
{
  g_autofree char *from = g_build_filename (from_dir, name, NULL);
  g_autofree char *to = g_build_filename (to_dir, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (from, &content, &length, NULL))
    {
      g_unlink (to);
      return;
    }
  g_assert_true (g_file_set_contents (to, content, (gssize) length, &error));
  g_assert_no_error (error);
}

static void
copy_database (const char *from_dir,
               const char *to_dir,
               const char *name)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (name, suffixes[i], NULL);

      copy_file (from_dir, to_dir, file);
    }
}

/* Days of work of both sides meet. */
static void
test_three_days (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *title = g_strdup_printf ("Long weekend %u", i);

      g_ptr_array_add (jobs, rfi_test_ask_create (f->other, title, NULL));
    }
  sync_now (f->console);
  go_offline (f->console);
  for (guint i = 0; i < 8; i++)
    {
      RfiJob *job = g_ptr_array_index (jobs, i);
      g_autofree char *first = edit (f->console, job->id, RFI_FIELD_TITLE, "Typed on the train");
      g_autofree char *second = edit (f->console, job->id, RFI_FIELD_CITY, "Austin");

      g_assert_cmpstr (first, !=, second);
      rfi_test_clock_advance (f->console->clock, DAY / 3);
    }
  for (guint i = 4; i < 12; i++)
    {
      RfiJob *job = g_ptr_array_index (jobs, i);
      g_autoptr(RfiJob) changed =
        rfi_test_ask_edit (f->other, job->id, RFI_FIELD_DESCRIPTION, "Seen by two");

      g_assert_nonnull (changed);
    }
  rfi_test_ask_delete (f->console, ((RfiJob *) g_ptr_array_index (jobs, 11))->id);
  come_back (f->console);
  sync_now (f->console);

  assert_outbox (f->console, 0);
  for (guint i = 0; i < 12; i++)
    {
      RfiJob *job = g_ptr_array_index (jobs, i);
      g_autoptr(RfiJob) there = rfi_test_ask_job (f->other, job->id);
      g_autoptr(RfiJob) here = rfi_test_console_get_base (f->console, job->id);

      g_assert_true ((there != NULL) == (here != NULL));
      g_assert_true ((there != NULL) == (i != 11));
      if (there == NULL)
        continue;
      g_assert_true (rfi_job_equal (there, here));
      g_assert_cmpstr (there->city, ==, i < 8 ? "Austin" : "Dallas");
      if (i >= 4)
        g_assert_cmpstr (there->description, ==, "Seen by two");
    }
}

/* One request brings what would have taken many, in the order of typing. */
static void
test_batch (Fixture       *f,
            gconstpointer  data)
{
  guint n_before;

  go_offline (f->console);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *title = g_strdup_printf ("Take %u", i);
      g_autofree char *seen =
        i == 0 ? g_strdup ("Broken door") : g_strdup_printf ("Take %u", i - 1);
      g_autoptr(RfiPatch) patch = rfi_test_patch (RFI_FIELD_TITLE, title);
      g_autoptr(RfiPatch) before = rfi_test_patch (RFI_FIELD_TITLE, seen);
      RfiOperation template = {
        .kind = RFI_OPERATION_EDIT,
        .job_id = (char *) f->job->id,
        .patch = patch,
        .before = before,
      };
      g_autoptr(RfiOperation) operation = rfi_test_console_enqueue (f->console, &template);

      g_assert_nonnull (operation);
    }
  n_before = rfi_fault_proxy_count (f->proxy, "POST", "/api/v1/sync/push");
  come_back (f->console);

  assert_outbox (f->console, 0);
  assert_title (f, f->job->id, "Take 39");
  g_assert_cmpuint (rfi_fault_proxy_count (f->proxy, "POST", "/api/v1/sync/push"), ==,
                    n_before + 1);
}

/* A server that stumbles gets less at once; what it refuses keeps nobody else waiting. */
static void
test_poison (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(RfiJob) second = rfi_test_ask_create (f->other, "Second", NULL);
  g_autoptr(RfiJob) third = rfi_test_ask_create (f->other, "Third", NULL);

  sync_now (f->console);
  go_offline (f->console);
  edit_title (f->console, f->job->id, "   ");
  edit_title (f->console, second->id, "Went through");
  edit_title (f->console, third->id, "Went through too");
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_STATUS_500, "POST", "/api/v1/sync/push", 0, 2);
  come_back (f->console);

  g_assert_cmpuint (get_state (f->console)->n_failed, ==, 1);
  assert_outbox (f->console, 1);
  assert_title (f, second->id, "Went through");
  assert_title (f, third->id, "Went through too");
}

/* What follows a refused change waits for the same person, also where it would go in the next
 * request of the same run. */
static void
test_held (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autoptr(RfiJob) there = NULL;

  go_offline (f->console);
  edit_title (f->console, f->job->id, "   ");
  id = edit (f->console, f->job->id, RFI_FIELD_CITY, "Austin");
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_STATUS_500, "POST", "/api/v1/sync/push", 0, 1);
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_live (f->console, get_state (f->console)->n_failed == 1);
  rfi_test_console_idle (f->console);
  sync_now (f->console);

  assert_outbox (f->console, 2);
  there = rfi_test_ask_job (f->other, f->job->id);
  g_assert_cmpstr (there->city, ==, "Dallas");
}

/* Given up before it was sent, a change never was; its number is no hole. */
static void
test_withdrawn (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(RfiSigner) before = get_signer (f->console);
  g_autoptr(RfiSigner) after = NULL;
  g_autofree char *id = NULL;

  go_offline (f->console);
  id = edit (f->console, f->job->id, RFI_FIELD_TITLE, "Never mind");
  edit_title (f->console, f->job->id, "Broken gate");
  rfi_store_discard_async (f->console->store, id, 1, NULL, NULL, NULL);
  come_back (f->console);

  /* What was typed after it says what it saw: that is not there. */
  g_assert_cmpuint (get_state (f->console)->n_conflicts, ==, 0);
  assert_outbox (f->console, 0);
  assert_title (f, f->job->id, "Broken gate");
  after = get_signer (f->console);
  g_assert_cmpstr (after->epoch, ==, before->epoch);
  g_assert_cmpint (after->next, ==, before->next + 2);
  g_assert_cmpint (get_state (f->console)->reissue, ==, RFI_REISSUE_NONE);
}

/* Behind a conflict nothing is done until somebody decides, and a withdrawal is no reason to ask
 * for it all the time: every eight seconds at most would be fifteen times in a minute. */
static void
test_withdrawn_behind_conflict (Fixture       *f,
                                gconstpointer  data)
{
  g_autoptr(RfiJob) changed = NULL;
  g_autofree char *id = NULL;
  guint n_before;

  go_offline (f->console);
  edit_title (f->console, f->job->id, "Mine");
  id = edit (f->console, f->job->id, RFI_FIELD_TITLE, "Never mind");
  changed = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Theirs");
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_live (f->console, get_state (f->console)->n_conflicts == 1);
  rfi_test_console_idle (f->console);
  rfi_store_discard_async (f->console->store, id, 1, NULL, NULL, NULL);
  sync_now (f->console);
  rfi_test_console_idle (f->console);

  n_before = rfi_fault_proxy_count (f->proxy, "POST", "/api/v1/sync/push");
  for (guint i = 0; i < 60; i++)
    rfi_test_console_pass (f->console, 1000);
  g_assert_cmpuint (rfi_fault_proxy_count (f->proxy, "POST", "/api/v1/sync/push"), <=,
                    n_before + 10);
}

/* Given up while nobody knew whether it was done: it was, and that is what everybody sees. */
static void
test_withdrawn_too_late (Fixture       *f,
                         gconstpointer  data)
{
  g_autofree char *id = NULL;

  /* Twice: a connection that broke is tried once more by itself. */
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_DROP_REPLY, "POST", "/api/v1/sync/push", 0, 2);
  id = edit (f->console, f->job->id, RFI_FIELD_TITLE, "Too late");
  rfi_test_console_turn (f->console, get_state (f->console)->error_code != NULL);
  rfi_test_console_idle (f->console);
  rfi_store_discard_async (f->console->store, id, 1, NULL, NULL, NULL);
  sync_now (f->console);
  rfi_test_console_live (f->console, get_state (f->console)->error_code == NULL);
  rfi_test_console_idle (f->console);

  assert_outbox (f->console, 0);
  assert_title (f, f->job->id, "Too late");
}

/* Two run on what was one profile: nobody's work is lost, and both go on as different ones. */
static void
test_cloned_profile (Fixture       *f,
                     gconstpointer  data)
{
  RfiTestConsole *twin;
  g_autoptr(RfiJob) second = rfi_test_ask_create (f->other, "Second", NULL);
  g_autofree char *dir = g_dir_make_tmp ("rfi-twin-XXXXXX", NULL);
  g_autoptr(RfiSigner) signer = NULL;
  g_autoptr(RfiSigner) twin_signer = NULL;

  sync_now (f->console);
  edit_title (f->console, f->job->id, "Before the copy");
  come_back (f->console);
  rfi_test_console_reopen (f->console);
  copy_database (f->console->dir, dir, "store.sqlite");
  twin = rfi_test_console_new_in (dir, rfi_test_server_get_url (f->server),
                                  rfi_test_server_get_url (f->server), RFI_TEST_ADMIN);
  twin->key = rfi_device_key_ref (f->console->key);
  rfi_test_console_use_key (twin);
  edit_title (f->console, f->job->id, "By the one");
  edit_title (twin, second->id, "By the other");
  rfi_test_console_start (f->console);
  rfi_test_console_live (f->console, get_state (f->console)->n_queued == 0);
  rfi_test_console_start (twin);
  rfi_test_console_settle (twin);
  sync_now (f->console);

  g_assert_cmpint (get_state (twin)->reissue, ==, RFI_REISSUE_TWIN);
  g_assert_cmpuint (get_state (twin)->n_reissued, ==, 1);
  g_assert_cmpint (get_state (twin)->restored_at, ==, 0);
  g_assert_cmpint (get_state (f->console)->reissue, ==, RFI_REISSUE_NONE);
  signer = get_signer (f->console);
  twin_signer = get_signer (twin);
  g_assert_cmpstr (signer->epoch, !=, twin_signer->epoch);
  assert_outbox (twin, 0);
  assert_title (f, f->job->id, "By the one");
  assert_title (f, second->id, "By the other");
  rfi_test_console_free (twin);
}

/* Closes the server and copies its file to @dir. Returns: (transfer full): the file's name */
static char *
back_up_server (Fixture    *f,
                const char *dir)
{
  const char *data_dir = rfi_test_server_get_data_dir (f->server);
  g_autoptr(GDir) files = NULL;
  char *database = NULL;
  const char *name;

  g_assert_cmpint (rfi_test_server_terminate (f->server), ==, 0);
  files = g_dir_open (data_dir, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL)
    if (database == NULL &&
        (g_str_has_suffix (name, ".db") || g_str_has_suffix (name, ".sqlite")))
      database = g_strdup (name);
  g_assert_nonnull (database);
  copy_database (data_dir, dir, database);
  rfi_test_server_start (f->server);
  return database;
}

static void
restore_server (Fixture    *f,
                const char *dir,
                const char *database)
{
  rfi_test_server_kill (f->server);
  go_offline (f->console);
  copy_database (dir, rfi_test_server_get_data_dir (f->server), database);
  rfi_test_server_start (f->server);
}

/* The server is brought back from a copy: what waits here is not lost, what the server forgot is
 * what it has, and nothing that is only here is taken for deleted by mistake. */
static void
test_server_restored (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-backup-XXXXXX", NULL);
  g_autofree char *database = NULL;
  g_autofree char *id = NULL;

  edit_title (f->console, f->job->id, "In the copy");
  rfi_test_console_live (f->console, get_state (f->console)->n_queued == 0);
  rfi_test_console_idle (f->console);
  database = back_up_server (f, dir);
  sync_now (f->console);
  edit_title (f->console, f->job->id, "After the copy");
  rfi_test_console_live (f->console, get_state (f->console)->n_queued == 0);
  rfi_test_console_idle (f->console);
  assert_title (f, f->job->id, "After the copy");
  g_assert_cmpint (get_state (f->console)->restored_at, ==, 0);

  restore_server (f, dir, database);
  id = edit (f->console, f->job->id, RFI_FIELD_CITY, "Austin");
  come_back (f->console);
  sync_now (f->console);

  assert_outbox (f->console, 0);
  g_assert_cmpuint (get_state (f->console)->n_conflicts, ==, 0);
  assert_title (f, f->job->id, "In the copy");
  g_assert_cmpint (get_state (f->console)->restored_at, >, 0);
  {
    g_autoptr(RfiJob) there = rfi_test_ask_job (f->other, f->job->id);
    g_autoptr(RfiJob) here = rfi_test_console_get_base (f->console, f->job->id);

    g_assert_cmpstr (there->city, ==, "Austin");
    g_assert_true (rfi_job_equal (there, here));
  }
  rfi_test_console_reopen (f->console);
  rfi_test_console_start (f->console);
  g_assert_cmpint (get_state (f->console)->restored_before, >, 0);
}

/* As before, but one number was never answered, as it stands behind a conflict, and the first
 * request brings as many changes as the server lost: a number that it lost is noticed by what it
 * has come to then. */
static void
test_server_restored_behind (Fixture       *f,
                             gconstpointer  data)
{
  g_autoptr(RfiJob) second = rfi_test_ask_create (f->other, "Second", NULL);
  g_autoptr(RfiJob) third = rfi_test_ask_create (f->other, "Third", NULL);
  g_autoptr(RfiJob) changed = NULL;
  g_autofree char *dir = g_dir_make_tmp ("rfi-backup-XXXXXX", NULL);
  g_autofree char *database = NULL;
  g_autoptr(RfiSigner) before = get_signer (f->console);
  g_autoptr(RfiSigner) after = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *city = NULL;

  sync_now (f->console);
  go_offline (f->console);
  edit_title (f->console, f->job->id, "Mine");
  edit_title (f->console, f->job->id, "Mine again");
  changed = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Theirs");
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_live (f->console, get_state (f->console)->n_conflicts == 1);
  rfi_test_console_idle (f->console);
  database = back_up_server (f, dir);
  sync_now (f->console);
  edit_title (f->console, second->id, "Lost");
  sync_now (f->console);
  assert_title (f, second->id, "Lost");

  restore_server (f, dir, database);
  conflicts = rfi_test_console_list_conflicts (f->console);
  rfi_store_resolve_conflict_async (f->console->store,
                                    ((RfiConflict *) g_ptr_array_index (conflicts, 0))->id, NULL,
                                    id, 1, NULL, NULL, NULL);
  edit_title (f->console, third->id, "Typed last");
  city = edit (f->console, third->id, RFI_FIELD_CITY, "Austin");
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_live (f->console, get_state (f->console)->online &&
                                     get_state (f->console)->n_queued == 0);
  rfi_test_console_idle (f->console);

  after = get_signer (f->console);
  g_assert_cmpstr (after->epoch, !=, before->epoch);
  assert_title (f, third->id, "Typed last");
  assert_title (f, second->id, "Second");
}

/* What a revoked device sends is set aside, and the person is told. */
static void
test_revoked (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autoptr(RfiSigner) signer = get_signer (f->console);
  g_autofree char *path = g_strdup_printf ("/api/v1/devices/%s/revoke", signer->id);
  g_autoptr(RfiTestAnswer) revoked =
    rfi_test_http_call (session, rfi_test_server_get_url (f->server), "POST", path,
                        f->console->token, "{}");
  g_autoptr(GPtrArray) outbox = NULL;
  RfiOperation *operation;

  g_assert_cmpuint (revoked->status, ==, 200);
  edit_title (f->console, f->job->id, "Not trusted");
  rfi_test_console_live (f->console, get_state (f->console)->n_failed == 1);
  rfi_test_console_idle (f->console);

  outbox = rfi_test_console_list_outbox (f->console);
  g_assert_cmpuint (outbox->len, ==, 1);
  operation = g_ptr_array_index (outbox, 0);
  g_assert_cmpint (operation->state, ==, RFI_OPERATION_QUARANTINED);
  g_assert_cmpstr (operation->error_message, !=, "");
  assert_title (f, f->job->id, "Broken door");

  rfi_test_console_reopen (f->console);
  rfi_test_console_start (f->console);
  g_assert_true (get_state (f->console)->device_revoked);
}

/* By the other dialect and back: what was numbered for one goes by the other. */
static void
test_dialects (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(RfiSigner) signer = NULL;
  g_autofree char *max = NULL;

  go_offline (f->console);
  edit_title (f->console, f->job->id, "By the old way");
  rfi_fault_proxy_set_plain (f->proxy, TRUE);
  come_back (f->console);
  g_assert_cmpint (get_state (f->console)->dialect, ==, RFI_DIALECT_COMPATIBLE);
  g_assert_cmpint (get_state (f->console)->dialect_reason, ==, RFI_DIALECT_BY_SERVER);
  assert_title (f, f->job->id, "By the old way");

  go_offline (f->console);
  edit_title (f->console, f->job->id, "By the new way");
  rfi_fault_proxy_set_plain (f->proxy, FALSE);
  rfi_test_console_reopen (f->console);
  rfi_test_console_start (f->console);
  rfi_test_console_live (f->console, get_state (f->console)->n_queued == 0);
  rfi_test_console_idle (f->console);
  g_assert_cmpint (get_state (f->console)->dialect, ==, RFI_DIALECT_SYNC_V1);
  g_assert_cmpint (get_state (f->console)->restored_at, ==, 0);
  assert_outbox (f->console, 0);
  assert_title (f, f->job->id, "By the new way");
  signer = get_signer (f->console);
  max = ask_devices (f, "epoch");
  g_assert_cmpstr (max, ==, signer->epoch);
}

/* A row that got lost here, however, is found by the sum and comes again. */
static void
test_diverged (Fixture       *f,
               gconstpointer  data)
{
  sync_now (f->console);
  rfi_test_console_spoil (f->console, "DELETE FROM job");
  rfi_test_console_start (f->console);
  rfi_test_console_idle (f->console);
  assert_title (f, f->job->id, "Broken door");
}

/* And one that is not as it was sealed is as good as lost. */
static void
test_changed_in_the_file (Fixture       *f,
                          gconstpointer  data)
{
  sync_now (f->console);
  rfi_test_console_spoil (f->console, "UPDATE job SET version = 99");
  rfi_test_console_start (f->console);
  rfi_test_console_idle (f->console);
  assert_title (f, f->job->id, "Broken door");
}

static gboolean
shows_title (Fixture    *f,
             const char *title)
{
  g_autoptr(RfiJob) here = rfi_test_console_get_base (f->console, f->job->id);

  return g_str_equal (here->title, title);
}

/* An event brings its row at once where it is the next one; the pull does the rest. */
static void
test_real_time (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(RfiJob) changed = NULL;

  rfi_test_console_turn (f->console, get_state (f->console)->phase == RFI_PHASE_LIVE);
  rfi_test_console_idle (f->console);
  changed = rfi_test_ask_edit (f->other, f->job->id, RFI_FIELD_TITLE, "Seen at once");
  rfi_test_wait (shows_title (f, "Seen at once"));
  rfi_test_console_pass (f->console, 200);
  assert_title (f, f->job->id, "Seen at once");
}

static guint
count_created (RfiTestConsole *console,
               const char     *job_id)
{
  g_autoptr(GPtrArray) entries = NULL;
  guint n_created = 0;
  WAIT_FOR (rfi_store_list_audit_async (console->store, job_id, 100, 0, NULL, keep_result_cb,
                                        &answer));
  entries = rfi_store_list_audit_finish (console->store, answer, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    n_created += ((RfiAuditEntry *) g_ptr_array_index (entries, i))->action == RFI_AUDIT_CREATED;
  return n_created;
}

/* What was made here is told once, though its row comes from the server as news. */
static void
test_created_once (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *job_id = g_uuid_string_random ();
  g_autoptr(RfiPatch) patch = rfi_test_new_job ("Made here");
  g_autoptr(RfiOperation) operation = NULL;

  rfi_test_console_idle (f->console);
  go_offline (f->console);
  operation = rfi_test_console_do (f->console, RFI_OPERATION_CREATE, job_id, patch);
  come_back (f->console);
  sync_now (f->console);
  g_assert_nonnull (operation);
  g_assert_cmpuint (count_created (f->console, job_id), ==, 1);
}

/* From @start to @end o'clock. */
static void
plan_visit (RfiTestConsole *console,
            const char     *job_id,
            gint64          start,
            gint64          end)
{
  g_autofree char *from = rfi_time_to_string (DAY_OF_VISIT + start * DAY / 24);
  g_autofree char *to = rfi_time_to_string (DAY_OF_VISIT + end * DAY / 24);
  g_autofree char *first = edit (console, job_id, RFI_FIELD_SCHEDULED_START, from);
  g_autofree char *second = edit (console, job_id, RFI_FIELD_SCHEDULED_END, to);

  g_assert_cmpstr (first, !=, second);
}

/* The same two hours of one technician are given away twice, by two who cannot know of each other:
 * who comes second is asked, and who came first does not notice. */
static void
test_one_stock_of_time (Fixture       *f,
                        gconstpointer  data)
{
  const char *url = rfi_test_server_get_url (f->server);
  g_autoptr(RfiTestConsole) technician =
    rfi_test_console_new_still (url, url, RFI_TEST_TECHNICIAN);
  g_autoptr(RfiTestConsole) second = rfi_test_console_new_still (url, url, RFI_TEST_ADMIN);
  g_autoptr(RfiJob) one = rfi_test_ask_create (f->other, "First visit", technician->user->id);
  g_autoptr(RfiJob) two = rfi_test_ask_create (f->other, "Second visit", technician->user->id);
  g_autoptr(GPtrArray) conflicts = NULL;

  rfi_test_console_use_key (second);
  rfi_test_console_start (second);
  sync_now (f->console);
  go_offline (f->console);
  go_offline (second);
  plan_visit (f->console, one->id, 9, 11);
  plan_visit (second, two->id, 10, 12);

  come_back (f->console);
  rfi_sync_engine_set_forced_offline (second->engine, FALSE);
  rfi_test_console_live (second, get_state (second)->n_conflicts == 1);
  rfi_test_console_idle (second);
  conflicts = rfi_test_console_list_conflicts (second);
  g_assert_cmpint (((RfiConflict *) g_ptr_array_index (conflicts, 0))->reason, ==,
                   RFI_CONFLICT_OVER_BOOKING);
  sync_now (f->console);
  assert_outbox (f->console, 0);
  g_assert_cmpuint (get_state (f->console)->n_conflicts, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* Those of the first specification under their own names. */
#define SCENARIO(name, func) \
  g_test_add ("/scenarios/" name, Fixture, NULL, set_up, func, tear_down)
  SCENARIO ("three-days-offline", test_three_days);
  SCENARIO ("two-devices-one-stock-of-time", test_one_stock_of_time);
  SCENARIO ("lost-device", test_revoked);

#define ADD(name, func) g_test_add ("/sync/v1/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("batch", test_batch);
  ADD ("created-once", test_created_once);
  g_test_add ("/sync/v1/created-once-live", Fixture, "real time", set_up, test_created_once,
              tear_down);
  ADD ("poison", test_poison);
  ADD ("held", test_held);
  ADD ("withdrawn", test_withdrawn);
  ADD ("withdrawn-behind-conflict", test_withdrawn_behind_conflict);
  ADD ("withdrawn-too-late", test_withdrawn_too_late);
  ADD ("cloned-profile", test_cloned_profile);
  ADD ("server-restored", test_server_restored);
  ADD ("server-restored-behind", test_server_restored_behind);
  ADD ("dialects", test_dialects);
  ADD ("diverged", test_diverged);
  ADD ("changed-in-the-file", test_changed_in_the_file);
  g_test_add ("/sync/v1/real-time", Fixture, "real time", set_up, test_real_time, tear_down);

  return g_test_run ();
}
