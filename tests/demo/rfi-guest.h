/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-presence.h"

G_BEGIN_DECLS

/* Somebody else at a desk of their own, as far as others see: they have a job open. */
typedef struct _RfiGuest RfiGuest;

/* Connected when it returns; whatever fails ends the tour. @token: what they signed in with */
RfiGuest *rfi_guest_new    (const char   *url,
                            const char   *token);
void      rfi_guest_attend (RfiGuest     *self,
                            const char   *job_id,
                            RfiAttention  attention);
void      rfi_guest_free   (RfiGuest     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiGuest, rfi_guest_free)

G_END_DECLS
