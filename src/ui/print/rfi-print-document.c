/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-print-document"

#include "config.h"

#include "rfi-print-document.h"

#include "rfi-print-pages.h"

#include <glib/gi18n.h>

/* In points. */
#define BODY     10
#define SMALL    8
#define HEADING  12
#define TITLE    17
#define GAP      8     /* between cells */
#define HEAD     24    /* the running head, and as much for the foot */
#define LEADING  1.5   /* above and below the lines of a row */

/* Blocks laid out before others get their turn. */
#define N_AT_ONCE 200

typedef enum {
  STYLE_TITLE,
  STYLE_HEADING,
  STYLE_TEXT,
  STYLE_FACT,
  STYLE_COLUMNS,
  STYLE_ROW,
} Style;

static const struct {
  int      size;
  gboolean bold;
  double   above;
  gboolean keep_with_next;
  gboolean whole;
} looks[] = {
  [STYLE_TITLE] = { TITLE, TRUE, 12, TRUE, TRUE },
  [STYLE_HEADING] = { HEADING, TRUE, 14, TRUE, TRUE },
  [STYLE_TEXT] = { BODY, FALSE, 3, FALSE, FALSE },
  [STYLE_FACT] = { BODY, FALSE, 3, FALSE, FALSE },
  [STYLE_COLUMNS] = { SMALL, TRUE, 6, TRUE, TRUE },
  [STYLE_ROW] = { BODY, FALSE, 3, FALSE, TRUE },
};

typedef struct
{
  Style       style;
  GStrv       cells;    /* (owned) */
  int         table;    /* of a row: the block with its columns; -1 = none */
  GPtrArray  *layouts;  /* (owned) (nullable) (element-type PangoLayout): by cell, while needed */
  GArray     *lefts;    /* (owned) (nullable) (element-type double): where each cell begins */
} Block;

struct _RfiPrintDocument
{
  GObject    parent_instance;

  char      *title;    /* (owned) */
  char      *note;     /* (owned) (nullable) */
  GPtrArray *blocks;   /* (owned) (element-type Block) */
  GPtrArray *shares;   /* (owned) (element-type GArray of int) (nullable elements): by block */
  int        table;    /* the columns begun last; -1 = none */

  PangoContext *context;  /* (owned) (nullable): laid out for it */
  GArray    *pieces;   /* (owned) (nullable) (element-type RfiPrintPiece) */
  GArray    *heights;  /* (owned) (nullable) (element-type RfiPrintBlock): by block */
  double     width;
  double     height;
  guint      n_pages;
};

G_DEFINE_FINAL_TYPE (RfiPrintDocument, rfi_print_document, G_TYPE_OBJECT)

static void
forget_layouts (Block *block)
{
  g_clear_pointer (&block->layouts, g_ptr_array_unref);
  g_clear_pointer (&block->lefts, g_array_unref);
}

static void
block_free (gpointer data)
{
  Block *block = data;

  forget_layouts (block);
  g_strfreev (block->cells);
  g_free (block);
}

static void
free_shares (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

/* @shares: (nullable) */
static void
add (RfiPrintDocument  *self,
     Style              style,
     const char *const *cells,
     const int         *shares)
{
  Block *block = g_new0 (Block, 1);
  GArray *copy = NULL;

  block->style = style;
  block->cells = g_strdupv ((GStrv) cells);
  block->table = style == STYLE_ROW ? self->table : -1;
  if (shares != NULL)
    {
      copy = g_array_new (FALSE, FALSE, sizeof (int));
      g_array_append_vals (copy, shares, g_strv_length (block->cells));
    }
  g_ptr_array_add (self->blocks, block);
  g_ptr_array_add (self->shares, copy);
}

/* Laying out */

static PangoLayout *
make_layout (PangoContext *context,
             const char   *text,
             int           size,
             gboolean      bold,
             double        width)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr(PangoFontDescription) font = pango_font_description_from_string ("Sans");

  pango_font_description_set_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* A fact is its name and its value; a row shares the width as its table says. */
static const int *
get_shares (RfiPrintDocument *self,
            guint             index)
{
  static const int one[] = { 1 };
  static const int fact[] = { 1, 3 };
  Block *block = g_ptr_array_index (self->blocks, index);
  guint of = block->table >= 0 ? (guint) block->table : index;
  GArray *shares = g_ptr_array_index (self->shares, of);

  if (block->style == STYLE_FACT)
    return fact;
  return shares != NULL ? (const int *) shares->data : one;
}

static void
lay_out_block (RfiPrintDocument *self,
               guint             index,
               RfiPrintBlock    *result)
{
  Block *block = g_ptr_array_index (self->blocks, index);
  const int *shares = get_shares (self, index);
  guint n_cells = g_strv_length (block->cells);
  double room = self->width - GAP * (n_cells - 1);
  double left = 0;
  int sum = 0;

  forget_layouts (block);
  block->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  block->lefts = g_array_new (FALSE, FALSE, sizeof (double));
  *result = (RfiPrintBlock) { .above = looks[block->style].above,
                              .whole = looks[block->style].whole,
                              .keep_with_next = looks[block->style].keep_with_next,
                              .header = block->table };

  for (guint i = 0; i < n_cells; i++)
    sum += shares[i];
  for (guint i = 0; i < n_cells; i++)
    {
      double width = room * shares[i] / sum;
      gboolean bold = looks[block->style].bold || (block->style == STYLE_FACT && i == 0);
      PangoLayout *layout =
        make_layout (self->context, block->cells[i], looks[block->style].size, bold, width);

      g_ptr_array_add (block->layouts, layout);
      g_array_append_val (block->lefts, left);
      left += width + GAP;
      result->n_lines = MAX (result->n_lines, (guint) pango_layout_get_line_count (layout));
      for (int line = 0; line < pango_layout_get_line_count (layout); line++)
        {
          PangoRectangle logical;

          pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, line), NULL,
                                         &logical);
          result->line_height = MAX (result->line_height, logical.height / (double) PANGO_SCALE);
        }
    }
  result->line_height += LEADING;
}

/* Drawing */

static void
draw_line (cairo_t *cairo,
           double   x,
           double   y,
           double   width,
           double   grey)
{
  cairo_set_source_rgb (cairo, grey, grey, grey);
  cairo_set_line_width (cairo, 0.5);
  cairo_move_to (cairo, x, y);
  cairo_line_to (cairo, x + width, y);
  cairo_stroke (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
}

static void
draw_lines (Block               *block,
            cairo_t             *cairo,
            const RfiPrintPiece *piece,
            double               line_height)
{
  for (guint i = 0; i < block->layouts->len; i++)
    {
      PangoLayout *layout = g_ptr_array_index (block->layouts, i);
      guint n_lines = (guint) pango_layout_get_line_count (layout);

      for (guint at = 0; at < piece->n_lines && piece->first_line + at < n_lines; at++)
        {
          PangoLayoutLine *line =
            pango_layout_get_line_readonly (layout, (int) (piece->first_line + at));
          PangoRectangle logical;

          pango_layout_line_get_extents (line, NULL, &logical);
          cairo_move_to (cairo, g_array_index (block->lefts, double, i),
                         piece->y + at * line_height + LEADING / 2 -
                         logical.y / (double) PANGO_SCALE);
          pango_cairo_show_layout_line (cairo, line);
        }
    }
}

/* A line to write on where there is no value; a rule above each row of a table. */
static void
draw_rules (RfiPrintDocument    *self,
            Block               *block,
            cairo_t             *cairo,
            const RfiPrintPiece *piece,
            double               line_height)
{
  double bottom = piece->y + piece->n_lines * line_height;

  if (block->style == STYLE_FACT && block->cells[1][0] == '\0')
    {
      double left = g_array_index (block->lefts, double, 1);

      draw_line (cairo, left, bottom - 2, self->width - left, 0.3);
    }
  else if (block->style == STYLE_ROW || block->style == STYLE_COLUMNS)
    {
      draw_line (cairo, 0, bottom + 1, self->width, block->style == STYLE_ROW ? 0.7 : 0.2);
    }
}

static void
draw_small (RfiPrintDocument *self,
            cairo_t          *cairo,
            const char       *text,
            double            y,
            gboolean          at_end)
{
  double room = self->width * (at_end ? 0.3 : 0.68);
  g_autoptr(PangoLayout) layout = make_layout (self->context, text, SMALL, FALSE, room);

  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, at_end ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  cairo_move_to (cairo, at_end ? self->width - room : 0, y);
  pango_cairo_show_layout (cairo, layout);
}

/* Returns: (transfer full) */
static char *
get_page_words (RfiPrintDocument *self,
                guint             page)
{
  /* translators: at the foot of a printed page: its number, and how many there are */
  return g_strdup_printf (_("Page %u of %u"), page + 1, self->n_pages);
}

static void
draw_frame (RfiPrintDocument *self,
            cairo_t          *cairo,
            guint             page)
{
  g_autofree char *words = get_page_words (self, page);

  draw_small (self, cairo, self->title, 0, FALSE);
  draw_line (cairo, 0, 14, self->width, 0.2);
  draw_line (cairo, 0, self->height - 15, self->width, 0.2);
  if (self->note != NULL)
    draw_small (self, cairo, self->note, self->height - 11, FALSE);
  draw_small (self, cairo, words, self->height - 11, TRUE);
}

static void
rfi_print_document_finalize (GObject *object)
{
  RfiPrintDocument *self = RFI_PRINT_DOCUMENT (object);

  g_free (self->title);
  g_free (self->note);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->shares);
  g_clear_object (&self->context);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->heights, g_array_unref);

  G_OBJECT_CLASS (rfi_print_document_parent_class)->finalize (object);
}

static void
rfi_print_document_class_init (RfiPrintDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_print_document_finalize;
}

static void
rfi_print_document_init (RfiPrintDocument *self)
{
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->shares = g_ptr_array_new_with_free_func (free_shares);
  self->table = -1;
}

RfiPrintDocument *
rfi_print_document_new (const char *title,
                        const char *note)
{
  RfiPrintDocument *self = g_object_new (RFI_TYPE_PRINT_DOCUMENT, NULL);

  self->title = g_strdup (title);
  self->note = g_strdup (note);
  return self;
}

const char *
rfi_print_document_get_title (RfiPrintDocument *self)
{
  g_return_val_if_fail (RFI_IS_PRINT_DOCUMENT (self), NULL);

  return self->title;
}

void
rfi_print_document_add_title (RfiPrintDocument *self,
                              const char       *text)
{
  add (self, STYLE_TITLE, (const char *[]) { text, NULL }, NULL);
}

void
rfi_print_document_add_heading (RfiPrintDocument *self,
                                const char       *text)
{
  add (self, STYLE_HEADING, (const char *[]) { text, NULL }, NULL);
}

void
rfi_print_document_add_text (RfiPrintDocument *self,
                             const char       *text)
{
  add (self, STYLE_TEXT, (const char *[]) { text, NULL }, NULL);
}

void
rfi_print_document_add_fact (RfiPrintDocument *self,
                             const char       *name,
                             const char       *value)
{
  add (self, STYLE_FACT, (const char *[]) { name, value, NULL }, NULL);
}

void
rfi_print_document_add_table (RfiPrintDocument  *self,
                              const char *const *columns,
                              const int         *shares)
{
  add (self, STYLE_COLUMNS, columns, shares);
  self->table = (int) self->blocks->len - 1;
}

void
rfi_print_document_add_row (RfiPrintDocument  *self,
                            const char *const *cells)
{
  g_return_if_fail (self->table >= 0);
  g_return_if_fail (g_strv_length ((GStrv) cells) ==
                    g_strv_length (((Block *) self->blocks->pdata[self->table])->cells));

  add (self, STYLE_ROW, cells, NULL);
}

void
rfi_print_document_begin (RfiPrintDocument *self,
                          PangoContext     *context,
                          double            width,
                          double            height)
{
  g_return_if_fail (RFI_IS_PRINT_DOCUMENT (self));

  self->width = width;
  self->height = height;
  g_set_object (&self->context, context);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->heights, g_array_unref);
  self->heights = g_array_sized_new (FALSE, FALSE, sizeof (RfiPrintBlock), self->blocks->len);
}

gboolean
rfi_print_document_continue (RfiPrintDocument *self)
{
  guint end;

  g_return_val_if_fail (RFI_IS_PRINT_DOCUMENT (self), TRUE);
  g_return_val_if_fail (self->heights != NULL, TRUE);

  end = MIN (self->heights->len + N_AT_ONCE, self->blocks->len);
  for (guint i = self->heights->len; i < end; i++)
    {
      RfiPrintBlock block;

      lay_out_block (self, i, &block);
      g_array_append_val (self->heights, block);
      /* A long table would fill the memory with lines that are drawn only once. */
      forget_layouts (g_ptr_array_index (self->blocks, i));
    }
  if (end < self->blocks->len)
    return FALSE;

  self->pieces = rfi_print_paginate ((const RfiPrintBlock *) self->heights->data,
                                     self->heights->len, self->height - 2 * HEAD);
  self->n_pages = 1;
  if (self->pieces->len > 0)
    self->n_pages += g_array_index (self->pieces, RfiPrintPiece, self->pieces->len - 1).page;
  return TRUE;
}

guint
rfi_print_document_get_n_pages (RfiPrintDocument *self)
{
  g_return_val_if_fail (RFI_IS_PRINT_DOCUMENT (self), 0);

  return self->n_pages;
}

guint
rfi_print_document_lay_out (RfiPrintDocument *self,
                            PangoContext     *context,
                            double            width,
                            double            height)
{
  rfi_print_document_begin (self, context, width, height);
  while (!rfi_print_document_continue (self))
    ;
  return self->n_pages;
}

void
rfi_print_document_draw (RfiPrintDocument *self,
                         cairo_t          *cairo,
                         guint             page)
{
  g_return_if_fail (RFI_IS_PRINT_DOCUMENT (self));
  g_return_if_fail (self->pieces != NULL);

  cairo_set_source_rgb (cairo, 0, 0, 0);
  draw_frame (self, cairo, page);
  cairo_save (cairo);
  cairo_translate (cairo, 0, HEAD);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const RfiPrintPiece *piece = &g_array_index (self->pieces, RfiPrintPiece, i);
      RfiPrintBlock measure;
      Block *block;

      if (piece->page != page)
        continue;

      block = g_ptr_array_index (self->blocks, piece->block);
      lay_out_block (self, piece->block, &measure);
      draw_lines (block, cairo, piece, measure.line_height);
      draw_rules (self, block, cairo, piece, measure.line_height);
      forget_layouts (block);
    }
  cairo_restore (cairo);
}

/* One line of one cell. */
static void
read_line (GString     *text,
           PangoLayout *layout,
           guint        at)
{
  PangoLayoutLine *line;

  if (at >= (guint) pango_layout_get_line_count (layout))
    return;

  line = pango_layout_get_line_readonly (layout, (int) at);
  g_string_append_len (text, pango_layout_get_text (layout) + line->start_index, line->length);
}

char *
rfi_print_document_read (RfiPrintDocument *self,
                         guint             page)
{
  GString *text = g_string_new (NULL);
  g_autofree char *words = get_page_words (self, page);

  g_return_val_if_fail (RFI_IS_PRINT_DOCUMENT (self), NULL);
  g_return_val_if_fail (self->pieces != NULL, NULL);

  g_string_append_printf (text, "%s\n", self->title);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const RfiPrintPiece *piece = &g_array_index (self->pieces, RfiPrintPiece, i);
      Block *block = g_ptr_array_index (self->blocks, piece->block);
      RfiPrintBlock measure;

      if (piece->page != page)
        continue;

      lay_out_block (self, piece->block, &measure);
      for (guint at = piece->first_line; at < piece->first_line + piece->n_lines; at++)
        for (guint cell = 0; cell < block->layouts->len; cell++)
          {
            read_line (text, g_ptr_array_index (block->layouts, cell), at);
            g_string_append_c (text, cell + 1 < block->layouts->len ? '\t' : '\n');
          }
      forget_layouts (block);
    }
  g_string_append (text, words);
  return g_string_free (text, FALSE);
}
