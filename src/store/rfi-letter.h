/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-operation.h"

G_BEGIN_DECLS

#define RFI_TYPE_LETTER (rfi_letter_get_type ())

typedef enum {
  RFI_LETTER_NONE,      /* of what is not numbered: a photo */
  RFI_LETTER_READY,     /* was never sent */
  RFI_LETTER_SENT,      /* was, with no answer that is known here */
  RFI_LETTER_ACCEPTED,  /* the server did it; the cursor has not reached it yet */
  RFI_LETTER_DONE,      /* the server answered, and a person has to do something */
} RfiLetterState;

/**
 * RfiLetter:
 *
 * An operation of the outbox as it goes to the server: its number, and the bytes that were signed
 * when it was typed. Read only, safe to share between threads.
 */
typedef struct
{
  char              *operation_id;
  char              *job_id;
  char              *user_id;     /* who did it */
  RfiOperationKind   kind;        /* as it is sent */
  RfiOperationState  waits;       /* QUEUED, unless a person has to do something first */
  RfiLetterState     state;
  gint64             position;    /* the order of typing */
  char              *device;      /* (nullable) each, of what is not numbered */
  char              *epoch;
  gint64             number;
  char              *hash;
  char              *body;        /* (nullable): only of one that is claimed */
  char              *signature;   /* (nullable): likewise */
  gsize              size;        /* bytes of the body */
  guint              priority;    /* 1 … 10, 1 is the most urgent */
  guint              attempts;    /* tries without an answer */

  gatomicrefcount    ref_count;
} RfiLetter;

/* Of a letter whose rest does not matter. */
typedef struct
{
  gint64   number;
  gboolean open;    /* see rfi_letter_is_open() */
} RfiLetterNumber;

GType      rfi_letter_get_type (void) G_GNUC_CONST;
/* Copies @template's strings. Returns: (transfer full) */
RfiLetter *rfi_letter_new      (const RfiLetter *template);
RfiLetter *rfi_letter_ref      (RfiLetter       *self);
void       rfi_letter_unref    (RfiLetter       *self);

/* Whether it still has to be sent. */
gboolean   rfi_letter_is_open  (const RfiLetter *self);

/* What a server answered for good. */
typedef enum {
  RFI_ANSWER_APPLIED,
  RFI_ANSWER_CONFLICT,
  RFI_ANSWER_REJECTED,
  RFI_ANSWER_QUARANTINED,
} RfiAnswerKind;

/**
 * RfiAnswer:
 *
 * The server's durable answer to one letter. Plain data.
 */
typedef struct
{
  char              *epoch;        /* of the letter */
  gint64             number;
  RfiAnswerKind      kind;
  gint64             version;      /* of the job as it is there now */
  gint64             change_seq;   /* of what was applied */
  char              *code;         /* (nullable): why not */
  char              *message;      /* (nullable) */
  char              *conflict_id;  /* of a conflict, and what follows too */
  RfiConflictReason  reason;
  RfiPatch          *theirs;       /* (owned) (nullable): %NULL when it is gone */
  char              *theirs_by;    /* (nullable) user id */
  gint64             theirs_at;    /* ms since 1970 */
} RfiAnswer;

void       rfi_answer_free     (RfiAnswer       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiLetter, rfi_letter_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiAnswer, rfi_answer_free)

G_END_DECLS
