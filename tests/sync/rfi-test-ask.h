/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-test-console.h"

G_BEGIN_DECLS

/* The server as this account sees it, by questions that no engine asked. (transfer full)
 * get_job: (nullable): %NULL if it is not there */
RfiJob         *rfi_test_ask_job           (RfiTestConsole   *self,
                                            const char       *job_id);
/* (element-type RfiJob): those with @title */
GPtrArray      *rfi_test_ask_titled        (RfiTestConsole   *self,
                                            const char       *title);
/* Makes a job of vendor-001 behind every engine's back. @technician_id: (nullable) */
RfiJob         *rfi_test_ask_create        (RfiTestConsole   *self,
                                            const char       *title,
                                            const char       *technician_id);
/* Somebody else changes a field. Returns: (transfer full): the job after it */
RfiJob         *rfi_test_ask_edit          (RfiTestConsole   *self,
                                            const char       *job_id,
                                            RfiField          field,
                                            const char       *value);
RfiJob         *rfi_test_ask_status        (RfiTestConsole   *self,
                                            const char       *job_id,
                                            RfiStatus         status);
RfiJob         *rfi_test_ask_assign        (RfiTestConsole   *self,
                                            const char       *job_id,
                                            const char       *technician_id);
void            rfi_test_ask_delete        (RfiTestConsole   *self,
                                            const char       *job_id);

/* One field set. Returns: (transfer full) */
RfiPatch       *rfi_test_patch             (RfiField          field,
                                            const char       *value);
/* Every field of a new job. Returns: (transfer full) */
RfiPatch       *rfi_test_new_job           (const char       *title);
G_END_DECLS
