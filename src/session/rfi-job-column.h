/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-field.h"
#include "rfi-job-state.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

/* All that can be told of a job, a column each, in the order in which a table begins. */
typedef enum {
  RFI_JOB_COLUMN_PRIORITY,
  RFI_JOB_COLUMN_STATUS,
  RFI_JOB_COLUMN_TITLE,
  RFI_JOB_COLUMN_STORE_NAME,
  RFI_JOB_COLUMN_CITY,
  RFI_JOB_COLUMN_STATE,
  RFI_JOB_COLUMN_TECHNICIAN,
  RFI_JOB_COLUMN_CREATED,
  RFI_JOB_COLUMN_UPDATED,
  RFI_JOB_COLUMN_SCHEDULED_START,
  RFI_JOB_COLUMN_SCHEDULED_END,
  RFI_JOB_COLUMN_PHOTOS,
  RFI_JOB_COLUMN_MARK,
  RFI_JOB_COLUMN_ID,
  RFI_JOB_COLUMN_DESCRIPTION,
  RFI_JOB_COLUMN_ADDRESS,
  RFI_JOB_COLUMN_ZIP_CODE,
  RFI_JOB_COLUMN_VENDOR,
  RFI_JOB_COLUMN_CREATED_BY,
  RFI_JOB_COLUMN_ESTIMATED_MINUTES,
  RFI_JOB_COLUMN_HOLD_UNTIL,
  RFI_JOB_COLUMN_SKILLS,
  RFI_JOB_COLUMN_COMPLETION_NOTES,
  RFI_JOB_COLUMN_PARTS,
  RFI_JOB_COLUMN_LABOUR,
  RFI_JOB_COLUMN_NOTES,
  RFI_JOB_COLUMN_WAITING,
  RFI_JOB_COLUMN_VERSION,
} RfiJobColumn;

#define RFI_N_JOB_COLUMNS (RFI_JOB_COLUMN_VERSION + 1)

typedef enum {
  RFI_COLUMN_TEXT,    /* to be collated */
  RFI_COLUMN_NUMBER,
  RFI_COLUMN_TIME,    /* ms since 1970 */
  RFI_COLUMN_WORD,    /* one of few values, which stand in an order of their own */
} RfiColumnKind;

/* Of what is not there; it stands last in either direction. */
#define RFI_JOB_COLUMN_EMPTY G_MAXINT64

/* What a column is called where nobody reads it, in settings. */
const char    *rfi_job_column_to_string   (RfiJobColumn  column);
gboolean       rfi_job_column_from_string (const char   *text,
                                           RfiJobColumn *column);
RfiColumnKind  rfi_job_column_get_kind    (RfiJobColumn  column);

/* Whether it names people or vendors, who may come to be called differently. */
gboolean       rfi_job_column_is_name     (RfiJobColumn  column);

/* Of a column that names somebody, the id of who is meant. (nullable) */
const char    *rfi_job_column_get_id      (RfiJobColumn  column,
                                           RfiJobState  *state);

/* For columns of text. People and vendors by the names @jobs knows. "" if there is nothing.
 * Returns: (transfer none): good while the job and the table's names are */
const char    *rfi_job_column_get_text    (RfiJobColumn  column,
                                           RfiJobTable  *jobs,
                                           RfiJobState  *state);

/* For the others: the number, the moment, or the place among the words, the first being what a
 * dispatcher looks for first: urgent, pending, in conflict. Parts, labour and notes are counted.
 * Returns: RFI_JOB_COLUMN_EMPTY if there is nothing */
gint64         rfi_job_column_get_number  (RfiJobColumn  column,
                                           RfiJobState  *state);

G_END_DECLS
