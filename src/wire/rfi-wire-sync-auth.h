/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-json.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/**
 * RfiWireTokens:
 *
 * A short access token and the rotating one that gets the next. Both are secrets.
 */
typedef struct
{
  char   *token;
  char   *refresh_token;  /* (nullable): a server without "refresh" gives none */
  gint64  expires_in;     /* s, of the access token; 0 = not told */
} RfiWireTokens;

/* The answer of POST /api/auth/refresh; the members of one of POST /api/auth/login too.
 * Returns: (transfer full) */
RfiWireTokens *rfi_wire_tokens_parse         (const char           *data,
                                              gssize                length,
                                              GError              **error);
void           rfi_wire_tokens_append        (const RfiWireTokens  *self,
                                              GString              *out);
/* As the answer of a login: with the user. */
void           rfi_wire_tokens_append_login  (const RfiWireTokens  *self,
                                              const RfiUser        *user,
                                              GString              *out);
void           rfi_wire_tokens_free          (RfiWireTokens        *self);

/* The body of a login that asks for them, and whether one does. */
void           rfi_wire_append_login_refresh (GString              *out,
                                              const char           *email,
                                              const char           *password);
gboolean       rfi_wire_wants_refresh        (const RfiJson        *body);

/* {"refreshToken"}: the body of refresh and logout. read: (transfer full) */
void           rfi_wire_append_refresh       (GString              *out,
                                              const char           *refresh_token);
char          *rfi_wire_read_refresh         (const RfiJson        *body,
                                              GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiWireTokens, rfi_wire_tokens_free)

G_END_DECLS
