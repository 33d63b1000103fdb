/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times as places along the axis. Pure; times are ms since 1970, places are pixels from the start
 * of the range, whichever side that is. */

#define RFI_TIMELINE_MINUTE  G_GINT64_CONSTANT (60000)
#define RFI_TIMELINE_QUARTER (15 * RFI_TIMELINE_MINUTE)
#define RFI_TIMELINE_HOUR    (60 * RFI_TIMELINE_MINUTE)
#define RFI_TIMELINE_DAY     (24 * RFI_TIMELINE_HOUR)

/* How much is seen at once. */
typedef enum {
  RFI_TIMELINE_SPAN_DAY,       /* the half of it in which people work */
  RFI_TIMELINE_SPAN_3_DAYS,
  RFI_TIMELINE_SPAN_WEEK,
  RFI_TIMELINE_SPAN_2_WEEKS,
} RfiTimelineSpan;

#define RFI_TIMELINE_N_SPANS 4

typedef struct
{
  gint64 start;  /* of the range: a midnight */
  gint64 end;
  double rate;   /* pixels an hour */
} RfiTimelineScale;

/* The weeks around @at: two before that week, four from it on. */
void    rfi_timeline_scale_set_range  (RfiTimelineScale       *self,
                                       GTimeZone              *zone,
                                       gint64                  at);

double  rfi_timeline_scale_get_x      (const RfiTimelineScale *self,
                                       gint64                  at);
gint64  rfi_timeline_scale_get_time   (const RfiTimelineScale *self,
                                       double                  x);
double  rfi_timeline_scale_get_width  (const RfiTimelineScale *self);

/* Shows @span in @width pixels. */
void    rfi_timeline_scale_fit        (RfiTimelineScale       *self,
                                       RfiTimelineSpan         span,
                                       double                  width);
gint64  rfi_timeline_span_get_length  (RfiTimelineSpan         span);

/* The rate times @factor, within what makes sense in @width pixels. @offset: of the left edge;
 * what is at @pointer pixels from it stays there. Returns: the new offset */
double  rfi_timeline_scale_zoom       (RfiTimelineScale       *self,
                                       double                  factor,
                                       double                  offset,
                                       double                  pointer,
                                       double                  width);
/* The rate as a fraction of what is possible, for a slider: 0 … 1, even steps look even. */
double  rfi_timeline_scale_get_zoom   (const RfiTimelineScale *self,
                                       double                  width);
double  rfi_timeline_scale_get_factor (const RfiTimelineScale *self,
                                       double                  zoom,
                                       double                  width);

/* Minutes between two labels that are at least @room pixels apart: 15 … 720, or 1440 for days. */
int     rfi_timeline_scale_get_step   (const RfiTimelineScale *self,
                                       double                  room);

/* The nearest quarter of an hour. */
gint64  rfi_timeline_snap             (gint64                  at);

G_END_DECLS
