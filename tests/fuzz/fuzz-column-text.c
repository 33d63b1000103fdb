/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-patch.h"
#include "rfi-time.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* What a database column or a document may hold after years: times and patches as text. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr(RfiPatch) patch = rfi_patch_from_text (text);
  gint64 ms;

  if (rfi_time_parse (text, -1, &ms))
    {
      g_autofree char *written = rfi_time_to_string (ms);
      gint64 again;

      g_assert_true (rfi_time_parse (written, -1, &again));
    }

  if (patch != NULL)
    {
      g_autofree char *written = rfi_patch_to_text (patch);
      g_autoptr(RfiPatch) again = rfi_patch_from_text (written);

      g_assert_true (rfi_patch_equal (patch, again));
    }
  return 0;
}
