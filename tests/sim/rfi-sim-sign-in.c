/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-sign-in"

#include "config.h"

#include "rfi-sim-sign-in.h"

#include "rfi-sim-interpose.h"
#include "rfi-wire-error.h"
#include "rfi-wire-sync-auth.h"

#include <string.h>

/* Short, so that much is renewed in the minutes that a world lasts. */
#define ACCESS_LIFETIME 40000

typedef struct
{
  const char        *token;    /* (nullable): what is to be renewed */
  char              *next;     /* (owned) */
  char              *user_id;  /* (owned) */
  RfiRefreshVerdict  verdict;
  gint64             at;
} Rotation;

static void
rotation_clear (Rotation *self)
{
  g_free (self->next);
  g_free (self->user_id);
}

static gint64
get_now (RfiSimServer *self)
{
  return RFI_SIM_EPOCH + rfi_sim_time_now (self->time) + self->clock_ahead;
}

static char *
make_access (RfiSimServer *self,
             const char   *user_id)
{
  return rfi_sim_tickets_access (user_id, get_now (self) + ACCESS_LIFETIME);
}

static gboolean
issue (RfiSimServer *self,
       gint64        stamp,
       gpointer      data)
{
  Rotation *rotation = data;

  rotation->at = stamp;
  return rfi_server_refresh_issue (self->db, rotation->user_id, rotation->next, stamp, NULL);
}

gboolean
rfi_sim_sign_in_issue (RfiSimServer   *self,
                       const RfiUser  *user,
                       char          **access,
                       char          **refresh)
{
  Rotation rotation = { .next = rfi_server_refresh_make (), .user_id = g_strdup (user->id) };
  gboolean done = rfi_sim_server_change (self, issue, &rotation);

  if (done)
    {
      rfi_sim_tickets_issued (self->tickets, rotation.next, user->id, rotation.at);
      *access = make_access (self, user->id);
      *refresh = g_strdup (rotation.next);
    }
  rotation_clear (&rotation);
  return done;
}

gboolean
rfi_sim_sign_in_check (RfiSimServer *self,
                       guint         who,
                       RfiRequest   *request)
{
  const RfiUser *user = g_ptr_array_index (self->users, who);

  return self->tickets == NULL || !request->signed_in ||
         rfi_sim_tickets_check (rfi_request_get_header (request, "Authorization"), user->id,
                                get_now (self));
}

static gboolean
rotate (RfiSimServer *self,
        gint64        stamp,
        gpointer      data)
{
  Rotation *rotation = data;

  rotation->at = stamp;
  return rfi_server_refresh_rotate (self->db, rotation->token, rotation->next, stamp,
                                    &rotation->verdict, &rotation->user_id, NULL);
}

/* %FALSE: nobody knows. */
static gboolean
run (RfiSimServer *self,
     Rotation     *rotation)
{
  if (!rfi_sim_server_change (self, rotate, rotation))
    {
      rfi_sim_tickets_doubt (self->tickets, rotation->token);
      return FALSE;
    }

  self->watch->judged (self->watcher,
                       rfi_sim_tickets_judged (self->tickets, rotation->token, rotation->verdict,
                                               rotation->next, rotation->user_id, rotation->at));
  return TRUE;
}

static void
reply (RfiSimServer *self,
       Rotation     *rotation,
       RfiSimAnswer *answer)
{
  g_autofree char *access = NULL;
  RfiWireTokens tokens = { .refresh_token = rotation->next, .expires_in = ACCESS_LIFETIME / 1000 };

  if (rotation->verdict != RFI_REFRESH_OK)
    {
      answer->status = 401;
      rfi_wire_error_append (answer->body,
                             rotation->verdict == RFI_REFRESH_REUSED ? "TOKEN_REUSED"
                                                                     : "INVALID_REFRESH_TOKEN",
                             "Sign in again");
      return;
    }

  access = make_access (self, rotation->user_id);
  tokens.token = access;
  answer->status = 200;
  rfi_wire_tokens_append (&tokens, answer->body);
}

gboolean
rfi_sim_sign_in_renew (RfiSimServer *self,
                       RfiRequest   *request,
                       RfiSimAnswer *answer)
{
  gsize size;
  const char *text = g_bytes_get_data (request->body, &size);
  g_autofree char *token = NULL;
  Rotation rotation = { 0 };
  RfiJson body;
  gboolean done;

  if (rfi_json_parse (text, (gssize) size, &body, NULL))
    token = rfi_wire_read_refresh (&body, NULL);
  g_assert_nonnull (token);
  rotation.token = token;
  rotation.next = rfi_server_refresh_make ();
  done = run (self, &rotation);
  if (done)
    reply (self, &rotation, answer);
  rotation_clear (&rotation);
  return done;
}

void
rfi_sim_sign_in_steal (RfiSimServer *self,
                       guint64       drawn)
{
  Rotation rotation = { 0 };

  if (self->db == NULL || self->tickets->tickets->len == 0)
    return;

  rotation.token = rfi_sim_tickets_get (self->tickets, drawn);
  rotation.next = rfi_server_refresh_make ();
  run (self, &rotation);
  rotation_clear (&rotation);
}
