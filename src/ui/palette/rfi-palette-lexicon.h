/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a word of a line may mean. */
typedef enum {
  RFI_PALETTE_NOTHING,
  RFI_PALETTE_JOB,
  RFI_PALETTE_TEXT,
  RFI_PALETTE_TECHNICIAN,
  RFI_PALETTE_STATUS,
  RFI_PALETTE_PRIORITY,
  RFI_PALETTE_PAGE,
  RFI_PALETTE_VIEW,
  RFI_PALETTE_DEED,        /* an action that needs no more than its name */
} RfiPaletteKind;
#define RFI_N_PALETTE_KINDS 9

/* One thing with a name. */
typedef struct
{
  RfiPaletteKind  kind;
  char           *id;     /* (owned) */
  char           *name;   /* (owned): as people read it */
  char           *icon;   /* (owned) (nullable) */
  char          **words;  /* (owned): of name and alias, folded */
} RfiPaletteEntry;

/**
 * RfiPaletteLexicon:
 *
 * All that has a name and is few enough to be looked through at each key: people, pages, views,
 * statuses. Jobs are not: they are searched for.
 */
typedef struct _RfiPaletteLexicon RfiPaletteLexicon;

RfiPaletteLexicon     *rfi_palette_lexicon_new  (void);
void                   rfi_palette_lexicon_free (RfiPaletteLexicon *self);

/* @alias, @icon: (nullable): the alias is found, never shown */
void                   rfi_palette_lexicon_add  (RfiPaletteLexicon *self,
                                                 RfiPaletteKind     kind,
                                                 const char        *id,
                                                 const char        *name,
                                                 const char        *alias,
                                                 const char        *icon);

/* Those of @kind in whose name each of @words begins a word; names that begin with the first come
 * first, otherwise in the order they were added. No words: all of them.
 * @words: folded
 * Returns: (transfer container) (element-type RfiPaletteEntry), at most @limit */
GPtrArray             *rfi_palette_lexicon_find (RfiPaletteLexicon *self,
                                                 RfiPaletteKind     kind,
                                                 const char *const *words,
                                                 guint              n_words,
                                                 guint              limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPaletteLexicon, rfi_palette_lexicon_free)

G_END_DECLS
