/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert.h"
#include "rfi-job-state.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_ALERT_ITEM (rfi_alert_item_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlertItem, rfi_alert_item, RFI, ALERT_ITEM, GObject)

/**
 * RfiAlertItem:
 *
 * One job that wants attention, in a RfiAlertList, with the reason that counts most. It stays the
 * same object for as long as the job has any reason.
 *
 * Signal `changed`: something of it did.
 */
RfiJobState *rfi_alert_item_get_state   (RfiAlertItem *self);
const char  *rfi_alert_item_get_job_id  (RfiAlertItem *self);

RfiAlertKind rfi_alert_item_get_kind    (RfiAlertItem *self);
/* What was to happen then; ms since 1970. */
gint64       rfi_alert_item_get_since   (RfiAlertItem *self);

/* Whether a person has said that they know: it waits at the end and is not counted. */
gboolean     rfi_alert_item_get_muted   (RfiAlertItem *self);
/* ms since 1970; G_MAXINT64 = for as long as the reasons stay what they are */
gint64       rfi_alert_item_get_muted_until (RfiAlertItem *self);

G_END_DECLS
