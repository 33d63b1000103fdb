/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-json.h"
#include "rfi-photo.h"

G_BEGIN_DECLS

/* One attachment of a job document. Returns: (transfer full) */
RfiPhoto *rfi_wire_photo_from_json     (const RfiJson   *value,
                                        GError         **error);

/* The answer to an upload, {"data":{"attachment","sasUrl"}}. Returns: (transfer full) */
RfiPhoto *rfi_wire_photo_parse         (const char      *data,
                                        gssize           length,
                                        GError         **error);

/* @job: whose it is: its blob name says so. @with_url: also sasUrl */
void      rfi_wire_photo_append        (GString         *out,
                                        const RfiPhoto  *self,
                                        const RfiJob    *job,
                                        gboolean         with_url);
void      rfi_wire_photo_append_answer (GString         *out,
                                        const RfiPhoto  *self,
                                        const RfiJob    *job);

G_END_DECLS
