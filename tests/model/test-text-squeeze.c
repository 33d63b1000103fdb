/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-random.h"
#include "rfi-text-squeeze.h"

#include <string.h>

#define UUID "0a1b2c3d-4e5f-4678-9abc-def012345678"
#define TIME "2026-11-27T10:15:00.250Z"

/* Squeezes two texts behind each other and takes them apart again. */
static void
check (const char *first,
       const char *second)
{
  g_autoptr(GString) squeezed = g_string_new (NULL);
  g_autoptr(GString) plain = g_string_new ("before ");
  gboolean changed = rfi_text_squeeze (first, squeezed);
  gsize size = squeezed->len;
  const guint8 *start, *end;

  rfi_text_squeeze (second, squeezed);
  start = (const guint8 *) squeezed->str;
  end = start + squeezed->len;
  g_assert_cmpint (changed, ==, size != strlen (first) + 1 || memcmp (start, first, size) != 0);
  g_assert_true (rfi_text_squeeze_skip (start) == start + size);
  g_assert_true (rfi_text_squeeze_skip (start + size) == end);

  g_assert_true (rfi_text_unsqueeze (start, plain) == start + size);
  g_assert_cmpuint (plain->len, ==, strlen ("before ") + strlen (first) + 1);
  g_assert_cmpstr (plain->str + strlen ("before "), ==, first);
  g_string_truncate (plain, 0);
  g_assert_true (rfi_text_unsqueeze (start + size, plain) == end);
  g_assert_cmpstr (plain->str, ==, second);
}

static const char *const texts[] = {
  "",
  "90",
  "Repaired and tested, runs as it should.",
  "with a tab\tand\na line, carriage\r\n, Ümläute, [brackets], \"}]",
  "\001\002\003\004\005\006\a\b\v\f\016\017\020\021\022\023\024\025\026\037\177\200\377",
  UUID,
  "x" UUID UUID "0" UUID,
  "0A1b2c3d-4e5f-4678-9abc-def012345678",
  "0a1b2c3d-4e5f-4678-9abc-def01234567",
  TIME,
  TIME TIME "Z",
  "2026-11-27T10:15:00Z",
  "2026-02-30T10:15:00.250Z",
  "1960-01-01T00:00:00.000Z",
  "9999-12-31T23:59:59.999Z",
  "2026-11-27T10:15:00.250+",
  "[{\"id\":\"" UUID "\",\"minutes\":45,\"technician\":\"" UUID "\"}]",
  "[{\"id\":\"a\",\"name\":\"Belt 20 × 25\",\"quantity\":2},"
  "{\"id\":\"b\",\"name\":\"\",\"quantity\":1}]",
  "[{\"author\":\"" UUID "\",\"id\":\"" UUID "\",\"text\":\"At \\u0001 " TIME "\"}]",
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
      check (texts[i], texts[k]);
}

/* Pieces of those, cut anywhere. */
static void
test_pieces (void)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (1);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (guint n = rfi_random_range (random, 5); n > 0; n--)
        {
          const char *piece = texts[rfi_random_range (random, G_N_ELEMENTS (texts))];
          gsize from = rfi_random_range (random, (guint) strlen (piece) + 1);

          g_string_append_len (text, piece + from,
                               rfi_random_range (random, (guint) strlen (piece + from) + 1));
        }
      check (text->str, "end");
    }
}

static void
test_sizes (void)
{
  static const struct {
    const char *text;
    gsize       size;
  } sizes[] = {
    { "90", 3 },
    { UUID, 18 },
    { TIME, 8 },
    { "[{\"id\":\"" UUID "\",\"minutes\":45,\"technician\":\"" UUID "\"}]", 41 },
    { "[{\"author\":\"" UUID "\",\"id\":\"" UUID "\",\"text\":\"Hello\"}]", 44 },
    { "[{\"id\":\"" UUID "\",\"name\":\"Belt\",\"quantity\":2}]", 27 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GString) squeezed = g_string_new (NULL);

      rfi_text_squeeze (sizes[i].text, squeezed);
      g_assert_cmpuint (squeezed->len, ==, sizes[i].size);
    }
}

static void
test_time (void)
{
  g_autoptr(GString) squeezed = g_string_new (NULL);
  gint64 ms = -1;

  rfi_text_squeeze (TIME, squeezed);
  g_assert_true (rfi_text_squeeze_get_time ((const guint8 *) squeezed->str, &ms));
  g_assert_cmpint (ms, ==, G_GINT64_CONSTANT (1795774500250));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_truncate (squeezed, 0);
      rfi_text_squeeze (texts[i], squeezed);
      g_assert_cmpint (rfi_text_squeeze_get_time ((const guint8 *) squeezed->str, &ms), ==,
                       g_str_equal (texts[i], TIME)
                         || g_str_equal (texts[i], "9999-12-31T23:59:59.999Z"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text-squeeze/texts", test_texts);
  g_test_add_func ("/text-squeeze/pieces", test_pieces);
  g_test_add_func ("/text-squeeze/sizes", test_sizes);
  g_test_add_func ("/text-squeeze/time", test_time);

  return g_test_run ();
}
