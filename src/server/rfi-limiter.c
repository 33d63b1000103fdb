/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-limiter"

#include "config.h"

#include "rfi-limiter.h"

#include <math.h>

#define SWEEP_SIZE 4096

typedef struct
{
  double level;
  gint64 at;  /* when level was true, ms */
} Bucket;

struct _RfiLimiter
{
  double      rate;     /* a second */
  double      burst;
  GHashTable *buckets;  /* (owned) name → Bucket */
  guint       sweep_at; /* size at which full buckets are looked for */
};

RfiLimiter *
rfi_limiter_new (double rate,
                 double burst)
{
  RfiLimiter *self = g_new0 (RfiLimiter, 1);

  self->rate = rate;
  self->burst = burst;
  self->sweep_at = SWEEP_SIZE;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rfi_limiter_free (RfiLimiter *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static double
level_at (RfiLimiter   *self,
          const Bucket *bucket,
          gint64        now)
{
  double regained = (double) MAX (now - bucket->at, 0) / 1000.0 * self->rate;

  return MIN (bucket->level + regained, self->burst);
}

static void
sweep (RfiLimiter *self,
       gint64      now)
{
  GHashTableIter iter;
  gpointer bucket;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    if (level_at (self, bucket, now) >= self->burst)
      g_hash_table_iter_remove (&iter);

  self->sweep_at = MAX (SWEEP_SIZE, g_hash_table_size (self->buckets) * 2);
}

gboolean
rfi_limiter_check (RfiLimiter *self,
                   const char *name,
                   gint64      now,
                   guint      *retry_after)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, name);
  double level;

  if (bucket == NULL)
    return TRUE;

  level = level_at (self, bucket, now);
  if (level >= 1.0)
    return TRUE;

  *retry_after = (guint) ceil ((1.0 - level) / self->rate);
  return FALSE;
}

void
rfi_limiter_take (RfiLimiter *self,
                  const char *name,
                  gint64      now)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, name);

  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= self->sweep_at)
        sweep (self, now);
      bucket = g_new (Bucket, 1);
      bucket->level = self->burst;
      g_hash_table_insert (self->buckets, g_strdup (name), bucket);
    }
  else
    {
      bucket->level = level_at (self, bucket, now);
    }

  bucket->level -= 1.0;
  bucket->at = now;
}
