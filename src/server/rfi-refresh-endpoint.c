/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-refresh-endpoint"

#include "config.h"

#include "rfi-refresh-endpoint.h"

#include "rfi-endpoints.h"
#include "rfi-server-context.h"
#include "rfi-server-refresh.h"
#include "rfi-server-users.h"
#include "rfi-wire-sync-auth.h"

#include <string.h>

/* Seconds that an access token lives where a refresh token gets the next. */
#define SHORT_LIFETIME 900

typedef struct
{
  RfiExchange       *exchange;  /* held */
  char              *token;     /* (owned) (nullable): what was sent; none with a sign-in */
  char              *next;      /* (owned) (nullable) */
  RfiUser           *user;      /* (owned) (nullable) */
  RfiRefreshVerdict  verdict;
} Rotation;

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
rotation_free (Rotation *self)
{
  wipe (self->token);
  wipe (self->next);
  g_clear_pointer (&self->user, rfi_user_unref);
  g_free (self);
}

static Rotation *
rotation_new (RfiExchange *exchange,
              char        *token)
{
  Rotation *self = g_new0 (Rotation, 1);

  self->exchange = rfi_exchange_hold (exchange);
  self->token = token;
  self->next = rfi_server_refresh_make ();
  return self;
}

static void
reply (Rotation *self)
{
  RfiExchange *exchange = self->exchange;
  g_autofree char *token = rfi_token_keeper_issue (exchange->context->tokens, self->user,
                                                   g_get_real_time () / G_USEC_PER_SEC,
                                                   SHORT_LIFETIME);
  const RfiWireTokens tokens = {
    .token = token, .refresh_token = self->next, .expires_in = SHORT_LIFETIME,
  };
  GString *body = g_string_new (NULL);

  if (self->token == NULL)
    rfi_wire_tokens_append_login (&tokens, self->user, body);
  else
    rfi_wire_tokens_append (&tokens, body);
  rfi_exchange_reply (exchange, SOUP_STATUS_OK, body);
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Rotation *self = user_data;
  RfiExchange *exchange = self->exchange;
  g_autoptr(GError) error = NULL;

  if (!rfi_server_store_change_finish (exchange->context->store, result, &error))
    rfi_exchange_fail_error (exchange, error);
  else if (self->verdict == RFI_REFRESH_REUSED)
    rfi_exchange_fail (exchange, SOUP_STATUS_UNAUTHORIZED, "TOKEN_REUSED",
                       "The refresh token was used before. Sign in again.");
  else if (self->verdict == RFI_REFRESH_INVALID)
    rfi_exchange_fail (exchange, SOUP_STATUS_UNAUTHORIZED, "INVALID_REFRESH_TOKEN",
                       "The refresh token is not good. Sign in again.");
  else
    reply (self);

  rotation_free (self);
  rfi_exchange_release (exchange);
}

static gboolean
issue_cb (RfiDb     *db,
          gint64     stamp,
          gpointer   data,
          GError   **error)
{
  Rotation *self = data;

  return rfi_server_refresh_issue (db, self->user->id, self->next, stamp, error);
}

void
rfi_refresh_answer_login (RfiExchange *exchange,
                          RfiUser     *user)
{
  Rotation *self = rotation_new (exchange, NULL);

  self->user = rfi_user_ref (user);
  rfi_server_store_change_async (exchange->context->store, issue_cb, self, changed_cb, self);
}

/* Who is gone gets no further. */
static gboolean
rotate_cb (RfiDb     *db,
           gint64     stamp,
           gpointer   data,
           GError   **error)
{
  Rotation *self = data;
  g_autofree char *user_id = NULL;
  g_autoptr(GError) local = NULL;

  if (!rfi_server_refresh_rotate (db, self->token, self->next, stamp, &self->verdict, &user_id,
                                  error))
    return FALSE;
  if (self->verdict != RFI_REFRESH_OK)
    return TRUE;

  self->user = rfi_server_users_get (db, user_id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->user != NULL)
    return TRUE;

  self->verdict = RFI_REFRESH_INVALID;
  return rfi_server_refresh_revoke (db, self->token, error);
}

/* Answers and is %NULL if there is none. */
static char *
read_token (RfiExchange *exchange)
{
  const RfiJson *json = rfi_exchange_need_json (exchange);
  g_autoptr(GError) error = NULL;
  char *token;

  if (json == NULL)
    return NULL;

  token = rfi_wire_read_refresh (json, &error);
  if (token == NULL)
    rfi_exchange_fail_error (exchange, error);
  return token;
}

void
rfi_endpoint_refresh (RfiExchange *exchange)
{
  char *token = read_token (exchange);
  Rotation *self;

  if (token == NULL)
    return;

  self = rotation_new (exchange, token);
  rfi_server_store_change_async (exchange->context->store, rotate_cb, self, changed_cb, self);
}

static gboolean
revoke_cb (RfiDb     *db,
           gint64     stamp,
           gpointer   data,
           GError   **error)
{
  const Rotation *self = data;

  return rfi_server_refresh_revoke (db, self->token, error);
}

static void
revoked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Rotation *self = user_data;
  RfiExchange *exchange = self->exchange;
  g_autoptr(GError) error = NULL;

  if (rfi_server_store_change_finish (exchange->context->store, result, &error))
    rfi_exchange_reply_empty (exchange, SOUP_STATUS_NO_CONTENT);
  else
    rfi_exchange_fail_error (exchange, error);
  rotation_free (self);
  rfi_exchange_release (exchange);
}

/* Whoever has the token may end it, and whether there was one is nobody's business. */
void
rfi_endpoint_logout (RfiExchange *exchange)
{
  char *token = read_token (exchange);
  Rotation *self;

  if (token == NULL)
    return;

  self = rotation_new (exchange, token);
  rfi_server_store_change_async (exchange->context->store, revoke_cb, self, revoked_cb, self);
}
