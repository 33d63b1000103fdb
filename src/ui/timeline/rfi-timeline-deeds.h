/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-timeline-view-private.h"

G_BEGIN_DECLS

/* What is done with RfiTimelineView: by the cursor, with what is held, and drawing it all. */

/* rfi-timeline-cursor.c */
void     _rfi_timeline_cursor_move       (RfiTimelineView      *self,
                                          int                   sideways,
                                          int                   rows);
/* @bar: (nullable): between bars */
void     _rfi_timeline_cursor_set        (RfiTimelineView      *self,
                                          guint                 row,
                                          const RfiScheduleBar *bar,
                                          gint64                at);
/* What the cell is called, after anything changed. */
void     _rfi_timeline_cursor_describe   (RfiTimelineView      *self);
/* %FALSE if it is nowhere. @bounds: in the widget */
gboolean _rfi_timeline_cursor_get_bounds (RfiTimelineView      *self,
                                          graphene_rect_t      *bounds);

/* What the cursor is on is said anew. */
void     _rfi_timeline_cursor_say        (RfiTimelineView      *self);
/* Where the bar that it is on is. %FALSE if it is on none. @bar: until the schedule changes */
gboolean _rfi_timeline_cursor_get_bar    (RfiTimelineView      *self,
                                          guint                *row,
                                          const RfiScheduleBar **bar);

/* rfi-timeline-facts.c */
void     _rfi_timeline_facts_add         (RfiTimelineView      *self);
/* Beside the cursor. %FALSE if it is on no bar */
gboolean _rfi_timeline_facts_show        (RfiTimelineView      *self,
                                          gboolean              show);
/* After the cursor, or what is under it, changed. */
void     _rfi_timeline_facts_update      (RfiTimelineView      *self);
/* As _facts_update(), once the schedule can be asked. */
void     _rfi_timeline_facts_queue       (RfiTimelineView      *self);
/* Of the bar under the pointer. @moved: by a person */
void     _rfi_timeline_tip_update        (RfiTimelineView      *self,
                                          gboolean              moved);
/* As _tip_update(), once the schedule can be asked. */
void     _rfi_timeline_tip_queue         (RfiTimelineView      *self);
void     _rfi_timeline_tip_hide          (RfiTimelineView      *self);

/* rfi-timeline-grab.c */
/* (nullable) */
RfiJobTable *_rfi_timeline_view_get_jobs (RfiTimelineView      *self);
gboolean _rfi_timeline_grab_begin        (RfiTimelineView      *self,
                                          RfiJobItem           *item,
                                          const char           *technician_id,
                                          const RfiSpan        *span,
                                          RfiTimelineGrip       grip);
/* To another place, as far as the grip allows. @technician_id: (nullable): the same */
void     _rfi_timeline_grab_move         (RfiTimelineView      *self,
                                          const char           *technician_id,
                                          gint64                edge);
void     _rfi_timeline_grab_cancel       (RfiTimelineView      *self);
/* Emits `place`, or says why that can't be. */
void     _rfi_timeline_grab_drop         (RfiTimelineView      *self);

/* rfi-timeline-draw.c, rfi-timeline-bars.c, rfi-timeline-input.c */
void     _rfi_timeline_draw              (RfiTimelineView      *self,
                                          GtkSnapshot          *snapshot);
void     _rfi_timeline_draw_bars         (RfiTimelineView      *self,
                                          GtkSnapshot          *snapshot,
                                          guint                 first_row,
                                          guint                 end_row);
void     _rfi_timeline_add_controllers   (RfiTimelineView      *self);

G_END_DECLS
