/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-text-memory"

#include "config.h"

#include "rfi-text-memory.h"

#include "rfi-text-pool.h"

#include <string.h>

RfiTextMemory *
_rfi_text_memory_new (void)
{
  RfiTextMemory *self = g_new0 (RfiTextMemory, 1);

  self->given = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
_rfi_text_memory_free (RfiTextMemory *self)
{
  g_free (self->found);
  g_strfreev (self->words);
  g_array_unref (self->given);
  g_free (self);
}

/* Of numbers that are new nothing is known. */
static void
grow (RfiTextMemory *self)
{
  guint n_numbers = rfi_text_pool_get_n_numbers ();

  if (n_numbers > self->size)
    {
      self->size = n_numbers + n_numbers / 4;
      self->found = g_realloc (self->found, self->size);
    }
  if (n_numbers > self->n_numbers)
    memset (self->found + self->n_numbers, 0, n_numbers - self->n_numbers);
  self->n_numbers = n_numbers;
}

/* A number may be that of another text by now. */
static gboolean
forget_given (RfiTextMemory *self)
{
  if (!rfi_text_pool_list_given (&self->moment, self->given))
    return FALSE;

  for (guint i = 0; i < self->given->len; i++)
    {
      guint number = g_array_index (self->given, guint, i);

      /* Others may have been given since there was room for all. */
      if (number < self->n_numbers)
        self->found[number] = 0;
    }
  return TRUE;
}

static gboolean
are_same (char **before,
          char **now)
{
  return before != NULL && g_strv_equal ((const char *const *) before, (const char *const *) now);
}

/* Whether what holds none of the words of @before holds none of @now. */
static gboolean
say_more (char **before,
          char **now)
{
  guint n_words = g_strv_length (now);

  if (before == NULL || g_strv_length (before) != n_words || n_words > RFI_TEXT_MEMORY_WORDS)
    return FALSE;

  for (guint i = 0; i < n_words; i++)
    if (strstr (now[i], before[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
forget_found (RfiTextMemory *self)
{
  for (guint i = 0; i < self->n_numbers; i++)
    self->found[i] = self->found[i] == RFI_TEXT_MEMORY_KNOWN ? RFI_TEXT_MEMORY_KNOWN : 0;
}

void
_rfi_text_memory_begin (RfiTextMemory *self,
                        char         **words,
                        gboolean       keep)
{
  gboolean same = are_same (self->words, words);

  keep = keep && (same || say_more (self->words, words));
  grow (self);
  if (!forget_given (self) || !keep)
    memset (self->found, 0, self->n_numbers);
  else if (!same)
    forget_found (self);
  /* In no text there are no words. */
  self->found[0] = RFI_TEXT_MEMORY_KNOWN;

  if (!same)
    {
      g_strfreev (self->words);
      self->words = g_strdupv (words);
    }
}
