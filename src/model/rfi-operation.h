/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-patch.h"
#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_OPERATION (rfi_operation_get_type ())

typedef enum {
  RFI_OPERATION_CREATE,
  RFI_OPERATION_EDIT,
  RFI_OPERATION_SET_STATUS,
  RFI_OPERATION_ASSIGN,
  RFI_OPERATION_DELETE,
  RFI_OPERATION_ADD_PHOTO,
  RFI_OPERATION_DELETE_PHOTO,
  RFI_OPERATION_RESOLVE,  /* Sync v1: settles a conflict; sets whatever was decided */
  RFI_OPERATION_VOID,     /* Sync v1: takes the number of one that was withdrawn; does nothing */
  RFI_OPERATION_MOVE,     /* Sync v1: gives the job to another vendor, where nobody has it yet */
} RfiOperationKind;

#define RFI_N_OPERATION_KINDS 10

/* The first ones are those that the compatible dialect can send. */
#define RFI_N_CONTRACT_KINDS 7

typedef enum {
  RFI_OPERATION_QUEUED,    /* waits its turn or its next try; "in flight" is only in memory */
  RFI_OPERATION_CONFLICT,  /* waits for a person on the conflict desk */
  RFI_OPERATION_REJECTED,  /* the server said no; waits for a person to retry or discard */
  /* Only Sync v1 knows these: */
  RFI_OPERATION_ACCEPTED,     /* the server did it; until its row arrives this stands for it */
  RFI_OPERATION_QUARANTINED,  /* the server set it aside, as it does not trust this device */
} RfiOperationState;

#define RFI_N_OPERATION_STATES 5

/* The error code of one that this computer cannot read any more: its file was damaged. It stays
 * until a person discards it, and sets nothing. */
#define RFI_OPERATION_LOST "LOST"

/* The error code of one that cannot be signed, and so never be sent, whatever it was made by. */
#define RFI_OPERATION_SENSELESS "SENSELESS"

/* The base_etag of a decision about a conflict of somebody else: giving it up settles nothing. */
#define RFI_OPERATION_FOR_OTHERS "others"

/**
 * RfiOperation:
 *
 * One thing a person did, from the moment it is safe on this computer until the server's
 * answer is. Its id goes with every try, so that the server can recognise a repeat. Read only
 * once made, safe to share between threads; the store makes a new one when progress changes.
 */
struct _RfiOperation
{
  char              *id;             /* UUID, sent as Idempotency-Key */
  gint64             seq;            /* order of typing; 0 until it is in the outbox */
  RfiOperationKind   kind;
  char              *job_id;
  char              *vendor_id;      /* (nullable): of a job to create; of a move, where to */
  char              *user_id;        /* who did it */
  char              *base_etag;      /* (nullable): etag of the job the person saw */
  RfiPatch          *patch;          /* (owned) (nullable): what it sets */
  RfiPatch          *before;         /* (owned) (nullable): what stood in those fields */
  char              *photo_id;       /* (nullable): of a photo to delete */
  char              *photo_name;     /* (nullable): file name of a photo to add */
  char              *photo_mime;     /* (nullable) */
  char              *photo_path;     /* (nullable): our own copy, below the profile */
  gint64             photo_size;     /* bytes */
  gint64             created_at;     /* ms since 1970, for people */

  RfiOperationState  state;
  guint              attempts;       /* tries whose outcome was a failure or is unknown */
  gboolean           maybe_applied;  /* a try's outcome is unknown: look before calling it one's own
                                        failure */
  gint64             next_try_at;    /* ms since 1970; 0 = at once */
  char              *error_code;     /* (nullable): of the last try */
  char              *error_message;  /* (nullable): the server's words */

  gatomicrefcount    ref_count;
};

GType             rfi_operation_get_type (void) G_GNUC_CONST;
/* Copies @template's strings and shares its patches. Returns: (transfer full) */
RfiOperation     *rfi_operation_new      (const RfiOperation *template);
RfiOperation     *rfi_operation_ref      (RfiOperation       *self);
void              rfi_operation_unref    (RfiOperation       *self);

/* "create", "edit", "status", "assign", "delete", "add-photo", "delete-photo",
 * "resolve", "void", "move" */
const char       *rfi_operation_kind_to_string   (RfiOperationKind  kind);
gboolean          rfi_operation_kind_from_string (const char       *text,
                                                  RfiOperationKind *kind);
/* Whether a kind that is not known may be one of a newer program: damage hardly makes a word. */
gboolean          rfi_operation_kind_is_word     (const char       *text);
/* Of the changes to a job that is there, the one that may set @field: a status and a technician
 * travel alone. */
RfiOperationKind  rfi_operation_kind_of_field    (RfiField          field);

/* The job as this operation leaves it. @job is %NULL for one that creates it; the answer is
 * %NULL for one that deletes it. Photos are not part of it. Returns: (transfer full) (nullable) */
RfiJob           *rfi_operation_apply    (const RfiOperation *self,
                                          RfiJob             *job);

/* @job at vendor @vendor_id: nobody there has it yet. Returns: (transfer full) */
RfiJob           *rfi_operation_move_job (RfiJob             *job,
                                          const char         *vendor_id);

/* work = fold (base, pending), the oldest first. Returns: (transfer full) (nullable) */
RfiJob           *rfi_operation_fold     (RfiJob             *base,
                                          GPtrArray          *pending);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiOperation, rfi_operation_unref)

G_END_DECLS
