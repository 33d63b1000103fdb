/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-painter"

#include "config.h"

#include "rfi-table-painter.h"

#include "rfi-table-cells.h"

#include <glib/gi18n.h>
#include <string.h>

#define PADDING 9
#define NARROW_PADDING 15

typedef struct
{
  RfiTableStyle       *shared;
  const RfiTableStyle *style;     /* the same, looked up */
  GtkWidget           *widget;
  GtkSnapshot         *snapshot;
  RfiJobTable         *jobs;
  RfiJobState         *state;
  RfiMark              mark;
  int                  width;
  int                  height;
  gboolean             rtl;
} Painter;

typedef struct
{
  int x;      /* from the start edge, whichever side that is */
  int y;      /* of the line */
  int width;
  int height;
} Box;

static void
draw_text (Painter                    *self,
           const PangoFontDescription *font,
           PangoAttrList              *attributes,
           const char                 *text,
           Box                         box,
           gboolean                    right,
           const GdkRGBA              *color)
{
  PangoLayout *layout = self->style->layout;
  gboolean at_right = right != self->rtl;
  int height;

  if (box.width <= 0 || *text == '\0')
    return;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, box.width * PANGO_SCALE);
  pango_layout_set_alignment (layout, at_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (self->snapshot);
  gtk_snapshot_translate (self->snapshot,
                          &GRAPHENE_POINT_INIT (self->rtl ? self->width - box.x - box.width : box.x,
                                                box.y + (box.height - height) / 2));
  gtk_snapshot_append_layout (self->snapshot, layout, color);
  gtk_snapshot_restore (self->snapshot);
}

static void
draw_icon (Painter       *self,
           const char    *name,
           int            size,
           Box            box,
           const GdkRGBA *color)
{
  GdkTexture *icon = rfi_table_style_get_icon (self->shared, name, size, color);

  gtk_snapshot_append_texture (self->snapshot, icon,
                               &GRAPHENE_RECT_INIT (
                                 self->rtl ? self->width - box.x - size : box.x,
                                 box.y + (box.height - size) / 2, size, size));
}

static const GdkRGBA *
get_color (Painter      *self,
           RfiJobColumn  column)
{
  const RfiTableStyle *style = self->style;
  gboolean final = rfi_status_is_final (self->state->work->status);

  /* Finished things go grey, but for what says that they are finished. */
  if (column == RFI_JOB_COLUMN_STATUS)
    return &style->statuses[self->state->work->status];
  if (column == RFI_JOB_COLUMN_PRIORITY && !final)
    return &style->priorities[self->state->work->priority];
  if (column == RFI_JOB_COLUMN_MARK)
    return self->mark >= RFI_MARK_FAILED ? &style->error
           : self->mark == RFI_MARK_QUEUED ? &style->accent : &style->dim;
  if (column == RFI_JOB_COLUMN_TITLE && !final)
    return &style->text;
  return final || rfi_job_column_get_kind (column) == RFI_COLUMN_TIME ? &style->dim : &style->text;
}

/* Whether a search looks into what the column says, but for the id. */
static gboolean
is_sought (RfiJobColumn column)
{
  return column == RFI_JOB_COLUMN_TITLE || column == RFI_JOB_COLUMN_DESCRIPTION ||
         column == RFI_JOB_COLUMN_STORE_NAME || column == RFI_JOB_COLUMN_ADDRESS ||
         column == RFI_JOB_COLUMN_CITY || column == RFI_JOB_COLUMN_ZIP_CODE ||
         column == RFI_JOB_COLUMN_TECHNICIAN || column == RFI_JOB_COLUMN_VENDOR;
}

/* Returns: (transfer full) (nullable) */
static PangoAttrList *
find_attributes (Painter      *self,
                 RfiJobColumn  column,
                 const char   *text)
{
  RfiEmphasis *emphasis = self->style->emphasis;

  if (column == RFI_JOB_COLUMN_ID)
    return rfi_emphasis_mark_id (emphasis, text);
  if (is_sought (column))
    return rfi_emphasis_mark (emphasis, text, 0);
  return rfi_job_column_get_kind (column) == RFI_COLUMN_TEXT
           ? NULL : pango_attr_list_ref (self->style->tabular);
}

/* A symbol if the column has one, and the words. Returns: where it ends, at most */
static void
draw_cell (Painter      *self,
           RfiJobColumn  column,
           Box           box)
{
  const RfiTableStyle *style = self->style;
  g_autofree char *text = rfi_table_cells_text (column, self->jobs, self->state, self->mark);
  const char *icon = rfi_table_cells_icon (column, self->state, self->mark);
  const GdkRGBA *color = get_color (self, column);
  PangoAttrList *attributes = find_attributes (self, column, text);
  int size = (int) (16 * MAX (1, style->scale));

  if (icon != NULL)
    {
      draw_icon (self, icon, MIN (size, self->height), box, color);
      box.x += size + 6;
      box.width -= size + 6;
    }
  draw_text (self, column == RFI_JOB_COLUMN_ID ? style->monospace : style->body,
             attributes, text, box, rfi_table_cells_is_right (column), color);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

static void
draw_columns (Painter        *self,
              RfiTableStyle  *style,
              RfiTableLayout *layout)
{
  const RfiJobColumn *shown = rfi_table_layout_get_shown (layout);
  guint n_shown = rfi_table_layout_get_n_shown (layout);
  int x = 0;

  for (guint i = 0; i < n_shown; i++)
    {
      int width = rfi_table_style_get_width (style, layout, shown[i]);

      draw_cell (self, shown[i], (Box) { x + PADDING, 0, width - 2 * PADDING, self->height });
      x += width;
    }
}

/* The title, and below it what tells jobs apart. */
static void
draw_lines (Painter *self)
{
  const RfiTableStyle *style = self->style;
  const RfiJob *job = self->state->work;
  g_autofree char *who = rfi_table_cells_text (RFI_JOB_COLUMN_TECHNICIAN, self->jobs, self->state,
                                               self->mark);
  g_autofree char *status = rfi_table_cells_text (RFI_JOB_COLUMN_STATUS, self->jobs, self->state,
                                                  self->mark);
  g_autofree char *rest = NULL;
  PangoAttrList *in_title = rfi_emphasis_mark (style->emphasis, job->title, 0);
  PangoAttrList *in_rest = NULL;
  int size = (int) (16 * MAX (1, style->scale));
  int y = (self->height - style->body_height - style->caption_height - 3) / 2;
  Box box = { NARROW_PADDING, y, self->width - 2 * NARROW_PADDING, style->body_height };
  const char *mark = rfi_table_cells_icon (RFI_JOB_COLUMN_MARK, self->state, self->mark);

  /* translators: status, store, city and technician of a job in one line */
  rest = *who != '\0' ? g_strdup_printf (_("%s · %s · %s · %s"), status, job->store_name, job->city,
                                         who)
                      : g_strdup_printf (_("%s · %s · %s"), status, job->store_name, job->city);
  in_rest = rfi_emphasis_mark (style->emphasis, rest,
                               g_str_has_prefix (rest, status) ? strlen (status) : 0);
  draw_icon (self, rfi_table_cells_icon (RFI_JOB_COLUMN_PRIORITY, self->state, self->mark), size,
             box, get_color (self, RFI_JOB_COLUMN_PRIORITY));
  box.x += size + 9;
  box.width -= size + 9;
  if (mark != NULL)
    {
      box.width -= size + 6;
      draw_icon (self, mark, size, (Box) { box.x + box.width + 6, y, size, box.height },
                 get_color (self, RFI_JOB_COLUMN_MARK));
    }
  draw_text (self, style->heading, in_title, job->title, box, FALSE,
             get_color (self, RFI_JOB_COLUMN_TITLE));
  box.y += style->body_height + 3;
  box.height = style->caption_height;
  draw_text (self, style->caption, in_rest, rest, box, FALSE, &style->dim);
  g_clear_pointer (&in_title, pango_attr_list_unref);
  g_clear_pointer (&in_rest, pango_attr_list_unref);
}

void
rfi_table_painter_paint (RfiTableStyle  *style,
                         RfiTableLayout *layout,
                         GtkWidget      *widget,
                         GtkSnapshot    *snapshot,
                         RfiJobTable    *jobs,
                         RfiJobItem     *item)
{
  Painter self = {
    .shared = style,
    .style = rfi_table_style_get (style),
    .widget = widget,
    .snapshot = snapshot,
    .jobs = jobs,
    .state = rfi_job_item_get_state (item),
    .mark = rfi_job_item_get_mark (item),
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
  };

  if (self.style->layout == NULL)
    return;

  /* A border of the style sheet costs a frame more than all text. */
  gtk_snapshot_append_color (snapshot, &self.style->line,
                             &GRAPHENE_RECT_INIT (0, self.height - 1, self.width, 1));
  if (self.style->narrow)
    draw_lines (&self);
  else
    draw_columns (&self, style, layout);
}
