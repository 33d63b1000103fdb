/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter.h"
#include "rfi-job-item.h"
#include "rfi-job-search.h"
#include "rfi-job-view.h"
#include "rfi-record-item.h"
#include "rfi-session-private.h"
#include "rfi-store-pull.h"
#include "rfi-test-seal.h"

#include "rfi-random.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A session with a large cache, offline: opened, changed, searched, with the views of a board and
 * a table of all jobs watching. Beside it what a program would do without an index: GListStore
 * with a sorted insertion, and folding each job's text at each keystroke.
 */

#define N_JOBS  100000
#define SLICE   5000
#define N_TRIES 2000

typedef struct
{
  GArray *values;  /* (element-type double): ms */
} Times;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
add (Times  *times,
     gint64  began)
{
  double ms = (double) (g_get_monotonic_time () - began) / 1000;

  if (times->values == NULL)
    times->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (times->values, ms);
}

static double
percentile (Times *times,
            guint  percent)
{
  g_array_sort (times->values, compare);
  return g_array_index (times->values, double,
                        MIN (times->values->len * percent / 100, times->values->len - 1));
}

static void
report_value (const char *name,
              const char *unit,
              double      value)
{
  printf ("{\"name\": \"%s\", \"unit\": \"%s\", \"value\": %.3f}\n", name, unit, value);
  fflush (stdout);
}

/* @peer: (nullable) */
static void
report (const char *name,
        Times      *times,
        const char *peer,
        Times      *peer_times)
{
  double value = percentile (times, 50);

  printf ("{\"name\": \"%s\", \"unit\": \"ms\", \"value\": %.4f, \"p50\": %.4f, \"p99\": %.4f",
          name, value, value, percentile (times, 99));
  if (peer != NULL)
    printf (", \"peer\": \"%s %.3f\", \"ratio\": %.5f", peer, percentile (peer_times, 50),
            value / percentile (peer_times, 50));
  printf ("}\n");
  fflush (stdout);
}

/* In MiB. */
static double
get_rss (void)
{
  g_autofree char *text = NULL;
  const char *at;

  malloc_trim (0);
  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  at = strstr (text, "VmRSS:");
  return g_ascii_strtod (at + strlen ("VmRSS:"), NULL) / 1024;
}

static RfiJob *
make_job (RfiRandom *random,
          guint      number)
{
  static const char *const things[] = { "Walk-in cooler", "Freezer", "Ice machine", "Door closer",
                                        "Air duct", "Emergency light", "POS terminal", "Oven" };
  static const char *const faults[] = { "leaks", "too warm", "does not start", "broken seal",
                                        "trips the breaker", "makes noise" };
  static const char *const cities[] = { "Dallas", "Austin", "Houston", "El Paso", "Waco", "Plano",
                                        "Lubbock", "Laredo", "Irving", "Tyler" };
  g_autofree char *id = rfi_random_uuid (random);
  g_autofree char *etag = g_strdup_printf ("\"%08x-0000-0700-0000-%012x\"", number, number);
  const char *thing = things[rfi_random_range (random, G_N_ELEMENTS (things))];
  const char *fault = faults[rfi_random_range (random, G_N_ELEMENTS (faults))];
  guint64 place = rfi_random_range (random, 1000);
  g_autofree char *title = g_strdup_printf ("%s %s", thing, fault);
  g_autofree char *store = g_strdup_printf ("QuickStop #%u", (guint) place);
  g_autofree char *address = g_strdup_printf ("%u Industrial Parkway", 100 + number % 9000);
  g_autofree char *zip_code = g_strdup_printf ("75%03u", (guint) place);
  g_autofree char *vendor = g_strdup_printf ("vendor-%03u", (guint) place % 20);
  g_autofree char *technician = g_strdup_printf ("technician-%u", (guint) place % 200);
  g_autofree char *name = g_strdup_printf ("Technician %u", (guint) place % 200);
  g_autofree char *description =
    g_strdup_printf ("The %s in aisle %u %s since this morning. Staff moved the goods; please "
                     "call the manager before coming.", thing, number % 40, fault);
  RfiJob job = {
    .id = id, .title = title, .description = description, .etag = rfi_etag (etag),
    .store_name = store, .address = address, .city = cities[place % G_N_ELEMENTS (cities)],
    .state = "TX", .zip_code = zip_code, .vendor_id = vendor, .created_by = "dispatcher-1",
    .created_by_name = "Dana Reyes", .assigned_to = technician, .assigned_to_name = name,
    .status = (RfiStatus) rfi_random_range (random, RFI_N_STATUSES),
    .priority = (RfiPriority) rfi_random_range (random, RFI_N_PRIORITIES),
    .created_at = 1760000000000 + (gint64) rfi_random_range (random, 30000000000),
    .updated_at = 1790000000000 + number,
  };

  return rfi_job_new (&job);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
fill_store (const char *path,
            RfiRandom  *random)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiSeal) seal = rfi_test_seal_new ();
  g_autoptr(RfiStore) store = rfi_store_open (path, seal, NULL, NULL, NULL, FALSE, &error);

  if (store == NULL)
    g_error ("%s", error->message);

  for (guint first = 0; first < N_JOBS; first += SLICE)
    {
      g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
      g_autoptr(GAsyncResult) result = NULL;

      for (guint i = first; i < first + SLICE; i++)
        g_ptr_array_add (rows, make_job (random, i));
      rfi_store_apply_rows_async (store, rows, RFI_PULL_LISTING, 1, NULL, NULL, NULL, keep_cb,
                                  &result);
      wait (&result);
      if (!rfi_store_finish (store, result, &error))
        g_error ("%s", error->message);
    }

  rfi_store_close (store);
}

static RfiAccount *
make_account (const char *dir)
{
  RfiAccount *account = g_new0 (RfiAccount, 1);
  RfiUser user = {
    .id = (char *) "admin-1", .email = (char *) "admin@example.com",
    .display_name = (char *) "Admin", .role = RFI_ROLE_ADMIN,
  };

  account->server_url = g_strdup ("http://127.0.0.1:1");
  account->email = g_strdup (user.email);
  account->token = g_strdup ("none");
  account->user = rfi_user_new (&user);
  account->dir = g_strdup (dir);
  account->keyring_note = -1;
  account->seal = rfi_test_seal_new ();
  return account;
}

/* Views as a window with board and table has them. */
static GPtrArray *
make_views (RfiSession   *session,
            RfiJobFilter *filter)
{
  GPtrArray *views = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint status = 0; status < RFI_N_STATUSES; status++)
    g_ptr_array_add (views,
                     rfi_job_view_new (rfi_session_get_jobs (session), filter, 1u << status));
  g_ptr_array_add (views, rfi_job_view_new (rfi_session_get_jobs (session), filter,
                                            (1u << RFI_N_STATUSES) - 1));
  return views;
}

static gboolean
is_loading (RfiSession *session)
{
  gboolean loading;

  g_object_get (session, "loading", &loading, NULL);
  return loading;
}

/* Runs the loop until all is loaded, timing each of its turns. */
static void
bench_open (RfiSession *session,
            gint64      began)
{
  Times turns = { NULL };
  double worst;

  while (is_loading (session))
    {
      gint64 turn = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        add (&turns, turn);
      else
        g_usleep (100);
    }

  worst = percentile (&turns, 100);
  report_value ("session/open 100k, to all in views", "ms",
                (double) (g_get_monotonic_time () - began) / 1000);
  report_value ("session/open 100k, longest turn of the loop", "ms", worst);
}

static RfiJobState *
change_job (RfiSession *session,
            const char *id,
            RfiRandom  *random)
{
  RfiJob job = *rfi_job_table_lookup (rfi_session_get_jobs (session), id)->work;
  g_autoptr(RfiJob) changed = NULL;

  job.priority = (RfiPriority) rfi_random_range (random, RFI_N_PRIORITIES);
  job.status = (RfiStatus) rfi_random_range (random, RFI_N_STATUSES);
  job.updated_at++;
  changed = rfi_job_new (&job);
  return rfi_job_state_new (changed, RFI_MARK_CONFIRMED, 0);
}

static void
collect_id (RfiJobState *state,
            gpointer     user_data)
{
  g_ptr_array_add (user_data, g_strdup (state->work->id));
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const RfiJob *left = rfi_job_item_get_job ((RfiJobItem *) a);
  const RfiJob *right = rfi_job_item_get_job ((RfiJobItem *) b);

  if (left->priority != right->priority)
    return left->priority > right->priority ? -1 : 1;
  return left->created_at < right->created_at ? -1 : left->created_at > right->created_at;
}

/* The least a program without an index does: an item for each job, put where it belongs. */
static void
bench_list_store (RfiSession *session,
                  GPtrArray  *ids,
                  RfiRandom  *random,
                  Times      *times)
{
  g_autoptr(GListStore) store = g_list_store_new (RFI_TYPE_JOB_ITEM);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(RfiJobItem) item = rfi_job_table_get_item (rfi_session_get_jobs (session),
                                                           g_ptr_array_index (ids, i));

      g_list_store_append (store, item);
    }
  g_list_store_sort (store, compare_items, NULL);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(RfiJobItem) item = NULL;
      guint position;
      gint64 began;

      item = rfi_job_table_get_item (rfi_session_get_jobs (session),
                                     g_ptr_array_index (ids, rfi_random_range (random, ids->len)));
      began = g_get_monotonic_time ();
      if (g_list_store_find (store, item, &position))
        g_list_store_remove (store, position);
      g_list_store_insert_sorted (store, item, compare_items, NULL);
      add (times, began);
    }
}

static void
bench_changes (RfiSession *session,
               RfiRandom  *random)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Times one = { NULL };
  Times many = { NULL };
  Times peer = { NULL };

  rfi_job_table_foreach (rfi_session_get_jobs (session), collect_id, ids);
  for (guint i = 0; i < N_TRIES + 100; i++)
    {
      g_autoptr(GPtrArray) batch = NULL;
      gint64 began;

      batch = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
      for (guint k = 0; k < (i < N_TRIES ? 1 : 1000); k++)
        g_ptr_array_add (batch,
                         change_job (session,
                                     g_ptr_array_index (ids, rfi_random_range (random, ids->len)),
                                     random));
      began = g_get_monotonic_time ();
      rfi_job_table_apply (rfi_session_get_jobs (session), batch, NULL, FALSE);
      add (i < N_TRIES ? &one : &many, began);
    }

  bench_list_store (session, ids, random, &peer);
  report ("session/one change, 6 views of 100k", &one, "GListStore, 1 view", &peer);
  report ("session/1,000 changes at once, 6 views of 100k", &many, NULL, NULL);
}

static void
fold_job (RfiJobState *state,
          gpointer     user_data)
{
  const RfiJob *job = state->work;
  g_autofree char *title = g_utf8_casefold (job->title, -1);
  g_autofree char *description = g_utf8_casefold (job->description, -1);
  g_autofree char *city = g_utf8_casefold (job->city, -1);

  if (strstr (title, "dallas") != NULL || strstr (description, "dallas") != NULL ||
      strstr (city, "dallas") != NULL)
    ++*(guint *) user_data;
}

static void
bench_search (RfiSession   *session,
              RfiJobFilter *filter)
{
  static const char *const words[] = { "freezer dallas", "technician 17", "75123", "manager",
                                       "quickstop #77", "zzz" };
  Times keys = { NULL };
  Times filters = { NULL };
  Times peer = { NULL };
  guint n_found = 0;

  for (guint round = 0; round < 5; round++)
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      {
        guint length = (guint) strlen (words[i]);

        /* Typed letter by letter, and taken back the same way. */
        for (guint key = 1; key <= 2 * length; key++)
          {
            g_autofree char *text = g_strndup (words[i], key <= length ? key : 2 * length - key);
            gint64 began = g_get_monotonic_time ();

            rfi_job_filter_set_text (filter, text);
            add (&keys, began);
          }
      }

  for (guint i = 0; i < 50; i++)
    {
      gint64 began = g_get_monotonic_time ();

      rfi_job_filter_set_priorities (filter, i % 15);
      add (&filters, began);
    }
  rfi_job_filter_clear (filter);

  for (guint i = 0; i < 5; i++)
    {
      gint64 began = g_get_monotonic_time ();

      rfi_job_table_foreach (rfi_session_get_jobs (session), fold_job, &n_found);
      add (&peer, began);
    }

  report ("session/keystroke in the search, 6 views of 100k", &keys, "folding each time", &peer);
  report_value ("session/keystroke in the search, worst", "ms", percentile (&keys, 100));
  report ("session/filter by priority, 6 views of 100k", &filters, NULL, NULL);
}

/* The few jobs that the words of a typed command mean, from the key until they are there. */
static void
bench_few (RfiSession *session)
{
  static const char *const words[] = { "freezer dallas", "technician 17", "75123", "7f3c", "zzz" };
  g_autoptr(RfiJobSearch) search = rfi_job_search_new (rfi_session_get_jobs (session), 8);
  Times keys = { NULL };

  for (guint round = 0; round < 5; round++)
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      for (guint length = 1; length <= strlen (words[i]); length++)
        {
          g_autofree char *text = g_strndup (words[i], length);
          gint64 began = g_get_monotonic_time ();

          rfi_job_search_set_text (search, text);
          while (!rfi_job_search_is_done (search))
            g_main_context_iteration (NULL, TRUE);
          add (&keys, began);
        }

  report ("session/few best jobs for typed words, of 100k", &keys, NULL, NULL);
  report_value ("session/few best jobs for typed words, worst", "ms", percentile (&keys, 100));
}

int
main (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", dir);
  g_autoptr(RfiRandom) random = rfi_random_new_seed (1);
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(GPtrArray) views = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  RfiSession *session;
  double rss;
  gint64 began;

  fill_store (path, random);
  rss = get_rss ();

  began = g_get_monotonic_time ();
  _rfi_session_open_async (make_account (dir), TRUE, NULL, keep_cb, &result);
  wait (&result);
  session = _rfi_session_open_finish (result, &error);
  if (session == NULL)
    g_error ("%s", error->message);
  g_clear_object (&result);
  views = make_views (session, filter);
  bench_open (session, began);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (rfi_session_get_jobs (session)), ==, N_JOBS);
  report_value ("session/memory of 100k jobs and their views", "MiB", get_rss () - rss);

  bench_search (session, filter);
  bench_few (session);
  bench_changes (session, random);

  _rfi_session_close_async (session, keep_cb, &result);
  wait (&result);
  g_clear_pointer (&views, g_ptr_array_unref);
  g_object_unref (session);
  return system (command) == 0 ? 0 : 1;
}
