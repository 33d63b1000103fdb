/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-presence.h"

G_BEGIN_DECLS

#define RFI_TYPE_ATTENDANCE (rfi_attendance_get_type ())

G_DECLARE_FINAL_TYPE (RfiAttendance, rfi_attendance, RFI, ATTENDANCE, GObject)

/**
 * RfiAttendance:
 *
 * Which jobs are open here, told to a server that knows what to do with it whenever there is a
 * connection; and who has which job open elsewhere. For the context of its remote.
 *
 * Signal "presence" (RfiPresence *): somebody came or went; %NULL: nothing is known of anybody any
 * more.
 */
RfiAttendance *rfi_attendance_new   (void);

/* RFI_ATTENTION_NONE: it is open no more. */
void           rfi_attendance_set   (RfiAttendance *self,
                                     const char    *job_id,
                                     RfiAttention   attention);

/* For the connection. @send takes whole records, until it is closed. */
typedef void (*RfiAttendanceSendFunc) (const GString *records,
                                       gpointer       user_data);
void           rfi_attendance_open  (RfiAttendance         *self,
                                     RfiClock              *clock,
                                     RfiAttendanceSendFunc  send,
                                     gpointer               user_data);
void           rfi_attendance_close (RfiAttendance *self);
void           rfi_attendance_hear  (RfiAttendance *self,
                                     RfiPresence   *presence);

G_END_DECLS
