/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-palette-line.h"

/* What a typed line is taken for, without any data but names. */

static RfiPaletteLexicon *
make_lexicon (void)
{
  static const struct {
    RfiPaletteKind  kind;
    const char     *id;
    const char     *name;
    const char     *alias;
  } entries[] = {
    { RFI_PALETTE_TECHNICIAN, "u1", "Maria Garcia", NULL },
    { RFI_PALETTE_TECHNICIAN, "u2", "Ana García", NULL },
    { RFI_PALETTE_TECHNICIAN, "u3", "Gary Long-Beach", NULL },
    { RFI_PALETTE_STATUS, "pending", "Pending", "pending" },
    { RFI_PALETTE_STATUS, "in-progress", "In Arbeit", "in-progress" },
    { RFI_PALETTE_PRIORITY, "urgent", "Urgent", "urgent" },
    { RFI_PALETTE_PRIORITY, "low", "Low", "low" },
    { RFI_PALETTE_PAGE, "board", "Board", "board" },
    { RFI_PALETTE_PAGE, "history", "History", "history" },
    { RFI_PALETTE_VIEW, "v1", "Urgent", NULL },
    { RFI_PALETTE_VIEW, "v2", "My urgent ones", NULL },
  };
  RfiPaletteLexicon *lexicon = rfi_palette_lexicon_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    rfi_palette_lexicon_add (lexicon, entries[i].kind, entries[i].id, entries[i].name,
                             entries[i].alias, NULL);
  return lexicon;
}

/* "assign! job=7f3c u1 u2 -> missing", the verb with ! if it is typed to its end. */
static void
describe (GString                 *text,
          const RfiPaletteReading *reading,
          gboolean                 has_job)
{
  static const char * const kinds[] = { "", "job", "text", "technician", "status", "priority",
                                        "page", "view" };
  RfiPaletteKind missing = rfi_palette_reading_get_missing (reading, has_job);

  g_string_append_printf (text, "%s%s%s", text->len > 0 ? "; " : "", reading->command->verb,
                          reading->is_whole ? "!" : "");
  if (reading->job != NULL)
    g_string_append_printf (text, " job=%s", reading->job);
  if (reading->text != NULL)
    g_string_append_printf (text, " text=%s", reading->text);
  for (guint i = 0; reading->choices != NULL && i < reading->choices->len; i++)
    g_string_append_printf (text, " %s",
                            ((RfiPaletteEntry *) g_ptr_array_index (reading->choices, i))->id);
  if (missing != RFI_PALETTE_NOTHING)
    g_string_append_printf (text, " -> %s", kinds[missing]);
}

static const struct {
  const char *line;
  gboolean    has_job;
  const char *expected;
} cases[] = {
  { "", FALSE, "" },
  { "   ", FALSE, "" },
  { "freezer", FALSE, "" },
  { "assign 7f3c garcia", FALSE, "assign! job=7f3c u1" },
  { "ASSIGN 7F3C GARCÍA", FALSE, "assign! job=7F3C u2" },
  { "assign 7f3c gar", FALSE, "assign! job=7f3c u3 u1 u2" },
  { "assign 7f3c maria gar", FALSE, "assign! job=7f3c u1" },
  { "assign 7f3c to maria garcia", FALSE, "assign! job=7f3c u1" },
  { "assign walk-in cooler garcia", FALSE, "assign! job=walk-in cooler u1" },
  { "assign 7f3c beach", FALSE, "assign! job=7f3c u3" },
  { "assign", FALSE, "assign! -> job" },
  { "assign ", TRUE, "assign! -> technician" },
  { "assign 7f3c", FALSE, "assign! job=7f3c -> technician" },
  { "assign garcia", FALSE, "assign! job=garcia -> technician" },
  { "assign garcia", TRUE, "assign! u1" },
  { "assign to garcia", TRUE, "assign! u1" },
  { "assign 7f3c garcia", TRUE, "assign! job=7f3c u1" },
  { "assign 7f3c nobody", FALSE, "assign! job=7f3c nobody -> technician" },
  { "a", FALSE, "assign -> job; add photos -> job" },
  { "as", FALSE, "assign -> job" },
  { "as 7f3c", FALSE, "" },
  { "asx", FALSE, "" },
  { "status 7f3c in-progress", FALSE, "status! job=7f3c in-progress" },
  { "status 7f3c in progress", FALSE, "status! job=7f3c in-progress" },
  { "status 7f3c in arb", FALSE, "status! job=7f3c in-progress" },
  { "status 7f3c p", FALSE, "status! job=7f3c pending in-progress" },
  { "status in", TRUE, "status! in-progress" },
  { "status 7f3c done", FALSE, "status! job=7f3c done -> status" },
  { "priority 7f3c urgent", FALSE, "priority! job=7f3c urgent" },
  { "priority low freezer", FALSE, "priority! job=low freezer -> priority" },
  { "open 7f3c", FALSE, "open! job=7f3c" },
  { "open  walk  in ", FALSE, "open! job=walk in" },
  { "open", TRUE, "open!" },
  { "go", FALSE, "go! -> page" },
  { "go hist", FALSE, "go! history" },
  { "go nowhere", FALSE, "go! -> page" },
  { "view urgent", FALSE, "view! v1 v2" },
  { "view my", FALSE, "view! v2" },
  { "filter dallas", FALSE, "filter! text=dallas" },
  { "filter", FALSE, "filter! -> text" },
  { "add photos 7f3c", FALSE, "add photos! job=7f3c" },
  { "add", FALSE, "add photos -> job" },
  { "add ph", FALSE, "add photos -> job" },
  { "add 7f3c", FALSE, "" },
};

static void
test_lines (void)
{
  g_autoptr(RfiPaletteLexicon) lexicon = make_lexicon ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) readings =
        rfi_palette_read_line (cases[i].line, lexicon, cases[i].has_job);
      g_autoptr(GString) text = g_string_new (NULL);

      for (guint j = 0; j < readings->len; j++)
        describe (text, g_ptr_array_index (readings, j), cases[i].has_job);
      g_test_message ("“%s”", cases[i].line);
      g_assert_cmpstr (text->str, ==, cases[i].expected);
    }
}

/* A limit keeps those whose name begins with the word. */
static void
test_limit (void)
{
  g_autoptr(RfiPaletteLexicon) lexicon = make_lexicon ();
  const char *words[] = { "g" };
  g_autoptr(GPtrArray) found =
    rfi_palette_lexicon_find (lexicon, RFI_PALETTE_TECHNICIAN, words, 1, 1);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((RfiPaletteEntry *) g_ptr_array_index (found, 0))->id, ==, "u3");
}

/* Each command says in words what it needs, and every verb is understood at its beginning. */
static void
test_commands (void)
{
  guint n_commands;
  const RfiPaletteCommand *commands = rfi_palette_commands (&n_commands);
  g_autoptr(RfiPaletteLexicon) lexicon = rfi_palette_lexicon_new ();

  for (guint i = 0; i < n_commands; i++)
    {
      g_autofree char *half = g_strndup (commands[i].verb, 2);
      g_autoptr(GPtrArray) readings = rfi_palette_read_line (half, lexicon, FALSE);
      gboolean found = FALSE;

      for (guint j = 0; j < readings->len; j++)
        found |= ((RfiPaletteReading *) g_ptr_array_index (readings, j))->command == &commands[i];
      g_assert_true (found);
      g_assert_true (g_str_has_prefix (commands[i].action, "win."));
      g_assert_true (g_str_has_prefix (commands[i].usage, commands[i].verb));
      g_assert_cmpint (commands[i].kind[1] != RFI_PALETTE_NOTHING, ==,
                       commands[i].question != NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/palette-line/lines", test_lines);
  g_test_add_func ("/palette-line/limit", test_limit);
  g_test_add_func ("/palette-line/commands", test_commands);

  return g_test_run ();
}
