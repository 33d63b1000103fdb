/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-difference"

#include "config.h"

#include "rfi-difference.h"

#include "rfi-text-diff.h"

#include <string.h>

static gsize
count_equal (GArray *runs)
{
  gsize n_equal = 0;

  for (guint i = 0; i < runs->len; i++)
    if (g_array_index (runs, RfiTextRun, i).kind == RFI_TEXT_EQUAL)
      n_equal += g_array_index (runs, RfiTextRun, i).length;

  return n_equal;
}

static gboolean
loses_words (GArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    if (g_array_index (runs, RfiTextRun, i).kind == RFI_TEXT_REMOVED)
      return TRUE;

  return FALSE;
}

char *
rfi_difference_markup (const char *base,
                       const char *value)
{
  g_autoptr(GArray) runs = rfi_text_diff (base, value);
  g_autoptr(GString) markup = g_string_new (NULL);

  if (loses_words (runs) && count_equal (runs) * 2 < strlen (value))
    return g_markup_escape_text (value, -1);

  for (guint i = 0; i < runs->len; i++)
    {
      RfiTextRun *run = &g_array_index (runs, RfiTextRun, i);
      g_autofree char *text = g_markup_escape_text (run->text, (gssize) run->length);

      if (run->kind == RFI_TEXT_INSERTED)
        g_string_append_printf (markup, "<u>%s</u>", text);
      else if (run->kind == RFI_TEXT_REMOVED)
        g_string_append_printf (markup, "<s>%s</s>", text);
      else
        g_string_append (markup, text);
    }

  return g_string_free (g_steal_pointer (&markup), FALSE);
}
