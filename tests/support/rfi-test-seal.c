/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-seal.h"

#define KEY_SIZE 33

RfiSeal *
rfi_test_seal_new (void)
{
  static const guint8 keys[KEY_SIZE] = { 1 };
  g_autoptr(RfiSecret) secret = rfi_secret_new (keys, sizeof keys);

  return rfi_seal_new_keys (secret, NULL);
}

RfiSeal *
rfi_test_seal_new_newest (RfiSeal *seal)
{
  RfiSecret *all = rfi_seal_get_keys (seal);
  const guint8 *end = rfi_secret_get_bytes (all) + rfi_secret_get_size (all);
  g_autoptr(RfiSecret) newest = rfi_secret_new (end - KEY_SIZE, KEY_SIZE);

  return rfi_seal_new_keys (newest, NULL);
}
