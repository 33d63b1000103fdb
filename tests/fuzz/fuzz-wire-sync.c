/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-audit.h"
#include "rfi-wire-conflict.h"
#include "rfi-wire-device.h"
#include "rfi-wire-sync-auth.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* Devices: what was read is the same when it is written and read again. */
static void
check_devices (const char *text,
               gssize      length)
{
  g_autoptr(RfiDeviceHello) hello = rfi_device_hello_parse (text, length, NULL);
  g_autoptr(RfiDeviceState) state = rfi_device_state_parse (text, length, NULL);
  g_autoptr(GPtrArray) devices = rfi_device_parse_list (text, length, NULL);
  g_autoptr(RfiDeviceHello) hello_again = NULL;
  g_autoptr(RfiDeviceState) state_again = NULL;
  g_autoptr(GPtrArray) devices_again = NULL;
  g_autoptr(GString) out = g_string_new (NULL);

  if (hello != NULL)
    {
      rfi_device_hello_append (hello, out);
      hello_again = rfi_device_hello_parse (out->str, -1, NULL);
      g_assert_cmpmem (hello_again->public_key, RFI_WIRE_PUBLIC_KEY_BYTES, hello->public_key,
                       RFI_WIRE_PUBLIC_KEY_BYTES);
      g_assert_cmpuint (hello_again->n_probes, ==, hello->n_probes);
    }

  g_string_truncate (out, 0);
  if (state != NULL)
    {
      rfi_device_state_append (state, out);
      state_again = rfi_device_state_parse (out->str, -1, NULL);
      g_assert_cmpint (state_again->max_seq, ==, state->max_seq);
      g_assert_cmpstr (state_again->max_hash, ==, state->max_hash);
    }

  g_string_truncate (out, 0);
  if (devices != NULL)
    {
      rfi_device_append_list (devices, out);
      devices_again = rfi_device_parse_list (out->str, -1, NULL);
      g_assert_cmpuint (devices_again->len, ==, devices->len);
    }
}

static void
check_conflicts (const char *text,
                 gssize      length)
{
  g_autoptr(GPtrArray) records = rfi_conflict_record_parse_list (text, length, NULL);
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GString) first = g_string_new (NULL);
  g_autoptr(GString) second = g_string_new (NULL);

  if (records == NULL)
    return;

  rfi_conflict_record_append_list (records, first);
  again = rfi_conflict_record_parse_list (first->str, -1, NULL);
  g_assert_nonnull (again);
  rfi_conflict_record_append_list (again, second);
  g_assert_cmpstr (second->str, ==, first->str);
}

static void
check_audit (const char *text,
             gssize      length)
{
  gint64 head;
  g_autoptr(GPtrArray) records = rfi_audit_record_parse_page (text, length, &head, NULL, NULL);
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GString) out = g_string_new (NULL);

  if (records == NULL)
    return;

  rfi_audit_record_append_page (records, head, out);
  again = rfi_audit_record_parse_page (out->str, -1, &head, NULL, NULL);
  g_assert_cmpuint (again->len, ==, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *before = rfi_audit_record_compute_hash (g_ptr_array_index (records, i));
      g_autofree char *after = rfi_audit_record_compute_hash (g_ptr_array_index (again, i));

      g_assert_cmpstr (before, ==, after);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  gssize length = (gssize) size;
  g_autoptr(RfiWireTokens) tokens = rfi_wire_tokens_parse (text, length, NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  RfiJson body;

  check_devices (text, length);
  check_conflicts (text, length);
  check_audit (text, length);
  if (tokens != NULL)
    rfi_wire_tokens_append (tokens, out);
  if (rfi_json_parse (text, length, &body, NULL))
    {
      g_autofree char *token = rfi_wire_read_refresh (&body, NULL);
      g_autofree char *to = NULL;
      g_autofree char *note = NULL;
      g_autofree char *owner = NULL;
      g_autofree char *text_read = NULL;
      RfiCaseStep step;

      rfi_wire_wants_refresh (&body);
      rfi_wire_read_escalation (&body, &to, &note, NULL);
      rfi_wire_read_investigation (&body, &step, &owner, &text_read, NULL);
    }
  return 0;
}
