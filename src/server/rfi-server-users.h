/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* The table of people. Functions that answer a user: (transfer full) (nullable), %NULL without
 * @error: there is none. Lists: (transfer full) (element-type RfiUser). */

gboolean   rfi_server_users_insert           (RfiDb   *db,
                                              const RfiUser  *user,
                                              const char     *password_hash,
                                              GError        **error);
/* @password_hash: (out) (transfer full) (optional) */
RfiUser   *rfi_server_users_find             (RfiDb   *db,
                                              const char     *email,
                                              char          **password_hash,
                                              GError        **error);
RfiUser   *rfi_server_users_get              (RfiDb   *db,
                                              const char     *id,
                                              GError        **error);
/* @vendor_id: (nullable): %NULL for those of all vendors */
GPtrArray *rfi_server_users_list_technicians (RfiDb   *db,
                                              const char     *vendor_id,
                                              GError        **error);
/* A vendor is told as its first dispatcher, the display name cut to the vendor's. */
GPtrArray *rfi_server_users_list_vendors     (RfiDb   *db,
                                              GError        **error);
/* Whether there is such a vendor among them. @known: (out) */
gboolean   rfi_server_users_knows_vendor     (RfiDb          *db,
                                              const char     *vendor_id,
                                              gboolean       *known,
                                              GError        **error);

G_END_DECLS
