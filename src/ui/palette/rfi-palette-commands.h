/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-palette-lexicon.h"
#include "rfi-rules.h"

G_BEGIN_DECLS

/* What a line may begin with. */
typedef struct
{
  const char     *verb;      /* as typed; understood in English and in the console's language */
  const char     *title;     /* what it does, to be translated */
  const char     *usage;     /* what has to be typed, to be translated */
  const char     *icon;
  const char     *action;    /* of the window, takes what the kinds say */
  RfiPaletteKind  kind[2];   /* RFI_PALETTE_NOTHING: takes fewer */
  int             rule;      /* the RfiAction the rules are asked about, -1 = none */
  const char     *question;  /* what is missing without the second, to be translated (nullable) */
} RfiPaletteCommand;

/* The verb in the console's language. */
const char              *rfi_palette_command_get_verb (const RfiPaletteCommand *self);

/* All there are. @n_commands: (out) */
const RfiPaletteCommand *rfi_palette_commands         (guint *n_commands);

G_END_DECLS
