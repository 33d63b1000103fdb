/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-state.h"

G_BEGIN_DECLS

/**
 * RfiStoreChange:
 *
 * What one transaction of the store changed, as it stands now. Read only, safe to share.
 */
typedef struct
{
  GPtrArray       *upserted;     /* (element-type RfiJobState) */
  GPtrArray       *removed;      /* (element-type utf8): job ids */
  char            *renamed_from; /* (nullable): the id a created job had before the server's */
  char            *renamed_to;   /* (nullable) */
  gboolean         foreign;      /* somebody else made the change */
  gboolean         outbox;       /* the outbox's rows changed */
  gboolean         conflicts;
  gboolean         audit;
  gboolean         photos;
  gboolean         people;       /* technicians or vendors */
  guint            n_queued;
  guint            n_failed;
  guint            n_conflicts;
  gint64           oldest_queued_at;  /* ms since 1970; 0 = none */

  gatomicrefcount  ref_count;
} RfiStoreChange;

#define RFI_TYPE_STORE_CHANGE (rfi_store_change_get_type ())

GType           rfi_store_change_get_type (void) G_GNUC_CONST;
RfiStoreChange *rfi_store_change_new      (void);
RfiStoreChange *rfi_store_change_ref      (RfiStoreChange *self);
void            rfi_store_change_unref    (RfiStoreChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiStoreChange, rfi_store_change_unref)

G_END_DECLS
