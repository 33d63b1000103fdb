/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_CARD_RADIUS 12  /* of the corners, in pixels */

/**
 * RfiCardFrames:
 *
 * What cards have around and below their words, painted once for all that look alike: ground,
 * outline, shadow and the strip at the start edge. A blurred shadow and a round clip for each card
 * are half of what a frame of the board costs otherwise. Main thread only.
 */
typedef struct _RfiCardFrames RfiCardFrames;

/* How one looks; sizes in pixels of the application. */
typedef struct
{
  int      width;
  int      height;
  int      scale;   /* pixels of the device for one */
  gboolean rtl;
  GdkRGBA  ground;
  GdkRGBA  strip;
} RfiCardFrame;

RfiCardFrames *rfi_card_frames_new   (void);
void           rfi_card_frames_free  (RfiCardFrames      *self);

/* Forgets all: the style changed. */
void           rfi_card_frames_clear (RfiCardFrames      *self);

/* Draws @frame with its corner at the origin; the shadow lies around it. */
void           rfi_card_frames_draw  (RfiCardFrames      *self,
                                      GtkSnapshot        *snapshot,
                                      const RfiCardFrame *frame);

/* The strip alone, for cards whose ground the style sheet draws. */
void           rfi_card_frame_draw_strip (GtkSnapshot        *snapshot,
                                          const RfiCardFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiCardFrames, rfi_card_frames_free)

G_END_DECLS
