/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-sim-compact"

#include "config.h"

#include "rfi-sim-runner.h"
#include "rfi-sim-vfs.h"
#include "rfi-store-compact.h"
#include "rfi-test-seal.h"

#include <string.h>

/* The cache is compacted on a disk that has little room, or none: whoever is refused has all that
 * was there, also after a crash, and can go on. */

#define PATH "m/cache.sqlite"
#define N_VALUES 40
#define STEP 8192

static GAsyncResult *answer;  /* (owned) (nullable) */

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  answer = g_object_ref (result);
}

static void
wait (void)
{
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char *
name_value (guint i)
{
  return g_strdup_printf ("value-%u", i);
}

/* @value: (nullable): forgets it */
static void
set (RfiStore   *store,
     guint       i,
     const char *value)
{
  g_autofree char *key = name_value (i);
  g_autoptr(GError) error = NULL;

  g_clear_object (&answer);
  rfi_store_set_meta_async (store, key, value, NULL, keep_cb, NULL);
  wait ();
  rfi_store_finish (store, answer, &error);
  g_assert_no_error (error);
}

static char *
get (RfiStore *store,
     guint     i)
{
  g_autofree char *key = name_value (i);
  g_autoptr(GError) error = NULL;
  char *value;

  g_clear_object (&answer);
  rfi_store_get_meta_async (store, key, NULL, keep_cb, NULL);
  wait ();
  value = rfi_store_get_meta_finish (store, answer, &error);
  g_assert_no_error (error);
  return value;
}

static RfiStore *
open_store (void)
{
  g_autoptr(RfiSeal) seal = rfi_test_seal_new ();
  g_autoptr(GError) error = NULL;
  RfiStore *store = rfi_store_open (PATH, seal, NULL, NULL, NULL, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rfi_store_get_recovered (store), ==, -1);
  return store;
}

static void
close_store (RfiStore *store)
{
  rfi_store_close (store);
  g_object_unref (store);
}

/* Every other value is forgotten; and the log is in the file. Returns: (transfer full) */
static RfiStore *
fill (void)
{
  g_autofree char *text = g_strnfill (4000, 'x');
  RfiStore *store = open_store ();

  for (guint i = 0; i < N_VALUES; i++)
    set (store, i, text);
  for (guint i = 0; i < N_VALUES; i += 2)
    set (store, i, NULL);
  close_store (store);
  return open_store ();
}

static void
assert_all_there (RfiStore *store)
{
  for (guint i = 0; i < N_VALUES; i++)
    {
      g_autofree char *value = get (store, i);

      g_assert_cmpuint (value != NULL ? strlen (value) : 0, ==, i % 2 == 0 ? 0 : 4000);
    }
}

/* Whether there was room enough. */
static gboolean
compact (RfiStore *store)
{
  g_autoptr(GError) error = NULL;
  gint64 before = 0;
  gint64 after = 0;

  g_clear_object (&answer);
  rfi_store_compact_async (store, NULL, keep_cb, NULL);
  wait ();
  if (!rfi_store_compact_finish (store, answer, &before, &after, &error))
    {
      g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_FULL);
      return FALSE;
    }

  g_assert_no_error (error);
  g_assert_cmpint (after, <, before);
  return TRUE;
}

static gboolean
try_with (gint64   space,
          gboolean crash)
{
  g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", 1);
  RfiStore *store = fill ();
  gboolean compacted;

  disk->space = space;
  compacted = compact (store);
  assert_all_there (store);
  if (crash)
    rfi_sim_disk_crash (disk);
  close_store (store);
  rfi_sim_disk_start (disk);

  disk->space = -1;
  store = open_store ();
  assert_all_there (store);
  g_assert_true (compacted || compact (store));
  assert_all_there (store);
  close_store (store);
  return compacted;
}

static void
test_full_disk (gconstpointer crash)
{
  gboolean compacted = FALSE;
  guint n_refused = 0;

  for (gint64 space = 0; !compacted; space += STEP)
    {
      compacted = try_with (space, GPOINTER_TO_INT (crash));
      n_refused += !compacted;
    }
  g_assert_cmpuint (n_refused, >, 3);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  rfi_sim_runner_install ();

  g_test_add_data_func ("/sim-compact/full-disk", GINT_TO_POINTER (FALSE), test_full_disk);
  g_test_add_data_func ("/sim-compact/full-disk-and-crash", GINT_TO_POINTER (TRUE),
                        test_full_disk);

  result = g_test_run ();
  g_clear_object (&answer);
  return result;
}
