/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"

G_BEGIN_DECLS

/* The texts of a job that a search looks into, besides the id; what fewest have in common comes
 * last. Of people and vendors it is their names. */
typedef enum {
  RFI_SOUGHT_TITLE,
  RFI_SOUGHT_STORE_NAME,
  RFI_SOUGHT_CITY,
  RFI_SOUGHT_ZIP_CODE,
  RFI_SOUGHT_ADDRESS,
  RFI_SOUGHT_ASSIGNED_TO,
  RFI_SOUGHT_VENDOR,
  RFI_SOUGHT_DESCRIPTION,
} RfiSoughtText;
#define RFI_N_SOUGHT_TEXTS (RFI_SOUGHT_DESCRIPTION + 1)

/* The numbers of these texts among all interned ones; only that of the person may be 0, nobody. */
void      _rfi_job_filter_number   (const RfiJob  *job,
                                    guint32       *numbers);

/* Before testing many jobs of a table with one filter: what was learnt about interned text
 * holds only while none of it can be freed.
 * @id_bytes: (nullable): by byte, non-zero if an id may hold it; %NULL = it is one job only
 * @generation: of the table that @id_bytes is of; 0 = it is changing */
void      _rfi_job_filter_begin    (RfiJobFilter  *self,
                                    const guint8  *id_bytes,
                                    guint          generation);

/* @numbers: what _rfi_job_filter_number() made of it
 * @names: (nullable) (element-type utf8 utf8): names of people and vendors by id, interned */
gboolean  _rfi_job_filter_test     (RfiJobFilter  *self,
                                    RfiJobState   *state,
                                    const guint32 *numbers,
                                    GHashTable    *names);

/* Whether what was learnt of others says it of this one too, without a look at the job.
 * @passes: (out) */
gboolean  _rfi_job_filter_recall   (RfiJobFilter  *self,
                                    const guint32 *numbers,
                                    gboolean      *passes);
/* Has the memory fetched that a test of this job will read. */
void      _rfi_job_filter_fetch    (RfiJobFilter  *self,
                                    RfiJobState   *state,
                                    const guint32 *numbers);

/* During `changed`: whether the change can only have hidden jobs, not shown any. */
gboolean  _rfi_job_filter_narrowed (RfiJobFilter  *self);

G_END_DECLS
