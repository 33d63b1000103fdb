/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

G_BEGIN_DECLS

/* A value of the past, put back by a new change: what was done since stays in the history, and the
 * same rules judge it as if somebody typed it. See rfi-session-commands.h and its
 * rfi_session_command_finish(); besides, RFI_SESSION_ERROR_MOVED. */

/* Whether @value could be put back now, and if not, why. */
RfiVerdict  rfi_session_check_restore (RfiSession          *self,
                                       const char          *job_id,
                                       RfiField             field,
                                       const char          *value);

/* @expected: what the person saw there; if anything else stands there by now, nothing is done. The
 * server compares with it once more. */
void        rfi_session_restore_async (RfiSession          *self,
                                       const char          *job_id,
                                       RfiField             field,
                                       const char          *expected,
                                       const char          *value,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);

G_END_DECLS
