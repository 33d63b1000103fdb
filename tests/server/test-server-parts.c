/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small parts on their own: tokens, passwords, limits, routes, and forms of any bytes. */

#include "config.h"

#include "rfi-form.h"
#include "rfi-limiter.h"
#include "rfi-password.h"
#include "rfi-router.h"
#include "rfi-token.h"

#include <string.h>

#define NOW    G_GINT64_CONSTANT (1795259797)
#define SECRET "a secret of the test"

static char *
to_url (const guint8 *data,
        gsize         length)
{
  char *text = g_base64_encode (data, length);

  for (char *at = text; *at != '\0'; at++)
    *at = *at == '+' ? '-' : *at == '/' ? '_' : *at == '=' ? '\0' : *at;
  return text;
}

/* A token made by hand. @algorithm: what it says; it is signed by @checksum all the same */
static char *
make_token (const char    *algorithm,
            const char    *payload,
            GChecksumType  checksum,
            const char    *secret)
{
  g_autofree char *header =
    g_strdup_printf ("{\"alg\":\"%s\",\"typ\":\"JWT\"}", algorithm);
  g_autofree char *first = to_url ((const guint8 *) header, strlen (header));
  g_autofree char *second = to_url ((const guint8 *) payload, strlen (payload));
  g_autofree char *both = g_strconcat (first, ".", second, NULL);
  g_autoptr(GHmac) hmac = g_hmac_new (checksum, (const guchar *) secret, strlen (secret));
  g_autofree char *signature = NULL;
  guint8 digest[64];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) both, -1);
  g_hmac_get_digest (hmac, digest, &length);
  signature = to_url (digest, length);
  return strcmp (algorithm, "none") == 0 ? g_strconcat (both, ".", NULL)
                                         : g_strconcat (both, ".", signature, NULL);
}

#define WHO "\"userId\":\"u\",\"email\":\"a@b.c\",\"role\":\"admin\",\"vendorId\":null"

static void
test_tokens (void)
{
  static const struct {
    const char      *algorithm;
    const char      *payload;
    GChecksumType    checksum;
    const char      *secret;
    RfiTokenVerdict  wanted;
  } cases[] = {
    { "HS256", "{" WHO ",\"exp\":1795259798}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_OK },
    { "HS256", "{" WHO "}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_OK },
    { "HS256", "{" WHO ",\"exp\":1795259797}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_EXPIRED },
    { "HS256", "{" WHO ",\"exp\":0}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_EXPIRED },
    { "HS256", "{" WHO ",\"exp\":\"never\"}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_INVALID },
    { "HS256", "{" WHO ",\"nbf\":1795259798}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_INVALID },
    { "HS256", "{" WHO ",\"nbf\":1795259797}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_OK },
    { "HS256", "{" WHO "}", G_CHECKSUM_SHA256, "another secret", RFI_TOKEN_INVALID },
    { "HS512", "{" WHO "}", G_CHECKSUM_SHA512, SECRET, RFI_TOKEN_INVALID },
    { "none", "{" WHO "}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_INVALID },
    { "RS256", "{" WHO "}", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_INVALID },
    { "HS256", "{\"email\":\"a@b.c\",\"role\":\"admin\"}", G_CHECKSUM_SHA256, SECRET,
      RFI_TOKEN_INVALID },
    { "HS256", "[]", G_CHECKSUM_SHA256, SECRET, RFI_TOKEN_INVALID },
  };
  g_autoptr(GBytes) secret = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr(RfiTokenKeeper) keeper = rfi_token_keeper_new (secret);

  /* Twice, for what is good is remembered. */
  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      guint n = i % G_N_ELEMENTS (cases);
      g_autofree char *token =
        make_token (cases[n].algorithm, cases[n].payload, cases[n].checksum, cases[n].secret);
      g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
      g_autoptr(RfiClaims) claims = NULL;

      g_test_message ("%u", n);
      g_assert_cmpint (rfi_token_keeper_check (keeper, header, NOW, &claims), ==,
                       cases[n].wanted);
      g_assert_true ((claims != NULL) == (cases[n].wanted == RFI_TOKEN_OK));
    }
}

static void
test_headers (void)
{
  static const struct {
    const char      *header;
    RfiTokenVerdict  wanted;
  } cases[] = {
    { NULL, RFI_TOKEN_MISSING },
    { "", RFI_TOKEN_MISSING },
    { "Basic abc", RFI_TOKEN_MISSING },
    { "bearer x.y.z", RFI_TOKEN_MISSING },
    { "Bearer", RFI_TOKEN_MISSING },
    { "Bearer ", RFI_TOKEN_MISSING },
    { "Bearer  x.y.z", RFI_TOKEN_INVALID },
    { "Bearer garbage", RFI_TOKEN_INVALID },
    { "Bearer ..", RFI_TOKEN_INVALID },
    { "Bearer \xff\xfe", RFI_TOKEN_INVALID },
  };
  g_autoptr(GBytes) secret = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr(RfiTokenKeeper) keeper = rfi_token_keeper_new (secret);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RfiClaims) claims = NULL;

      g_assert_cmpint (rfi_token_keeper_check (keeper, cases[i].header, NOW, &claims), ==,
                       cases[i].wanted);
    }
}

/* Ours are good to us until their time is over, and one changed letter is enough. */
static void
test_issued (void)
{
  g_autoptr(GBytes) secret = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr(RfiTokenKeeper) keeper = rfi_token_keeper_new (secret);
  RfiUser user = {
    .id = (char *) "u", .email = (char *) "a@b.c", .role = RFI_ROLE_DISPATCHER,
    .vendor_id = (char *) "v",
  };
  g_autofree char *token = rfi_token_keeper_issue (keeper, &user, NOW, 10);
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(RfiClaims) claims = NULL;
  g_autoptr(RfiClaims) late = NULL;

  g_assert_cmpint (rfi_token_keeper_check (keeper, header, NOW + 9, &claims), ==, RFI_TOKEN_OK);
  g_assert_cmpstr (claims->user->id, ==, "u");
  g_assert_cmpstr (claims->user->vendor_id, ==, "v");
  g_assert_true (claims->has_role);
  g_assert_cmpint (claims->user->role, ==, RFI_ROLE_DISPATCHER);
  g_assert_cmpint (rfi_token_keeper_check (keeper, header, NOW + 10, &late), ==,
                   RFI_TOKEN_EXPIRED);

  for (gsize i = strlen ("Bearer "); header[i] != '\0'; i++)
    {
      g_autofree char *changed = g_strdup (header);
      g_autoptr(RfiClaims) none = NULL;

      /* The last letter of a part carries bits that mean nothing. */
      if (header[i + 1] == '.' || header[i + 1] == '\0')
        continue;
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_assert_cmpint (rfi_token_keeper_check (keeper, changed, NOW, &none), ==,
                       RFI_TOKEN_INVALID);
    }
}

static void
test_passwords (void)
{
  g_autofree char *hash = rfi_password_hash ("correct horse");

  g_assert_true (g_str_has_prefix (hash, "$2b$10$"));
  g_assert_true (rfi_password_check ("correct horse", hash));
  g_assert_false (rfi_password_check ("correct hors", hash));
  g_assert_false (rfi_password_check ("", hash));
  g_assert_false (rfi_password_check ("nobody at all", NULL));
  g_assert_false (rfi_password_check ("correct horse", "damaged"));
}

static void
test_limiter (void)
{
  g_autoptr(RfiLimiter) limiter = rfi_limiter_new (2.0, 3.0);
  guint wait = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (rfi_limiter_check (limiter, "a", 1000, &wait));
      rfi_limiter_take (limiter, "a", 1000);
    }
  g_assert_false (rfi_limiter_check (limiter, "a", 1000, &wait));
  g_assert_cmpuint (wait, ==, 1);
  g_assert_true (rfi_limiter_check (limiter, "b", 1000, &wait));
  g_assert_false (rfi_limiter_check (limiter, "a", 1499, &wait));
  g_assert_true (rfi_limiter_check (limiter, "a", 1500, &wait));

  /* Many names are forgotten once they have rested. */
  for (guint i = 0; i < 20000; i++)
    {
      char name[16];

      g_snprintf (name, sizeof name, "n%u", i);
      rfi_limiter_take (limiter, name, 10000 + i * 10);
    }
  g_assert_true (rfi_limiter_check (limiter, "n0", 300000, &wait));
}

static void
test_routes (void)
{
  static const RfiRoute routes[] = {
    { "GET", "/api/jobs", 0, FALSE, NULL },
    { "GET", "/api/jobs/:id", 0, FALSE, NULL },
    { "DELETE", "/api/jobs/:id/attachments/:aid", 0, FALSE, NULL },
    { "GET", "/photos/*", 0, FALSE, NULL },
  };
  static const struct {
    const char *method;
    const char *path;
    RfiRouted   wanted;
    int         route;
    const char *params[2];
  } cases[] = {
    { "GET", "/api/jobs", RFI_ROUTED, 0, { NULL } },
    { "HEAD", "/API/Jobs/", RFI_ROUTED, 0, { NULL } },
    { "GET", "/api/jobs/x%20y", RFI_ROUTED, 1, { "x y" } },
    { "GET", "/api/jobs/x/", RFI_ROUTED, 1, { "x" } },
    { "GET", "/api/jobs/%zz", RFI_ROUTED_BADLY, 1, { NULL } },
    { "GET", "/api/jobs/%00", RFI_ROUTED_BADLY, 1, { NULL } },
    { "GET", "/api/jobs/x/y", RFI_ROUTED_NOWHERE, -1, { NULL } },
    { "POST", "/api/jobs", RFI_ROUTED_NOWHERE, -1, { NULL } },
    { "GET", "/", RFI_ROUTED_NOWHERE, -1, { NULL } },
    { "GET", "", RFI_ROUTED_NOWHERE, -1, { NULL } },
    { "DELETE", "/api/jobs/j/attachments/a", RFI_ROUTED, 2, { "j", "a" } },
    { "GET", "/photos/v/j/p.jpg", RFI_ROUTED, 3, { "v/j/p.jpg" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *params[RFI_ROUTE_MAX_PARAMS] = { NULL };
      const RfiRoute *route;

      g_assert_cmpint (rfi_router_find (routes, G_N_ELEMENTS (routes), cases[i].method,
                                        cases[i].path, &route, params),
                       ==, cases[i].wanted);
      g_assert_true (route == (cases[i].route < 0 ? NULL : &routes[cases[i].route]));
      for (guint param = 0; param < RFI_ROUTE_MAX_PARAMS; param++)
        {
          if (cases[i].wanted == RFI_ROUTED)
            g_assert_cmpstr (params[param], ==, cases[i].params[param]);
          g_free (params[param]);
        }
    }

  g_assert_true (rfi_router_is_closed ("/api/jobs"));
  g_assert_true (rfi_router_is_closed ("/API/jobs/x"));
  g_assert_false (rfi_router_is_closed ("/api/jobsx"));
  g_assert_false (rfi_router_is_closed ("/api"));
}

/* Whatever the bytes, reading ends, stays inside them and says either a photo or a problem. */
static void
test_any_form (void)
{
  static const char form[] =
    "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename*=UTF-8''%C3%A9.jpg\r\n"
    "Content-Type: image/jpeg\r\n\r\n\xff\xd8\xff\xe0 picture\r\n--b--\r\n";
  static const char type[] = "multipart/form-data; boundary=\"b\"";

  for (guint i = 0; i < 20000; i++)
    {
      gsize length = sizeof form - 1;
      char *copy = g_memdup2 (form, length);
      g_autoptr(GBytes) body = NULL;
      RfiFormProblem problem;
      RfiFormPhoto photo;

      if (i > 0)
        {
          for (guint n = (guint) g_test_rand_int_range (1, 4); n > 0; n--)
            copy[g_test_rand_int_range (0, (int) length)] = (char) g_test_rand_int_range (0, 256);
          length = (gsize) g_test_rand_int_range (0, (int) length + 1);
        }
      body = g_bytes_new_take (copy, length);
      if (rfi_form_read_photo (body, type, &photo, &problem))
        {
          g_assert_nonnull (photo.content);
          g_assert_true (g_utf8_validate (photo.file_name, -1, NULL));
          if (i == 0)
            g_assert_cmpstr (photo.file_name, ==, "é.jpg");
          rfi_form_photo_clear (&photo);
        }
      else
        {
          g_assert_cmpuint (i, >, 0);
          g_assert_nonnull (problem.code);
          g_assert_nonnull (problem.message);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-parts/tokens", test_tokens);
  g_test_add_func ("/server-parts/headers", test_headers);
  g_test_add_func ("/server-parts/issued", test_issued);
  g_test_add_func ("/server-parts/passwords", test_passwords);
  g_test_add_func ("/server-parts/limiter", test_limiter);
  g_test_add_func ("/server-parts/routes", test_routes);
  g_test_add_func ("/server-parts/any-form", test_any_form);

  return g_test_run ();
}
