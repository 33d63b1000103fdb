/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEARCH_PROVIDER (rfi_search_provider_get_type ())

G_DECLARE_FINAL_TYPE (RfiSearchProvider, rfi_search_provider, RFI, SEARCH_PROVIDER, GObject)

/**
 * RfiSearchProvider:
 *
 * Jobs in the search of the desktop (org.gnome.Shell.SearchProvider2), by their words, title and
 * store. It tells of what the session has at hand and nothing else: without one, as before sign-in
 * or where the keyring stayed locked, there are no results. What is chosen is opened by the actions
 * "show-job" and "search" of @application, which is borrowed.
 */
RfiSearchProvider *rfi_search_provider_new         (GApplication      *application);

/* Where it can be asked. */
gboolean           rfi_search_provider_export      (RfiSearchProvider *self,
                                                    GDBusConnection   *connection,
                                                    const char        *object_path,
                                                    GError           **error);
void               rfi_search_provider_unexport    (RfiSearchProvider *self);

/* @session: (nullable): whose jobs it tells of */
void               rfi_search_provider_set_session (RfiSearchProvider *self,
                                                    RfiSession        *session);

G_END_DECLS
