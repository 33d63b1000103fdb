/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * RfiListener:
 *
 * Takes connections and hands them to a SoupServer: no more than allowed at once, and none
 * that says nothing for a minute.
 */
typedef struct _RfiListener RfiListener;

/* @certificate: (nullable): speaks TLS with it */
RfiListener *rfi_listener_new       (SoupServer       *server,
                                     GTlsCertificate  *certificate,
                                     guint             max_connections);
void         rfi_listener_free      (RfiListener      *self);

/* @port: 0 for any free one */
gboolean     rfi_listener_open      (RfiListener      *self,
                                     GInetAddress     *address,
                                     guint             port,
                                     GError          **error);
/* A socket that somebody else opened, systemd say. Takes @fd.
 * @may_be_public: %FALSE refuses one that is open to other machines */
gboolean     rfi_listener_adopt     (RfiListener      *self,
                                     int               fd,
                                     gboolean          may_be_public,
                                     GError          **error);
guint        rfi_listener_get_port  (RfiListener      *self);
guint        rfi_listener_get_count (RfiListener      *self);

/* Takes no more connections; those there are stay. */
void         rfi_listener_close     (RfiListener      *self);

G_END_DECLS
