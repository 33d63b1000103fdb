/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-sync-auth"

#include "config.h"

#include "rfi-wire-sync-auth.h"

#include "rfi-wire-auth.h"
#include "rfi-wire-members.h"

RfiWireTokens *
rfi_wire_tokens_parse (const char  *data,
                       gssize       length,
                       GError     **error)
{
  g_autoptr(RfiWireTokens) self = g_new0 (RfiWireTokens, 1);
  RfiJson root;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_need_member (&root, "token", &self->token, error))
    return NULL;

  self->refresh_token = rfi_wire_dup_member (&root, "refreshToken");
  self->expires_in = MAX (rfi_wire_get_int (&root, "expiresIn", 0), 0);
  return g_steal_pointer (&self);
}

static void
append_tokens (const RfiWireTokens *self,
               GString             *out)
{
  rfi_json_append_member (out, "token", self->token);
  rfi_wire_append_text (out, "refreshToken", self->refresh_token);
  if (self->expires_in > 0)
    rfi_wire_append_int (out, "expiresIn", self->expires_in);
}

void
rfi_wire_tokens_append (const RfiWireTokens *self,
                        GString             *out)
{
  g_string_append_c (out, '{');
  append_tokens (self, out);
  g_string_append_c (out, '}');
}

void
rfi_wire_tokens_append_login (const RfiWireTokens *self,
                              const RfiUser       *user,
                              GString             *out)
{
  g_string_append_c (out, '{');
  append_tokens (self, out);
  rfi_wire_append_name (out, "user");
  rfi_wire_user_append (out, user);
  g_string_append_c (out, '}');
}

void
rfi_wire_tokens_free (RfiWireTokens *self)
{
  if (self == NULL)
    return;

  g_free (self->token);
  g_free (self->refresh_token);
  g_free (self);
}

void
rfi_wire_append_login_refresh (GString    *out,
                               const char *email,
                               const char *password)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "email", email);
  rfi_json_append_member (out, "password", password);
  rfi_wire_append_boolean (out, "refresh", TRUE);
  g_string_append_c (out, '}');
}

gboolean
rfi_wire_wants_refresh (const RfiJson *body)
{
  return rfi_wire_get_boolean (body, "refresh");
}

void
rfi_wire_append_refresh (GString    *out,
                         const char *refresh_token)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "refreshToken", refresh_token);
  g_string_append_c (out, '}');
}

char *
rfi_wire_read_refresh (const RfiJson  *body,
                       GError        **error)
{
  g_autofree char *token = NULL;

  return rfi_wire_need_member (body, "refreshToken", &token, error) ? g_steal_pointer (&token)
                                                                    : NULL;
}
