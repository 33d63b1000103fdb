/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-model"

#include "config.h"

#include "rfi-test-model.h"

struct _RfiTestModel
{
  GListModel       *model;    /* (owned) */
  RfiTestModelName  name;
  GPtrArray        *mirror;   /* (owned) (element-type GObject), as the changes tell it */
  GString          *changes;  /* (owned) */
};

static void
items_changed_cb (GListModel   *model,
                  guint         position,
                  guint         removed,
                  guint         added,
                  RfiTestModel *self)
{
  g_assert_cmpuint (position + removed, <=, self->mirror->len);

  if (removed > 0)
    g_ptr_array_remove_range (self->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->mirror, position + i, g_list_model_get_item (model, position + i));
  g_assert_cmpuint (self->mirror->len, ==, g_list_model_get_n_items (model));

  if (self->changes->len > 0)
    g_string_append_c (self->changes, ' ');
  g_string_append_printf (self->changes, "%u", position);
  if (removed > 0)
    g_string_append_printf (self->changes, "-%u", removed);
  if (added > 0)
    g_string_append_printf (self->changes, "+%u", added);
}

RfiTestModel *
rfi_test_model_new (GListModel       *model,
                    RfiTestModelName  name)
{
  RfiTestModel *self = g_new0 (RfiTestModel, 1);

  self->model = g_object_ref (model);
  self->name = name;
  self->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  self->changes = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (self->mirror, g_list_model_get_item (model, i));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);

  return self;
}

void
rfi_test_model_free (RfiTestModel *self)
{
  if (self->changes->len > 0)
    g_error ("changes nobody looked at: %s", self->changes->str);

  g_signal_handlers_disconnect_by_data (self->model, self);
  g_object_unref (self->model);
  g_ptr_array_unref (self->mirror);
  g_string_free (self->changes, TRUE);
  g_free (self);
}

void
rfi_test_model_assert_content (RfiTestModel *self,
                               const char   *expected)
{
  g_autoptr(GString) content = g_string_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (self->model), ==, self->mirror->len);
  for (guint i = 0; i < self->mirror->len; i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (self->model, i);
      g_autofree char *name = self->name (item);

      /* An item that was exchanged without a word would leave its row behind. */
      g_assert_true (item == g_ptr_array_index (self->mirror, i));
      if (content->len > 0)
        g_string_append_c (content, ' ');
      g_string_append (content, name);
    }
  g_assert_cmpstr (content->str, ==, expected);
}

void
rfi_test_model_assert_changes (RfiTestModel *self,
                               const char   *expected)
{
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_string_truncate (self->changes, 0);
}

void
rfi_test_model_ignore_changes (RfiTestModel *self)
{
  g_string_truncate (self->changes, 0);
}
