/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

G_BEGIN_DECLS

/* What can be taken out of a session into a file, which only its owner can read, and how what it
 * keeps is made anew. Errors are RFI_SESSION_ERROR or what the file says. */

/* As rfi-diagnostics.h. @personal: with names, addresses, and what waits in full */
void     rfi_session_export_diagnostics_async (RfiSession          *self,
                                               GFile               *file,
                                               gboolean             personal,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);

/* What waits, or of that what failed, as rfi-outbox-export.h. */
void     rfi_session_export_waiting_async     (RfiSession          *self,
                                               GFile               *file,
                                               gboolean             failed_only,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);

/* Ends both. */
gboolean rfi_session_export_finish            (RfiSession          *self,
                                               GAsyncResult        *result,
                                               GError             **error);

/* Downloads all jobs again, whatever is here. What is shown stays until then; photos, what waits,
 * conflicts, history and events stay anyway. */
void     rfi_session_rebuild_cache_async      (RfiSession          *self,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean rfi_session_rebuild_cache_finish     (RfiSession          *self,
                                               GAsyncResult        *result,
                                               GError             **error);

G_END_DECLS
