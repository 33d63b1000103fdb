/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-random"

#include "config.h"

#include "rfi-random.h"

/* SplitMix64 (Steele, Lea, Flood 2014): one word of state, passes BigCrush, and
 * any seed is a good one.
 */
struct _RfiRandom
{
  GObject parent_instance;

  guint64 state;
};

G_DEFINE_FINAL_TYPE (RfiRandom, rfi_random, G_TYPE_OBJECT)

static void
rfi_random_class_init (RfiRandomClass *klass)
{
}

static void
rfi_random_init (RfiRandom *self)
{
}

RfiRandom *
rfi_random_new (void)
{
  return rfi_random_new_seed ((guint64) g_random_int () << 32 | g_random_int ());
}

RfiRandom *
rfi_random_new_seed (guint64 seed)
{
  RfiRandom *self = g_object_new (RFI_TYPE_RANDOM, NULL);

  self->state = seed;
  return self;
}

guint64
rfi_random_u64 (RfiRandom *self)
{
  guint64 z;

  g_return_val_if_fail (RFI_IS_RANDOM (self), 0);

  self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = self->state;
  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

double
rfi_random_unit (RfiRandom *self)
{
  return (double) (rfi_random_u64 (self) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

guint64
rfi_random_range (RfiRandom *self,
                  guint64    end)
{
  return end == 0 ? 0 : rfi_random_u64 (self) % end;
}

char *
rfi_random_uuid (RfiRandom *self)
{
  guint64 high = rfi_random_u64 (self);
  guint64 low = rfi_random_u64 (self);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%012" G_GINT64_MODIFIER "x",
                          (guint32) (high >> 32),
                          (guint32) (high >> 16 & 0xffff),
                          (guint32) (high & 0xfff),
                          (guint32) (low >> 48 & 0x3fff) | 0x8000,
                          low & G_GUINT64_CONSTANT (0xffffffffffff));
}
