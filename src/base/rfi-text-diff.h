/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RFI_TEXT_EQUAL,     /* in both; of the new text */
  RFI_TEXT_REMOVED,   /* of the old text */
  RFI_TEXT_INSERTED,  /* of the new text */
} RfiTextRunKind;

/* A piece of one of the two texts, not ended by a NUL; the texts must outlive it. */
typedef struct
{
  RfiTextRunKind  kind;
  const char     *text;
  gsize           length;  /* bytes, never 0 */
} RfiTextRun;

/* What changed between two texts, word by word. Equal and inserted runs in order give
 * @new_text, equal and removed ones @old_text. Spaces between changed words count as changed
 * with them. Of a change, what was removed comes first. Texts that have little in common are
 * removed and inserted as a whole, so the time stays bounded.
 *
 * Returns: (transfer full) (element-type RfiTextRun)
 */
GArray *rfi_text_diff (const char *old_text,
                       const char *new_text);

G_END_DECLS
