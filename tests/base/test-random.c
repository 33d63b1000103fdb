/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-backoff.h"
#include "rfi-random.h"

static void
test_repeats (void)
{
  g_autoptr(RfiRandom) one = rfi_random_new_seed (7);
  g_autoptr(RfiRandom) same = rfi_random_new_seed (7);
  g_autoptr(RfiRandom) other = rfi_random_new_seed (8);
  guint differences = 0;

  for (int i = 0; i < 1000; i++)
    {
      guint64 value = rfi_random_u64 (one);

      g_assert_cmpuint (value, ==, rfi_random_u64 (same));
      if (value != rfi_random_u64 (other))
        differences++;
    }
  g_assert_cmpuint (differences, >, 990);
}

/* The first words for seed 0, as the algorithm's authors publish them. */
static void
test_reference (void)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (0);

  g_assert_cmphex (rfi_random_u64 (random), ==, G_GUINT64_CONSTANT (0xe220a8397b1dcdaf));
  g_assert_cmphex (rfi_random_u64 (random), ==, G_GUINT64_CONSTANT (0x6e789e6aa1b965f4));
  g_assert_cmphex (rfi_random_u64 (random), ==, G_GUINT64_CONSTANT (0x06c45d188009454f));
}

static void
test_range (void)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (1);
  guint counts[6] = { 0 };

  for (int i = 0; i < 6000; i++)
    {
      double unit = rfi_random_unit (random);

      g_assert_cmpfloat (unit, >=, 0);
      g_assert_cmpfloat (unit, <, 1);
      counts[rfi_random_range (random, 6)]++;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_assert_cmpuint (counts[i], >, 850);
      g_assert_cmpuint (counts[i], <, 1150);
    }
  g_assert_cmpuint (rfi_random_range (random, 0), ==, 0);
  g_assert_cmpuint (rfi_random_range (random, 1), ==, 0);
}

static void
test_uuid (void)
{
  g_autoptr(RfiRandom) random = rfi_random_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *uuid = rfi_random_uuid (random);

      g_assert_true (g_uuid_string_is_valid (uuid));
      g_assert_cmpint (uuid[14], ==, '4');
      g_assert_nonnull (strchr ("89ab", uuid[19]));
      g_assert_true (g_hash_table_add (seen, uuid));
    }
}

/* Unseeded generators of one process must not walk in step. */
static void
test_unseeded (void)
{
  g_autoptr(RfiRandom) one = rfi_random_new ();
  g_autoptr(RfiRandom) other = rfi_random_new ();

  g_assert_cmpuint (rfi_random_u64 (one), !=, rfi_random_u64 (other));
}

static void
test_backoff (void)
{
  static const struct
  {
    guint  attempt;
    gint64 longest;
  } steps[] = {
    { 1, 1000 }, { 2, 2000 }, { 3, 4000 }, { 6, 32000 }, { 7, 60000 }, { 1000, 60000 },
  };
  g_autoptr(RfiRandom) random = rfi_random_new_seed (3);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 shortest = G_MAXINT64;
      gint64 longest = 0;

      for (int j = 0; j < 2000; j++)
        {
          gint64 delay = rfi_backoff_delay (steps[i].attempt, 1000, 60000, random);

          shortest = MIN (shortest, delay);
          longest = MAX (longest, delay);
        }
      /* Full jitter: all of it is used, and never more. */
      g_assert_cmpint (shortest, >=, 0);
      g_assert_cmpint (shortest, <, steps[i].longest / 20);
      g_assert_cmpint (longest, <=, steps[i].longest);
      g_assert_cmpint (longest, >, steps[i].longest * 19 / 20);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/random/repeats", test_repeats);
  g_test_add_func ("/random/reference", test_reference);
  g_test_add_func ("/random/range", test_range);
  g_test_add_func ("/random/uuid", test_uuid);
  g_test_add_func ("/random/unseeded", test_unseeded);
  g_test_add_func ("/backoff/bounds", test_backoff);

  return g_test_run ();
}
