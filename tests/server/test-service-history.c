/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-json.h"
#include "rfi-server-history.h"
#include "rfi-wire-audit.h"
#include "rfi-wire-job.h"
#include "service-fixture.h"

#include <string.h>

/* Three jobs and what happens to them; entries 1 to 8. */
static void
live (Fixture *fixture)
{
  service_add_job (fixture, "a", "vendor-a", NULL, RFI_STATUS_PENDING);
  service_add_job (fixture, "b", "vendor-b", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, "a", RFI_FIELD_TITLE, "Second title");
  service_change_job (fixture, "b", RFI_FIELD_PRIORITY, "urgent");
  service_change_job (fixture, "a", RFI_FIELD_TITLE, "Third title of 50 %");
  service_add_job (fixture, "c", "vendor-a", NULL, RFI_STATUS_PENDING);
  service_delete_job (fixture, "a");
  service_change_job (fixture, "c", RFI_FIELD_CITY, "Waco");
}

static gint64
get_number (const char *text,
            const char *name)
{
  RfiJson root;
  RfiJson value;

  g_assert_true (rfi_json_parse (text, -1, &root, NULL));
  if (!rfi_json_get_member (&root, name, &value))
    return -1;

  return g_ascii_strtoll (value.at, NULL, 10);
}

/* The numbers of the entries, then `next` and `total` as they are given. */
static void
assert_page (Fixture    *fixture,
             Person      person,
             const char *query,
             const char *expected)
{
  g_autofree char *path = g_strconcat ("/api/v1/audit?total=true&", query, NULL);
  g_autoptr(Answer) answer = service_ask (fixture, fixture->people[person], "GET", path, NULL);
  g_autoptr(GString) told = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;
  gint64 head;

  g_assert_cmpuint (answer->status, ==, 200);
  records = rfi_audit_record_parse_page (answer->text, -1, &head, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (head, ==, 8);
  for (guint i = 0; i < records->len; i++)
    {
      const RfiAuditRecord *record = records->pdata[i];
      g_autofree char *hash = rfi_audit_record_compute_hash (record);

      g_assert_cmpstr (record->hash, ==, hash);
      g_string_append_printf (told, "%" G_GINT64_FORMAT " ", record->n);
    }
  g_string_append_printf (told, "next %" G_GINT64_FORMAT " total %" G_GINT64_FORMAT,
                          get_number (answer->text, "next"), get_number (answer->text, "total"));
  g_assert_cmpstr (told->str, ==, expected);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *range = NULL;
  gint64 third;
  gint64 sixth;

  live (fixture);
  third = service_count (fixture, "SELECT at FROM audit WHERE n = 3");
  sixth = service_count (fixture, "SELECT at FROM audit WHERE n = 6");
  range = g_strdup_printf ("from=%" G_GINT64_FORMAT "&to=%" G_GINT64_FORMAT, third, sixth);

  assert_page (fixture, ADMIN, "limit=3", "1 2 3 next -1 total -1");
  assert_page (fixture, ADMIN, "after=6", "7 8 next -1 total -1");
  assert_page (fixture, ADMIN, "before=9223372036854775807&limit=3", "8 7 6 next 6 total 8");
  assert_page (fixture, ADMIN, "before=6&limit=5", "5 4 3 2 1 next 0 total -1");
  assert_page (fixture, DISPATCHER, "before=9223372036854775807", "8 7 6 5 3 1 next 0 total 6");
  assert_page (fixture, ADMIN, "before=9223372036854775807&jobId=b", "4 2 next 0 total 2");
  assert_page (fixture, DISPATCHER, "before=9223372036854775807&jobId=b", "next 0 total 0");
  assert_page (fixture, ADMIN, "before=9223372036854775807&action=delete", "7 next 0 total 1");
  assert_page (fixture, ADMIN, "before=9223372036854775807&action=delete,create",
               "7 6 2 1 next 0 total 4");
  assert_page (fixture, ADMIN, "before=7&limit=2&action=create,edit,delete", "6 5 next 5 total -1");
  assert_page (fixture, ADMIN, "before=5&limit=9&action=create,edit,delete",
               "4 3 2 1 next 0 total -1");
  assert_page (fixture, ADMIN, "after=1&limit=2&action=create,delete", "2 6 next -1 total -1");
  assert_page (fixture, ADMIN, "before=9223372036854775807&otherThanDevice=x", "next 0 total -1");
  assert_page (fixture, ADMIN, "before=9223372036854775807&noDevice=true&limit=2",
               "8 7 next 7 total -1");
  assert_page (fixture, ADMIN, "before=9223372036854775807&origin=sync", "next 0 total 0");
  assert_page (fixture, ADMIN, "before=9223372036854775807&deviceId=x", "next 0 total 0");
  assert_page (fixture, ADMIN, "before=9223372036854775807&actorId=nobody", "next 0 total 0");
  assert_page (fixture, ADMIN, "before=9223372036854775807&text=THIRD", "7 5 next 0 total -1");
  assert_page (fixture, ADMIN, "before=9223372036854775807&text=0%20%25", "7 5 next 0 total -1");
  assert_page (fixture, ADMIN, "before=9223372036854775807&text=5%25", "next 0 total -1");
  assert_page (fixture, ADMIN, range, "3 4 5 next -1 total -1");
}

static void
assert_marks (Fixture    *fixture,
              Person      person,
              const char *query,
              const char *expected)
{
  g_autofree char *path = g_strconcat ("/api/v1/audit/marks?", query, NULL);
  g_autoptr(Answer) answer = service_ask (fixture, fixture->people[person], "GET", path, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->text, ==, expected);
}

/* Every page of the list begins at a mark. */
static void
test_marks (Fixture       *fixture,
            gconstpointer  data)
{
  live (fixture);
  assert_marks (fixture, ADMIN, "every=3",
                "{\"marks\":[],\"last\":8,\"found\":8,\"next\":0,\"whole\":true}");
  assert_marks (fixture, ADMIN, "before=4",
                "{\"marks\":[],\"last\":3,\"found\":3,\"next\":0,\"whole\":true}");
  assert_marks (fixture, DISPATCHER, "every=3",
                "{\"marks\":[8,5],\"last\":8,\"found\":6,\"next\":0,\"whole\":false}");
  assert_marks (fixture, ADMIN, "every=2&action=delete,create",
                "{\"marks\":[7,2],\"last\":7,\"found\":4,\"next\":0,\"whole\":false}");
  assert_marks (fixture, ADMIN, "every=1&before=8&text=third",
                "{\"marks\":[7,5],\"last\":7,\"found\":2,\"next\":0,\"whole\":false}");
  assert_marks (fixture, ADMIN, "jobId=nothing",
                "{\"marks\":[],\"last\":0,\"found\":0,\"next\":0,\"whole\":false}");
  assert_page (fixture, DISPATCHER, "before=6&limit=3", "5 3 1 next 0 total -1");
}

static void
test_refuses (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct {
    Person      person;
    const char *path;
    guint       status;
    const char *code;
  } cases[] = {
    { ADMIN, "/api/v1/audit?before=0", 400, "VALIDATION_ERROR" },
    { ADMIN, "/api/v1/audit?from=yesterday", 400, "VALIDATION_ERROR" },
    { ADMIN, "/api/v1/audit?to=-1", 400, "VALIDATION_ERROR" },
    { ADMIN, "/api/v1/audit?action=a,b,c,d,e", 400, "VALIDATION_ERROR" },
    { ADMIN, "/api/v1/audit/marks?every=0", 400, "VALIDATION_ERROR" },
    { TECHNICIAN, "/api/v1/audit/marks", 403, "FORBIDDEN" },
    { ADMIN, "/api/v1/audit/as-of", 400, "VALIDATION_ERROR" },
    { ADMIN, "/api/v1/audit/as-of?at=noon", 400, "VALIDATION_ERROR" },
    { ADMIN, "/api/v1/audit/check?after=x", 400, "VALIDATION_ERROR" },
    { DISPATCHER, "/api/v1/audit/check", 403, "FORBIDDEN" },
    { TECHNICIAN, "/api/v1/audit/as-of?at=1", 403, "FORBIDDEN" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    service_must (fixture, fixture->people[cases[i].person], "GET", cases[i].path, NULL,
                  cases[i].status, cases[i].code);
}

static void
assert_check (Fixture    *fixture,
              gint64      after,
              gint64      to,
              gint64      broken,
              gboolean    missing)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/audit/check?after=%" G_GINT64_FORMAT, after);
  g_autoptr(Answer) answer =
    service_ask (fixture, fixture->people[ADMIN], "GET", path, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (get_number (answer->text, "to"), ==, to);
  g_assert_cmpint (get_number (answer->text, "broken"), ==, broken);
  g_assert_true ((strstr (answer->text, "\"missing\":true") != NULL) == missing);
}

/* Somebody with the file in hand changes, takes out or makes up an entry. */
static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  live (fixture);
  assert_check (fixture, 0, 8, 0, FALSE);
  assert_check (fixture, 5, 8, 0, FALSE);
  assert_check (fixture, 8, 8, 0, FALSE);
  assert_check (fixture, 9, 9, 9, TRUE);

  service_run (fixture, "DROP TRIGGER audit_kept");
  service_run (fixture, "DROP TRIGGER audit_never_shorter");
  service_run (fixture, "UPDATE audit SET actor_name = 'Somebody Else' WHERE n = 5");
  assert_check (fixture, 0, 4, 5, FALSE);
  assert_check (fixture, 5, 8, 0, FALSE);
  service_run (fixture, "DELETE FROM audit WHERE n = 3");
  assert_check (fixture, 0, 2, 3, TRUE);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* "id vendor title priority city version" of what was different and "-id" of what was not there,
 * sorted. */
static char *
ask_as_of (Fixture *fixture,
           Person   person,
           gint64   n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT at FROM audit WHERE n = %" G_GINT64_FORMAT, n);
  g_autofree char *path =
    g_strdup_printf ("/api/v1/audit/as-of?at=%" G_GINT64_FORMAT,
                     n > 0 ? service_count (fixture, sql) : 1);
  g_autoptr(Answer) answer = service_ask (fixture, fixture->people[person], "GET", path, NULL);
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  RfiJsonIter iter;
  RfiJson root;
  RfiJson list;
  RfiJson item;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (get_number (answer->text, "n"), ==, n);
  g_assert_cmpint (get_number (answer->text, "head"), ==, 8);
  g_assert_true (rfi_json_parse (answer->text, -1, &root, NULL));
  g_assert_true (rfi_json_get_member (&root, "jobs", &list));
  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &item))
    {
      g_autoptr(RfiJob) job = rfi_wire_job_from_json (&item, NULL);

      g_assert_nonnull (job);
      g_ptr_array_add (words,
                       g_strdup_printf ("%s %s %s %s %s %d", job->id, job->vendor_id, job->title,
                                        rfi_priority_to_string (job->priority), job->city,
                                        (int) job->version));
    }
  g_assert_true (rfi_json_get_member (&root, "gone", &list));
  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &item))
    {
      g_autofree char *id = rfi_json_dup_string (&item);

      g_ptr_array_add (words, g_strconcat ("-", id, NULL));
    }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv ("; ", (char **) words->pdata);
}

static void
test_as_of (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct {
    Person      person;
    gint64      n;
    const char *expected;
  } cases[] = {
    { ADMIN, 8, "" },
    { ADMIN, 7, "c vendor-a Title medium City 1" },
    { ADMIN, 6, "a vendor-a Third title of 50 % medium City 3; c vendor-a Title medium City 1" },
    { ADMIN, 5, "-c; a vendor-a Third title of 50 % medium City 3" },
    { ADMIN, 3, "-c; a vendor-a Second title medium City 2; b vendor-b Title medium City 1" },
    { ADMIN, 1, "-b; -c; a vendor-a Title medium City 1" },
    { ADMIN, 0, "-a; -b; -c" },
    { DISPATCHER, 3, "-c; a vendor-a Second title medium City 2" },
    { OTHER_DISPATCHER, 1, "-b" },
  };

  live (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = ask_as_of (fixture, cases[i].person, cases[i].n);

      g_assert_cmpstr (told, ==, cases[i].expected);
    }
}

/* Each filter goes by its own index, in order. */
static void
test_plans (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct {
    const char *condition;
    const char *index;
  } cases[] = {
    { "vendor_id = ?4", "audit_by_vendor" }, { "job_id = ?5", "audit_by_job" },
    { "actor_id = ?6", "audit_by_actor" },   { "device_id = ?7", "audit_by_device" },
    { "action = ?11", "audit_by_action" },
  };
  sqlite3 *handle = sqlite3_db_handle (rfi_db_prepare (fixture->db, "SELECT 1", NULL));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("EXPLAIN QUERY PLAN SELECT n, changes FROM audit WHERE n BETWEEN ?1 AND ?2"
                         " AND %s ORDER BY n DESC LIMIT ?3", cases[i].condition);
      sqlite3_stmt *plan = NULL;
      const char *step;

      g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &plan, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (plan), ==, SQLITE_ROW);
      step = (const char *) sqlite3_column_text (plan, 3);
      if (strstr (step, cases[i].index) == NULL)
        g_error ("%s: %s", cases[i].condition, step);
      g_assert_cmpint (sqlite3_step (plan), ==, SQLITE_DONE);
      sqlite3_finalize (plan);
    }
}

static gboolean
take_job (const char    *job_id,
          const RfiJob  *job,
          gpointer       user_data,
          GError       **error)
{
  (*(guint *) user_data)++;
  return TRUE;
}

/* A board of the past that would be wrong is not told. */
static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  guint n_jobs = 0;

  live (fixture);
  g_assert_true (rfi_server_history_as_of (fixture->db, 1, NULL, take_job, &n_jobs, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_jobs, ==, 3);

  service_run (fixture, "DROP TRIGGER audit_kept");
  service_run (fixture, "UPDATE audit SET changes = '[' WHERE n = 5");
  n_jobs = 0;
  g_assert_false (rfi_server_history_as_of (fixture->db, 1, NULL, take_job, &n_jobs, &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED);
  g_assert_cmpuint (n_jobs, ==, 0);
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
    { "/service-history/pages", test_pages },
    { "/service-history/marks", test_marks },
    { "/service-history/refuses", test_refuses },
    { "/service-history/check", test_check },
    { "/service-history/as-of", test_as_of },
    { "/service-history/plans", test_plans },
    { "/service-history/unreadable", test_unreadable },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, service_set_up, tests[i].test, service_tear_down);

  return g_test_run ();
}
