/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-field.h"

G_BEGIN_DECLS

#define RFI_TYPE_MERGE_DIALOG (rfi_merge_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RfiMergeDialog, rfi_merge_dialog, RFI, MERGE_DIALOG, AdwWindow)

/**
 * RfiMergeDialog:
 *
 * Puts a text together that two people wrote: what only one changed is taken, where both did a
 * person says whose words stand, or both; and the result can be edited by hand. A text that the
 * field may not hold can't be used, and it says why.
 *
 * Signal `merged` (string): the text.
 */
GtkWidget *rfi_merge_dialog_new (GtkWindow  *parent,
                                 RfiField    field,
                                 const char *base,
                                 const char *mine,
                                 const char *theirs,
                                 const char *mine_name,
                                 const char *theirs_name);

G_END_DECLS
