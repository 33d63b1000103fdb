/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

/* What a person has said they know of a job: the reasons there were. */
typedef struct
{
  guint  kinds;                     /* bits */
  gint64 since[RFI_N_ALERT_KINDS];  /* of those, ms since 1970 */
  gint64 until;                     /* ms since 1970; G_MAXINT64 = as long as they stay so */
} RfiAlertMute;

/**
 * RfiAlertFile:
 *
 * What one account's person knows of which jobs, in one sealed file. It reads and writes this
 * small file at once.
 */
typedef struct _RfiAlertFile RfiAlertFile;

/* That of the session's account. Returns: (transfer full) (nullable): once it is closed */
RfiAlertFile *rfi_session_open_alert_file (RfiSession *session);
void          rfi_alert_file_free  (RfiAlertFile  *self);

/* Whether a job is worth remembering that is not there: for a month. @now: ms since 1970 */
gboolean      rfi_alert_mute_is_recent (const RfiAlertMute *mute,
                                        gint64              now);

/* What cannot be read counts as nothing, and is said in the log.
 * Returns: (transfer full) (element-type utf8 RfiAlertMute): by job */
GHashTable   *rfi_alert_file_read  (RfiAlertFile  *self);
/* @mutes: (element-type utf8 RfiAlertMute). Errors are G_FILE_ERROR. */
gboolean      rfi_alert_file_write (RfiAlertFile  *self,
                                    GHashTable    *mutes,
                                    GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiAlertFile, rfi_alert_file_free)

G_END_DECLS
