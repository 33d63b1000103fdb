/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-uuid"

#include "config.h"

#include "rfi-uuid.h"

static gboolean
is_dash (guint place)
{
  return place == 8 || place == 13 || place == 18 || place == 23;
}

/* -1 for what is no digit as it would be written again. */
static int
digit_of (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';

  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

gboolean
rfi_uuid_read (const char *text,
               RfiUuid    *uuid)
{
  guint64 halves[2] = { 0, 0 };
  guint n_digits = 0;

  /* A shorter text ends with what is neither. */
  for (guint i = 0; i < RFI_UUID_LENGTH; i++)
    {
      int digit = digit_of (text[i]);

      if (is_dash (i) ? text[i] != '-' : digit < 0)
        return FALSE;
      if (is_dash (i))
        continue;

      halves[n_digits / 16] = halves[n_digits / 16] << 4 | (guint64) digit;
      n_digits++;
    }

  *uuid = (RfiUuid) { halves[0], halves[1] };
  return TRUE;
}

char *
rfi_uuid_write (RfiUuid  uuid,
                char    *text)
{
  static const char digits[] = "0123456789abcdef";
  guint64 halves[2] = { uuid.high, uuid.low };
  guint n_digits = 0;

  for (guint i = 0; i < RFI_UUID_LENGTH; i++)
    if (is_dash (i))
      *text++ = '-';
    else
      {
        *text++ = digits[halves[n_digits / 16] >> (60 - n_digits % 16 * 4) & 15];
        n_digits++;
      }

  return text;
}
