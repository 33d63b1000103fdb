/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-seal.h"

G_BEGIN_DECLS

/* Makes the connection read and write with the keys of @seal. A file that is still plain is sealed
 * first, and nothing plain is left in it or its log; one that was sealed with an older key of @seal
 * is sealed with its newest. Error: RFI_STORE_ERROR_KEY if it was sealed
 * with keys that @seal does not have */
gboolean rfi_store_seal_begin (RfiDb    *db,
                               RfiSeal  *seal,
                               GError  **error);

/* Asks for what did not open since the last call: of rows that the server has it forgets the rest,
 * so that they are listed anew; a change that nobody can read any more is marked as lost.
 * Returns: %FALSE: the file itself is damaged */
gboolean rfi_store_mend       (RfiDb    *db);

G_END_DECLS
