/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter-private.h"
#include "rfi-job-order.h"
#include "rfi-job-table.h"

G_BEGIN_DECLS

/* What views need of a table: rows by number. A job keeps its row number for life. */

typedef struct _RfiJobMatch RfiJobMatch;

typedef struct
{
  RfiJobState *state;  /* (nullable): %NULL in a gap */
  /* For searches: a search goes through these, not all over memory. The first is 0 in a gap, and
   * when the job is going. */
  guint32      texts[RFI_N_SOUGHT_TEXTS];
} RfiJobRow;

/* One row before and after a change; the row is new if @before is %NULL, gone if @after is. */
typedef struct
{
  guint        row;
  RfiJobState *before;  /* (nullable) */
  RfiJobState *after;   /* (nullable) */
} RfiJobChange;

/* Signal `rows-changed` of a table, for its indices: a GArray of RfiJobChange, once all views have
 * been told. */

/* One more than the greatest row number; there are gaps. */
guint         _rfi_job_table_get_n_rows     (RfiJobTable *self);
const RfiJobRow *_rfi_job_table_get_rows    (RfiJobTable *self);
/* What orders them, by row; of a gap, and of the row that is just going, as it was. */
const RfiJobKeys *_rfi_job_table_get_keys   (RfiJobTable *self);
/* (nullable): %NULL for a gap. The row that is just going still has its state. */
RfiJobState  *_rfi_job_table_get_row        (RfiJobTable *self,
                                             guint        row);
/* Another number after each change: what was learnt of rows and names holds while it stays. */
guint         _rfi_job_table_get_generation (RfiJobTable *self);
/* Which bytes ids of jobs are written with, by byte. */
const guint8 *_rfi_job_table_get_id_bytes   (RfiJobTable *self);
/* Whether there is a job, and it is not just going. */
gboolean      _rfi_job_table_has_row        (RfiJobTable *self,
                                             guint        row);
RfiJobItem   *_rfi_job_table_ref_row_item   (RfiJobTable *self,
                                             guint        row);
gboolean      _rfi_job_table_find_row       (RfiJobTable *self,
                                             const char  *job_id,
                                             guint       *row);
/* Whether changes are being told; what else happens meanwhile must wait. */
gboolean      _rfi_job_table_is_busy        (RfiJobTable *self);

/* Puts jobs of a first load into rows, and tells no view of them: n-jobs, counts and indices know.
 * Those that are there already are applied as usual. */
void          _rfi_job_table_load           (RfiJobTable  *self,
                                             RfiJobState **states,
                                             guint         n_states);
/* All are there: views follow one after another, whenever there is nothing else to do. */
void          _rfi_job_table_loaded         (RfiJobTable  *self);
/* Views that have not followed yet do so now. */
void          _rfi_job_table_flush          (RfiJobTable  *self);

/* Names of people and vendors by id, interned, so that a search finds those of whom a job knows
 * only the id. Takes effect at once. */
void          _rfi_job_table_set_names      (RfiJobTable *self,
                                             GHashTable  *names);
GHashTable   *_rfi_job_table_get_names      (RfiJobTable *self);

/* The name that a job gave with this person's id. (nullable) */
const char   *_rfi_job_table_get_person     (RfiJobTable *self,
                                             const char  *user_id);

/* (element-type RfiJobMatch): one for each filter in use. They add and remove themselves; the table
 * does not own them. */
GPtrArray    *_rfi_job_table_get_matches    (RfiJobTable  *self);

G_END_DECLS
