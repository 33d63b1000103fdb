/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"

G_BEGIN_DECLS

/* What a filter consists of, each to be looked at by itself. */
typedef enum {
  RFI_PART_TEXT,
  RFI_PART_PRIORITIES,
  RFI_PART_STATUSES,
  RFI_PART_MARKS,
  RFI_PART_TECHNICIANS,
  RFI_PART_VENDOR,
  RFI_PART_PLACE,
  RFI_PART_CREATED_BY,
  RFI_PART_AGE,
  RFI_PART_PHOTOS,
  RFI_PART_SCHEDULE,
} RfiFilterPart;
#define RFI_N_FILTER_PARTS 11

/* Sets this part of @to to what it is in @from. */
void     rfi_job_filter_copy_part (RfiJobFilter  *from,
                                   RfiJobFilter  *to,
                                   RfiFilterPart  part);
/* All parts; @to tells of one change. */
void     rfi_job_filter_copy      (RfiJobFilter  *from,
                                   RfiJobFilter  *to);
/* Takes off those of @parts, bits 1 << RfiFilterPart, in one change. */
void     rfi_job_filter_take_off  (RfiJobFilter  *self,
                                   guint          parts);

/* Why a job of @table is not shown: the parts that hide it, as bits; 0 = it is shown. */
guint    rfi_job_filter_explain   (RfiJobFilter  *self,
                                   RfiJobTable   *table,
                                   RfiJobState   *state);

G_END_DECLS
