/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * RfiCardTexts:
 *
 * The texts that cards have drawn last, laid out. Most words of a card stand on many others, or
 * are drawn again in a frame or two, and shaping them is what drawing a card costs most.
 * Main thread only.
 */
typedef struct _RfiCardTexts RfiCardTexts;

/* @n_texts: about as many as there are in sight at once; twice that are kept */
RfiCardTexts *rfi_card_texts_new   (guint         n_texts);
void          rfi_card_texts_free  (RfiCardTexts *self);

/* Forgets all: fonts changed. */
void          rfi_card_texts_clear (RfiCardTexts *self);

/* @attributes: (nullable): of parts of the text
 * @text in @font: as wide as it is if @width is -1, else in @width pixels and up to @lines lines
 * that end in dots if it does not fit.
 * Returns: (transfer none): valid until the next call, not to be changed */
PangoLayout  *rfi_card_texts_get   (RfiCardTexts               *self,
                                    PangoContext               *context,
                                    const PangoFontDescription *font,
                                    const char                 *text,
                                    PangoAttrList              *attributes,
                                    int                         width,
                                    int                         lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiCardTexts, rfi_card_texts_free)

G_END_DECLS
