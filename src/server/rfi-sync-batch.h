/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-signed-operation.h"

G_BEGIN_DECLS

#define RFI_SYNC_KEY_BYTES 32

typedef enum {
  RFI_SIGNATURE_UNCHECKED,
  RFI_SIGNATURE_GOOD,
  RFI_SIGNATURE_BAD,
} RfiSignatureState;

/* One operation of a push. */
typedef struct
{
  gint64              seq;
  RfiSignedOperation *operation;  /* (owned) (nullable): %NULL if it is none */
  char               *problem;    /* (owned) (nullable): why it is none */
  char               *body;       /* (owned): as it came */
  char               *hash;       /* (owned) */
  char               *signature;  /* (owned): as it came */
  RfiSignatureState   state;
} RfiSyncItem;

/**
 * RfiSyncBatch:
 *
 * A push, read and checked as far as that goes without a transaction. Made in any thread.
 */
typedef struct
{
  char        *device_id;  /* (nullable): without it there is an error */
  char        *epoch;
  gint64       ack;
  RfiSyncItem *items;
  guint        n_items;
  GError      *error;      /* (owned) (nullable): RFI_WIRE_ERROR: it cannot be read */
} RfiSyncBatch;

/* @resolution: of the form of a conflict's resolution. Returns: (transfer full) */
RfiSyncBatch *rfi_sync_batch_new    (const char    *body,
                                     gsize          n_body,
                                     gboolean       resolution);
void          rfi_sync_batch_free   (RfiSyncBatch  *self);

/* Checks what is unchecked, the latest first: a good signature vouches for the operation before it
 * as well, whose hash is among the bytes that were signed, and so for the whole chain up to there.
 * @public_key: RFI_SYNC_KEY_BYTES of it */
void          rfi_sync_batch_verify (RfiSyncBatch  *self,
                                     const guint8  *public_key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSyncBatch, rfi_sync_batch_free)

G_END_DECLS
