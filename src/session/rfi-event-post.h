/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-event-trouble.h"
#include "rfi-store.h"
#include "rfi-sync-thread.h"

G_BEGIN_DECLS

#define RFI_TYPE_EVENT_POST (rfi_event_post_get_type ())

G_DECLARE_FINAL_TYPE (RfiEventPost, rfi_event_post, RFI, EVENT_POST, GObject)

/**
 * RfiEventPost:
 *
 * Gives the server the events of this computer, in their order and with the ids they were recorded
 * under, so that what comes twice is recognised; then archives by the rule of rfi-sync-log.h what
 * the server has. Where a server takes none, the archive has them all. For the main thread.
 */
/* @clock: (nullable): the system's */
RfiEventPost *rfi_event_post_new  (RfiStore      *store,
                                   const char    *account_dir,
                                   RfiClock      *clock);
/* If it is not under way, was not a minute ago, and there is something to do. What fails is done
 * another time. @sync: (nullable): nothing is sent. @takes: whether the server takes events */
void          rfi_event_post_send (RfiEventPost  *self,
                                   RfiSyncThread *sync,
                                   gboolean       takes);
/* As above, but now. finish: RFI_SESSION_ERROR */
void          rfi_event_post_send_now_async (RfiEventPost        *self,
                                   RfiSyncThread       *sync,
                                   gboolean             takes,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean      rfi_event_post_send_now_finish (RfiEventPost  *self,
                                   GAsyncResult  *result,
                                   GError       **error);
/* What went wrong the last time. @since: (out): ms since 1970: when it first did
 * @error: (out) (nullable) */
RfiEventTrouble rfi_event_post_get_trouble (RfiEventPost  *self,
                                   gint64        *since,
                                   const GError **error);
void          rfi_event_post_stop (RfiEventPost  *self);

G_END_DECLS
