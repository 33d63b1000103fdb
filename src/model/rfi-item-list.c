/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-item-list"

#include "config.h"

#include "rfi-item-list.h"

#include "rfi-canonical.h"

#include <string.h>

#define MAX_ID 64
#define MAX_TEXT 8000
#define MAX_NUMBER 1000000

/* The members of one item in the order of their names, and which part of an RfiItem each is. */
typedef enum {
  PART_ID,
  PART_WHO,
  PART_TEXT,
  PART_NUMBER,
} Part;

#define N_MEMBERS 3

typedef struct
{
  const char *name;
  Part        part;
} Member;

static const Member parts[N_MEMBERS] = {
  { "id", PART_ID }, { "name", PART_TEXT }, { "quantity", PART_NUMBER },
};
static const Member labour[N_MEMBERS] = {
  { "id", PART_ID }, { "minutes", PART_NUMBER }, { "technician", PART_WHO },
};
static const Member notes[N_MEMBERS] = {
  { "author", PART_WHO }, { "id", PART_ID }, { "text", PART_TEXT },
};

static const Member *
members_of (RfiField field)
{
  return field == RFI_FIELD_PARTS ? parts : field == RFI_FIELD_LABOUR ? labour : notes;
}

RfiItem *
rfi_item_new (const char *id,
              const char *who,
              const char *text,
              gint64      number)
{
  RfiItem *self = g_new0 (RfiItem, 1);

  self->id = g_strdup (id);
  self->who = g_strdup (who);
  self->text = g_strdup (text);
  self->number = number;
  return self;
}

void
rfi_item_free (RfiItem *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->who);
  g_free (self->text);
  g_free (self);
}

static char **
text_at (RfiItem *item,
         Part     part)
{
  return part == PART_ID ? &item->id : part == PART_WHO ? &item->who : &item->text;
}

static gboolean
read_member (RfiCanonicalReader *reader,
             const Member       *member,
             RfiItem            *item,
             GString            *scratch)
{
  if (member->part == PART_NUMBER)
    return rfi_canonical_read_int (reader, &item->number) && item->number >= 0 &&
           item->number <= MAX_NUMBER;

  if (!rfi_canonical_read_string (reader, scratch) ||
      g_utf8_strlen (scratch->str, -1) > (member->part == PART_TEXT ? MAX_TEXT : MAX_ID) ||
      (member->part == PART_ID && scratch->len == 0))
    return FALSE;

  *text_at (item, member->part) = g_strdup (scratch->str);
  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static RfiItem *
read_item (RfiCanonicalReader *reader,
           RfiField            field,
           GString            *scratch)
{
  g_autoptr(RfiItem) item = rfi_item_new (NULL, NULL, NULL, 0);
  const Member *members = members_of (field);

  for (guint i = 0; i < N_MEMBERS; i++)
    if (!rfi_canonical_skip (reader, i == 0 ? '{' : ',') ||
        !rfi_canonical_read_string (reader, scratch) ||
        strcmp (scratch->str, members[i].name) != 0 || !rfi_canonical_skip (reader, ':') ||
        !read_member (reader, &members[i], item, scratch))
      return NULL;

  return rfi_canonical_skip (reader, '}') ? g_steal_pointer (&item) : NULL;
}

GPtrArray *
rfi_item_list_parse (RfiField    field,
                     const char *text)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_item_free);
  g_autoptr(GString) scratch = g_string_new (NULL);
  RfiCanonicalReader reader = { text, text + strlen (text) };

  if (*text == '\0')
    return g_steal_pointer (&items);
  if (!rfi_canonical_skip (&reader, '['))
    return NULL;

  do
    {
      RfiItem *last = items->len > 0 ? g_ptr_array_index (items, items->len - 1) : NULL;
      RfiItem *item = read_item (&reader, field, scratch);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
      if ((last != NULL && strcmp (last->id, item->id) >= 0) ||
          items->len > RFI_ITEM_LIST_MAX_ITEMS)
        return NULL;
    }
  while (rfi_canonical_skip (&reader, ','));

  return rfi_canonical_skip (&reader, ']') && reader.at == reader.end ? g_steal_pointer (&items)
                                                                      : NULL;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const RfiItem *left = *(RfiItem *const *) a;
  const RfiItem *right = *(RfiItem *const *) b;

  return strcmp (left->id, right->id);
}

static void
append_item (GString      *out,
             const Member *members,
             RfiItem      *item)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      const char *text;

      if (members[i].part == PART_NUMBER)
        {
          rfi_canonical_append_int_member (out, members[i].name, item->number);
          continue;
        }

      text = *text_at (item, members[i].part);
      rfi_canonical_append_text_member (out, members[i].name, text != NULL ? text : "");
    }
  g_string_append_c (out, '}');
}

char *
rfi_item_list_to_text (RfiField   field,
                       GPtrArray *items)
{
  GString *out = g_string_new (NULL);

  if (items->len == 0)
    return g_string_free (out, FALSE);

  g_ptr_array_sort (items, compare_ids);
  for (guint i = 0; i < items->len; i++)
    {
      g_string_append_c (out, i == 0 ? '[' : ',');
      append_item (out, members_of (field), g_ptr_array_index (items, i));
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

gboolean
rfi_item_list_check (RfiField    field,
                     const char *text)
{
  g_autoptr(GPtrArray) items = rfi_item_list_parse (field, text);

  return items != NULL;
}

static RfiItem *
find (GPtrArray  *items,
      const char *id)
{
  for (guint i = 0; i < items->len; i++)
    {
      RfiItem *item = g_ptr_array_index (items, i);

      if (strcmp (item->id, id) == 0)
        return item;
    }

  return NULL;
}

/* Both may be %NULL: not there. */
static gboolean
is_same (const RfiItem *a,
         const RfiItem *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->number == b->number && g_strcmp0 (a->who, b->who) == 0 &&
         g_strcmp0 (a->text, b->text) == 0;
}

/* Three-way, for one item. %FALSE: they collide.
 * @winner: (out) (nullable): %NULL: it is gone */
static gboolean
merge_item (RfiItem  *base,
            RfiItem  *mine,
            RfiItem  *theirs,
            RfiItem **winner)
{
  *winner = is_same (base, mine) ? theirs : mine;
  return is_same (mine, theirs) || is_same (base, mine) || is_same (base, theirs);
}

/* Adds what becomes of the items of @from that @result has not seen yet. */
static gboolean
merge_from (GPtrArray *from,
            GPtrArray *lists[3],
            GPtrArray *result)
{
  for (guint i = 0; i < from->len; i++)
    {
      const char *id = ((RfiItem *) g_ptr_array_index (from, i))->id;
      RfiItem *winner;

      if (find (result, id) != NULL)
        continue;
      if (!merge_item (find (lists[0], id), find (lists[1], id), find (lists[2], id), &winner))
        return FALSE;
      if (winner != NULL)
        g_ptr_array_add (result, winner);
    }

  return TRUE;
}

char *
rfi_item_list_merge (RfiField    field,
                     const char *base,
                     const char *mine,
                     const char *theirs)
{
  g_autoptr(GPtrArray) old = rfi_item_list_parse (field, base);
  g_autoptr(GPtrArray) ours = rfi_item_list_parse (field, mine);
  g_autoptr(GPtrArray) others = rfi_item_list_parse (field, theirs);
  g_autoptr(GPtrArray) result = g_ptr_array_new ();
  GPtrArray *lists[] = { old, ours, others };

  if (old == NULL || ours == NULL || others == NULL)
    return NULL;
  if (!merge_from (others, lists, result) || !merge_from (ours, lists, result) ||
      !merge_from (old, lists, result) || result->len > RFI_ITEM_LIST_MAX_ITEMS)
    return NULL;

  return rfi_item_list_to_text (field, result);
}
