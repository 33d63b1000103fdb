/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"

G_BEGIN_DECLS

#define RFI_TYPE_SIGNED_OPERATION (rfi_signed_operation_get_type ())

#define RFI_SIGNED_OPERATION_SCHEMA 1

/* Lower-case hex, of the device's epoch. */
#define RFI_EPOCH_LENGTH 16

/* At most so many others may have to be settled first. */
#define RFI_SIGNED_OPERATION_MAX_DEPS 32

/**
 * RfiSignedOperation:
 *
 * What the signed bytes of one operation say. The bytes are what counts: they are made once, when
 * the operation is queued, stored, and sent as they are with every try. Read only once made, safe
 * to share between threads.
 */
typedef struct
{
  char              *id;            /* UUID; the Idempotency-Key of the compatible dialect */
  char              *device_id;     /* UUID */
  char              *epoch;         /* RFI_EPOCH_LENGTH digits of hex */
  gint64             seq;           /* 1 and on without a gap, for each device and epoch */
  RfiOperationKind   kind;          /* never one of a photo */
  char              *user_id;       /* who did it */
  char              *entity_id;     /* the job */
  char              *vendor_id;     /* (nullable): of a create; of a move, where to */
  gint64             base_version;  /* of the job the person saw; 0 = not known, or a create */
  RfiPatch          *patch;         /* (owned) (nullable): what it sets; none for delete and void */
  RfiPatch          *before;        /* (owned) (nullable): what stood in those fields; of a delete,
                                       in every field the person saw */
  gint64            *deps;          /* (owned) (nullable): numbers to be settled first, rising */
  guint              n_deps;
  gint64             observed;      /* change_seq that was held when it was typed; 0 = none */
  guint              priority;      /* 1 … 10, 1 is the most urgent */
  gint64             occurred_at;   /* ms since 1970, for people */
  gint64             device_time;   /* ms since 1970 by the device's own clock, uncorrected */
  char              *prev_hash;     /* of the body with the number before; RFI_HASH_NONE for 1 */
  char              *replaces;      /* (nullable): of a void: hash of the body it stands for */
  char              *resolves;      /* (nullable): of a resolve: id of the conflict */

  gatomicrefcount    ref_count;
} RfiSignedOperation;

GType               rfi_signed_operation_get_type (void) G_GNUC_CONST;
/* Copies @template's strings and shares its patches. Returns: (transfer full) */
RfiSignedOperation *rfi_signed_operation_new      (const RfiSignedOperation  *template);
RfiSignedOperation *rfi_signed_operation_ref      (RfiSignedOperation        *self);
void                rfi_signed_operation_unref    (RfiSignedOperation        *self);

/* Whether it makes sense as a whole: what each kind needs is there, and nothing else. Says nothing
 * about whether values are good, nor about who may do it. RFI_MODEL_ERROR_INVALID. */
gboolean            rfi_signed_operation_check    (const RfiSignedOperation  *self,
                                                   GError                   **error);

/* The bytes to be hashed, signed, stored and sent. @self must pass the check.
 * Returns: (transfer full): text, its length is strlen () */
char               *rfi_signed_operation_encode   (const RfiSignedOperation  *self);

/* Takes exactly what encode writes: other spellings, members or orders are
 * RFI_MODEL_ERROR_NOT_CANONICAL. @length: -1 for text that ends in NUL. Returns: (transfer full) */
RfiSignedOperation *rfi_signed_operation_decode   (const char                *body,
                                                   gssize                     length,
                                                   GError                   **error);

/* The class that a new operation is sent with, 1 … 10, by what it does. @patch: (nullable) */
guint               rfi_signed_operation_classify (RfiOperationKind           kind,
                                                   const RfiPatch            *patch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSignedOperation, rfi_signed_operation_unref)

G_END_DECLS
