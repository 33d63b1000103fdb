/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-row-index.h"

#include "rfi-random.h"

#define N_ROWS  2000
#define N_STEPS 40000

static const char *
get_id (guint    row,
        gpointer user_data)
{
  return ((char **) user_data)[row];
}

/* In a row of that id there is always the same. */
static char **
make_ids (void)
{
  char **ids = g_new0 (char *, N_ROWS + 1);

  for (guint i = 0; i < N_ROWS; i++)
    ids[i] = g_strdup_printf ("job-%u", i);
  return ids;
}

static void
check_all (RfiRowIndex *index,
           GHashTable  *expected,
           char       **ids)
{
  g_assert_cmpuint (rfi_row_index_get_n (index), ==, g_hash_table_size (expected));
  for (guint i = 0; i < N_ROWS; i++)
    {
      guint row = G_MAXUINT;

      g_assert_true (rfi_row_index_find (index, ids[i], &row)
                     == g_hash_table_contains (expected, ids[i]));
      g_assert_cmpuint (row, ==, g_hash_table_contains (expected, ids[i]) ? i : G_MAXUINT);
    }
}

/* Whatever comes and goes, it says the same as a hash table. */
static void
test_as_hash_table (void)
{
  g_auto(GStrv) ids = make_ids ();
  g_autoptr(RfiRandom) random = rfi_random_new_seed (15);
  g_autoptr(GHashTable) expected = g_hash_table_new (g_str_hash, g_str_equal);
  RfiRowIndex *index = rfi_row_index_new (get_id, ids);

  check_all (index, expected, ids);
  for (guint step = 0; step < N_STEPS; step++)
    {
      guint row = (guint) rfi_random_range (random, N_ROWS);

      if (g_hash_table_remove (expected, ids[row]))
        {
          rfi_row_index_remove (index, ids[row]);
        }
      else
        {
          g_hash_table_add (expected, ids[row]);
          rfi_row_index_add (index, ids[row], row);
        }
      if (step % 1000 == 0)
        check_all (index, expected, ids);
    }

  /* So full that nearly every search meets others. */
  for (guint row = 0; row < N_ROWS; row++)
    if (g_hash_table_add (expected, ids[row]))
      rfi_row_index_add (index, ids[row], row);
  check_all (index, expected, ids);
  rfi_row_index_remove (index, "never there");
  g_assert_cmpuint (rfi_row_index_get_n (index), ==, N_ROWS);
  rfi_row_index_free (index);
}

/* "Aa" and "BB" and what is made of them have one hash. */
static void
test_one_hash (void)
{
  static const char *const ids[] = { "AaAa", "AaBB", "BBAa", "BBBB" };
  RfiRowIndex *index = rfi_row_index_new (get_id, (gpointer) ids);
  guint row;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    rfi_row_index_add (index, ids[i], i);
  rfi_row_index_remove (index, ids[1]);
  g_assert_false (rfi_row_index_find (index, ids[1], &row));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (i != 1)
      {
        g_assert_true (rfi_row_index_find (index, ids[i], &row));
        g_assert_cmpuint (row, ==, i);
      }
  rfi_row_index_free (index);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-index/as-hash-table", test_as_hash_table);
  g_test_add_func ("/row-index/one-hash", test_one_hash);

  return g_test_run ();
}
