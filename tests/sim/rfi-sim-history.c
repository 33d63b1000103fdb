/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-history"

#include "config.h"

#include "rfi-sim-history.h"

#include "rfi-canonical.h"
#include "rfi-json.h"
#include "rfi-server-history.h"

#include <string.h>

/* Behind what an entry says come its hashes. Inside of a value no quote is without a backslash. */
#define BEHIND ",\"prevHash\":\""

/* Worked out beside the server: of the bytes of the hash before, and the entry without hashes. */
static char *
hash_entry (const char *prev,
            const char *entry,
            gsize       length)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[RFI_HASH_LENGTH / 2];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (prev[2 * i]) << 4 |
                         g_ascii_xdigit_value (prev[2 * i + 1]));
  g_checksum_update (checksum, bytes, sizeof bytes);
  g_checksum_update (checksum, (const guchar *) entry, (gssize) length);
  g_checksum_update (checksum, (const guchar *) "}", 1);
  return g_strdup (g_checksum_get_string (checksum));
}

/* Returns: (transfer full): "" if there is none */
static char *
get_text (const RfiJson *entry,
          const char    *name)
{
  RfiJson member;

  return rfi_json_get_member (entry, name, &member) ? rfi_json_dup_text (&member) : g_strdup ("");
}

/* @last: (inout) (transfer full): the hash of the one before. Whether it continues the chain */
static gboolean
check_entry (const RfiJson  *entry,
             char          **last)
{
  g_autofree char *prev = get_text (entry, "prevHash");
  g_autofree char *own = get_text (entry, "hash");
  const char *behind = g_strstr_len (entry->at, entry->end - entry->at, BEHIND);
  g_autofree char *hash = NULL;

  if (behind == NULL || strlen (prev) != RFI_HASH_LENGTH || !g_str_equal (prev, *last))
    return FALSE;

  hash = hash_entry (prev, entry->at, (gsize) (behind - entry->at));
  g_free (*last);
  *last = g_steal_pointer (&own);
  return g_str_equal (hash, *last);
}

static void
count (GHashTable *counts,
       char       *job_id)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, job_id));

  g_hash_table_replace (counts, job_id, GUINT_TO_POINTER (n + 1));
}

/* What was applied and left something to tell, job by job. Returns: (transfer full) */
static GHashTable *
count_applied (RfiSimTruth *truth)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < truth->verdicts->len; i++)
    {
      const RfiSimVerdict *verdict = g_ptr_array_index (truth->verdicts, i);
      RfiOperationKind kind = verdict->operation->kind;

      if (verdict->outcome <= RFI_OUTCOME_MERGED &&
          (kind == RFI_OPERATION_CREATE || kind == RFI_OPERATION_EDIT ||
           kind == RFI_OPERATION_ASSIGN || kind == RFI_OPERATION_SET_STATUS ||
           (kind == RFI_OPERATION_MOVE && verdict->version > 0)) &&
          g_hash_table_add (seen, verdict->operation->id))
        count (counts, g_strdup (verdict->operation->entity_id));
    }

  return counts;
}

static char *
check_complete (RfiSimTruth *truth,
                GHashTable  *told)
{
  g_autoptr(GHashTable) applied = count_applied (truth);
  GHashTableIter iter;
  gpointer id;
  gpointer n;

  g_hash_table_iter_init (&iter, applied);
  while (g_hash_table_iter_next (&iter, &id, &n))
    if (GPOINTER_TO_UINT (g_hash_table_lookup (told, id)) < GPOINTER_TO_UINT (n))
      return g_strdup_printf ("S14: %u changes of %s were applied and the history tells of %u",
                              GPOINTER_TO_UINT (n), (const char *) id,
                              GPOINTER_TO_UINT (g_hash_table_lookup (told, id)));
  return NULL;
}

char *
rfi_sim_history_check (RfiSimTruth *truth,
                       RfiDb       *db)
{
  const RfiServerHistoryQuery query = { .limit = G_MAXINT32 };
  g_autoptr(GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *last = g_strdup (RFI_HASH_NONE);
  RfiJson all;
  RfiJson entry;
  RfiJsonIter iter;
  gint64 next;
  guint n = 0;

  if (!rfi_server_history_append (db, &query, text, &next, NULL) ||
      !rfi_json_parse (text->str, (gssize) text->len, &all, NULL))
    return g_strdup ("S14: the history cannot be read");

  rfi_json_iter_init (&iter, &all);
  while (rfi_json_iter_next (&iter, NULL, &entry))
    {
      g_autofree char *number = get_text (&entry, "n");
      g_autofree char *action = get_text (&entry, "action");

      if (g_ascii_strtoull (number, NULL, 10) != ++n || !check_entry (&entry, &last))
        return g_strdup_printf ("S14: entry %u of the history does not follow the one before", n);
      /* Which job stands for which is told besides. */
      if (!g_str_equal (action, "remake"))
        count (told, get_text (&entry, "jobId"));
    }

  return check_complete (truth, told);
}
