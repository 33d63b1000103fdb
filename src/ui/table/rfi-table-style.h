/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-emphasis.h"
#include "rfi-job-state.h"
#include "rfi-table-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As the setting counts them. */
typedef enum {
  RFI_TABLE_ROOMY,
  RFI_TABLE_STANDARD,
  RFI_TABLE_COMPACT,
} RfiTableDensity;

/**
 * RfiTableStyle:
 *
 * The fonts, colours and measures of all rows of one table, looked up once after the style or the
 * text size changed.
 */
typedef struct
{
  GtkWidget            *widget;        /* the table; %NULL once it is gone */
  RfiTableDensity       density;
  gboolean              narrow;        /* rows of two lines, no columns */
  double                scale;         /* of text, 1 = 11 pt at 96 dpi */
  PangoLayout          *layout;        /* (owned): for one text after the other */
  PangoFontDescription *body;          /* (owned) */
  PangoFontDescription *caption;       /* (owned) */
  PangoFontDescription *heading;       /* (owned) */
  PangoFontDescription *monospace;     /* (owned) */
  PangoAttrList        *tabular;       /* (owned): digits as wide as each other */
  int                   body_height;
  int                   caption_height;
  GdkRGBA               text;
  GdkRGBA               dim;
  GdkRGBA               line;          /* between rows */
  GdkRGBA               accent;
  GdkRGBA               error;
  GdkRGBA               statuses[RFI_N_STATUSES];
  GdkRGBA               priorities[RFI_N_PRIORITIES];
  RfiEmphasis          *emphasis;      /* (owned): of what is searched for */
  GHashTable           *icons;         /* (owned) (element-type utf8 GdkTexture): painted */
  gboolean              valid;
} RfiTableStyle;

RfiTableStyle *rfi_table_style_new        (GtkWidget     *widget);
RfiTableStyle *rfi_table_style_ref        (RfiTableStyle *self);
void           rfi_table_style_unref      (RfiTableStyle *self);
/* Looks all up again when it is asked for. */
void           rfi_table_style_invalidate (RfiTableStyle *self);
/* The widget goes. */
void           rfi_table_style_detach     (RfiTableStyle *self);

const RfiTableStyle *rfi_table_style_get  (RfiTableStyle *self);
/* A symbol in a colour, painted once: recolouring it in each row is what a frame would mostly be
 * spent on. @size: in pixels. Returns: (transfer none) */
GdkTexture    *rfi_table_style_get_icon   (RfiTableStyle *self,
                                           const char    *name,
                                           int            size,
                                           const GdkRGBA *color);
int            rfi_table_style_get_row_height (RfiTableStyle *self);

/* In pixels as they are drawn. */
int            rfi_table_style_get_width  (RfiTableStyle  *self,
                                           RfiTableLayout *layout,
                                           RfiJobColumn    column);
/* Where the column at @index of those shown begins; with their number, where they end. */
int            rfi_table_style_get_x      (RfiTableStyle  *self,
                                           RfiTableLayout *layout,
                                           guint           index);

G_END_DECLS
