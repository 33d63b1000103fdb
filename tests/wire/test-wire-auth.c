/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-health.h"
#include "rfi-wire-auth.h"
#include "rfi-wire-error.h"

#include <string.h>

static void
test_login (void)
{
  static const char text[] =
    "{\"token\":\"a.b.c\",\"user\":{\"id\":\"u\",\"email\":\"admin@retailfixit.com\","
    "\"role\":\"admin\",\"vendorId\":null,\"displayName\":\"System Admin\"}}";
  g_autoptr(RfiUser) user = NULL;
  g_autofree char *token = NULL;
  g_autoptr(GString) out = g_string_new (NULL);

  g_assert_true (rfi_wire_login_parse (text, -1, &token, &user, NULL));
  g_assert_cmpint (user->role, ==, RFI_ROLE_ADMIN);
  g_assert_null (user->vendor_id);
  rfi_wire_login_append (out, token, user);
  g_assert_cmpstr (out->str, ==, text);
}

static void
test_login_bad (void)
{
  static const char *const texts[] = {
    "{}", "{\"token\":\"\",\"user\":{\"id\":\"u\",\"role\":\"admin\"}}", "{\"token\":\"t\"}",
    "{\"token\":\"t\",\"user\":{\"role\":\"admin\"}}",
    "{\"token\":\"t\",\"user\":{\"id\":\"u\",\"role\":\"owner\"}}", "{\"token\":\"t\",\"user\":3}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(RfiUser) user = NULL;
      g_autofree char *token = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_false (rfi_wire_login_parse (texts[i], -1, &token, &user, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
      g_assert_null (token);
    }
}

static void
test_lists (void)
{
  static const char people[] = "{\"data\":[{\"id\":\"u1\",\"displayName\":\"Ahmed\","
                               "\"email\":\"a@b.c\",\"vendorId\":\"v\"}]}";
  static const char vendors[] = "{\"data\":[{\"vendorId\":\"v\",\"name\":\"Cool Air\"},"
                                "{\"vendorId\":\"w\",\"name\":\"w\"}]}";
  g_autoptr(GPtrArray) technicians = rfi_wire_technicians_parse (people, -1, NULL);
  g_autoptr(GPtrArray) companies = rfi_wire_vendors_parse (vendors, -1, NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (technicians->len, ==, 1);
  g_assert_cmpint (((RfiUser *) technicians->pdata[0])->role, ==, RFI_ROLE_TECHNICIAN);
  rfi_wire_technicians_append (out, technicians);
  g_assert_cmpstr (out->str, ==, people);

  g_string_truncate (out, 0);
  rfi_wire_vendors_append (out, companies);
  g_assert_cmpstr (out->str, ==, vendors);
  g_assert_cmpstr (((RfiUser *) companies->pdata[1])->display_name, ==, "w");

  g_assert_null (rfi_wire_technicians_parse ("{\"data\":{}}", -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_technicians_v1 (void)
{
  static const char people[] =
    "{\"data\":[{\"id\":\"u1\",\"displayName\":\"Ahmed\",\"email\":\"a@b.c\",\"vendorId\":\"v\","
    "\"skills\":[\"doors\",\"hvac\"],\"workingHours\":{\"start\":\"08:00\",\"end\":\"17:30\"},"
    "\"active\":false},{\"id\":\"u2\",\"displayName\":\"Bo\",\"email\":\"b@b.c\","
    "\"vendorId\":\"v\",\"skills\":[],\"active\":true}]}";
  static const char odd[] =
    "{\"data\":[{\"id\":\"u1\",\"workingHours\":{\"start\":\"08:00\",\"end\":\"25:00\"}}]}";
  g_autoptr(GPtrArray) technicians = rfi_wire_technicians_parse (people, -1, NULL);
  g_autoptr(GPtrArray) others = rfi_wire_technicians_parse (odd, -1, NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  const RfiUser *first = g_ptr_array_index (technicians, 0);
  const RfiUser *other = g_ptr_array_index (others, 0);

  g_assert_cmpstr (first->skills, ==, "doors,hvac");
  g_assert_cmpint (first->work_start, ==, 8 * 60);
  g_assert_cmpint (first->work_end, ==, 17 * 60 + 30);
  g_assert_true (first->inactive);
  rfi_wire_technicians_append_v1 (out, technicians);
  g_assert_cmpstr (out->str, ==, people);

  g_assert_cmpint (other->work_start, ==, 0);
  g_assert_cmpint (other->work_end, ==, 0);
  g_assert_false (other->inactive);

  g_string_truncate (out, 0);
  rfi_wire_technicians_append (out, technicians);
  g_assert_null (strstr (out->str, "skills"));
}

static void
test_jwt (void)
{
  gint64 at = 0;

  /* {"exp":1795248742,"x":"??>"} and its like: '-' and '_' are the alphabet's, not base64's. */
  g_assert_true (rfi_wire_jwt_get_expiry ("h.eyJleHAiOjE3OTUyNDg3NDIsIngiOiI_Pz4ifQ.s", &at));
  g_assert_cmpint (at, ==, G_GINT64_CONSTANT (1795248742000));
  g_assert_true (rfi_wire_jwt_get_expiry ("h.eyJleHAiOjF9.s", &at));
  g_assert_cmpint (at, ==, 1000);

  g_assert_false (rfi_wire_jwt_get_expiry ("", &at));
  g_assert_false (rfi_wire_jwt_get_expiry ("h.eyJleHAiOjF9", &at));
  g_assert_false (rfi_wire_jwt_get_expiry ("h..s", &at));
  g_assert_false (rfi_wire_jwt_get_expiry ("h.!!!!.s", &at));
  g_assert_false (rfi_wire_jwt_get_expiry ("h.e30.s", &at));
  g_assert_false (rfi_wire_jwt_get_expiry ("h.eyJleHAiOiJzb29uIn0.s", &at));
}

static void
test_negotiate (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *url = NULL;
  g_autofree char *token = NULL;

  rfi_wire_negotiate_append (out, "http://h/client/?hub=jobs", "t");
  g_assert_true (rfi_wire_negotiate_parse (out->str, -1, &url, &token, NULL));
  g_assert_cmpstr (url, ==, "http://h/client/?hub=jobs");
  g_assert_cmpstr (token, ==, "t");
  g_assert_false (rfi_wire_negotiate_parse ("{\"url\":\"x\"}", -1, &url, &token, NULL));
}

static void
test_health (void)
{
  g_autoptr(RfiHealth) old =
    rfi_health_parse ("{\"status\":\"degraded\",\"timestamp\":\"2026-11-21T08:12:22.988Z\","
                      "\"environment\":\"development\",\"services\":{\"api\":\"ok\","
                      "\"cosmosDb\":\"error\"},\"version\":\"1.0.0\"}", -1, NULL);
  g_autoptr(RfiHealth) ours = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  char *capabilities[] = { (char *) "idempotency", (char *) "events", NULL };
  RfiHealth health = { .ok = TRUE, .status = (char *) "ok", .capabilities = capabilities };

  g_assert_false (old->ok);
  g_assert_false (rfi_health_has (old, "events"));

  rfi_health_append (&health, out);
  ours = rfi_health_parse (out->str, -1, NULL);
  g_assert_true (ours->ok);
  g_assert_true (rfi_health_has (ours, "events"));

  g_assert_null (rfi_health_parse ("<html>Welcome to our airport</html>", -1, NULL));
  g_assert_null (rfi_health_parse ("{\"status\":\"ok\"}", -1, NULL));
}

static void
test_error (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;

  rfi_wire_error_append (out, "CONFLICT", "Job was modified by another request.");
  g_assert_true (rfi_wire_error_parse (out->str, -1, &code, &message));
  g_assert_cmpstr (code, ==, "CONFLICT");
  g_assert_cmpstr (message, ==, "Job was modified by another request.");

  g_assert_false (rfi_wire_error_parse ("{\"error\":\"x\"}", -1, &code, &message));
  g_assert_false (rfi_wire_error_parse ("Bad Gateway", -1, &code, &message));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/auth/login", test_login);
  g_test_add_func ("/wire/auth/login-bad", test_login_bad);
  g_test_add_func ("/wire/auth/lists", test_lists);
  g_test_add_func ("/wire/auth/technicians-v1", test_technicians_v1);
  g_test_add_func ("/wire/auth/jwt", test_jwt);
  g_test_add_func ("/wire/auth/negotiate", test_negotiate);
  g_test_add_func ("/wire/auth/health", test_health);
  g_test_add_func ("/wire/auth/error", test_error);

  return g_test_run ();
}
