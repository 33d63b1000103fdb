/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-user.h"
#include "rfi-wire-conflict.h"

G_BEGIN_DECLS

/* What is known of a conflict besides its row. Errors are RFI_DB_ERROR. */

/* Fills in what was written while it was looked into. */
gboolean   rfi_server_cases_read_notes    (RfiDb              *db,
                                           RfiConflictRecord  *record,
                                           GError            **error);
/* One that repeats the last by the same person is that one, sent twice. */
gboolean   rfi_server_cases_add_note      (RfiDb              *db,
                                           RfiConflictRecord  *record,
                                           const RfiUser      *by,
                                           gint64              at,
                                           const char         *text,
                                           GError            **error);

/* Admins, and the dispatchers of @vendor_id (nullable).
 * Returns: (transfer full) (element-type RfiUser) */
GPtrArray *rfi_server_cases_list_deciders (RfiDb              *db,
                                           const char         *vendor_id,
                                           GError            **error);

/* When the last change of the job was typed, by the clock of its device. @at: left alone if it
 * came without an operation */
gboolean   rfi_server_cases_find_typed    (RfiDb              *db,
                                           const char         *job_id,
                                           gint64             *at,
                                           GError            **error);

G_END_DECLS
