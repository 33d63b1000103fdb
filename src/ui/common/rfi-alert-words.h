/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The rules as the settings of the console have them: minutes there, 0 = off. */
void        rfi_alert_words_read_rules (GSettings     *settings,
                                        RfiAlertRules *rules);

/* Whether @now, ms since 1970, lies in the quiet hours of this place. */
gboolean    rfi_alert_words_is_quiet   (GSettings     *settings,
                                        gint64         now);

/* "Act now", "Watch", and the symbol and style class that go with it. */
const char *rfi_alert_words_severity   (RfiSeverity    severity);
const char *rfi_alert_words_icon       (RfiSeverity    severity);
const char *rfi_alert_words_class      (RfiSeverity    severity);

/* Why a job wants attention, in one sentence without its stop: "Nobody has it, 42 min after it
 * came in". @since: as RfiAlertCheck says; @now: ms since 1970. Returns: (transfer full) */
char       *rfi_alert_words_reason     (RfiAlertKind   kind,
                                        gint64         since,
                                        gint64         now);

/* "due in 40 min", "late by 2 h". @deadline: ms since 1970. Returns: (transfer full) */
char       *rfi_alert_words_due        (gint64         deadline,
                                        gint64         now);

G_END_DECLS
