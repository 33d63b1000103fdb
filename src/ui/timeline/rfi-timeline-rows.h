/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-record-item.h"
#include "rfi-schedule.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_TIMELINE_ROWS (rfi_timeline_rows_get_type ())

G_DECLARE_FINAL_TYPE (RfiTimelineRows, rfi_timeline_rows, RFI, TIMELINE_ROWS, GObject)

/* A technician's row. */
typedef struct
{
  char          *id;    /* (owned): of the user */
  char          *name;  /* (owned) */
  char          *key;   /* (owned): orders by name */
  RfiRecordItem *item;  /* (owned) (nullable): who is not in the session's list has none */
} RfiTimelineRow;

/**
 * RfiTimelineRows:
 *
 * Whose rows there are, by name: the session's technicians and whoever else has jobs in the
 * schedule. Who takes no work any more has a row only while there is some. A filter by vendor or
 * technician leaves the others out.
 *
 * Signal `changed`: other rows, or what is said of them.
 */
/* @session: (nullable): knows the names of those whom @technicians does not list
 * @technicians: (nullable): of RfiRecordItem holding RfiUser */
RfiTimelineRows      *rfi_timeline_rows_new    (RfiSession      *session,
                                                GListModel      *technicians,
                                                RfiSchedule     *schedule,
                                                RfiJobFilter    *filter);
guint                 rfi_timeline_rows_get_n  (RfiTimelineRows *self);
const RfiTimelineRow *rfi_timeline_rows_get    (RfiTimelineRows *self,
                                                guint            position);
/* As is known of them now. (transfer none) (nullable) */
RfiUser              *rfi_timeline_row_get_user (const RfiTimelineRow *row);
/* %FALSE if nobody has that id. */
gboolean              rfi_timeline_rows_find   (RfiTimelineRows *self,
                                                const char      *technician_id,
                                                guint           *position);

G_END_DECLS
