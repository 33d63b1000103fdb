/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the desktop tells in the name of @application, under @id, for which a later one of the
 * same id stands in. Where the desktop has nobody who tells, nothing is told and nobody is
 * warned of it. Main thread only. */
void rfi_announcement_send     (GApplication  *application,
                                const char    *id,
                                GNotification *notification);
/* Also what is not told yet. */
void rfi_announcement_withdraw (GApplication  *application,
                                const char    *id);

G_END_DECLS
