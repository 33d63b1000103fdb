/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Named by what can be done about it. */
typedef enum {
  RFI_DB_ERROR_FULL,        /* no space left: free some */
  RFI_DB_ERROR_IO,          /* the disk failed a call: reopen and look again */
  RFI_DB_ERROR_DAMAGED,     /* not a database, or a broken one: set it aside */
  RFI_DB_ERROR_NEWER,       /* written by a newer program: update this one */
  RFI_DB_ERROR_BUSY,        /* another process holds it */
  RFI_DB_ERROR_DENIED,      /* no permission */
  RFI_DB_ERROR_CONSTRAINT,  /* the row exists, or points nowhere */
  RFI_DB_ERROR_MEMORY,      /* there was none: the same may go well later */
  RFI_DB_ERROR_FAILED,      /* a mistake in the program */
} RfiDbError;

#define RFI_DB_ERROR (rfi_db_error_quark ())

GQuark     rfi_db_error_quark       (void);
RfiDbError rfi_db_error_from_sqlite (int    extended_code);

G_END_DECLS
