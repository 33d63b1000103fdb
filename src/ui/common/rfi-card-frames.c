/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-card-frames"

#include "config.h"

#include "rfi-card-frames.h"

#include "rfi-paint-store.h"

/* As the style sheet has them for cards that it draws. */
#define STRIP  4

/* How far a shadow reaches. */
#define MARGIN 4

/* From a corner on this far, an edge looks the same all along. */
#define CORNER (RFI_CARD_RADIUS + MARGIN)

/* A picture is cut: the corners are copied, all between them is filled, the shadow line by line.
 * To copy a pixel takes as long as to fill many. */
enum {
  TOP,
  BOTTOM,
  LEFT,
  RIGHT,
  N_SIDES
};

#define N_CORNERS 4

/* A strip for each priority and for what is finished, in two styles. */
#define N_PICTURES 12

/* Of all sizes. */
typedef struct
{
  RfiCardFrame  frame;
  GdkTexture   *corners[N_CORNERS];  /* (owned) (nullable): %NULL where none was painted yet */
  GdkRGBA      *lines[N_SIDES];      /* (owned) (nullable): from outside, one for each pixel */
} Picture;

struct _RfiCardFrames
{
  Picture pictures[N_PICTURES];
  guint   next;  /* to be painted over */
};

RfiCardFrames *
rfi_card_frames_new (void)
{
  return g_new0 (RfiCardFrames, 1);
}

void
rfi_card_frames_free (RfiCardFrames *self)
{
  rfi_card_frames_clear (self);
  g_free (self);
}

static void
picture_clear (Picture *self)
{
  for (guint i = 0; i < N_CORNERS; i++)
    g_clear_object (&self->corners[i]);
  for (guint i = 0; i < N_SIDES; i++)
    g_clear_pointer (&self->lines[i], g_free);
}

void
rfi_card_frames_clear (RfiCardFrames *self)
{
  for (guint i = 0; i < N_PICTURES; i++)
    picture_clear (&self->pictures[i]);
}

static gboolean
looks_alike (const RfiCardFrame *a,
             const RfiCardFrame *b)
{
  return a->scale == b->scale && a->rtl == b->rtl && gdk_rgba_equal (&a->ground, &b->ground) &&
         gdk_rgba_equal (&a->strip, &b->strip);
}

void
rfi_card_frame_draw_strip (GtkSnapshot        *snapshot,
                           const RfiCardFrame *frame)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, frame->width, frame->height);
  graphene_rect_t strip = GRAPHENE_RECT_INIT (frame->rtl ? frame->width - STRIP : 0, 0, STRIP,
                                              frame->height);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &bounds, RFI_CARD_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &frame->strip, &strip);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_frame (GtkSnapshot        *snapshot,
                const RfiCardFrame *frame)
{
  const GdkRGBA outline = { 0, 0, 0, 0.055f };
  const GdkRGBA shadow = { 0, 0, 0, 0.09f };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, frame->width, frame->height);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &bounds, RFI_CARD_RADIUS);
  gtk_snapshot_append_outset_shadow (snapshot, &round, &shadow, 0, 1, 0, 3);
  gtk_snapshot_append_outset_shadow (snapshot, &round, &outline, 0, 0, 1, 0);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &frame->ground, &bounds);
  gtk_snapshot_pop (snapshot);
  rfi_card_frame_draw_strip (snapshot, frame);
}

/* Where a corner lies, in a frame with its own at the origin. */
static GdkRectangle
get_corner (const RfiCardFrame *frame,
            guint               corner)
{
  int size = MARGIN + CORNER;

  return (GdkRectangle) {
    corner % 2 == 0 ? -MARGIN : frame->width - CORNER,
    corner < 2 ? -MARGIN : frame->height - CORNER,
    size, size,
  };
}

/* Returns: (transfer full) */
static cairo_surface_t *
paint_area (GskRenderNode      *node,
            const RfiCardFrame *frame,
            const GdkRectangle *area)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         area->width * frame->scale,
                                                         area->height * frame->scale);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, frame->scale, frame->scale);
  cairo_translate (cr, -area->x, -area->y);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Returns: (transfer full) */
static GdkTexture *
paint_corner (GskRenderNode      *node,
              const RfiCardFrame *frame,
              guint               corner)
{
  GdkRectangle area = get_corner (frame, corner);
  cairo_surface_t *surface = paint_area (node, frame, &area);
  GdkTexture *texture = rfi_paint_store_read (surface);

  cairo_surface_destroy (surface);
  return texture;
}

/* The colours across an edge where it is the same all along. (transfer full) */
static GdkRGBA *
paint_lines (GskRenderNode      *node,
             const RfiCardFrame *frame,
             guint               side)
{
  const GdkRectangle areas[N_SIDES] = {
    [TOP] = { frame->width / 2, -MARGIN, 1, MARGIN },
    [BOTTOM] = { frame->width / 2, frame->height, 1, MARGIN },
    [LEFT] = { -MARGIN, frame->height / 2, MARGIN, 1 },
    [RIGHT] = { frame->width, frame->height / 2, MARGIN, 1 },
  };
  cairo_surface_t *surface = paint_area (node, frame, &areas[side]);
  int n = MARGIN * frame->scale;
  GdkRGBA *lines = g_new (GdkRGBA, n);

  for (int i = 0; i < n; i++)
    {
      int at = side == TOP || side == LEFT ? i : n - 1 - i;

      lines[i] = side == TOP || side == BOTTOM ? rfi_paint_store_read_pixel (surface, 0, at)
                                               : rfi_paint_store_read_pixel (surface, at, 0);
    }
  cairo_surface_destroy (surface);
  return lines;
}

static void
picture_paint (Picture            *self,
               const RfiCardFrame *frame)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  RfiCardFrame model = *frame;
  GskRenderNode *node;

  picture_clear (self);
  self->frame = *frame;
  model.width = model.height = 4 * CORNER;
  snapshot_frame (snapshot, &model);
  node = gtk_snapshot_free_to_node (snapshot);
  for (guint i = 0; i < N_CORNERS; i++)
    self->corners[i] = paint_corner (node, &model, i);
  for (guint i = 0; i < N_SIDES; i++)
    self->lines[i] = paint_lines (node, &model, i);
  gsk_render_node_unref (node);
}

static Picture *
get_picture (RfiCardFrames      *self,
             const RfiCardFrame *frame)
{
  Picture *picture;

  for (guint i = 0; i < N_PICTURES; i++)
    if (self->pictures[i].corners[0] != NULL && looks_alike (&self->pictures[i].frame, frame))
      return &self->pictures[i];

  picture = &self->pictures[self->next];
  self->next = (self->next + 1) % N_PICTURES;
  picture_paint (picture, frame);
  return picture;
}

static void
fill (GtkSnapshot   *snapshot,
      const GdkRGBA *color,
      float          x,
      float          y,
      float          width,
      float          height)
{
  if (color->alpha > 0)
    gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* All that is not a shadow, but for the corners. */
static void
fill_card (GtkSnapshot        *snapshot,
           const RfiCardFrame *frame)
{
  float width = (float) frame->width - 2 * CORNER;
  float height = (float) frame->height - 2 * CORNER;
  float x = frame->rtl ? 0 : STRIP;

  fill (snapshot, &frame->ground, CORNER, 0, width, CORNER);
  fill (snapshot, &frame->ground, x, CORNER, (float) frame->width - STRIP, height);
  fill (snapshot, &frame->ground, CORNER, CORNER + height, width, CORNER);
  fill (snapshot, &frame->strip, frame->rtl ? (float) frame->width - STRIP : 0, CORNER, STRIP,
        height);
}

static void
fill_lines (GtkSnapshot        *snapshot,
            const RfiCardFrame *frame,
            const Picture      *picture)
{
  float width = (float) frame->width - 2 * CORNER;
  float height = (float) frame->height - 2 * CORNER;
  float thick = 1.0f / (float) frame->scale;

  for (int i = 0; i < MARGIN * frame->scale; i++)
    {
      float before = (float) i * thick - MARGIN;
      float after = -before - thick;

      fill (snapshot, &picture->lines[TOP][i], CORNER, before, width, thick);
      fill (snapshot, &picture->lines[BOTTOM][i], CORNER, (float) frame->height + after, width,
            thick);
      fill (snapshot, &picture->lines[LEFT][i], before, CORNER, thick, height);
      fill (snapshot, &picture->lines[RIGHT][i], (float) frame->width + after, CORNER, thick,
            height);
    }
}

void
rfi_card_frames_draw (RfiCardFrames      *self,
                      GtkSnapshot        *snapshot,
                      const RfiCardFrame *frame)
{
  Picture *picture;

  if (frame->width <= 2 * CORNER || frame->height <= 2 * CORNER)
    return;

  picture = get_picture (self, frame);
  fill_card (snapshot, frame);
  fill_lines (snapshot, frame, picture);
  for (guint i = 0; i < N_CORNERS; i++)
    {
      GdkRectangle area = get_corner (frame, i);

      gtk_snapshot_append_texture (snapshot, picture->corners[i],
                                   &GRAPHENE_RECT_INIT (area.x, area.y, area.width, area.height));
    }
}
