/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-saved-view.h"

G_BEGIN_DECLS

#define RFI_TYPE_SAVED_VIEWS (rfi_saved_views_get_type ())

G_DECLARE_FINAL_TYPE (RfiSavedViews, rfi_saved_views, RFI, SAVED_VIEWS, GObject)

/**
 * RfiSavedViews:
 *
 * The filters a person keeps, in their order, a GListModel of RfiSavedView; with them, the filter
 * that was in use last. One sealed file: a filter may name people and places. Each change is on
 * disk before it is shown; errors are G_FILE_ERROR, and nothing has changed then. Reads and writes
 * this small file at once.
 */

/* Those of the session's account, the same for all its windows. (transfer none) (nullable): once
 * the session is closed and they have not been asked for */
RfiSavedViews *rfi_session_get_views  (RfiSession    *session);

/* (transfer none) (nullable) */
RfiSavedView  *rfi_saved_views_find   (RfiSavedViews *self,
                                       const char    *id);

/* At the end. @filter: copied. Returns: (transfer none) */
RfiSavedView  *rfi_saved_views_add    (RfiSavedViews *self,
                                       const char    *name,
                                       RfiJobFilter  *filter,
                                       GError       **error);
/* Where it was before it was removed. */
gboolean       rfi_saved_views_insert (RfiSavedViews *self,
                                       RfiSavedView  *view,
                                       guint          position,
                                       GError       **error);
gboolean       rfi_saved_views_rename (RfiSavedViews *self,
                                       const char    *id,
                                       const char    *name,
                                       GError       **error);
/* Whether it stands above all others, the built-in ones too. */
gboolean       rfi_saved_views_pin    (RfiSavedViews *self,
                                       const char    *id,
                                       gboolean       pinned,
                                       GError       **error);
/* @by: down, or up if negative, among those that are pinned or among those that are not; as far as
 * there are places */
gboolean       rfi_saved_views_move   (RfiSavedViews *self,
                                       const char    *id,
                                       int            by,
                                       GError       **error);
gboolean       rfi_saved_views_remove (RfiSavedViews *self,
                                       const char    *id,
                                       GError       **error);

/* What a window starts with. get: (transfer none): of nothing at first. set: @filter: copied,
 * without its words, as a search ends with its window */
RfiJobFilter  *rfi_saved_views_get_last (RfiSavedViews *self);
gboolean       rfi_saved_views_set_last (RfiSavedViews *self,
                                         RfiJobFilter  *filter,
                                         GError       **error);

G_END_DECLS
