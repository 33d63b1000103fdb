/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_SAVED_VIEW (rfi_saved_view_get_type ())

G_DECLARE_FINAL_TYPE (RfiSavedView, rfi_saved_view, RFI, SAVED_VIEW, GObject)

/**
 * RfiSavedView:
 *
 * A filter with a name. Properties (notify): `name`.
 */
RfiSavedView *rfi_saved_view_new        (const char   *id,
                                         const char   *name,
                                         RfiJobFilter *filter);
const char   *rfi_saved_view_get_id     (RfiSavedView *self);
const char   *rfi_saved_view_get_name   (RfiSavedView *self);
void          rfi_saved_view_set_name   (RfiSavedView *self,
                                         const char   *name);

/* To be copied, not to be changed. (transfer none) */
RfiJobFilter *rfi_saved_view_get_filter (RfiSavedView *self);

/* Whether it stands above all others. set: before it is in a list; there, rfi_saved_views_pin() */
gboolean      rfi_saved_view_get_pinned (RfiSavedView *self);
void          rfi_saved_view_set_pinned (RfiSavedView *self,
                                         gboolean      pinned);

G_END_DECLS
