/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-patch.h"

G_BEGIN_DECLS

#define RFI_N_EXTRA_FIELDS (RFI_N_FIELDS - RFI_N_CONTRACT_FIELDS)

/**
 * RfiJobExtra:
 *
 * The values of a job's fields beyond the contract's, and which operation created it, where that
 * is known. Most jobs have none of it and then no RfiJobExtra either. Read only, counted, safe to
 * share between threads. It is kept of very many jobs and read of few, so the texts are squeezed
 * until somebody asks.
 */
typedef struct _RfiJobExtra RfiJobExtra;

/* @values: text of each extra field in their order, %NULL for "".
 * Returns: (transfer full) (nullable): %NULL if all are empty */
const RfiJobExtra *rfi_job_extra_new   (const char *const  *values);
const RfiJobExtra *rfi_job_extra_ref   (const RfiJobExtra  *self);
void               rfi_job_extra_unref (const RfiJobExtra  *self);

/* @self: (nullable). @field: an extra one. "" for what is not there. The text stays as long as
 * @self, which from then on takes the memory of it too. */
const char        *rfi_job_extra_get   (const RfiJobExtra  *self,
                                        RfiField            field);

/* For whoever goes through many jobs; @self: (nullable). */

/* Whether the field is a time. @ms: (out): untouched if it is none */
gboolean           rfi_job_extra_get_time (const RfiJobExtra *self,
                                           RfiField           field,
                                           gint64            *ms);
/* Returns: (transfer full) */
char              *rfi_job_extra_dup   (const RfiJobExtra  *self,
                                        RfiField            field);
/* All fields in their order, "" for what is not there.
 * @space: where they lie, as long as it is not touched */
void               rfi_job_extra_read  (const RfiJobExtra  *self,
                                        GString            *space,
                                        const char        **values);

/* @a, @b: (nullable). Whether all fields are alike. */
gboolean           rfi_job_extra_equal (const RfiJobExtra  *a,
                                        const RfiJobExtra  *b);

/* @self with the values of @patch. @self: (nullable). Returns: (transfer full) (nullable) */
const RfiJobExtra *rfi_job_extra_apply (const RfiJobExtra  *self,
                                        const RfiPatch     *patch);

/* The id of the operation that created the job. @self: (nullable). Returns: (nullable) */
const char        *rfi_job_extra_get_operation  (const RfiJobExtra *self);
/* @self with that one. @self, @operation_id: (nullable). Returns: (transfer full) (nullable) */
const RfiJobExtra *rfi_job_extra_with_operation (const RfiJobExtra *self,
                                                 const char        *operation_id);

G_END_DECLS
