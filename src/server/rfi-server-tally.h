/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-canonical.h"
#include "rfi-db.h"

G_BEGIN_DECLS

/* A scope, by what it is of and whose: see rfi-server-sums.c. */
typedef struct
{
  const char *id;      /* (nullable): kept by the tally, the same text is the same address */
  char        letter;
  gint64      n;
  guint64     sum;
} RfiServerTallySum;

/* Where it stands. */
typedef struct
{
  gint64 head;                              /* of the order of changes; 0 = not asked for yet */
  gint64 audit_n;                           /* of the history's end; -1 = not asked for yet */
  char   audit_hash[RFI_HASH_LENGTH + 1];
  guint  n_sums;
} RfiServerTallyMark;

/**
 * RfiServerTally:
 *
 * What each change of many in one transaction would write to the same few rows, so that it is
 * written once, behind the last of them. While a connection has one, rfi-server-head, -sums and
 * -audit go by it. Used in the connection's thread.
 */
typedef struct
{
  RfiServerTallyMark  mark;
  GArray             *sums;        /* (owned) (element-type RfiServerTallySum): what is added */
  GStringChunk       *texts;       /* (owned) */
  char               *actor_id;    /* (owned) (nullable): whose name is known */
  char               *actor_name;  /* (owned) (nullable) */
} RfiServerTally;

/* Inside a transaction, which is to end with a kept tally or be rolled back. */
void            rfi_server_tally_begin   (RfiDb                    *db);

/* Returns: (nullable): %NULL if the connection has none */
RfiServerTally *rfi_server_tally_get     (RfiDb                    *db);

void            rfi_server_tally_add_sum (RfiServerTally           *self,
                                          char                      letter,
                                          const char               *id,
                                          gint64                    n,
                                          guint64                   sum);

/* As it was at @mark, for what is rolled back to a savepoint of then. */
void            rfi_server_tally_undo    (RfiServerTally           *self,
                                          const RfiServerTallyMark *mark);

/* Writes what is to be written. Errors are RFI_DB_ERROR. */
gboolean        rfi_server_tally_keep    (RfiDb                    *db,
                                          GError                  **error);

/* Forgets what was not kept. */
void            rfi_server_tally_end     (RfiDb                    *db);

G_END_DECLS
