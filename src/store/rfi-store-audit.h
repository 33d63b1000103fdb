/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* What is looked for in the history that is kept here. */
typedef struct
{
  gint64 before;  /* id: newest first from the one before it … */
  gint64 after;   /* … down to the one after this; without `before`, oldest first from there on */
  guint  limit;   /* entries; not of marks, which are told of a part of the history at once */
  guint  every;   /* entries between two marks; 0 = the entries themselves are wanted */
} RfiAuditSearch;

typedef struct
{
  GPtrArray *entries;  /* (nullable) (element-type RfiAuditEntry): newest first */
  GArray    *marks;    /* (nullable) (element-type gint64): ids of the first that was found and of
                          each so many further on */
  gint64     newest;   /* id of the newest that was looked at, 0 = none */
  gint64     found;
  gint64     next;     /* the `before`, or `after`, that goes on, 0 = nothing follows */
} RfiAuditPart;

void          rfi_audit_part_free           (RfiAuditPart        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiAuditPart, rfi_audit_part_free)

/* In the store's thread; of @entry all is told but what it was before and after. */
typedef gboolean (*RfiAuditMatchFunc)       (const RfiAuditEntry *entry,
                                             gpointer             user_data);

/* @destroy: (nullable). finish: Returns: (transfer full); RFI_STORE_ERROR */
void          rfi_store_search_audit_async  (RfiStore            *self,
                                             const RfiAuditSearch *search,
                                             RfiAuditMatchFunc    match,
                                             gpointer             match_data,
                                             GDestroyNotify       destroy,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
RfiAuditPart *rfi_store_search_audit_finish (RfiStore            *self,
                                             GAsyncResult        *result,
                                             GError             **error);

/* Lines of @job_id that came without who did it get it from those of @entries that say the same.
 * @entries: (element-type RfiAuditEntry): of the server. finish: how many lines, -1 = error */
void          rfi_store_credit_audit_async  (RfiStore            *self,
                                             const char          *job_id,
                                             GPtrArray           *entries,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
int           rfi_store_credit_audit_finish (RfiStore            *self,
                                             GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
