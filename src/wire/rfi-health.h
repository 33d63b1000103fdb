/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What our own server announces. */
#define RFI_CAPABILITY_SYNC_V1 "sync-v1"
#define RFI_CAPABILITY_REFRESH "refresh"

/**
 * RfiHealth:
 *
 * What a server says of itself; answered as JSON of this shape with 200 and 503 alike. That
 * shape is what tells a server from a captive portal's page.
 */
typedef struct
{
  gboolean   ok;            /* "status" is "ok": it can do its work */
  char      *status;
  char      *timestamp;     /* (nullable): the server's clock */
  char      *environment;   /* (nullable) */
  char      *version;       /* (nullable) */
  char     **capabilities;  /* never %NULL: what it can beyond the contract */
} RfiHealth;

RfiHealth *rfi_health_parse  (const char       *data,
                              gssize            length,
                              GError          **error);
void       rfi_health_free   (RfiHealth        *self);
gboolean   rfi_health_has    (const RfiHealth  *self,
                              const char       *capability);

/* Database down: @self->ok is %FALSE and status "degraded". */
void       rfi_health_append (const RfiHealth  *self,
                              GString          *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHealth, rfi_health_free)

G_END_DECLS
