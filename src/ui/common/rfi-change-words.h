/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"

G_BEGIN_DECLS

/* The fields in which @now differs from @then, as words: "status, technician". Returns: (transfer
 * full) (nullable): %NULL if a person would see no difference */
char *rfi_change_words_fields (const RfiJob *then,
                               const RfiJob *now);

G_END_DECLS
