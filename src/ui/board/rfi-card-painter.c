/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-card-painter"

#include "config.h"

#include "rfi-card-painter.h"

#include "rfi-alert-words.h"
#include "rfi-flash.h"
#include "rfi-format.h"
#include "rfi-paint-store.h"
#include "rfi-paint.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

#define PADDING_START 16
#define PADDING_END   12
#define AVATAR        20
#define MAX_WATCHERS  3

typedef struct
{
  const RfiCardStyle *style;
  GtkWidget          *widget;
  GtkSnapshot        *snapshot;
  PangoContext       *context;  /* of the whole board, whose texts outlive a card */
  PangoLayout        *layout;   /* (unowned): the text set last */
  int                 width;
  int                 height;
  gboolean            rtl;
} Painter;

/* One text on one line, as wide as it is: measure it, then draw it. */
static void
set_text (Painter                    *self,
          const PangoFontDescription *font,
          const char                 *text,
          int                        *width,
          int                        *height)
{
  self->layout = rfi_card_texts_get (self->style->texts, self->context, font, text, NULL, -1, 1);
  pango_layout_get_pixel_size (self->layout, width, height);
}

/* @x counts from the start edge, whichever side that is. */
static void
draw_text (Painter       *self,
           int            x,
           int            y,
           int            width,
           const GdkRGBA *color)
{
  float left = self->rtl ? self->width - x - width : x;

  gtk_snapshot_save (self->snapshot);
  gtk_snapshot_translate (self->snapshot, &GRAPHENE_POINT_INIT (left, y));
  gtk_snapshot_append_layout (self->snapshot, self->layout, color);
  gtk_snapshot_restore (self->snapshot);
}

/* Text that ends in dots when it does not fit in @width. @marks: (nullable): of parts of it */
static void
draw_clipped (Painter                    *self,
              const PangoFontDescription *font,
              const char                 *text,
              PangoAttrList              *marks,
              int                         lines,
              int                         x,
              int                         y,
              int                         width,
              const GdkRGBA              *color)
{
  if (width <= 0)
    return;

  self->layout = rfi_card_texts_get (self->style->texts, self->context, font, text, marks, width,
                                     lines);
  draw_text (self, x, y, width, color);
}

/* The text set last, which is @text and @text_width wide, whole if it fits in @width. */
static void
draw_fitting (Painter                    *self,
              const PangoFontDescription *font,
              const char                 *text,
              int                         text_width,
              int                         x,
              int                         y,
              int                         width,
              const GdkRGBA              *color)
{
  if (text_width <= width)
    draw_text (self, x, y, text_width, color);
  else
    draw_clipped (self, font, text, NULL, 1, x, y, width, color);
}

/* Text that a search looks into, as draw_clipped() draws it. */
static void
draw_sought (Painter                    *self,
             const PangoFontDescription *font,
             const char                 *text,
             int                         lines,
             int                         x,
             int                         y,
             int                         width,
             const GdkRGBA              *color)
{
  PangoAttrList *marks = rfi_emphasis_mark (self->style->emphasis, text, 0);

  draw_clipped (self, font, text, marks, lines, x, y, width, color);
  g_clear_pointer (&marks, pango_attr_list_unref);
}

/* Of priorities, and beside the number of photos. */
static int
get_icon_size (const RfiCardStyle *style)
{
  return (int) (14 * MAX (1, style->scale));
}

static void
draw_icon (Painter       *self,
           const char    *name,
           int            size,
           int            x,
           int            y,
           const GdkRGBA *color)
{
  float left = self->rtl ? self->width - x - size : x;

  rfi_paint_icon (self->snapshot, self->widget, name, size, left, y, color);
}

static void
fill_round (Painter       *self,
            int            x,
            int            y,
            int            width,
            int            height,
            const GdkRGBA *color)
{
  float left = self->rtl ? self->width - x - width : x;

  rfi_paint_round (self->snapshot, &GRAPHENE_RECT_INIT (left, y, width, height),
                   MIN (width, height) / 2.0f, color);
}

static void
outline_round (Painter       *self,
               int            x,
               int            y,
               int            width,
               int            height,
               const GdkRGBA *color)
{
  float left = self->rtl ? self->width - x - width : x;

  rfi_paint_outline (self->snapshot, &GRAPHENE_RECT_INIT (left, y, width, height), height / 2.0f,
                     1, color);
}

/* What is below the words, or only the strip of it if @styled. */
static void
draw_frame (Painter       *self,
            const GdkRGBA *color,
            gboolean       styled)
{
  RfiCardFrame frame = {
    .width = self->width,
    .height = self->height,
    .scale = gtk_widget_get_scale_factor (self->widget),
    .rtl = self->rtl,
    .ground = self->style->ground,
    .strip = *color,
  };

  if (!styled)
    rfi_card_frames_draw (self->style->frames, self->snapshot, &frame);
  /* The strip keeps its colour. */
  if (rfi_flash_draw (self->widget, self->snapshot, RFI_CARD_RADIUS) || styled)
    rfi_card_frame_draw_strip (self->snapshot, &frame);
}

/* Until when an open job is to be done, at the end of the first line; red when that is near.
 * Returns: the width it takes */
static int
draw_due (Painter      *self,
          const RfiJob *job,
          int           end,
          int           y)
{
  const RfiCardStyle *style = self->style;
  gint64 deadline = rfi_alert_get_deadline (job, &style->rules);
  gint64 now = rfi_card_style_get_now (style);
  gboolean near = deadline - now < style->rules.risk || deadline < now;
  g_autofree char *due = NULL;
  g_autofree char *text = NULL;
  int width, height;

  if (deadline == 0)
    return 0;

  due = rfi_alert_words_due (deadline, now);
  text = g_strconcat (due, " ·", NULL);
  set_text (self, near ? style->caption_heading : style->caption, text, &width, &height);
  if (end - width < self->width / 3)
    return 0;

  draw_text (self, end - width, y, width,
             near ? &style->priorities[RFI_PRIORITY_URGENT] : &style->dim);
  return width + 6;
}

/* Symbol and word of the priority, and at the end how old the job is, or when it ended.
 * @place: (nullable): goes between them */
static void
draw_first_line (Painter       *self,
                 const RfiJob  *job,
                 const char    *place,
                 const GdkRGBA *color,
                 int            y)
{
  const RfiCardStyle *style = self->style;
  const char *priority = rfi_words_priority (job->priority);
  g_autofree char *age = rfi_status_is_final (job->status)
                         ? rfi_format_clock (job->updated_at)
                         : rfi_format_span (MAX (rfi_card_style_get_now (style) -
                                                 job->created_at, 0));
  int icon = get_icon_size (style);
  int end = self->width - PADDING_END;
  int x = PADDING_START;
  int width, height;

  set_text (self, style->caption, age, &width, &height);
  draw_text (self, end - width, y, width, &style->dim);
  end -= width + 4;
  end -= draw_due (self, job, end, y);

  draw_icon (self, rfi_words_priority_icon (job->priority), icon,
             x, y + (style->caption_height - icon) / 2, color);
  x += icon + 5;
  set_text (self, style->caption_heading, priority, &width, &height);
  draw_fitting (self, style->caption_heading, priority, width, x, y, end - x, color);
  x += width + 8;
  if (place != NULL)
    draw_sought (self, style->caption, place, 1, x, y, end - x, &style->dim);
}

static void
draw_avatar (Painter    *self,
             const char *name,
             int         size,
             int         x,
             int         y)
{
  float left = self->rtl ? self->width - x - size : x;

  rfi_paint_avatar (self->snapshot, self->widget, self->style, self->context, name, size, left, y);
}

static void
get_emblem_colors (const RfiCardStyle *style,
                   RfiMark             mark,
                   GdkRGBA            *background,
                   GdkRGBA            *text)
{
  if (mark == RFI_MARK_CONFLICT || mark == RFI_MARK_FAILED)
    {
      *background = style->filled;
      *text = style->filled_text;
      return;
    }

  *text = mark == RFI_MARK_QUEUED || mark == RFI_MARK_NEWS ? style->accent : style->text;
  *background = *text;
  background->alpha *= mark == RFI_MARK_QUEUED ? 0.12f : 0.09f;
}

/* Returns: the width it takes at the end of the line */
static int
draw_emblem (Painter *self,
             RfiMark  mark,
             int      y,
             int      line_height)
{
  const RfiCardStyle *style = self->style;
  int icon = (int) (12 * MAX (1, style->scale));
  GdkRGBA background, color;
  int x, text_width, width, height;

  if (mark == RFI_MARK_CONFIRMED)
    return 0;

  get_emblem_colors (style, mark, &background, &color);
  set_text (self, style->caption_heading, rfi_words_mark (mark), &text_width, &height);
  height = MIN (height + 4, line_height);
  width = 8 + icon + 4 + text_width + 9;
  x = self->width - PADDING_END - width;
  y += (line_height - height) / 2;
  if (style->high_contrast && background.alpha < 0.5f)
    outline_round (self, x, y, width, height, &color);
  else
    fill_round (self, x, y, width, height, &background);
  draw_text (self, x + 8 + icon + 4, y + (height - style->caption_height) / 2, text_width, &color);
  draw_icon (self, rfi_words_mark_icon (mark), icon, x + 8, y + (height - icon) / 2, &color);
  return width + 6;
}

/* Who else has it open, at the end of the line: an eye, or a pencil where one of them edits it, and
 * their faces. Returns: the width it takes */
static int
draw_watchers (Painter           *self,
               const RfiPresence *presence,
               int                end,
               int                y,
               int                line_height)
{
  const RfiCardStyle *style = self->style;
  int size = MIN ((int) (AVATAR * MAX (1, style->scale)), line_height);
  int icon = (int) (12 * MAX (1, style->scale));
  gboolean edited = FALSE;
  int x = end;
  guint n;

  if (presence == NULL || presence->people->len == 0)
    return 0;

  n = MIN (presence->people->len, MAX_WATCHERS);
  for (guint i = 0; i < presence->people->len; i++)
    {
      const RfiPresencePerson *person = g_ptr_array_index (presence->people, i);

      edited |= person->attention == RFI_ATTENTION_EDITING;
    }
  for (guint i = 0; i < n; i++)
    {
      const RfiPresencePerson *person = g_ptr_array_index (presence->people, i);

      x -= size + (i > 0 ? 2 : 0);
      draw_avatar (self, person->name, size, x, y + (line_height - size) / 2);
    }
  x -= icon + 4;
  draw_icon (self, edited ? "document-edit-symbolic" : "sync-viewing-symbolic", icon, x,
             y + (line_height - icon) / 2, edited ? &style->accent : &style->dim);
  return end - x + 6;
}

/* Returns: the width it takes */
static int
draw_photo_count (Painter      *self,
                  const RfiJob *job,
                  int           x,
                  int           y)
{
  const RfiCardStyle *style = self->style;
  char text[16];
  int icon = get_icon_size (style);
  int width, height;

  if (job->n_photos == 0)
    return 0;

  g_snprintf (text, sizeof text, "%u", job->n_photos);
  draw_icon (self, "camera-photo-symbolic", icon, x, y + (style->caption_height - icon) / 2,
             &style->dim);
  set_text (self, style->caption, text, &width, &height);
  draw_text (self, x + icon + 4, y, width, &style->dim);
  return icon + 4 + width;
}

static int
measure_photo_count (Painter      *self,
                     const RfiJob *job)
{
  char text[16];
  int width, height;

  if (job->n_photos == 0)
    return 0;

  g_snprintf (text, sizeof text, "%u", job->n_photos);
  set_text (self, self->style->caption, text, &width, &height);
  return get_icon_size (self->style) + 4 + width + 8;
}

/* Who has it, how many photos there are, who else has it open, how far its changes have come. */
static void
draw_last_line (Painter           *self,
                RfiJobItem        *item,
                const char        *assignee,
                const RfiPresence *presence,
                int                y,
                int                line_height)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  const RfiCardStyle *style = self->style;
  const char *who = assignee != NULL ? assignee : _("Unassigned");
  int avatar = (int) (AVATAR * MAX (1, style->scale));
  int text_y = y + (line_height - style->caption_height) / 2;
  int end = self->width - PADDING_END - draw_emblem (self, rfi_job_item_get_mark (item), y,
                                                     line_height);
  int x = PADDING_START;
  int width, height;

  avatar = MIN (avatar, line_height);
  if (assignee != NULL)
    {
      draw_avatar (self, assignee, avatar, x, y + (line_height - avatar) / 2);
      x += avatar + 6;
    }

  end -= draw_watchers (self, presence, end, y, line_height);
  end -= measure_photo_count (self, job);
  set_text (self, style->caption, who, &width, &height);
  if (MIN (width, end - x) > 24)
    {
      if (assignee != NULL)
        draw_sought (self, style->caption, who, 1, x, text_y, MIN (width, end - x), &style->dim);
      else
        draw_fitting (self, style->caption, who, width, x, text_y, end - x, &style->dim);
      x += MIN (width, end - x) + 8;
    }
  draw_photo_count (self, job, x, text_y);
}

static void
draw_lines (Painter       *self,
            RfiJobItem    *item,
            const GdkRGBA *color,
            const char    *assignee,
            const RfiPresence *presence)
{
  const RfiCardStyle *style = self->style;
  const RfiJob *job = rfi_job_item_get_job (item);
  RfiMark mark = rfi_job_item_get_mark (item);
  gboolean compact = style->density == RFI_DENSITY_COMPACT;
  int padding = rfi_card_style_get_padding (style);
  int gap = rfi_card_style_get_gap (style);
  int title_lines = rfi_card_style_get_title_lines (style);
  int text_width = self->width - PADDING_START - PADDING_END;
  /* translators: store and city, such as "QuickStop #3 · Arlington" */
  g_autofree char *place = g_strdup_printf (_("%s · %s"), job->store_name, job->city);
  int y = padding;

  draw_first_line (self, job, compact ? place : NULL, color, y);
  y += style->caption_height + gap;
  if (compact)
    text_width -= draw_emblem (self, mark, y, self->height - padding - y);
  draw_sought (self, style->heading, job->title, title_lines, PADDING_START, y, text_width,
               &style->text);
  if (compact)
    return;

  y += title_lines * style->heading_height + gap;
  draw_sought (self, style->caption, place, 1, PADDING_START, y, text_width, &style->dim);
  y += style->caption_height + 3;
  draw_last_line (self, item, assignee, presence, y, self->height - padding - y);
}

void
rfi_card_painter_paint (RfiCardStyle *style,
                        GtkWidget    *widget,
                        int           width,
                        GtkSnapshot  *snapshot,
                        RfiJobItem   *item,
                        gboolean      styled,
                        const char   *assignee,
                        const RfiPresence *presence)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  Painter self = {
    .style = rfi_card_style_get (style),
    .widget = widget,
    .snapshot = snapshot,
    .width = width,
    .height = gtk_widget_get_height (widget),
    .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
  };
  GdkRGBA color = self.style->priorities[job->priority];

  self.context = gtk_widget_get_pango_context (self.style->widget != NULL ? self.style->widget
                                                                          : widget);

  /* Finished things go grey. */
  if (rfi_status_is_final (job->status))
    color = self.style->dim;

  draw_frame (&self, &color, styled);
  draw_lines (&self, item, &color, assignee, presence);
}

void
rfi_card_painter_preload (RfiCardStyle *style,
                          GtkWidget    *widget)
{
  int size = get_icon_size (style);

  for (int i = 0; i < RFI_N_PRIORITIES; i++)
    rfi_paint_store_preload (widget, rfi_words_priority_icon (i), size);
  rfi_paint_store_preload (widget, "camera-photo-symbolic", size);
}
