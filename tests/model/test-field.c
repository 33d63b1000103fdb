/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-patch.h"

static void
test_names (void)
{
  RfiField field;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      g_assert_true (rfi_field_from_string (rfi_field_to_string (i), &field));
      g_assert_cmpuint (field, ==, i);
      g_assert_cmpint (rfi_field_is_location (i), ==,
                       i >= RFI_FIELD_STORE_NAME && i <= RFI_FIELD_ZIP_CODE);
    }
  g_assert_cmpint (rfi_field_get_rule (RFI_FIELD_STATUS), ==, RFI_MERGE_STATE_MACHINE);
  g_assert_cmpint (rfi_field_get_rule (RFI_FIELD_SKILLS), ==, RFI_MERGE_THREE_WAY);
  g_assert_cmpint (rfi_field_get_rule (RFI_FIELD_HOLD_UNTIL), ==, RFI_MERGE_SERVER_WINS);
  g_assert_cmpint (rfi_field_get_rule (RFI_FIELD_LABOUR), ==, RFI_MERGE_UNION);
  g_assert_cmpint (rfi_field_get_rule (RFI_FIELD_COMPLETION_NOTES), ==, RFI_MERGE_MANUAL);
  g_assert_false (rfi_field_from_string ("Title", &field));
}

static void
test_check (void)
{
  static const struct
  {
    RfiField        field;
    const char     *value;
    RfiFieldProblem problem;
  } rows[] = {
    { RFI_FIELD_TITLE, "Walk-in cooler", RFI_FIELD_OK },
    { RFI_FIELD_TITLE, "", RFI_FIELD_BLANK },
    { RFI_FIELD_TITLE, NULL, RFI_FIELD_BLANK },
    { RFI_FIELD_TITLE, " \t\n", RFI_FIELD_BLANK },
    { RFI_FIELD_TITLE, "\xc2\xa0\xe3\x80\x80", RFI_FIELD_BLANK },
    { RFI_FIELD_PRIORITY, "urgent", RFI_FIELD_OK },
    { RFI_FIELD_PRIORITY, "Urgent", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_PRIORITY, "sooner or later", RFI_FIELD_TOO_LONG },
    { RFI_FIELD_STATUS, "in-progress", RFI_FIELD_OK },
    { RFI_FIELD_STATUS, "inprogress", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_ASSIGNED_TO, "", RFI_FIELD_OK },
    { RFI_FIELD_ZIP_CODE, "75201", RFI_FIELD_OK },
    { RFI_FIELD_ZIP_CODE, "7520", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_ZIP_CODE, "75201-1", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_ZIP_CODE, "7520a", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_ZIP_CODE, "", RFI_FIELD_BLANK },
    { RFI_FIELD_SCHEDULED_START, "", RFI_FIELD_OK },
    { RFI_FIELD_SCHEDULED_START, NULL, RFI_FIELD_OK },
    { RFI_FIELD_SCHEDULED_START, " ", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_SCHEDULED_START, "2026-11-27T10:00:00.000Z", RFI_FIELD_OK },
    { RFI_FIELD_SCHEDULED_END, "2026-11-27T10:00:00Z", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_HOLD_UNTIL, "2026-11-27T10:00:00.0+00", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_ESTIMATED_MINUTES, "0", RFI_FIELD_OK },
    { RFI_FIELD_ESTIMATED_MINUTES, "120", RFI_FIELD_OK },
    { RFI_FIELD_ESTIMATED_MINUTES, "0120", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_ESTIMATED_MINUTES, "-5", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_SKILLS, "", RFI_FIELD_OK },
    { RFI_FIELD_SKILLS, "electrical,hvac-2", RFI_FIELD_OK },
    { RFI_FIELD_SKILLS, "hvac,electrical", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_SKILLS, "hvac,hvac", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_SKILLS, "hvac,", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_SKILLS, "HVAC", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_COMPLETION_NOTES, "", RFI_FIELD_OK },
    { RFI_FIELD_PARTS, "", RFI_FIELD_OK },
    { RFI_FIELD_PARTS, "[{\"id\":\"1\",\"name\":\"Fan\",\"quantity\":2}]", RFI_FIELD_OK },
    { RFI_FIELD_PARTS, "[]", RFI_FIELD_BAD_WORD },
    { RFI_FIELD_NOTES, "[{\"id\":\"1\",\"name\":\"Fan\",\"quantity\":2}]", RFI_FIELD_BAD_WORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s “%s”", rfi_field_to_string (rows[i].field), rows[i].value);
      g_assert_cmpint (rfi_field_check (rows[i].field, rows[i].value), ==, rows[i].problem);
    }
}

/* A limit counts what a person sees, whatever it takes in bytes. */
static void
test_lengths (void)
{
  static const RfiField texts[] = {
    RFI_FIELD_TITLE, RFI_FIELD_DESCRIPTION, RFI_FIELD_STORE_NAME,
    RFI_FIELD_ADDRESS, RFI_FIELD_CITY, RFI_FIELD_STATE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (guint n = 0; n < rfi_field_get_max_length (texts[i]); n++)
        g_string_append (text, "ä");
      g_assert_cmpint (rfi_field_check (texts[i], text->str), ==, RFI_FIELD_OK);
      g_string_append (text, "x");
      g_assert_cmpint (rfi_field_check (texts[i], text->str), ==, RFI_FIELD_TOO_LONG);
    }
}

static void
test_patch (void)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) copy = NULL;
  g_autoptr(RfiPatch) other = rfi_patch_new ();
  g_autoptr(RfiPatch) picked = NULL;

  g_assert_true (rfi_patch_is_empty (patch));
  rfi_patch_set (patch, RFI_FIELD_TITLE, "Door");
  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, "");
  g_assert_false (rfi_patch_is_empty (patch));
  g_assert_true (rfi_patch_has (patch, RFI_FIELD_ASSIGNED_TO));
  g_assert_false (rfi_patch_has (patch, RFI_FIELD_CITY));
  g_assert_false (rfi_patch_has_location (patch));

  copy = rfi_patch_copy (patch);
  g_assert_true (rfi_patch_equal (patch, copy));
  rfi_patch_set (copy, RFI_FIELD_CITY, "Austin");
  g_assert_true (rfi_patch_has_location (copy));
  g_assert_false (rfi_patch_equal (patch, copy));
  rfi_patch_set (copy, RFI_FIELD_CITY, NULL);
  g_assert_true (rfi_patch_equal (patch, copy));

  rfi_patch_set (other, RFI_FIELD_TITLE, "Window");
  rfi_patch_set (other, RFI_FIELD_STATE, "TX");
  picked = rfi_patch_pick (patch, other);
  g_assert_cmpstr (rfi_patch_get (picked, RFI_FIELD_TITLE), ==, "Window");
  g_assert_false (rfi_patch_has (picked, RFI_FIELD_STATE));
}

static void
test_text (void)
{
  static const char *const values[] = {
    "",
    "plain",
    "it's \"quoted\"",
    "back\\slash",
    "two\nlines\tand a tab",
    "5°F · 日本 🔧",
    "<&>{}[]'@",
    "\x01\x1f\x7f",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(RfiPatch) patch = rfi_patch_new ();
      g_autoptr(RfiPatch) back = NULL;
      g_autoptr(GVariant) variant = NULL;
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;

      rfi_patch_set (patch, RFI_FIELD_TITLE, values[i]);
      rfi_patch_set (patch, RFI_FIELD_DESCRIPTION, values[G_N_ELEMENTS (values) - 1 - i]);
      text = rfi_patch_to_text (patch);
      back = rfi_patch_from_text (text);
      g_assert_nonnull (back);
      g_assert_true (rfi_patch_equal (patch, back));

      /* However it was written, it is a GVariant's. */
      variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL);
      again = g_variant_print (variant, FALSE);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_text_of_others (void)
{
  g_autoptr(RfiPatch) empty = rfi_patch_from_text ("@a{ss} {}");
  g_autoptr(RfiPatch) newer = rfi_patch_from_text ("{'title': 'x', 'partsNeeded': 'y'}");
  g_autoptr(RfiPatch) rare =
    rfi_patch_from_text ("{ 'title' : 'caf\\u00e9\\v', \"state\": \"it's\", 'city': 'a\\'b' }");

  g_assert_true (rfi_patch_is_empty (empty));
  g_assert_cmpstr (rfi_patch_get (rare, RFI_FIELD_TITLE), ==, "café\v");
  g_assert_cmpstr (rfi_patch_get (rare, RFI_FIELD_STATE), ==, "it's");
  g_assert_cmpstr (rfi_patch_get (rare, RFI_FIELD_CITY), ==, "a'b");
  g_assert_cmpstr (rfi_patch_get (newer, RFI_FIELD_TITLE), ==, "x");
  g_assert_null (rfi_patch_from_text (""));
  g_assert_null (rfi_patch_from_text ("{'title': 5}"));
  g_assert_null (rfi_patch_from_text ("{'title': 'x'"));
  g_assert_null (rfi_patch_from_text ("{'title': 'x'}}"));
  g_assert_null (rfi_patch_from_text ("{'title': 'x', }{"));
  g_assert_null (rfi_patch_from_text ("{'title': 'x\\"));
  g_assert_null (rfi_patch_from_text ("{'title': '\xff'}"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/field/names", test_names);
  g_test_add_func ("/field/check", test_check);
  g_test_add_func ("/field/lengths", test_lengths);
  g_test_add_func ("/patch/values", test_patch);
  g_test_add_func ("/patch/text", test_text);
  g_test_add_func ("/patch/text-of-others", test_text_of_others);

  return g_test_run ();
}
