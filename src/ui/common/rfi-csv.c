/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-csv"

#include "config.h"

#include "rfi-csv.h"

#include <string.h>

/* A spreadsheet takes text that begins so for a formula, and runs it. */
static gboolean
looks_like_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

void
rfi_csv_append_field (GString    *line,
                      const char *text,
                      gboolean    is_text)
{
  gboolean guarded = is_text && looks_like_formula (text);

  if (!guarded && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (line, text);
      return;
    }

  g_string_append_c (line, '"');
  if (guarded)
    g_string_append_c (line, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *at);
    }
  g_string_append_c (line, '"');
}
