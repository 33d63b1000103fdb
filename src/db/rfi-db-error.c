/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-db-error"

#include "config.h"

#include "rfi-db-error.h"

#include <sqlite3.h>

G_DEFINE_QUARK (rfi-db-error-quark, rfi_db_error)

RfiDbError
rfi_db_error_from_sqlite (int extended_code)
{
  switch (extended_code & 0xff)
    {
    case SQLITE_FULL:
      return RFI_DB_ERROR_FULL;
    case SQLITE_IOERR:
      return RFI_DB_ERROR_IO;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return RFI_DB_ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return RFI_DB_ERROR_BUSY;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return RFI_DB_ERROR_DENIED;
    case SQLITE_CONSTRAINT:
      return RFI_DB_ERROR_CONSTRAINT;
    case SQLITE_NOMEM:
      return RFI_DB_ERROR_MEMORY;
    default:
      return RFI_DB_ERROR_FAILED;
    }
}
