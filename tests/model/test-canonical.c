/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-canonical.h"
#include "rfi-scope-sum.h"

#include <string.h>

static gboolean
read_back (const char *text,
           gsize       length,
           GString    *read)
{
  RfiCanonicalReader reader = { text, text + length };

  return rfi_canonical_read_string (&reader, read) && reader.at == reader.end;
}

static void
test_strings (void)
{
  static const struct
  {
    const char *text;
    const char *written;
  } rows[] = {
    { "", "\"\"" },
    { "plain", "\"plain\"" },
    { "\"\\/", "\"\\\"\\\\/\"" },
    { "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
    { "\x01\x0b\x1f\x7f", "\"\\u0001\\u000b\\u001f\x7f\"" },
    { "5°F · 日本 🔧", "\"5°F · 日本 🔧\"" },
  };
  g_autoptr(GString) read = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);

      rfi_canonical_append_string (out, rows[i].text);
      g_assert_cmpstr (out->str, ==, rows[i].written);
      g_assert_true (read_back (out->str, out->len, read));
      g_assert_cmpstr (read->str, ==, rows[i].text);
    }
}

static void
test_other_strings (void)
{
  static const char *const rows[] = {
    "",           "\"",           "\"a",         "a\"",          "\"\\/\"",     "\"\\u0041\"",
    "\"\\u000a\"", "\"\\u000B\"", "\"\\u0000\"", "\"\\u001\"",   "\"\\u00\"",   "\"\\u0022\"",
    "\"\\a\"",    "\"\n\"",       "\"\\\"",      "\"\xff\"",     "\"\xed\xa0\x80\"", "\"a\" ",
    "\"\\u001g\"", "\"\\u0020\"",
  };
  g_autoptr(GString) read = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_false (read_back (rows[i], strlen (rows[i]), read));
    }
  g_assert_false (read_back ("\"a\0b\"", 5, read));
}

static void
test_numbers (void)
{
  static const gint64 good[] = { 0, 1, -1, 10, 1764201600000, RFI_CANONICAL_MAX_INT,
                                 -RFI_CANONICAL_MAX_INT };
  static const char *const bad[] = { "",    "-",    "00",  "01",  "-0", "+1",
                                     "1.0", "1e3",  " 1",  "0x1", "9007199254740992",
                                     "99999999999999999999999999" };
  gint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      RfiCanonicalReader reader;

      rfi_canonical_append_int (out, good[i]);
      reader = (RfiCanonicalReader) { out->str, out->str + out->len };
      g_assert_true (rfi_canonical_read_int (&reader, &number));
      g_assert_cmpint (number, ==, good[i]);
      g_assert_true (reader.at == reader.end);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      RfiCanonicalReader reader = { bad[i], bad[i] + strlen (bad[i]) };

      g_test_message ("%s", bad[i]);
      g_assert_false (rfi_canonical_read_int (&reader, &number) && reader.at == reader.end);
    }
}

static void
test_written (void)
{
  static const gint64 numbers[] = { 0, 7, 10, -1, -90, 1764201600000, G_MAXINT64, G_MININT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *wanted = g_strdup_printf ("n%" G_GINT64_FORMAT, numbers[i]);
      g_autoptr(GString) out = g_string_new ("n");

      rfi_canonical_append_int (out, numbers[i]);
      g_assert_cmpstr (out->str, ==, wanted);
    }
}

static void
test_names (void)
{
  const char *text = "\"a\":\"b\":\"b\":";
  RfiCanonicalReader reader = { text, text + strlen (text) };
  g_autoptr(GString) name = g_string_new (NULL);

  g_assert_true (rfi_canonical_read_name (&reader, name));
  g_assert_cmpstr (name->str, ==, "a");
  g_assert_true (rfi_canonical_read_name (&reader, name));
  g_assert_false (rfi_canonical_read_name (&reader, name));
}

/* The value for no bytes, and for "abc", of FIPS 180. */
static void
test_hash (void)
{
  g_autofree char *nothing = rfi_canonical_hash ("", -1);
  g_autofree char *abc = rfi_canonical_hash ("abcdef", 3);

  g_assert_cmpstr (nothing, ==,
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (rfi_canonical_is_hex (abc, RFI_HASH_LENGTH));
  g_assert_true (rfi_canonical_is_hex (RFI_HASH_NONE, RFI_HASH_LENGTH));
  g_assert_false (rfi_canonical_is_hex ("0123456789ABCDEF", 16));
  g_assert_false (rfi_canonical_is_hex ("0123", 3));
  g_assert_false (rfi_canonical_is_hex (NULL, 0));
}

/* Pinned: a server and a console of other versions have to come to the same. */
static void
test_uuid (void)
{
  g_autofree char *one = rfi_canonical_uuid ("one");
  g_autofree char *again = rfi_canonical_uuid ("one");
  g_autofree char *other = rfi_canonical_uuid ("other");

  g_assert_true (g_uuid_string_is_valid (one));
  g_assert_cmpstr (one, ==, again);
  g_assert_cmpstr (one, !=, other);
}

static void
test_scope_sum (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  char text[RFI_SCOPE_SUM_TEXT_SIZE];
  guint64 sum;

  rfi_scope_sum_format (rfi_scope_sum_row ("job-1", 1), text);
  g_assert_cmpstr (text, ==, "b5827470a6f8e339");
  g_assert_true (rfi_scope_sum_parse (text, &sum));
  g_assert_cmpuint (sum, ==, rfi_scope_sum_row ("job-1", 1));
  g_assert_false (rfi_scope_sum_parse ("1", &sum));
  g_assert_false (rfi_scope_sum_parse (NULL, &sum));

  /* No pair of two jobs and two versions may cancel out. */
  for (guint job = 0; job < 100; job++)
    for (gint64 version = 1; version <= 100; version++)
      {
        g_autofree char *id = g_strdup_printf ("job-%u", job);

        sum = rfi_scope_sum_row (id, version + 1) - rfi_scope_sum_row (id, version);
        g_assert_true (g_hash_table_add (seen, g_memdup2 (&sum, sizeof sum)));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/canonical/strings", test_strings);
  g_test_add_func ("/canonical/other-strings", test_other_strings);
  g_test_add_func ("/canonical/numbers", test_numbers);
  g_test_add_func ("/canonical/written", test_written);
  g_test_add_func ("/canonical/names", test_names);
  g_test_add_func ("/canonical/hash", test_hash);
  g_test_add_func ("/canonical/uuid", test_uuid);
  g_test_add_func ("/canonical/scope-sum", test_scope_sum);

  return g_test_run ();
}
