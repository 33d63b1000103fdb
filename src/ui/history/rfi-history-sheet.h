/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"

G_BEGIN_DECLS

typedef enum {
  RFI_HISTORY_CSV,   /* words for people and their spreadsheets */
  RFI_HISTORY_JSON,  /* an array of objects, with values as they are kept */
} RfiHistoryFormat;

/* An entry of history with what it does not say itself. */
typedef struct
{
  RfiAuditEntry *entry;   /* (owned) */
  char          *who;     /* (owned) */
  char          *job;     /* (owned): its title */
  char          *before;  /* (owned) (nullable): a person's name in the place of the value */
  char          *after;   /* (owned) (nullable): likewise */
} RfiHistoryRow;

void rfi_history_row_clear    (RfiHistoryRow       *row);

/* The parts of a file, in their order; from any thread. @first: nothing was appended before it */
void rfi_history_sheet_begin  (RfiHistoryFormat     format,
                               GString             *out);
void rfi_history_sheet_append (RfiHistoryFormat     format,
                               const RfiHistoryRow *row,
                               gboolean             first,
                               GString             *out);
void rfi_history_sheet_end    (RfiHistoryFormat     format,
                               GString             *out);

G_END_DECLS
