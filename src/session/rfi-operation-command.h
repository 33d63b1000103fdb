/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* From what a person wants to the operation that says so; pure. Errors:
 * RFI_SESSION_ERROR_INVALID. */

/* Those of @fields that differ from @job. Returns: (transfer full) */
RfiPatch     *rfi_operation_command_diff         (const RfiJob     *job,
                                                  const RfiPatch   *fields);

/* Every value that is set. */
gboolean      rfi_operation_command_check        (const RfiPatch   *patch,
                                                  GError          **error);
/* Of a new job: nothing that is required may be missing. */
gboolean      rfi_operation_command_check_new    (const RfiPatch   *fields,
                                                  GError          **error);

/* @patch: (nullable). Returns: (transfer full): on top of @job as it is shown */
RfiOperation *rfi_operation_command_new          (RfiOperationKind  kind,
                                                  const RfiJob     *job,
                                                  const RfiUser    *user,
                                                  RfiPatch         *patch);
/* Returns: (transfer full): the job has the operation's id until the server gives it one */
RfiOperation *rfi_operation_command_new_create   (const RfiUser    *user,
                                                  const RfiPatch   *fields,
                                                  const char       *vendor_id);
/* Returns: (transfer full) (nullable): %NULL if @fields name no technician */
RfiOperation *rfi_operation_command_new_assign_created (const RfiUser  *user,
                                                        const RfiJob   *job,
                                                        const RfiPatch *fields);
/* Returns: (transfer full). @path: our own copy */
RfiOperation *rfi_operation_command_new_add_photo (const RfiUser   *user,
                                                   const RfiJob    *job,
                                                   const char      *id,
                                                   const char      *file_name,
                                                   const char      *mime_type,
                                                   const char      *path,
                                                   gint64           size);
RfiOperation *rfi_operation_command_new_delete_photo (const RfiUser *user,
                                                      const RfiJob  *job,
                                                      const char    *photo_id,
                                                      const char    *file_name);

G_END_DECLS
