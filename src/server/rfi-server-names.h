/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/**
 * RfiServerNames:
 *
 * What people are called, each asked for once: accounts are added, but none is ever renamed while a
 * server runs. Any thread.
 */
typedef struct _RfiServerNames RfiServerNames;

RfiServerNames *rfi_server_names_new  (void);
void            rfi_server_names_free (RfiServerNames *self);

/* @id: (nullable). Returns: (transfer none) (nullable): %NULL for nobody and, without @error, for
 * whom is gone. Lives as long as @self. */
const char     *rfi_server_names_get  (RfiServerNames  *self,
                                       RfiDb           *db,
                                       const char      *id,
                                       GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiServerNames, rfi_server_names_free)

G_END_DECLS
