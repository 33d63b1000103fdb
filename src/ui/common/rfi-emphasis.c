/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-emphasis"

#include "config.h"

#include "rfi-emphasis.h"

#include "rfi-text-pool.h"

#include <string.h>

/* As long as a word has to be for being sought in the middle of an id. */
#define ID_LENGTH 6

#define TINT_ALPHA (G_MAXUINT16 / 5)

struct _RfiEmphasis
{
  char   **words;    /* (owned): folded */
  GString *folded;   /* what is looked into */
  GArray  *origins;  /* (element-type guint): by byte of @folded, where that is in the text */
  GdkRGBA  tint;
  gboolean is_plain; /* there is no tint */
};

/* Where the character at @at ends, with the marks that are put on it. */
static const char *
find_end (const char *at)
{
  const char *end = g_utf8_next_char (at);

  while (*end != '\0' && g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  return end;
}

static void
add_folded (RfiEmphasis *self,
            const char  *text,
            const char  *at,
            const char  *end)
{
  g_autofree char *piece = g_strndup (at, (gsize) (end - at));
  g_autofree char *folded = rfi_text_fold (piece);
  guint origin = (guint) (at - text);

  for (const char *byte = folded; *byte != '\0'; byte++)
    {
      g_string_append_c (self->folded, *byte);
      g_array_append_val (self->origins, origin);
    }
}

/* Folds @text as the search does, and keeps where each byte comes from: folded, a letter can be
 * longer than it was. */
static void
fold (RfiEmphasis *self,
      const char  *text,
      gsize        from)
{
  guint length;

  g_string_truncate (self->folded, 0);
  g_array_set_size (self->origins, 0);
  for (const char *at = text + from; *at != '\0';)
    {
      const char *end = find_end (at);
      guint origin = (guint) (at - text);

      if (end == at + 1)
        {
          g_string_append_c (self->folded, g_ascii_tolower (*at));
          g_array_append_val (self->origins, origin);
        }
      else
        add_folded (self, text, at, end);
      at = end;
    }
  length = (guint) strlen (text);
  g_array_append_val (self->origins, length);
}

static void
insert (PangoAttrList  *marks,
        PangoAttribute *attribute,
        guint           start,
        guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_change (marks, attribute);
}

static void
add_mark (RfiEmphasis    *self,
          PangoAttrList **marks,
          gsize           start,
          gsize           length)
{
  guint from = g_array_index (self->origins, guint, start);
  guint to = g_array_index (self->origins, guint, start + length);

  if (*marks == NULL)
    *marks = pango_attr_list_new ();
  insert (*marks,
          pango_attr_underline_new (self->is_plain ? PANGO_UNDERLINE_DOUBLE
                                                   : PANGO_UNDERLINE_SINGLE), from, to);
  if (self->is_plain)
    return;
  insert (*marks,
          pango_attr_background_new ((guint16) (self->tint.red * G_MAXUINT16),
                                     (guint16) (self->tint.green * G_MAXUINT16),
                                     (guint16) (self->tint.blue * G_MAXUINT16)), from, to);
  insert (*marks, pango_attr_background_alpha_new (TINT_ALPHA), from, to);
}

static PangoAttrList *
mark (RfiEmphasis *self,
      const char  *text,
      gsize        from,
      gboolean     is_id)
{
  PangoAttrList *marks = NULL;

  if (self->words[0] == NULL)
    return NULL;

  fold (self, text, from);
  for (char **word = self->words; *word != NULL; word++)
    {
      gsize length = strlen (*word);
      const char *at = strstr (self->folded->str, *word);

      if (is_id && length < ID_LENGTH && at != self->folded->str)
        continue;
      for (; at != NULL; at = is_id ? NULL : strstr (at + length, *word))
        add_mark (self, &marks, (gsize) (at - self->folded->str), length);
    }
  return marks;
}

RfiEmphasis *
rfi_emphasis_new (void)
{
  RfiEmphasis *self = g_new0 (RfiEmphasis, 1);

  self->words = g_new0 (char *, 1);
  self->folded = g_string_new (NULL);
  self->origins = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
rfi_emphasis_free (RfiEmphasis *self)
{
  g_strfreev (self->words);
  g_string_free (self->folded, TRUE);
  g_array_unref (self->origins);
  g_free (self);
}

gboolean
rfi_emphasis_set_text (RfiEmphasis *self,
                       const char  *text)
{
  g_autofree char *folded = rfi_text_fold (text);
  g_auto(GStrv) pieces = g_strsplit_set (folded, " \t\r\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) before = g_steal_pointer (&self->words);

  for (char **piece = pieces; *piece != NULL; piece++)
    if (**piece != '\0')
      g_strv_builder_add (builder, *piece);
  self->words = g_strv_builder_end (builder);
  return !g_strv_equal ((const char * const *) before, (const char * const *) self->words);
}

void
rfi_emphasis_set_tint (RfiEmphasis   *self,
                       const GdkRGBA *tint)
{
  self->is_plain = tint == NULL;
  if (tint != NULL)
    self->tint = *tint;
}

PangoAttrList *
rfi_emphasis_mark (RfiEmphasis *self,
                   const char  *text,
                   gsize        from)
{
  return mark (self, text, from, FALSE);
}

PangoAttrList *
rfi_emphasis_mark_id (RfiEmphasis *self,
                      const char  *id)
{
  return mark (self, id, 0, TRUE);
}
