/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-text-diff.h"
#include "rfi-text-merge.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
assert_whole (GArray         *runs,
              RfiTextRunKind  side,
              const char     *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const RfiTextRun *run = &g_array_index (runs, RfiTextRun, i);

      if (run->kind == RFI_TEXT_EQUAL || run->kind == side)
        g_string_append_len (text, run->text, (gssize) run->length);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* The parts of each side put together are its text; with only one that changed it nothing is left
 * to decide. */
static void
check_merge (const char *base,
             const char *mine,
             const char *theirs)
{
  g_autoptr(GPtrArray) parts = rfi_text_merge (base, mine, theirs);
  g_autoptr(GPtrArray) alone = rfi_text_merge (base, mine, base);
  g_autoptr(GString) first = g_string_new (NULL);
  g_autoptr(GString) second = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const RfiTextPart *part = g_ptr_array_index (parts, i);

      g_string_append (first, part->mine);
      g_string_append (second, part->theirs);
    }
  g_assert_cmpstr (first->str, ==, mine);
  g_assert_cmpstr (second->str, ==, theirs);
  g_assert_cmpuint (rfi_text_merge_count_collisions (alone), ==, 0);
}

/* Up to three texts with a NUL between them; texts are valid wherever they come from. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *all = g_malloc0 (size + 3);
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;
  g_autofree char *other_text = NULL;
  g_autoptr(GArray) runs = NULL;
  const char *at = all;

  if (size > 0)
    memcpy (all, data, size);
  old_text = g_utf8_make_valid (at, -1);
  at += strlen (at) + 1;
  new_text = g_utf8_make_valid (at, -1);
  at += strlen (at) + 1;
  other_text = g_utf8_make_valid (at < all + size ? at : "", -1);
  runs = rfi_text_diff (old_text, new_text);

  assert_whole (runs, RFI_TEXT_REMOVED, old_text);
  assert_whole (runs, RFI_TEXT_INSERTED, new_text);
  check_merge (old_text, new_text, other_text);
  return 0;
}
