/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-push.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check (const RfiPushResult *result)
{
  g_autoptr(GString) first = g_string_new (NULL);
  g_autoptr(GString) second = g_string_new (NULL);
  g_autoptr(RfiPushResult) again = NULL;
  g_autoptr(GError) error = NULL;

  rfi_push_result_append (result, first);
  again = rfi_push_result_parse (first->str, (gssize) first->len, &error);
  g_assert_no_error (error);
  rfi_push_result_append (again, second);
  g_assert_cmpstr (second->str, ==, first->str);
}

/* A result that was read is the same when it is written and read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  g_autoptr(RfiWirePushAnswer) answer = rfi_wire_push_answer_parse (text, (gssize) size, NULL);
  g_autoptr(RfiPushResult) result = rfi_push_result_parse (text, (gssize) size, NULL);

  if (result != NULL)
    check (result);
  for (guint i = 0; answer != NULL && i < answer->results->len; i++)
    check (g_ptr_array_index (answer->results, i));
  return 0;
}
