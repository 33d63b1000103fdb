/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-presence-words"

#include "config.h"

#include "rfi-presence-words.h"

#include "rfi-format.h"

#include <glib/gi18n.h>

static void
append (GString                 *words,
        const RfiPresencePerson *person)
{
  g_autofree char *since = rfi_format_clock (person->since);

  if (words->len > 0)
    g_string_append_c (words, '\n');
  if (person->attention == RFI_ATTENTION_EDITING)
    /* translators: a person's name, then a time such as 10:42 */
    g_string_append_printf (words, _("%1$s is editing this job since %2$s"), person->name, since);
  else
    /* translators: a person's name, then a time such as 10:42 */
    g_string_append_printf (words, _("%1$s is looking at this job since %2$s"), person->name,
                            since);
}

char *
rfi_presence_words (const RfiPresence *presence)
{
  GString *words = g_string_new (NULL);

  for (int attention = RFI_ATTENTION_EDITING; attention > RFI_ATTENTION_NONE; attention--)
    for (guint i = 0; i < presence->people->len; i++)
      {
        const RfiPresencePerson *person = g_ptr_array_index (presence->people, i);

        if (person->attention == (RfiAttention) attention)
          append (words, person);
      }
  return g_string_free (words, FALSE);
}
