/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-types.h"
#include "rfi-user.h"

G_BEGIN_DECLS

#define RFI_ROUTE_MAX_PARAMS 2

#define RFI_ROUTE_ADMIN      (1u << RFI_ROLE_ADMIN)
#define RFI_ROUTE_DISPATCHER (1u << RFI_ROLE_DISPATCHER)
#define RFI_ROUTE_TECHNICIAN (1u << RFI_ROLE_TECHNICIAN)
#define RFI_ROUTE_OFFICE     (RFI_ROUTE_ADMIN | RFI_ROUTE_DISPATCHER)
#define RFI_ROUTE_ALL        (RFI_ROUTE_OFFICE | RFI_ROUTE_TECHNICIAN)

typedef struct
{
  const char *method;
  const char *path;       /* in lower case; ":x" stands for any segment, a last "*" for any rest */
  guint       roles;      /* who may; 0: everybody, without a token */
  gboolean    takes_form; /* a photo, instead of JSON */
  RfiHandler  handler;
  gsize       limit;      /* of a body of JSON; 0: RFI_WIRE_BODY_LIMIT */
} RfiRoute;

typedef enum {
  RFI_ROUTED,
  RFI_ROUTED_NOWHERE,
  RFI_ROUTED_BADLY,   /* a parameter's %-escapes are broken */
} RfiRouted;

/* Paths are taken in any case and with a slash at the end; HEAD as GET.
 * @path: as sent, escaped
 * @params: (out): up to RFI_ROUTE_MAX_PARAMS, (transfer full), decoded */
RfiRouted rfi_router_find     (const RfiRoute  *routes,
                               guint            n_routes,
                               const char      *method,
                               const char      *path,
                               const RfiRoute **route,
                               char           **params);

/* Whether everything at and below this path asks for a token first. */
gboolean  rfi_router_is_closed (const char     *path);

G_END_DECLS
