/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-deed.h"
#include "rfi-rules.h"

G_BEGIN_DECLS

#define RFI_TYPE_BULK_ENTRY (rfi_bulk_entry_get_type ())

G_DECLARE_FINAL_TYPE (RfiBulkEntry, rfi_bulk_entry, RFI, BULK_ENTRY, GObject)

typedef enum {
  RFI_BULK_READY,      /* will change */
  RFI_BULK_SAME,       /* is so already */
  RFI_BULK_CLASH,      /* undoing: somebody changed it since */
  RFI_BULK_REFUSED,    /* the rules do not allow it, or it could not be kept here */
  RFI_BULK_RUNNING,
  RFI_BULK_KEPT,       /* is safe here, and will be sent */
  RFI_BULK_CONFIRMED,  /* the server has it */
  RFI_BULK_FAILED,     /* the server refused it, or it met another change */
} RfiBulkState;

#define RFI_N_BULK_STATES 8

/**
 * RfiBulkEntry:
 *
 * What a bulk does to one job. Properties (read only, notify): `state` (RfiBulkState as int).
 */
RfiBulkEntry     *rfi_bulk_entry_new       (RfiJobItem         *item,
                                            RfiOperationKind    kind,
                                            RfiPatch           *patch);

RfiJobItem       *rfi_bulk_entry_get_item  (RfiBulkEntry       *self);
RfiOperationKind  rfi_bulk_entry_get_kind  (RfiBulkEntry       *self);
/* What it sets. */
RfiPatch         *rfi_bulk_entry_get_patch (RfiBulkEntry       *self);
RfiBulkState      rfi_bulk_entry_get_state (RfiBulkEntry       *self);

/* Why it is REFUSED: RFI_SESSION_ERROR, or of FAILED the server's words. (nullable) */
const GError     *rfi_bulk_entry_get_error (RfiBulkEntry       *self);

/* Of undoing. (nullable): what it undoes or does again */
RfiDeed          *rfi_bulk_entry_get_origin (RfiBulkEntry      *self);
/* What ought to stand in the job, but in the fields of a CLASH does not. (nullable) */
RfiPatch         *rfi_bulk_entry_get_expected (RfiBulkEntry    *self);

/*< private >: for the bulk */
/* @error: (transfer full) (nullable) */
void              rfi_bulk_entry_set_state (RfiBulkEntry       *self,
                                            RfiBulkState        state,
                                            GError             *error);
void              rfi_bulk_entry_set_origin (RfiBulkEntry      *self,
                                             RfiDeed           *origin,
                                             RfiPatch          *expected);
/* @deed: (nullable): what running it did */
void              rfi_bulk_entry_set_deed  (RfiBulkEntry       *self,
                                            RfiDeed            *deed);
RfiDeed          *rfi_bulk_entry_get_deed  (RfiBulkEntry       *self);

G_END_DECLS
