/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-seal.h"
#include "rfi-test-seal.h"
#include "rfi-vault.h"

#include <string.h>

#define TEXT "Walk-in freezer warms up"

static const RfiSealPlace place = { "job", "j-1", 7 };

static GByteArray *
seal (RfiSeal            *self,
      const RfiSealPlace *where,
      const char         *text)
{
  GByteArray *sealed = g_byte_array_new ();
  gsize size = strlen (text);

  g_byte_array_set_size (sealed, (guint) (size + RFI_SEAL_OVERHEAD));
  rfi_seal_close (self, where, (const guint8 *) text, size, sealed->data);
  return sealed;
}

static void
assert_opens (RfiSeal            *self,
              const RfiSealPlace *where,
              GByteArray         *sealed,
              const char         *text)
{
  g_autofree guint8 *bytes = g_malloc0 (sealed->len);
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_seal_open (self, where, sealed->data, sealed->len, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (bytes, sealed->len - RFI_SEAL_OVERHEAD, text, strlen (text));
}

static void
assert_broken (RfiSeal            *self,
               const RfiSealPlace *where,
               const guint8       *sealed,
               gsize               size)
{
  g_autofree guint8 *bytes = g_malloc0 (MAX (size, 1));
  g_autoptr(GError) error = NULL;

  g_assert_false (rfi_seal_open (self, where, sealed, size, bytes, &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FORGED);
}

static void
test_round_trip (void)
{
  g_autoptr(RfiSeal) self = rfi_seal_new ();
  g_autoptr(GByteArray) sealed = seal (self, &place, TEXT);
  g_autoptr(GByteArray) again = seal (self, &place, TEXT);
  g_autoptr(GByteArray) empty = seal (self, &place, "");
  g_autoptr(RfiSeal) reopened = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i + 4 <= sealed->len; i++)
    g_assert_true (memcmp (sealed->data + i, TEXT, 4) != 0);
  /* Not even that two rows hold the same is to be seen. */
  g_assert_true (memcmp (sealed->data + 25, again->data + 25, sealed->len - 25) != 0);
  assert_opens (self, &place, sealed, TEXT);
  assert_opens (self, &place, again, TEXT);
  assert_opens (self, &place, empty, "");

  reopened = rfi_seal_new_keys (rfi_seal_get_keys (self), &error);
  g_assert_no_error (error);
  assert_opens (reopened, &place, sealed, TEXT);
}

static void
test_flipped (void)
{
  g_autoptr(RfiSeal) self = rfi_seal_new ();
  g_autoptr(GByteArray) sealed = seal (self, &place, TEXT);

  for (guint i = 0; i < sealed->len; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        sealed->data[i] ^= (guint8) (1 << bit);
        assert_broken (self, &place, sealed->data, sealed->len);
        sealed->data[i] ^= (guint8) (1 << bit);
      }
  for (guint size = 0; size < sealed->len; size++)
    assert_broken (self, &place, sealed->data, size);

  assert_opens (self, &place, sealed, TEXT);
}

static void
test_moved (void)
{
  static const RfiSealPlace others[] = {
    { "conflict", "j-1", 7 }, { "job", "j-2", 7 }, { "job", "j-1", 8 }, { "jobj", "-1", 7 },
  };
  g_autoptr(RfiSeal) self = rfi_seal_new ();
  g_autoptr(GByteArray) sealed = seal (self, &place, TEXT);
  g_autofree char *long_id = g_strnfill (1000, 'x');
  RfiSealPlace far = { "job", long_id, -1 };
  g_autoptr(GByteArray) far_sealed = seal (self, &far, TEXT);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_broken (self, &others[i], sealed->data, sealed->len);

  assert_opens (self, &far, far_sealed, TEXT);
  long_id[999] = 'y';
  assert_broken (self, &far, far_sealed->data, far_sealed->len);
}

static void
test_rotation (void)
{
  g_autoptr(RfiSeal) first = rfi_seal_new ();
  g_autoptr(RfiSeal) other = rfi_seal_new ();
  g_autoptr(RfiSeal) both = rfi_seal_new_rotated (first);
  g_autoptr(RfiSeal) second = rfi_test_seal_new_newest (both);
  g_autoptr(GByteArray) old = seal (first, &place, TEXT);
  g_autoptr(GByteArray) new = seal (both, &place, TEXT);

  g_assert_cmpuint (old->data[0], ==, 1);
  g_assert_cmpuint (new->data[0], ==, 2);
  assert_opens (both, &place, old, TEXT);
  assert_opens (both, &place, new, TEXT);
  assert_opens (second, &place, new, TEXT);
  assert_broken (second, &place, old->data, old->len);
  assert_broken (first, &place, new->data, new->len);
  assert_broken (other, &place, old->data, old->len);
}

static void
test_many_rotations (void)
{
  g_autoptr(RfiSeal) self = rfi_seal_new ();
  g_autoptr(GByteArray) first = seal (self, &place, TEXT);

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr(RfiSeal) last = g_steal_pointer (&self);
      g_autoptr(GByteArray) old = seal (last, &place, TEXT);
      g_autoptr(GByteArray) new = NULL;

      self = rfi_seal_new_rotated (last);
      new = seal (self, &place, TEXT);
      assert_opens (self, &place, old, TEXT);
      assert_opens (self, &place, new, TEXT);
      if (i < 254)
        assert_opens (self, &place, first, TEXT);
    }

  assert_broken (self, &place, first->data, first->len);
}

static void
test_no_keys (void)
{
  static const guint8 bytes[34];

  for (gsize size = 0; size <= sizeof bytes; size++)
    {
      g_autoptr(RfiSecret) secret = rfi_secret_new (bytes, size);
      g_autoptr(GError) error = NULL;
      g_autoptr(RfiSeal) self = rfi_seal_new_keys (secret, &error);

      if (size == 33)
        g_assert_no_error (error);
      else
        g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FAILED);
    }
}

static void
test_secret_text (void)
{
  g_autoptr(RfiSecret) secret = rfi_secret_new_random (33);
  char *text = rfi_secret_to_text (secret);
  g_autoptr(RfiSecret) again = rfi_secret_new_text (text);

  g_assert_cmpmem (rfi_secret_get_bytes (again), rfi_secret_get_size (again),
                   rfi_secret_get_bytes (secret), 33);
  g_assert_null (rfi_secret_new_text ("no key at all"));
  rfi_secret_free_text (text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seal/round-trip", test_round_trip);
  g_test_add_func ("/seal/flipped", test_flipped);
  g_test_add_func ("/seal/moved", test_moved);
  g_test_add_func ("/seal/rotation", test_rotation);
  g_test_add_func ("/seal/many-rotations", test_many_rotations);
  g_test_add_func ("/seal/no-keys", test_no_keys);
  g_test_add_func ("/seal/secret-text", test_secret_text);

  return g_test_run ();
}
