/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-state.h"
#include "rfi-job-view.h"
#include "rfi-row-list.h"

G_BEGIN_DECLS

/* How views order the rows of a table. The order is total: rows that are alike otherwise
 * stand by row number, which a job keeps for life.
 */

/* What numbers say of a job's place, apart from the job: whoever sorts or seeks goes through these,
 * not all over memory. */
typedef struct
{
  guint64 urgency;  /* priority above time of creation: less is more urgent, then older */
  guint64 change;   /* status above time of the last change */
} RfiJobKeys;

RfiJobKeys  _rfi_job_order_get_keys    (const RfiJob     *job);
RfiStatus   _rfi_job_keys_get_status   (const RfiJobKeys *keys);
RfiPriority _rfi_job_keys_get_priority (const RfiJobKeys *keys);
gint64      _rfi_job_keys_get_created  (const RfiJobKeys *keys);

/* The rows of a table in one order. */
typedef struct
{
  RfiJobTable *table;  /* not owned */
  RfiJobSort   sort;
} RfiJobOrder;

/* Whether @row, which stands at @place in @list, may stay there: between its neighbours, as @job.
 */
gboolean   _rfi_job_order_fits        (const RfiJobOrder *self,
                                       const RfiRowList  *list,
                                       guint              place,
                                       const RfiJob      *job);
/* Where @job, in @row, stands or belongs in @list, whose other rows are in order.
 * @place: (out). Returns: whether it stands there */
gboolean   _rfi_job_order_find        (const RfiJobOrder *self,
                                       const RfiRowList  *list,
                                       guint              from,
                                       const RfiJob      *job,
                                       guint              row,
                                       guint             *place);
/* @list without the rows in @touched, and with those of @added, which is in order. */
RfiRowList _rfi_job_order_merge       (const RfiJobOrder *self,
                                       const RfiRowList  *list,
                                       const RfiRowList  *added,
                                       const guint8      *touched);
/* Linear in the number of rows. */
void       _rfi_job_order_sort        (const RfiJobOrder *self,
                                       RfiRowList        *list);
/* Stable, by key, in place. For any thread. */
typedef struct
{
  guint64 key;
  guint32 row;
} RfiJobOrderEntry;
void       _rfi_job_order_sort_entries (RfiJobOrderEntry *entries,
                                        guint             n_entries);
/* When the oldest job of @list, which is in order, was made; 0 of none. Cheap where the order knows
 * it, else by looking at all. */
gint64     _rfi_job_order_find_oldest (const RfiJobOrder *self,
                                       const RfiRowList  *list);

G_END_DECLS
