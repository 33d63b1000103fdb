/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_TYPE_RANDOM (rfi_random_get_type ())

G_DECLARE_FINAL_TYPE (RfiRandom, rfi_random, RFI, RANDOM, GObject)

/**
 * RfiRandom:
 *
 * Randomness handed in from outside. One made with a seed repeats itself (for
 * simulation, sample data and tests); one made without is seeded by the system.
 * Not for keys. For one thread at a time.
 */
RfiRandom *rfi_random_new      (void);
RfiRandom *rfi_random_new_seed (guint64    seed);

guint64    rfi_random_u64      (RfiRandom *self);

/* Evenly in [0, @end); 0 for @end 0. */
guint64    rfi_random_range    (RfiRandom *self,
                                guint64    end);

/* Evenly in [0, 1). */
double     rfi_random_unit     (RfiRandom *self);

/* A version 4 UUID in lower case. Returns: (transfer full) */
char      *rfi_random_uuid     (RfiRandom *self);

G_END_DECLS
