/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-card-frames"

#include "config.h"

#include "rfi-card-frames.h"

/* As the style sheet has them for cards that it draws. */
#define RADIUS 12
#define STRIP  4

/* How far a shadow reaches. */
#define MARGIN 4

/* A picture is cut: what is left and right of the middle, which is plain, and whole bands above
 * and below. Most of a card thus is filled, not copied. */
enum {
  TOP,
  LEFT,
  RIGHT,
  BOTTOM,
  N_PIECES
};

/* A strip for each priority and for what is finished, while two widths of lanes are about. */
#define N_PICTURES 12

typedef struct
{
  RfiCardFrame  frame;
  GdkTexture   *pieces[N_PIECES];  /* (owned) (nullable): %NULL where none was painted yet */
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
  for (guint i = 0; i < N_PIECES; i++)
    g_clear_object (&self->pieces[i]);
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
  return a->width == b->width && a->height == b->height && a->scale == b->scale &&
         a->rtl == b->rtl && gdk_rgba_equal (&a->ground, &b->ground) &&
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

  gsk_rounded_rect_init_from_rect (&round, &bounds, RADIUS);
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

  gsk_rounded_rect_init_from_rect (&round, &bounds, RADIUS);
  gtk_snapshot_append_outset_shadow (snapshot, &round, &shadow, 0, 1, 0, 3);
  gtk_snapshot_append_outset_shadow (snapshot, &round, &outline, 0, 0, 1, 0);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &frame->ground, &bounds);
  gtk_snapshot_pop (snapshot);
  rfi_card_frame_draw_strip (snapshot, frame);
}

/* Where a piece lies, in a frame with its corner at the origin. */
static GdkRectangle
get_area (const RfiCardFrame *frame,
          guint               piece)
{
  int width = frame->width;
  int height = frame->height;

  switch (piece)
    {
    case TOP:
      return (GdkRectangle) { -MARGIN, -MARGIN, width + 2 * MARGIN, MARGIN + RADIUS };
    case LEFT:
      return (GdkRectangle) { -MARGIN, RADIUS, MARGIN + STRIP, height - 2 * RADIUS };
    case RIGHT:
      return (GdkRectangle) { width - STRIP, RADIUS, MARGIN + STRIP, height - 2 * RADIUS };
    case BOTTOM:
    default:
      return (GdkRectangle) { -MARGIN, height - RADIUS, width + 2 * MARGIN, MARGIN + RADIUS };
    }
}

/* (transfer full) */
static GdkTexture *
paint_piece (GskRenderNode      *node,
             const RfiCardFrame *frame,
             guint               piece)
{
  GdkRectangle area = get_area (frame, piece);
  int width = area.width * frame->scale;
  int height = area.height * frame->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr(GBytes) bytes = NULL;

  cairo_scale (cr, frame->scale, frame->scale);
  cairo_translate (cr, -area.x, -area.y);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) height);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
picture_paint (Picture            *self,
               const RfiCardFrame *frame)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  picture_clear (self);
  self->frame = *frame;
  snapshot_frame (snapshot, frame);
  node = gtk_snapshot_free_to_node (snapshot);
  for (guint i = 0; i < N_PIECES; i++)
    self->pieces[i] = paint_piece (node, frame, i);
  gsk_render_node_unref (node);
}

static Picture *
get_picture (RfiCardFrames      *self,
             const RfiCardFrame *frame)
{
  Picture *picture;

  for (guint i = 0; i < N_PICTURES; i++)
    if (self->pictures[i].pieces[0] != NULL && looks_alike (&self->pictures[i].frame, frame))
      return &self->pictures[i];

  picture = &self->pictures[self->next];
  self->next = (self->next + 1) % N_PICTURES;
  picture_paint (picture, frame);
  return picture;
}

void
rfi_card_frames_draw (RfiCardFrames      *self,
                      GtkSnapshot        *snapshot,
                      const RfiCardFrame *frame)
{
  graphene_rect_t middle = GRAPHENE_RECT_INIT (STRIP, RADIUS, frame->width - 2 * STRIP,
                                               frame->height - 2 * RADIUS);
  Picture *picture;

  if (frame->width <= 2 * RADIUS || frame->height <= 2 * RADIUS)
    return;

  picture = get_picture (self, frame);
  gtk_snapshot_append_color (snapshot, &frame->ground, &middle);
  for (guint i = 0; i < N_PIECES; i++)
    {
      GdkRectangle area = get_area (frame, i);

      gtk_snapshot_append_texture (snapshot, picture->pieces[i],
                                   &GRAPHENE_RECT_INIT (area.x, area.y, area.width, area.height));
    }
}
