/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-text-merge.h"

#define MAX_PARTS 200

static char *
join_all (GPtrArray     *parts,
          RfiPartChoice  choice)
{
  RfiPartChoice choices[MAX_PARTS];

  for (guint i = 0; i < MAX_PARTS; i++)
    choices[i] = choice;
  return rfi_text_merge_join (parts, choices);
}

static void
test_examples (void)
{
  static const struct {
    const char *base;
    const char *mine;
    const char *theirs;
    guint       n_collisions;
    const char *both;
    const char *only_mine;
  } cases[] = {
    { "", "", "", 0, "", "" },
    { "hums", "hums", "hums loudly", 0, "hums loudly", "hums loudly" },
    { "coil hums. Door shut.", "big coil hums. Door shut.", "coil hums. Door open.", 0,
      "big coil hums. Door open.", "big coil hums. Door open." },
    { "coil is warm", "coil is iced", "coil is iced", 0, "coil is iced", "coil is iced" },
    { "coil is warm", "coil is iced", "coil is dry", 1, "coil is iced dry", "coil is iced" },
    { "", "Part ordered", "Store closed", 1, "Part ordered Store closed", "Part ordered" },
    { "Hums.", "Hums. Dairy moved.", "Hums. Key at desk.", 1, "Hums. Dairy moved. Key at desk.",
      "Hums. Dairy moved." },
    { "one two three", "two three", "one two", 0, "two", "two" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) parts = rfi_text_merge (cases[i].base, cases[i].mine, cases[i].theirs);
      g_autofree char *both = join_all (parts, RFI_PART_TAKE_BOTH);
      g_autofree char *mine = join_all (parts, RFI_PART_TAKE_MINE);

      g_assert_cmpuint (rfi_text_merge_count_collisions (parts), ==, cases[i].n_collisions);
      g_assert_cmpstr (both, ==, cases[i].both);
      g_assert_cmpstr (mine, ==, cases[i].only_mine);
    }
}

static char *
random_text (void)
{
  static const char *const words[] = {
    "the ", "door ", "hums", " ", ".", "\n", "\u00fcber ", "5\u00b0", "x1 ",
  };
  GString *text = g_string_new (NULL);
  int n_words = g_test_rand_int_range (0, 30);

  for (int i = 0; i < n_words; i++)
    g_string_append (text, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

static void
test_laws (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autofree char *base = random_text ();
      g_autofree char *mine = random_text ();
      g_autofree char *theirs = random_text ();
      g_autoptr(GPtrArray) parts = rfi_text_merge (base, mine, theirs);
      g_autoptr(GPtrArray) alone = rfi_text_merge (base, mine, base);
      g_autofree char *merged = join_all (alone, RFI_PART_TAKE_THEIRS);
      g_autoptr(GString) all_base = g_string_new (NULL);
      g_autoptr(GString) all_mine = g_string_new (NULL);
      g_autoptr(GString) all_theirs = g_string_new (NULL);

      for (guint i = 0; i < parts->len; i++)
        {
          const RfiTextPart *part = g_ptr_array_index (parts, i);

          g_string_append (all_base, part->base);
          g_string_append (all_mine, part->mine);
          g_string_append (all_theirs, part->theirs);
        }
      g_assert_cmpstr (all_base->str, ==, base);
      g_assert_cmpstr (all_mine->str, ==, mine);
      g_assert_cmpstr (all_theirs->str, ==, theirs);
      /* With nobody else there is nothing to decide. */
      g_assert_cmpuint (rfi_text_merge_count_collisions (alone), ==, 0);
      g_assert_cmpstr (merged, ==, mine);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-merge/examples", test_examples);
  g_test_add_func ("/text-merge/laws", test_laws);

  return g_test_run ();
}
