/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-hub-connection.h"
#include "rfi-job.h"
#include "rfi-presence.h"

G_BEGIN_DECLS

/**
 * RfiHubPresence:
 *
 * Who has which job open, of the clients that say so: nothing on disk, nothing that keeps anybody
 * from anything. What a client said holds until it says otherwise, ends, or is silent about it for
 * RFI_WIRE_ATTEND_LIFE. A client may have few jobs open, and may not say so too often: what is too
 * much is passed over. For the thread of the hub.
 */
typedef struct _RfiHubPresence RfiHubPresence;

/* The job, if there is one. Returns: (transfer full) (nullable) */
typedef RfiJob *(*RfiHubJobFunc)  (const char *job_id,
                                   gpointer    user_data);
/* Gives @record to those who may see @job. */
typedef void    (*RfiHubTellFunc) (RfiJob     *job,
                                   GBytes     *record,
                                   gpointer    user_data);

RfiHubPresence *rfi_hub_presence_new      (RfiClock         *clock,
                                           RfiHubTellFunc    tell,
                                           gpointer          user_data);
void            rfi_hub_presence_free     (RfiHubPresence   *self);

/* Without it nobody is ever present. */
void            rfi_hub_presence_set_jobs (RfiHubPresence   *self,
                                           RfiHubJobFunc     func,
                                           gpointer          user_data);

/* A client says what it does with a job; the first time it is told of all others.
 * @job_id: "" only to be told */
void            rfi_hub_presence_attend   (RfiHubPresence   *self,
                                           RfiHubConnection *client,
                                           const char       *job_id,
                                           RfiAttention      attention);
void            rfi_hub_presence_leave    (RfiHubPresence   *self,
                                           RfiHubConnection *client);

/* Whether the client wants to be told. */
gboolean        rfi_hub_presence_has      (RfiHubPresence   *self,
                                           RfiHubConnection *client);

/* A job changed: whoever may not see it any more is no longer there, nor told. */
void            rfi_hub_presence_note     (RfiHubPresence   *self,
                                           const RfiHubNews *news);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHubPresence, rfi_hub_presence_free)

G_END_DECLS
