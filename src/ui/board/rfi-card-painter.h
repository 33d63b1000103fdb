/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-card-style.h"
#include "rfi-job-item.h"
#include "rfi-presence.h"

G_BEGIN_DECLS

/* Draws one card: ground, shadow, strip, symbols, text and emblem.
 *
 * @styled: ground, ring and shadow are the style sheet's
 * @assignee: (nullable): the name of who has the job; %NULL if nobody
 * @width: of the card, in pixels.
 * @presence: (nullable): who else has it open; %NULL if nobody */
void rfi_card_painter_paint (RfiCardStyle *style,
                             GtkWidget    *widget,
                             int           width,
                             GtkSnapshot  *snapshot,
                             RfiJobItem   *item,
                             gboolean      styled,
                             const char   *assignee,
                             const RfiPresence *presence);

/* Has what the first cards need besides their words read before there are any.
 *
 * @widget: that the cards will be in */
void rfi_card_painter_preload (RfiCardStyle *style,
                               GtkWidget    *widget);

G_END_DECLS
