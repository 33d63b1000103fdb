/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-board-memory"

#include "config.h"

#include "rfi-board-memory.h"

/* In the settings, by account: grouping and order by name, then bits 1 << RfiStatus of the lanes
 * that were folded, and of those that were unfolded. */
#define KEY        "boards"
#define VALUE_TYPE "(ssuu)"

struct _RfiBoardMemory
{
  GObject      parent_instance;

  GSettings   *settings;  /* (owned) */
  char        *account;   /* (owned) (nullable) */
  gboolean     sees_vendors;
  RfiGrouping  grouping;
  RfiJobSort   sort;
  guint        folded;
  guint        unfolded;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiBoardMemory, rfi_board_memory, G_TYPE_OBJECT)

static const char *const grouping_names[] = {
  [RFI_GROUPING_STATUS] = "status",
  [RFI_GROUPING_TECHNICIAN] = "technician",
  [RFI_GROUPING_VENDOR] = "vendor",
};

static const char *const sort_names[] = {
  [RFI_JOB_SORT_URGENCY] = "urgency",
  [RFI_JOB_SORT_AGE] = "age",
  [RFI_JOB_SORT_NEWEST] = "newest",
  [RFI_JOB_SORT_CITY] = "city",
  [RFI_JOB_SORT_UPDATED] = "updated",
  [RFI_JOB_SORT_SCHEDULE] = "schedule",
};

const char *
rfi_grouping_to_string (RfiGrouping grouping)
{
  g_return_val_if_fail (grouping < G_N_ELEMENTS (grouping_names), NULL);

  return grouping_names[grouping];
}

gboolean
rfi_grouping_from_string (const char  *text,
                          RfiGrouping *grouping)
{
  for (guint i = 0; i < G_N_ELEMENTS (grouping_names); i++)
    if (g_strcmp0 (grouping_names[i], text) == 0)
      {
        *grouping = (RfiGrouping) i;
        return TRUE;
      }
  return FALSE;
}

static void
load (RfiBoardMemory *self)
{
  g_autoptr(GVariant) all = g_settings_get_value (self->settings, KEY);
  g_autoptr(GVariant) mine = NULL;
  const char *grouping, *sort;

  self->grouping = RFI_GROUPING_STATUS;
  self->sort = RFI_JOB_SORT_URGENCY;
  self->folded = self->unfolded = 0;
  if (self->account != NULL)
    mine = g_variant_lookup_value (all, self->account, G_VARIANT_TYPE (VALUE_TYPE));
  if (mine == NULL)
    return;

  g_variant_get (mine, "(&s&suu)", &grouping, &sort, &self->folded, &self->unfolded);
  rfi_grouping_from_string (grouping, &self->grouping);
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_strcmp0 (sort_names[i], sort) == 0)
      self->sort = (RfiJobSort) i;
}

static void
save (RfiBoardMemory *self)
{
  g_autoptr(GVariant) all = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *account;
  GVariant *value;

  if (self->account == NULL)
    return;

  all = g_settings_get_value (self->settings, KEY);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s" VALUE_TYPE "}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s@" VALUE_TYPE "}", &account, &value))
    {
      if (!g_str_equal (account, self->account))
        g_variant_builder_add (&builder, "{s@" VALUE_TYPE "}", account, value);
      g_variant_unref (value);
    }
  g_variant_builder_add (&builder, "{s" VALUE_TYPE "}", self->account,
                         grouping_names[self->grouping], sort_names[self->sort],
                         self->folded, self->unfolded);
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

static void
rfi_board_memory_finalize (GObject *object)
{
  RfiBoardMemory *self = RFI_BOARD_MEMORY (object);

  g_clear_object (&self->settings);
  g_free (self->account);

  G_OBJECT_CLASS (rfi_board_memory_parent_class)->finalize (object);
}

static void
rfi_board_memory_class_init (RfiBoardMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_board_memory_finalize;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_BOARD_MEMORY, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_board_memory_init (RfiBoardMemory *self)
{
  self->settings = g_settings_new (RFI_APP_ID);
  self->sees_vendors = TRUE;
}

RfiBoardMemory *
rfi_board_memory_new (void)
{
  return g_object_new (RFI_TYPE_BOARD_MEMORY, NULL);
}

void
rfi_board_memory_set_session (RfiBoardMemory *self,
                              RfiSession     *session)
{
  g_return_if_fail (RFI_IS_BOARD_MEMORY (self));

  g_clear_pointer (&self->account, g_free);
  if (session != NULL)
    {
      const RfiUser *user = rfi_session_get_user (session);
      g_autofree char *account =
        g_strdup_printf ("%s %s", user->id, rfi_session_get_server_url (session));

      self->account = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);
      self->sees_vendors = user->role == RFI_ROLE_ADMIN;
    }
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
rfi_board_memory_sees_vendors (RfiBoardMemory *self)
{
  g_return_val_if_fail (RFI_IS_BOARD_MEMORY (self), FALSE);

  return self->sees_vendors;
}

RfiGrouping
rfi_board_memory_get_grouping (RfiBoardMemory *self)
{
  g_return_val_if_fail (RFI_IS_BOARD_MEMORY (self), RFI_GROUPING_STATUS);

  return self->grouping == RFI_GROUPING_VENDOR && !self->sees_vendors ? RFI_GROUPING_STATUS
                                                                      : self->grouping;
}

void
rfi_board_memory_set_grouping (RfiBoardMemory *self,
                               RfiGrouping     grouping)
{
  g_return_if_fail (RFI_IS_BOARD_MEMORY (self));

  self->grouping = grouping;
  save (self);
}

RfiJobSort
rfi_board_memory_get_sort (RfiBoardMemory *self)
{
  g_return_val_if_fail (RFI_IS_BOARD_MEMORY (self), RFI_JOB_SORT_URGENCY);

  return self->sort;
}

void
rfi_board_memory_set_sort (RfiBoardMemory *self,
                           RfiJobSort      sort)
{
  g_return_if_fail (RFI_IS_BOARD_MEMORY (self));

  self->sort = sort;
  save (self);
}

gboolean
rfi_board_memory_get_fold (RfiBoardMemory *self,
                           RfiStatus       status,
                           gboolean       *folded)
{
  g_return_val_if_fail (RFI_IS_BOARD_MEMORY (self), FALSE);

  *folded = (self->folded >> status & 1) != 0;
  return *folded || (self->unfolded >> status & 1) != 0;
}

void
rfi_board_memory_set_fold (RfiBoardMemory *self,
                           RfiStatus       status,
                           gboolean        folded)
{
  guint bit = 1u << status;

  g_return_if_fail (RFI_IS_BOARD_MEMORY (self));

  self->folded = folded ? self->folded | bit : self->folded & ~bit;
  self->unfolded = folded ? self->unfolded & ~bit : self->unfolded | bit;
  save (self);
}
