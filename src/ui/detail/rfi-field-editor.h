/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-job-item.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_FIELD_EDITOR (rfi_field_editor_get_type ())

G_DECLARE_FINAL_TYPE (RfiFieldEditor, rfi_field_editor, RFI, FIELD_EDITOR, AdwBin)

/**
 * RfiFieldEditor:
 *
 * The fields of a job, edited in place: each row is applied on its own, judged as the server
 * judges. What somebody is typing is never overwritten by a change from elsewhere; the row says
 * what the other value is.
 */
/* @item: (nullable) */
void rfi_field_editor_set_job (RfiFieldEditor *self,
                               RfiSession     *session,
                               RfiJobItem     *item);

/* What is typed and not applied, a line for each field: "Title: Fix the gate".
 * Returns: (transfer full) (nullable): %NULL if there is nothing */
char *rfi_field_editor_get_unsaved (RfiFieldEditor *self);

G_END_DECLS
