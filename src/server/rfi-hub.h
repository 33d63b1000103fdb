/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "rfi-clock.h"
#include "rfi-hub-frame.h"
#include "rfi-types.h"

G_BEGIN_DECLS

/* Where the hub lives below the server's address; what negotiate puts behind "http://host". */
#define RFI_HUB_PATH "/client/?hub=jobs"

/* What happened to a job. */
typedef struct
{
  RfiHubEvent  event;
  RfiJob      *job;           /* as it is now; as last read when deleted */
  RfiJob      *previous;      /* (nullable): as it was before, so that who loses it is told too */
  const char  *triggered_by;  /* user id */
  gint64       seq;           /* of the change in the order of all; 0 = not known */
} RfiHubNews;

/* 0 or a %NULL pointer: the default. Times in milliseconds. */
typedef struct
{
  guint  max_clients;        /* 4,096 */
  guint  max_per_user;       /* 64 */
  gsize  max_queue;          /* bytes waiting for one client: 1 MiB */
  gsize  max_message;        /* bytes of one message from a client: 64 KiB */
  guint  handshake_timeout;  /* 15,000 */
  guint  ping_interval;      /* 15,000 */
  guint  silence_timeout;    /* 30,000 */
} RfiHubLimits;

typedef struct
{
  guint   n_clients;    /* connected now, the handshake done */
  guint64 n_accepted;   /* sockets opened */
  guint64 n_refused;    /* without a good token, or beyond a limit */
  guint64 n_events;     /* broadcasts asked for */
  guint64 n_sent;       /* copies given to clients */
  guint64 n_overflows;  /* clients closed for reading too slowly */
  guint64 n_timeouts;   /* clients closed for silence */
} RfiHubCounts;

#define RFI_TYPE_HUB (rfi_hub_get_type ())

G_DECLARE_FINAL_TYPE (RfiHub, rfi_hub, RFI, HUB, GObject)

/**
 * RfiHub:
 *
 * Tells connected clients of changes while they happen, in SignalR's JSON hub protocol over
 * WebSockets. Events are hints: a client that reads too slowly is closed, and pulls what it
 * missed when it comes back. Everything happens in the thread that runs the server's loop.
 */

/* @secret: what tokens are signed with; the hub's own key is derived from it, so a hub token
 *   opens nothing else and no other token opens the hub. */
RfiHub  *rfi_hub_new          (GBytes              *secret,
                               RfiClock            *clock,
                               const RfiHubLimits  *limits);

/* Adds the handlers below "/client" to @server. */
void     rfi_hub_attach       (RfiHub              *self,
                               SoupServer          *server);

/* A token for one hour. @url: the whole address the client is sent to, ending in RFI_HUB_PATH.
 * Returns: (transfer full) */
char    *rfi_hub_issue_token  (RfiHub              *self,
                               RfiUser             *user,
                               const char          *url);

/* Lets clients tell each other which jobs they have open. @func: finds a job by its id. Returns:
 * (transfer full) (nullable) */
void     rfi_hub_set_jobs     (RfiHub              *self,
                               RfiJob             *(*func) (const char *job_id,
                                                            gpointer    user_data),
                               gpointer             user_data);

/* Sends @news once to every client whose person may see the job, before or after the change.
 * To be called after the change is committed. */
void     rfi_hub_broadcast    (RfiHub              *self,
                               const RfiHubNews    *news);

void     rfi_hub_get_counts   (RfiHub              *self,
                               RfiHubCounts        *counts);

/* Says goodbye to every client (they may come back) and refuses new ones; done when the last
 * socket is closed, or after two seconds. */
void     rfi_hub_close_async  (RfiHub              *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean rfi_hub_close_finish (RfiHub              *self,
                               GAsyncResult        *result,
                               GError             **error);

G_END_DECLS
