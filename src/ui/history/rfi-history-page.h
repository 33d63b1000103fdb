/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_PAGE (rfi_history_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryPage, rfi_history_page, RFI, HISTORY_PAGE, AdwBin)

/**
 * RfiHistoryPage:
 *
 * Everything that is known to have happened, newest first.
 *
 * Properties: `session` (RfiSession, nullable, writable).
 */
/* @session: (nullable) */
void       rfi_history_page_set_session (RfiHistoryPage *self,
                                         RfiSession     *session);

/* Shows these entries and no others. @job_id, @user_id, @device_id: (nullable) */
void       rfi_history_page_look_for    (RfiHistoryPage *self,
                                         const char     *job_id,
                                         const char     *user_id,
                                         const char     *device_id);

G_END_DECLS
