/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-commands.h"
#include "rfi-session-manager.h"

#include "rfi-job-table.h"
#include "rfi-record-item.h"

G_BEGIN_DECLS

/**
 * RfiTestConsole:
 *
 * A console without a window: a profile folder of its own and the session manager on it. Commands
 * wait for their answer; what should work but does not ends the test.
 */
typedef struct
{
  char              *profile;
  RfiSessionManager *manager;  /* (owned) (nullable): between two runs */
  RfiSession        *session;  /* (owned) (nullable): while signed in */
} RfiTestConsole;

RfiTestConsole *rfi_test_console_new       (void);
void            rfi_test_console_free      (RfiTestConsole   *self);

/* Ends the program, keeping the profile; and starts it again. */
void            rfi_test_console_quit      (RfiTestConsole   *self);
void            rfi_test_console_start     (RfiTestConsole   *self,
                                            gboolean          forced_offline);

/* Returns: whether it worked; else @error says why */
gboolean        rfi_test_console_try_sign_in (RfiTestConsole *self,
                                              const char     *server_url,
                                              const char     *email,
                                              const char     *password,
                                              gboolean        keep,
                                              GError        **error);
/* Signs in for this run only, and waits until the jobs are there. */
void            rfi_test_console_sign_in   (RfiTestConsole   *self,
                                            const char       *server_url,
                                            const char       *email,
                                            const char       *password);
gboolean        rfi_test_console_restore   (RfiTestConsole   *self);
gboolean        rfi_test_console_try_restore (RfiTestConsole *self,
                                              GError        **error);
void            rfi_test_console_sign_out  (RfiTestConsole   *self,
                                            GFile            *export_to);

/* Until real time is connected and everything pulled and sent. */
void            rfi_test_console_wait_live (RfiTestConsole   *self);
/* Until nothing waits to be sent. */
void            rfi_test_console_wait_sent (RfiTestConsole   *self);

/* (nullable): as shown now */
const RfiJob   *rfi_test_console_get_job   (RfiTestConsole   *self,
                                            const char       *job_id);
RfiMark         rfi_test_console_get_mark  (RfiTestConsole   *self,
                                            const char       *job_id);
/* The job with this title. (nullable) */
const RfiJob   *rfi_test_console_find_job  (RfiTestConsole   *self,
                                            const char       *title);
/* The only conflict. */
RfiConflict    *rfi_test_console_get_conflict (RfiTestConsole *self);

/* Each: whether it worked, when durable here. */
gboolean        rfi_test_console_edit      (RfiTestConsole   *self,
                                            const char       *job_id,
                                            RfiField          field,
                                            const char       *value,
                                            GError          **error);
gboolean        rfi_test_console_set_status (RfiTestConsole  *self,
                                             const char      *job_id,
                                             RfiStatus        status,
                                             GError         **error);
gboolean        rfi_test_console_assign    (RfiTestConsole   *self,
                                            const char       *job_id,
                                            const char       *technician_id,
                                            GError          **error);
gboolean        rfi_test_console_move      (RfiTestConsole   *self,
                                            const char       *job_id,
                                            const char       *vendor_id,
                                            GError          **error);
gboolean        rfi_test_console_delete    (RfiTestConsole   *self,
                                            const char       *job_id,
                                            GError          **error);
gboolean        rfi_test_console_resolve   (RfiTestConsole   *self,
                                            RfiPatch         *result,
                                            GError          **error);
/* Returns: (transfer full) (nullable): its id for now */
char           *rfi_test_console_create    (RfiTestConsole   *self,
                                            const char       *title,
                                            const char       *vendor_id,
                                            const char       *technician_id,
                                            GError          **error);
gboolean        rfi_test_console_add_photo (RfiTestConsole   *self,
                                            const char       *job_id,
                                            GBytes           *content,
                                            GError          **error);
gboolean        rfi_test_console_delete_photo (RfiTestConsole *self,
                                               const char     *job_id,
                                               const char     *photo_id,
                                               GError        **error);
/* Returns: (transfer full) (element-type RfiPhoto) */
GPtrArray      *rfi_test_console_list_photos (RfiTestConsole *self,
                                              const char     *job_id);
GBytes         *rfi_test_console_load_photo (RfiTestConsole  *self,
                                             const char      *job_id,
                                             const char      *photo_id,
                                             GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTestConsole, rfi_test_console_free)

G_END_DECLS
