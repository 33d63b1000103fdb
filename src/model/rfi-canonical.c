/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-canonical"

#include "config.h"

#include "rfi-canonical.h"

#include <string.h>

/* Each byte with a short escape, and its letter. */
static const char short_escapes[] = "\"\"\\\\\bb\ff\nn\rr\tt";
static const char hex_digits[] = "0123456789abcdef";

static char
escape_of (char c)
{
  for (const char *pair = short_escapes; *pair != '\0'; pair += 2)
    if (*pair == c)
      return pair[1];

  return '\0';
}

void
rfi_canonical_append_string (GString    *out,
                             const char *text)
{
  const char *run = text;

  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      guchar c = (guchar) *text;
      char escape;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;

      g_string_append_len (out, run, text - run);
      run = text + 1;
      escape = escape_of ((char) c);
      if (escape != '\0')
        g_string_append_printf (out, "\\%c", escape);
      else
        g_string_append_printf (out, "\\u00%c%c", hex_digits[c >> 4], hex_digits[c & 15]);
    }

  g_string_append_len (out, run, text - run);
  g_string_append_c (out, '"');
}

void
rfi_canonical_append_int (GString *out,
                          gint64   number)
{
  char digits[20];
  char *at = digits + sizeof digits;
  guint64 rest = number < 0 ? 0 - (guint64) number : (guint64) number;

  do
    *--at = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);

  if (number < 0)
    g_string_append_c (out, '-');
  g_string_append_len (out, at, digits + sizeof digits - at);
}

void
rfi_canonical_append_name (GString    *out,
                           const char *name)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');

  rfi_canonical_append_string (out, name);
  g_string_append_c (out, ':');
}

void
rfi_canonical_append_text_member (GString    *out,
                                  const char *name,
                                  const char *text)
{
  if (text == NULL)
    return;

  rfi_canonical_append_name (out, name);
  rfi_canonical_append_string (out, text);
}

void
rfi_canonical_append_int_member (GString    *out,
                                 const char *name,
                                 gint64      number)
{
  rfi_canonical_append_name (out, name);
  rfi_canonical_append_int (out, number);
}

char *
rfi_canonical_hash (const char *data,
                    gssize      length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data,
                                      length < 0 ? strlen (data) : (gsize) length);
}

char *
rfi_canonical_uuid (const char *text)
{
  g_autofree char *hash = rfi_canonical_hash (text, -1);

  /* In the form of version 8, which leaves the rest to who makes it. */
  return g_strdup_printf ("%.8s-%.4s-8%.3s-8%.3s-%.12s", hash, hash + 8, hash + 12, hash + 15,
                          hash + 18);
}

gboolean
rfi_canonical_is_hex (const char *text,
                      gsize       length)
{
  return text != NULL && strlen (text) == length && strspn (text, hex_digits) == length;
}

gboolean
rfi_canonical_skip (RfiCanonicalReader *reader,
                    char                c)
{
  if (reader->at >= reader->end || *reader->at != c)
    return FALSE;

  reader->at++;
  return TRUE;
}

/* Behind "\u": only what has no shorter escape may be written so. */
static gboolean
read_unicode (RfiCanonicalReader *reader,
              GString            *text)
{
  const char *at = reader->at;
  const char *low;
  char c;

  if (reader->end - at < 4 || at[0] != '0' || at[1] != '0' || (at[2] != '0' && at[2] != '1'))
    return FALSE;

  low = at[3] != '\0' ? strchr (hex_digits, at[3]) : NULL;
  if (low == NULL)
    return FALSE;

  c = (char) ((at[2] - '0') << 4 | (low - hex_digits));
  if (c == '\0' || escape_of (c) != '\0')
    return FALSE;

  g_string_append_c (text, c);
  reader->at += 4;
  return TRUE;
}

static gboolean
read_escape (RfiCanonicalReader *reader,
             GString            *text)
{
  if (reader->at >= reader->end)
    return FALSE;

  if (rfi_canonical_skip (reader, 'u'))
    return read_unicode (reader, text);

  for (const char *pair = short_escapes; *pair != '\0'; pair += 2)
    if (pair[1] == *reader->at)
      {
        g_string_append_c (text, pair[0]);
        reader->at++;
        return TRUE;
      }

  return FALSE;
}

gboolean
rfi_canonical_read_string (RfiCanonicalReader *reader,
                           GString            *text)
{
  g_string_truncate (text, 0);
  if (!rfi_canonical_skip (reader, '"'))
    return FALSE;

  while (reader->at < reader->end)
    {
      const char *run = reader->at;

      while (reader->at < reader->end && (guchar) *reader->at >= 0x20 && *reader->at != '"' &&
             *reader->at != '\\')
        reader->at++;
      g_string_append_len (text, run, reader->at - run);

      if (rfi_canonical_skip (reader, '"'))
        return g_utf8_validate_len (text->str, text->len, NULL);
      if (!rfi_canonical_skip (reader, '\\') || !read_escape (reader, text))
        return FALSE;
    }

  return FALSE;
}

gboolean
rfi_canonical_read_int (RfiCanonicalReader *reader,
                        gint64             *number)
{
  gboolean negative = rfi_canonical_skip (reader, '-');
  const char *begin = reader->at;
  gint64 value = 0;

  while (reader->at < reader->end && g_ascii_isdigit (*reader->at))
    {
      value = value * 10 + (*reader->at - '0');
      if (value > RFI_CANONICAL_MAX_INT)
        return FALSE;
      reader->at++;
    }

  /* No digits, a leading zero, and minus nothing are other spellings. */
  if (reader->at == begin || (*begin == '0' && (reader->at - begin > 1 || negative)))
    return FALSE;

  *number = negative ? -value : value;
  return TRUE;
}

gboolean
rfi_canonical_read_name (RfiCanonicalReader *reader,
                         GString            *name)
{
  g_autofree char *before = g_strdup (name->str);

  return rfi_canonical_read_string (reader, name) && strcmp (before, name->str) < 0 &&
         rfi_canonical_skip (reader, ':');
}
