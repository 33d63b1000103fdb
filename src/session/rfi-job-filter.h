/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-criteria.h"
#include "rfi-job-state.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_FILTER (rfi_job_filter_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobFilter, rfi_job_filter, RFI, JOB_FILTER, GObject)

/**
 * RfiJobFilter:
 *
 * What a person wants to see. One per window, shared by its views, which follow its `changed`
 * signal. An empty set means "all". Text matches title, description, store, address, city, ZIP,
 * technician, vendor and id, case-folded, every word somewhere; an id by its beginning, or
 * anywhere by six characters and more.
 *
 * Properties: `text`, `active` (whether anything is filtered at all), `n-active` (criteria that
 * are on). Signal `changed`.
 */
RfiJobFilter *rfi_job_filter_new             (void);
const char   *rfi_job_filter_get_text        (RfiJobFilter *self);
void          rfi_job_filter_set_text        (RfiJobFilter *self,
                                              const char   *text);

/* Bits 1 << RfiPriority, 1 << RfiStatus, 1 << RfiMark; 0 = all. */
guint         rfi_job_filter_get_priorities  (RfiJobFilter *self);
void          rfi_job_filter_set_priorities  (RfiJobFilter *self,
                                              guint         priorities);
guint         rfi_job_filter_get_statuses    (RfiJobFilter *self);
void          rfi_job_filter_set_statuses    (RfiJobFilter *self,
                                              guint         statuses);
guint         rfi_job_filter_get_marks       (RfiJobFilter *self);
void          rfi_job_filter_set_marks       (RfiJobFilter *self,
                                              guint         marks);

/* Technicians by user id, "" for unassigned; an empty set is all. */
gboolean      rfi_job_filter_has_technician  (RfiJobFilter *self,
                                              const char   *user_id);
void          rfi_job_filter_set_technician  (RfiJobFilter *self,
                                              const char   *user_id,
                                              gboolean      wanted);
/* Returns: (transfer container): the user ids in the set, sorted */
GPtrArray    *rfi_job_filter_list_technicians (RfiJobFilter *self);

/* (nullable): %NULL = all vendors */
const char   *rfi_job_filter_get_vendor      (RfiJobFilter *self);
void          rfi_job_filter_set_vendor      (RfiJobFilter *self,
                                              const char   *vendor_id);

/* What else is asked. get: valid until the filter next changes */
const RfiJobCriteria *rfi_job_filter_get_criteria (RfiJobFilter *self);
void          rfi_job_filter_set_criteria    (RfiJobFilter *self,
                                              const RfiJobCriteria *criteria);

/* Several changes in between are told of as one. */
void          rfi_job_filter_freeze          (RfiJobFilter *self);
void          rfi_job_filter_thaw            (RfiJobFilter *self);

/* Time has passed: what depends on it is tested anew. */
void          rfi_job_filter_refresh         (RfiJobFilter *self);
void          rfi_job_filter_clear           (RfiJobFilter *self);

gboolean      rfi_job_filter_matches         (RfiJobFilter *self,
                                              RfiJobState  *state);

G_END_DECLS
