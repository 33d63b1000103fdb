/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RfiLimiter:
 *
 * Token buckets by name: each holds @burst at most and regains @rate a second. Full buckets
 * are forgotten, so memory is bounded by who was busy lately. For one thread.
 */
typedef struct _RfiLimiter RfiLimiter;

RfiLimiter *rfi_limiter_new    (double       rate,
                                double       burst);
void        rfi_limiter_free   (RfiLimiter  *self);

/* Whether @name has at least one left; @now in ms, never stepping back.
 * @retry_after: (out): seconds to wait if not */
gboolean    rfi_limiter_check  (RfiLimiter  *self,
                                const char  *name,
                                gint64       now,
                                guint       *retry_after);
/* Takes one, below zero too. */
void        rfi_limiter_take   (RfiLimiter  *self,
                                const char  *name,
                                gint64       now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiLimiter, rfi_limiter_free)

G_END_DECLS
