/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-bug"

#include "config.h"

#include "rfi-bug.h"

#ifdef RFI_PLANTED_BUGS

guint rfi_bug_alive = 0;

#endif
