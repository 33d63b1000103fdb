/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-scope-sum"

#include "config.h"

#include "rfi-scope-sum.h"

#include "rfi-canonical.h"

/* Spreads every bit over all others (the finaliser of SplitMix64): sums of rows whose versions
 * differ by one must not meet.
 */
static guint64
mix (guint64 value)
{
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

guint64
rfi_scope_sum_row (const char *id,
                   gint64      version)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *id != '\0'; id++)
    hash = (hash ^ (guchar) *id) * G_GUINT64_CONSTANT (0x100000001b3);

  return mix (mix (hash) + (guint64) version);
}

void
rfi_scope_sum_format (guint64  sum,
                      char    *text)
{
  g_snprintf (text, RFI_SCOPE_SUM_TEXT_SIZE, "%016" G_GINT64_MODIFIER "x", sum);
}

gboolean
rfi_scope_sum_parse (const char *text,
                     guint64    *sum)
{
  if (!rfi_canonical_is_hex (text, RFI_SCOPE_SUM_TEXT_SIZE - 1))
    return FALSE;

  *sum = g_ascii_strtoull (text, NULL, 16);
  return TRUE;
}
