/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a search found in interned texts. Whoever types a word asks for more with each letter: a
 * text that has not what was asked before need not be looked into again.
 */

/* Words are looked for together, as bits of a byte. A byte for each text is so little that it stays
 * close to the processor. */
#define RFI_TEXT_MEMORY_WORDS 7
#define RFI_TEXT_MEMORY_KNOWN (1u << RFI_TEXT_MEMORY_WORDS)

typedef struct
{
  guint8  *found;      /* by number of text: the words it holds, and KNOWN; 0 = not looked into */
  guint    n_numbers;  /* that @found has something of */
  guint    size;       /* room in @found */
  char   **words;      /* (owned) (nullable): what was looked for */
  guint64  moment;     /* that it holds for, as the pool counts */
  GArray  *given;      /* (owned) (element-type guint): for asking the pool */
} RfiTextMemory;

RfiTextMemory *_rfi_text_memory_new   (void);
void           _rfi_text_memory_free  (RfiTextMemory *self);

/* Before looking for @words, of which it knows the first few: what it may keep it keeps, unless it
 * is all to be learnt anew. */
void           _rfi_text_memory_begin (RfiTextMemory *self,
                                       char         **words,
                                       gboolean       keep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTextMemory, _rfi_text_memory_free)

G_END_DECLS
