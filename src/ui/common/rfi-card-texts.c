/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-card-texts"

#include "config.h"

#include "rfi-card-texts.h"

/* What was asked for since the last turn of generations is young. When too much is young, what is
 * old goes, and the young become old: used again, they are young again. */
struct _RfiCardTexts
{
  GHashTable *young;  /* (element-type Text Text), owned keys */
  GHashTable *old;
  guint       generation;  /* how many may be young */
};

/* Text, font and attributes are the layout's own, but for a text that is only looked for. */
typedef struct
{
  const PangoFontDescription *font;
  const char                 *text;
  PangoAttrList              *attributes;  /* (nullable) */
  int                         width;
  int                         lines;
  PangoLayout                *layout;      /* (owned) (nullable) */
} Text;

static guint
hash_text (gconstpointer data)
{
  const Text *self = data;

  return g_str_hash (self->text) + (guint) self->width;
}

static gboolean
equal_attributes (PangoAttrList *one,
                  PangoAttrList *other)
{
  return one == other || (one != NULL && other != NULL && pango_attr_list_equal (one, other));
}

static gboolean
equal_text (gconstpointer a,
            gconstpointer b)
{
  const Text *one = a;
  const Text *other = b;

  return one->width == other->width && one->lines == other->lines &&
         g_str_equal (one->text, other->text) &&
         equal_attributes (one->attributes, other->attributes) &&
         pango_font_description_equal (one->font, other->font);
}

static void
text_free (gpointer data)
{
  Text *self = data;

  g_object_unref (self->layout);
  g_free (self);
}

static GHashTable *
make_generation (void)
{
  return g_hash_table_new_full (hash_text, equal_text, text_free, NULL);
}

static Text *
lay_out (PangoContext *context,
         const Text   *wanted)
{
  Text *self = g_memdup2 (wanted, sizeof *wanted);

  self->layout = pango_layout_new (context);
  pango_layout_set_font_description (self->layout, wanted->font);
  pango_layout_set_text (self->layout, wanted->text, -1);
  self->font = pango_layout_get_font_description (self->layout);
  self->text = pango_layout_get_text (self->layout);
  pango_layout_set_attributes (self->layout, wanted->attributes);
  self->attributes = pango_layout_get_attributes (self->layout);
  if (wanted->width < 0)
    return self;

  pango_layout_set_width (self->layout, wanted->width * PANGO_SCALE);
  pango_layout_set_height (self->layout, -wanted->lines);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  return self;
}

static void
add_young (RfiCardTexts *self,
           Text         *text)
{
  if (g_hash_table_size (self->young) >= self->generation)
    {
      GHashTable *young = self->old;

      g_hash_table_remove_all (young);
      self->old = self->young;
      self->young = young;
    }
  g_hash_table_add (self->young, text);
}

RfiCardTexts *
rfi_card_texts_new (guint n_texts)
{
  RfiCardTexts *self = g_new0 (RfiCardTexts, 1);

  self->generation = n_texts;
  self->young = make_generation ();
  self->old = make_generation ();
  return self;
}

void
rfi_card_texts_free (RfiCardTexts *self)
{
  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_free (self);
}

void
rfi_card_texts_clear (RfiCardTexts *self)
{
  g_hash_table_remove_all (self->young);
  g_hash_table_remove_all (self->old);
}

PangoLayout *
rfi_card_texts_get (RfiCardTexts               *self,
                    PangoContext               *context,
                    const PangoFontDescription *font,
                    const char                 *text,
                    PangoAttrList              *attributes,
                    int                         width,
                    int                         lines)
{
  const Text wanted = { font, text, attributes, width, lines, NULL };
  Text *found = g_hash_table_lookup (self->young, &wanted);
  gpointer old;

  if (found != NULL)
    return found->layout;

  if (g_hash_table_steal_extended (self->old, &wanted, &old, NULL))
    found = old;
  else
    found = lay_out (context, &wanted);
  add_young (self, found);
  return found->layout;
}
