/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-cursor"

#include "config.h"

#include "rfi-service-cursor.h"

#include <sodium.h>
#include <string.h>

#define N_NUMBERS 6
#define MAC_BYTES 16
#define SEALED    (2 + N_NUMBERS * sizeof (guint64))
#define TOTAL     (SEALED + MAC_BYTES)
#define VARIANT   sodium_base64_VARIANT_URLSAFE_NO_PADDING

G_STATIC_ASSERT (RFI_SERVICE_KEY_BYTES == crypto_auth_hmacsha256_KEYBYTES);

void
rfi_service_key_init (RfiServiceKey *self,
                      GBytes        *secret)
{
  static const char purpose[] = "rfi sync cursor";
  crypto_auth_hmacsha256_state state;
  gsize length;
  const guint8 *data = g_bytes_get_data (secret, &length);

  crypto_auth_hmacsha256_init (&state, data, length);
  crypto_auth_hmacsha256_update (&state, (const guint8 *) purpose, sizeof purpose);
  crypto_auth_hmacsha256_final (&state, self->bytes);
}

guint64
rfi_service_cursor_hash_scope (const RfiScope *scope)
{
  g_autofree char *text = g_strdup_printf ("%d:%s", (int) scope->kind,
                                           scope->id != NULL ? scope->id : "");
  guint8 hash[crypto_hash_sha256_BYTES];
  guint64 number;

  crypto_hash_sha256 (hash, (const guint8 *) text, strlen (text));
  memcpy (&number, hash, sizeof number);
  return GUINT64_FROM_LE (number);
}

static void
write_mac (const guint8        *sealed,
           const RfiServiceKey *key,
           guint8              *mac)
{
  guint8 whole[crypto_auth_hmacsha256_BYTES];

  crypto_auth_hmacsha256 (whole, sealed, SEALED, key->bytes);
  memcpy (mac, whole, MAC_BYTES);
}

char *
rfi_service_cursor_seal (const RfiServiceCursor *self,
                         const RfiServiceKey    *key)
{
  const guint64 numbers[N_NUMBERS] = {
    GUINT64_TO_LE ((guint64) self->epoch), GUINT64_TO_LE ((guint64) self->seq),
    GUINT64_TO_LE ((guint64) self->start), GUINT64_TO_LE (self->scope),
    GUINT64_TO_LE ((guint64) self->entry), GUINT64_TO_LE (self->mark),
  };
  guint8 bytes[TOTAL];
  char text[sodium_base64_ENCODED_LEN (TOTAL, VARIANT)];

  bytes[0] = (guint8) self->kind;
  bytes[1] = self->schema;
  memcpy (bytes + 2, numbers, sizeof numbers);
  write_mac (bytes, key, bytes + SEALED);
  return g_strdup (sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes, VARIANT));
}

gboolean
rfi_service_cursor_open (RfiServiceCursor    *self,
                         RfiCursorKind        kind,
                         const char          *text,
                         const RfiServiceKey *key)
{
  guint64 numbers[N_NUMBERS];
  guint8 bytes[TOTAL];
  guint8 mac[MAC_BYTES];
  gsize length = 0;

  if (sodium_base642bin (bytes, sizeof bytes, text, strlen (text), NULL, &length, NULL,
                         VARIANT) != 0 ||
      length != TOTAL)
    return FALSE;

  write_mac (bytes, key, mac);
  if (sodium_memcmp (mac, bytes + SEALED, MAC_BYTES) != 0 || bytes[0] != (guint8) kind)
    return FALSE;

  memcpy (numbers, bytes + 2, sizeof numbers);
  *self = (RfiServiceCursor) {
    .kind = kind,
    .schema = bytes[1],
    .epoch = (gint64) GUINT64_FROM_LE (numbers[0]),
    .seq = (gint64) GUINT64_FROM_LE (numbers[1]),
    .start = (gint64) GUINT64_FROM_LE (numbers[2]),
    .scope = GUINT64_FROM_LE (numbers[3]),
    .entry = (gint64) GUINT64_FROM_LE (numbers[4]),
    .mark = GUINT64_FROM_LE (numbers[5]),
  };
  return TRUE;
}
