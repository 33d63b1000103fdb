/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-card-style.h"
#include "rfi-job-item.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_CARD (rfi_job_card_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobCard, rfi_job_card, RFI, JOB_CARD, GtkWidget)

/**
 * RfiJobCard:
 *
 * One job on the board. It draws itself, because a board keeps a thousand cards alive of which
 * thirty are seen; those far out of sight of their scrolled window draw nothing at all. It
 * follows its item's `state`.
 */
GtkWidget  *rfi_job_card_new      (RfiCardStyle *style);
RfiJobItem *rfi_job_card_get_item (RfiJobCard   *self);

/* @session: (nullable): knows people's names. @item: (nullable) */
void        rfi_job_card_set_item (RfiJobCard   *self,
                                   RfiSession   *session,
                                   RfiJobItem   *item);

/* The list moved: draws the card if it was out of sight and may be in sight now. */
void        rfi_job_card_wake     (RfiJobCard   *self);

/* Lays out the words of a card that is about to come into sight, @width pixels wide. */
void        rfi_job_card_prepare  (RfiJobCard   *self,
                                   int           width);

/* Somebody else opened or left the job: say so. */
void        rfi_job_card_renew    (RfiJobCard   *self);

G_END_DECLS
