/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-item-list.h"
#include "rfi-signed-operation.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* What is taken is exactly what would be written. */
static void
check_operation (const char *text,
                 gsize       size)
{
  g_autoptr(RfiSignedOperation) operation =
    rfi_signed_operation_decode (text, (gssize) size, NULL);
  g_autofree char *again = NULL;

  if (operation == NULL)
    return;

  again = rfi_signed_operation_encode (operation);
  g_assert_cmpmem (again, strlen (again), text, size);
  g_assert_true (rfi_signed_operation_check (operation, NULL));
}

static void
check_list (RfiField    field,
            const char *text)
{
  g_autoptr(GPtrArray) items = rfi_item_list_parse (field, text);
  g_autofree char *again = NULL;
  g_autofree char *merged = NULL;

  if (items == NULL)
    return;

  again = rfi_item_list_to_text (field, items);
  g_assert_cmpstr (again, ==, text);
  merged = rfi_item_list_merge (field, "", text, text);
  g_assert_cmpstr (merged, ==, text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);

  check_operation ((const char *) data, size);
  check_list (RFI_FIELD_PARTS, text);
  check_list (RFI_FIELD_LABOUR, text);
  check_list (RFI_FIELD_NOTES, text);
  return 0;
}
