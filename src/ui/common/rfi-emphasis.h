/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * RfiEmphasis:
 *
 * Where the words of a search stand in what is drawn: underlined, for those who see no colours,
 * above a tint, or twice where a high contrast allows none. Main thread only.
 */
typedef struct _RfiEmphasis RfiEmphasis;

RfiEmphasis   *rfi_emphasis_new       (void);
void           rfi_emphasis_free      (RfiEmphasis   *self);

/* @text: as RfiJobFilter takes it. Returns: whether it means other words than before */
gboolean       rfi_emphasis_set_text  (RfiEmphasis   *self,
                                       const char    *text);
/* What is laid below the words, faintly: they are read on it in any colour.
 * @tint: (nullable): %NULL = nothing may lessen their contrast */
void           rfi_emphasis_set_tint  (RfiEmphasis   *self,
                                       const GdkRGBA *tint);

/* @from: where in @text, in bytes, what is sought begins
 * Returns: (transfer full) (nullable): %NULL if none of the words is in there */
PangoAttrList *rfi_emphasis_mark      (RfiEmphasis   *self,
                                       const char    *text,
                                       gsize          from);
/* The same for an id, which is sought as RfiJobFilter does: by its beginning, or by long words. */
PangoAttrList *rfi_emphasis_mark_id   (RfiEmphasis   *self,
                                       const char    *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiEmphasis, rfi_emphasis_free)

G_END_DECLS
