/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "rfi-canonical.h"
#include "rfi-field.h"
#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_PATCH (rfi_patch_get_type ())

/**
 * RfiPatch:
 *
 * Values for some fields of a job: what an operation sets, what stood there before, or (with
 * every field) how a job looked. Filled by its maker, then never changed and safe to share.
 */
GType       rfi_patch_get_type  (void) G_GNUC_CONST;
RfiPatch   *rfi_patch_new       (void);
RfiPatch   *rfi_patch_copy      (const RfiPatch *self);
RfiPatch   *rfi_patch_ref       (RfiPatch       *self);
void        rfi_patch_unref     (RfiPatch       *self);

/* %NULL for a field that is not set; "" is a value. */
const char *rfi_patch_get       (const RfiPatch *self,
                                 RfiField        field);
gboolean    rfi_patch_has       (const RfiPatch *self,
                                 RfiField        field);
/* @value: (nullable): %NULL takes the field out */
void        rfi_patch_set       (RfiPatch       *self,
                                 RfiField        field,
                                 const char     *value);
gboolean    rfi_patch_is_empty  (const RfiPatch *self);
gboolean    rfi_patch_equal     (const RfiPatch *a,
                                 const RfiPatch *b);
/* Whether any of the five fields of a location is set. */
gboolean    rfi_patch_has_location (const RfiPatch *self);

/* The values that @other has for the fields of @self. Returns: (transfer full) */
RfiPatch   *rfi_patch_pick      (const RfiPatch *self,
                                 const RfiPatch *other);

/* As one line of text for a database column: "a{ss}" in GVariant's text form.
 * from_text: %NULL if it is none. Returns: (transfer full) */
char       *rfi_patch_to_text   (const RfiPatch *self);
RfiPatch   *rfi_patch_from_text (const char     *text);

/* As a canonical object {field: text}. read: only what append writes, an unknown field is refused.
 * Returns: (transfer full) (nullable) */
void        rfi_patch_append_canonical (const RfiPatch     *self,
                                        GString            *out);
RfiPatch   *rfi_patch_read_canonical   (RfiCanonicalReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPatch, rfi_patch_unref)

G_END_DECLS
