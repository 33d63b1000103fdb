/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A byte, as every cached job has one. */
typedef enum __attribute__ ((packed)) {
  RFI_STATUS_PENDING,
  RFI_STATUS_ASSIGNED,
  RFI_STATUS_IN_PROGRESS,
  RFI_STATUS_COMPLETED,
  RFI_STATUS_CANCELLED,
} RfiStatus;

#define RFI_N_STATUSES 5

/* The word on the wire: "pending" … "cancelled". */
const char *rfi_status_to_string  (RfiStatus    status);
gboolean    rfi_status_from_string (const char *text,
                                    RfiStatus  *status);

/* The status machine. Same to same is no step. */
gboolean    rfi_status_may_become (RfiStatus    from,
                                   RfiStatus    to);

/* Completed and cancelled jobs are over. */
gboolean    rfi_status_is_final   (RfiStatus    status);

/* The one step that a job in @status normally takes next. %FALSE if there is none. */
gboolean    rfi_status_get_next   (RfiStatus    status,
                                   RfiStatus   *next);

G_END_DECLS
