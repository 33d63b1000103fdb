/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_DOWNLOAD_PAGE (rfi_download_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiDownloadPage, rfi_download_page, RFI, DOWNLOAD_PAGE, AdwBin)

/**
 * RfiDownloadPage:
 *
 * How far the first download of an account is. Signals: `ready`: the jobs are there, or the
 * person wants to see what is; `cancelled`.
 */
void     rfi_download_page_set_session (RfiDownloadPage *self,
                                        RfiSession      *session);

/* Whether @session has nothing to show yet. */
gboolean rfi_download_page_is_needed   (RfiSession      *session);

G_END_DECLS
