/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-text-pool"

#include "config.h"

#include "rfi-text-pool.h"

#include <string.h>

/* Text in other letters than ASCII is followed by itself as it is sought: folding takes longer
 * than a search has. What is ASCII, nearly all of it, is folded on the way and kept once. */
typedef struct
{
  guint ref_count;
  guint length : 31;   /* without the NUL */
  guint is_folded : 1;
  guint number;
  char  text[];
} Entry;

/* Both under the lock, which is held once per job, not once per text. */
static GMutex lock;
static GHashTable *entries;  /* text → Entry that it is part of */
static GArray *free_numbers; /* (element-type guint): below n_numbers, of texts that went */
static guint n_numbers = 1;

static Entry *
entry_of (const char *text)
{
  return (Entry *) (text - G_STRUCT_OFFSET (Entry, text));
}

static guint
take_number (void)
{
  guint number;

  if (free_numbers->len == 0)
    return n_numbers++;

  number = g_array_index (free_numbers, guint, free_numbers->len - 1);
  g_array_set_size (free_numbers, free_numbers->len - 1);
  return number;
}

static Entry *
entry_new (const char *text)
{
  size_t length = strlen (text);
  gboolean is_folded = !g_str_is_ascii (text);
  g_autofree char *folded = is_folded ? rfi_text_fold (text) : NULL;
  size_t folded_size = is_folded ? strlen (folded) + 1 : 0;
  Entry *entry = g_malloc (sizeof (Entry) + length + 1 + folded_size);

  entry->ref_count = 1;
  entry->length = (guint) length;
  entry->is_folded = is_folded;
  entry->number = take_number ();
  memcpy (entry->text, text, length + 1);
  if (is_folded)
    memcpy (entry->text + length + 1, folded, folded_size);
  return entry;
}

static const char *
take (const char *text)
{
  const char *shared = g_hash_table_lookup (entries, text);
  Entry *entry;

  if (shared != NULL)
    {
      entry_of (shared)->ref_count++;
      return shared;
    }

  entry = entry_new (text);
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
  g_array_append_val (free_numbers, entry->number);
  g_free (entry);
}

char *
rfi_text_fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (composed != NULL ? composed : text, -1);
}

void
rfi_text_pool_take (const char **const *texts,
                    guint               n_texts)
{
  g_mutex_lock (&lock);
  if (entries == NULL)
    {
      entries = g_hash_table_new (g_str_hash, g_str_equal);
      free_numbers = g_array_new (FALSE, FALSE, sizeof (guint));
    }
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

const char *
rfi_text_pool_get_sought (const char *text,
                          size_t     *length,
                          gboolean   *is_folded)
{
  const Entry *entry = entry_of (text);

  *is_folded = entry->is_folded;
  *length = entry->length;
  if (!entry->is_folded)
    return text;

  text += entry->length + 1;
  *length = strlen (text);
  return text;
}

guint
rfi_text_pool_get_number (const char *text)
{
  return text != NULL ? entry_of (text)->number : 0;
}

guint
rfi_text_pool_get_n_numbers (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = n_numbers;
  g_mutex_unlock (&lock);
  return n;
}
