/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-devices.h"

G_BEGIN_DECLS

/* Whose it is, and when it was seen. Returns: (transfer full) */
char       *rfi_device_words_summary  (const RfiKnownDevice *device);
/* "5 minutes ahead". Returns: (transfer full) */
char       *rfi_device_words_clock    (const RfiKnownDevice *device);
/* What revoking it will do. Returns: (transfer full) */
char       *rfi_device_words_loss     (const RfiKnownDevice *device);
/* "Revoked", "Silent" …, and its colour. @style: (out) */
const char *rfi_device_words_standing (const RfiKnownDevice *device,
                                       gint64                now,
                                       const char          **style);

G_END_DECLS
