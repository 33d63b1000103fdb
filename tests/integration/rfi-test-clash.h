/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-test-company.h"

G_BEGIN_DECLS

typedef enum {
  RFI_CLASH_FIELDS,       /* the same field */
  RFI_CLASH_STEP,         /* a step that is none any more */
  RFI_CLASH_CANCEL,       /* cancelled while it was given to somebody */
  RFI_CLASH_RACE,         /* started while it was cancelled */
  RFI_CLASH_RACE_CANCEL,  /* cancelled while it was started */
  RFI_CLASH_DELETED,      /* changed while it was deleted */
  RFI_CLASH_DELETION,     /* deleted while it was changed */
  RFI_CLASH_BOOKING,
  RFI_CLASH_INACTIVE,
  RFI_CLASH_AGAIN,        /* the decision met another change */
} RfiClashKind;

#define RFI_N_CLASH_KINDS 10

typedef enum {
  RFI_ANSWER_SERVER,
  RFI_ANSWER_MINE,
  RFI_ANSWER_OTHER,       /* a value that neither has */
} RfiClashAnswer;

#define RFI_N_CLASH_ANSWERS 3

/**
 * RfiTestClash:
 *
 * One conflict: who meets whom, who says what about it, and whether the server is there then.
 */
typedef struct
{
  char           *name;       /* of its job, too: no other has it */
  RfiClashKind    kind;
  RfiRole         maker;      /* whose change it is */
  RfiRole         decider;
  RfiClashAnswer  answer;
  gboolean        offline;    /* decided without the server */

  gint64          day;        /* of its booking: each has its own, ms since 1970 */
  char           *job_id;     /* (nullable): from here on: once it was made */
  char           *record_id;  /* (nullable): of the server's record */
} RfiTestClash;

const char   *rfi_clash_kind_to_string   (RfiClashKind    kind);
const char   *rfi_clash_answer_to_string (RfiClashAnswer  answer);
void          rfi_test_clash_clear       (RfiTestClash   *self);

/* All of them at once, which are of one kind and one maker, until each is on the maker's desk.
 * @clashes: (element-type RfiTestClash) */
void          rfi_test_clash_make        (GPtrArray      *clashes,
                                          RfiTestCompany *company);
/* What is decided. Returns: (transfer full) (nullable) */
RfiPatch     *rfi_test_clash_choose      (RfiTestClash   *self,
                                          RfiTestCompany *company,
                                          RfiConflict    *conflict);
/* Each by its decider, those without the server last, until no desk has one. */
void          rfi_test_clash_decide      (GPtrArray      *clashes,
                                          RfiTestCompany *company);
/* That server, consoles and histories say the same, and what was decided. */
void          rfi_test_clash_assert      (RfiTestClash   *self,
                                          RfiTestCompany *company);

G_END_DECLS
