/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-random.h"
#include "rfi-user.h"

G_BEGIN_DECLS

typedef enum {
  RFI_TRADE_REFRIGERATION,
  RFI_TRADE_HVAC,
  RFI_TRADE_ELECTRICAL,
  RFI_TRADE_PLUMBING,
  RFI_TRADE_DOORS,
  RFI_TRADE_POS,
} RfiTrade;

#define RFI_N_TRADES 6

/* A company of @trade. Different numbers give different names, up to some thousands; then they
 * repeat with a number behind. Returns: (transfer full) */
char    *rfi_sample_company_name (RfiTrade     trade,
                                  guint        number);

/* "Blue Ridge Electric" → "blueridgeelectric.example". Returns: (transfer full) */
char    *rfi_sample_company_host (const char  *name);

/* What a job of @trade takes, as one word. */
const char *rfi_sample_trade_skill (RfiTrade  trade);

/* Somebody who does not exist. @number tells people of one company apart; @trades: the company's
 * two. Returns: (transfer full) */
RfiUser *rfi_sample_technician   (const char     *vendor_id,
                                  const RfiTrade *trades,
                                  const char     *host,
                                  guint           number,
                                  RfiRandom      *random);

/* What a technician of these @trades knows and when they work. @user: gets it; its skills are
 * (transfer full) */
void     rfi_sample_technician_qualify (RfiUser        *user,
                                        const RfiTrade *trades,
                                        guint           number);

G_END_DECLS
