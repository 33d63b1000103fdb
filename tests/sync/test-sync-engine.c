/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-store-outbox.h"
#include "rfi-store-pull.h"
#include "rfi-test-ask.h"

/* The engine with a clock that stands still, a real server and a proxy between them: what it
 * does when, and what it says about it.
 */

static RfiTestServer *server;

typedef struct
{
  RfiFaultProxy  *proxy;
  RfiTestConsole *console;
} Fixture;

static void
set_up_as (Fixture    *f,
           const char *email,
           const char *password)
{
  f->proxy = rfi_fault_proxy_new (rfi_test_server_get_url (server));
  f->console = rfi_test_console_new_still (rfi_test_server_get_url (server),
                                           rfi_fault_proxy_get_url (f->proxy), email, password);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  set_up_as (f, RFI_TEST_ADMIN);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_pointer (&f->console, rfi_test_console_free);
  g_clear_object (&f->proxy);
}

/* Real time never comes up. */
static void
without_real_time (Fixture *f)
{
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_DROP_REQUEST, NULL, "*negotiate*", 0, G_MAXUINT);
}

static RfiSyncState *
get_state (Fixture *f)
{
  return rfi_sync_engine_get_state (f->console->engine);
}

static guint
count_pulls (Fixture *f)
{
  return rfi_fault_proxy_count (f->proxy, "POST", "/api/jobs/sync");
}

static gboolean
has_job (Fixture    *f,
         const char *job_id)
{
  g_autoptr(RfiJob) job = rfi_test_console_get_base (f->console, job_id);

  return job != NULL;
}

static gboolean
has_title (Fixture    *f,
           const char *job_id,
           const char *title)
{
  g_autoptr(RfiJob) job = rfi_test_console_get_base (f->console, job_id);

  return job != NULL && g_str_equal (job->title, title);
}

static void
note_phase (RfiSyncEngine *engine,
            guint         *phases)
{
  *phases |= 1u << rfi_sync_engine_get_state (engine)->phase;
}

static void
test_phases (Fixture       *f,
             gconstpointer  data)
{
  guint phases = 0;

  g_assert_cmpint (get_state (f)->phase, ==, RFI_PHASE_STARTING);
  g_assert_cmpint (rfi_sync_engine_get_wait (f->console->engine), ==, RFI_SYNC_WAIT_STOPPED);

  rfi_test_console_start (f->console);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_LIVE);
  g_assert_true (get_state (f)->online);
  g_assert_true (get_state (f)->real_time);
  g_assert_cmpint (get_state (f)->next_try_at, >, 0);

  rfi_sync_engine_set_forced_offline (f->console->engine, TRUE);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_OFFLINE);
  g_assert_false (get_state (f)->real_time);
  g_assert_cmpint (rfi_sync_engine_get_wait (f->console->engine), ==, RFI_SYNC_WAIT_FORCED);

  /* What is shown may be behind: that is said before anything is called current. */
  g_signal_connect (f->console->engine, "state-changed", G_CALLBACK (note_phase), &phases);
  rfi_sync_engine_set_forced_offline (f->console->engine, FALSE);
  rfi_test_console_turn (f->console, get_state (f)->online);
  g_assert_cmphex (phases & (1u << RFI_PHASE_ONLINE | 1u << RFI_PHASE_LIVE), ==, 0);
  rfi_test_console_pass (f->console, 2000);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_LIVE);
  g_assert_cmphex (phases & 1u << RFI_PHASE_CATCHING_UP, !=, 0);
  g_signal_handlers_disconnect_by_func (f->console->engine, note_phase, &phases);
}

/* 10 s without real time, 30 s with it, a tenth more or less. */
static void
test_intervals (Fixture       *f,
                gconstpointer  data)
{
  guint before;

  rfi_test_console_start (f->console);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_LIVE);
  rfi_test_console_idle (f->console);
  before = count_pulls (f);
  for (guint i = 0; i < 26; i++)
    rfi_test_console_pass (f->console, 1000);
  g_assert_cmpuint (count_pulls (f), ==, before);
  g_assert_cmpint (rfi_test_console_idle (f->console), <=, 7000);
}

static void
test_intervals_without (Fixture       *f,
                        gconstpointer  data)
{
  guint before;

  without_real_time (f);
  rfi_test_console_start (f->console);
  rfi_test_console_idle (f->console);
  before = count_pulls (f);
  for (guint i = 0; i < 60; i++)
    rfi_test_console_pass (f->console, 1000);
  g_assert_cmpuint (count_pulls (f) - before, >=, 5);
  g_assert_cmpuint (count_pulls (f) - before, <=, 6);

  rfi_sync_engine_set_interval (f->console->engine, 60);
  rfi_test_console_idle (f->console);
  before = count_pulls (f);
  for (guint i = 0; i < 50; i++)
    rfi_test_console_pass (f->console, 1000);
  g_assert_cmpuint (count_pulls (f), ==, before);
}

/* An event is in the store before any time passes; the pull that closes the gap comes after. */
static void
test_events (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(RfiJob) created = NULL;
  g_autoptr(RfiJob) edited = NULL;
  guint before;

  rfi_test_console_start (f->console);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_LIVE);
  rfi_test_console_idle (f->console);
  before = count_pulls (f);

  created = rfi_test_ask_create (f->console, "From elsewhere", NULL);
  rfi_test_wait (has_job (f, created->id));
  g_assert_cmpuint (count_pulls (f), ==, before);
  rfi_test_console_pass (f->console, 150);
  rfi_test_console_turn (f->console, count_pulls (f) == before + 1);

  edited = rfi_test_ask_edit (f->console, created->id, RFI_FIELD_TITLE, "Changed elsewhere");
  rfi_test_wait (has_title (f, created->id, "Changed elsewhere"));

  rfi_test_ask_delete (f->console, created->id);
  rfi_test_wait (!has_job (f, created->id));
}

static void
test_reconnect (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(RfiJob) created = NULL;

  rfi_test_console_start (f->console);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_LIVE);

  rfi_fault_proxy_set_down (f->proxy, TRUE);
  rfi_test_wait (!get_state (f)->real_time);
  g_assert_cmpint (get_state (f)->phase, !=, RFI_PHASE_LIVE);
  rfi_fault_proxy_set_down (f->proxy, FALSE);
  created = rfi_test_ask_create (f->console, "While away", NULL);

  for (guint i = 0; i < 10 && !get_state (f)->real_time; i++)
    rfi_test_console_pass (f->console, 1000);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_LIVE);
  g_assert_true (has_job (f, created->id));
}

static void
test_offline (Fixture       *f,
              gconstpointer  data)
{
  guint before;

  without_real_time (f);
  rfi_test_console_start (f->console);
  rfi_fault_proxy_set_down (f->proxy, TRUE);
  before = rfi_fault_proxy_count (f->proxy, "GET", "/api/health");

  /* The cycle that fails, then the two misses. */
  rfi_test_console_live (f->console, get_state (f)->phase == RFI_PHASE_OFFLINE);
  g_assert_cmpuint (rfi_fault_proxy_count (f->proxy, "GET", "/api/health") - before, >=, 2);
  g_assert_cmpint (get_state (f)->offline_since, !=, 0);
  g_assert_cmpint (rfi_test_console_idle (f->console), >, 0);

  rfi_fault_proxy_set_down (f->proxy, FALSE);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_NETWORK);
  rfi_test_console_pass (f->console, 2000);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_ONLINE);
  g_assert_cmpint (get_state (f)->offline_since, ==, 0);
}

/* What answers 200 with a page is not our server. */
static void
test_portal (Fixture       *f,
             gconstpointer  data)
{
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_PORTAL, NULL, "*", 0, G_MAXUINT);
  rfi_sync_engine_start (f->console->engine);
  rfi_test_console_live (f->console, get_state (f)->phase == RFI_PHASE_OFFLINE);
  g_assert_cmpstr (get_state (f)->error_code, ==, "PROTOCOL");

  rfi_fault_proxy_clear (f->proxy);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_MANUAL);
  rfi_test_console_turn (f->console, get_state (f)->last_sync_at != 0);
  g_assert_true (get_state (f)->online);
}

static void
test_signed_out (Fixture       *f,
                 gconstpointer  data)
{
  without_real_time (f);
  rfi_test_console_start (f->console);
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_STATUS_401, "POST", "/api/jobs/sync", 0, 1);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_MANUAL);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_NEEDS_SIGN_IN);
  g_assert_cmpint (rfi_sync_engine_get_wait (f->console->engine), ==, RFI_SYNC_WAIT_SIGN_IN);
  g_assert_cmpint (rfi_test_clock_get_next (f->console->clock), ==, -1);

  rfi_sync_engine_set_token (f->console->engine, f->console->token);
  rfi_test_console_turn (f->console, get_state (f)->phase == RFI_PHASE_ONLINE);
}

/* The server names a time: no earlier try, and no try is lost. */
static void
test_retry_after (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(RfiJob) job = rfi_test_ask_create (f->console, "Slower", NULL);
  g_autoptr(RfiPatch) patch = rfi_test_patch (RFI_FIELD_TITLE, "Faster");
  g_autoptr(RfiOperation) operation = NULL;

  without_real_time (f);
  rfi_test_console_start (f->console);
  rfi_test_console_idle (f->console);
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_STATUS_429, "PATCH", "*", 0, 1);
  operation = rfi_test_console_do (f->console, RFI_OPERATION_EDIT, job->id, patch);
  rfi_test_console_turn (f->console, rfi_fault_proxy_count (f->proxy, "PATCH", "*") == 1);
  rfi_test_console_idle (f->console);

  for (guint i = 0; i < 6; i++)
    rfi_test_console_pass (f->console, 1000);
  g_assert_cmpuint (rfi_fault_proxy_count (f->proxy, "PATCH", "*"), ==, 1);
  for (guint i = 0; i < 4; i++)
    rfi_test_console_pass (f->console, 1000);
  g_assert_cmpuint (rfi_fault_proxy_count (f->proxy, "PATCH", "*"), ==, 2);
  g_assert_true (has_title (f, job->id, "Faster"));
}

/* Who comes back waits neither for the next look of a console that looks once an hour, nor for the
 * next try after several that failed. */
static void
test_come_back (Fixture       *f,
                gconstpointer  data)
{
  guint pulls;

  without_real_time (f);
  rfi_sync_engine_set_interval (f->console->engine, 60 * 60);
  rfi_test_console_start (f->console);
  rfi_test_console_idle (f->console);
  pulls = count_pulls (f);
  rfi_test_console_pass (f->console, 10 * 60 * 1000);
  g_assert_cmpuint (count_pulls (f), ==, pulls);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_FOCUS);
  rfi_test_console_turn (f->console, count_pulls (f) == pulls + 1);

  rfi_test_console_idle (f->console);
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_STATUS_500, "POST", "/api/jobs/sync", 0, G_MAXUINT);
  for (guint i = 0; i < 8; i++)
    {
      rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_FOCUS);
      rfi_test_console_idle (f->console);
    }
  g_assert_nonnull (get_state (f)->error_code);
  rfi_fault_proxy_clear (f->proxy);
  without_real_time (f);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_FOCUS);
  rfi_test_console_turn (f->console, get_state (f)->error_code == NULL);
}

/* What is typed while what waits is being counted is counted all the same: offline no cycle will
 * do that. */
static void
test_typed_behind_count (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr(RfiJob) job = rfi_test_ask_create (f->console, "As it was", NULL);
  g_autoptr(RfiPatch) shown = rfi_job_to_patch (job);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) before = NULL;
  g_autoptr(RfiOperation) typed = NULL;
  RfiOperation template = { .id = (char *) "typed", .kind = RFI_OPERATION_EDIT,
                            .job_id = (char *) job->id, .vendor_id = (char *) job->vendor_id,
                            .user_id = f->console->user->id,
                            .base_etag = (char *) RFI_ETAG_TEXT (job->etag), .patch = patch };

  rfi_patch_set (patch, RFI_FIELD_TITLE, "As typed");
  template.before = before = rfi_patch_pick (patch, shown);
  typed = rfi_operation_new (&template);
  without_real_time (f);
  rfi_test_console_start (f->console);
  rfi_test_console_turn (f->console, has_job (f, job->id));
  rfi_sync_engine_set_forced_offline (f->console->engine, TRUE);
  rfi_test_console_idle (f->console);

  /* The store does one after the other: the first count does not see it. */
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_OPERATION);
  rfi_store_enqueue_async (f->console->store, typed, NULL, NULL, NULL);
  rfi_sync_engine_kick (f->console->engine, RFI_SYNC_KICK_OPERATION);
  rfi_test_console_turn (f->console, get_state (f)->n_queued == 1);
}

/* What is gone shows in no delta: the next complete listing tells, and only a complete one. */
static void
test_deletion_by_listing (Fixture       *f,
                          gconstpointer  data)
{
  g_autoptr(RfiJob) job = rfi_test_ask_create (f->console, "To be deleted", NULL);
  g_autoptr(RfiJob) other = rfi_test_ask_create (f->console, "To stay", NULL);

  without_real_time (f);
  rfi_test_console_start (f->console);
  g_assert_true (has_job (f, job->id));
  rfi_test_ask_delete (f->console, job->id);
  for (guint i = 0; i < 6; i++)
    rfi_test_console_pass (f->console, 10000);
  g_assert_true (has_job (f, job->id));

  /* Every listing breaks off half way: nothing may go. */
  rfi_fault_proxy_add (f->proxy, RFI_FAULT_CUT_BODY, "POST", "/api/jobs/sync", 0, G_MAXUINT);
  for (guint i = 0; i < 90; i++)
    rfi_test_console_pass (f->console, 10000);
  g_assert_true (has_job (f, job->id));
  g_assert_true (has_job (f, other->id));

  rfi_fault_proxy_clear (f->proxy);
  without_real_time (f);
  for (guint i = 0; i < 90 && has_job (f, job->id); i++)
    rfi_test_console_pass (f->console, 10000);
  g_assert_false (has_job (f, job->id));
  g_assert_true (has_job (f, other->id));
}

/* A write that no delta ever names is found by the next listing. */
static void
test_write_that_fell_behind (Fixture       *f,
                             gconstpointer  data)
{
  g_autoptr(RfiJob) job = rfi_test_ask_create (f->console, "Old", NULL);
  g_autoptr(RfiJob) edited = NULL;

  without_real_time (f);
  rfi_test_console_start (f->console);
  rfi_fault_proxy_hide_from_delta (f->proxy, job->id);
  edited = rfi_test_ask_edit (f->console, job->id, RFI_FIELD_TITLE, "New");
  for (guint i = 0; i < 6; i++)
    rfi_test_console_pass (f->console, 10000);
  g_assert_true (has_title (f, job->id, "Old"));

  for (guint i = 0; i < 90 && !has_title (f, job->id, "New"); i++)
    rfi_test_console_pass (f->console, 10000);
  g_assert_true (has_title (f, job->id, "New"));
}

/* A technician whose job is given to somebody else does not see it any longer. */
static void
test_sight_lost (void)
{
  Fixture f;
  g_autoptr(RfiTestConsole) admin = rfi_test_console_new_still (rfi_test_server_get_url (server),
                                                                rfi_test_server_get_url (server),
                                                                RFI_TEST_ADMIN);
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(RfiJob) taken = NULL;

  set_up_as (&f, RFI_TEST_TECHNICIAN);
  job = rfi_test_ask_create (admin, "Mine for now", f.console->user->id);
  rfi_test_console_start (f.console);
  rfi_test_console_turn (f.console, get_state (&f)->phase == RFI_PHASE_LIVE);
  g_assert_true (has_job (&f, job->id));

  taken = rfi_test_ask_assign (admin, job->id, NULL);
  for (guint i = 0; i < 200 && has_job (&f, job->id); i++)
    rfi_test_console_pass (f.console, 10000);
  g_assert_false (has_job (&f, job->id));
  tear_down (&f, NULL);
}

/* No decision looks at the wall clock. */
static void
test_clock_steps (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(RfiJob) job = rfi_test_ask_create (f->console, "In time", NULL);
  g_autoptr(RfiPatch) patch = rfi_test_patch (RFI_FIELD_TITLE, "Out of time");
  g_autoptr(RfiOperation) operation = NULL;
  const gint64 years = G_GINT64_CONSTANT (10) * 365 * 24 * 3600 * 1000;

  without_real_time (f);
  rfi_test_console_start (f->console);
  rfi_test_clock_step_wall (f->console->clock, -years);
  operation = rfi_test_console_do (f->console, RFI_OPERATION_EDIT, job->id, patch);
  rfi_test_console_turn (f->console, has_title (f, job->id, "Out of time"));
  rfi_test_clock_step_wall (f->console->clock, 2 * years);
  g_assert_cmpint (rfi_test_console_idle (f->console), <, 12000);
}

/* What somebody else left here stays here, and holds nobody up. */
static void
test_work_of_another (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr(RfiJob) job = rfi_test_ask_create (f->console, "Not theirs", NULL);
  g_autoptr(RfiPatch) patch = rfi_test_patch (RFI_FIELD_TITLE, "Theirs");
  g_autoptr(RfiPatch) mine = rfi_test_patch (RFI_FIELD_DESCRIPTION, "Mine");
  g_autoptr(RfiUser) me = f->console->user;
  RfiUser other = *me;
  g_autoptr(RfiOperation) theirs = NULL;
  g_autoptr(RfiOperation) own = NULL;
  g_autoptr(RfiJob) result = NULL;
  g_autoptr(GPtrArray) outbox = NULL;

  without_real_time (f);
  rfi_test_console_start (f->console);
  other.id = (char *) "somebody-else";
  f->console->user = rfi_user_new (&other);
  theirs = rfi_test_console_do (f->console, RFI_OPERATION_EDIT, job->id, patch);
  rfi_user_unref (f->console->user);
  f->console->user = rfi_user_ref (me);
  own = rfi_test_console_do (f->console, RFI_OPERATION_EDIT, job->id, mine);
  rfi_test_console_turn (f->console, rfi_fault_proxy_count (f->proxy, "PATCH", "*") == 1);
  rfi_test_console_idle (f->console);

  result = rfi_test_ask_job (f->console, job->id);
  g_assert_cmpstr (result->title, ==, "Not theirs");
  g_assert_cmpstr (result->description, ==, "Mine");
  outbox = rfi_test_console_list_outbox (f->console);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpstr (((RfiOperation *) g_ptr_array_index (outbox, 0))->user_id, ==,
                   "somebody-else");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);

  ADD ("/sync/engine/phases", test_phases);
  ADD ("/sync/engine/intervals", test_intervals);
  ADD ("/sync/engine/intervals-without-real-time", test_intervals_without);
  ADD ("/sync/engine/events", test_events);
  ADD ("/sync/engine/reconnect", test_reconnect);
  ADD ("/sync/engine/offline", test_offline);
  ADD ("/sync/engine/portal", test_portal);
  ADD ("/sync/engine/signed-out", test_signed_out);
  ADD ("/sync/engine/retry-after", test_retry_after);
  ADD ("/sync/engine/come-back", test_come_back);
  ADD ("/sync/engine/typed-behind-count", test_typed_behind_count);
  ADD ("/sync/engine/deletion-by-listing", test_deletion_by_listing);
  ADD ("/sync/engine/write-that-fell-behind", test_write_that_fell_behind);
  ADD ("/sync/engine/clock-steps", test_clock_steps);
  ADD ("/sync/engine/work-of-another", test_work_of_another);
  g_test_add_func ("/sync/engine/sight-lost", test_sight_lost);

  server = rfi_test_server_new (NULL);
  result = g_test_run ();
  rfi_test_server_free (server);
  return result;
}
