/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-tickets"

#include "config.h"

#include "rfi-sim-tickets.h"

#include "rfi-sim-faults.h"

#include <string.h>

/* All that follow one sign-in. */
typedef struct
{
  char     *user_id;
  gboolean  revoked;
  gboolean  unsure;  /* the server may see it otherwise */
} Family;

typedef struct _Ticket Ticket;

struct _Ticket
{
  char    *token;
  Family  *family;
  Ticket  *successor;  /* (nullable): the latest that was given for it */
  gint64   given_at;
  gint64   used_at;    /* 0: not yet */
  gboolean dropped;    /* another one was given in its place */
  gboolean first;      /* of its family, which it owns */
};

static void
ticket_free (gpointer data)
{
  Ticket *ticket = data;

  if (ticket->first)
    {
      g_free (ticket->family->user_id);
      g_free (ticket->family);
    }
  g_free (ticket->token);
  g_free (ticket);
}

RfiSimTickets *
rfi_sim_tickets_new (void)
{
  RfiSimTickets *self = g_new (RfiSimTickets, 1);

  self->tickets = g_ptr_array_new_with_free_func (ticket_free);
  return self;
}

void
rfi_sim_tickets_free (RfiSimTickets *self)
{
  g_ptr_array_unref (self->tickets);
  g_free (self);
}

static Ticket *
add (RfiSimTickets *self,
     const char    *token,
     Family        *family,
     gint64         now)
{
  Ticket *ticket = g_new0 (Ticket, 1);

  ticket->token = g_strdup (token);
  ticket->family = family;
  ticket->given_at = now;
  g_ptr_array_add (self->tickets, ticket);
  return ticket;
}

void
rfi_sim_tickets_issued (RfiSimTickets *self,
                        const char    *token,
                        const char    *user_id,
                        gint64         now)
{
  Family *family = g_new0 (Family, 1);

  family->user_id = g_strdup (user_id);
  add (self, token, family, now)->first = TRUE;
}

static Ticket *
find (RfiSimTickets *self,
      const char    *token)
{
  for (guint i = 0; i < self->tickets->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (self->tickets, i);

      if (g_str_equal (ticket->token, token))
        return ticket;
    }

  return NULL;
}

/* What the server must say. */
static RfiRefreshVerdict
expect (const Ticket *ticket,
        gint64        now)
{
  if (ticket->family->revoked || ticket->dropped ||
      ticket->given_at + RFI_REFRESH_LIFETIME_MS <= now)
    return RFI_REFRESH_INVALID;
  if (ticket->used_at == 0)
    return RFI_REFRESH_OK;

  /* Its answer may be lost, if nobody came with what was in it. */
  return ticket->successor->used_at == 0 && now - ticket->used_at <= RFI_REFRESH_GRACE_MS
             ? RFI_REFRESH_OK
             : RFI_REFRESH_REUSED;
}

static void
take_successor (RfiSimTickets *self,
                Ticket        *ticket,
                const char    *successor,
                gint64         now)
{
  rfi_sim_count (ticket->used_at == 0 ? "token renewed" : "token renewed again");
  if (ticket->successor != NULL)
    ticket->successor->dropped = TRUE;
  if (ticket->used_at == 0)
    ticket->used_at = now;
  ticket->successor = add (self, successor, ticket->family, now);
}

char *
rfi_sim_tickets_judged (RfiSimTickets     *self,
                        const char        *token,
                        RfiRefreshVerdict  verdict,
                        const char        *successor,
                        const char        *user_id,
                        gint64             now)
{
  Ticket *ticket = find (self, token);

  if (ticket == NULL)
    return verdict == RFI_REFRESH_INVALID ? NULL
                                          : g_strdup ("S17: a refresh token is good that nobody "
                                                      "was given");
  if (verdict == RFI_REFRESH_OK && !g_str_equal (user_id, ticket->family->user_id))
    return g_strdup_printf ("S17: a refresh token of %s was taken for one of %s",
                            ticket->family->user_id, user_id);
  if (!ticket->family->unsure && verdict != expect (ticket, now))
    return g_strdup_printf ("S17: a refresh token of %s was judged %d instead of %d",
                            ticket->family->user_id, (int) verdict, (int) expect (ticket, now));

  if (verdict == RFI_REFRESH_REUSED)
    {
      rfi_sim_count ("token used twice");
      ticket->family->revoked = TRUE;
    }
  else if (verdict == RFI_REFRESH_OK)
    take_successor (self, ticket, successor, now);
  return NULL;
}

void
rfi_sim_tickets_doubt (RfiSimTickets *self,
                       const char    *token)
{
  for (guint i = 0; i < self->tickets->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (self->tickets, i);

      if (token == NULL || g_str_equal (ticket->token, token))
        ticket->family->unsure = TRUE;
    }
}

const char *
rfi_sim_tickets_get (RfiSimTickets *self,
                     guint64        drawn)
{
  if (self->tickets->len == 0)
    return NULL;

  return ((Ticket *) g_ptr_array_index (self->tickets, drawn % self->tickets->len))->token;
}

/* Access tokens */

char *
rfi_sim_tickets_access (const char *user_id,
                        gint64      until)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s", until, user_id);
}

gboolean
rfi_sim_tickets_check (const char *authorization,
                       const char *user_id,
                       gint64      now)
{
  g_autofree char *owner = g_strconcat ("/", user_id, NULL);
  char *rest;

  if (authorization == NULL || !g_str_has_prefix (authorization, "Bearer "))
    return FALSE;

  return g_ascii_strtoll (authorization + strlen ("Bearer "), &rest, 10) > now &&
         g_str_equal (rest, owner);
}
