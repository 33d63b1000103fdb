/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict-desk.h"
#include "rfi-test-console.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"

G_BEGIN_DECLS

/**
 * RfiTestCompany:
 *
 * One person of each role, each at a console of their own, at one server that speaks Sync v1. What
 * should work but does not ends the test.
 */
typedef struct
{
  RfiTestServer  *server;                 /* (owned) */
  RfiTestConsole *consoles[RFI_N_ROLES];  /* (owned) */
  char           *technician_id;
  SoupSession    *http;                   /* (owned) */
  char           *token;                  /* the admin's, for asking the server itself */
} RfiTestCompany;

RfiTestCompany  *rfi_test_company_new           (void);
void             rfi_test_company_free          (RfiTestCompany *self);

RfiSession      *rfi_test_company_get_session   (RfiTestCompany *self,
                                                 RfiRole         who);
RfiConflictDesk *rfi_test_company_get_desk      (RfiTestCompany *self,
                                                 RfiRole         who);
guint            rfi_test_company_count_desk    (RfiTestCompany *self,
                                                 RfiRole         who);
/* The one conflict of the job. (transfer none) (nullable) */
RfiConflict     *rfi_test_company_find_conflict (RfiTestCompany *self,
                                                 RfiRole         who,
                                                 const char     *job_id);
/* Asks again until it is so: nothing tells a console of another's conflict by itself at once. */
#define rfi_test_company_wait_desk(self, who, condition)                                           \
  rfi_test_wait (rfi_test_company_refreshed ((self), (who), (condition)))

void             rfi_test_company_edit          (RfiTestCompany *self,
                                                 RfiRole         who,
                                                 const char     *job_id,
                                                 RfiField        field,
                                                 const char     *value);
void             rfi_test_company_set_status    (RfiTestCompany *self,
                                                 RfiRole         who,
                                                 const char     *job_id,
                                                 RfiStatus       status);
void             rfi_test_company_set_offline   (RfiTestCompany *self,
                                                 RfiRole         who,
                                                 gboolean        offline);
void             rfi_test_company_wait_confirmed (RfiTestCompany *self,
                                                 RfiRole         who,
                                                 const char     *job_id);
/* Until all three have the job, under the id that the server knows; the technician if it is
 * theirs. Returns: (transfer full): that id */
char            *rfi_test_company_wait_job      (RfiTestCompany *self,
                                                 const char     *title,
                                                 gboolean        assigned);
/* By the dispatcher. */
void             rfi_test_company_create        (RfiTestCompany *self,
                                                 const char     *title,
                                                 gboolean        assigned);
/* Whether both have the same confirmed job. */
gboolean         rfi_test_company_agree         (RfiTestCompany *self,
                                                 RfiRole         a,
                                                 RfiRole         b,
                                                 const char     *job_id);

/* That the server's history, read by this console, says which job stands for this one, or for which
 * one this stands; @before, @after: as in RFI_AUDIT_REMADE, "" for none. */
void            rfi_test_company_assert_remade (RfiTestCompany *self,
                                                RfiRole         who,
                                                const char     *job_id,
                                                const char     *before,
                                                const char     *after);
/* That the history kept at this console says that the job's conflict was settled. */
void             rfi_test_company_assert_told   (RfiTestCompany *self,
                                                 RfiRole         who,
                                                 const char     *job_id);

/* Asks the server as the admin, by its contract. (transfer full) */
RfiTestAnswer   *rfi_test_company_ask           (RfiTestCompany *self,
                                                 const char     *method,
                                                 const char     *path);
gboolean         rfi_test_company_is_deleted    (RfiTestCompany *self,
                                                 const char     *job_id);
/* Whether the technician takes jobs. */
void             rfi_test_company_set_active    (RfiTestCompany *self,
                                                 gboolean        active);

/*< private >*/
gboolean         rfi_test_company_refreshed     (RfiTestCompany *self,
                                                 RfiRole         who,
                                                 gboolean        done);

G_END_DECLS
