/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"

G_BEGIN_DECLS

/* Which of the waiting operations may be sent now. Pure.
 *
 * The order among the operations of one job is absolute: only the first one of each job
 * competes, and if that one waits for a person, or for its next try, so does its whole job, and
 * no other. Those that compete go by class, the first typed first within one.
 * What the contract has no words for waits for a server that speaks Sync v1.
 */

/* The priority classes of the offline specification that jobs know of; less goes first. */
typedef enum {
  RFI_SYNC_CLASS_EMERGENCY = 1,   /* a new urgent job */
  RFI_SYNC_CLASS_STATUS = 2,      /* a step, or who does it */
  RFI_SYNC_CLASS_COMPLETION = 3,
  RFI_SYNC_CLASS_UPDATE = 5,
  RFI_SYNC_CLASS_PHOTO = 7,
} RfiSyncClass;

/* After so many that were typed later have overtaken, the oldest goes, whatever its class. */
#define RFI_SYNC_ORDER_PATIENCE 8

RfiSyncClass  rfi_sync_order_classify (const RfiOperation *operation);

/* @outbox: (element-type RfiOperation): all of it, by seq
 * @photos_only: the others go as letters, and stand in the way until they have
 * @due: (nullable): operation id → gint64 *: not before this time
 * @now: the time of @due's clock
 * @n_overtakes: (inout): 0 at first; kept by the caller from choice to choice
 * @next_due: (out): when the first of those that wait for their next try may be tried,
 *   G_MAXINT64 if none does
 *
 * Returns: (transfer none) (nullable)
 */
RfiOperation *rfi_sync_order_next     (GPtrArray          *outbox,
                                       gboolean            photos_only,
                                       GHashTable         *due,
                                       gint64              now,
                                       guint              *n_overtakes,
                                       gint64             *next_due);

G_END_DECLS
