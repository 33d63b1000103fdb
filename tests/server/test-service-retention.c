/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server lets go in time, and that whoever comes late is answered all the same. The time
 * is the fixture's. */

#include "config.h"

#include "service-device.h"

#include "rfi-server-answers.h"
#include "rfi-server-gone.h"
#include "rfi-server-history.h"
#include "rfi-server-refresh.h"
#include "rfi-server-retention.h"
#include "rfi-server-upkeep.h"
#include "rfi-test-clock.h"

#include <string.h>

#define JOB  "11111111-1111-4111-8111-111111111111"
#define PUSH "/api/v1/sync/push"
#define DAY  (G_GINT64_CONSTANT (24) * 3600 * 1000)

#define WITH_BYTES "SELECT count(*) FROM operation WHERE body <> '' AND signature <> ''"

/* Everything there is to do, @limit at a time. Returns: the slices that took */
static guint
tidy (Fixture *fixture,
      guint    limit)
{
  g_autoptr(GError) error = NULL;
  guint slices = 0;
  guint n;

  do
    {
      g_assert_true (rfi_db_begin (fixture->db, &error));
      g_assert_true (rfi_server_retention_run (fixture->db, fixture->now, limit, &n, &error));
      g_assert_true (rfi_db_commit (fixture->db, &error));
      g_assert_no_error (error);
      slices += n > 0;
    }
  while (n > 0);
  return slices;
}

static Signed *
retitle (Device     *device,
         Fixture    *fixture,
         const char *from,
         const char *to)
{
  return device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1, RFI_FIELD_TITLE, from, to, -1);
}

/* Returns: (transfer full): what is answered to a push of @n that confirms up to @ack */
static char *
push (Device   *device,
      Fixture  *fixture,
      Signed  **operations,
      guint     n,
      gint64    ack)
{
  g_autofree char *text = device_push_text (device, operations, n);
  g_autofree char *told = g_strdup_printf ("\"ack\":%" G_GINT64_FORMAT, ack);
  g_auto(GStrv) parts = g_strsplit (text, "\"ack\":0", 2);
  g_autofree char *body = g_strjoinv (told, parts);
  g_autoptr(Answer) answer = service_ask (fixture, device->user, "POST", PUSH, body);

  g_assert_cmpuint (answer->status, ==, 200);
  return g_steal_pointer (&answer->text);
}

/* Returns: (transfer full) */
static char *
cut_results (const char *answer)
{
  const char *from = strstr (answer, "\"results\":");

  return g_strndup (from, (gsize) (strstr (from, "\"duplicates\"") - from));
}

static gint64
get_version (Fixture *fixture)
{
  g_autoptr(RfiJob) job = service_get_job (fixture, JOB);

  return job->version;
}

static void
test_confirmed (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  Device twin = *device;
  Signed *first[3];
  g_autoptr(Signed) last = NULL;
  g_autoptr(Signed) other = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *results = NULL;
  g_autofree char *again = NULL;
  g_autofree char *same = NULL;
  g_autofree char *fork = NULL;
  g_autofree char *next = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  first[0] = retitle (device, fixture, "Title", "1");
  first[1] = retitle (device, fixture, "1", "2");
  first[2] = retitle (device, fixture, "9", "3");
  answer = push (device, fixture, first, 3, 0);
  results = cut_results (answer);
  g_assert_nonnull (strstr (results, "\"conflict\""));

  /* However long it takes: the device may not have its answer yet. */
  fixture->now += 3650 * DAY;
  g_assert_cmpuint (tidy (fixture, 100), ==, 0);
  g_assert_cmpint (service_count (fixture, WITH_BYTES), ==, 3);

  last = retitle (device, fixture, "2", "4");
  next = push (device, fixture, &last, 1, 3);
  g_assert_cmpuint (tidy (fixture, 2), ==, 2);
  g_assert_cmpint (service_count (fixture, WITH_BYTES), ==, 1);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM operation"), ==, 4);

  /* From a copy of the profile, of before. */
  again = push (device, fixture, first, 3, 0);
  same = cut_results (again);
  g_assert_cmpstr (same, ==, results);
  g_assert_nonnull (strstr (again, "\"duplicates\":[1,2,3]"));
  other = retitle (&twin, fixture, "Title", "of the twin");
  fork = push (&twin, fixture, &other, 1, 0);
  g_assert_nonnull (strstr (fork, "\"FORK\""));
  g_assert_cmpint (get_version (fixture), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    signed_free (first[i]);
}

/* What is known of it is enough to know it under another number, and to go on behind it. */
static void
test_renumbered (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) before = rfi_patch_new ();
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_EDIT, .entity_id = (char *) JOB, .base_version = 1, .patch = patch,
    .before = before, .id = (char *) "33333333-3333-4333-8333-333333333333",
  };
  g_autoptr(Signed) once = NULL;
  g_autoptr(Signed) next = NULL;
  g_autoptr(Signed) elsewhere = NULL;
  g_autofree char *hello = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  rfi_patch_set (before, RFI_FIELD_TITLE, "Title");
  rfi_patch_set (patch, RFI_FIELD_TITLE, "New");
  once = device_sign (device, fixture, &template);
  first = push (device, fixture, &once, 1, 0);
  next = retitle (device, fixture, "New", "Newer");
  second = push (device, fixture, &next, 1, 1);
  g_assert_cmpuint (tidy (fixture, 100), ==, 1);
  g_assert_cmpint (service_count (fixture, WITH_BYTES), ==, 1);
  g_assert_nonnull (strstr (second, "\"applied\""));

  strcpy (device->epoch, "00000000000000ff");
  strcpy (device->prev, RFI_HASH_NONE);
  device->seq = 0;
  hello = device_hello (device);
  service_must (fixture, device->user, "POST", "/api/v1/devices", hello, 200, NULL);
  elsewhere = device_sign (device, fixture, &template);
  third = push (device, fixture, &elsewhere, 1, 0);
  g_assert_nonnull (strstr (third, "{\"seq\":1,\"outcome\":\"applied\",\"version\":2,"));
  g_assert_cmpint (get_version (fixture), ==, 3);
}

/* A device says it has what the server never had. */
static void
test_gap (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  Signed *made[4];
  char *answers[4] = { NULL, };

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    made[i] = retitle (device, fixture, i == 0 ? "Title" : "x", "x");
  answers[0] = push (device, fixture, &made[0], 1, 0);
  answers[2] = push (device, fixture, &made[2], 1, 0);
  answers[3] = push (device, fixture, &made[3], 1, 4);
  tidy (fixture, 100);
  g_assert_cmpint (service_count (fixture, WITH_BYTES), ==, 2);
  g_assert_cmpint (service_count (fixture, "SELECT settled FROM chain"), ==, 1);

  /* The one in between still has to fit to both sides. */
  answers[1] = push (device, fixture, &made[1], 1, 4);
  g_assert_nonnull (strstr (answers[1], "\"watermark\":4"));
  g_assert_null (strstr (answers[1], "BROKEN_CHAIN"));
  tidy (fixture, 100);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      signed_free (made[i]);
      g_free (answers[i]);
    }
}

/* What meets a change that was let go is a conflict like any other, and when that one was typed is
 * still told. */
static void
test_met (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Device) other = device_new (fixture, ADMIN);
  g_autoptr(Signed) theirs = NULL;
  g_autoptr(Signed) mine = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *applied = NULL;
  g_autofree char *confirmed = NULL;
  g_autofree char *met = NULL;
  g_autoptr(Answer) conflicts = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  typed = g_strdup_printf ("\"theirsTypedAt\":%" G_GINT64_FORMAT, fixture->now);
  theirs = retitle (other, fixture, "Title", "Theirs");
  applied = push (other, fixture, &theirs, 1, 0);
  confirmed = push (other, fixture, NULL, 0, 1);
  g_assert_cmpuint (tidy (fixture, 100), ==, 1);
  g_assert_cmpint (service_count (fixture, WITH_BYTES), ==, 0);

  mine = retitle (device, fixture, "Title", "Mine");
  met = push (device, fixture, &mine, 1, 0);
  g_assert_nonnull (strstr (met, "\"outcome\":\"conflict\""));
  conflicts = service_ask (fixture, device->user, "GET", "/api/v1/conflicts", NULL);
  g_assert_nonnull (strstr (conflicts->text, typed));
}

static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  const RfiServerAnswer done = { .fingerprint = (char *) "f", .status = 201,
                                 .body = (char *) "{\"data\":{}}" };
  g_autoptr(GError) error = NULL;
  RfiServerAnswer found;

  g_assert_true (rfi_server_answers_insert (fixture->db, "dispatcher", "key", &done, fixture->now,
                                            &error));
  fixture->now += 90 * DAY;
  g_assert_cmpuint (tidy (fixture, 100), ==, 0);
  g_assert_true (rfi_server_answers_find (fixture->db, "dispatcher", "key", &found, &error));
  g_assert_cmpstr (found.body, ==, done.body);
  rfi_server_answer_clear (&found);

  fixture->now += 1;
  g_assert_cmpuint (tidy (fixture, 100), ==, 1);
  g_assert_true (rfi_server_answers_find (fixture->db, "dispatcher", "key", &found, &error));
  g_assert_cmpuint (found.status, ==, 201);
  g_assert_cmpstr (found.fingerprint, ==, "f");
  g_assert_cmpstr (found.body, ==, "");
  rfi_server_answer_clear (&found);
}

/* Without anybody deleting another one. */
static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(Answer) before = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *path = NULL;
  const char *at;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  before = service_ask (fixture, fixture->people[ADMIN], "GET", "/api/v1/sync/delta", NULL);
  at = g_strrstr (before->text, "\"cursor\":\"") + strlen ("\"cursor\":\"");
  cursor = g_strndup (at, strcspn (at, "\""));
  path = g_strconcat ("/api/v1/sync/delta?cursor=", cursor, NULL);
  service_delete_job (fixture, JOB);
  fixture->now += 90 * DAY;
  g_assert_cmpuint (tidy (fixture, 100), ==, 0);
  service_must (fixture, fixture->people[ADMIN], "GET", path, NULL, 200, NULL);

  fixture->now += DAY;
  g_assert_cmpuint (tidy (fixture, 100), ==, 1);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM gone"), ==, 0);
  service_must (fixture, fixture->people[ADMIN], "GET", path, NULL, 410, "CURSOR_EXPIRED");
}

static void
test_others (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  RfiServerHistoryCheck check;
  gint64 n_audit;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *token = rfi_server_refresh_make ();
      g_autofree char *event = g_strdup_printf (
        "INSERT INTO client_event VALUES ('admin', '%u', 't', 1, 1, 'a', 1, '{}', %" G_GINT64_FORMAT
        ")", i, fixture->now + i * DAY);

      g_assert_true (rfi_server_refresh_issue (fixture->db, "admin", token,
                                               fixture->now + i * DAY, &error));
      service_run (fixture, event);
    }
  n_audit = service_count (fixture, "SELECT count(*) FROM audit");
  g_assert_cmpuint (tidy (fixture, 100), ==, 0);

  fixture->now += RFI_REFRESH_LIFETIME_MS + 2 * DAY + 1;
  g_assert_cmpuint (tidy (fixture, 1), ==, 3);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM refresh_token"), ==, 2);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM client_event"), ==, 2);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM client_event_archive"), ==, 3);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM audit"), ==, n_audit);
  g_assert_true (rfi_server_history_check (fixture->db, 0, G_MAXINT64, &check, &error));
  g_assert_cmpint (check.broken, ==, 0);
  g_free (check.hash);
}

typedef struct
{
  RfiServerStore  *store;
  RfiTestClock    *clock;
  RfiServerUpkeep *upkeep;
} Life;

static gint64
count_answers (Life *life)
{
  RFI_DB_KEPT row = rfi_db_prepare (rfi_server_store_get_reader (life->store),
                                    "SELECT count(*) FROM answer WHERE body <> ''", NULL);

  g_assert_true (rfi_db_step (rfi_server_store_get_reader (life->store), row, NULL));
  return sqlite3_column_int64 (row, 0);
}

/* Of long ago. */
static gboolean
add_answers (RfiDb     *db,
             gint64     stamp,
             gpointer   data,
             GError   **error)
{
  const RfiServerAnswer answer = { .fingerprint = (char *) "f", .status = 200,
                                   .body = (char *) "{}" };

  for (guint i = 0; i < GPOINTER_TO_UINT (data); i++)
    {
      g_autofree char *key = g_uuid_string_random ();

      if (!rfi_server_answers_insert (db, "u", key, &answer, 1, error))
        return FALSE;
    }
  return TRUE;
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  *(gboolean *) user_data = TRUE;
}

static void
add_old (Life  *life,
         guint  n)
{
  gboolean added = FALSE;

  rfi_server_store_change_async (life->store, add_answers, GUINT_TO_POINTER (n), added_cb, &added);
  while (!added)
    g_main_context_iteration (NULL, TRUE);
}

/* Lets the store answer, and the next slice become due, until none comes for some time. Returns: ms
 * to the next round */
static gint64
run_round (Life  *life,
           guint *n_slices)
{
  gint64 next;

  *n_slices = 0;
  for (;;)
    {
      while ((next = rfi_test_clock_get_next (life->clock)) < 0)
        g_main_context_iteration (NULL, TRUE);
      if (next > DAY / 2)
        return next;
      rfi_test_clock_advance (life->clock, next);
      (*n_slices)++;
    }
}

/* At the start and once a day, in slices that leave others room. */
static void
test_upkeep (void)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "upkeep", NULL);
  g_autoptr(GError) error = NULL;
  guint n_slices;
  Life life = { 0, };

  life.store = rfi_server_store_open (dir, NULL, &error);
  g_assert_no_error (error);
  life.clock = rfi_test_clock_new ();
  add_old (&life, 300);
  life.upkeep = rfi_server_upkeep_new (life.store, RFI_CLOCK (life.clock));
  g_assert_cmpint (run_round (&life, &n_slices), ==, DAY);
  g_assert_cmpint (count_answers (&life), ==, 0);
  g_assert_cmpuint (n_slices, >, 2);

  add_old (&life, 1);
  rfi_test_clock_advance (life.clock, DAY - 1);
  g_assert_cmpint (count_answers (&life), ==, 1);
  rfi_test_clock_advance (life.clock, 1);
  run_round (&life, &n_slices);
  g_assert_cmpint (count_answers (&life), ==, 0);

  /* Stopped while a slice is with the store. */
  rfi_test_clock_advance (life.clock, DAY);
  g_assert_true (rfi_server_upkeep_stop (life.upkeep));
  while (rfi_server_upkeep_stop (life.upkeep))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (rfi_test_clock_get_next (life.clock), ==, -1);

  g_object_unref (life.upkeep);
  g_object_unref (life.clock);
  g_assert_true (rfi_server_store_close (life.store, &error));
  g_object_unref (life.store);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture       *fixture,
                       gconstpointer  data);
  } tests[] = {
    { "/service-retention/confirmed", test_confirmed },
    { "/service-retention/renumbered", test_renumbered },
    { "/service-retention/gap", test_gap },
    { "/service-retention/met", test_met },
    { "/service-retention/answers", test_answers },
    { "/service-retention/gone", test_gone },
    { "/service-retention/others", test_others },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, service_set_up, tests[i].test, service_tear_down);
  g_test_add_func ("/service-retention/upkeep", test_upkeep);
  return g_test_run ();
}
