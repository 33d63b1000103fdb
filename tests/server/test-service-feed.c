/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client that goes through the feeds holds exactly what its person may see, whatever the size of
 * the pages and whatever happens meanwhile; a cursor that cannot be followed is refused. */

#include "config.h"

#include "service-device.h"

#include "rfi-scope-sum.h"
#include "rfi-rules.h"
#include "rfi-server-gone.h"
#include "rfi-service-cursor.h"
#include "rfi-wire-feed.h"

#include <string.h>

#define DELTA    "/api/v1/sync/delta"
#define SNAPSHOT "/api/v1/sync/snapshot"
#define DAY_MS   G_GINT64_CONSTANT (86400000)

/* What a client has: id → version. */
typedef struct
{
  Fixture    *fixture;
  Person      person;
  GHashTable *jobs;    /* id → version */
  char       *cursor;
  gint64      last;    /* number of the last row */
} Client;

static Client *
client_new (Fixture *fixture,
            Person   person)
{
  Client *self = g_new0 (Client, 1);

  self->fixture = fixture;
  self->person = person;
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
client_free (Client *self)
{
  g_hash_table_unref (self->jobs);
  g_free (self->cursor);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static void
take_row (Client           *self,
          const RfiFeedRow *row)
{
  if (row->seq != 0)
    {
      g_assert_cmpint (row->seq, >, self->last);
      self->last = row->seq;
    }
  if (row->kind == RFI_FEED_JOB)
    g_hash_table_insert (self->jobs, g_strdup (row->job->id),
                         GINT_TO_POINTER ((int) row->job->version));
  else
    g_hash_table_remove (self->jobs, row->id);
}

/* Where more follows, the first line says already where. */
static void
assert_ends_as_told (RfiFeedReader *reader)
{
  const RfiFeedTail *tail = rfi_feed_reader_get_tail (reader);

  g_assert_cmpstr (rfi_feed_reader_get_head (reader)->next, ==,
                   tail->has_more ? tail->next : NULL);
}

/* Returns: (transfer full): the page that is read to its end */
static RfiFeedReader *
take_page (Client     *self,
           const char *path)
{
  g_autoptr(Answer) answer =
    service_ask (self->fixture, self->fixture->people[self->person], "GET", path, NULL);
  RfiFeedReader *reader = rfi_feed_reader_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) rows = NULL;

  if (answer->status != 200)
    g_error ("%s: %u %s", path, answer->status, answer->text);
  rfi_feed_reader_feed (reader, answer->text, strlen (answer->text), &error);
  g_assert_no_error (error);
  g_assert_true (rfi_feed_reader_finish (reader, &error));
  g_assert_no_error (error);
  assert_ends_as_told (reader);
  rows = rfi_feed_reader_take_rows (reader);
  for (guint i = 0; i < rows->len; i++)
    take_row (self, &g_array_index (rows, RfiFeedRow, i));
  return reader;
}

/* Compares with the rules, and with the sums that the server says. */
static void
assert_complete (Client            *self,
                 const RfiFeedTail *tail)
{
  RFI_DB_KEPT row = rfi_db_prepare (self->fixture->db, "SELECT id, version, vendor_id,"
                                                       " assigned_to FROM job", NULL);
  guint64 sum = 0;
  guint n = 0;

  while (rfi_db_step (self->fixture->db, row, NULL))
    {
      const RfiJob job = { .vendor_id = rfi_db_text (row, 2), .assigned_to = rfi_db_text (row, 3) };
      gpointer version;

      if (!rfi_rules_may_see (self->fixture->people[self->person], &job))
        continue;
      g_assert_true (g_hash_table_lookup_extended (self->jobs, rfi_db_text (row, 0), NULL,
                                                   &version));
      g_assert_cmpint (GPOINTER_TO_INT (version), ==, sqlite3_column_int (row, 1));
      sum += rfi_scope_sum_row (rfi_db_text (row, 0), sqlite3_column_int64 (row, 1));
      n++;
    }
  g_assert_cmpuint (g_hash_table_size (self->jobs), ==, n);
  if (tail == NULL)
    return;

  g_assert_true (tail->has_totals);
  g_assert_cmpint (tail->count, ==, n);
  g_assert_cmpuint (tail->checksum, ==, sum);
}

/* @limit: of a page */
static void
pull (Client *self,
      guint   limit)
{
  gboolean has_more = TRUE;

  while (has_more)
    {
      g_autofree char *path =
        self->cursor != NULL ? g_strdup_printf (DELTA "?limit=%u&cursor=%s", limit, self->cursor)
                             : g_strdup_printf (DELTA "?limit=%u", limit);
      g_autoptr(RfiFeedReader) reader = take_page (self, path);
      const RfiFeedTail *tail = rfi_feed_reader_get_tail (reader);

      g_assert_cmpuint (rfi_feed_reader_get_n_rows (reader), <=, limit);
      g_free (self->cursor);
      self->cursor = g_strdup (tail->next);
      has_more = tail->has_more;
      if (!has_more)
        assert_complete (self, tail);
    }
}

static void
change_something (Fixture  *fixture,
                  GRand    *rand,
                  char    **ids,
                  guint     n)
{
  static const char * const technicians[] = { "", "technician", "colleague" };
  const char *id = ids[g_rand_int_range (rand, 0, (gint32) n)];
  g_autoptr(RfiJob) job = service_get_job (fixture, id);

  if (job == NULL)
    return;
  if (g_rand_int_range (rand, 0, 8) == 0)
    service_delete_job (fixture, id);
  else if (g_rand_int_range (rand, 0, 5) == 0)
    service_move_job (fixture, id,
                      strcmp (job->vendor_id, "vendor-a") == 0 ? "vendor-b" : "vendor-a");
  else if (g_rand_boolean (rand))
    service_change_job (fixture, id, RFI_FIELD_ASSIGNED_TO,
                        technicians[g_rand_int_range (rand, 0, 3)]);
  else
    service_change_job (fixture, id, RFI_FIELD_TITLE, "Changed");
}

#define N_JOBS 40

static void
add_jobs (Fixture *fixture,
          char   **ids)
{
  for (guint i = 0; i < N_JOBS; i++)
    {
      ids[i] = rfi_random_uuid (fixture->random);
      service_add_job (fixture, ids[i], i % 3 == 0 ? "vendor-b" : "vendor-a",
                       i % 5 == 0 ? "technician" : NULL, RFI_STATUS_PENDING);
    }
}

/* Everybody follows random changes with pages of every size, some seldom. */
static void
test_follow (Fixture       *fixture,
             gconstpointer  data)
{
  static const Person persons[] = { ADMIN, DISPATCHER, OTHER_DISPATCHER, TECHNICIAN, COLLEAGUE };
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  Client *clients[G_N_ELEMENTS (persons)];
  char *ids[N_JOBS];

  add_jobs (fixture, ids);
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    clients[i] = client_new (fixture, persons[i]);
  for (guint round = 0; round < 60; round++)
    {
      for (guint i = 0; i < round % 7; i++)
        change_something (fixture, rand, ids, N_JOBS);
      for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
        if ((round + i) % 3 == 0)
          pull (clients[i], 1 + round % 11);
    }
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      pull (clients[i], 1000);
      client_free (clients[i]);
    }
  for (guint i = 0; i < N_JOBS; i++)
    g_free (ids[i]);
}

/* One transaction of many changes is cut at every place. */
static void
test_page_sizes (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, ADMIN);
  Signed *all[60];
  g_autoptr(RfiWirePushAnswer) answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *id = rfi_random_uuid (fixture->random);

      all[i] = device_create (device, fixture, id, i % 2 == 0 ? "vendor-a" : "vendor-b");
    }
  answer = device_push (device, fixture, all, G_N_ELEMENTS (all));
  for (guint limit = 1; limit <= G_N_ELEMENTS (all) + 1; limit++)
    {
      g_autoptr(Client) everybody = client_new (fixture, ADMIN);
      g_autoptr(Client) some = client_new (fixture, DISPATCHER);

      pull (everybody, limit);
      pull (some, limit);
    }
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    signed_free (all[i]);
}

/* The snapshot, page by page while jobs change, then the delta from where it began. */
static void
test_snapshot (Fixture       *fixture,
               gconstpointer  data)
{
  static const Person persons[] = { ADMIN, DISPATCHER, TECHNICIAN };
  g_autoptr(GRand) rand = g_rand_new_with_seed (2);
  char *ids[N_JOBS];

  add_jobs (fixture, ids);
  for (guint limit = 1; limit < 50; limit += 6)
    for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
      {
        g_autoptr(Client) client = client_new (fixture, persons[i]);
        g_autofree char *after = NULL;
        gboolean has_more = TRUE;

        while (has_more)
          {
            g_autofree char *path =
              after != NULL ? g_strdup_printf (SNAPSHOT "?limit=%u&after=%s", limit, after)
                            : g_strdup_printf (SNAPSHOT "?limit=%u", limit);
            g_autoptr(RfiFeedReader) reader = take_page (client, path);
            const RfiFeedTail *tail = rfi_feed_reader_get_tail (reader);

            if (after == NULL)
              {
                client->cursor = g_strdup (rfi_feed_reader_get_head (reader)->cursor);
                g_assert_cmpint (rfi_feed_reader_get_head (reader)->total, >, 0);
              }
            g_free (after);
            after = g_strdup (tail->next);
            has_more = tail->has_more;
            change_something (fixture, rand, ids, N_JOBS);
          }
        pull (client, limit);
      }
  for (guint i = 0; i < N_JOBS; i++)
    g_free (ids[i]);
}

static void
must_refuse (Fixture    *fixture,
             Person      person,
             const char *cursor,
             guint       status,
             const char *code)
{
  g_autofree char *path = g_strconcat (DELTA "?cursor=", cursor, NULL);

  service_must (fixture, fixture->people[person], "GET", path, NULL, status, code);
}

static void
test_cursors (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Client) client = client_new (fixture, DISPATCHER);
  g_autofree char *snapshot = NULL;
  g_autoptr(RfiFeedReader) page = NULL;
  g_autofree char *broken = NULL;

  service_add_job (fixture, "a", "vendor-a", NULL, RFI_STATUS_PENDING);
  service_add_job (fixture, "b", "vendor-a", NULL, RFI_STATUS_PENDING);
  pull (client, 1);
  must_refuse (fixture, DISPATCHER, "", 400, "BAD_CURSOR");
  must_refuse (fixture, DISPATCHER, "AAAA", 400, "BAD_CURSOR");
  must_refuse (fixture, DISPATCHER, "%00", 400, "VALIDATION_ERROR");
  for (gsize i = 0; i < strlen (client->cursor); i += 7)
    {
      g_free (broken);
      broken = g_strdup (client->cursor);
      broken[i] = broken[i] == 'x' ? 'y' : 'x';
      must_refuse (fixture, DISPATCHER, broken, 400, "BAD_CURSOR");
    }
  must_refuse (fixture, ADMIN, client->cursor, 410, "SCOPE_CHANGED");

  /* A snapshot's place is none of a delta. */
  page = take_page (client, SNAPSHOT "?limit=1");
  snapshot = g_strdup (rfi_feed_reader_get_tail (page)->next);
  must_refuse (fixture, DISPATCHER, snapshot, 400, "BAD_CURSOR");

  g_assert_true (rfi_db_begin (fixture->db, NULL));
  g_assert_true (rfi_sync_service_renew (fixture->service, fixture->db, NULL));
  g_assert_true (rfi_db_commit (fixture->db, NULL));
  must_refuse (fixture, DISPATCHER, client->cursor, 410, "EPOCH_CHANGED");
}

/* Tombstones are kept for 90 days; who comes later loads everything. */
static void
test_expiry (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Client) seldom = client_new (fixture, DISPATCHER);
  g_autoptr(Client) often = client_new (fixture, DISPATCHER);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("old-%u", i);

      service_add_job (fixture, id, "vendor-a", NULL, RFI_STATUS_PENDING);
    }
  pull (seldom, 100);
  service_delete_job (fixture, "old-0");
  service_delete_job (fixture, "old-1");
  pull (often, 100);
  fixture->now += 89 * DAY_MS;
  service_delete_job (fixture, "old-2");
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM gone"), ==, 3);
  fixture->now += 2 * DAY_MS;
  service_delete_job (fixture, "old-3");
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM gone"), ==, 2);
  must_refuse (fixture, DISPATCHER, seldom->cursor, 410, "CURSOR_EXPIRED");
  pull (often, 100);
}

/* The data is put back to an earlier day: a cursor of the future shows it, once. */
static void
test_restore (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Client) client = client_new (fixture, ADMIN);
  g_autoptr(Client) fresh = client_new (fixture, ADMIN);
  g_autofree char *lost = NULL;
  gint64 epoch;

  service_add_job (fixture, "a", "vendor-a", NULL, RFI_STATUS_PENDING);
  service_add_job (fixture, "b", "vendor-a", NULL, RFI_STATUS_PENDING);
  pull (client, 100);
  epoch = service_count (fixture, "SELECT value FROM meta WHERE name = 'epoch'");
  service_run (fixture, "DELETE FROM job WHERE id = 'b'; DELETE FROM scope_sum;"
                        "DELETE FROM change WHERE job NOT IN (SELECT n FROM job);"
                        "UPDATE meta SET value = value - 1 WHERE name = 'head'");
  g_assert_true (rfi_sync_service_begin (fixture->service, fixture->db, NULL));
  must_refuse (fixture, ADMIN, client->cursor, 410, "EPOCH_CHANGED");
  g_assert_cmpint (service_count (fixture, "SELECT value FROM meta WHERE name = 'epoch'"), !=,
                   epoch);
  epoch = service_count (fixture, "SELECT value FROM meta WHERE name = 'epoch'");
  must_refuse (fixture, ADMIN, client->cursor, 410, "EPOCH_CHANGED");
  g_assert_cmpint (service_count (fixture, "SELECT value FROM meta WHERE name = 'epoch'"), ==,
                   epoch);
  pull (fresh, 100);
}

/* The same where as much has changed again since: the numbers are the same, what they are for is
 * not. */
static void
test_restore_unnoticed (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(Client) early = client_new (fixture, ADMIN);
  g_autoptr(Client) client = client_new (fixture, ADMIN);

  service_add_job (fixture, "a", "vendor-a", NULL, RFI_STATUS_PENDING);
  pull (early, 100);
  service_add_job (fixture, "b", "vendor-a", NULL, RFI_STATUS_PENDING);
  pull (client, 100);
  service_run (fixture, "DROP TRIGGER audit_never_shorter;"
                        "DELETE FROM audit WHERE job_id = 'b'; DELETE FROM job WHERE id = 'b';"
                        "DELETE FROM scope_sum;"
                        "DELETE FROM change WHERE job NOT IN (SELECT n FROM job);"
                        "UPDATE meta SET value = value - 1 WHERE name = 'head'");
  g_assert_true (rfi_sync_service_begin (fixture->service, fixture->db, NULL));
  fixture->now++;
  service_add_job (fixture, "b", "vendor-a", NULL, RFI_STATUS_PENDING);
  pull (early, 100);
  must_refuse (fixture, ADMIN, client->cursor, 410, "EPOCH_CHANGED");
  must_refuse (fixture, ADMIN, early->cursor, 410, "EPOCH_CHANGED");
}

/* What is new is there, and addresses of pictures are not. */
static void
test_members (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Answer) answer = NULL;

  service_add_job (fixture, "a", "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, "a", RFI_FIELD_SKILLS, "gas,hvac");
  service_run (fixture, "INSERT INTO photo VALUES"
                        " ('p', 'a', 1, 'f.jpg', 'image/jpeg', 5, 'admin', 5);"
                        "UPDATE job SET n_photos = 1");
  answer = service_ask (fixture, fixture->people[ADMIN], "GET", DELTA, NULL);
  g_assert_nonnull (strstr (answer->text, "\"skills\":[\"gas\",\"hvac\"]"));
  g_assert_nonnull (strstr (answer->text, "\"version\":2"));
  g_assert_nonnull (strstr (answer->text, "\"createdByName\":\"Ada Admin\""));
  g_assert_nonnull (strstr (answer->text, "f.jpg"));
  g_assert_null (strstr (answer->text, "sasUrl"));
  g_assert_null (strstr (answer->text, "thumbnailUrl"));
}

/* Whom a job leaves is told so, whom it comes to gets it, and it is deleted for nobody. */
static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  static const Person people[] = {
    ADMIN, DISPATCHER, OTHER_DISPATCHER, TECHNICIAN, COLLEAGUE, OTHER_TECHNICIAN,
  };
  Client *clients[G_N_ELEMENTS (people)];

  service_add_job (fixture, "a", "vendor-a", fixture->people[TECHNICIAN]->id,
                   RFI_STATUS_ASSIGNED);
  service_add_job (fixture, "b", "vendor-b", NULL, RFI_STATUS_PENDING);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      clients[i] = client_new (fixture, people[i]);
      pull (clients[i], 10);
    }

  for (guint round = 0; round < 3; round++)
    {
      service_move_job (fixture, "a", round == 1 ? "vendor-a" : "vendor-b");
      if (round == 2)
        service_change_job (fixture, "a", RFI_FIELD_ASSIGNED_TO,
                            fixture->people[OTHER_TECHNICIAN]->id);
      for (guint i = 0; i < G_N_ELEMENTS (people); i++)
        pull (clients[i], 10);
    }
  g_assert_cmpuint (g_hash_table_size (clients[0]->jobs), ==, 2);
  g_assert_cmpuint (g_hash_table_size (clients[1]->jobs), ==, 0);
  g_assert_cmpuint (g_hash_table_size (clients[2]->jobs), ==, 2);
  g_assert_cmpuint (g_hash_table_size (clients[3]->jobs), ==, 0);
  g_assert_cmpuint (g_hash_table_size (clients[5]->jobs), ==, 1);
  g_assert_cmpint (rfi_server_gone_find (fixture->db, "a", NULL), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    client_free (clients[i]);
}

/* Since when a job is in its status is told, whatever is written about it later. */
static void
test_status_time (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
  g_autoptr(Answer) answer = NULL;
  g_autoptr(GArray) rows = NULL;
  gint64 begun;

  service_add_job (fixture, "a", "vendor-a", "tech", RFI_STATUS_ASSIGNED);
  service_change_job (fixture, "a", RFI_FIELD_STATUS, "in-progress");
  begun = fixture->now;
  service_change_job (fixture, "a", RFI_FIELD_TITLE, "Other");
  service_change_job (fixture, "a", RFI_FIELD_SCHEDULED_START, "2026-11-27T08:00:00.000Z");
  answer = service_ask (fixture, fixture->people[ADMIN], "GET", DELTA, NULL);
  g_assert_true (rfi_feed_reader_feed (reader, answer->text, strlen (answer->text), NULL));
  rows = rfi_feed_reader_take_rows (reader);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (g_array_index (rows, RfiFeedRow, 0).job->status_at, ==, begun);
  g_assert_cmpint (g_array_index (rows, RfiFeedRow, 0).job->updated_at, ==, begun + 2);
}

static void
test_limits (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const queries[] = {
    "limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "limit=99999999999999999999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *delta = g_strconcat (DELTA "?", queries[i], NULL);
      g_autofree char *snapshot = g_strconcat (SNAPSHOT "?", queries[i], NULL);

      service_must (fixture, fixture->people[ADMIN], "GET", delta, NULL, 400, "VALIDATION_ERROR");
      service_must (fixture, fixture->people[ADMIN], "GET", snapshot, NULL, 400,
                    "VALIDATION_ERROR");
    }
}

/* Every statement of the service finds its rows by an index, in their order. */
static void
test_plans (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(Client) all = client_new (fixture, ADMIN);
  g_autoptr(Client) vendor = client_new (fixture, DISPATCHER);
  g_autoptr(Client) own = client_new (fixture, TECHNICIAN);
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(RfiPushResult) result = NULL;
  sqlite3 *handle = sqlite3_db_handle (rfi_db_prepare (fixture->db, "SELECT 1", NULL));
  static const char * const calls[] = {
    "/api/v1/devices", "/api/v1/conflicts", "/api/v1/conflicts?state=all", "/api/v1/audit",
    "/api/v1/audit?jobId=a", "/api/v1/audit/as-of?at=1", "/api/v1/audit?before=9223372036854775807",
    "/api/v1/audit?before=9223372036854775807&actorId=a", "/api/v1/audit?before=9&action=a",
    "/api/v1/audit?before=9&deviceId=a&from=1&to=2",
  };

  service_add_job (fixture, "a", "vendor-a", "technician", RFI_STATUS_ASSIGNED);
  result = device_push_one (device, fixture,
                            device_edit (device, fixture, RFI_OPERATION_EDIT, "a", 0,
                                         RFI_FIELD_SCHEDULED_START, "", "2026-11-27T10:00:00.000Z",
                                         RFI_FIELD_SCHEDULED_END, "", "2026-11-27T11:00:00.000Z",
                                         -1));
  service_delete_job (fixture, "a");
  pull (all, 10);
  pull (vendor, 10);
  pull (own, 10);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      service_must (fixture, fixture->people[ADMIN], "GET", calls[i], NULL, 200, NULL);
      service_must (fixture, fixture->people[DISPATCHER], "GET", calls[i], NULL, 200, NULL);
    }
  for (sqlite3_stmt *next = sqlite3_next_stmt (handle, NULL); next != NULL;
       next = sqlite3_next_stmt (handle, next))
    if (strstr (sqlite3_sql (next), "FROM job ") != NULL ||
        strstr (sqlite3_sql (next), "FROM gone") != NULL ||
        strstr (sqlite3_sql (next), "FROM operation") != NULL ||
        strstr (sqlite3_sql (next), "FROM conflict") != NULL ||
        strstr (sqlite3_sql (next), "FROM audit") != NULL)
      g_ptr_array_add (texts, g_strdup (sqlite3_sql (next)));
  g_assert_cmpuint (texts->len, >, 15);

  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", texts->pdata[i], NULL);
      sqlite3_stmt *plan = NULL;

      /* The two that look at everything: once, when sums are made, and this test's own. */
      if (strstr (texts->pdata[i], "assigned_to FROM job") != NULL)
        continue;
      g_assert_cmpint (sqlite3_prepare_v2 (handle, explain, -1, &plan, NULL), ==, SQLITE_OK);
      while (sqlite3_step (plan) == SQLITE_ROW)
        {
          const char *step = (const char *) sqlite3_column_text (plan, 3);

          if ((strstr (step, "SCAN") != NULL && strstr (step, "USING") == NULL &&
               strstr (step, "CONSTANT ROW") == NULL && strstr (step, "SCAN audit") == NULL) ||
              strstr (step, "TEMP B-TREE") != NULL)
            g_error ("%s: %s", step, (char *) texts->pdata[i]);
        }
      sqlite3_finalize (plan);
    }
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
    { "/service-feed/follow", test_follow },
    { "/service-feed/page-sizes", test_page_sizes },
    { "/service-feed/snapshot", test_snapshot },
    { "/service-feed/cursors", test_cursors },
    { "/service-feed/expiry", test_expiry },
    { "/service-feed/restore", test_restore },
    { "/service-feed/restore/unnoticed", test_restore_unnoticed },
    { "/service-feed/move", test_move },
    { "/service-feed/members", test_members },
    { "/service-feed/status-time", test_status_time },
    { "/service-feed/limits", test_limits },
    { "/service-feed/plans", test_plans },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, service_set_up, tests[i].test, service_tear_down);
  return g_test_run ();
}
