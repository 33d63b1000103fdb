/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-list.h"
#include "rfi-print-document.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* The papers of a dispatcher's day. All return (transfer full); times are this place's. */

/* All that is known of one job, with lines for who does it to write on. */
RfiPrintDocument *rfi_print_sheets_job      (RfiSession   *session,
                                             RfiJob       *job);

/* Every open job that passes @filter, by status, the most urgent first. */
RfiPrintDocument *rfi_print_sheets_board    (RfiSession   *session,
                                             RfiJobFilter *filter);

/* What this technician has before them, as planned, the most urgent first otherwise. */
RfiPrintDocument *rfi_print_sheets_route    (RfiSession   *session,
                                             const char   *technician_id);

/* For who comes next: how many of what there is, what wants attention and why, what is under way.
 * @alerts: (nullable) */
RfiPrintDocument *rfi_print_sheets_handover (RfiSession   *session,
                                             RfiAlertList *alerts);

G_END_DECLS
