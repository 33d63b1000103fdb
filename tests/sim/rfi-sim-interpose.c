/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-interpose"

#include "config.h"

#include "rfi-sim-interpose.h"

#include <sodium.h>

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
