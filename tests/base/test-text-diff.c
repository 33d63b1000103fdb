/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-text-diff.h"

#include <string.h>

/* "same [-old-]{+new+} same" */
static char *
describe (GArray *runs)
{
  static const char *const open[] = { "", "[-", "{+" };
  static const char *const close[] = { "", "-]", "+}" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const RfiTextRun *run = &g_array_index (runs, RfiTextRun, i);

      g_string_append (text, open[run->kind]);
      g_string_append_len (text, run->text, (gssize) run->length);
      g_string_append (text, close[run->kind]);
    }

  return g_string_free (text, FALSE);
}

static void
test_examples (void)
{
  static const struct {
    const char *old_text;
    const char *new_text;
    const char *expected;
  } cases[] = {
    { "", "", "" },
    { "same", "same", "same" },
    { "", "new", "{+new+}" },
    { "old", "", "[-old-]" },
    { "the old door", "the new door", "the [-old-]{+new+} door" },
    { "fix door", "fix the door", "fix {+the +}door" },
    { "fix the door", "fix door", "fix [-the -]door" },
    { "big red door", "small blue door", "[-big red-]{+small blue+} door" },
    { "Door 12.", "Door 13!", "Door [-12.-]{+13!+}" },
    { "a b c d", "b c d e", "[-a -]b c d{+ e+}" },
    { "caf\u00e9 5\u00b0F", "caf\u00e9 6\u00b0F", "caf\u00e9 [-5-]{+6+}\u00b0F" },
    { "one\ntwo", "one\ntwo\nthree", "one\ntwo{+\nthree+}" },
    { "word", "words", "[-word-]{+words+}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) runs = rfi_text_diff (cases[i].old_text, cases[i].new_text);
      g_autofree char *text = describe (runs);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static char *
random_text (guint n_words)
{
  static const char *const words[] = {
    "the", "door", "does", "not", " ", "  ", ",", ".", "\n", "\u00fcber", "5\u00b0", "x1",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append (text, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);

  return g_string_free (text, FALSE);
}

/* The runs of one side put together are that text. */
static void
assert_whole (GArray         *runs,
              RfiTextRunKind  side,
              const char     *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const RfiTextRun *run = &g_array_index (runs, RfiTextRun, i);

      g_assert_cmpuint (run->length, >, 0);
      g_assert_true (g_utf8_validate (run->text, (gssize) run->length, NULL));
      if (run->kind == RFI_TEXT_EQUAL || run->kind == side)
        g_string_append_len (text, run->text, (gssize) run->length);
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_laws (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *old_text = random_text ((guint) g_test_rand_int_range (0, 40));
      g_autofree char *new_text = random_text ((guint) g_test_rand_int_range (0, 40));
      g_autoptr(GArray) runs = rfi_text_diff (old_text, new_text);
      g_autoptr(GArray) none = rfi_text_diff (old_text, old_text);

      assert_whole (runs, RFI_TEXT_REMOVED, old_text);
      assert_whole (runs, RFI_TEXT_INSERTED, new_text);
      g_assert_cmpuint (none->len, <=, 1);

      for (guint i = 1; i < runs->len; i++)
        {
          RfiTextRunKind before = g_array_index (runs, RfiTextRun, i - 1).kind;
          RfiTextRunKind after = g_array_index (runs, RfiTextRun, i).kind;

          g_assert_cmpint (before, !=, after);
          g_assert_false (before == RFI_TEXT_INSERTED && after == RFI_TEXT_REMOVED);
        }
    }
}

/* The longest texts there are, with nothing in common and with everything. */
static void
test_bounded (void)
{
  g_autofree char *dots = g_strnfill (8000, '.');
  g_autofree char *commas = g_strnfill (8000, ',');
  g_autofree char *many = random_text (8000);
  g_autofree char *other = random_text (8000);
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GArray) different = rfi_text_diff (dots, commas);
  g_autoptr(GArray) mixed = rfi_text_diff (many, other);

  g_assert_cmpuint (different->len, ==, 2);
  assert_whole (mixed, RFI_TEXT_REMOVED, many);
  assert_whole (mixed, RFI_TEXT_INSERTED, other);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/text-diff/examples", test_examples);
  g_test_add_func ("/base/text-diff/laws", test_laws);
  g_test_add_func ("/base/text-diff/bounded", test_bounded);

  return g_test_run ();
}
