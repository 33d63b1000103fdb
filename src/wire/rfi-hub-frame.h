/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-presence.h"

G_BEGIN_DECLS

/* The JSON protocol of SignalR, version 1: records that end in 0x1E. One WebSocket message may
 * hold several, and one may be spread over several.
 */
#define RFI_HUB_RECORD_LIMIT (1024 * 1024)

typedef enum {
  RFI_HUB_EVENT_JOB_CREATED,
  RFI_HUB_EVENT_JOB_ASSIGNED,
  RFI_HUB_EVENT_JOB_STATUS_CHANGED,
  RFI_HUB_EVENT_JOB_UPDATED,
  RFI_HUB_EVENT_JOB_DELETED,
  RFI_HUB_EVENT_OTHER,
} RfiHubEvent;

typedef enum {
  RFI_HUB_FRAME_HANDSHAKE,   /* {}: accepted; error set: refused */
  RFI_HUB_FRAME_INVOCATION,  /* an event, or a call from a client */
  RFI_HUB_FRAME_COMPLETION,
  RFI_HUB_FRAME_PING,
  RFI_HUB_FRAME_CLOSE,
  RFI_HUB_FRAME_UNKNOWN,     /* a type of a later version: to be passed over */
} RfiHubFrameType;

typedef struct
{
  RfiHubFrameType  type;
  RfiHubEvent      event;            /* invocation */
  char            *target;           /* (nullable): invocation: its name as sent */
  char            *invocation_id;    /* (nullable): the sender waits for a completion */
  RfiJob          *job;              /* (owned) (nullable): invocation, if its argument has one */
  char            *previous_status;  /* (nullable): as sent */
  char            *triggered_by;     /* (nullable): user id */
  gint64           change_seq;       /* of the change in the server's feed; 0 = not told */
  RfiPresence     *presence;         /* (owned) (nullable): the event of that name */
  char            *attended;         /* (nullable): a call to attend: job id */
  RfiAttention     attention;        /* likewise */
  char            *error;            /* (nullable): handshake, completion, close */
  gboolean         allow_reconnect;  /* close */
} RfiHubFrame;

/* @in_handshake: the next record is the other side's handshake; it has no type.
 * Returns: (transfer full) */
RfiHubFrame    *rfi_hub_frame_parse             (const char       *record,
                                                 gsize             length,
                                                 gboolean          in_handshake,
                                                 GError          **error);
void            rfi_hub_frame_free              (RfiHubFrame      *self);

/* A client's request {"protocol":"json","version":1}: whether it is one, and this one. */
gboolean        rfi_hub_handshake_parse_request (const char       *record,
                                                 gsize             length,
                                                 GError          **error);

/* Each appends one record with its 0x1E. */
void            rfi_hub_append_handshake        (GString          *out);
/* @error: (nullable): %NULL accepts */
void            rfi_hub_append_handshake_answer (GString          *out,
                                                 const char       *error);
void            rfi_hub_append_ping             (GString          *out);
/* @error: (nullable) */
void            rfi_hub_append_close            (GString          *out,
                                                 const char       *error,
                                                 gboolean          allow_reconnect);
void            rfi_hub_append_completion       (GString          *out,
                                                 const char       *invocation_id,
                                                 const char       *error);
/* @previous_status: (nullable). @change_seq: 0 = not told */
void            rfi_hub_append_event            (GString          *out,
                                                 RfiHubEvent       event,
                                                 const RfiJob     *job,
                                                 const char       *previous_status,
                                                 const char       *triggered_by,
                                                 gint64            change_seq);

const char     *rfi_hub_event_to_string         (RfiHubEvent       event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHubFrame, rfi_hub_frame_free)

G_END_DECLS
