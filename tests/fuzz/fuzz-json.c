/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* Looks at everything there is below @value. */
static void
walk (const RfiJson *value)
{
  g_autofree char *text = rfi_json_dup_text (value);
  g_autofree char *string = rfi_json_dup_string (value);
  RfiJsonIter iter;
  RfiJson name;
  RfiJson member;
  gint64 number;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (string != NULL, ==, rfi_json_get_type (value) == RFI_JSON_STRING);
  rfi_json_get_int (value, &number);
  rfi_json_is_truthy (value);
  rfi_json_get_member (value, "id", &member);

  rfi_json_iter_init (&iter, value);
  while (rfi_json_iter_next (&iter, &name, &member))
    walk (&member);
}

/* What is taken can be read, and its shortest form is taken again. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GString) raw = g_string_new (NULL);
  g_autoptr(GString) again = g_string_new (NULL);
  RfiJson root;

  if (!rfi_json_parse ((const char *) data, (gssize) size, &root, NULL))
    return 0;

  walk (&root);
  rfi_json_append_raw (&root, raw);
  g_assert_true (rfi_json_parse (raw->str, (gssize) raw->len, &root, NULL));
  rfi_json_append_raw (&root, again);
  g_assert_cmpmem (raw->str, raw->len, again->str, again->len);
  return 0;
}
