/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-text-pool"

#include "config.h"

#include "rfi-text-pool.h"

#include <string.h>

/* Text with other letters than ASCII is followed by itself as it is sought: folding takes longer
 * than a search has. What has none, nearly all of it, is folded on the way and kept once, be there
 * signs as of degrees in it. */
typedef struct
{
  guint ref_count;
  guint length : 31;   /* without the NUL */
  guint is_folded : 1;
  guint number;
  char  text[];
} Entry;

/* All under the lock, which is held once per job, not once per text.
 *
 * Nearly every look into a large table has to wait for memory. A table of our own lets the texts of
 * a job wait for theirs at the same time: where they may be is worked out for all of them before
 * the first is compared. Its slots are searched in a row, and none is left between a text and where
 * its search begins. */
static GMutex lock;
static guint32 *hashes;      /* (owned) (nullable): of each slot; 0: it is free */
static Entry **slots;        /* (owned) (nullable) */
static guint n_slots;        /* a power of two */
static guint n_entries;
static GArray *free_numbers; /* (element-type guint): below n_numbers, of texts that went */
static guint n_numbers = 1;
static guint64 n_given;      /* how often any number was given to a text */
static guint given[4096];    /* the last of them, in turn */

#define MIN_SLOTS 1024
#define MAX_TEXTS 16         /* taken at once */

static Entry *
entry_of (const char *text)
{
  return (Entry *) (text - G_STRUCT_OFFSET (Entry, text));
}

static guint
find_number (void)
{
  guint number;

  if (free_numbers->len == 0)
    return n_numbers++;

  number = g_array_index (free_numbers, guint, free_numbers->len - 1);
  g_array_set_size (free_numbers, free_numbers->len - 1);
  return number;
}

/* Returns: (transfer full) (nullable): %NULL if letters of ASCII are all that folding changes */
static char *
fold_if_needed (const char *text)
{
  g_autofree char *folded = g_str_is_ascii (text) ? NULL : rfi_text_fold (text);

  if (folded == NULL || g_ascii_strcasecmp (folded, text) == 0)
    return NULL;

  return g_steal_pointer (&folded);
}

static guint
take_number (void)
{
  guint number = find_number ();

  given[n_given++ % G_N_ELEMENTS (given)] = number;
  return number;
}

static Entry *
entry_new (const char *text)
{
  size_t length = strlen (text);
  g_autofree char *folded = fold_if_needed (text);
  gboolean is_folded = folded != NULL;
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

/* Never 0. */
static guint32
hash_text (const char *text,
           size_t      length)
{
  const guint64 factor = G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  guint64 hash = length * factor;
  guint64 word;

  for (; length >= sizeof word; text += sizeof word, length -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      hash = (hash ^ word) * factor;
      hash ^= hash >> 32;
    }
  word = 0;
  memcpy (&word, text, length);
  hash = (hash ^ word) * factor;
  return (guint32) (hash >> 32) | 1;
}

/* The slot that has @text, or the free one where it belongs. */
static guint
find (guint32     hash,
      const char *text)
{
  guint mask = n_slots - 1;
  guint i = hash >> 1 & mask;

  while (hashes[i] != 0 && (hashes[i] != hash || strcmp (slots[i]->text, text) != 0))
    i = (i + 1) & mask;
  return i;
}

static guint
find_entry (guint32      hash,
            const Entry *entry)
{
  guint mask = n_slots - 1;
  guint i = hash >> 1 & mask;

  while (slots[i] != entry)
    i = (i + 1) & mask;
  return i;
}

static void
place (guint32  hash,
       Entry   *entry)
{
  guint mask = n_slots - 1;
  guint i = hash >> 1 & mask;

  while (hashes[i] != 0)
    i = (i + 1) & mask;
  hashes[i] = hash;
  slots[i] = entry;
}

static void
resize (guint size)
{
  g_autofree guint32 *old_hashes = g_steal_pointer (&hashes);
  g_autofree Entry **old_slots = g_steal_pointer (&slots);
  guint n_old = n_slots;

  hashes = g_new0 (guint32, size);
  slots = g_new0 (Entry *, size);
  n_slots = size;
  for (guint i = 0; i < n_old; i++)
    if (old_hashes[i] != 0)
      place (old_hashes[i], old_slots[i]);
}

static void
add (guint32  hash,
     Entry   *entry)
{
  if (n_entries >= n_slots / 4 * 3)
    resize (n_slots * 2);
  place (hash, entry);
  n_entries++;
}

/* Those behind it that would be searched for from there or before move up. */
static void
drop_slot (guint i)
{
  guint mask = n_slots - 1;

  for (guint next = (i + 1) & mask; hashes[next] != 0; next = (next + 1) & mask)
    {
      guint home = hashes[next] >> 1 & mask;

      if (((next - home) & mask) < ((next - i) & mask))
        continue;
      hashes[i] = hashes[next];
      slots[i] = slots[next];
      i = next;
    }

  hashes[i] = 0;
  slots[i] = NULL;
  n_entries--;
  if (n_slots > MIN_SLOTS && n_entries < n_slots / 4)
    resize (n_slots / 2);
}

static const char *
take (const char *text,
      guint32     hash)
{
  guint i = find (hash, text);
  Entry *entry;

  if (hashes[i] != 0)
    {
      slots[i]->ref_count++;
      return slots[i]->text;
    }

  entry = entry_new (text);
  add (hash, entry);
  return entry->text;
}

static void
release (const char *text)
{
  Entry *entry = entry_of (text);

  if (--entry->ref_count > 0)
    return;

  drop_slot (find_entry (hash_text (entry->text, entry->length), entry));
  g_array_append_val (free_numbers, entry->number);
  g_free (entry);
}

/* Whether it is of letters only that composing leaves as they are: ASCII, those of western Europe,
 * and the degree sign, which stands in very many reports. */
static gboolean
is_composed (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = (guchar) *text < 0x80 ? (gunichar) *text : g_utf8_get_char (text);

      if (c >= 0x80 && c != 0xb0 && (c < 0xc0 || c > 0xff))
        return FALSE;
    }

  return TRUE;
}

char *
rfi_text_fold (const char *text)
{
  g_autofree char *composed =
    is_composed (text) ? NULL : g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (composed != NULL ? composed : text, -1);
}

/* Has the memory that @sought will be compared with fetched. */
static void
prefetch (const guint32 *sought,
          guint          n_texts)
{
  guint mask = n_slots - 1;

  for (guint i = 0; i < n_texts; i++)
    {
      __builtin_prefetch (&hashes[sought[i] >> 1 & mask]);
      __builtin_prefetch (&slots[sought[i] >> 1 & mask]);
    }
  for (guint i = 0; i < n_texts; i++)
    if (hashes[sought[i] >> 1 & mask] != 0)
      __builtin_prefetch (slots[sought[i] >> 1 & mask], 1);
}

void
rfi_text_pool_take (const char **const *texts,
                    guint               n_texts)
{
  guint32 sought[MAX_TEXTS];

  g_assert (n_texts <= MAX_TEXTS);
  for (guint i = 0; i < n_texts; i++)
    sought[i] = *texts[i] != NULL ? hash_text (*texts[i], strlen (*texts[i])) : 0;

  g_mutex_lock (&lock);
  if (slots == NULL)
    {
      resize (MIN_SLOTS);
      free_numbers = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  prefetch (sought, n_texts);
  for (guint i = 0; i < n_texts; i++)
    if (*texts[i] != NULL)
      *texts[i] = take (*texts[i], sought[i]);
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

gboolean
rfi_text_pool_list_given (guint64 *since,
                          GArray  *numbers)
{
  gboolean known;

  g_array_set_size (numbers, 0);
  g_mutex_lock (&lock);
  known = n_given - *since <= G_N_ELEMENTS (given);
  if (known)
    for (guint64 i = *since; i < n_given; i++)
      g_array_append_val (numbers, given[i % G_N_ELEMENTS (given)]);
  *since = n_given;
  g_mutex_unlock (&lock);
  return known;
}
