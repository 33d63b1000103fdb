/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-etag"

#include "config.h"

#include "rfi-etag.h"

#define UUID_LENGTH  36
#define VARIANT      2
#define HAS_VARIANT(low) ((low) >> 62 == VARIANT)

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

/* @text: up to its end may be shorter than a UUID */
static gboolean
read_uuid (const char *text,
           RfiEtag    *self)
{
  guint64 halves[2] = { 0, 0 };
  guint n_digits = 0;

  for (guint i = 0; i < UUID_LENGTH; i++)
    {
      int digit = digit_of (text[i]);

      if (is_dash (i) ? text[i] != '-' : digit < 0)
        return FALSE;
      if (is_dash (i))
        continue;

      halves[n_digits / 16] = halves[n_digits / 16] << 4 | (guint64) digit;
      n_digits++;
    }

  *self = (RfiEtag) { halves[0], halves[1] };
  return HAS_VARIANT (self->low) && text[UUID_LENGTH] == '"' && text[UUID_LENGTH + 1] == '\0';
}

RfiEtag
rfi_etag (const char *text)
{
  RfiEtag self;

  if (text != NULL && *text == '"' && read_uuid (text + 1, &self))
    return self;

  return (RfiEtag) { (guintptr) text, 0 };
}

const char *
rfi_etag_get_kept (RfiEtag self)
{
  return HAS_VARIANT (self.low) ? NULL : (const char *) (guintptr) self.high;
}

const char *
rfi_etag_get_text (RfiEtag  self,
                   char    *space)
{
  static const char digits[] = "0123456789abcdef";
  guint64 halves[2] = { self.high, self.low };
  char *at = space;
  guint n_digits = 0;

  if (!HAS_VARIANT (self.low))
    return rfi_etag_get_kept (self);

  *at++ = '"';
  for (guint i = 0; i < UUID_LENGTH; i++)
    if (is_dash (i))
      *at++ = '-';
    else
      {
        *at++ = digits[halves[n_digits / 16] >> (60 - n_digits % 16 * 4) & 15];
        n_digits++;
      }
  *at++ = '"';
  *at = '\0';
  return space;
}

gboolean
rfi_etag_is_set (RfiEtag self)
{
  return self.high != 0 || self.low != 0;
}

gboolean
rfi_etag_equal (RfiEtag a,
                RfiEtag b)
{
  const char *text = rfi_etag_get_kept (a);
  const char *other = rfi_etag_get_kept (b);

  if (text != NULL || other != NULL)
    return g_strcmp0 (text, other) == 0;

  return a.high == b.high && a.low == b.low;
}
