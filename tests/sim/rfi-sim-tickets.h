/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-refresh.h"

G_BEGIN_DECLS

/**
 * RfiSimTickets:
 *
 * Every refresh token that the server gave away, by looking on: which one may still be used, and
 * for whom. Functions that find something wrong say so as "S17: words" (transfer full).
 */
typedef struct
{
  GPtrArray *tickets;  /* (owned), in the order they were given */
} RfiSimTickets;

RfiSimTickets *rfi_sim_tickets_new      (void);
void           rfi_sim_tickets_free     (RfiSimTickets     *self);

/* Somebody signed in. */
void           rfi_sim_tickets_issued   (RfiSimTickets     *self,
                                         const char        *token,
                                         const char        *user_id,
                                         gint64             now);
/* The server judged @token at @now, its own time in ms. @successor, @user_id: (nullable): what it
 * gave for it */
char          *rfi_sim_tickets_judged   (RfiSimTickets     *self,
                                         const char        *token,
                                         RfiRefreshVerdict  verdict,
                                         const char        *successor,
                                         const char        *user_id,
                                         gint64             now);
/* The server went down while it judged @token: nobody knows how. %NULL: it was put back, and nobody
 * knows of any. */
void           rfi_sim_tickets_doubt    (RfiSimTickets     *self,
                                         const char        *token);
/* One that was given some time ago. (nullable) */
const char    *rfi_sim_tickets_get      (RfiSimTickets     *self,
                                         guint64            drawn);

/* An access token: whose it is and until when, ms. Nobody forges one here. */
char          *rfi_sim_tickets_access   (const char        *user_id,
                                         gint64             until);
/* @authorization: (nullable): header. Whether it is @user_id's and good at @now */
gboolean       rfi_sim_tickets_check    (const char        *authorization,
                                         const char        *user_id,
                                         gint64             now);

G_END_DECLS
