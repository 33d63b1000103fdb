/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-palette-line"

#include "config.h"

#include "rfi-palette-line.h"

#include "rfi-text-pool.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_CHOICES 8

/* A line in its words: as typed, and as they are compared. */
typedef struct
{
  char  **typed;
  char  **folded;
  guint   n_words;
} Words;

void
rfi_palette_reading_free (RfiPaletteReading *self)
{
  g_free (self->verb);
  g_free (self->job);
  g_free (self->text);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self);
}

RfiPaletteKind
rfi_palette_reading_get_missing (const RfiPaletteReading *self,
                                 gboolean                 has_job)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->command->kind); i++)
    {
      RfiPaletteKind kind = self->command->kind[i];
      gboolean there = kind == RFI_PALETTE_NOTHING
                       || (kind == RFI_PALETTE_JOB && (self->job != NULL || has_job))
                       || (kind == RFI_PALETTE_TEXT && self->text != NULL)
                       || (kind > RFI_PALETTE_TEXT && self->choices != NULL
                           && self->choices->len > 0);

      if (!there)
        return kind;
    }
  return RFI_PALETTE_NOTHING;
}

static void
split (Words      *words,
       const char *line)
{
  g_auto(GStrv) pieces = g_strsplit_set (line, " \t\r\n", -1);
  g_autoptr(GPtrArray) typed = g_ptr_array_new ();
  g_autoptr(GPtrArray) folded = g_ptr_array_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      {
        g_ptr_array_add (typed, g_strdup (pieces[i]));
        g_ptr_array_add (folded, rfi_text_fold (pieces[i]));
      }

  words->n_words = typed->len;
  g_ptr_array_add (typed, NULL);
  g_ptr_array_add (folded, NULL);
  words->typed = (char **) g_ptr_array_steal (typed, NULL);
  words->folded = (char **) g_ptr_array_steal (folded, NULL);
}

/* @words from @first to before @end as they were typed. Returns: (transfer full) (nullable) */
static char *
join (const Words *words,
      guint        first,
      guint        end)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < end; i++)
    g_string_append_printf (text, "%s%s", i > first ? " " : "", words->typed[i]);
  return g_string_free (text, text->len == 0);
}

/* How many words of the line are the verb; 0 = it is another. The last may be only begun. */
static guint
match_verb (const Words *words,
            const char  *verb,
            gboolean    *is_whole)
{
  g_autofree char *folded = rfi_text_fold (verb);
  g_auto(GStrv) parts = g_strsplit (folded, " ", -1);
  guint i;

  *is_whole = FALSE;
  for (i = 0; parts[i] != NULL && i < words->n_words; i++)
    if (strcmp (words->folded[i], parts[i]) != 0)
      return i + 1 == words->n_words && g_str_has_prefix (parts[i], words->folded[i]) ? i + 1 : 0;

  *is_whole = parts[i] == NULL;
  return i;
}

/* Both languages are understood; that of the console is preferred where both fit as well. */
static guint
match_command (const Words             *words,
               const RfiPaletteCommand *command,
               RfiPaletteReading       *reading)
{
  const char *verbs[] = { rfi_palette_command_get_verb (command), command->verb };
  guint n_words = 0;

  for (guint i = 0; i < G_N_ELEMENTS (verbs) && !reading->is_whole; i++)
    {
      gboolean is_whole;
      guint n = match_verb (words, verbs[i], &is_whole);

      if (n == 0 || (n_words > 0 && !is_whole))
        continue;

      n_words = n;
      reading->is_whole = is_whole;
      g_free (reading->verb);
      reading->verb = g_strdup (verbs[i]);
    }
  return n_words;
}

/* What the words from @first on may mean besides a job, and how many of the last do. The first of
 * all words is the job's, if none is selected. */
static guint
find_choices (const Words             *words,
              guint                    first,
              RfiPaletteKind           kind,
              RfiPaletteLexicon       *lexicon,
              gboolean                 may_be_all,
              GPtrArray              **choices)
{
  for (guint start = may_be_all ? first : first + 1; start < words->n_words; start++)
    {
      g_autoptr(GPtrArray) found =
        rfi_palette_lexicon_find (lexicon, kind, (const char *const *) words->folded + start,
                                  words->n_words - start, N_CHOICES);

      if (found->len == 0)
        continue;

      *choices = g_steal_pointer (&found);
      return words->n_words - start;
    }
  return 0;
}

/* "assign 7f3c to garcia" */
static gboolean
is_filler (const char *word)
{
  /* translators: a word that may be typed in between and means nothing: "assign 7f3c to garcia" */
  const char *filler = C_("command", "to");

  return strcmp (word, filler) == 0 || strcmp (word, "to") == 0;
}

static void
read_arguments (RfiPaletteReading *reading,
                const Words       *words,
                guint              first,
                RfiPaletteLexicon *lexicon,
                gboolean           has_job)
{
  const RfiPaletteKind *kind = reading->command->kind;
  guint end = words->n_words;

  if (first == words->n_words)
    return;

  switch ((int) kind[0])
    {
    case RFI_PALETTE_TEXT:
      reading->text = join (words, first, end);
      return;

    case RFI_PALETTE_JOB:
      if (kind[1] != RFI_PALETTE_NOTHING)
        end -= find_choices (words, first, kind[1], lexicon, has_job, &reading->choices);
      if (reading->choices != NULL && end > first && is_filler (words->folded[end - 1]))
        end--;
      reading->job = join (words, first, end);
      return;

    default:
      reading->choices =
        rfi_palette_lexicon_find (lexicon, kind[0], (const char *const *) words->folded + first,
                                  words->n_words - first, N_CHOICES);
    }
}

GPtrArray *
rfi_palette_read_line (const char        *line,
                       RfiPaletteLexicon *lexicon,
                       gboolean           has_job)
{
  GPtrArray *readings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_palette_reading_free);
  guint n_commands;
  const RfiPaletteCommand *commands = rfi_palette_commands (&n_commands);
  guint n_whole = 0;
  Words words;

  split (&words, line);
  for (guint i = 0; i < n_commands; i++)
    {
      g_autoptr(RfiPaletteReading) reading = g_new0 (RfiPaletteReading, 1);
      guint n_verb = match_command (&words, &commands[i], reading);
      int position;

      if (n_verb == 0)
        continue;

      reading->command = &commands[i];
      read_arguments (reading, &words, n_verb, lexicon, has_job);
      position = reading->is_whole ? (int) n_whole++ : -1;
      g_ptr_array_insert (readings, position, g_steal_pointer (&reading));
    }

  g_strfreev (words.typed);
  g_strfreev (words.folded);
  return readings;
}
