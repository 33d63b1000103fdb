/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-palette-lexicon"

#include "config.h"

#include "rfi-palette-lexicon.h"

#include "rfi-text-pool.h"

#include <string.h>

struct _RfiPaletteLexicon
{
  GPtrArray *entries[RFI_N_PALETTE_KINDS];  /* (element-type RfiPaletteEntry) */
};

static void
entry_free (gpointer data)
{
  RfiPaletteEntry *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->icon);
  g_strfreev (self->words);
  g_free (self);
}

/* "In-Progress" is found as it stands, and by each of its parts. */
static char **
split (const char *text)
{
  g_autofree char *folded = rfi_text_fold (text);
  g_auto(GStrv) pieces = g_strsplit (folded, " ", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    for (const char *at = pieces[i]; at != NULL; at = strchr (at, '-'))
      {
        if (*at == '-')
          at++;
        if (*at != '\0')
          g_strv_builder_add (words, at);
      }

  return g_strv_builder_end (words);
}

RfiPaletteLexicon *
rfi_palette_lexicon_new (void)
{
  RfiPaletteLexicon *self = g_new0 (RfiPaletteLexicon, 1);

  for (guint i = 0; i < RFI_N_PALETTE_KINDS; i++)
    self->entries[i] = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
rfi_palette_lexicon_free (RfiPaletteLexicon *self)
{
  for (guint i = 0; i < RFI_N_PALETTE_KINDS; i++)
    g_ptr_array_unref (self->entries[i]);
  g_free (self);
}

void
rfi_palette_lexicon_add (RfiPaletteLexicon *self,
                         RfiPaletteKind     kind,
                         const char        *id,
                         const char        *name,
                         const char        *alias,
                         const char        *icon)
{
  RfiPaletteEntry *entry = g_new0 (RfiPaletteEntry, 1);
  g_autofree char *all = g_strconcat (name, " ", alias, NULL);

  entry->kind = kind;
  entry->id = g_strdup (id);
  entry->name = g_strdup (name);
  entry->icon = g_strdup (icon);
  entry->words = split (all);
  g_ptr_array_add (self->entries[kind], entry);
}

static gboolean
begins_a_word (const RfiPaletteEntry *entry,
               const char            *word)
{
  for (guint i = 0; entry->words[i] != NULL; i++)
    if (g_str_has_prefix (entry->words[i], word))
      return TRUE;
  return FALSE;
}

static gboolean
is_meant (const RfiPaletteEntry *entry,
          const char *const     *words,
          guint                  n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (!begins_a_word (entry, words[i]))
      return FALSE;
  return TRUE;
}

GPtrArray *
rfi_palette_lexicon_find (RfiPaletteLexicon *self,
                          RfiPaletteKind     kind,
                          const char *const *words,
                          guint              n_words,
                          guint              limit)
{
  GPtrArray *entries = self->entries[kind];
  GPtrArray *found = g_ptr_array_new ();
  guint n_first = 0;

  for (guint i = 0; i < entries->len && n_first < limit; i++)
    {
      RfiPaletteEntry *entry = g_ptr_array_index (entries, i);

      if (!is_meant (entry, words, n_words))
        continue;
      if (n_words > 0 && entry->words[0] != NULL && g_str_has_prefix (entry->words[0], words[0]))
        g_ptr_array_insert (found, (int) n_first++, entry);
      else
        g_ptr_array_add (found, entry);
    }

  if (found->len > limit)
    g_ptr_array_set_size (found, limit);
  return found;
}
