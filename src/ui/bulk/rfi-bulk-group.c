/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-bulk-group"

#include "config.h"

#include "rfi-bulk-group.h"

#include "rfi-undo-words.h"

#include <glib/gi18n.h>

void
rfi_bulk_group_free (RfiBulkGroup *self)
{
  g_free (self->title);
  g_free (self->reason);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static RfiBulkGroupKind
get_kind (RfiBulkEntry *entry,
          gboolean      ran)
{
  switch (rfi_bulk_entry_get_state (entry))
    {
    case RFI_BULK_SAME:
      return RFI_BULK_GROUP_SAME;
    case RFI_BULK_KEPT:
    case RFI_BULK_CONFIRMED:
      return RFI_BULK_GROUP_DONE;
    case RFI_BULK_REFUSED:
    case RFI_BULK_FAILED:
    case RFI_BULK_CLASH:
      return RFI_BULK_GROUP_REFUSED;
    case RFI_BULK_READY:
    case RFI_BULK_RUNNING:
    default:
      return ran ? RFI_BULK_GROUP_LEFT : RFI_BULK_GROUP_READY;
    }
}

/* @reason: (transfer full) */
static RfiBulkGroup *
find_group (GPtrArray        *groups,
            RfiBulkGroupKind  kind,
            char             *reason)
{
  RfiBulkGroup *group;

  for (guint i = 0; i < groups->len; i++)
    {
      group = g_ptr_array_index (groups, i);
      if (group->kind == kind && g_str_equal (group->reason, reason))
        {
          g_free (reason);
          return group;
        }
    }

  group = g_new0 (RfiBulkGroup, 1);
  group->kind = kind;
  group->reason = reason;
  group->entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (groups, group);
  return group;
}

static char *
make_title (const RfiBulkGroup *group,
            gboolean            ran)
{
  guint n = group->entries->len;

  switch (group->kind)
    {
    case RFI_BULK_GROUP_READY:
      /* translators: how many jobs */
      return g_strdup_printf (ngettext ("%u will change", "%u will change", n), n);
    case RFI_BULK_GROUP_DONE:
      /* translators: how many jobs */
      return g_strdup_printf (ngettext ("%u done", "%u done", n), n);
    case RFI_BULK_GROUP_LEFT:
      /* translators: how many jobs were left out when it was stopped */
      return g_strdup_printf (ngettext ("%u left out", "%u left out", n), n);
    case RFI_BULK_GROUP_SAME:
      /* translators: how many jobs need no change */
      return g_strdup_printf (ngettext ("%u is so already", "%u are so already", n), n);
    case RFI_BULK_GROUP_REFUSED:
    default:
      return ran
             /* translators: how many jobs */
             ? g_strdup_printf (ngettext ("%u refused", "%u refused", n), n)
             /* translators: how many jobs can't be changed */
             : g_strdup_printf (ngettext ("%u can’t", "%u can’t", n), n);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const RfiBulkGroup *one = *(const RfiBulkGroup * const *) a;
  const RfiBulkGroup *other = *(const RfiBulkGroup * const *) b;

  if (one->kind != other->kind)
    return (int) one->kind - (int) other->kind;
  return (int) other->entries->len - (int) one->entries->len;
}

/* What is done is safe here; how much of it the server has is said with it. */
static void
describe_done (RfiBulkGroup *group)
{
  guint n_waiting = 0;

  for (guint i = 0; i < group->entries->len; i++)
    if (rfi_bulk_entry_get_state (g_ptr_array_index (group->entries, i)) == RFI_BULK_KEPT)
      n_waiting++;

  g_free (group->reason);
  group->reason =
    n_waiting == 0 ? g_strdup (_("The server has all of it."))
                   : g_strdup_printf (ngettext ("%u waits to be sent. It is safe on this computer.",
                                                "%u wait to be sent. They are safe on this "
                                                "computer.", n_waiting), n_waiting);
}

GPtrArray *
rfi_bulk_group_list (RfiBulk  *bulk,
                     gboolean  ran)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_bulk_group_free);
  GListModel *entries = rfi_bulk_get_entries (bulk);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr(RfiBulkEntry) entry = g_list_model_get_item (entries, i);
      RfiBulkGroupKind kind = get_kind (entry, ran);
      RfiBulkGroup *group = find_group (groups, kind, kind == RFI_BULK_GROUP_REFUSED
                                                      ? rfi_undo_words_reason (bulk, entry)
                                                      : g_strdup (""));

      g_ptr_array_add (group->entries, g_steal_pointer (&entry));
    }

  for (guint i = 0; i < groups->len; i++)
    {
      RfiBulkGroup *group = g_ptr_array_index (groups, i);

      group->title = make_title (group, ran);
      if (group->kind == RFI_BULK_GROUP_DONE)
        describe_done (group);
    }
  g_ptr_array_sort (groups, compare);
  return groups;
}

char *
rfi_bulk_group_summarise (GPtrArray *groups)
{
  g_autoptr(GString) words = g_string_new (NULL);
  guint n_refused = 0;
  guint n_groups = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      RfiBulkGroup *group = g_ptr_array_index (groups, i);

      if (words->len > 0)
        g_string_append (words, ", ");
      g_string_append (words, group->title);
      if (group->kind == RFI_BULK_GROUP_REFUSED)
        {
          n_groups++;
          n_refused = i;
        }
    }

  /* One reason fits into the line, several are listed below. */
  if (n_groups == 1)
    g_string_append_printf (words, ": %s",
                            ((RfiBulkGroup *) g_ptr_array_index (groups, n_refused))->reason);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
