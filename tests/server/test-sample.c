/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-sample.h"

#include "rfi-password.h"
#include "rfi-photo-files.h"
#include "rfi-server-history.h"
#include "rfi-server-jobs.h"
#include "rfi-server-photos.h"
#include "rfi-server-sums.h"
#include "rfi-server-users.h"
#include "rfi-sketch.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define NOW G_GINT64_CONSTANT (1800000000000)

/* Returns: (transfer full): a store in a directory below the test's own */
static RfiServerStore *
open_store (const char *name)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr(GError) error = NULL;
  RfiServerStore *store;

  g_mkdir_with_parents (dir, 0700);
  store = rfi_server_store_open (dir, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static void
close_store (RfiServerStore *store)
{
  g_autoptr(GError) error = NULL;

  rfi_server_store_close (store, &error);
  g_assert_no_error (error);
  g_object_unref (store);
}

static gboolean
collect_cb (const RfiJob  *job,
            gpointer       user_data,
            GError       **error)
{
  g_ptr_array_add (user_data, rfi_job_new (job));
  return TRUE;
}

/* Returns: (transfer full) (element-type RfiJob): newest first */
static GPtrArray *
list_jobs (RfiServerStore *store)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  const RfiScope all = { RFI_SCOPE_ALL, NULL };
  g_autoptr(GError) error = NULL;

  rfi_server_jobs_list (rfi_server_store_get_reader (store), &all, -1, G_MAXINT32, 0, collect_cb,
                        jobs, &error);
  g_assert_no_error (error);
  return jobs;
}

static RfiJob *
find_job (GPtrArray  *jobs,
          const char *title)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      RfiJob *job = jobs->pdata[i];

      if (g_strcmp0 (job->title, title) == 0)
        return job;
    }
  return NULL;
}

static void
check_account (RfiServerStore *store,
               const char     *email,
               const char     *password,
               const char     *name,
               const char     *vendor)
{
  g_autofree char *hash = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiUser) user = rfi_server_users_find (rfi_server_store_get_reader (store), email,
                                                   &hash, &error);

  g_assert_no_error (error);
  g_assert_nonnull (user);
  g_assert_cmpstr (user->display_name, ==, name);
  g_assert_cmpstr (user->vendor_id, ==, vendor);
  g_assert_true (rfi_password_check (password, hash));
}

static void
check_accounts (RfiServerStore *store)
{
  check_account (store, "admin@retailfixit.com", "admin123", "System Admin", NULL);
  check_account (store, "dispatcher@coolair.com", "dispatch123", "Cool Air Dispatcher",
                 "vendor-001");
  check_account (store, "ahmed@coolair.com", "tech123", "Ahmed (Technician)", "vendor-001");
  check_account (store, "dispatcher@sparkelectric.com", "dispatch123",
                 "Spark Electric Dispatcher", "vendor-002");
  check_account (store, "sara@sparkelectric.com", "tech123", "Sara (Technician)", "vendor-002");
}

static void
check_photos (RfiServerStore *store,
              const RfiJob   *job,
              guint           at_least)
{
  RfiPhotoFiles *files = rfi_server_store_get_photos (store);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) photos = rfi_server_photos_list (rfi_server_store_get_reader (store),
                                                        job->id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (photos->len, >=, at_least);
  for (guint i = 0; i < photos->len; i++)
    {
      const RfiPhoto *photo = photos->pdata[i];
      g_autofree char *name = rfi_photo_files_name (job, photo);
      const char *mime_type = NULL;
      g_autoptr(GBytes) content = rfi_photo_files_open (files, name, &mime_type, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (mime_type, ==, "image/jpeg");
      g_assert_cmpint ((gint64) g_bytes_get_size (content), ==, photo->size);
      g_assert_cmpstr (rfi_photo_files_sniff (content), ==, "image/jpeg");
      g_assert_cmpint (photo->uploaded_at, >=, job->created_at);
      g_assert_cmpint (photo->uploaded_at, <=, job->updated_at);
    }
}

static void
test_small (void)
{
  RfiServerStore *store = open_store ("small");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) jobs = NULL;
  static const char *const titles[] = {
    "Panel upgrade inspection", "POS system wiring", "Emergency lighting replacement",
    "Freezer defrost cycle fix", "Walk-in cooler repair", "Air duct cleaning",
    "Thermostat calibration", "HVAC compressor replacement",
  };

  g_assert_true (rfi_sample_fill_small (store, NOW, &error));
  g_assert_no_error (error);
  check_accounts (store);

  jobs = list_jobs (store);
  g_assert_cmpuint (jobs->len, ==, G_N_ELEMENTS (titles));
  for (guint i = 0; i < jobs->len; i++)
    g_assert_cmpstr (((RfiJob *) jobs->pdata[i])->title, ==, titles[i]);
  check_photos (store, find_job (jobs, "Walk-in cooler repair"), 3);
  check_photos (store, find_job (jobs, "Freezer defrost cycle fix"), 2);

  /* The next start finds all of it. */
  g_assert_true (rfi_sample_fill_small (store, NOW + 1000, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rfi_server_store_count_jobs (store, &error), ==, 8);
  close_store (store);
}

static void
fill_large (RfiServerStore *store,
            guint           n_vendors,
            guint           n_jobs,
            guint64         seed)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_sample_fill_large (store, n_vendors, n_jobs, seed, NOW, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rfi_server_store_count_jobs (store, &error), ==, n_jobs);
}

static void
check_job (const RfiJob *job)
{
  g_assert_cmpint (job->created_at, <=, job->updated_at);
  g_assert_cmpint (job->updated_at, <=, NOW);
  g_assert_cmpint (job->created_at, >, NOW - G_GINT64_CONSTANT (86400000) * 550);
  g_assert_null (strpbrk (job->description, "{}"));
  g_assert_cmpuint (strlen (job->description), >, 40);
  g_assert_cmpuint (strlen (job->zip_code), ==, 5);
  if (job->status == RFI_STATUS_PENDING)
    g_assert_null (job->assigned_to);
  else if (job->status != RFI_STATUS_CANCELLED)
    g_assert_nonnull (job->assigned_to_name);
}

/* Returns: (transfer full) */
static char *
list_indexes (RfiDb *db)
{
  static const char sql[] = "SELECT group_concat (sql, ';') FROM (SELECT sql FROM sqlite_schema"
                            " WHERE type = 'index' ORDER BY name)";
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, NULL);

  g_assert_true (rfi_db_step (db, row, NULL));
  return g_strdup (rfi_db_text (row, 0));
}

/* Filled at once, it is what jobs that come one by one would have made of it. */
static void
test_whole (void)
{
  RfiServerStore *store = open_store ("whole");
  RfiDb *db = rfi_server_store_get_reader (store);
  const RfiScope all = { RFI_SCOPE_ALL, NULL };
  const RfiScope vendor = { RFI_SCOPE_VENDOR, "vendor-001" };
  g_autofree char *before = list_indexes (db);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  RfiServerSum sum;

  fill_large (store, 3, 400, 7);
  after = list_indexes (db);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (rfi_server_sums_get (db, &all, &sum, &error));
  g_assert_cmpint (sum.n, ==, 400);
  g_assert_true (rfi_server_sums_get (db, &vendor, &sum, &error));
  g_assert_cmpint (sum.n, ==, rfi_server_jobs_count (db, &vendor, -1, &error));
  g_assert_no_error (error);
  close_store (store);
}

static void
test_large (void)
{
  RfiServerStore *store = open_store ("large");
  RfiDb *db = rfi_server_store_get_reader (store);
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) shops = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) jobs = NULL;
  g_autoptr(GPtrArray) technicians = NULL;
  g_autoptr(GPtrArray) vendors = NULL;
  guint n_shown = 0;
  guint n_with_photos = 0;

  fill_large (store, 30, 1500, 7);
  check_accounts (store);

  jobs = list_jobs (store);
  for (guint i = 0; i < jobs->len; i++)
    {
      const RfiJob *job = jobs->pdata[i];

      check_job (job);
      g_hash_table_add (shops, (gpointer) job->store_name);
      n_shown += !rfi_status_is_final (job->status)
                 && g_strcmp0 (job->vendor_id, "vendor-001") == 0;
      if (job->n_photos == 0)
        continue;
      n_with_photos++;
      check_photos (store, job, 1);
    }
  g_assert_cmpuint (n_shown, >=, 60);
  g_assert_cmpuint (n_with_photos, >, 30);
  g_assert_cmpuint (g_hash_table_size (shops), >, 100);

  technicians = rfi_server_users_list_technicians (db, "vendor-001", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (technicians->len, ==, 12);
  vendors = rfi_server_users_list_vendors (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (vendors->len, ==, 30);
  close_store (store);
}

/* What jobs have beyond the contract is good, and nobody is in two places. */
static void
test_extras (void)
{
  RfiServerStore *store = open_store ("extras");
  RfiDb *db = rfi_server_store_get_reader (store);
  g_autoptr(GPtrArray) listed = NULL;
  g_autoptr(GPtrArray) technicians = NULL;
  guint n_filled[RFI_N_FIELDS] = { 0, };

  fill_large (store, 30, 1500, 7);
  listed = list_jobs (store);
  for (guint i = 0; i < listed->len; i++)
    {
      const RfiJob *seen = listed->pdata[i];
      g_autoptr(RfiJob) job = rfi_server_jobs_get (db, seen->id, NULL);

      for (guint field = 0; field < RFI_N_FIELDS; field++)
        {
          const char *value = rfi_job_get_field (job, (RfiField) field);

          g_assert_cmpint (rfi_field_check ((RfiField) field, value), ==, RFI_FIELD_OK);
          n_filled[field] += *value != '\0';
        }
      if (!rfi_status_is_final (job->status))
        g_assert_false (rfi_server_jobs_is_booked (db, job, NULL));
    }
  for (guint field = 0; field < RFI_N_FIELDS; field++)
    g_assert_cmpuint (n_filled[field], >, 0);

  technicians = rfi_server_users_list_technicians (db, "vendor-001", NULL);
  for (guint i = 0; i < technicians->len; i++)
    {
      const RfiUser *technician = technicians->pdata[i];

      g_assert_cmpint (rfi_field_check (RFI_FIELD_SKILLS, technician->skills), ==, RFI_FIELD_OK);
      g_assert_cmpint (technician->work_start, <, technician->work_end);
    }
  close_store (store);
}

static void
digest_photos (RfiServerStore *store,
               const RfiJob   *job,
               GChecksum      *checksum)
{
  g_autoptr(GPtrArray) photos =
    rfi_server_photos_list (rfi_server_store_get_reader (store), job->id, NULL);

  g_assert_cmpuint (photos->len, ==, job->n_photos);
  for (guint i = 0; i < photos->len; i++)
    {
      g_autofree char *name = rfi_photo_files_name (job, photos->pdata[i]);
      const char *mime_type;
      g_autoptr(GBytes) content =
        rfi_photo_files_open (rfi_server_store_get_photos (store), name, &mime_type, NULL);

      g_checksum_update (checksum, (const guchar *) name, -1);
      g_checksum_update (checksum, g_bytes_get_data (content, NULL),
                         (gssize) g_bytes_get_size (content));
    }
}

/* Everything but the etags, which are always new. Returns: (transfer full) */
static char *
digest (RfiServerStore *store)
{
  g_autoptr(GPtrArray) jobs = list_jobs (store);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < jobs->len; i++)
    {
      const RfiJob *job = jobs->pdata[i];
      g_autoptr(RfiJob) whole =
        rfi_server_jobs_get (rfi_server_store_get_reader (store), job->id, NULL);
      g_autofree char *text =
        g_strdup_printf ("%s %s %s %u %u %s %s %s %s %s %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                         job->id, job->title, job->description, job->status, job->priority,
                         job->vendor_id, job->created_by, job->assigned_to, job->store_name,
                         job->address, job->n_photos, job->created_at, job->updated_at);

      g_checksum_update (checksum, (const guchar *) text, -1);
      for (guint field = 0; field < RFI_N_FIELDS; field++)
        g_checksum_update (checksum,
                           (const guchar *) rfi_job_get_field (whole, (RfiField) field), -1);
      digest_photos (store, job, checksum);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_seed (void)
{
  RfiServerStore *first = open_store ("first");
  RfiServerStore *same = open_store ("same");
  RfiServerStore *other = open_store ("other");
  g_autofree char *first_digest = NULL;
  g_autofree char *same_digest = NULL;
  g_autofree char *other_digest = NULL;

  fill_large (first, 5, 20, 11);
  fill_large (same, 5, 20, 11);
  fill_large (other, 5, 20, 12);
  first_digest = digest (first);
  same_digest = digest (same);
  other_digest = digest (other);
  g_assert_cmpstr (first_digest, ==, same_digest);
  g_assert_cmpstr (first_digest, !=, other_digest);

  close_store (first);
  close_store (same);
  close_store (other);
}

typedef struct
{
  guint  n_yet;      /* that were not made by then */
  guint  n_earlier;  /* that were not done */
} Past;

static gboolean
look_back_cb (const char    *job_id,
              const RfiJob  *then,
              gpointer       user_data,
              GError       **error)
{
  Past *past = user_data;

  if (then == NULL)
    past->n_yet++;
  else
    past->n_earlier += then->status != RFI_STATUS_COMPLETED;
  return TRUE;
}

/* What was done in the last month has a history without a gap, and the past can be had from it. */
static void
test_story (void)
{
  RfiServerStore *store = open_store ("story");
  RfiDb *db = rfi_server_store_get_reader (store);
  const RfiServerHistoryQuery all = { .limit = 1 };
  RfiServerHistoryCheck check = { 0, };
  g_autoptr(GPtrArray) jobs = NULL;
  g_autoptr(GError) error = NULL;
  Past past = { 0, };
  gint64 first, n, expected = 0;

  fill_large (store, 3, 400, 7);
  jobs = list_jobs (store);
  for (guint i = 0; i < jobs->len; i++)
    {
      const RfiJob *job = jobs->pdata[i];
      const RfiServerHistoryQuery of_job = { .limit = 9, .job_id = job->id };
      g_autoptr(GString) entries = g_string_new (NULL);
      gint64 known = rfi_server_history_count (db, &of_job, &error);
      gint64 next;

      g_assert_no_error (error);
      g_assert_cmpint (known, <=, job->version);
      if (NOW - job->created_at < 30 * G_TIME_SPAN_DAY / 1000)
        g_assert_cmpint (known, ==, job->version);
      g_assert_true (rfi_server_history_append (db, &of_job, entries, &next, &error));
      if (known > 1)
        g_assert_nonnull (strstr (entries->str, rfi_status_to_string (job->status)));
      expected += known;
    }
  n = rfi_server_history_count (db, &all, &error);
  g_assert_cmpint (n, ==, expected);
  g_assert_true (rfi_server_history_check (db, 0, n, &check, &error));
  g_assert_cmpint (check.to, ==, n);
  g_assert_cmpint (check.broken, ==, 0);
  g_free (check.hash);

  g_assert_true (rfi_server_history_find_first (db, NOW - G_TIME_SPAN_DAY / 1000, &first, &error));
  g_assert_cmpint (first, >, 1);
  g_assert_cmpint (first, <=, n);
  g_assert_true (rfi_server_history_as_of (db, first - 1, NULL, look_back_cb, &past, &error));
  g_assert_cmpuint (past.n_yet, >, 0);
  g_assert_cmpuint (past.n_earlier, >, 0);
  close_store (store);
}

static void
test_sketches (void)
{
  /* The phases of a scene are in one drawing, so one of them stands for all. */
  for (int scene = 0; scene < RFI_N_SKETCH_SCENES; scene++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) picture = rfi_sketch_draw ((RfiSketchScene) scene,
                                                   (RfiSketchPhase) (scene % RFI_N_SKETCH_PHASES),
                                                   5, NULL, &error);
      g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", NULL);
      GdkPixbuf *pixbuf;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (picture), >, 100 * 1000);
      g_assert_cmpuint (g_bytes_get_size (picture), <, 600 * 1000);
      gdk_pixbuf_loader_write_bytes (loader, picture, &error);
      g_assert_no_error (error);
      gdk_pixbuf_loader_close (loader, &error);
      g_assert_no_error (error);
      pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 1600);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 1200);
    }
}

static void
test_sketch_seed (void)
{
  g_autoptr(GBytes) first = rfi_sketch_draw (RFI_SKETCH_PIPE, RFI_SKETCH_BEFORE, 1, NULL, NULL);
  g_autoptr(GBytes) same = rfi_sketch_draw (RFI_SKETCH_PIPE, RFI_SKETCH_BEFORE, 1, NULL, NULL);
  g_autoptr(GBytes) other = rfi_sketch_draw (RFI_SKETCH_PIPE, RFI_SKETCH_BEFORE, 2, NULL, NULL);
  g_autoptr(GBytes) after = rfi_sketch_draw (RFI_SKETCH_PIPE, RFI_SKETCH_AFTER, 1, NULL, NULL);
  g_autoptr(GBytes) stamped = rfi_sketch_draw (RFI_SKETCH_PIPE, RFI_SKETCH_BEFORE, 1, "2026-11-21",
                                               NULL);

  g_assert_true (g_bytes_equal (first, same));
  g_assert_false (g_bytes_equal (first, other));
  g_assert_false (g_bytes_equal (first, after));
  g_assert_false (g_bytes_equal (first, stamped));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/server/sample/small", test_small);
  g_test_add_func ("/server/sample/large", test_large);
  g_test_add_func ("/server/sample/whole", test_whole);
  g_test_add_func ("/server/sample/extras", test_extras);
  g_test_add_func ("/server/sample/story", test_story);
  g_test_add_func ("/server/sample/seed", test_seed);
  g_test_add_func ("/server/sample/sketches", test_sketches);
  g_test_add_func ("/server/sample/sketch-seed", test_sketch_seed);

  return g_test_run ();
}
