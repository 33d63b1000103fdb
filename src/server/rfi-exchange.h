/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "rfi-json.h"
#include "rfi-page-cache.h"
#include "rfi-router.h"
#include "rfi-server-types.h"
#include "rfi-token.h"

G_BEGIN_DECLS

/**
 * RfiExchange:
 *
 * One request and its answer. It lives as long as its message; who answers later holds it.
 * Loop's thread only.
 */
struct _RfiExchange
{
  RfiServerContext  *context;
  SoupServerMessage *message;     /* unowned: it owns this */
  const char        *id;          /* its message's: told in x-request-id and in the log */
  const char        *method;      /* interned */
  const char        *route;       /* pattern, for log and metrics */
  char              *params[RFI_ROUTE_MAX_PARAMS]; /* (owned) (nullable): decoded */
  RfiClaims         *claims;      /* (owned) (nullable): who asks */
  char              *text;        /* (owned) (nullable): body of JSON, as UTF-8 */
  gsize              n_text;
  RfiJson            json;        /* inside text, if has_json */
  gboolean           has_json;
  gsize              limit;       /* of the body */
  gsize              n_read;      /* bytes of body that came */
  gint64             n_written;   /* bytes of body that went */
  const RfiRoute    *found;       /* (nullable): where it leads */
  RfiRouted          routed;
  gint64             started_at;  /* monotonic, microseconds */
  gboolean           answered;
  guint              n_holds;     /* who will answer later */
  gboolean           ended;       /* counted and logged */
};

/* Made when the headers are read; stays with @message. */
RfiExchange *rfi_exchange_new          (RfiServerContext  *context,
                                        SoupServerMessage *message);
RfiExchange *rfi_exchange_from_message (SoupServerMessage *message);

/* For an answer that comes later: keeps it alive, and the connection waits. answer it, then
 * release it, exactly once. */
RfiExchange *rfi_exchange_hold         (RfiExchange       *self);
void         rfi_exchange_release      (RfiExchange       *self);

/* (nullable) */
const char  *rfi_exchange_get_header   (RfiExchange       *self,
                                        const char        *name);
/* "http://host" as the client sees this server. Returns: (transfer full) */
char        *rfi_exchange_get_base     (RfiExchange       *self);
/* The client's address; "" if unknown. */
const char  *rfi_exchange_get_address  (RfiExchange       *self);

/* What the address says of @name, decoded; of several the first. Returns: (transfer full)
 * (nullable) */
char        *rfi_exchange_get_query    (RfiExchange       *self,
                                        const char        *name);
/* How often the address names @name. */
guint        rfi_exchange_count_query  (RfiExchange       *self,
                                        const char        *name);

/* The answers. Each may be given once. @body: (transfer full) */
void         rfi_exchange_reply        (RfiExchange       *self,
                                        guint              status,
                                        GString           *body);
void         rfi_exchange_reply_typed  (RfiExchange       *self,
                                        guint              status,
                                        const char        *type,
                                        GString           *body);
/* What is written already. @page: (transfer none) */
void         rfi_exchange_reply_page   (RfiExchange       *self,
                                        RfiPage           *page);
/* Nothing but the status. */
void         rfi_exchange_reply_empty  (RfiExchange       *self,
                                        guint              status);
/* Anything but text, neither compressed nor compared. */
void         rfi_exchange_reply_bytes  (RfiExchange       *self,
                                        const char        *type,
                                        GBytes            *body);
/* With a code and words for people, of the contract. */
void         rfi_exchange_fail         (RfiExchange       *self,
                                        guint              status,
                                        const char        *code,
                                        const char        *message);
void         rfi_exchange_fail_later   (RfiExchange       *self,
                                        guint              status,
                                        const char        *code,
                                        const char        *message,
                                        guint              retry_after);
/* For an RFI_WIRE_ERROR of a body, or an RFI_SERVER_ERROR. */
void         rfi_exchange_fail_error   (RfiExchange       *self,
                                        const GError      *error);
/* 404 of the contract for an address that leads nowhere. */
void         rfi_exchange_fail_route   (RfiExchange       *self);

/* The body as JSON; answers 415 and gives %NULL when there is none. */
const RfiJson *rfi_exchange_need_json  (RfiExchange       *self);

/* Whether the client takes gzip. */
gboolean     rfi_exchange_takes_gzip   (RfiExchange       *self);

G_END_DECLS
