/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-card-style.h"
#include "rfi-job-item.h"
#include "rfi-schedule.h"

G_BEGIN_DECLS

/* What RfiTimelineView is made of. Places count from the widget's start edge and top. */

typedef struct
{
  GdkRGBA back;        /* working hours */
  GdkRGBA off;         /* other hours */
  GdkRGBA line;
  GdkRGBA edge;        /* between what scrolls and what stays */
  GdkRGBA now;
  GdkRGBA now_text;
  GdkRGBA ring;
  GdkRGBA error;
  GdkRGBA success;
  GdkRGBA load;
  GdkRGBA bars[RFI_N_STATUSES];  /* their ground: the status's colour on @back */
} RfiTimelineColors;

/* What of a bar follows the pointer or the arrows. */
typedef enum {
  RFI_TIMELINE_GRIP_WHOLE,
  RFI_TIMELINE_GRIP_START,
  RFI_TIMELINE_GRIP_END,
} RfiTimelineGrip;

/* What is held, and where it would go. */
typedef struct
{
  RfiJobItem       *item;           /* (owned) (nullable): nothing is held */
  GPtrArray        *holds;          /* (owned) (nullable): keeps it as it is */
  char             *technician_id;  /* (owned) */
  RfiSpan           span;
  RfiTimelineGrip   grip;
  gint64            hold;           /* how far from the start of @span the pointer took it */
  gboolean          by_pointer;
  gboolean          moved;
  RfiScheduleCheck  check;
} RfiTimelineGrab;

typedef struct
{
  guint                 row;
  guint                 position;  /* of the bar on that row */
  const RfiScheduleBar *bar;       /* until the schedule changes */
  graphene_rect_t       bounds;
} RfiTimelineHit;

G_END_DECLS
