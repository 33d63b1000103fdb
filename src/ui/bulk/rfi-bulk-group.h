/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-bulk.h"

G_BEGIN_DECLS

typedef enum {
  RFI_BULK_GROUP_READY,
  RFI_BULK_GROUP_DONE,
  RFI_BULK_GROUP_REFUSED,
  RFI_BULK_GROUP_LEFT,     /* was stopped before it began */
  RFI_BULK_GROUP_SAME,
} RfiBulkGroupKind;

/**
 * RfiBulkGroup:
 *
 * Entries of a bulk with which it is the same, before or after the run: what will change, what
 * was done, and what can't be for one reason. Plain data.
 */
typedef struct
{
  RfiBulkGroupKind  kind;
  char             *title;     /* "18 will change", "2 can’t" */
  char             *reason;    /* one sentence; "" if there is none */
  GPtrArray        *entries;   /* (owned) (element-type RfiBulkEntry) */
} RfiBulkGroup;

void       rfi_bulk_group_free      (RfiBulkGroup *self);

/* @ran: whether it was run. Returns: (transfer full) (element-type RfiBulkGroup): what is as it
 * should be first, then by how many */
GPtrArray *rfi_bulk_group_list      (RfiBulk      *bulk,
                                     gboolean      ran);

/* All of them in one line: "18 will change, 2 can’t". Returns: (transfer full) */
char      *rfi_bulk_group_summarise (GPtrArray    *groups);

G_END_DECLS
