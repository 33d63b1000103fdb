/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-text-squeeze"

#include "config.h"

#include "rfi-text-squeeze.h"

#include "rfi-time.h"
#include "rfi-uuid.h"

#include <string.h>

/* Bytes that text hardly ever holds say what stands there. */
typedef enum {
  CODE_END,
  CODE_UUID,     /* 16 bytes follow */
  CODE_TIME,     /* TIME_SIZE bytes follow */
  CODE_LITERAL,  /* one byte follows, which is text */
  CODE_PHRASE,   /* from here on: one of @phrases */
} Code;

#define TIME_SIZE 6
#define TIME_LENGTH (RFI_TIME_TEXT_SIZE - 1)

/* What lists of items are written with, longest first where one begins like another: see
 * rfi-item-list.c. */
static const char *const phrases[] = {
  "\",\"quantity\":", "\",\"minutes\":", ",\"technician\":\"", "\",\"name\":\"", "\",\"text\":\"",
  "\",\"id\":\"",     "[{\"author\":\"", "[{\"id\":\"",        "},{\"id\":\"",   "\"}]",
  "}]",
};

/* Of these codes none is a line break or a tab, which people type. */
G_STATIC_ASSERT (CODE_PHRASE + G_N_ELEMENTS (phrases) > '\t');
#define N_SKIPPED ('\n' - '\t' + 1)
#define CODE_LAST (CODE_PHRASE + G_N_ELEMENTS (phrases) + N_SKIPPED)
G_STATIC_ASSERT (CODE_LAST < ' ');

static guint8
code_of_phrase (guint phrase)
{
  guint code = CODE_PHRASE + phrase;

  return (guint8) (code < '\t' ? code : code + N_SKIPPED);
}

static gboolean
is_phrase (guint8 code)
{
  return code >= CODE_PHRASE && code < CODE_LAST && code != '\t' && code != '\n';
}

static const char *
get_phrase (guint8 code)
{
  return phrases[code - CODE_PHRASE - (code > '\n' ? N_SKIPPED : 0)];
}

static gboolean
is_code (guint8 byte)
{
  return byte < CODE_PHRASE || is_phrase (byte);
}

/* Returns: how much of @text was taken */
static guint
squeeze_uuid (const char *text,
              GString    *to)
{
  RfiUuid uuid;

  if (!rfi_uuid_read (text, &uuid))
    return 0;

  uuid.high = GUINT64_TO_BE (uuid.high);
  uuid.low = GUINT64_TO_BE (uuid.low);
  g_string_append_c (to, CODE_UUID);
  g_string_append_len (to, (const char *) &uuid, sizeof uuid);
  return RFI_UUID_LENGTH;
}

static guint
squeeze_time (const char *text,
              GString    *to)
{
  char again[RFI_TIME_TEXT_SIZE];
  gint64 ms;

  if (strnlen (text, TIME_LENGTH) < TIME_LENGTH || text[TIME_LENGTH - 1] != 'Z'
      || !rfi_time_parse (text, TIME_LENGTH, &ms) || ms < 0 || ms >> (8 * TIME_SIZE) != 0)
    return 0;

  rfi_time_format (ms, again);
  if (memcmp (again, text, TIME_LENGTH) != 0)
    return 0;

  g_string_append_c (to, CODE_TIME);
  for (int i = TIME_SIZE - 1; i >= 0; i--)
    g_string_append_c (to, (char) (ms >> (8 * i) & 0xff));
  return TIME_LENGTH;
}

static guint
squeeze_phrase (const char *text,
                GString    *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (g_str_has_prefix (text, phrases[i]))
      {
        g_string_append_c (to, (char) code_of_phrase (i));
        return (guint) strlen (phrases[i]);
      }

  return 0;
}

/* @in_word: whether a letter or digit stands before, as nearly everywhere in what people write */
static guint
squeeze_one (const char *text,
             gboolean    in_word,
             GString    *to)
{
  guint n_taken = 0;

  if (!in_word && g_ascii_isxdigit (*text))
    n_taken = squeeze_uuid (text, to);
  else if (strchr ("\",[}", *text) != NULL)
    n_taken = squeeze_phrase (text, to);
  if (n_taken == 0 && !in_word && g_ascii_isdigit (*text))
    n_taken = squeeze_time (text, to);

  return n_taken;
}

gboolean
rfi_text_squeeze (const char *text,
                  GString    *to)
{
  gboolean squeezed = FALSE;
  gboolean in_word = FALSE;

  while (*text != '\0')
    {
      guint n_taken = squeeze_one (text, in_word, to);

      if (n_taken == 0 && is_code ((guint8) *text))
        {
          g_string_append_c (to, CODE_LITERAL);
          squeezed = TRUE;
        }
      if (n_taken == 0)
        g_string_append_c (to, *text++);
      else
        squeezed = TRUE;
      text += n_taken;
      in_word = g_ascii_isalnum (text[-1]);
    }

  g_string_append_c (to, CODE_END);
  return squeezed;
}

static gint64
read_time (const guint8 *at)
{
  gint64 ms = 0;

  for (guint i = 0; i < TIME_SIZE; i++)
    ms = ms << 8 | at[i];

  return ms;
}

static const guint8 *
unsqueeze_one (const guint8 *at,
               GString      *to)
{
  char text[MAX (RFI_UUID_LENGTH, RFI_TIME_TEXT_SIZE)];
  RfiUuid uuid;

  switch (*at)
    {
    case CODE_UUID:
      memcpy (&uuid, at + 1, sizeof uuid);
      uuid.high = GUINT64_FROM_BE (uuid.high);
      uuid.low = GUINT64_FROM_BE (uuid.low);
      rfi_uuid_write (uuid, text);
      g_string_append_len (to, text, RFI_UUID_LENGTH);
      return at + 1 + sizeof uuid;

    case CODE_TIME:
      rfi_time_format (read_time (at + 1), text);
      g_string_append_len (to, text, TIME_LENGTH);
      return at + 1 + TIME_SIZE;

    case CODE_LITERAL:
      g_string_append_c (to, (char) at[1]);
      return at + 2;

    default:
      if (is_phrase (*at))
        g_string_append (to, get_phrase (*at));
      else
        g_string_append_c (to, (char) *at);
      return at + 1;
    }
}

const guint8 *
rfi_text_unsqueeze (const guint8 *at,
                    GString      *to)
{
  while (*at != CODE_END)
    at = unsqueeze_one (at, to);

  g_string_append_c (to, '\0');
  return at + 1;
}

const guint8 *
rfi_text_squeeze_skip (const guint8 *at)
{
  for (; *at != CODE_END; at++)
    if (*at == CODE_UUID)
      at += sizeof (RfiUuid);
    else if (*at == CODE_TIME)
      at += TIME_SIZE;
    else if (*at == CODE_LITERAL)
      at++;

  return at + 1;
}

gboolean
rfi_text_squeeze_get_time (const guint8 *at,
                           gint64       *ms)
{
  if (*at != CODE_TIME || at[1 + TIME_SIZE] != CODE_END)
    return FALSE;

  *ms = read_time (at + 1);
  return TRUE;
}
