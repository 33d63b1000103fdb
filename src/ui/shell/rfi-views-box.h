/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_VIEWS_BOX (rfi_views_box_get_type ())

G_DECLARE_FINAL_TYPE (RfiViewsBox, rfi_views_box, RFI, VIEWS_BOX, AdwBin)

/**
 * RfiViewsBox:
 *
 * Views, which are filters ready to use: those every console has, then a person's own, each with
 * how many jobs it shows. Own ones are renamed, moved and deleted by menu and keys.
 */
void        rfi_views_box_set_filter   (RfiViewsBox  *self,
                                        RfiJobFilter *filter);
/* (nullable) */
void        rfi_views_box_set_session  (RfiViewsBox  *self,
                                        RfiSession   *session);

/* Shows the counts as they are now; cheap, but not done at each change. */
void        rfi_views_box_update       (RfiViewsBox  *self);

G_END_DECLS
