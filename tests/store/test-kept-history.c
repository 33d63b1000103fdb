/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-store-audit.h"
#include "store-fixture.h"

/* History as it is kept here: where its pages begin, and who did what others did. */

#define N_CHANGES 25

static void
take (StoreFixture *fixture,
      const char   *title,
      const char   *etag,
      gint64        at)
{
  g_autoptr(RfiJob) job = store_job ("a", title, etag, at);

  store_apply (fixture, RFI_PULL_DELTA, 0, job, NULL);
}

/* The title of job "a" becomes "1", "2" and on, at 1000, 2000 and on. */
static void
live (StoreFixture *fixture)
{
  take (fixture, "0", "e0", 0);
  for (gint64 i = 1; i <= N_CHANGES; i++)
    {
      g_autofree char *title = g_strdup_printf ("%d", (int) i);
      g_autofree char *etag = g_strdup_printf ("e%d", (int) i);

      take (fixture, title, etag, i * 1000);
    }
}

static gboolean
is_title (const RfiAuditEntry *entry,
          gpointer             user_data)
{
  g_assert_null (entry->after);
  return entry->field == RFI_FIELD_TITLE;
}

static RfiAuditPart *
search (StoreFixture         *fixture,
        const RfiAuditSearch *search)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  RfiAuditPart *part;

  rfi_store_search_audit_async (fixture->store, search, is_title, NULL, NULL, NULL,
                                store_fixture_keep_cb, &result);
  part = rfi_store_search_audit_finish (fixture->store, store_fixture_wait (&result), &error);
  g_assert_no_error (error);
  return part;
}

/* What the titles became, then `next` of the part. (transfer full) */
static char *
show (StoreFixture         *fixture,
      const RfiAuditSearch *look)
{
  g_autoptr(RfiAuditPart) part = search (fixture, look);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < part->entries->len; i++)
    g_string_append_printf (text, "%s ", ((RfiAuditEntry *) part->entries->pdata[i])->after);
  g_string_append (text, part->next > 0 ? "…" : ".");
  return g_string_free (text, FALSE);
}

/* Each page begins at its mark and has as many as lie between two. */
static void
test_pages (StoreFixture  *fixture,
            gconstpointer  unused)
{
  const RfiAuditSearch all = { .before = G_MAXINT64, .every = 10 };
  g_autoptr(RfiAuditPart) marks = NULL;
  const gint64 *firsts;

  live (fixture);
  marks = search (fixture, &all);
  g_assert_cmpint (marks->found, ==, N_CHANGES);
  g_assert_cmpint (marks->next, ==, 0);
  g_assert_cmpuint (marks->marks->len, ==, 3);

  firsts = (const gint64 *) (gpointer) marks->marks->data;
  store_assert (show (fixture, &(RfiAuditSearch) { .before = firsts[0] + 1, .after = firsts[1],
                                                   .limit = 1000 }),
                "25 24 23 22 21 20 19 18 17 16 .");
  store_assert (show (fixture, &(RfiAuditSearch) { .before = firsts[2] + 1, .limit = 1000 }),
                "5 4 3 2 1 .");
  store_assert (show (fixture, &(RfiAuditSearch) { .before = firsts[1] + 1, .limit = 3 }),
                "15 14 13 …");
}

/* What is new since is told newest first too, the oldest of it if that is a lot. */
static void
test_new (StoreFixture  *fixture,
          gconstpointer  unused)
{
  const RfiAuditSearch all = { .before = G_MAXINT64, .every = 1 };
  g_autoptr(RfiAuditPart) marks = NULL;
  const gint64 *ids;

  live (fixture);
  marks = search (fixture, &all);
  ids = (const gint64 *) (gpointer) marks->marks->data;
  store_assert (show (fixture, &(RfiAuditSearch) { .after = ids[3], .limit = 1000 }), "25 24 23 .");
  store_assert (show (fixture, &(RfiAuditSearch) { .after = ids[3], .limit = 2 }), "24 23 …");
  store_assert (show (fixture, &(RfiAuditSearch) { .after = ids[0], .limit = 2 }), ".");
}

static RfiAuditEntry *
make_record (gint64      at,
             const char *title,
             const char *who)
{
  const RfiAuditEntry record = {
    .at = at, .job_id = (char *) "a", .user_id = (char *) who, .user_name = (char *) who,
    .action = RFI_AUDIT_CHANGED, .field = RFI_FIELD_TITLE, .after = (char *) title,
  };

  return rfi_audit_entry_new (&record);
}

static int
credit (StoreFixture *fixture,
        GPtrArray    *records)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  int n;

  rfi_store_credit_audit_async (fixture->store, "a", records, NULL, store_fixture_keep_cb,
                                &result);
  n = rfi_store_credit_audit_finish (fixture->store, store_fixture_wait (&result), &error);
  g_assert_no_error (error);
  return n;
}

/* Whose the title is at present, by the newest line. (transfer full) */
static char *
show_who (StoreFixture *fixture)
{
  g_autoptr(RfiAuditPart) part =
    search (fixture, &(RfiAuditSearch) { .before = G_MAXINT64, .limit = 1000 });
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < part->entries->len; i++)
    {
      const RfiAuditEntry *entry = part->entries->pdata[i];

      g_string_append_printf (text, "%s:%s ", entry->after,
                              entry->user_name != NULL ? entry->user_name : "?");
    }
  return g_string_free (text, FALSE);
}

/* The same value twice is told apart by its time; what is known already stays. */
static void
test_credits (StoreFixture  *fixture,
              gconstpointer  unused)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_entry_unref);

  take (fixture, "x", "e0", 0);
  take (fixture, "y", "e1", 1000);
  take (fixture, "x", "e2", 2000);
  take (fixture, "y", "e3", 3000);
  store_assert (show_who (fixture), "y:? x:? y:? ");

  g_ptr_array_add (records, make_record (3000, "y", "kim"));
  g_ptr_array_add (records, make_record (1000, "y", "sara"));
  g_ptr_array_add (records, make_record (1500, "z", "nora"));
  g_assert_cmpint (credit (fixture, records), ==, 2);
  store_assert (show_who (fixture), "y:kim x:? y:sara ");

  g_ptr_array_set_size (records, 0);
  g_ptr_array_add (records, make_record (3000, "y", "somebody else"));
  g_assert_cmpint (credit (fixture, records), ==, 0);
  store_assert (show_who (fixture), "y:kim x:? y:sara ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_test_add ("/kept-history/pages", NULL, test_pages);
  store_test_add ("/kept-history/new", NULL, test_new);
  store_test_add ("/kept-history/credits", NULL, test_credits);

  return g_test_run ();
}
