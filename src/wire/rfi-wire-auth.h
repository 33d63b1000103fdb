/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-user.h"

G_BEGIN_DECLS

/* Answers about people and the server itself. Lists: (transfer full) (element-type RfiUser). */

/* @token: (out) (transfer full)
 * @user: (out) (transfer full) */
gboolean   rfi_wire_login_parse        (const char    *data,
                                        gssize         length,
                                        char         **token,
                                        RfiUser      **user,
                                        GError       **error);
void       rfi_wire_login_append       (GString       *out,
                                        const char    *token,
                                        const RfiUser *user);

GPtrArray *rfi_wire_technicians_parse  (const char    *data,
                                        gssize         length,
                                        GError       **error);
void       rfi_wire_technicians_append (GString       *out,
                                        GPtrArray     *users);
/* For requests with ?fields=v1: with skills, workingHours and active too. */
void       rfi_wire_technicians_append_v1 (GString     *out,
                                        GPtrArray     *users);

/* A vendor is told as a dispatcher: vendor_id is its id, display_name its name. */
GPtrArray *rfi_wire_vendors_parse      (const char    *data,
                                        gssize         length,
                                        GError       **error);
void       rfi_wire_vendors_append     (GString       *out,
                                        GPtrArray     *users);

/* One user as kept in the keyring beside the token. from: (transfer full) */
void       rfi_wire_user_append        (GString       *out,
                                        const RfiUser *user);
RfiUser   *rfi_wire_user_parse         (const char    *data,
                                        gssize         length,
                                        GError       **error);

/* @url: (out) (transfer full)
 * @token: (out) (transfer full) */
gboolean   rfi_wire_negotiate_parse    (const char    *data,
                                        gssize         length,
                                        char         **url,
                                        char         **token,
                                        GError       **error);
/* Whether that hub knows what rfi-wire-presence.h says. */
gboolean   rfi_wire_negotiate_has_presence (const char *data,
                                            gssize      length);
void       rfi_wire_negotiate_append   (GString       *out,
                                        const char    *url,
                                        const char    *token);

/* The time in a token's "exp", unverified, in ms since 1970. %FALSE if it has none. */
gboolean   rfi_wire_jwt_get_expiry     (const char    *token,
                                        gint64        *expires_at);

G_END_DECLS
