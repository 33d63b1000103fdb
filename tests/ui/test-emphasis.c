/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-emphasis.h"

/* Where the words of a search are found in what is drawn. */

/* The underlined parts of @text in brackets: "re[pai]r". @marks: (transfer full) (nullable) */
static char *
show (const char    *text,
      PangoAttrList *marks)
{
  GString *shown = g_string_new (text);
  PangoAttrIterator *iterator;
  gssize shift = 0;

  if (marks == NULL)
    return g_string_free (shown, FALSE);

  iterator = pango_attr_list_get_iterator (marks);
  do
    {
      int start, end;

      pango_attr_iterator_range (iterator, &start, &end);
      if (pango_attr_iterator_get (iterator, PANGO_ATTR_UNDERLINE) == NULL)
        continue;

      g_assert_nonnull (pango_attr_iterator_get (iterator, PANGO_ATTR_BACKGROUND));
      g_string_insert_c (shown, start + shift++, '[');
      g_string_insert_c (shown, end + shift++, ']');
    }
  while (pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);
  pango_attr_list_unref (marks);
  return g_string_free (shown, FALSE);
}

#define assert_shown(text, marks, expected) G_STMT_START { \
  g_autofree char *shown_ = show ((text), (marks)); \
  g_assert_cmpstr (shown_, ==, (expected)); \
} G_STMT_END

static void
assert_marked (const char *sought,
               const char *text,
               const char *expected)
{
  g_autoptr(RfiEmphasis) emphasis = rfi_emphasis_new ();

  rfi_emphasis_set_text (emphasis, sought);
  assert_shown (text, rfi_emphasis_mark (emphasis, text, 0), expected);
}

static void
test_words (void)
{
  assert_marked ("", "Freezer", "Freezer");
  assert_marked ("  ", "Freezer", "Freezer");
  assert_marked ("door", "Freezer", "Freezer");
  assert_marked ("FREE", "Freezer door, free", "[Free]zer door, [free]");
  assert_marked ("door freezer", "Freezer door", "[Freezer] [door]");
  /* Words that meet or lie in each other are one. */
  assert_marked ("free eze", "Freezer", "[Freeze]r");
  assert_marked ("ee freezer", "Freezer", "[Freezer]");
}

/* As the search folds: letters that grow, and letters of several characters. */
static void
test_folding (void)
{
  assert_marked ("STRASSE", "Hauptstraße 4", "Haupt[straße] 4");
  assert_marked ("caf\303\211", "Cafe\314\201 Luna", "[Cafe\314\201] Luna");
  assert_marked ("öl", "Öl läuft", "[Öl] läuft");
  assert_marked ("s", "ß", "[ß]");
}

static void
test_from (void)
{
  g_autoptr(RfiEmphasis) emphasis = rfi_emphasis_new ();
  const char *text = "Über · Über";

  rfi_emphasis_set_text (emphasis, "über");
  assert_shown (text, rfi_emphasis_mark (emphasis, text, 5), "Über · [Über]");
}

static void
test_id (void)
{
  g_autoptr(RfiEmphasis) emphasis = rfi_emphasis_new ();
  const char *id = "7f3c1a2b-9d8e-7f3c";

  rfi_emphasis_set_text (emphasis, "7F3C");
  assert_shown (id, rfi_emphasis_mark_id (emphasis, id), "[7f3c]1a2b-9d8e-7f3c");
  /* In the middle it is not sought: it is there by chance. */
  rfi_emphasis_set_text (emphasis, "9d8e");
  assert_shown (id, rfi_emphasis_mark_id (emphasis, id), id);
  rfi_emphasis_set_text (emphasis, "b-9d8e");
  assert_shown (id, rfi_emphasis_mark_id (emphasis, id), "7f3c1a2[b-9d8e]-7f3c");
}

static void
test_set_text (void)
{
  g_autoptr(RfiEmphasis) emphasis = rfi_emphasis_new ();

  g_assert_false (rfi_emphasis_set_text (emphasis, " "));
  g_assert_true (rfi_emphasis_set_text (emphasis, "Door"));
  g_assert_false (rfi_emphasis_set_text (emphasis, "door "));
  g_assert_true (rfi_emphasis_set_text (emphasis, ""));
}

/* In high contrast nothing is laid below the words, and the line has to say it alone. */
static void
test_contrast (void)
{
  g_autoptr(RfiEmphasis) emphasis = rfi_emphasis_new ();
  g_autoptr(PangoAttrList) marks = NULL;
  PangoAttrIterator *iterator;

  rfi_emphasis_set_text (emphasis, "fr");
  rfi_emphasis_set_tint (emphasis, NULL);
  marks = rfi_emphasis_mark (emphasis, "Freezer", 0);
  iterator = pango_attr_list_get_iterator (marks);
  g_assert_null (pango_attr_iterator_get (iterator, PANGO_ATTR_BACKGROUND));
  g_assert_cmpint (((PangoAttrInt *) pango_attr_iterator_get (iterator, PANGO_ATTR_UNDERLINE))
                     ->value, ==, PANGO_UNDERLINE_DOUBLE);
  pango_attr_iterator_destroy (iterator);

  rfi_emphasis_set_tint (emphasis, &(GdkRGBA) { 0, 0, 1, 1 });
  assert_shown ("Freezer", rfi_emphasis_mark (emphasis, "Freezer", 0), "[Fr]eezer");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/emphasis/words", test_words);
  g_test_add_func ("/emphasis/folding", test_folding);
  g_test_add_func ("/emphasis/from", test_from);
  g_test_add_func ("/emphasis/id", test_id);
  g_test_add_func ("/emphasis/set-text", test_set_text);
  g_test_add_func ("/emphasis/contrast", test_contrast);

  return g_test_run ();
}
