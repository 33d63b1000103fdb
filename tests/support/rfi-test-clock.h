/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"

G_BEGIN_DECLS

#define RFI_TYPE_TEST_CLOCK (rfi_test_clock_get_type ())

G_DECLARE_FINAL_TYPE (RfiTestClock, rfi_test_clock, RFI, TEST_CLOCK, GObject)

/* A clock that stands still until it is told. */
RfiTestClock *rfi_test_clock_new         (void);

/* A clock that runs @speed times as fast as the real one, for tests with real processes. */
RfiTestClock *rfi_test_clock_new_fast    (guint         speed);

/* Lets @ms pass: what is due fires, in order, each at its own time. */
void          rfi_test_clock_advance     (RfiTestClock *self,
                                          gint64        ms);
/* Of a fast clock: nobody waits for the first timer, it is due. */
void          rfi_test_clock_skip        (RfiTestClock *self);
/* ms until the first timer; -1 = none is armed */
gint64        rfi_test_clock_get_next    (RfiTestClock *self);

/* Moves the wall clock alone, as a person or a time server does. */
void          rfi_test_clock_step_wall   (RfiTestClock *self,
                                          gint64        ms);

G_END_DECLS
