/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RFI_TYPE_CLIENT_EVENT (rfi_client_event_get_type ())

/* What is written today; see rfi-event-upcast.h for those of before. */
#define RFI_CLIENT_EVENT_SCHEMA 2

/* What events are about that are about no job. */
#define RFI_EVENT_OF_SYNC  "sync"
#define RFI_EVENT_OF_CACHE "cache"

/**
 * RfiClientEvent:
 *
 * Something that happened on this computer, as it was recorded: it names nobody and says nothing
 * that a person typed. Read only, safe to share between threads.
 */
typedef struct
{
  gint64  n;               /* order on this computer; 0 until it is kept */
  char   *id;              /* (nullable): UUID, once it is kept */
  char   *type;            /* "sync.failed" */
  gint64  schema_version;
  gint64  at;              /* ms since 1970 */
  char   *aggregate;       /* what it is about: "job:" and an id, "sync", "cache" */
  gint64  sequence;        /* rising by one for each aggregate; 0 until it is kept */
  char   *payload;         /* JSON text of an object */

  gatomicrefcount ref_count;
} RfiClientEvent;

GType           rfi_client_event_get_type (void) G_GNUC_CONST;
/* Copies @template's strings. Returns: (transfer full) */
RfiClientEvent *rfi_client_event_new      (const RfiClientEvent *template);
RfiClientEvent *rfi_client_event_ref      (RfiClientEvent       *self);
void            rfi_client_event_unref    (RfiClientEvent       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiClientEvent, rfi_client_event_unref)

G_END_DECLS
