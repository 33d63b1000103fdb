/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job-item.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_TRAY_CARD (rfi_tray_card_get_type ())

G_DECLARE_FINAL_TYPE (RfiTrayCard, rfi_tray_card, RFI, TRAY_CARD, GtkWidget)

/**
 * RfiTrayCard:
 *
 * One job that has no time yet: how urgent and how old, what and where, how long it may take, and
 * until when it is on hold. It follows its item's `state`.
 */
GtkWidget  *rfi_tray_card_new      (void);
RfiJobItem *rfi_tray_card_get_item (RfiTrayCard *self);
/* @item: (nullable) */
void        rfi_tray_card_set_item (RfiTrayCard *self,
                                    RfiJobItem  *item);

G_END_DECLS
