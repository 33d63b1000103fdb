/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-head.h"
#include "rfi-server-jobs.h"
#include "rfi-server-names.h"
#include "rfi-service-cursor.h"
#include "rfi-sync-service.h"

G_BEGIN_DECLS

/* What the parts of RfiSyncService share. */

struct _RfiSyncService
{
  RfiServiceKey   key;
  RfiRandom      *random;  /* (owned) */
  RfiServerNames *names;   /* (owned) */
};

/* One call on its way. */
typedef struct
{
  RfiSyncService       *service;
  RfiDb                *db;
  const RfiSyncRequest *request;
  const RfiUser        *user;
  RfiSyncReply         *reply;
  const char           *param;  /* (nullable): the address's, decoded */
} RfiServiceCall;

/* Status codes of HTTP, whose library is not known here. */
enum {
  RFI_SERVICE_OK = 200,
  RFI_SERVICE_CREATED = 201,
  RFI_SERVICE_BAD_REQUEST = 400,
  RFI_SERVICE_FORBIDDEN = 403,
  RFI_SERVICE_NOT_FOUND = 404,
  RFI_SERVICE_CONFLICT = 409,
  RFI_SERVICE_GONE = 410,
  RFI_SERVICE_TOO_LARGE = 413,
  RFI_SERVICE_BROKEN = 500,
  RFI_SERVICE_UNAVAILABLE = 503,
  RFI_SERVICE_FULL = 507,
};

/* Answers with the body that was written so far, to be committed. */
void     rfi_service_done       (RfiServiceCall  *call,
                                 guint            status);
/* Answers with a refusal, to be rolled back. */
void     rfi_service_refuse     (RfiServiceCall  *call,
                                 guint            status,
                                 const char      *code,
                                 const char      *message);
/* @error: (transfer full): of the wire: 400 or 413; of the database: 5xx */
void     rfi_service_fail       (RfiServiceCall  *call,
                                 GError          *error);

/* The first value of @name in the query. Returns: (transfer full) (nullable) */
char    *rfi_service_get_query  (RfiServiceCall  *call,
                                 const char      *name);
/* @value: left alone if it is not given. Refuses what is no number from @least to @most. */
gboolean rfi_service_get_number (RfiServiceCall  *call,
                                 const char      *name,
                                 gint64           least,
                                 gint64           most,
                                 gint64          *value);

/* The server's epoch as on the wire. @text: room for RFI_EPOCH_LENGTH + 1 */
void     rfi_service_format_epoch (gint64         epoch,
                                   char          *text);

/* The handlers. */
void     rfi_service_register_device  (RfiServiceCall *call);
void     rfi_service_list_devices     (RfiServiceCall *call);
void     rfi_service_revoke_device    (RfiServiceCall *call);
void     rfi_service_push             (RfiServiceCall *call);
void     rfi_service_delta            (RfiServiceCall *call);
void     rfi_service_snapshot         (RfiServiceCall *call);
void     rfi_service_list_conflicts   (RfiServiceCall *call);
void     rfi_service_resolve_conflict (RfiServiceCall *call);
void     rfi_service_get_conflict     (RfiServiceCall *call);
void     rfi_service_list_deciders    (RfiServiceCall *call);
void     rfi_service_escalate         (RfiServiceCall *call);
void     rfi_service_investigate      (RfiServiceCall *call);
void     rfi_service_list_audit       (RfiServiceCall *call);
void     rfi_service_mark_audit       (RfiServiceCall *call);
void     rfi_service_check_audit      (RfiServiceCall *call);
void     rfi_service_audit_as_of      (RfiServiceCall *call);
void     rfi_service_take_events      (RfiServiceCall *call);

G_END_DECLS
