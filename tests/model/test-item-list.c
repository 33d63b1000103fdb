/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-item-list.h"

#include <string.h>

/* "a1 c3": parts by id with their quantities. Returns: (transfer full) */
static char *
list (const char *sketch)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_item_free);
  g_auto(GStrv) words = g_strsplit (sketch, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        const char id[] = { words[i][0], '\0' };

        g_ptr_array_add (items, rfi_item_new (id, NULL, "Fan", words[i][1] - '0'));
      }

  return rfi_item_list_to_text (RFI_FIELD_PARTS, items);
}

static void
test_text (void)
{
  static const struct
  {
    RfiField    field;
    const char *text;
    gboolean    good;
  } rows[] = {
    { RFI_FIELD_PARTS, "", TRUE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1}]", TRUE },
    { RFI_FIELD_LABOUR, "[{\"id\":\"a\",\"minutes\":30,\"technician\":\"u1\"}]", TRUE },
    { RFI_FIELD_NOTES, "[{\"author\":\"u1\",\"id\":\"a\",\"text\":\"x\\ny\"}]", TRUE },
    { RFI_FIELD_PARTS, "[]", FALSE },
    { RFI_FIELD_PARTS, "[{\"name\":\"Fan\",\"id\":\"a\",\"quantity\":1}]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\"}]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1,\"x\":1}]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"\",\"name\":\"Fan\",\"quantity\":1}]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":-1}]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":\"1\"}]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1} ]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1}]]", FALSE },
    { RFI_FIELD_PARTS, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1},]", FALSE },
    { RFI_FIELD_PARTS,
      "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1},"
      "{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1}]",
      FALSE },
    { RFI_FIELD_PARTS,
      "[{\"id\":\"b\",\"name\":\"Fan\",\"quantity\":1},"
      "{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1}]",
      FALSE },
    { RFI_FIELD_NOTES, "[{\"id\":\"a\",\"name\":\"Fan\",\"quantity\":1}]", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GPtrArray) items = rfi_item_list_parse (rows[i].field, rows[i].text);
      g_autofree char *again = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (items != NULL, ==, rows[i].good);
      if (items == NULL)
        continue;

      again = rfi_item_list_to_text (rows[i].field, items);
      g_assert_cmpstr (again, ==, rows[i].text);
    }
}

static void
test_merge (void)
{
  static const struct
  {
    const char *base;
    const char *mine;
    const char *theirs;
    const char *result;  /* %NULL: they collide */
  } rows[] = {
    { "", "a1", "b1", "a1 b1" },
    { "a1", "a1 b1", "a1 c1", "a1 b1 c1" },
    { "a1 b1", "a1", "b1", "" },
    { "a1 b1", "a2 b1", "a1 b2", "a2 b2" },
    { "a1 b1", "a2 b1", "a1", "a2" },
    { "a1 b1", "", "a1 b1 c1", "c1" },
    { "a1", "a2", "a2", "a2" },
    { "a1", "", "", "" },
    { "", "a1", "a1", "a1" },
    { "a1", "a2", "a3", NULL },
    { "a1", "a2", "", NULL },
    { "a1", "", "a2", NULL },
    { "", "a1", "a2", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *base = list (rows[i].base);
      g_autofree char *mine = list (rows[i].mine);
      g_autofree char *theirs = list (rows[i].theirs);
      g_autofree char *expected = rows[i].result != NULL ? list (rows[i].result) : NULL;
      g_autofree char *result = rfi_item_list_merge (RFI_FIELD_PARTS, base, mine, theirs);
      g_autofree char *turned = rfi_item_list_merge (RFI_FIELD_PARTS, base, theirs, mine);

      g_test_message ("%s: %s + %s", rows[i].base, rows[i].mine, rows[i].theirs);
      g_assert_cmpstr (result, ==, expected);
      g_assert_cmpstr (turned, ==, expected);
    }

  g_assert_null (rfi_item_list_merge (RFI_FIELD_PARTS, "", "x", ""));
}

static char *
any_list (void)
{
  g_autoptr(GString) sketch = g_string_new (NULL);

  for (char id = 'a'; id <= 'd'; id++)
    if (g_test_rand_bit ())
      g_string_append_printf (sketch, "%c%d ", id, g_test_rand_int_range (1, 4));

  return list (sketch->str);
}

static gint64
quantity_of (const char *text,
             char        id)
{
  g_autoptr(GPtrArray) items = rfi_item_list_parse (RFI_FIELD_PARTS, text);

  for (guint i = 0; i < items->len; i++)
    {
      RfiItem *item = g_ptr_array_index (items, i);

      if (item->id[0] == id)
        return item->number;
    }

  return 0;
}

/* Each item by itself is merged three ways, the sides may be turned, and merging the result again
 * changes nothing.
 */
static void
test_laws (void)
{
  guint n_merged = 0;

  for (int round = 0; round < 4000; round++)
    {
      g_autofree char *base = any_list ();
      g_autofree char *mine = any_list ();
      g_autofree char *theirs = any_list ();
      g_autofree char *result = rfi_item_list_merge (RFI_FIELD_PARTS, base, mine, theirs);
      g_autofree char *turned = rfi_item_list_merge (RFI_FIELD_PARTS, base, theirs, mine);
      g_autofree char *again = NULL;
      gboolean collides = FALSE;

      for (char id = 'a'; id <= 'd'; id++)
        {
          gint64 b = quantity_of (base, id);
          gint64 m = quantity_of (mine, id);
          gint64 t = quantity_of (theirs, id);

          if (m != t && m != b && t != b)
            collides = TRUE;
          else if (result != NULL)
            g_assert_cmpint (quantity_of (result, id), ==, m == b ? t : m);
        }
      g_assert_cmpint (collides, ==, result == NULL);
      g_assert_cmpstr (result, ==, turned);
      if (result == NULL)
        continue;

      n_merged++;
      g_assert_true (rfi_item_list_check (RFI_FIELD_PARTS, result));
      again = rfi_item_list_merge (RFI_FIELD_PARTS, theirs, result, theirs);
      g_assert_cmpstr (again, ==, result);
    }

  g_assert_cmpuint (n_merged, >, 100);
}

static void
test_limits (void)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_item_free);
  g_autofree char *full = NULL;
  g_autofree char *over = NULL;
  g_autofree char *other = list ("z1");

  for (guint i = 0; i < RFI_ITEM_LIST_MAX_ITEMS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      g_ptr_array_add (items, rfi_item_new (id, NULL, "", 1));
    }
  full = rfi_item_list_to_text (RFI_FIELD_PARTS, items);
  g_assert_true (rfi_item_list_check (RFI_FIELD_PARTS, full));
  g_assert_null (rfi_item_list_merge (RFI_FIELD_PARTS, "", full, other));

  g_ptr_array_add (items, rfi_item_new ("x", NULL, "", 1));
  over = rfi_item_list_to_text (RFI_FIELD_PARTS, items);
  g_assert_false (rfi_item_list_check (RFI_FIELD_PARTS, over));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/item-list/text", test_text);
  g_test_add_func ("/item-list/merge", test_merge);
  g_test_add_func ("/item-list/laws", test_laws);
  g_test_add_func ("/item-list/limits", test_limits);

  return g_test_run ();
}
