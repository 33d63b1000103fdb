/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-patch.h"
#include "rfi-status.h"

G_BEGIN_DECLS

typedef enum {
  RFI_MERGE_SAME,      /* neither side, or both alike */
  RFI_MERGE_MINE,      /* only mine changed it */
  RFI_MERGE_THEIRS,    /* only theirs changed it */
  RFI_MERGE_COLLISION, /* both did, differently: the result holds theirs until a person decides */
  RFI_MERGE_BOTH,      /* both did: the result holds the items of both */
  RFI_MERGE_OVERRULED, /* both did, differently: the field's rule lets theirs stand */
} RfiMergeOutcome;

/* Three-way merge of what a person set (@mine, with what stood there in @base) into how the
 * server's job looks (@theirs, every field). Pure; used by both programs.
 *
 * @base: values of at least the fields of @mine
 * @outcomes: (out caller-allocates): one per field
 * @n_collisions: (out)
 *
 * Returns: (transfer full): every field
 */
RfiPatch *rfi_merge (const RfiPatch  *base,
                     const RfiPatch  *mine,
                     const RfiPatch  *theirs,
                     RfiMergeOutcome  outcomes[RFI_N_FIELDS],
                     guint           *n_collisions);

G_END_DECLS
