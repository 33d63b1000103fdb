/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Stands for another program on the session bus, on a connection of its own: owns @name, with an
 * object where that name is a path. @xml: the methods of its one interface, which has the name too.
 * Calls come on the caller's thread-default main context. Returns: (transfer full) */
GDBusConnection *rfi_test_bus_serve (const char                  *name,
                                     const char                  *xml,
                                     GDBusInterfaceMethodCallFunc call);

G_END_DECLS
