/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-json.h"

G_BEGIN_DECLS

/* POST /api/events: what clients tell of themselves. */
#define RFI_WIRE_EVENTS_MAX 500

typedef struct
{
  char    *event_id;        /* UUID */
  char    *type;
  gint64   schema_version;
  gint64   occurred_at;     /* ms since 1970 */
  char    *aggregate_id;    /* what it is about */
  gint64   sequence;        /* rising for each aggregate */
  char    *payload;         /* JSON text of an object */
} RfiWireEvent;

void       rfi_wire_event_free          (RfiWireEvent  *self);

/* More than RFI_WIRE_EVENTS_MAX are RFI_WIRE_ERROR_LIMIT.
 * Returns: (transfer full) (element-type RfiWireEvent) */
GPtrArray *rfi_wire_events_parse        (const char    *data,
                                         gssize         length,
                                         GError       **error);
void       rfi_wire_events_append       (GPtrArray     *events,
                                         GString       *out);

gboolean   rfi_wire_events_parse_answer (const char    *data,
                                         gssize         length,
                                         guint         *n_accepted,
                                         guint         *n_duplicates,
                                         GError       **error);
void       rfi_wire_events_append_answer (GString      *out,
                                          guint         n_accepted,
                                          guint         n_duplicates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiWireEvent, rfi_wire_event_free)

G_END_DECLS
