/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-fixture.h"

#include "rfi-signed-operation.h"
#include "rfi-store-feed.h"
#include "rfi-store-letters.h"

G_BEGIN_DECLS

/* What tests of letters and of the feed share. */

#define DEVICE "00000000-0000-4000-8000-00000000000d"
#define ONE    "00000000-0000-4000-8000-000000000001"
#define TWO    "00000000-0000-4000-8000-000000000002"
#define THREE  "00000000-0000-4000-8000-000000000003"
#define FOUR   "00000000-0000-4000-8000-000000000004"
/* What the server calls the conflict over number 1. */
#define SERVER_C "00000000-0000-8000-8000-0000000000c1"
#define EPOCH  "00000000000000e1"
#define EPOCH2 "00000000000000e2"
#define SERVER "5e"

RfiDeviceKey *letters_make_key (guint8 seed);
void letters_enroll (StoreFixture *f, guint8 seed);
void letters_reopen (StoreFixture *f);
GPtrArray *letters_list_letters (StoreFixture *f);
RfiSigner *letters_get_signer (StoreFixture *f);
char *letters_show (StoreFixture *f);
GPtrArray *letters_claim (StoreFixture *f);
RfiSignedOperation *letters_read_letter (GPtrArray *claimed, guint i);
void letters_answer_with (StoreFixture *f, RfiAnswer *answer);
void letters_answer_applied (StoreFixture *f, gint64 number, gint64 version, gint64 change_seq);
void letters_answer_refused (StoreFixture *f, gint64 number, RfiAnswerKind kind);
void letters_answer_conflict (StoreFixture *f, gint64 number, const char *title);
RfiJob *letters_versioned (const char *id, const char *title, gint64 version);
RfiStorePage *letters_make_page (gboolean snapshot, const char *asked_from, const char *next,
                                 gint64 position);
void letters_add_row (RfiStorePage *page, gint64 seq, RfiJob *job, const char *gone);
RfiPageFate letters_take (StoreFixture *f, RfiStorePage *page);
void letters_start (StoreFixture *f);
RfiPageFate letters_take_delta (StoreFixture *f, const char *from, const char *to, gint64 position,
                                RfiJob *job);

G_END_DECLS
