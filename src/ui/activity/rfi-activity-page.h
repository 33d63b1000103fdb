/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_ACTIVITY_PAGE (rfi_activity_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiActivityPage, rfi_activity_page, RFI, ACTIVITY_PAGE, AdwBin)

/**
 * RfiActivityPage:
 *
 * What sync is doing: the changes that wait to be sent, and the connection.
 *
 * Properties: `session` (RfiSession, nullable, writable).
 */
/* @session: (nullable) */
void       rfi_activity_page_set_session (RfiActivityPage *self,
                                          RfiSession      *session);

G_END_DECLS
