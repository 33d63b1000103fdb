/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_HUB_TOKEN_LIFETIME 3600

/* Tokens that open the hub and nothing else. They say all the hub must know of a person, so
 * that a phone which comes back with the same token after a restart is known again.
 * Times are in seconds since 1970. */

/* The key of the hub's tokens, made from the server's secret. Returns: (transfer full) */
GBytes  *rfi_hub_token_derive_key (GBytes         *secret);

/* Returns: (transfer full) */
char    *rfi_hub_token_new        (GBytes         *key,
                                   const RfiUser  *user,
                                   const char     *url,
                                   gint64          now);

/* Who @token was given to; G_IO_ERROR_PERMISSION_DENIED if it is not ours or not for the hub,
 * G_IO_ERROR_TIMED_OUT if it is over. The user has no email address. Returns: (transfer full) */
RfiUser *rfi_hub_token_check      (GBytes         *key,
                                   const char     *token,
                                   gint64          now,
                                   GError        **error);

G_END_DECLS
