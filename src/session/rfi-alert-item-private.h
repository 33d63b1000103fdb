/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-item.h"

G_BEGIN_DECLS

/* What a list says of its items. */
typedef struct
{
  RfiAlertKind kind;
  gint64       since;
  gint64       muted_until;  /* 0 = not muted */
  guint        row;
} RfiAlertFacts;

RfiAlertItem        *_rfi_alert_item_new       (RfiJobState         *state,
                                                const RfiAlertFacts *facts);
const RfiAlertFacts *_rfi_alert_item_get_facts (RfiAlertItem        *self);
void                 _rfi_alert_item_set       (RfiAlertItem        *self,
                                                RfiJobState         *state,
                                                const RfiAlertFacts *facts);

void                 _rfi_alert_item_tell      (RfiAlertItem        *self);

/* For sorting: what is to be looked at first, first. */
int                  _rfi_alert_item_compare   (gconstpointer        a,
                                                gconstpointer        b,
                                                gpointer             unused);

G_END_DECLS
