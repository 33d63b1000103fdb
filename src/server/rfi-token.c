/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-token"

#include "config.h"

#include "rfi-token.h"

#include <jwt.h>
#include <stdlib.h>
#include <string.h>

#define SCHEME       "Bearer "
#define MAX_LENGTH   4096
#define MAX_CHECKED  8192

/* A token is checked once and then remembered by its whole text: a look-up instead of a parse
 * and an HMAC for each request. Its time is compared at every use. */
struct _RfiTokenKeeper
{
  GBytes     *secret;   /* (owned) */
  GHashTable *checked;  /* (owned) token → RfiClaims */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (jwt_t, jwt_free)

RfiClaims *
rfi_claims_ref (RfiClaims *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_claims_unref (RfiClaims *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  rfi_user_unref (self->user);
  g_free (self);
}

RfiTokenKeeper *
rfi_token_keeper_new (GBytes *secret)
{
  RfiTokenKeeper *self = g_new0 (RfiTokenKeeper, 1);

  self->secret = g_bytes_ref (secret);
  self->checked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) rfi_claims_unref);
  return self;
}

void
rfi_token_keeper_free (RfiTokenKeeper *self)
{
  g_hash_table_unref (self->checked);
  g_bytes_unref (self->secret);
  g_free (self);
}

char *
rfi_token_keeper_issue (RfiTokenKeeper *self,
                        const RfiUser  *user,
                        gint64          now,
                        gint64          lifetime)
{
  g_autoptr(jwt_t) jwt = NULL;
  gsize length;
  const unsigned char *key = g_bytes_get_data (self->secret, &length);
  char *signed_text;
  char *token;

  if (jwt_new (&jwt) != 0)
    return NULL;

  jwt_add_grant (jwt, "userId", user->id);
  jwt_add_grant (jwt, "email", user->email);
  jwt_add_grant (jwt, "role", rfi_role_to_string (user->role));
  if (user->vendor_id != NULL)
    jwt_add_grant (jwt, "vendorId", user->vendor_id);
  else
    jwt_add_grants_json (jwt, "{\"vendorId\":null}");
  jwt_add_grant_int (jwt, "iat", (long) now);
  jwt_add_grant_int (jwt, "exp", (long) (now + lifetime));
  if (jwt_set_alg (jwt, JWT_ALG_HS256, key, (int) length) != 0)
    return NULL;

  signed_text = jwt_encode_str (jwt);
  token = g_strdup (signed_text);
  free (signed_text);
  return token;
}

/* A time among the grants, @value left alone if there is none. %FALSE if it is there and is no
 * whole number. */
static gboolean
get_time (jwt_t      *jwt,
          const char *name,
          gint64     *value)
{
  char *json = jwt_get_grants_json (jwt, name);
  gboolean good = json == NULL || g_ascii_string_to_signed (json, 10, 0, G_MAXINT64, value, NULL);

  free (json);
  return good;
}

static RfiClaims *
read_claims (jwt_t  *jwt,
             gint64  expires_at)
{
  const char *id = jwt_get_grant (jwt, "userId");
  const char *role = jwt_get_grant (jwt, "role");
  RfiUser template = { 0 };
  RfiClaims *claims;

  if (id == NULL)
    return NULL;

  claims = g_new0 (RfiClaims, 1);
  claims->has_role = role != NULL && rfi_role_from_string (role, &template.role);
  template.id = (char *) id;
  template.email = (char *) jwt_get_grant (jwt, "email");
  template.vendor_id = (char *) jwt_get_grant (jwt, "vendorId");
  template.display_name = template.email;
  claims->user = rfi_user_new (&template);
  claims->expires_at = expires_at;
  g_atomic_ref_count_init (&claims->ref_count);
  return claims;
}

/* The key is always given (without one libjwt believes anything), and the algorithm and the
 * times are judged here, because it does not. */
static RfiTokenVerdict
check_new (RfiTokenKeeper  *self,
           const char      *token,
           gint64           now,
           RfiClaims      **claims)
{
  g_autoptr(jwt_t) jwt = NULL;
  gsize length;
  const unsigned char *key = g_bytes_get_data (self->secret, &length);
  gint64 expires_at = G_MAXINT64;
  gint64 not_before = G_MININT64;

  if (jwt_decode (&jwt, token, key, (int) length) != 0)
    return RFI_TOKEN_INVALID;
  if (jwt_get_alg (jwt) != JWT_ALG_HS256)
    return RFI_TOKEN_INVALID;
  if (!get_time (jwt, "exp", &expires_at) || !get_time (jwt, "nbf", &not_before))
    return RFI_TOKEN_INVALID;
  if (not_before > now)
    return RFI_TOKEN_INVALID;
  if (expires_at <= now)
    return RFI_TOKEN_EXPIRED;

  *claims = read_claims (jwt, expires_at);
  return *claims != NULL ? RFI_TOKEN_OK : RFI_TOKEN_INVALID;
}

static void
remember (RfiTokenKeeper *self,
          const char     *token,
          RfiClaims      *claims)
{
  if (g_hash_table_size (self->checked) >= MAX_CHECKED)
    g_hash_table_remove_all (self->checked);

  g_hash_table_insert (self->checked, g_strdup (token), rfi_claims_ref (claims));
}

RfiTokenVerdict
rfi_token_keeper_check (RfiTokenKeeper  *self,
                        const char      *header,
                        gint64           now,
                        RfiClaims      **claims)
{
  const char *token;
  RfiClaims *known;
  RfiTokenVerdict verdict;

  if (header == NULL || !g_str_has_prefix (header, SCHEME) || header[strlen (SCHEME)] == '\0')
    return RFI_TOKEN_MISSING;

  token = header + strlen (SCHEME);
  known = g_hash_table_lookup (self->checked, token);
  if (known != NULL)
    {
      if (known->expires_at <= now)
        {
          g_hash_table_remove (self->checked, token);
          return RFI_TOKEN_EXPIRED;
        }
      *claims = rfi_claims_ref (known);
      return RFI_TOKEN_OK;
    }

  if (strlen (token) > MAX_LENGTH)
    return RFI_TOKEN_INVALID;

  verdict = check_new (self, token, now, claims);
  if (verdict == RFI_TOKEN_OK)
    remember (self, token, *claims);
  return verdict;
}
