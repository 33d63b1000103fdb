/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-text-diff.h"

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

/* Two texts with a NUL between them; texts are valid wherever they come from. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *both = g_strndup (size > 0 ? (const char *) data : "", size);
  gsize first = strlen (both);
  g_autofree char *old_text = g_utf8_make_valid (both, -1);
  g_autofree char *new_text =
    g_utf8_make_valid (first < size ? both + first + 1 : "", -1);
  g_autoptr(GArray) runs = rfi_text_diff (old_text, new_text);

  assert_whole (runs, RFI_TEXT_REMOVED, old_text);
  assert_whole (runs, RFI_TEXT_INSERTED, new_text);
  return 0;
}
