/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-seal.h"

G_BEGIN_DECLS

/* What the tables are called in their rows' seals. */
#define RFI_ROWS_JOB "job"
#define RFI_ROWS_PHOTO "photo"
#define RFI_ROWS_OUTBOX "outbox"
#define RFI_ROWS_CONFLICT "conflict"
#define RFI_ROWS_AUDIT "audit"
#define RFI_ROWS_LETTER "letter"
#define RFI_ROWS_PERSON "person"
#define RFI_ROWS_TOLD "told"

/* The most values that one row seals. */
#define RFI_ROW_SEAL_MAX 24

/* A row that does not open any more. */
typedef struct
{
  const char *table;  /* (not owned): lives as long as the program */
  char       *id;     /* (owned): as it was sealed with */
} RfiBrokenRow;

/**
 * RfiRowSeal:
 *
 * What a person could read of a row is one sealed value of it: texts in a fixed order, to which
 * later versions add at the end. Goes along with a connection. In its statements
 * seal(table, id, version, text…) makes such a value, and reseal(table, id, version, sealed) makes
 * one of an older key's. For the thread of the connection.
 */
typedef struct _RfiRowSeal RfiRowSeal;

gboolean   rfi_row_seal_attach      (RfiDb               *db,
                                     RfiSeal             *seal,
                                     GError             **error);

/* Until the next call it may be bound. @values: (nullable) each */
void       rfi_row_seal_bind        (RfiDb               *db,
                                     sqlite3_stmt        *statement,
                                     int                  position,
                                     const RfiSealPlace  *place,
                                     const char *const   *values,
                                     guint                n_values);
/* Whether the seal is whole. Otherwise the row is to be treated as if it were not there, and what
 * of it can be had again is asked for, see rfi_store_mend().
 * @values: (out) (nullable) each: until the next call; %NULL for what the row's writer did not
 * know of */
gboolean   rfi_row_seal_read        (RfiDb               *db,
                                     sqlite3_stmt        *row,
                                     int                  column,
                                     const RfiSealPlace  *place,
                                     const char         **values,
                                     guint                n_values);

/* Those found since the last call. Returns: (transfer full) (nullable)
 * (element-type RfiBrokenRow): %NULL for none */
GPtrArray *rfi_row_seal_take_broken (RfiDb               *db);

G_END_DECLS
