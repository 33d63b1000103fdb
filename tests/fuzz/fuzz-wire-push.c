/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-push.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* Bodies stay the bytes they are. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  g_autoptr(RfiWirePush) push = rfi_wire_push_parse (text, (gssize) size, NULL);
  g_autoptr(RfiWirePush) resolution = rfi_wire_push_parse_resolution (text, (gssize) size, NULL);
  g_autoptr(RfiWirePush) again = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  if (resolution != NULL)
    g_assert_cmpuint (resolution->n_items, ==, 1);
  if (push == NULL)
    return 0;

  rfi_wire_push_begin (out, push->device_id, push->epoch, push->ack);
  for (guint i = 0; i < push->n_items; i++)
    rfi_wire_push_add (out, push->items[i].body, (gssize) push->items[i].n_body,
                       push->items[i].signature);
  rfi_wire_push_end (out);
  again = rfi_wire_push_parse (out->str, (gssize) out->len, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (again->device_id, ==, push->device_id);
  g_assert_cmpint (again->ack, ==, push->ack);
  g_assert_cmpuint (again->n_items, ==, push->n_items);
  for (guint i = 0; i < push->n_items; i++)
    g_assert_cmpmem (again->items[i].body, again->items[i].n_body, push->items[i].body,
                     push->items[i].n_body);
  return 0;
}
