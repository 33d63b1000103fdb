/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-renewal"

#include "config.h"

#include "rfi-renewal.h"

#include "rfi-remote-private.h"
#include "rfi-wire-sync-auth.h"

/* A refresh token is good for one use. So only one renewal runs at a time, and the next refresh
 * token is in a safe place before the token that came with it is used: should this process end
 * right after, the server has not seen that one, and takes the one before once more.
 */

typedef struct
{
  RfiRenewalFunc func;
  gpointer       user_data;
} Waiter;

/* Outlives the renewal while a call is under way. */
struct _RfiRenewal
{
  gatomicrefcount    ref_count;
  RfiRemote         *remote;         /* borrowed (nullable): %NULL once given up */
  char              *refresh_token;  /* (owned) (nullable): %NULL once it is refused */
  RfiRemoteKeepFunc  keep;           /* (nullable) */
  gpointer           keep_data;
  RfiWireTokens     *next;           /* (owned) (nullable): not in use yet */
  GArray            *waiters;        /* (element-type Waiter) */
  gboolean           running;
};

static void answered_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);

static RfiRenewal *
ref (RfiRenewal *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
unref (RfiRenewal *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->refresh_token);
  g_clear_pointer (&self->next, rfi_wire_tokens_free);
  g_array_unref (self->waiters);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiRenewal, unref)

RfiRenewal *
rfi_renewal_new (RfiRemote         *remote,
                 const char        *refresh_token,
                 RfiRemoteKeepFunc  keep,
                 gpointer           keep_data)
{
  RfiRenewal *self = g_new0 (RfiRenewal, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->remote = remote;
  self->refresh_token = g_strdup (refresh_token);
  self->keep = keep;
  self->keep_data = keep_data;
  self->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  return self;
}

/* @remote: who waits gets it
 * @error: (nullable) */
static void
tell (RfiRenewal   *self,
      RfiRemote    *remote,
      const GError *error)
{
  g_autoptr(GArray) waiters = self->waiters;

  self->running = FALSE;
  self->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = &g_array_index (waiters, Waiter, i);

      waiter->func (remote, error, waiter->user_data);
    }
}

void
rfi_renewal_free (RfiRenewal *self)
{
  g_autoptr(GError) error = rfi_remote_error_new (RFI_REMOTE_ERROR_AUTH_REQUIRED,
                                                  "Signed in anew meanwhile");

  tell (self, self->remote, error);
  self->remote = NULL;
  unref (self);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiRenewal) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("The renewed sign-in is not remembered: %s", error->message);
  if (self->remote == NULL)
    return;

  g_free (self->refresh_token);
  self->refresh_token = g_strdup (self->next->refresh_token);
  rfi_remote_set_token (self->remote, self->next->token);
  g_clear_pointer (&self->next, rfi_wire_tokens_free);
  tell (self, self->remote, NULL);
}

static gpointer
read_tokens (RfiResponse  *response,
             gpointer      data,
             GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);
  RfiWireTokens *tokens = rfi_wire_tokens_parse (text, (gssize) length, error);

  if (tokens != NULL && tokens->refresh_token == NULL)
    {
      rfi_wire_tokens_free (tokens);
      g_propagate_error (error, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL,
                                                      "A renewal without the next one"));
      return NULL;
    }

  return tokens;
}

/* No Authorization: the token that it would carry is the one that was refused. */
static void
ask (RfiRenewal *self)
{
  GTask *task = g_task_new (self->remote, NULL, answered_cb, ref (self));
  RfiRequest *request = rfi_request_new ("POST", "/api/auth/refresh");
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, ask);
  self->running = TRUE;
  rfi_wire_append_refresh (body, self->refresh_token);
  rfi_request_set_json (request, body);
  request->idempotent = TRUE;
  rfi_remote_call (self->remote, task, request, read_tokens,
                   (GDestroyNotify) rfi_wire_tokens_free);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiRenewal) self = user_data;
  g_autoptr(GError) error = NULL;
  GTask *kept;

  g_clear_pointer (&self->next, rfi_wire_tokens_free);
  self->next = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->remote == NULL)
    return;
  if (self->next == NULL)
    {
      if (g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED))
        g_clear_pointer (&self->refresh_token, g_free);
      tell (self, self->remote, error);
      return;
    }

  kept = g_task_new (NULL, NULL, kept_cb, ref (self));
  g_task_set_source_tag (kept, ask);
  if (self->keep != NULL)
    {
      self->keep (self->next->refresh_token, kept, self->keep_data);
      return;
    }

  g_task_return_boolean (kept, TRUE);
  g_object_unref (kept);
}

void
rfi_renewal_run (RfiRenewal     *self,
                 const char     *refused,
                 RfiRenewalFunc  func,
                 gpointer        user_data)
{
  const char *token = rfi_remote_get_token (self->remote);
  g_autofree char *bearer = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  Waiter waiter = { func, user_data };
  g_autoptr(GError) error = NULL;

  if (!self->running && bearer != NULL && g_strcmp0 (bearer, refused) != 0)
    {
      func (self->remote, NULL, user_data);
      return;
    }
  if (!self->running && self->refresh_token == NULL)
    {
      error = rfi_remote_error_new (RFI_REMOTE_ERROR_AUTH_REQUIRED, "It cannot be renewed");
      func (self->remote, error, user_data);
      return;
    }

  g_array_append_val (self->waiters, waiter);
  if (!self->running)
    ask (self);
}
