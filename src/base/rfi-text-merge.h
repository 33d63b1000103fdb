/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RFI_PART_KEPT,       /* neither side changed it, or both alike */
  RFI_PART_MINE,       /* only mine changed it */
  RFI_PART_THEIRS,     /* only theirs changed it */
  RFI_PART_COLLISION,  /* both did, differently: a person decides */
} RfiPartKind;

/* A piece of a text that two people changed. */
typedef struct
{
  RfiPartKind  kind;
  char        *base;
  char        *mine;
  char        *theirs;
} RfiTextPart;

/* What is to become of a collision. */
typedef enum {
  RFI_PART_TAKE_BOTH,    /* mine, then theirs */
  RFI_PART_TAKE_MINE,
  RFI_PART_TAKE_THEIRS,
  RFI_PART_TAKE_BASE,
} RfiPartChoice;

/* A three-way merge of texts, word by word: what one side changed is taken, what both changed is
 * told. Putting the parts of one side together gives its text.
 *
 * Returns: (transfer full) (element-type RfiTextPart)
 */
GPtrArray *rfi_text_merge      (const char          *base,
                                const char          *mine,
                                const char          *theirs);

guint      rfi_text_merge_count_collisions (GPtrArray *parts);

/* @choices: one for each collision, in order. Returns: (transfer full) */
char      *rfi_text_merge_join (GPtrArray           *parts,
                                const RfiPartChoice *choices);

G_END_DECLS
