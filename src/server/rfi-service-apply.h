/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-push-result.h"
#include "rfi-service-private.h"

G_BEGIN_DECLS

/* Does what a trustworthy operation asks for, as far as this person may and the job allows, and
 * says in @result what came of it. Inside a savepoint; news goes into the call's reply.
 * %FALSE with an RFI_DB_ERROR only. */
gboolean rfi_service_apply  (RfiServiceCall            *call,
                             const RfiSignedOperation  *operation,
                             RfiPushResult             *result,
                             GError                   **error);

/* Always %TRUE, for a caller that is done with it. */
gboolean rfi_service_reject (RfiPushResult             *result,
                             const char                *code,
                             const char                *message,
                             gboolean                   correctable);

G_END_DECLS
