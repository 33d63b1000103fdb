/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-alert.h"
#include "rfi-card-frames.h"
#include "rfi-card-texts.h"
#include "rfi-emphasis.h"
#include "rfi-job-state.h"

G_BEGIN_DECLS

/* How much room a card takes: as the setting counts it. */
typedef enum {
  RFI_DENSITY_ROOMY,
  RFI_DENSITY_STANDARD,
  RFI_DENSITY_COMPACT,   /* two lines: the place beside the age, the emblem beside the title */
} RfiDensity;

/**
 * RfiCardStyle:
 *
 * The fonts, colours and measures of all cards of one page: looked up once after the style,
 * the text size or the direction changed, not once for each of a thousand cards.
 */
typedef struct
{
  PangoFontDescription *caption;
  PangoFontDescription *caption_heading;
  PangoFontDescription *heading;
  int                   caption_height;
  int                   heading_height;
  double                scale;            /* of text, 1 = 11 pt at 96 dpi */
  RfiDensity            density;
  gint64                moment;           /* the cards show how it was then, to be looked at only,
                                             in ms since 1970; 0 = how it is */
  gboolean              high_contrast;
  GdkRGBA               ground;
  GdkRGBA               text;
  GdkRGBA               dim;
  GdkRGBA               priorities[RFI_N_PRIORITIES];
  GdkRGBA               statuses[RFI_N_STATUSES];
  GdkRGBA               accent;
  GdkRGBA               filled;
  GdkRGBA               filled_text;
  RfiAlertRules         rules;            /* until when jobs are to be done */
  RfiEmphasis          *emphasis;         /* (owned): of what is searched for */
  RfiCardTexts         *texts;            /* (owned): in these fonts */
  RfiCardFrames        *frames;           /* (owned): in these colours */

  GtkWidget            *widget;           /* (unowned) whose style it is, %NULL once that is gone */
  gboolean              valid;
} RfiCardStyle;

/* @n_texts: about as many as there are in sight at once */
RfiCardStyle       *rfi_card_style_new        (GtkWidget    *widget,
                                               guint         n_texts);
RfiCardStyle       *rfi_card_style_ref        (RfiCardStyle *self);
void                rfi_card_style_unref      (RfiCardStyle *self);

/* @widget's style changed: look everything up again when it is needed. */
void                rfi_card_style_invalidate (RfiCardStyle *self);

/* Whether a style that changed has all that cards take from it as it was looked up. */
gboolean            rfi_card_style_is_current (RfiCardStyle *self);

/* Cards want to be measured anew then. */
void                rfi_card_style_set_density (RfiCardStyle *self,
                                                RfiDensity    density);

void                rfi_card_style_set_rules  (RfiCardStyle        *self,
                                               const RfiAlertRules *rules);

/* @widget goes away; what was looked up stays. */
void                rfi_card_style_detach     (RfiCardStyle *self);

/* The values, looked up if need be. */
const RfiCardStyle *rfi_card_style_get        (RfiCardStyle *self);

/* What ages and deadlines count from: the moment, or now. In ms since 1970. */
gint64              rfi_card_style_get_now     (const RfiCardStyle *self);

/* Space above the first line and below the last, and between lines, in pixels. */
int                 rfi_card_style_get_padding (const RfiCardStyle *self);
int                 rfi_card_style_get_gap     (const RfiCardStyle *self);

/* Lines that a title may take. */
int                 rfi_card_style_get_title_lines (const RfiCardStyle *self);

/* Height and width of a card with this text size. */
int                 rfi_card_style_get_height (RfiCardStyle *self);
int                 rfi_card_style_get_width  (RfiCardStyle *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiCardStyle, rfi_card_style_unref)

G_END_DECLS
