/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-deed.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* The one way from what a person wants to an operation on disk, for single commands, bulks and
 * undoing. */

/* Whether the person may do it now. @patch: (nullable): what it sets */
RfiVerdict  _rfi_session_check_change (RfiSession          *self,
                                       const char          *job_id,
                                       RfiOperationKind     kind,
                                       const RfiPatch      *patch);
/* @technician_id: "" takes them off */
RfiVerdict  _rfi_session_check_technician (RfiSession      *self,
                                           const RfiJob    *job,
                                           const char      *technician_id);

/* What of it would be new to the job. Returns: (transfer full) */
RfiPatch   *_rfi_session_find_news    (const RfiJob        *job,
                                       RfiOperationKind     kind,
                                       const RfiPatch      *patch);

/* Answers when it is durable here. finish: (transfer full) (nullable): what was done; %NULL without
 * an error if there was nothing to do */
void        _rfi_session_run_async    (RfiSession          *self,
                                       const char          *job_id,
                                       RfiOperationKind     kind,
                                       RfiPatch            *patch,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
RfiDeed    *_rfi_session_run_finish   (RfiSession          *self,
                                       GAsyncResult        *result,
                                       GError             **error);

/* Puts what was done on the stack, or a barrier. @deeds: (element-type RfiDeed) */
void        _rfi_session_record       (RfiSession          *self,
                                       GPtrArray           *deeds);
void        _rfi_session_record_one   (RfiSession          *self,
                                       RfiDeed             *deed);
/* Something was done to a job that cannot be undone. */
void        _rfi_session_record_barrier (RfiSession        *self,
                                         const char        *job_id,
                                         RfiOperationKind   kind);

G_END_DECLS
