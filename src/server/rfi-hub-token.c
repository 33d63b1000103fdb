/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hub-token"

#include "config.h"

#include "rfi-hub-token.h"

#include "rfi-hub.h"
#include "rfi-user.h"

#include <jwt.h>
#include <stdlib.h>

/* Longer than any token of ours; what is longer is not even looked at. */
#define MAX_TOKEN_LENGTH 4096

G_DEFINE_AUTOPTR_CLEANUP_FUNC (jwt_t, jwt_free)

GBytes *
rfi_hub_token_derive_key (GBytes *secret)
{
  gsize length = g_checksum_type_get_length (G_CHECKSUM_SHA256);
  g_autofree guint8 *digest = g_malloc (length);
  gsize secret_length;
  const guint8 *data = g_bytes_get_data (secret, &secret_length);
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, data, secret_length);

  g_hmac_update (hmac, (const guint8 *) "retailfixit hub", -1);
  g_hmac_get_digest (hmac, digest, &length);
  return g_bytes_new_take (g_steal_pointer (&digest), length);
}

char *
rfi_hub_token_new (GBytes        *key,
                   const RfiUser *user,
                   const char    *url,
                   gint64         now)
{
  g_autoptr(jwt_t) jwt = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (key, &length);
  char *encoded;
  char *token;

  jwt_new (&jwt);
  jwt_add_grant (jwt, "aud", url);
  jwt_add_grant (jwt, "sub", user->id);
  jwt_add_grant (jwt, "hubRole", rfi_role_to_string (user->role));
  if (user->vendor_id != NULL)
    jwt_add_grant (jwt, "hubVendor", user->vendor_id);
  if (user->display_name != NULL)
    jwt_add_grant (jwt, "hubName", user->display_name);
  jwt_add_grant_int (jwt, "iat", now);
  jwt_add_grant_int (jwt, "exp", now + RFI_HUB_TOKEN_LIFETIME);
  jwt_set_alg (jwt, JWT_ALG_HS256, data, (int) length);

  encoded = jwt_encode_str (jwt);
  token = g_strdup (encoded);
  free (encoded);
  return token;
}

static gboolean
set_invalid (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "Invalid token");
  return FALSE;
}

/* The audience ends in the hub's path; what stands before depends on how the client got here. */
static gboolean
check_claims (jwt_t   *jwt,
              gint64   now,
              GError **error)
{
  const char *audience = jwt_get_grant (jwt, "aud");

  if (jwt_get_alg (jwt) != JWT_ALG_HS256)
    return set_invalid (error);

  if (audience == NULL || !g_str_has_suffix (audience, RFI_HUB_PATH))
    return set_invalid (error);

  if (jwt_get_grant_int (jwt, "exp") <= now)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Token has expired");
      return FALSE;
    }

  return TRUE;
}

RfiUser *
rfi_hub_token_check (GBytes      *key,
                     const char  *token,
                     gint64       now,
                     GError     **error)
{
  g_autoptr(jwt_t) jwt = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (key, &length);
  RfiUser template = { 0, };
  const char *subject;

  if (strlen (token) > MAX_TOKEN_LENGTH || jwt_decode (&jwt, token, data, (int) length) != 0)
    {
      set_invalid (error);
      return NULL;
    }

  if (!check_claims (jwt, now, error))
    return NULL;

  subject = jwt_get_grant (jwt, "sub");
  if (subject == NULL || *subject == '\0'
      || !rfi_role_from_string (jwt_get_grant (jwt, "hubRole"), &template.role))
    {
      set_invalid (error);
      return NULL;
    }

  template.id = (char *) subject;
  template.vendor_id = (char *) jwt_get_grant (jwt, "hubVendor");
  template.display_name = (char *) jwt_get_grant (jwt, "hubName");
  return rfi_user_new (&template);
}
