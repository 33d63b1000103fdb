/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-groups.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_BOARD_MEMORY (rfi_board_memory_get_type ())

G_DECLARE_FINAL_TYPE (RfiBoardMemory, rfi_board_memory, RFI, BOARD_MEMORY, GObject)

/**
 * RfiBoardMemory:
 *
 * How a board is looked at: what it is grouped by, in which order, which finished lanes were folded
 * or unfolded. Each board has its own; what was set last in an account is where its next begins.
 *
 * Signal `changed`: all of it may be different, as for another account.
 */
RfiBoardMemory *rfi_board_memory_new          (void);

/* Takes what is remembered of its account. @session: (nullable) */
void            rfi_board_memory_set_session  (RfiBoardMemory *self,
                                               RfiSession     *session);

/* Whether its account may see jobs of several vendors. */
gboolean        rfi_board_memory_sees_vendors (RfiBoardMemory *self);

/* By vendor only for who sees several: else by status. */
RfiGrouping     rfi_board_memory_get_grouping (RfiBoardMemory *self);
void            rfi_board_memory_set_grouping (RfiBoardMemory *self,
                                               RfiGrouping     grouping);
RfiJobSort      rfi_board_memory_get_sort     (RfiBoardMemory *self);
void            rfi_board_memory_set_sort     (RfiBoardMemory *self,
                                               RfiJobSort      sort);

/* %FALSE if nobody has folded or unfolded it. @folded: (out) */
gboolean        rfi_board_memory_get_fold     (RfiBoardMemory *self,
                                               RfiStatus       status,
                                               gboolean       *folded);
void            rfi_board_memory_set_fold     (RfiBoardMemory *self,
                                               RfiStatus       status,
                                               gboolean        folded);

/* "status", "technician", "vendor". */
const char     *rfi_grouping_to_string        (RfiGrouping     grouping);
gboolean        rfi_grouping_from_string      (const char     *text,
                                               RfiGrouping    *grouping);

G_END_DECLS
