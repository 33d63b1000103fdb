/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-server-options.h"
#include "rfi-server-store.h"

G_BEGIN_DECLS

/**
 * RfiServer:
 *
 * The whole server: listens, answers, tells, and ends in order. Belongs to the thread whose
 * default main context it is made in.
 */
typedef struct _RfiServer RfiServer;

/* @options: must outlive it. Listens when this returns. */
RfiServer  *rfi_server_new         (const RfiServerOptions *options,
                                    RfiServerStore         *store,
                                    GError                **error);
void        rfi_server_free        (RfiServer              *self);

/* "http://127.0.0.1:PORT" */
const char *rfi_server_get_url     (RfiServer              *self);

/* Takes no more connections, finishes the requests there are, or gives them up after ten
 * seconds, then calls @done. */
void        rfi_server_stop        (RfiServer              *self,
                                    GSourceFunc             done,
                                    gpointer                user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiServer, rfi_server_free)

G_END_DECLS
