/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-device-key.h"

#include <string.h>

/* RFC 8032, section 7.1, test 3. */
static const guint8 seed[] = {
  0xc5, 0xaa, 0x8d, 0xf4, 0x3f, 0x9f, 0x83, 0x7b, 0xed, 0xb7, 0x44, 0x2f, 0x31, 0xdc, 0xb7, 0xb1,
  0x66, 0xd3, 0x85, 0x35, 0x07, 0x6f, 0x09, 0x4b, 0x85, 0xce, 0x3a, 0x2e, 0x0b, 0x44, 0x58, 0xf7,
};
static const guint8 public_key[] = {
  0xfc, 0x51, 0xcd, 0x8e, 0x62, 0x18, 0xa1, 0xa3, 0x8d, 0xa4, 0x7e, 0xd0, 0x02, 0x30, 0xf0, 0x58,
  0x08, 0x16, 0xed, 0x13, 0xba, 0x33, 0x03, 0xac, 0x5d, 0xeb, 0x91, 0x15, 0x48, 0x90, 0x80, 0x25,
};
static const guint8 message[] = { 0xaf, 0x82 };
static const guint8 expected[] = {
  0x62, 0x91, 0xd6, 0x57, 0xde, 0xec, 0x24, 0x02, 0x48, 0x27, 0xe6, 0x9c, 0x3a, 0xbe, 0x01, 0xa3,
  0x0c, 0xe5, 0x48, 0xa2, 0x84, 0x74, 0x3a, 0x44, 0x5e, 0x36, 0x80, 0xd7, 0xdb, 0x5a, 0xc3, 0xac,
  0x18, 0xff, 0x9b, 0x53, 0x8d, 0x16, 0xf2, 0x90, 0xae, 0x67, 0xf7, 0x60, 0x98, 0x4d, 0xc6, 0x59,
  0x4a, 0x7c, 0x15, 0xe9, 0x71, 0x6e, 0xd2, 0x8d, 0xc0, 0x27, 0xbe, 0xce, 0xea, 0x1e, 0xc4, 0x0a,
};

static void
test_known (void)
{
  g_autoptr(RfiDeviceKey) key = rfi_device_key_new_seed (seed);
  g_autofree char *fingerprint = rfi_device_key_get_fingerprint (key);
  guint8 signature[RFI_DEVICE_KEY_SIGNATURE_SIZE];

  g_assert_cmpmem (rfi_device_key_get_public (key), RFI_DEVICE_KEY_PUBLIC_SIZE, public_key,
                   sizeof public_key);
  rfi_device_key_sign (key, message, sizeof message, signature);
  g_assert_cmpmem (signature, sizeof signature, expected, sizeof expected);
  g_assert_true (rfi_device_key_verify (public_key, message, sizeof message, signature));
  /* sha256sum of the public key */
  g_assert_cmpstr (fingerprint, ==, "DAC0 73E0 123B DEA5 9DD9 B3BD A9CF 6037");
}

static void
test_changed (void)
{
  g_autoptr(RfiDeviceKey) key = rfi_device_key_new ();
  g_autoptr(RfiDeviceKey) other = rfi_device_key_new ();
  guint8 signature[RFI_DEVICE_KEY_SIGNATURE_SIZE];
  guint8 changed[] = { 0xaf, 0x83 };

  rfi_device_key_sign (key, message, sizeof message, signature);
  g_assert_true (rfi_device_key_verify (rfi_device_key_get_public (key), message, sizeof message,
                                        signature));
  g_assert_false (rfi_device_key_verify (rfi_device_key_get_public (other), message,
                                         sizeof message, signature));
  g_assert_false (rfi_device_key_verify (rfi_device_key_get_public (key), changed, sizeof changed,
                                         signature));
  for (guint i = 0; i < sizeof signature; i++)
    {
      signature[i] ^= 1;
      g_assert_false (rfi_device_key_verify (rfi_device_key_get_public (key), message,
                                             sizeof message, signature));
      signature[i] ^= 1;
    }
}

/* What comes from outside is text of any kind. */
static void
test_text (void)
{
  g_autoptr(RfiDeviceKey) key = rfi_device_key_new_seed (seed);
  g_autofree char *public_text = rfi_device_key_get_public_text (key);
  g_autofree char *signature = rfi_device_key_sign_text (key, message, sizeof message);
  g_autofree char *longer = g_strconcat (signature, "AAAA", NULL);
  g_autofree char *spaced = g_strdup (signature);

  g_assert_true (rfi_device_key_verify_text (public_text, message, sizeof message, signature));
  g_assert_false (rfi_device_key_verify_text (signature, message, sizeof message, public_text));
  g_assert_false (rfi_device_key_verify_text (public_text, message, sizeof message, ""));
  g_assert_false (rfi_device_key_verify_text (public_text, message, sizeof message, longer));
  g_assert_false (rfi_device_key_verify_text ("", message, sizeof message, signature));
  memset (spaced, ' ', 4);
  g_assert_false (rfi_device_key_verify_text (public_text, message, sizeof message, spaced));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/device-key/known", test_known);
  g_test_add_func ("/device-key/changed", test_changed);
  g_test_add_func ("/device-key/text", test_text);

  return g_test_run ();
}
