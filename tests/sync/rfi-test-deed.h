/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-test-console.h"

G_BEGIN_DECLS

/**
 * RfiTestDeed:
 *
 * One operation of each kind, done the same way by several tests, and how to see that it
 * happened exactly once.
 */
typedef struct
{
  RfiOperationKind  kind;
  const char       *title;          /* of its job; no other job has it */
  const char       *technician_id;  /* who is assigned */
  char             *job_id;         /* (owned) (nullable): what it is done to */
  char             *photo_id;       /* (owned) (nullable) */
} RfiTestDeed;

/* Method and path, as a glob, of the kind's own request. */
const char   *rfi_test_deed_get_method (RfiOperationKind  kind);
const char   *rfi_test_deed_get_path   (RfiOperationKind  kind);

/* Makes the job it is done to, at the server, and its photo, if it has to have one, through
 * @console. Starts @console. */
void          rfi_test_deed_prepare    (RfiTestDeed      *self,
                                        RfiTestConsole   *console);

/* Returns: (transfer full) */
RfiOperation *rfi_test_deed_do         (RfiTestDeed      *self,
                                        RfiTestConsole   *console);

/* Whether the server shows it, asked directly. */
gboolean      rfi_test_deed_is_done    (RfiTestDeed      *self,
                                        RfiTestConsole   *console);

/* It happened once, and @console has the same as the server. */
void          rfi_test_deed_assert     (RfiTestDeed      *self,
                                        RfiTestConsole   *console);

void          rfi_test_deed_clear      (RfiTestDeed      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RfiTestDeed, rfi_test_deed_clear)

G_END_DECLS
