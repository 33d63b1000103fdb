/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-error"

#include "config.h"

#include "rfi-server-error.h"

G_DEFINE_QUARK (rfi-server-error-quark, rfi_server_error)
