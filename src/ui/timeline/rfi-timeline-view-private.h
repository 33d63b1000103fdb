/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-timeline-parts.h"
#include "rfi-timeline-rows.h"
#include "rfi-timeline-view.h"

G_BEGIN_DECLS

/* What the files of RfiTimelineView share. Places count from the widget's start edge and top. */

struct _RfiTimelineView
{
  GtkWidget         parent_instance;

  RfiSession       *session;    /* (owned) (nullable) */
  RfiSchedule      *schedule;   /* (owned) (nullable) */
  RfiTimelineRows  *rows;       /* (owned) (nullable) */
  RfiJobFilter     *filter;     /* (owned) (nullable) */
  RfiJobSelection  *selection;  /* (owned) */
  char             *read_only;  /* (owned) (nullable) */
  GTimeZone        *zone;       /* (owned): of the person */
  GSettings        *settings;   /* (owned) */

  GtkAdjustment    *adjustments[2];  /* (owned) (nullable): by GtkOrientation */
  GtkScrollablePolicy policies[2];
  gboolean          allocating;
  RfiTimelineScale  scale;
  int               span;          /* RfiTimelineSpan that is to fit, -1 = zoomed freely */
  gint64            wanted_start;  /* what to scroll to once there is room; 0 = stay */
  char             *top_id;        /* (owned) (nullable): whose row is at the top */

  RfiCardStyle     *style;         /* (owned) */
  RfiTimelineColors colors;
  gboolean          colors_valid;
  int               column;        /* width of the names */
  int               axis;          /* height of the hours */
  int               row_height;

  char             *cursor_id;     /* (owned) (nullable): the technician whose row it is on */
  RfiJobItem       *cursor;        /* (owned) (nullable): the bar it is on */
  gint64            cursor_time;
  gboolean          stale;         /* what is said of the cursor */
  GtkWidget        *cells[2];      /* one of them has the cursor, the other one had it */
  guint             cell;
  GtkWidget        *bubble;        /* why not, beside what is held; or the facts of … */
  gboolean          facts;         /* … the bar that the cursor is on */
  RfiTimelineGrab   grab;
  RfiJobItem       *drag_item;     /* (owned) (nullable): what the pointer was pressed on … */
  RfiTimelineGrip   drag_grip;
  double            drag_x;        /* … and where */
  double            drag_y;
  double            pointer_x;
  double            pointer_y;
  gboolean          has_pointer;
  GtkWidget        *tip;           /* the facts of the bar under the pointer … */
  char             *tip_id;        /* (owned) (nullable): … which is this job's, shown or soon */
  graphene_rect_t   tip_place;     /* it stands below or above this */
  guint             tip_timer;     /* it comes */
  guint             tip_source;    /* something else may be under the pointer */
  guint             refresh_source;
  guint             facts_source;  /* they have changed */
};

/* Gap between a bar and the row's edges. */
#define RFI_TIMELINE_BAR_GAP 5

/* rfi-timeline-view.c: all is to be drawn, and said, anew */
void     _rfi_timeline_view_changed      (RfiTimelineView      *self);

/* rfi-timeline-place.c */
void     _rfi_timeline_view_update_adjustments (RfiTimelineView *self);
/* Beside the names. */
double   _rfi_timeline_view_get_room     (RfiTimelineView      *self);
double   _rfi_timeline_view_get_offset   (RfiTimelineView      *self,
                                          GtkOrientation        orientation);
void     _rfi_timeline_view_set_offset   (RfiTimelineView      *self,
                                          GtkOrientation        orientation,
                                          double                offset);
/* What is at that place of the widget. */
gint64   _rfi_timeline_view_get_time_at  (RfiTimelineView      *self,
                                          double                x);
gboolean _rfi_timeline_view_get_row_at   (RfiTimelineView      *self,
                                          double                y,
                                          guint                *row);
gboolean _rfi_timeline_view_hit          (RfiTimelineView      *self,
                                          double                x,
                                          double                y,
                                          RfiTimelineHit       *hit);
/* Where a span is drawn on a row, on one of so many levels. */
void     _rfi_timeline_view_get_bounds   (RfiTimelineView      *self,
                                          guint                 row,
                                          const RfiSpan        *span,
                                          guint                 level,
                                          guint                 n_levels,
                                          graphene_rect_t      *bounds);
/* Mirrors for right-to-left languages. */
void     _rfi_timeline_view_flip         (RfiTimelineView      *self,
                                          graphene_rect_t      *bounds);
void     _rfi_timeline_view_reveal       (RfiTimelineView      *self,
                                          guint                 row,
                                          const RfiSpan        *span);
gboolean _rfi_timeline_view_is_narrow    (RfiTimelineView      *self);

G_END_DECLS
