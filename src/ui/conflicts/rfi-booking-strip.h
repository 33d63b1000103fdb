/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-schedule-check.h"

G_BEGIN_DECLS

#define RFI_TYPE_BOOKING_STRIP (rfi_booking_strip_get_type ())

G_DECLARE_FINAL_TYPE (RfiBookingStrip, rfi_booking_strip, RFI, BOOKING_STRIP, GtkWidget)

/**
 * RfiBookingStrip:
 *
 * A small timeline of the bookings that are in each other's way, one on each line, with the time
 * they share marked. The same in words is its accessible description.
 */
GtkWidget *rfi_booking_strip_new   (void);
/* The first one is the job that is decided about. */
void       rfi_booking_strip_add   (RfiBookingStrip *self,
                                    const char      *title,
                                    const RfiSpan   *span);

G_END_DECLS
