/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-change-words"

#include "config.h"

#include "rfi-change-words.h"

#include "rfi-words.h"

char *
rfi_change_words_fields (const RfiJob *then,
                         const RfiJob *now)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      if (g_strcmp0 (rfi_job_get_field (then, i), rfi_job_get_field (now, i)) == 0)
        continue;

      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, rfi_words_bare_field (i));
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
