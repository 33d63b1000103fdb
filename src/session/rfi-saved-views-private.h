/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-saved-views.h"
#include "rfi-seal.h"

G_BEGIN_DECLS

/* What cannot be read counts as none, and is said in the log. */
RfiSavedViews *_rfi_saved_views_new (const char *path,
                                     RfiSeal    *seal);

G_END_DECLS
