/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-letter.h"

G_BEGIN_DECLS

/* Which letters go next, and together. Pure.
 *
 * The order among the letters of one job is absolute: they are a chain, and only its first one
 * competes; once that is in the batch the next one does. A chain that meets what waits for a
 * person, for its next try or for a photo ends there. Of those that compete the most urgent goes
 * first, and as urgent as a chain's most urgent letter is all that stands before it; among equals
 * the one typed first. So a batch never holds a letter without those it has to follow.
 */

/* After so many that were typed later have overtaken, the oldest goes, whatever its class. */
#define RFI_SYNC_BATCH_PATIENCE 8

typedef struct
{
  GPtrArray  *letters;      /* (element-type RfiLetter): all of them, by position */
  const char *user_id;      /* whose letters may be sent */
  GHashTable *due;          /* (nullable): operation id → gint64 *: not before this time */
  gint64      now;          /* the time of @due's clock */
  guint       max_letters;
  gsize       max_bytes;    /* as they are in the request; a single one may have more */
  guint       n_overtakes;  /* (inout): 0 at first; kept from batch to batch */
  gint64      next_due;     /* (out): when the first of those put off may be tried; G_MAXINT64 */
} RfiSyncBatchChoice;

/* What a request adds to the bytes of each. */
#define RFI_SYNC_BATCH_OVERHEAD 130

/* All of one device and epoch. Returns: (transfer full) (element-type RfiLetter) */
GPtrArray *rfi_sync_batch_pick (RfiSyncBatchChoice *choice);

G_END_DECLS
