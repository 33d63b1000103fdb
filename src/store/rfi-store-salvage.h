/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"

G_BEGIN_DECLS

/* What of @found, an operation of a damaged file, is to be done with the file that takes its place:
 * itself as a rule, one change for each kind of field for a decision, nothing for what the server
 * has or brings back. Their places in the order are still to be given.
 * Returns: (transfer full) (element-type RfiOperation) */
GPtrArray *rfi_store_salvage_operation (const RfiOperation *found);

G_END_DECLS
