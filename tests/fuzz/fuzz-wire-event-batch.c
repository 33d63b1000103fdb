/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-event-upcast.h"
#include "rfi-json.h"
#include "rfi-wire-event-batch.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GPtrArray) events = rfi_wire_events_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GString) first = g_string_new (NULL);
  g_autoptr(GString) second = g_string_new (NULL);
  guint n_accepted;
  guint n_duplicates;

  rfi_wire_events_parse_answer ((const char *) data, (gssize) size, &n_accepted, &n_duplicates,
                                NULL);
  if (events == NULL)
    return 0;

  rfi_wire_events_append (events, first);
  again = rfi_wire_events_parse (first->str, (gssize) first->len, NULL);
  g_assert_nonnull (again);
  rfi_wire_events_append (again, second);
  g_assert_cmpstr (second->str, ==, first->str);
  for (guint i = 0; i < events->len; i++)
    {
      const RfiWireEvent *event = g_ptr_array_index (events, i);
      g_autofree char *now =
        rfi_event_upcast (event->type, event->schema_version, event->payload);
      RfiJson root;

      g_assert_true (now == NULL || rfi_json_parse (now, -1, &root, NULL));
    }
  return 0;
}
