/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-json"

#include "config.h"

#include "rfi-json.h"

#include "rfi-wire-error.h"

#include <string.h>

/* A reader of our own, because the system's builds a tree of the whole text (half the speed of
 * the download it would sit in), follows nesting by recursion without a limit, and leaks on
 * some broken input. First everything is checked, in one pass and with a bounded stack; after
 * that a value is two pointers, and looking into it needs no checks.
 */

typedef struct
{
  const char *begin;
  const char *at;
  const char *end;
  guint       depth;
  guint64     in_object;  /* one bit per level, the innermost lowest */
  const char *outer;      /* (nullable): where the value at hand of the outermost begins */
  RfiJson     longest;
} Checker;

G_STATIC_ASSERT (RFI_JSON_MAX_DEPTH < 64);

static const char *
skip_space (const char *at,
            const char *end)
{
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;

  return at;
}

static gboolean
fail (Checker  *checker,
      GError  **error)
{
  if (checker->at >= checker->end)
    g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_TRUNCATED,
                         "The JSON text ends too early");
  else
    g_set_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_SYNTAX,
                 "Not JSON at byte %" G_GSIZE_FORMAT, (gsize) (checker->at - checker->begin));
  return FALSE;
}

/* Eight bytes at once: the highest bit of each that is a quote, a backslash or below a space; maybe
 * also of some behind the first of these. */
static guint64
mark_special (guint64 word)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 quotes = word ^ ones * '"';
  guint64 escapes = word ^ ones * '\\';

  return (((quotes - ones) & ~quotes) | ((escapes - ones) & ~escapes) |
          ((word - ones * ' ') & ~word)) & ones << 7;
}

/* The first byte in a string that is not just itself, or @end. */
static const char *
find_special (const char *at,
              const char *end)
{
  for (; end - at >= (gssize) sizeof (guint64); at += sizeof (guint64))
    {
      guint64 word;
      guint64 marks;

      memcpy (&word, at, sizeof word);
      marks = mark_special (GUINT64_FROM_LE (word));
      if (marks != 0)
        return at + __builtin_ctzll (marks) / 8;
    }

  while (at < end && *at != '"' && *at != '\\' && (guchar) *at >= ' ')
    at++;
  return at;
}

/* Behind the closing quote, given the place behind the opening one; %NULL if there is none. */
static const char *
skip_string (const char *at,
             const char *end)
{
  for (at = find_special (at, end); at < end && *at != '"'; at = find_special (at, end))
    at += *at == '\\' ? 2 : 1;

  return at < end ? at + 1 : NULL;
}

static gboolean
check_escape (Checker  *checker,
              GError  **error)
{
  checker->at++;
  if (checker->at >= checker->end)
    return fail (checker, error);

  if (*checker->at == 'u')
    {
      for (guint i = 0; i < 4; i++)
        {
          checker->at++;
          if (checker->at >= checker->end || !g_ascii_isxdigit (*checker->at))
            return fail (checker, error);
        }
    }
  else if (*checker->at == '\0' || strchr ("\"\\/bfnrt", *checker->at) == NULL)
    {
      return fail (checker, error);
    }

  checker->at++;
  return TRUE;
}

static gboolean
check_string (Checker  *checker,
              GError  **error)
{
  if (checker->at >= checker->end || *checker->at != '"')
    return fail (checker, error);

  checker->at++;
  for (;;)
    {
      checker->at = find_special (checker->at, checker->end);
      if (checker->at >= checker->end || (guchar) *checker->at < ' ')
        return fail (checker, error);
      if (*checker->at == '"')
        break;
      if (!check_escape (checker, error))
        return FALSE;
    }

  checker->at++;
  return TRUE;
}

static gboolean
check_digits (Checker  *checker,
              GError  **error)
{
  if (checker->at >= checker->end || !g_ascii_isdigit (*checker->at))
    return fail (checker, error);

  while (checker->at < checker->end && g_ascii_isdigit (*checker->at))
    checker->at++;
  return TRUE;
}

static gboolean
check_number (Checker  *checker,
              GError  **error)
{
  if (*checker->at == '-')
    checker->at++;

  if (checker->at < checker->end && *checker->at == '0')
    checker->at++;
  else if (!check_digits (checker, error))
    return FALSE;

  if (checker->at < checker->end && *checker->at == '.')
    {
      checker->at++;
      if (!check_digits (checker, error))
        return FALSE;
    }

  if (checker->at < checker->end && (*checker->at == 'e' || *checker->at == 'E'))
    {
      checker->at++;
      if (checker->at < checker->end && (*checker->at == '+' || *checker->at == '-'))
        checker->at++;
      if (!check_digits (checker, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_word (Checker     *checker,
            const char  *word,
            GError     **error)
{
  for (; *word != '\0'; word++, checker->at++)
    if (checker->at >= checker->end || *checker->at != *word)
      return fail (checker, error);

  return TRUE;
}

static gboolean
check_name (Checker  *checker,
            GError  **error)
{
  if (!check_string (checker, error))
    return FALSE;

  checker->at = skip_space (checker->at, checker->end);
  if (checker->at >= checker->end || *checker->at != ':')
    return fail (checker, error);

  checker->at = skip_space (checker->at + 1, checker->end);
  return TRUE;
}

/* Opens an array or object. @complete: whether it was empty, and is closed already. */
static gboolean
check_open (Checker   *checker,
            gboolean  *complete,
            GError   **error)
{
  gboolean in_object = *checker->at == '{';

  if (checker->depth == RFI_JSON_MAX_DEPTH)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT,
                           "The JSON text is nested too deep");
      return FALSE;
    }

  checker->at = skip_space (checker->at + 1, checker->end);
  if (checker->at < checker->end && *checker->at == (in_object ? '}' : ']'))
    {
      checker->at++;
      *complete = TRUE;
      return TRUE;
    }

  checker->depth++;
  checker->in_object = checker->in_object << 1 | (in_object ? 1 : 0);
  *complete = FALSE;
  return in_object ? check_name (checker, error) : TRUE;
}

static gboolean
check_value (Checker   *checker,
             gboolean  *complete,
             GError   **error)
{
  *complete = TRUE;
  if (checker->at >= checker->end)
    return fail (checker, error);

  switch (*checker->at)
    {
    case '{':
    case '[':
      return check_open (checker, complete, error);
    case '"':
      return check_string (checker, error);
    case 't':
      return check_word (checker, "true", error);
    case 'f':
      return check_word (checker, "false", error);
    case 'n':
      return check_word (checker, "null", error);
    default:
      return check_number (checker, error);
    }
}

/* A value of the outermost one ended. */
static void
note_outer (Checker *checker)
{
  if (checker->at - checker->outer > checker->longest.end - checker->longest.at)
    checker->longest = (RfiJson) { checker->outer, checker->at };
}

/* After a complete value: closes what ends here. Leaves at the next value, or at depth 0. */
static gboolean
check_close (Checker  *checker,
             GError  **error)
{
  while (checker->depth > 0)
    {
      gboolean in_object = (checker->in_object & 1) != 0;

      if (checker->depth == 1)
        note_outer (checker);
      checker->at = skip_space (checker->at, checker->end);
      if (checker->at >= checker->end)
        return fail (checker, error);

      if (*checker->at == ',')
        {
          checker->at = skip_space (checker->at + 1, checker->end);
          return in_object ? check_name (checker, error) : TRUE;
        }
      if (*checker->at != (in_object ? '}' : ']'))
        return fail (checker, error);

      checker->at++;
      checker->depth--;
      checker->in_object >>= 1;
    }

  return TRUE;
}

gboolean
rfi_json_parse (const char  *data,
                gssize       length,
                RfiJson     *root,
                GError     **error)
{
  RfiJson longest;

  return rfi_json_parse_longest (data, length, root, &longest, error);
}

gboolean
rfi_json_parse_longest (const char  *data,
                        gssize       length,
                        RfiJson     *root,
                        RfiJson     *longest,
                        GError     **error)
{
  const char *end = data + (length < 0 ? strlen (data) : (gsize) length);
  Checker checker = { .begin = data, .at = skip_space (data, end), .end = end };
  gboolean complete;

  root->at = checker.at;
  do
    {
      if (checker.depth == 1)
        checker.outer = checker.at;
      if (!check_value (&checker, &complete, error))
        return FALSE;
      if (complete && !check_close (&checker, error))
        return FALSE;
    }
  while (checker.depth > 0);

  root->end = checker.at;
  *longest = checker.longest;
  checker.at = skip_space (checker.at, end);
  if (checker.at < end)
    return fail (&checker, error);

  return TRUE;
}

RfiJsonType
rfi_json_get_type (const RfiJson *self)
{
  switch (*self->at)
    {
    case '{':
      return RFI_JSON_OBJECT;
    case '[':
      return RFI_JSON_ARRAY;
    case '"':
      return RFI_JSON_STRING;
    case 't':
    case 'f':
      return RFI_JSON_BOOLEAN;
    case 'n':
      return RFI_JSON_NULL;
    default:
      return RFI_JSON_NUMBER;
    }
}

/* Behind the value at @at, in checked text. */
static const char *
skip_value (const char *at,
            const char *end)
{
  guint depth = 0;

  if (*at == '"')
    return skip_string (at + 1, end);

  if (*at != '{' && *at != '[')
    {
      while (at < end && strchr (",]} \n\r\t", *at) == NULL)
        at++;
      return at;
    }

  do
    {
      if (*at == '"')
        {
          at = skip_string (at + 1, end);
          continue;
        }
      if (*at == '{' || *at == '[')
        depth++;
      else if (*at == '}' || *at == ']')
        depth--;
      at++;
    }
  while (depth > 0);

  return at;
}

void
rfi_json_iter_init (RfiJsonIter   *iter,
                    const RfiJson *self)
{
  RfiJsonType type = rfi_json_get_type (self);

  iter->known = NULL;
  iter->named = type == RFI_JSON_OBJECT;
  iter->at = self->at + 1;
  iter->end = type == RFI_JSON_OBJECT || type == RFI_JSON_ARRAY ? self->end - 1 : iter->at;
}

gboolean
rfi_json_iter_next (RfiJsonIter *iter,
                    RfiJson     *name,
                    RfiJson     *value)
{
  const char *at = skip_space (iter->at, iter->end);

  if (at >= iter->end)
    return FALSE;

  if (iter->named)
    {
      const char *name_end = skip_string (at + 1, iter->end);

      if (name != NULL)
        *name = (RfiJson) { at, name_end };
      at = skip_space (name_end, iter->end);
      at = skip_space (at + 1, iter->end);
    }

  value->at = at;
  value->end = iter->known != NULL && iter->known->at == at ? iter->known->end
                                                            : skip_value (at, iter->end);

  at = skip_space (value->end, iter->end);
  iter->at = at < iter->end ? at + 1 : at;
  return TRUE;
}

gboolean
rfi_json_get_member (const RfiJson *self,
                     const char    *name,
                     RfiJson       *value)
{
  RfiJsonIter iter;
  RfiJson member_name;
  RfiJson member;
  gboolean found = FALSE;

  if (rfi_json_get_type (self) != RFI_JSON_OBJECT)
    return FALSE;

  rfi_json_iter_init (&iter, self);
  while (rfi_json_iter_next (&iter, &member_name, &member))
    if (rfi_json_is_string (&member_name, name))
      {
        *value = member;
        found = TRUE;
      }

  return found;
}

static gunichar
read_hex (const char *at)
{
  gunichar c = 0;

  for (guint i = 0; i < 4; i++)
    c = c << 4 | (gunichar) g_ascii_xdigit_value (at[i]);

  return c;
}

/* A \u escape; @at stands on the u. Two that make a pair are one character. */
static const char *
read_unicode (const char *at,
              const char *end,
              GString    *out)
{
  gunichar c = read_hex (at + 1);

  at += 5;
  if (c >= 0xd800 && c < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u')
    {
      gunichar low = read_hex (at + 2);

      if (low >= 0xdc00 && low < 0xe000)
        {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          at += 6;
        }
    }

  if (c == 0 || (c >= 0xd800 && c < 0xe000))
    c = 0xfffd;
  g_string_append_unichar (out, c);
  return at;
}

static void
read_string (const RfiJson *self,
             GString       *out)
{
  const char *at = self->at + 1;
  const char *end = self->end - 1;

  while (at < end)
    {
      const char *escape = memchr (at, '\\', (gsize) (end - at));

      g_string_append_len (out, at, (escape != NULL ? escape : end) - at);
      if (escape == NULL)
        return;

      at = escape + 1;
      switch (*at)
        {
        case 'u':
          at = read_unicode (at, end, out);
          continue;
        case 'b':
          g_string_append_c (out, '\b');
          break;
        case 'f':
          g_string_append_c (out, '\f');
          break;
        case 'n':
          g_string_append_c (out, '\n');
          break;
        case 'r':
          g_string_append_c (out, '\r');
          break;
        case 't':
          g_string_append_c (out, '\t');
          break;
        default:
          g_string_append_c (out, *at);
          break;
        }
      at++;
    }
}

/* Most text is, and then needs no closer look. */
static gboolean
is_ascii (const char *at,
          gsize       length)
{
  guint64 all = 0;

  for (; length >= sizeof all; at += sizeof all, length -= sizeof all)
    {
      guint64 word;

      memcpy (&word, at, sizeof word);
      all |= word;
    }
  for (; length > 0; at++, length--)
    all |= (guchar) *at;

  return (all & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

void
rfi_json_read_text (const RfiJson *self,
                    GString       *out)
{
  gsize begin = out->len;

  if (*self->at == 'n')
    return;
  if (*self->at == '"')
    read_string (self, out);
  else
    g_string_append_len (out, self->at, self->end - self->at);

  if (!is_ascii (out->str + begin, out->len - begin) &&
      !g_utf8_validate_len (out->str + begin, out->len - begin, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (out->str + begin, (gssize) (out->len - begin));

      g_string_truncate (out, begin);
      g_string_append (out, valid);
    }
}

char *
rfi_json_dup_text (const RfiJson *self)
{
  GString *text = g_string_sized_new ((gsize) (self->end - self->at));

  rfi_json_read_text (self, text);
  return g_string_free (text, FALSE);
}

char *
rfi_json_dup_string (const RfiJson *self)
{
  return *self->at == '"' ? rfi_json_dup_text (self) : NULL;
}

gboolean
rfi_json_is_string (const RfiJson *self,
                    const char    *text)
{
  gsize length = strlen (text);
  gsize raw_length = (gsize) (self->end - self->at);
  g_autofree char *read = NULL;

  if (*self->at != '"')
    return FALSE;
  /* Escapes only make it longer, so one of the same length says the same only without. */
  if (raw_length <= length + 2)
    return raw_length == length + 2 && memcmp (self->at + 1, text, length) == 0 &&
           memchr (text, '\\', length) == NULL;
  if (memchr (self->at, '\\', raw_length) == NULL)
    return FALSE;

  read = rfi_json_dup_text (self);
  return strcmp (read, text) == 0;
}

void
rfi_json_append_raw (const RfiJson *self,
                     GString       *out)
{
  const char *at = self->at;

  while (at < self->end)
    {
      const char *next = *at == '"' ? skip_string (at + 1, self->end) : at + 1;

      g_string_append_len (out, at, next - at);
      at = skip_space (next, self->end);
    }
}

/* The text need not end behind the number, so it is copied out. */
static double
read_number (const RfiJson *self)
{
  char text[64];
  gsize length = MIN ((gsize) (self->end - self->at), sizeof text - 1);

  memcpy (text, self->at, length);
  text[length] = '\0';
  return g_ascii_strtod (text, NULL);
}

gboolean
rfi_json_get_int (const RfiJson *self,
                  gint64        *value)
{
  double number;

  if (rfi_json_get_type (self) != RFI_JSON_NUMBER)
    return FALSE;

  number = read_number (self);
  if (!(number > -9007199254740992.0 && number < 9007199254740992.0))
    return FALSE;

  *value = (gint64) number;
  return TRUE;
}

gboolean
rfi_json_is_truthy (const RfiJson *self)
{
  switch (rfi_json_get_type (self))
    {
    case RFI_JSON_NULL:
      return FALSE;
    case RFI_JSON_BOOLEAN:
      return *self->at == 't';
    case RFI_JSON_NUMBER:
      return read_number (self) != 0.0;
    case RFI_JSON_STRING:
      return self->end - self->at > 2;
    case RFI_JSON_ARRAY:
    case RFI_JSON_OBJECT:
    default:
      return TRUE;
    }
}

static void
append_escape (GString *out,
               guchar   c)
{
  static const char hex[] = "0123456789abcdef";
  const char *short_form = strchr ("\"\"\\\\\bb\ff\nn\rr\tt", c);

  g_string_append_c (out, '\\');
  if (short_form != NULL)
    g_string_append_c (out, short_form[1]);
  else
    g_string_append_printf (out, "u00%c%c", hex[c >> 4], hex[c & 15]);
}

void
rfi_json_append_string (GString    *out,
                        const char *text)
{
  const char *end;
  const char *stop;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }

  end = text + strlen (text);
  g_string_append_c (out, '"');
  while ((stop = find_special (text, end)) < end)
    {
      g_string_append_len (out, text, stop - text);
      append_escape (out, (guchar) *stop);
      text = stop + 1;
    }

  g_string_append_len (out, text, end - text);
  g_string_append_c (out, '"');
}

void
rfi_json_append_member (GString    *out,
                        const char *name,
                        const char *text)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');

  rfi_json_append_string (out, name);
  g_string_append_c (out, ':');
  rfi_json_append_string (out, text);
}
