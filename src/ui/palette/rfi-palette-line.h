/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-palette-commands.h"

G_BEGIN_DECLS

/* One way a line may be meant. */
typedef struct
{
  const RfiPaletteCommand *command;
  gboolean        is_whole;  /* the verb is typed to its end */
  char           *verb;      /* (owned): in the language it was typed in */
  char           *job;       /* (owned) (nullable): the words that mean a job; %NULL = none typed */
  char           *text;      /* (owned) (nullable): of a command that takes text */
  GPtrArray      *choices;   /* (owned) (nullable) (element-type RfiPaletteEntry): what the words
                              * for the other argument may mean; %NULL = none typed */
} RfiPaletteReading;

void       rfi_palette_reading_free (RfiPaletteReading *self);

/* What is still to be typed, RFI_PALETTE_NOTHING = all is there.
 * @has_job: whether a job is selected, which then is meant where none is typed */
RfiPaletteKind rfi_palette_reading_get_missing (const RfiPaletteReading *self,
                                                gboolean                 has_job);

/* The commands a line may be, whole verbs first. Where a job's words are followed by a name or a
 * status, as many words as can mean that do, and what stands before them is the job. Nothing else
 * is asked but @lexicon: no data, no rules.
 * Returns: (transfer full) (element-type RfiPaletteReading) */
GPtrArray *rfi_palette_read_line    (const char        *line,
                                     RfiPaletteLexicon *lexicon,
                                     gboolean           has_job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPaletteReading, rfi_palette_reading_free)

G_END_DECLS
