/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-json.h"
#include "rfi-wire-error.h"

#include <string.h>

/* A copy without a NUL behind it, so that a look beyond the end is seen by the sanitizer. */
static gboolean
parse (const char  *text,
       gsize        length,
       char       **copy,
       RfiJson     *root,
       GError     **error)
{
  *copy = g_memdup2 (text, length);
  return rfi_json_parse (*copy != NULL ? *copy : "", (gssize) length, root, error);
}

static void
test_accepts (void)
{
  static const char *const texts[] = {
    "0", "-0", "-1.5e+10", "1E2", "\"\"", "true", "false", "null", "[]", "{}", " [ ] ", "{ }\n",
    "[1,2,[3,{\"a\":{}}]]", "{\"a\":\"\\u0000\\/\",\"\":[null]}", "\"\x7f\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *copy = NULL;
      g_autoptr(GError) error = NULL;
      RfiJson root;

      g_assert_true (parse (texts[i], strlen (texts[i]), &copy, &root, &error));
      g_assert_no_error (error);
    }
}

/* "0{" and the like leak in other readers. */
static void
test_refuses (void)
{
  static const char *const texts[] = {
    "x", "0{\"a\":1}", "0[", "01", "1.", ".5", "+1", "1e", "1e+", "-", "tru", "nulll", "'a'",
    "[1,]",
    "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1 \"b\":2}", "[}", "{]",
    "\"\\x\"", "\"\\u12g4\"", "\"\n\"", "\"\x01\"", "[1]]", "{} {}", "NaN", "\xef\xbb\xbf{}", "//",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *copy = NULL;
      g_autoptr(GError) error = NULL;
      RfiJson root;

      g_test_message ("%s", texts[i]);
      g_assert_false (parse (texts[i], strlen (texts[i]), &copy, &root, &error));
      g_assert_true (error->domain == RFI_WIRE_ERROR);
      g_assert_cmpint (error->code, !=, RFI_WIRE_ERROR_LIMIT);
    }
}

static void
test_truncated (void)
{
  static const char text[] = "{\"a\":[1,true,\"b\\u00e9\\n\",{\"c\":null}],\"d\":\"e\"}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *copy = NULL;
      g_autoptr(GError) error = NULL;
      RfiJson root;

      g_assert_false (parse (text, length, &copy, &root, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_TRUNCATED);
    }
}

static void
test_depth (void)
{
  for (guint depth = 1; depth < 100000; depth = depth < 40 ? depth + 1 : depth * 10)
    {
      g_autofree char *open = g_strnfill (depth, '[');
      g_autofree char *closed = g_strnfill (depth, ']');
      g_autofree char *text = g_strconcat (open, "1", closed, NULL);
      g_autoptr(GError) error = NULL;
      RfiJson root;

      if (depth <= RFI_JSON_MAX_DEPTH)
        g_assert_true (rfi_json_parse (text, -1, &root, &error));
      else
        g_assert_false (rfi_json_parse (text, -1, &root, &error));
      if (depth > RFI_JSON_MAX_DEPTH)
        g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT);
    }
}

static void
test_members (void)
{
  RfiJson root;
  RfiJson value;
  RfiJson name;
  RfiJsonIter iter;
  gint64 number;
  guint n = 0;

  g_assert_true (rfi_json_parse ("{\"a\":1,\"b\":{\"a\":[2 , 3]},\"\\u0061\":-4.9,\"z\":1e300,"
                                 "\"big\":9007199254740992,\"s\":\"12\"}", -1, &root, NULL));

  g_assert_true (rfi_json_get_member (&root, "a", &value));
  g_assert_true (rfi_json_get_int (&value, &number));
  g_assert_cmpint (number, ==, -4);
  g_assert_false (rfi_json_get_member (&root, "c", &value));
  g_assert_true (rfi_json_get_member (&root, "z", &value));
  g_assert_false (rfi_json_get_int (&value, &number));
  g_assert_true (rfi_json_get_member (&root, "big", &value));
  g_assert_false (rfi_json_get_int (&value, &number));
  g_assert_true (rfi_json_get_member (&root, "s", &value));
  g_assert_false (rfi_json_get_int (&value, &number));
  g_assert_false (rfi_json_get_member (&value, "s", &value));

  rfi_json_iter_init (&iter, &root);
  while (rfi_json_iter_next (&iter, &name, &value))
    n++;
  g_assert_cmpuint (n, ==, 6);

  g_assert_true (rfi_json_get_member (&root, "b", &value));
  g_assert_true (rfi_json_get_member (&value, "a", &value));
  rfi_json_iter_init (&iter, &value);
  for (n = 2; rfi_json_iter_next (&iter, NULL, &value); n++)
    {
      g_assert_true (rfi_json_get_int (&value, &number));
      g_assert_cmpint (number, ==, n);
    }
  g_assert_cmpuint (n, ==, 4);
}

/* Whose end is known need not be looked through, wherever it stands. */
static void
test_longest (void)
{
  static const struct
  {
    const char *text;
    const char *longest;  /* (nullable) */
  } cases[] = {
    { "{\"a\":1,\"b\":{\"c\":\"}\",\"d\":[2,{}]} , \"e\":\"five\"}", "{\"c\":\"}\",\"d\":[2,{}]}" },
    { "{ \"a\" : \"first\" , \"b\" : 2 }", "\"first\"" },
    { "[1, [2, 3] ]", "[2, 3]" },
    { "{}", NULL },
    { "\"alone\"", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RfiJson root;
      RfiJson longest;
      RfiJson value;
      RfiJsonIter plain;
      RfiJsonIter knowing;

      g_assert_true (rfi_json_parse_longest (cases[i].text, -1, &root, &longest, NULL));
      g_assert_cmpmem (longest.at, longest.end - longest.at, cases[i].longest,
                       cases[i].longest != NULL ? strlen (cases[i].longest) : 0);

      rfi_json_iter_init (&plain, &root);
      rfi_json_iter_init (&knowing, &root);
      knowing.known = &longest;
      while (rfi_json_iter_next (&plain, NULL, &value))
        {
          RfiJson same;

          g_assert_true (rfi_json_iter_next (&knowing, NULL, &same));
          g_assert_true (same.at == value.at && same.end == value.end);
        }
      g_assert_false (rfi_json_iter_next (&knowing, NULL, &value));
    }
}

static void
test_is_string (void)
{
  static const struct
  {
    const char *json;
    const char *text;
    gboolean    is;
  } rows[] = {
    { "\"seq\"", "seq", TRUE },
    { "\"seq\"", "se", FALSE },
    { "\"seq\"", "seqs", FALSE },
    { "\"seq\"", "sex", FALSE },
    { "\"s\\u0065q\"", "seq", TRUE },
    { "\"s\\u0065q\"", "s\\u0065q", FALSE },
    { "\"a\\\\b\"", "a\\b", TRUE },
    { "\"a\\b\"", "a\\b", FALSE },
    { "\"\"", "", TRUE },
    { "7", "7", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RfiJson value;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_true (rfi_json_parse (rows[i].json, -1, &value, NULL));
      g_assert_cmpint (rfi_json_is_string (&value, rows[i].text), ==, rows[i].is);
    }
}

/* Where a string ends does not depend on how long it is, nor on where its escapes are. */
static void
test_string_ends (void)
{
  for (guint length = 0; length < 60; length++)
    for (guint escape = 0; escape <= length; escape++)
      {
        g_autoptr(GString) text = g_string_new ("[\"");
        g_autofree char *copy = NULL;
        RfiJsonIter iter;
        RfiJson root;
        RfiJson value;
        gint64 number;

        for (guint i = 0; i < length; i++)
          g_string_append (text, i == escape ? "\\\"" : i + 1 == escape ? "\\\\" : "x");
        g_string_append (text, "\",7]");
        g_assert_true (parse (text->str, text->len, &copy, &root, NULL));
        rfi_json_iter_init (&iter, &root);
        g_assert_true (rfi_json_iter_next (&iter, NULL, &value));
        g_assert_true (rfi_json_iter_next (&iter, NULL, &value));
        g_assert_true (rfi_json_get_int (&value, &number));
        g_assert_cmpint (number, ==, 7);
        g_assert_false (rfi_json_iter_next (&iter, NULL, &value));
      }
}

static void
test_truthy (void)
{
  static const struct {
    const char *text;
    gboolean    truthy;
  } cases[] = {
    { "null", FALSE }, { "false", FALSE }, { "0", FALSE }, { "-0.0e5", FALSE }, { "\"\"", FALSE },
    { "true", TRUE },  { "1", TRUE },      { "\"0\"", TRUE }, { "[]", TRUE }, { "{}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RfiJson root;

      g_assert_true (rfi_json_parse (cases[i].text, -1, &root, NULL));
      g_assert_cmpint (rfi_json_is_truthy (&root), ==, cases[i].truthy);
    }
}

/* Whatever text goes out comes back the same. */
static void
test_round_trip (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autofree char *again = NULL;
      RfiJson root;

      for (guint i = g_test_rand_int_range (0, 30); i > 0; i--)
        {
          gunichar c = (gunichar) g_test_rand_int_range (1, g_test_rand_bit () ? 0x80 : 0x20000);

          if (g_unichar_validate (c))
            g_string_append_unichar (text, c);
        }

      rfi_json_append_string (out, text->str);
      g_assert_true (rfi_json_parse (out->str, (gssize) out->len, &root, NULL));
      again = rfi_json_dup_string (&root);
      g_assert_cmpstr (again, ==, text->str);
    }
}

/* A member is its name and its text, whatever stands in them. */
static void
test_member (void)
{
  static const char *const texts[] = { "", "a", "Cooler 7", "a \"b\"", "back\\slash", "line\nend",
                                       "eight by", "eight by\x01", NULL };
  g_autoptr(GString) out = g_string_new ("{");
  g_autoptr(GString) expected = g_string_new ("{");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint name = 0; texts[name] != NULL; name++)
      {
        if (expected->len > 1)
          g_string_append_c (expected, ',');
        rfi_json_append_string (expected, texts[name]);
        g_string_append_c (expected, ':');
        rfi_json_append_string (expected, texts[i]);
        rfi_json_append_member (out, texts[name], texts[i]);
        g_assert_cmpuint (out->len, ==, strlen (out->str));
      }
  g_assert_cmpstr (out->str, ==, expected->str);
}

/* Any bytes: a verdict, no crash, and what is taken can be walked through. */
static void
test_noise (void)
{
  static const char alphabet[] = "{}[]\",:\\u0019-.eEtrufalsn \n\x80\xff";

  for (guint round = 0; round < 20000; round++)
    {
      char text[24];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autofree char *copy = NULL;
      g_autoptr(GString) raw = g_string_new (NULL);
      RfiJson root;

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      if (!parse (text, length, &copy, &root, NULL))
        continue;

      rfi_json_append_raw (&root, raw);
      g_assert_true (rfi_json_parse (raw->str, (gssize) raw->len, &root, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/json/accepts", test_accepts);
  g_test_add_func ("/wire/json/refuses", test_refuses);
  g_test_add_func ("/wire/json/truncated", test_truncated);
  g_test_add_func ("/wire/json/depth", test_depth);
  g_test_add_func ("/wire/json/members", test_members);
  g_test_add_func ("/wire/json/longest", test_longest);
  g_test_add_func ("/wire/json/is-string", test_is_string);
  g_test_add_func ("/wire/json/string-ends", test_string_ends);
  g_test_add_func ("/wire/json/truthy", test_truthy);
  g_test_add_func ("/wire/json/round-trip", test_round_trip);
  g_test_add_func ("/wire/json/member", test_member);
  g_test_add_func ("/wire/json/noise", test_noise);

  return g_test_run ();
}
