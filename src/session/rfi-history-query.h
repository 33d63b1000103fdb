/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"

G_BEGIN_DECLS

typedef enum {
  RFI_HISTORY_ALL,
  RFI_HISTORY_STATUS,
  RFI_HISTORY_ASSIGNMENT,
  RFI_HISTORY_EDITS,
  RFI_HISTORY_PHOTOS,
  RFI_HISTORY_CONFLICTS,   /* found, settled, refused, given up */
  RFI_HISTORY_LIFE,        /* created and deleted */
} RfiHistoryKind;

typedef enum {
  RFI_HISTORY_ANYWHERE,
  RFI_HISTORY_HERE,         /* this device */
  RFI_HISTORY_ELSEWHERE,    /* another device */
  RFI_HISTORY_BY_SERVER,    /* no device that signs what it does */
  RFI_HISTORY_BY_CONFLICT,  /* the settling of a conflict */
} RfiHistoryFrom;

/**
 * RfiHistoryQuery:
 *
 * What is asked of a history; %NULL, 0 and the first of each enumeration do not matter.
 */
typedef struct
{
  char           *user_id;    /* who did it */
  char           *job_id;
  char           *device_id;  /* which one did it */
  char           *text;
  RfiHistoryKind  kind;
  RfiHistoryFrom  from;
  gint64          since;      /* ms since 1970 */
  gint64          until;      /* likewise, exclusive */
  gint64          before;     /* `next` of the part before; 0 = from the newest */
  gint64          after;      /* what is older is not wanted; without `before` the oldest of the
                                 rest are, up to `limit` */
  guint           limit;      /* records in a part; 0 = some */
} RfiHistoryQuery;

#define RFI_HISTORY_MOST 1000

/* Returns: (transfer full) */
RfiHistoryQuery *rfi_history_query_copy    (const RfiHistoryQuery *self);
void             rfi_history_query_free    (RfiHistoryQuery       *self);

/* Whether both ask the same, wherever they begin and end. */
gboolean         rfi_history_query_equal   (const RfiHistoryQuery *self,
                                            const RfiHistoryQuery *other);

RfiHistoryKind   rfi_history_kind_of       (const RfiAuditEntry   *entry);

/* Whether an entry answers it, but for its text.
 * @server: it is of a server's answer, which may tell of more kinds of action than were asked for
 * and is right in all else */
gboolean         rfi_history_query_takes   (const RfiHistoryQuery *self,
                                            const RfiAuditEntry   *entry,
                                            gboolean               server);

/* What the server is asked. It may tell of more than `kind` says, never of less.
 * @own_device: (nullable): the id of this one; without one nothing is from here
 * Returns: (transfer full) */
char            *rfi_history_query_to_path (const RfiHistoryQuery *self,
                                            const char            *own_device);

/* Likewise, for where each part of @every records begins, from `before` down. */
char            *rfi_history_query_to_marks_path (const RfiHistoryQuery *self,
                                            const char            *own_device,
                                            guint                  every);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHistoryQuery, rfi_history_query_free)

G_END_DECLS
