/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RfiTestValve:
 *
 * Stands between a console and a real server on this computer and passes every byte on, but of
 * what the console sends on one connection no more than it is told to: the rest waits, in the
 * console at last. Where the server goes away, the connection is reset. Works in threads of its
 * own.
 */
typedef struct _RfiTestValve RfiTestValve;

/* @limit: in bytes, more than any request that is not to be held */
RfiTestValve *rfi_test_valve_new     (const char   *server_url,
                                      gsize         limit);
void          rfi_test_valve_free    (RfiTestValve *self);

/* "http://127.0.0.1:PORT" */
const char   *rfi_test_valve_get_url (RfiTestValve *self);

/* From now on, for what waits as for what comes. */
void          rfi_test_valve_set     (RfiTestValve *self,
                                      gsize         limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTestValve, rfi_test_valve_free)

G_END_DECLS
