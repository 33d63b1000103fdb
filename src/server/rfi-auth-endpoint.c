/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-auth-endpoint"

#include "config.h"

#include "rfi-endpoints.h"

#include "rfi-exchange.h"
#include "rfi-password.h"
#include "rfi-refresh-endpoint.h"
#include "rfi-server-context.h"
#include "rfi-server-users.h"
#include "rfi-wire-auth.h"
#include "rfi-wire-request.h"
#include "rfi-wire-sync-auth.h"

#include <string.h>

/* Each check keeps a core busy for 50 ms; beyond this many a caller is asked to come again. */
#define MAX_SIGN_INS 64

typedef struct
{
  RfiExchange *exchange;  /* held */
  RfiUser     *user;      /* (owned) (nullable): %NULL if nobody has the address */
  char        *hash;      /* (owned) (nullable) */
  char        *password;  /* (owned) */
  char        *name;      /* (owned): under which failures are counted */
  gboolean     refreshes; /* wants a short token, and one to refresh it */
} SignIn;

static void
sign_in_free (SignIn *self)
{
  g_clear_pointer (&self->user, rfi_user_unref);
  g_free (self->hash);
  explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->name);
  g_free (self);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  SignIn *sign_in = task_data;

  g_task_return_boolean (task, rfi_password_check (sign_in->password, sign_in->hash));
}

static void
check_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  SignIn *sign_in = g_task_get_task_data (G_TASK (result));
  RfiExchange *exchange = sign_in->exchange;
  RfiServerContext *context = exchange->context;
  gboolean right = g_task_propagate_boolean (G_TASK (result), NULL);

  context->n_sign_ins--;
  if (right && sign_in->refreshes)
    {
      rfi_refresh_answer_login (exchange, sign_in->user);
    }
  else if (right)
    {
      g_autofree char *token =
        rfi_token_keeper_issue (context->tokens, sign_in->user,
                                g_get_real_time () / G_USEC_PER_SEC, RFI_TOKEN_LIFETIME);
      GString *body = g_string_new (NULL);

      rfi_wire_login_append (body, token, sign_in->user);
      rfi_exchange_reply (exchange, SOUP_STATUS_OK, body);
    }
  else
    {
      rfi_limiter_take (context->failures, sign_in->name, g_get_monotonic_time () / 1000);
      rfi_exchange_fail (exchange, SOUP_STATUS_UNAUTHORIZED, "INVALID_CREDENTIALS",
                         "Invalid email or password");
    }

  rfi_exchange_release (exchange);
}

static gboolean
check_limits (RfiExchange *exchange,
              const char  *name)
{
  RfiServerContext *context = exchange->context;
  guint retry_after = 1;

  if (rfi_limiter_check (context->failures, name, g_get_monotonic_time () / 1000, &retry_after) &&
      context->n_sign_ins < MAX_SIGN_INS)
    return TRUE;

  rfi_exchange_fail_later (exchange, 429, "RATE_LIMITED",
                           "Too many attempts to sign in. Try again later.", retry_after);
  return FALSE;
}

void
rfi_endpoint_login (RfiExchange *exchange)
{
  RfiServerContext *context = exchange->context;
  const RfiJson *json = rfi_exchange_need_json (exchange);
  g_autofree char *email = NULL;
  g_autofree char *password = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GTask) task = NULL;
  SignIn *sign_in;

  if (json == NULL)
    return;
  if (!rfi_wire_read_login (json, &email, &password, &error))
    {
      rfi_exchange_fail_error (exchange, error);
      return;
    }
  name = g_strconcat (rfi_exchange_get_address (exchange), " ", email, NULL);
  if (!check_limits (exchange, name))
    return;

  sign_in = g_new0 (SignIn, 1);
  sign_in->user = rfi_server_users_find (rfi_server_store_get_reader (context->store), email,
                                         &sign_in->hash, &error);
  sign_in->password = g_steal_pointer (&password);
  sign_in->name = g_steal_pointer (&name);
  sign_in->exchange = exchange;
  sign_in->refreshes = rfi_wire_wants_refresh (json);
  if (error != NULL)
    {
      rfi_exchange_fail_error (exchange, error);
      sign_in_free (sign_in);
      return;
    }

  task = g_task_new (NULL, NULL, check_cb, NULL);
  g_task_set_task_data (task, sign_in, (GDestroyNotify) sign_in_free);
  rfi_exchange_hold (exchange);
  context->n_sign_ins++;
  g_task_run_in_thread (task, check_thread);
}

static void
reply_users (RfiExchange *exchange,
             GPtrArray   *users,
             GError      *error,
             void (*append) (GString *, GPtrArray *))
{
  g_autoptr(GPtrArray) owned = users;
  g_autoptr(GError) owned_error = error;
  GString *body;

  if (users == NULL)
    {
      rfi_exchange_fail_error (exchange, error);
      return;
    }

  body = g_string_new (NULL);
  append (body, users);
  rfi_exchange_reply (exchange, SOUP_STATUS_OK, body);
}

/* Dispatchers are told of their own vendor's only, whatever they ask for. */
void
rfi_endpoint_technicians (RfiExchange *exchange)
{
  RfiDb *db = rfi_server_store_get_reader (exchange->context->store);
  const RfiUser *user = exchange->claims->user;
  g_autofree char *asked = rfi_exchange_get_query (exchange, "vendorId");
  g_autofree char *fields = rfi_exchange_get_query (exchange, "fields");
  const char *vendor_id = asked != NULL && *asked != '\0' ? asked : NULL;
  GError *error = NULL;
  GPtrArray *users;

  if (user->role == RFI_ROLE_DISPATCHER)
    vendor_id = user->vendor_id != NULL ? user->vendor_id : "";

  users = rfi_server_users_list_technicians (db, vendor_id, &error);
  reply_users (exchange, users, error,
               g_strcmp0 (fields, "v1") == 0 ? rfi_wire_technicians_append_v1
                                             : rfi_wire_technicians_append);
}

void
rfi_endpoint_vendors (RfiExchange *exchange)
{
  GError *error = NULL;
  GPtrArray *users =
    rfi_server_users_list_vendors (rfi_server_store_get_reader (exchange->context->store), &error);

  reply_users (exchange, users, error, rfi_wire_vendors_append);
}

void
rfi_endpoint_negotiate (RfiExchange *exchange)
{
  g_autofree char *base = rfi_exchange_get_base (exchange);
  g_autofree char *url = g_strconcat (base, RFI_HUB_PATH, NULL);
  g_autoptr(GError) error = NULL;
  /* With the name that others read. */
  g_autoptr(RfiUser) user =
    rfi_server_users_get (rfi_server_store_get_reader (exchange->context->store),
                          exchange->claims->user->id, &error);
  g_autofree char *token = NULL;
  GString *body = g_string_new (NULL);

  if (error != NULL)
    g_warning ("Reading a person: %s", error->message);
  token = rfi_hub_issue_token (exchange->context->hub,
                               user != NULL ? user : exchange->claims->user, url);

  rfi_wire_negotiate_append (body, url, token);
  rfi_exchange_reply (exchange, SOUP_STATUS_OK, body);
}
