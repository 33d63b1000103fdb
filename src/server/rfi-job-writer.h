/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-exchange.h"
#include "rfi-server-store.h"
#include "rfi-wire-job.h"

G_BEGIN_DECLS

/**
 * RfiJobWriter:
 *
 * Writes stored jobs into an answer: looks up the photos of those that have some and signs the
 * addresses that @flags ask for.
 */
typedef struct _RfiJobWriter RfiJobWriter;

/* @db: the connection that the jobs are read by; may then be used in another thread, as one */
RfiJobWriter *rfi_job_writer_new        (RfiExchange      *exchange,
                                         RfiDb            *db,
                                         RfiWireJobFlags   flags);
void          rfi_job_writer_free       (RfiJobWriter     *self);

/* Appends `{"data":[`; jobs then follow with commas between them. */
void          rfi_job_writer_begin      (RfiJobWriter     *self,
                                         GString          *out);
/* Goes on in another buffer. */
void          rfi_job_writer_set_out    (RfiJobWriter     *self,
                                         GString          *out);
/* An RfiServerJobFunc. */
gboolean      rfi_job_writer_append     (const RfiJob     *job,
                                         gpointer          writer,
                                         GError          **error);
/* Appends `{"data": job}`. */
gboolean      rfi_job_writer_append_one (RfiJobWriter     *self,
                                         GString          *out,
                                         const RfiJob     *job,
                                         GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiJobWriter, rfi_job_writer_free)

G_END_DECLS
