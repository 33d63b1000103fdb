/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-remote.h"

G_BEGIN_DECLS

/* Makes the task's result of an answer. Its errors become RFI_REMOTE_ERROR_PROTOCOL unless they
 * are of that domain already.
 * @data: (nullable): the task's data */
typedef gpointer (*RfiRemoteReadFunc) (RfiResponse  *response,
                                       gpointer      data,
                                       GError      **error);

/* (nullable) */
const char *rfi_remote_get_token       (RfiRemote         *self);

/* A request to "/api" + the formatted text, with the token if there is one. */
RfiRequest *rfi_remote_request_new     (RfiRemote         *self,
                                        const char        *method,
                                        const char        *format,
                                        ...) G_GNUC_PRINTF (3, 4);

/* @id: (nullable) */
void        rfi_remote_request_set_key (RfiRequest        *request,
                                        const char        *id);

/* Sends @request and returns what @read makes of a 2xx answer through @task; of any other what
 * it means as an error.
 * @task: (transfer full)
 * @request: (transfer full) */
void        rfi_remote_call            (RfiRemote         *self,
                                        GTask             *task,
                                        RfiRequest        *request,
                                        RfiRemoteReadFunc  read,
                                        GDestroyNotify     free_result);

/* For answers that only have to come from our server: 204, or any JSON. */
gpointer    rfi_remote_read_anything   (RfiResponse       *response,
                                        gpointer           data,
                                        GError           **error);

G_END_DECLS
