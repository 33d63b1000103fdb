/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-service-effect.h"

G_BEGIN_DECLS

/* Whether the job may go where the operation wants it; if not, that is said. @self->job is loaded.
 * @good: (out) */
gboolean rfi_service_move_check (RfiServiceEffect  *self,
                                 gboolean          *good,
                                 GError           **error);

G_END_DECLS
