/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-scope.h"

G_BEGIN_DECLS

#define RFI_SERVICE_KEY_BYTES 32

typedef struct
{
  guint8 bytes[RFI_SERVICE_KEY_BYTES];
} RfiServiceKey;

typedef enum {
  RFI_CURSOR_DELTA,
  RFI_CURSOR_SNAPSHOT,
} RfiCursorKind;

/* Where a client stands in the order of changes. It holds only the text, which nobody but this
 * server can make. */
typedef struct
{
  RfiCursorKind kind;
  gint64        epoch;
  gint64        seq;     /* the last one it has */
  gint64        start;   /* snapshot: where it began, and the delta goes on from */
  guint64       scope;   /* see rfi_service_cursor_hash_scope() */
  gint64        entry;   /* the latest of the audit when this was written; 0 = there was none */
  guint64       mark;    /* rfi_server_audit_get_mark() of it: says which history this is of */
  guint8        schema;
} RfiServiceCursor;

/* Rises when rows gain what old rows of a client would lack. */
#define RFI_SERVICE_CURSOR_SCHEMA 1

/* The key that cursors are sealed with, from @secret. */
void     rfi_service_key_init          (RfiServiceKey           *self,
                                        GBytes                  *secret);

guint64  rfi_service_cursor_hash_scope (const RfiScope          *scope);

/* Returns: (transfer full) */
char    *rfi_service_cursor_seal       (const RfiServiceCursor  *self,
                                        const RfiServiceKey     *key);
/* %FALSE for anything that this server did not write for @kind. */
gboolean rfi_service_cursor_open       (RfiServiceCursor        *self,
                                        RfiCursorKind            kind,
                                        const char              *text,
                                        const RfiServiceKey     *key);

G_END_DECLS
