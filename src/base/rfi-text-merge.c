/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-text-merge"

#include "config.h"

#include "rfi-text-merge.h"

#include "rfi-text-diff.h"

#include <string.h>

/* In place of a stretch of the base. */
typedef struct
{
  gsize       start;   /* bytes of the base */
  gsize       end;
  const char *text;
  gsize       length;
} Edit;

static void
add_edit (GArray *edits,
          gsize   start,
          gsize   end,
          const char *text,
          gsize   length)
{
  Edit *last = edits->len > 0 ? &g_array_index (edits, Edit, edits->len - 1) : NULL;
  Edit edit = { start, end, text, length };

  /* What was removed and what came in its place is one. */
  if (last == NULL || last->end != start || (length > 0 && last->length > 0))
    {
      g_array_append_val (edits, edit);
      return;
    }

  last->end = end;
  if (length > 0)
    {
      last->text = text;
      last->length = length;
    }
}

static GArray *
list_edits (const char *base,
            const char *text)
{
  g_autoptr(GArray) runs = rfi_text_diff (base, text);
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  gsize at = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      const RfiTextRun *run = &g_array_index (runs, RfiTextRun, i);

      if (run->kind == RFI_TEXT_REMOVED)
        add_edit (edits, at, at + run->length, "", 0);
      else if (run->kind == RFI_TEXT_INSERTED)
        add_edit (edits, at, at, run->text, run->length);
      if (run->kind != RFI_TEXT_INSERTED)
        at += run->length;
    }
  return edits;
}

/* What becomes of a stretch of the base by edits @first … @end - 1, which lie within it.
 * Returns: (transfer full) */
static char *
rewrite (const char *base,
         gsize       start,
         gsize       stop,
         GArray     *edits,
         guint       first,
         guint       end)
{
  GString *text = g_string_new (NULL);
  gsize at = start;

  for (guint i = first; i < end; i++)
    {
      const Edit *edit = &g_array_index (edits, Edit, i);

      g_string_append_len (text, base + at, (gssize) (edit->start - at));
      g_string_append_len (text, edit->text, (gssize) edit->length);
      at = edit->end;
    }
  g_string_append_len (text, base + at, (gssize) (stop - at));
  return g_string_free (text, FALSE);
}

static void
part_free (gpointer data)
{
  RfiTextPart *part = data;

  g_free (part->base);
  g_free (part->mine);
  g_free (part->theirs);
  g_free (part);
}

/* @mine, @theirs: (transfer full) */
static void
add_part (GPtrArray  *parts,
          const char *base,
          gsize       length,
          char       *mine,
          char       *theirs)
{
  RfiTextPart *part = g_new0 (RfiTextPart, 1);

  part->base = g_strndup (base, length);
  part->mine = mine;
  part->theirs = theirs;
  if (strcmp (mine, theirs) == 0)
    part->kind = RFI_PART_KEPT;
  else if (strcmp (theirs, part->base) == 0)
    part->kind = RFI_PART_MINE;
  else if (strcmp (mine, part->base) == 0)
    part->kind = RFI_PART_THEIRS;
  else
    part->kind = RFI_PART_COLLISION;
  g_ptr_array_add (parts, part);
}

static void
add_kept (GPtrArray  *parts,
          const char *base,
          gsize       length)
{
  if (length > 0)
    add_part (parts, base, length, g_strndup (base, length), g_strndup (base, length));
}

static const Edit *
get_edit (GArray *edits,
          guint   i)
{
  return i < edits->len ? &g_array_index (edits, Edit, i) : NULL;
}

/* Takes the next edit into the stretch if it overlaps or touches it. */
static gboolean
grow (GArray *edits,
      guint  *next,
      gsize  *stop)
{
  const Edit *edit = get_edit (edits, *next);

  if (edit == NULL || edit->start > *stop)
    return FALSE;

  *stop = MAX (*stop, edit->end);
  (*next)++;
  return TRUE;
}

GPtrArray *
rfi_text_merge (const char *base,
                const char *mine,
                const char *theirs)
{
  g_autoptr(GArray) my_edits = list_edits (base, mine);
  g_autoptr(GArray) their_edits = list_edits (base, theirs);
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);
  guint i = 0;
  guint j = 0;
  gsize at = 0;

  while (i < my_edits->len || j < their_edits->len)
    {
      const Edit *a = get_edit (my_edits, i);
      const Edit *b = get_edit (their_edits, j);
      gsize start = a == NULL ? b->start : b == NULL ? a->start : MIN (a->start, b->start);
      gsize stop = start;
      guint first_i = i;
      guint first_j = j;

      while (grow (my_edits, &i, &stop) || grow (their_edits, &j, &stop))
        ;

      add_kept (parts, base + at, start - at);
      add_part (parts, base + start, stop - start,
                rewrite (base, start, stop, my_edits, first_i, i),
                rewrite (base, start, stop, their_edits, first_j, j));
      at = stop;
    }

  add_kept (parts, base + at, strlen (base + at));
  return parts;
}

guint
rfi_text_merge_count_collisions (GPtrArray *parts)
{
  guint n = 0;

  for (guint i = 0; i < parts->len; i++)
    n += ((const RfiTextPart *) parts->pdata[i])->kind == RFI_PART_COLLISION;
  return n;
}

/* Two texts, with something between them. */
static void
append_both (GString    *text,
             const char *mine,
             const char *theirs)
{
  const char *end;

  g_string_append (text, mine);
  end = g_utf8_find_prev_char (text->str, text->str + text->len);
  if (*mine != '\0' && *theirs != '\0' && end != NULL &&
      !g_unichar_isspace (g_utf8_get_char (end)) &&
      g_unichar_isalnum (g_utf8_get_char (theirs)))
    g_string_append_c (text, ' ');
  g_string_append (text, theirs);
}

char *
rfi_text_merge_join (GPtrArray           *parts,
                     const RfiPartChoice *choices)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const RfiTextPart *part = g_ptr_array_index (parts, i);

      if (part->kind == RFI_PART_MINE || part->kind == RFI_PART_KEPT)
        g_string_append (text, part->mine);
      else if (part->kind == RFI_PART_THEIRS)
        g_string_append (text, part->theirs);
      else
        switch (*choices++)
          {
          case RFI_PART_TAKE_MINE:
            g_string_append (text, part->mine);
            break;
          case RFI_PART_TAKE_THEIRS:
            g_string_append (text, part->theirs);
            break;
          case RFI_PART_TAKE_BASE:
            g_string_append (text, part->base);
            break;
          case RFI_PART_TAKE_BOTH:
          default:
            append_both (text, part->mine, part->theirs);
            break;
          }
    }
  return g_string_free (text, FALSE);
}
