/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-record-item.h"
#include "rfi-record-list.h"

#include "rfi-random.h"
#include "rfi-user.h"

typedef struct
{
  RfiRecordList *list;     /* (owned) */
  GString       *changes;  /* (owned) */
  GPtrArray     *mirror;   /* (owned) (element-type RfiRecordItem): follows only what was told */
} Fixture;

static const char *
get_key (gconstpointer record)
{
  return ((const RfiUser *) record)->id;
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->changes, "%s%u-%u+%u", fixture->changes->len > 0 ? ", " : "",
                          position, removed, added);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (fixture->mirror->len, ==, g_list_model_get_n_items (model));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->list = rfi_record_list_new (RFI_TYPE_USER, get_key);
  fixture->changes = g_string_new (NULL);
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_ptr_array_unref (fixture->mirror);
  g_assert_finalize_object (fixture->list);
  g_string_free (fixture->changes, TRUE);
}

/* A record for each letter of @keys. */
static GPtrArray *
make_records (const char *keys)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);

  for (guint i = 0; keys[i] != '\0'; i++)
    {
      char id[] = { keys[i], '\0' };
      RfiUser template = { .id = id, .email = id, .display_name = id };

      g_ptr_array_add (records, rfi_user_new (&template));
    }

  return records;
}

static void
set (Fixture    *fixture,
     const char *keys)
{
  g_autoptr(GPtrArray) records = make_records (keys);

  rfi_record_list_set (fixture->list, records);
  g_assert_cmpuint (fixture->mirror->len, ==, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      RfiRecordItem *item = g_ptr_array_index (fixture->mirror, i);
      g_autoptr(RfiRecordItem) shown = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (shown == item);
      g_assert_true (rfi_record_item_get (item) == g_ptr_array_index (records, i));
      g_assert_true (rfi_record_list_find (fixture->list, get_key (records->pdata[i])) ==
                     records->pdata[i]);
    }
}

#define assert_changes(fixture, expected) G_STMT_START { \
  g_assert_cmpstr ((fixture)->changes->str, ==, (expected)); \
  g_string_truncate ((fixture)->changes, 0); \
} G_STMT_END

static void
test_minimal (Fixture       *fixture,
              gconstpointer  unused)
{
  RfiRecordItem *b;

  set (fixture, "abcdef");
  assert_changes (fixture, "0-0+6");
  b = g_ptr_array_index (fixture->mirror, 1);

  set (fixture, "abcdef");
  assert_changes (fixture, "");
  set (fixture, "abdef");
  assert_changes (fixture, "2-1+0");
  set (fixture, "xabdefy");
  assert_changes (fixture, "0-0+1, 6-0+1");
  set (fixture, "xabezfy");
  assert_changes (fixture, "3-1+0, 4-0+1");
  g_assert_true (g_ptr_array_index (fixture->mirror, 2) == b);
  g_assert_null (rfi_record_list_find (fixture->list, "d"));
  g_assert_null (rfi_record_list_find (fixture->list, NULL));

  /* One that is overtaken goes and comes, as the same item. */
  set (fixture, "xaezfyb");
  assert_changes (fixture, "2-1+0, 6-0+1");
  g_assert_true (g_ptr_array_index (fixture->mirror, 6) == b);
  set (fixture, "");
  assert_changes (fixture, "0-7+0");
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_replaced_record (Fixture       *fixture,
                      gconstpointer  unused)
{
  guint n_notified = 0;

  set (fixture, "ab");
  g_signal_connect_swapped (g_ptr_array_index (fixture->mirror, 0), "notify::record",
                            G_CALLBACK (count_cb), &n_notified);
  set (fixture, "ab");
  g_assert_cmpuint (n_notified, ==, 1);
}

static void
test_random (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (7);

  for (guint round = 0; round < 2000; round++)
    {
      char keys[20] = "abcdefghijklmnopqr";
      guint length = (guint) rfi_random_range (random, 19);

      for (guint i = 17; i > 0 && rfi_random_range (random, 3) > 0; i--)
        {
          guint other = (guint) rfi_random_range (random, i + 1);
          char swap = keys[i];

          keys[i] = keys[other];
          keys[other] = swap;
        }
      keys[length] = '\0';
      set (fixture, keys);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/record-list/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("minimal", test_minimal);
  ADD ("replaced-record", test_replaced_record);
  ADD ("random", test_random);
#undef ADD

  return g_test_run ();
}
