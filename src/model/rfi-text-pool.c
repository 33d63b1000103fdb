/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-text-pool"

#include "config.h"

#include "rfi-text-pool.h"

#include <string.h>

typedef struct
{
  guint ref_count;
  char  text[];
} Entry;

/* Both under the lock, which is held once per job, not once per text. */
static GMutex lock;
static GHashTable *entries;  /* text → Entry that it is part of */

static Entry *
entry_of (const char *text)
{
  return (Entry *) (text - G_STRUCT_OFFSET (Entry, text));
}

static const char *
take (const char *text)
{
  const char *shared = g_hash_table_lookup (entries, text);
  size_t size;
  Entry *entry;

  if (shared != NULL)
    {
      entry_of (shared)->ref_count++;
      return shared;
    }

  size = strlen (text) + 1;
  entry = g_malloc (sizeof (Entry) + size);
  entry->ref_count = 1;
  memcpy (entry->text, text, size);
  g_hash_table_add (entries, entry->text);
  return entry->text;
}

static void
release (const char *text)
{
  Entry *entry = entry_of (text);

  if (--entry->ref_count > 0)
    return;

  g_hash_table_remove (entries, text);
  g_free (entry);
}

void
rfi_text_pool_take (const char **const *texts,
                    guint               n_texts)
{
  g_mutex_lock (&lock);
  if (entries == NULL)
    entries = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_texts; i++)
    if (*texts[i] != NULL)
      *texts[i] = take (*texts[i]);
  g_mutex_unlock (&lock);
}

void
rfi_text_pool_release (const char **const *texts,
                       guint               n_texts)
{
  g_mutex_lock (&lock);
  for (guint i = 0; i < n_texts; i++)
    if (*texts[i] != NULL)
      release (*texts[i]);
  g_mutex_unlock (&lock);
}
