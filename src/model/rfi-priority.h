/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ordered: a greater value is more urgent. */
typedef enum __attribute__ ((packed)) {
  RFI_PRIORITY_LOW,
  RFI_PRIORITY_MEDIUM,
  RFI_PRIORITY_HIGH,
  RFI_PRIORITY_URGENT,
} RfiPriority;

#define RFI_N_PRIORITIES 4

/* The word on the wire: "low" … "urgent". */
const char *rfi_priority_to_string   (RfiPriority  priority);
gboolean    rfi_priority_from_string (const char  *text,
                                      RfiPriority *priority);

G_END_DECLS
