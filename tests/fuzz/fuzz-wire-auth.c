/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-health.h"
#include "rfi-wire-auth.h"
#include "rfi-wire-error.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  gssize length = (gssize) size;
  g_autofree char *token = NULL;
  g_autofree char *hub_token = NULL;
  g_autofree char *url = NULL;
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;
  g_autofree char *copy = g_strndup (size > 0 ? text : "", size);
  g_autoptr(RfiUser) user = NULL;
  g_autoptr(RfiUser) kept = rfi_wire_user_parse (text, length, NULL);
  g_autoptr(GPtrArray) technicians = rfi_wire_technicians_parse (text, length, NULL);
  g_autoptr(GPtrArray) vendors = rfi_wire_vendors_parse (text, length, NULL);
  g_autoptr(RfiHealth) health = rfi_health_parse (text, length, NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  gint64 expires_at;

  rfi_wire_login_parse (text, length, &token, &user, NULL);
  rfi_wire_negotiate_parse (text, length, &url, &hub_token, NULL);
  rfi_wire_error_parse (text, length, &code, &message);
  rfi_wire_jwt_get_expiry (copy, &expires_at);

  if (kept != NULL)
    {
      g_autoptr(RfiUser) again = NULL;

      rfi_wire_user_append (out, kept);
      again = rfi_wire_user_parse (out->str, (gssize) out->len, NULL);
      g_assert_nonnull (again);
      g_assert_cmpstr (again->display_name, ==, kept->display_name);
    }
  if (health != NULL)
    rfi_health_append (health, out);
  return 0;
}
