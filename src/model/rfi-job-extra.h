/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-patch.h"

G_BEGIN_DECLS

#define RFI_N_EXTRA_FIELDS (RFI_N_FIELDS - RFI_N_CONTRACT_FIELDS)

/**
 * RfiJobExtra:
 *
 * The values of a job's fields beyond the contract's. Most jobs have none of them and then no
 * RfiJobExtra either. Read only, counted, safe to share between threads.
 */
typedef struct _RfiJobExtra RfiJobExtra;

/* @values: text of each extra field in their order, %NULL for "".
 * Returns: (transfer full) (nullable): %NULL if all are empty */
const RfiJobExtra *rfi_job_extra_new   (const char *const  *values);
const RfiJobExtra *rfi_job_extra_ref   (const RfiJobExtra  *self);
void               rfi_job_extra_unref (const RfiJobExtra  *self);

/* @self: (nullable). @field: an extra one. "" for what is not there */
const char        *rfi_job_extra_get   (const RfiJobExtra  *self,
                                        RfiField            field);

/* @self with the values of @patch. @self: (nullable). Returns: (transfer full) (nullable) */
const RfiJobExtra *rfi_job_extra_apply (const RfiJobExtra  *self,
                                        const RfiPatch     *patch);

G_END_DECLS
