/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "letters-fixture.h"
#include "rfi-store-compact.h"
#include "rfi-test-wait.h"

#include <string.h>

/* More than are told at once. */
#define N_MANY 2500

static char *
get_meta (StoreFixture *fixture,
          const char   *key)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_store_get_meta_async (fixture->store, key, NULL, store_fixture_keep_cb, &result);
  return rfi_store_get_meta_finish (fixture->store, store_fixture_wait (&result), NULL);
}

static void
test_rows_and_cursor (StoreFixture  *fixture,
                      gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) b = store_job ("b", "Noise", "\"1\"", 1000);

  store_apply (fixture, RFI_PULL_LISTING, 1, a, b, NULL);
  store_assert_told (fixture, "+a +b");
  store_assert (store_show_jobs (fixture),
                "a Leak/assigned/confirmed, b Noise/assigned/confirmed");
  store_assert (get_meta (fixture, "cursor"), "cursor");
  store_assert (get_meta (fixture, "unknown"), NULL);

  /* An echo is no change. */
  store_apply (fixture, RFI_PULL_DELTA, 0, a, b, NULL);
  store_assert_told (fixture, "");
}

static void
test_foreign_change (StoreFixture  *fixture,
                     gconstpointer  unused)
{
  g_autoptr(RfiJob) first = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) newer = store_job ("a", "Flood", "\"3\"", 3000);
  g_autoptr(RfiJob) older = store_job ("a", "Drip", "\"2\"", 2000);
  g_autoptr(RfiJob) other = store_job ("b", "Noise", "\"1\"", 4000);

  store_apply (fixture, RFI_PULL_LISTING, 1, first, NULL);
  g_string_truncate (fixture->told, 0);
  store_apply (fixture, RFI_PULL_DELTA, 0, newer, other, NULL);
  store_assert_told (fixture, "+a +b foreign audit");
  store_assert (store_show_audit (fixture, "a"), "changed title Leak>Flood");
  store_assert (store_show_audit (fixture, "b"), "created");

  /* Late news are none, but what a complete listing says is so. */
  store_apply (fixture, RFI_PULL_DELTA, 0, older, NULL);
  store_assert_told (fixture, "");
  store_apply (fixture, RFI_PULL_LISTING, 2, older, NULL);
  store_assert_told (fixture, "+a foreign audit");
  store_assert (store_show_jobs (fixture), "a Drip/assigned/confirmed, b Noise/assigned/confirmed");
}

static RfiJob *
make_first (const char  *id,
            RfiStatus    status,
            RfiPriority  priority,
            gint64       created_at,
            gint64       updated_at)
{
  g_autoptr(RfiJob) plain = store_job (id, id, "\"1\"", updated_at);
  RfiJob job = *plain;

  job.status = status;
  job.priority = priority;
  job.created_at = created_at;
  return rfi_job_new (&job);
}

static char *
show_first (StoreFixture *fixture,
            guint         n_each)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) states = NULL;
  GString *text = g_string_new (NULL);

  rfi_store_load_first_async (fixture->store, n_each, NULL, store_fixture_keep_cb, &result);
  states = rfi_store_load_jobs_finish (fixture->store, store_fixture_wait (&result), NULL);
  g_assert_nonnull (states);
  for (guint i = 0; i < states->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((RfiJobState *) states->pdata[i])->work->title);

  return g_string_free (text, FALSE);
}

/* The most urgent of what is open, the last of what is finished, and whatever waits. */
static void
test_first (StoreFixture  *fixture,
            gconstpointer  unused)
{
  static const struct {
    const char  *id;
    RfiStatus    status;
    RfiPriority  priority;
    gint64       created_at;
    gint64       updated_at;
  } jobs[] = {
    { "low", RFI_STATUS_PENDING, RFI_PRIORITY_LOW, 1, 9 },
    { "new", RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, 8, 8 },
    { "old", RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, 2, 3 },
    { "begun", RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_LOW, 2, 3 },
    { "first", RFI_STATUS_COMPLETED, RFI_PRIORITY_URGENT, 1, 4 },
    { "third", RFI_STATUS_COMPLETED, RFI_PRIORITY_LOW, 2, 6 },
    { "second", RFI_STATUS_COMPLETED, RFI_PRIORITY_LOW, 3, 5 },
  };

  store_assert (show_first (fixture, 2), "");
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_autoptr(RfiJob) job = make_first (jobs[i].id, jobs[i].status, jobs[i].priority,
                                          jobs[i].created_at, jobs[i].updated_at);

      store_apply (fixture, RFI_PULL_LISTING, 1, job, NULL);
    }

  store_assert (show_first (fixture, 2), "old new begun third second");
  store_assert (show_first (fixture, 1), "old begun third");
  store_enqueue (fixture, store_edit ("op-1", "low", "low", "edited"));
  store_enqueue (fixture, store_edit ("op-2", "old", "old", "older"));
  store_enqueue (fixture, store_create ("op-3", "made", "made here"));
  store_assert (show_first (fixture, 1), "older begun third edited made here");
}

/* A person's own change that comes back by another way is nobody else's. */
static void
test_own_echo (StoreFixture  *fixture,
               gconstpointer  unused)
{
  g_autoptr(RfiJob) first = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) echo = store_job ("a", "Big leak", "\"2\"", 3000);

  store_apply (fixture, RFI_PULL_LISTING, 1, first, NULL);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_enqueue (fixture, store_edit ("op-2", "a", "Big leak", "Huge leak"));
  g_string_truncate (fixture->told, 0);

  store_apply (fixture, RFI_PULL_DELTA, 0, echo, NULL);
  store_assert_told (fixture, "+a");
  store_assert (store_show_jobs (fixture), "a Huge leak/assigned/queued");
  store_run (fixture, rfi_store_confirm_async, "op-1", echo);
  store_assert_told (fixture, "+a outbox audit");
}

/* The answer to a creation was lost; the job that carries its id is it. */
static void
test_recognised_creations (StoreFixture  *fixture,
                           gconstpointer  unused)
{
  g_autoptr(RfiJob) plain = store_job ("s-1", "First", "\"1\"", 3000);
  RfiJob first_template = *plain;
  RfiJob second_template = *plain;
  g_autoptr(RfiJob) first = NULL;
  g_autoptr(RfiJob) second = NULL;

  store_enqueue (fixture, store_create ("op-1", "l-1", "First"));
  store_enqueue (fixture, store_edit ("op-2", "l-1", "First", "Better"));
  store_enqueue (fixture, store_create ("op-3", "l-2", "Second"));
  g_string_truncate (fixture->told, 0);

  first_template.extra = rfi_job_extra_with_operation (NULL, "op-1");
  first = rfi_job_new (&first_template);
  second_template.id = "s-2";
  second_template.title = "Second";
  second_template.extra = rfi_job_extra_with_operation (NULL, "op-3");
  second = rfi_job_new (&second_template);
  rfi_job_extra_unref (first_template.extra);
  rfi_job_extra_unref (second_template.extra);
  store_apply (fixture, RFI_PULL_DELTA, 0, first, second, NULL);

  store_assert_told (fixture, "+s-1 +s-2 -l-2 l-1>s-1 outbox audit");
  store_assert (store_show_jobs (fixture),
                "s-1 Better/assigned/queued, s-2 Second/assigned/confirmed");
  store_assert (store_show_outbox (fixture), "op-2:edit@s-1");
  store_assert (store_show_audit (fixture, "s-1"), "created, changed title First>Better*");

  /* The answer comes after all. */
  store_run (fixture, rfi_store_confirm_async, "op-1", first);
  store_assert (store_show_jobs (fixture),
                "s-1 Better/assigned/queued, s-2 Second/assigned/confirmed");
}

static void
test_listing_deletes (StoreFixture  *fixture,
                      gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) b = store_job ("b", "Noise", "\"1\"", 1000);
  g_autoptr(RfiJob) c = store_job ("c", "Smell", "\"1\"", 1000);
  g_autoptr(RfiJob) late = store_job ("d", "Smoke", "\"1\"", 2000);

  store_apply (fixture, RFI_PULL_LISTING, 1, a, b, c, NULL);
  store_run (fixture, rfi_store_finish_listing_async, (gint64) 1, (gint64) 5000);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));

  /* The next listing names only b; d was made while it arrived. */
  store_apply (fixture, RFI_PULL_LISTING, 2, b, NULL);
  store_apply (fixture, RFI_PULL_DELTA, 0, late, NULL);
  g_string_truncate (fixture->told, 0);
  store_run (fixture, rfi_store_finish_listing_async, (gint64) 2, (gint64) 6000);
  store_assert_told (fixture, "-a -c foreign outbox conflicts audit");
  store_assert (store_show_jobs (fixture),
                "b Noise/assigned/confirmed, d Smoke/assigned/confirmed");
  store_assert (store_show_outbox (fixture), "op-1:edit@a#");
}

static void
test_gone_and_back (StoreFixture  *fixture,
                    gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) back = store_job ("a", "Leak", "\"2\"", 2000);
  g_autoptr(GPtrArray) conflicts = NULL;
  RfiConflict *conflict;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_enqueue (fixture, store_edit ("op-2", "a", "Big leak", "Huge leak"));
  g_string_truncate (fixture->told, 0);

  /* One question for the person, about what they did first. */
  store_run (fixture, rfi_store_remove_job_async, "a", "dana", (gint64) 6000);
  store_assert_told (fixture, "-a foreign outbox conflicts audit");
  store_assert (store_show_outbox (fixture), "op-1:edit@a#, op-2:edit@a");
  conflicts = store_list_conflicts (fixture);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_DELETED);
  g_assert_cmpstr (conflict->job_title, ==, "Leak");
  g_assert_cmpstr (conflict->theirs_by, ==, "dana");
  g_assert_null (conflict->theirs);

  store_apply (fixture, RFI_PULL_DELTA, 0, back, NULL);
  store_assert (store_show_outbox (fixture), "op-1:edit@a, op-2:edit@a");
  store_assert (store_show_jobs (fixture), "a Huge leak/assigned/queued");
  g_assert_cmpuint (fixture->change->n_conflicts, ==, 0);
}

static RfiJob *
with_photo (const char *etag,
            const char *photo_id)
{
  g_autoptr(RfiJob) plain = store_job ("a", "Leak", etag, 2000);
  g_autoptr(GPtrArray) photos =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_photo_unref);
  RfiPhoto photo = { .id = (char *) photo_id, .file_name = (char *) "fan.jpg",
                     .mime_type = (char *) "image/jpeg", .size = 3,
                     .uploaded_by = (char *) "dana" };
  RfiJob template = *plain;

  g_ptr_array_add (photos, rfi_photo_new (&photo));
  template.photos = photos;
  template.n_photos = 1;
  template.has_attachments = TRUE;
  return rfi_job_new (&template);
}

static void
test_photos_and_names_stay (StoreFixture  *fixture,
                            gconstpointer  unused)
{
  g_autoptr(RfiJob) full = with_photo ("\"1\"", "photo-1");
  g_autoptr(RfiJob) bare = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(GPtrArray) photos = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(RfiJob) base = NULL;
  RfiUser ahmed = { .id = (char *) "ahmed", .email = (char *) "ahmed@example.com",
                    .display_name = (char *) "Ahmed Ali", .role = RFI_ROLE_TECHNICIAN };

  g_ptr_array_add (people, rfi_user_new (&ahmed));
  store_run (fixture, rfi_store_put_technicians_async, people);
  store_assert_told (fixture, "people");
  store_apply (fixture, RFI_PULL_LISTING, 1, full, NULL);
  store_apply (fixture, RFI_PULL_DELTA, 0, bare, NULL);

  rfi_store_get_base_async (fixture->store, "a", NULL, store_fixture_keep_cb, &result);
  base = rfi_store_get_base_finish (fixture->store, store_fixture_wait (&result), NULL);
  g_assert_cmpstr (base->title, ==, "Flood");
  g_assert_cmpstr (base->assigned_to_name, ==, "Ahmed Ali");
  g_assert_cmpuint (base->n_photos, ==, 1);
  g_assert_cmpuint (base->photos->len, ==, 1);

  /* A photo that waits to be deleted is not shown. */
  store_enqueue (fixture, store_plain ("op-1", RFI_OPERATION_DELETE_PHOTO, "a"));
  photos = store_list_photos (fixture, "a");
  g_assert_cmpuint (photos->len, ==, 1);
}

/* What only Sync v1 tells of people is there again after a restart. */
static void
test_people_work (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(GPtrArray) listed = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  RfiUser ahmed = { .id = (char *) "ahmed", .display_name = (char *) "Ahmed Ali",
                    .role = RFI_ROLE_TECHNICIAN, .skills = (char *) "epa-608,hvac",
                    .work_start = 450, .work_end = 960, .inactive = TRUE };
  RfiUser sara = { .id = (char *) "sara", .display_name = (char *) "Sara Lindqvist",
                   .role = RFI_ROLE_TECHNICIAN };
  const RfiUser *user;

  g_ptr_array_add (people, rfi_user_new (&ahmed));
  g_ptr_array_add (people, rfi_user_new (&sara));
  store_run (fixture, rfi_store_put_technicians_async, people);
  store_fixture_close (fixture);
  store_fixture_open (fixture);

  rfi_store_list_technicians_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  listed = rfi_store_list_people_finish (fixture->store, store_fixture_wait (&result), NULL);
  g_assert_cmpuint (listed->len, ==, 2);
  user = listed->pdata[0];
  g_assert_cmpstr (user->skills, ==, "epa-608,hvac");
  g_assert_cmpint (user->work_start, ==, 450);
  g_assert_cmpint (user->work_end, ==, 960);
  g_assert_true (user->inactive);
  user = listed->pdata[1];
  g_assert_null (user->skills);
  g_assert_cmpint (user->work_end, ==, 0);
  g_assert_false (user->inactive);
}

/* What is left of a cleared cache takes less room, and is all there after the next start too. */
static void
test_compact (StoreFixture  *fixture,
              gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 before;
  gint64 after;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  for (guint i = 0; i < N_MANY / 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("many-%u", i);
      g_autoptr(RfiJob) job = store_job (id, "Noise", "\"1\"", 1000);

      store_apply (fixture, RFI_PULL_DELTA, 0, job, NULL);
    }
  store_run (fixture, rfi_store_clear_cache_async);
  store_apply (fixture, RFI_PULL_LISTING, 2, a, NULL);

  rfi_store_compact_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  g_assert_true (rfi_store_compact_finish (fixture->store, store_fixture_wait (&result), &before,
                                           &after, &error));
  g_assert_no_error (error);
  g_assert_cmpint (after, >, 0);
  g_assert_cmpint (after, <, before);
  g_clear_object (&result);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/queued");
  store_assert (store_show_outbox (fixture), "op-1:edit@a");
}

static void
test_clear_cache (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  g_autoptr(RfiJob) a = with_photo ("\"1\"", "photo-1");
  g_autoptr(RfiJob) b = store_job ("b", "Noise", "\"1\"", 1000);
  g_autoptr(GAsyncResult) result = NULL;
  gint64 n_bytes;
  guint n_jobs;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, b, NULL);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  g_string_truncate (fixture->told, 0);
  store_run (fixture, rfi_store_clear_cache_async);
  store_assert_told (fixture, "-a -b");
  store_assert (get_meta (fixture, "cursor"), NULL);
  store_assert (store_show_outbox (fixture), "op-1:edit@a");
  rfi_store_get_stats_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  g_assert_true (rfi_store_get_stats_finish (fixture->store, store_fixture_wait (&result), &n_jobs,
                                             &n_bytes, NULL));
  g_assert_cmpuint (n_jobs, ==, 0);
  g_assert_cmpint (n_bytes, >, 0);

  /* What was on its way when the cache was cleared names only a part. */
  store_apply (fixture, RFI_PULL_DELTA, 0, b, NULL);
  store_assert (get_meta (fixture, "cursor"), NULL);
  store_apply (fixture, RFI_PULL_LISTING, 1, b, NULL);
  store_assert (get_meta (fixture, "cursor"), NULL);

  store_apply (fixture, RFI_PULL_LISTING, 2, a, b, NULL);
  store_assert (get_meta (fixture, "cursor"), "cursor");
  store_assert (store_show_jobs (fixture),
                "a Big leak/assigned/queued, b Noise/assigned/confirmed");
  store_apply (fixture, RFI_PULL_DELTA, 0, b, NULL);
  store_assert (get_meta (fixture, "cursor"), "cursor");
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  while ((text = strstr (text, part)) != NULL)
    {
      text += strlen (part);
      n++;
    }

  return n;
}

/* A large page is one transaction, but not one telling: each job is told once, in one of three. */
static void
test_told_in_parts (StoreFixture  *fixture,
                    gconstpointer  unused)
{
  RfiStorePage *page = letters_make_page (TRUE, NULL, NULL, 10);

  letters_enroll (fixture, 1);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%04u", i);

      letters_add_row (page, 0, store_job (id, "Leak", "\"1\"", 1000), NULL);
    }
  g_string_truncate (fixture->told, 0);
  g_assert_cmpint (letters_take (fixture, page), ==, RFI_PAGE_TAKEN);
  rfi_test_settle ();

  g_assert_cmpuint (count (fixture->told->str, ", "), ==, 2);
  g_assert_cmpuint (count (fixture->told->str, "+job-"), ==, N_MANY);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *told = g_strdup_printf ("+job-%04u", i);

      g_assert_cmpuint (count (fixture->told->str, told), ==, 1);
    }
  g_string_truncate (fixture->told, 0);
}

static gint64
get_status_at (StoreFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) states = NULL;

  rfi_store_load_jobs_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  states = rfi_store_load_jobs_finish (fixture->store, store_fixture_wait (&result), NULL);
  g_assert_cmpuint (states->len, ==, 1);
  return ((RfiJobState *) g_ptr_array_index (states, 0))->work->status_at;
}

static void
apply_in (StoreFixture *fixture,
          RfiStatus     status,
          gint64        updated_at,
          gint64        status_at)
{
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", updated_at);
  g_autoptr(RfiJob) plain = store_job ("a", "Leak", etag, updated_at);
  RfiJob template = *plain;
  g_autoptr(RfiJob) job = NULL;

  template.status = status;
  template.status_at = status_at;
  job = rfi_job_new (&template);
  store_apply (fixture, RFI_PULL_DELTA, 0, job, NULL);
}

/* A server that does not tell since when a job is in its status is watched; one that does knows
 * better. What is done here counts from when it was typed. */
static void
test_status_time (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  apply_in (fixture, RFI_STATUS_ASSIGNED, 1000, 0);
  g_assert_cmpint (get_status_at (fixture), ==, 1000);
  apply_in (fixture, RFI_STATUS_ASSIGNED, 2000, 0);
  g_assert_cmpint (get_status_at (fixture), ==, 1000);
  apply_in (fixture, RFI_STATUS_IN_PROGRESS, 3000, 0);
  apply_in (fixture, RFI_STATUS_IN_PROGRESS, 4000, 0);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (get_status_at (fixture), ==, 3000);

  apply_in (fixture, RFI_STATUS_IN_PROGRESS, 5000, 1500);
  g_assert_cmpint (get_status_at (fixture), ==, 1500);
  store_enqueue (fixture, store_step ("op-1", "a", RFI_STATUS_IN_PROGRESS, RFI_STATUS_COMPLETED));
  g_assert_cmpint (get_status_at (fixture), ==, 2000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/pull/rows-and-cursor", NULL, test_rows_and_cursor);
  store_test_add ("/pull/foreign-change", NULL, test_foreign_change);
  store_test_add ("/pull/first", NULL, test_first);
  store_test_add ("/pull/own-echo", NULL, test_own_echo);
  store_test_add ("/pull/recognised-creations", NULL, test_recognised_creations);
  store_test_add ("/pull/listing-deletes", NULL, test_listing_deletes);
  store_test_add ("/pull/gone-and-back", NULL, test_gone_and_back);
  store_test_add ("/pull/photos-and-names-stay", NULL, test_photos_and_names_stay);
  store_test_add ("/pull/people-work", NULL, test_people_work);
  store_test_add ("/pull/compact", NULL, test_compact);
  store_test_add ("/pull/clear-cache", NULL, test_clear_cache);
  store_test_add ("/pull/told-in-parts", NULL, test_told_in_parts);
  store_test_add ("/pull/status-time", NULL, test_status_time);

  return g_test_run ();
}
