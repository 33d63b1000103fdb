/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells systemd, if it started this: sd_notify(3). */
void rfi_server_notify (const char *state);

G_END_DECLS
