/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"
#include "rfi-sync-thread.h"

G_BEGIN_DECLS

#define RFI_TYPE_EVENT_POST (rfi_event_post_get_type ())

G_DECLARE_FINAL_TYPE (RfiEventPost, rfi_event_post, RFI, EVENT_POST, GObject)

/**
 * RfiEventPost:
 *
 * Gives the server the events of this computer, in their order and with the ids they were recorded
 * under, so that what comes twice is recognised; then archives by the rule of rfi-sync-log.h. For
 * the main thread.
 */
RfiEventPost *rfi_event_post_new  (RfiStore      *store,
                                   const char    *account_dir);
/* If it is not under way and was not a minute ago. What fails is sent again another time. */
void          rfi_event_post_send (RfiEventPost  *self,
                                   RfiSyncThread *sync);
void          rfi_event_post_stop (RfiEventPost  *self);

G_END_DECLS
