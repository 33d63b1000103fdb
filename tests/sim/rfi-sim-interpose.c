/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-interpose"

#include "config.h"

#include "rfi-sim-interpose.h"

#include <sodium.h>
#include <string.h>

/* What the programs and GIO ask of GLib itself: a definition in the program comes before that of
 * the library. GLib's own calls inside one library are not concerned, so its main loop keeps the
 * real time; nothing waits in it.
 */

static const gint64 *sim_now;
static gint64 turns;
static RfiRandom *sim_random;

void
rfi_sim_interpose (RfiRandom    *random,
                   const gint64 *now)
{
  sim_random = random;
  sim_now = now;
}

void
rfi_sim_interpose_turn (void)
{
  turns++;
}

static gint64
now_ms (void)
{
  return RFI_SIM_EPOCH + (sim_now != NULL ? *sim_now : 0);
}

/* A GTask asks whether it is still the turn of the main loop in which it was made. */
gint64
g_source_get_time (GSource *source)
{
  return turns;
}

gint64
g_get_real_time (void)
{
  return now_ms () * 1000;
}

gint64
g_get_monotonic_time (void)
{
  return (sim_now != NULL ? *sim_now : 0) * 1000;
}

guint32
g_random_int (void)
{
  return sim_random != NULL ? (guint32) rfi_random_u64 (sim_random) : 4;
}

char *
g_uuid_string_random (void)
{
  g_autoptr(RfiRandom) fallback = rfi_random_new_seed (4);

  return rfi_random_uuid (sim_random != NULL ? sim_random : fallback);
}

/* Keys */

static const char *
sodium_name (void)
{
  return "simulation";
}

static uint32_t
sodium_word (void)
{
  return g_random_int ();
}

static void
sodium_fill (void *const  out,
             const size_t n)
{
  for (size_t i = 0; i < n; i++)
    ((guint8 *) out)[i] = (guint8) g_random_int ();
}

static struct randombytes_implementation sodium_source = {
  .implementation_name = sodium_name,
  .random = sodium_word,
  .buf = sodium_fill,
};

/* Signatures: what was made here is right, and known again; whatever differs from it by a bit is
 * looked at as ever. */

#define N_SIGNATURES 8192

typedef struct
{
  guint8 signature[crypto_sign_BYTES];
  guint8 key[crypto_sign_PUBLICKEYBYTES];
  guint8 digest[crypto_generichash_BYTES];
} Signature;

static Signature signatures[N_SIGNATURES];

static void
describe_signature (Signature           *self,
                    const unsigned char *signature,
                    const unsigned char *bytes,
                    unsigned long long   size,
                    const unsigned char *key)
{
  memcpy (self->signature, signature, sizeof self->signature);
  memcpy (self->key, key, sizeof self->key);
  crypto_generichash (self->digest, sizeof self->digest, bytes, size, NULL, 0);
}

static Signature *
find_signature_slot (const unsigned char *signature)
{
  return &signatures[(signature[0] | (guint) signature[1] << 8) % N_SIGNATURES];
}

int
crypto_sign_detached (unsigned char       *signature,
                      unsigned long long  *signature_size,
                      const unsigned char *bytes,
                      unsigned long long   size,
                      const unsigned char *secret)
{
  int result = crypto_sign_ed25519_detached (signature, signature_size, bytes, size, secret);

  if (result == 0)
    describe_signature (find_signature_slot (signature), signature, bytes, size,
                        secret + crypto_sign_SEEDBYTES);
  return result;
}

int
crypto_sign_verify_detached (const unsigned char *signature,
                             const unsigned char *bytes,
                             unsigned long long   size,
                             const unsigned char *key)
{
  Signature asked;

  describe_signature (&asked, signature, bytes, size, key);
  if (memcmp (&asked, find_signature_slot (signature), sizeof asked) == 0)
    return 0;

  return crypto_sign_ed25519_verify_detached (signature, bytes, size, key);
}

/* Nothing outside of this thread is waited for. */
static int
poll_nothing (GPollFD *fds,
              guint    n_fds,
              int      timeout)
{
  for (guint i = 0; i < n_fds; i++)
    fds[i].revents = 0;
  return 0;
}

void
rfi_sim_interpose_install (void)
{
  g_main_context_set_poll_func (NULL, poll_nothing);
  randombytes_set_implementation (&sodium_source);
}
