/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-server-address.h"

static void
test_complete (void)
{
  static const struct {
    const char *typed;
    const char *url;
  } cases[] = {
    { "", NULL },
    { "  / ", NULL },
    { "dispatch.coldchain.com", "https://dispatch.coldchain.com" },
    { " dispatch.coldchain.com/ ", "https://dispatch.coldchain.com" },
    { "dispatch.coldchain.com:8443", "https://dispatch.coldchain.com:8443" },
    { "http://dispatch.coldchain.com", "http://dispatch.coldchain.com" },
    { "localhost:3000", "http://localhost:3000" },
    { "127.0.0.1:3000", "http://127.0.0.1:3000" },
    { "[::1]:3000", "http://[::1]:3000" },
    { "https://localhost", "https://localhost" },
    { "192.168.1.7:3000", "https://192.168.1.7:3000" },
    { "localhost.evil.example", "https://localhost.evil.example" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = rfi_server_address_complete (cases[i].typed);

      g_assert_cmpstr (url, ==, cases[i].url);
    }
}

static void
test_private (void)
{
  g_assert_true (rfi_server_address_is_private ("https://dispatch.coldchain.com"));
  g_assert_true (rfi_server_address_is_private ("http://127.0.0.1:3000"));
  g_assert_false (rfi_server_address_is_private ("http://dispatch.coldchain.com"));
  g_assert_false (rfi_server_address_is_private ("http://localhost.evil.example"));
  g_assert_false (rfi_server_address_is_private ("not a url"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/server-address/complete", test_complete);
  g_test_add_func ("/server-address/private", test_private);

  return g_test_run ();
}
