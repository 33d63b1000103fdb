/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

G_BEGIN_DECLS

/* How it stands, and what to do, each in sentences. Returns: (transfer full) */

/* The cache that may have been damaged. */
char *rfi_recovery_words_cache (RfiSession *session);
/* Coming back after a long time offline, alone or with many others. */
char *rfi_recovery_words_queue (RfiSession *session);
/* A clock that is wrong, and what carries its times. @now: ms since 1970 */
char *rfi_recovery_words_clock (RfiSession *session,
                                gint64      now);

G_END_DECLS
