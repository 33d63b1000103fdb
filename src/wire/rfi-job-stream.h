/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"

G_BEGIN_DECLS

/* One job may be this long, in bytes. */
#define RFI_JOB_STREAM_ROW_LIMIT (4 * 1024 * 1024)

typedef struct _RfiJobStream RfiJobStream;

/* @job: (transfer full): with photos, if its document has attachments */
typedef void (*RfiJobStreamFunc) (RfiJob   *job,
                                  gpointer  user_data);

/**
 * RfiJobStream:
 *
 * Reads {"data":[job…], …} piece by piece as it arrives, and hands out each job as soon as it
 * is complete; the document is never held as a whole. A row that is JSON but no job is left
 * out and counted: a listing with such rows says nothing about what it does not name.
 */
RfiJobStream *rfi_job_stream_new                (RfiJobStreamFunc   func,
                                                 gpointer           user_data);
void          rfi_job_stream_free               (RfiJobStream      *self);

/* After an error every further call gives the same one. */
gboolean      rfi_job_stream_feed               (RfiJobStream      *self,
                                                 const char        *data,
                                                 gsize              length,
                                                 GError           **error);

/* No more comes: an incomplete document, or one without "data", is an error. */
gboolean      rfi_job_stream_finish             (RfiJobStream      *self,
                                                 GError           **error);

guint         rfi_job_stream_get_n_jobs         (RfiJobStream      *self);
guint         rfi_job_stream_get_n_bad          (RfiJobStream      *self);

/* Byte for byte as it was sent. Returns: (nullable) */
const char   *rfi_job_stream_get_sync_timestamp (RfiJobStream      *self);

/* Of a list. %FALSE if it has no pagination.
 * @total, @limit, @offset: (out) (optional) */
gboolean      rfi_job_stream_get_pagination     (RfiJobStream      *self,
                                                 guint             *total,
                                                 guint             *limit,
                                                 guint             *offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiJobStream, rfi_job_stream_free)

G_END_DECLS
