/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-print-document.h"
#include "rfi-print-pages.h"

#include <string.h>

/* "page:block.first+lines@y …" */
static char *
describe (GArray *pieces)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const RfiPrintPiece *piece = &g_array_index (pieces, RfiPrintPiece, i);

      g_string_append_printf (text, "%s%u:%u.%u+%u@%g", i > 0 ? " " : "", piece->page,
                              piece->block, piece->first_line, piece->n_lines, piece->y);
    }
  return g_string_free (text, FALSE);
}

#define TEXT(n)    { .n_lines = n, .line_height = 10, .above = 5, .header = -1 }
#define WHOLE(n)   { .n_lines = n, .line_height = 10, .above = 5, .header = -1, .whole = TRUE }
#define HEADING    { .n_lines = 1, .line_height = 10, .above = 5, .header = -1, .whole = TRUE, \
                     .keep_with_next = TRUE }
#define ROW(h)     { .n_lines = 1, .line_height = 10, .above = 0, .header = h, .whole = TRUE }

static const struct {
  const char   *name;
  RfiPrintBlock blocks[8];
  guint         n;
  const char   *expected;  /* on pages of 50 */
} cases[] = {
  { "nothing", { { 0 } }, 0, "" },
  { "one-page", { TEXT (2), TEXT (2) }, 2, "0:0.0+2@0 0:1.0+2@25" },
  { "exactly-full", { TEXT (5), TEXT (1) }, 2, "0:0.0+5@0 1:1.0+1@0" },
  { "text-breaks", { TEXT (2), TEXT (5) }, 2, "0:0.0+2@0 0:1.0+2@25 1:1.2+3@0" },
  { "no-lonely-line", { TEXT (1), TEXT (4) }, 2, "0:0.0+1@0 0:1.0+2@15 1:1.2+2@0" },
  { "two-lines-or-none", { TEXT (3), TEXT (5) }, 2, "0:0.0+3@0 1:1.0+5@0" },
  { "over-many-pages", { TEXT (12) }, 1, "0:0.0+5@0 1:0.5+5@0 2:0.10+2@0" },
  { "whole", { TEXT (3), WHOLE (3) }, 2, "0:0.0+3@0 1:1.0+3@0" },
  { "whole-but-too-long", { TEXT (3), WHOLE (7) }, 2, "0:0.0+3@0 1:1.0+5@0 2:1.5+2@0" },
  { "heading-stays-with-text", { TEXT (3), HEADING, TEXT (3) }, 3,
    "0:0.0+3@0 1:1.0+1@0 1:2.0+3@15" },
  { "heading-and-three-lines", { TEXT (1), HEADING, TEXT (3) }, 3,
    "0:0.0+1@0 1:1.0+1@0 1:2.0+3@15" },
  { "heading-and-four-lines", { TEXT (1), HEADING, TEXT (4) }, 3,
    "0:0.0+1@0 0:1.0+1@15 0:2.0+2@30 1:2.2+2@0" },
  { "last-heading", { TEXT (4), HEADING }, 2, "0:0.0+4@0 1:1.0+1@0" },
  { "table-head-again",
    { HEADING, ROW (0), ROW (0), ROW (0), ROW (0), ROW (0), ROW (0) }, 7,
    "0:0.0+1@0 0:1.0+1@10 0:2.0+1@20 0:3.0+1@30 0:4.0+1@40 1:0.0+1@0 1:5.0+1@10 1:6.0+1@20" },
  { "line-higher-than-page",
    { TEXT (1), { .n_lines = 2, .line_height = 80, .header = -1 }, TEXT (1) }, 3,
    "0:0.0+1@0 1:1.0+1@0 2:1.1+1@0 3:2.0+1@0" },
};

static void
test_pages (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GArray) pieces = rfi_print_paginate (cases[i].blocks, cases[i].n, 50);
  g_autofree char *text = describe (pieces);

  g_assert_cmpstr (text, ==, cases[i].expected);
}

/* Whatever comes, every line stands once, in order, and on its page. */
static void
test_any (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      RfiPrintBlock blocks[20];
      g_autoptr(GArray) pieces = NULL;
      guint n = (guint) g_test_rand_int_range (1, 20);
      guint block = 0;
      guint line = 0;

      for (guint i = 0; i < n; i++)
        blocks[i] = (RfiPrintBlock) {
          .n_lines = (guint) g_test_rand_int_range (1, 12), .line_height = 10,
          .above = g_test_rand_int_range (0, 9), .whole = g_test_rand_bit (),
          .keep_with_next = g_test_rand_bit (), .header = -1 };
      pieces = rfi_print_paginate (blocks, n, 55);
      for (guint i = 0; i < pieces->len; i++)
        {
          const RfiPrintPiece *piece = &g_array_index (pieces, RfiPrintPiece, i);

          g_assert_cmpuint (piece->block, ==, block);
          g_assert_cmpuint (piece->first_line, ==, line);
          g_assert_cmpfloat (piece->y + piece->n_lines * 10, <=, 55);
          if (i > 0)
            g_assert_cmpuint (piece->page - (piece - 1)->page, <=, 1);
          line += piece->n_lines;
          if (line == blocks[block].n_lines)
            {
              block++;
              line = 0;
            }
        }
      g_assert_cmpuint (block, ==, n);
    }
}

static guint
lay_out (RfiPrintDocument *document)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  guint n_pages = rfi_print_document_lay_out (document, context, 500, 700);

  g_object_unref (context);
  return n_pages;
}

/* A text longer than a page goes on, word by word, on the next. */
static void
test_long_text (void)
{
  g_autoptr(RfiPrintDocument) document = rfi_print_document_new ("Head", "Foot");
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) read = g_string_new (NULL);
  guint n_pages;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "word%u ", i);
  rfi_print_document_add_title (document, "Title");
  rfi_print_document_add_text (document, text->str);
  n_pages = lay_out (document);
  g_assert_cmpuint (n_pages, >=, 4);

  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *words = rfi_print_document_read (document, page);
      g_autofree char *foot = g_strdup_printf ("Page %u of %u", page + 1, n_pages);

      g_assert_true (g_str_has_prefix (words, "Head\n"));
      g_assert_true (g_str_has_suffix (words, foot));
      g_string_append (read, words);
    }
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *word = g_strdup_printf ("word%u ", i);

      g_assert_nonnull (strstr (read->str, word));
    }
}

static void
test_table (void)
{
  g_autoptr(RfiPrintDocument) document = rfi_print_document_new ("Head", NULL);
  static const int shares[] = { 1, 2 };
  guint n_pages;

  g_assert_cmpuint (lay_out (document), ==, 1);
  rfi_print_document_add_table (document, (const char *[]) { "Number", "Name", NULL }, shares);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      rfi_print_document_add_row (document, (const char *[]) { number, "A name", NULL });
    }
  n_pages = lay_out (document);
  g_assert_cmpuint (n_pages, >=, 2);
  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *words = rfi_print_document_read (document, page);

      g_assert_true (g_str_has_prefix (words, "Head\nNumber\tName\n"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/print-pages/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pages);
    }
  g_test_add_func ("/print-pages/any", test_any);
  g_test_add_func ("/print-pages/long-text", test_long_text);
  g_test_add_func ("/print-pages/table", test_table);

  return g_test_run ();
}
