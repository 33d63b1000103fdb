/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-seal.h"

G_BEGIN_DECLS

/* For stores of tests: the keys are the same in every process. Returns: (transfer full) */
RfiSeal *rfi_test_seal_new        (void);
/* With the newest key of @seal only. Returns: (transfer full) */
RfiSeal *rfi_test_seal_new_newest (RfiSeal *seal);

G_END_DECLS
