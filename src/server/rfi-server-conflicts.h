/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-wire-conflict.h"

G_BEGIN_DECLS

/* The conflicts that everybody who may see the job can look at. Errors are RFI_DB_ERROR. */

/* @vendor_id: (nullable): of the job, for who may see it */
gboolean           rfi_server_conflicts_insert    (RfiDb                    *db,
                                                   const RfiConflictRecord  *record,
                                                   const char               *vendor_id,
                                                   GError                  **error);

/* Everything but id, job and title, whose operation it is, and when it was found. */
gboolean           rfi_server_conflicts_update    (RfiDb                    *db,
                                                   const RfiConflictRecord  *record,
                                                   GError                  **error);

/* @vendor_id: (out) (transfer full) (nullable) (optional). Returns: (transfer full) (nullable):
 * %NULL without @error if there is none */
RfiConflictRecord *rfi_server_conflicts_find      (RfiDb                    *db,
                                                   const char               *id,
                                                   char                    **vendor_id,
                                                   GError                  **error);

/* %FALSE without @error: it is open, or there is none. */
gboolean           rfi_server_conflicts_is_closed (RfiDb                    *db,
                                                   const char               *id,
                                                   GError                  **error);

typedef enum {
  RFI_CONFLICTS_OPEN,
  RFI_CONFLICTS_RESOLVED,
  RFI_CONFLICTS_ALL,
} RfiConflictsState;

/* Latest first, at most @limit. @vendor_id, @user_id: (nullable): only of that vendor's jobs, or
 * that person's operations. Returns: (transfer full) (element-type RfiConflictRecord) */
GPtrArray         *rfi_server_conflicts_list      (RfiDb                    *db,
                                                   RfiConflictsState         state,
                                                   const char               *vendor_id,
                                                   const char               *user_id,
                                                   gint64                    limit,
                                                   GError                  **error);

/* Those settled at @since, ms since 1970, or later; else as above. */
GPtrArray         *rfi_server_conflicts_list_settled (RfiDb                 *db,
                                                      gint64                 since,
                                                      const char            *vendor_id,
                                                      const char            *user_id,
                                                      gint64                 limit,
                                                      GError               **error);

G_END_DECLS
