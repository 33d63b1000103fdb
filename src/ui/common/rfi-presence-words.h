/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-presence.h"

G_BEGIN_DECLS

/* "Kim is editing this job since 10:42", a line for each who does, those who edit first.
 * Returns: (transfer full) */
char *rfi_presence_words (const RfiPresence *presence);

G_END_DECLS
