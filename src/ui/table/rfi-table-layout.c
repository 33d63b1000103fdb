/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-layout"

#include "config.h"

#include "rfi-table-layout.h"

#include "rfi-table-cells.h"

#include <gio/gio.h>

/* In the settings: account to columns (name, shown, width) in their order, and sort keys (name,
 * descending). Columns that a version does not know are dropped; those it brings come last. */
#define KEY        "tables"
#define VALUE_TYPE "(a(sbi)a(sb))"

#define MIN_WIDTH 48
#define MAX_WIDTH 1000

/* While a column is dragged wider its width is not written with each pixel. */
#define SAVE_DELAY 500  /* ms */

struct _RfiTableLayout
{
  GObject       parent_instance;

  GSettings    *settings;                  /* (owned) */
  char         *account;                   /* (owned) (nullable) */
  RfiJobColumn  order[RFI_N_JOB_COLUMNS];
  gboolean      is_shown[RFI_N_JOB_COLUMNS];
  int           width[RFI_N_JOB_COLUMNS];
  RfiJobColumn  shown[RFI_N_JOB_COLUMNS];  /* of @order */
  guint         n_shown;
  RfiJobSorter  sorter;
  guint         save_source;
};

enum {
  CHANGED,
  SORTED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiTableLayout, rfi_table_layout, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
list_shown (RfiTableLayout *self)
{
  self->n_shown = 0;
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    if (self->is_shown[self->order[i]])
      self->shown[self->n_shown++] = self->order[i];
}

static void
set_defaults (RfiTableLayout *self)
{
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    {
      self->order[i] = (RfiJobColumn) i;
      self->is_shown[i] = rfi_table_cells_is_shown ((RfiJobColumn) i);
      self->width[i] = rfi_table_cells_width ((RfiJobColumn) i);
    }
  self->sorter = (RfiJobSorter) {
    .keys = {
      { RFI_JOB_COLUMN_STATUS, FALSE },
      { RFI_JOB_COLUMN_PRIORITY, FALSE },
      { RFI_JOB_COLUMN_CREATED, FALSE },
    },
    .n_keys = 3,
  };
  list_shown (self);
}

/* The settings */

static void
read_columns (RfiTableLayout *self,
              GVariantIter   *iter)
{
  gboolean known[RFI_N_JOB_COLUMNS] = { FALSE, };
  const char *name;
  gboolean shown;
  guint n = 0;
  int width;

  while (g_variant_iter_next (iter, "(&sbi)", &name, &shown, &width))
    {
      RfiJobColumn column;

      if (!rfi_job_column_from_string (name, &column) || known[column])
        continue;

      known[column] = TRUE;
      self->order[n++] = column;
      self->is_shown[column] = shown;
      self->width[column] = CLAMP (width, MIN_WIDTH, MAX_WIDTH);
    }
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    if (!known[i])
      {
        self->order[n++] = (RfiJobColumn) i;
        self->is_shown[i] = FALSE;
      }

  list_shown (self);
  if (self->n_shown == 0)
    set_defaults (self);
}

static void
read_keys (RfiTableLayout *self,
           GVariantIter   *iter)
{
  const char *name;
  gboolean descending;

  self->sorter.n_keys = 0;
  while (g_variant_iter_next (iter, "(&sb)", &name, &descending))
    {
      RfiJobColumn column;

      if (rfi_job_column_from_string (name, &column) &&
          rfi_table_layout_get_sort (self, column, NULL) == 0 &&
          self->sorter.n_keys < RFI_MAX_SORT_KEYS)
        self->sorter.keys[self->sorter.n_keys++] = (RfiJobSortKey) { column, descending };
    }
}

static void
load (RfiTableLayout *self)
{
  g_autoptr(GVariant) all = g_settings_get_value (self->settings, KEY);
  g_autoptr(GVariant) mine = NULL;
  g_autoptr(GVariantIter) columns = NULL;
  g_autoptr(GVariantIter) keys = NULL;

  set_defaults (self);
  if (self->account != NULL)
    mine = g_variant_lookup_value (all, self->account, G_VARIANT_TYPE (VALUE_TYPE));
  if (mine == NULL)
    return;

  g_variant_get (mine, VALUE_TYPE, &columns, &keys);
  read_columns (self, columns);
  read_keys (self, keys);
}

static GVariant *
to_variant (RfiTableLayout *self)
{
  GVariantBuilder columns, keys;

  g_variant_builder_init (&columns, G_VARIANT_TYPE ("a(sbi)"));
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    {
      RfiJobColumn column = self->order[i];

      g_variant_builder_add (&columns, "(sbi)", rfi_job_column_to_string (column),
                             self->is_shown[column], self->width[column]);
    }
  g_variant_builder_init (&keys, G_VARIANT_TYPE ("a(sb)"));
  for (guint i = 0; i < self->sorter.n_keys; i++)
    g_variant_builder_add (&keys, "(sb)", rfi_job_column_to_string (self->sorter.keys[i].column),
                           self->sorter.keys[i].descending);
  return g_variant_new ("(@a(sbi)@a(sb))", g_variant_builder_end (&columns),
                        g_variant_builder_end (&keys));
}

static void
save (RfiTableLayout *self)
{
  g_autoptr(GVariant) all = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *account;
  GVariant *value;

  g_clear_handle_id (&self->save_source, g_source_remove);
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
  g_variant_builder_add (&builder, "{s@" VALUE_TYPE "}", self->account, to_variant (self));
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

static void
save_cb (gpointer user_data)
{
  RfiTableLayout *self = user_data;

  self->save_source = 0;
  save (self);
}

static void
columns_changed (RfiTableLayout *self)
{
  list_shown (self);
  if (self->save_source == 0)
    self->save_source = g_timeout_add_once (SAVE_DELAY, save_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
sort_changed (RfiTableLayout *self)
{
  save (self);
  g_signal_emit (self, signals[SORTED], 0);
}

/* The object */

static void
rfi_table_layout_dispose (GObject *object)
{
  RfiTableLayout *self = RFI_TABLE_LAYOUT (object);

  if (self->save_source != 0)
    save (self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->account, g_free);

  G_OBJECT_CLASS (rfi_table_layout_parent_class)->dispose (object);
}

static void
rfi_table_layout_class_init (RfiTableLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_table_layout_dispose;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_TABLE_LAYOUT, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SORTED] = g_signal_new ("sorted", RFI_TYPE_TABLE_LAYOUT, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_table_layout_init (RfiTableLayout *self)
{
  self->settings = g_settings_new (RFI_APP_ID);
  set_defaults (self);
}

RfiTableLayout *
rfi_table_layout_new (void)
{
  return g_object_new (RFI_TYPE_TABLE_LAYOUT, NULL);
}

void
rfi_table_layout_set_account (RfiTableLayout *self,
                              const char     *account)
{
  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  if (self->save_source != 0)
    save (self);
  g_free (self->account);
  self->account = g_strdup (account);
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[SORTED], 0);
}

RfiJobColumn
rfi_table_layout_get_column (RfiTableLayout *self,
                             guint           place)
{
  g_return_val_if_fail (place < RFI_N_JOB_COLUMNS, RFI_JOB_COLUMN_TITLE);

  return self->order[place];
}

gboolean
rfi_table_layout_is_shown (RfiTableLayout *self,
                           RfiJobColumn    column)
{
  return self->is_shown[column];
}

void
rfi_table_layout_set_shown (RfiTableLayout *self,
                            RfiJobColumn    column,
                            gboolean        shown)
{
  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  if (self->is_shown[column] == shown || (!shown && self->n_shown == 1))
    return;

  self->is_shown[column] = shown;
  columns_changed (self);
}

guint
rfi_table_layout_get_n_shown (RfiTableLayout *self)
{
  return self->n_shown;
}

const RfiJobColumn *
rfi_table_layout_get_shown (RfiTableLayout *self)
{
  return self->shown;
}

void
rfi_table_layout_move (RfiTableLayout *self,
                       RfiJobColumn    column,
                       int             steps,
                       gboolean        all)
{
  int way = steps < 0 ? -1 : 1;
  int at = 0;

  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  while (self->order[at] != column)
    at++;
  while (steps != 0 && at + way >= 0 && at + way < RFI_N_JOB_COLUMNS)
    {
      self->order[at] = self->order[at + way];
      if (all || self->is_shown[self->order[at]])
        steps -= way;
      at += way;
      self->order[at] = column;
    }
  columns_changed (self);
}

int
rfi_table_layout_get_width (RfiTableLayout *self,
                            RfiJobColumn    column)
{
  return self->width[column];
}

void
rfi_table_layout_set_width (RfiTableLayout *self,
                            RfiJobColumn    column,
                            int             width)
{
  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  width = CLAMP (width, MIN_WIDTH, MAX_WIDTH);
  if (self->width[column] == width)
    return;

  self->width[column] = width;
  columns_changed (self);
}

const RfiJobSorter *
rfi_table_layout_get_sorter (RfiTableLayout *self)
{
  return &self->sorter;
}

guint
rfi_table_layout_get_sort (RfiTableLayout *self,
                           RfiJobColumn    column,
                           gboolean       *descending)
{
  for (guint i = 0; i < self->sorter.n_keys; i++)
    if (self->sorter.keys[i].column == column)
      {
        if (descending != NULL)
          *descending = self->sorter.keys[i].descending;
        return i + 1;
      }

  return 0;
}

void
rfi_table_layout_sort (RfiTableLayout *self,
                       RfiJobColumn    column,
                       gboolean        descending,
                       gboolean        further)
{
  RfiJobSorter *sorter = &self->sorter;
  guint place;

  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  if (!further)
    sorter->n_keys = 0;
  place = rfi_table_layout_get_sort (self, column, NULL);
  if (place == 0)
    {
      /* The last key gives way where there is no room for more. */
      place = MIN (sorter->n_keys + 1, RFI_MAX_SORT_KEYS);
      sorter->n_keys = place;
    }
  sorter->keys[place - 1] = (RfiJobSortKey) { column, descending };
  sort_changed (self);
}

void
rfi_table_layout_unsort (RfiTableLayout *self,
                         RfiJobColumn    column)
{
  RfiJobSorter *sorter = &self->sorter;
  guint place;

  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  place = rfi_table_layout_get_sort (self, column, NULL);
  if (place == 0)
    return;

  for (guint i = place; i < sorter->n_keys; i++)
    sorter->keys[i - 1] = sorter->keys[i];
  sorter->n_keys--;
  sort_changed (self);
}

void
rfi_table_layout_sort_by (RfiTableLayout *self,
                          RfiJobColumn    column,
                          gboolean        further)
{
  gboolean descending = FALSE;
  guint place;

  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  place = rfi_table_layout_get_sort (self, column, &descending);
  if (further && place > 0 && descending)
    rfi_table_layout_unsort (self, column);
  else
    rfi_table_layout_sort (self, column, place > 0 && (further || place == 1) && !descending,
                           further);
}

void
rfi_table_layout_reset (RfiTableLayout *self)
{
  g_return_if_fail (RFI_IS_TABLE_LAYOUT (self));

  set_defaults (self);
  columns_changed (self);
  sort_changed (self);
}
