/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-text-diff"

#include "config.h"

#include "rfi-text-diff.h"

#include <string.h>

/* Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), on words, spaces and single
 * signs, which are numbered so that comparing two is comparing their numbers.
 */

/* More differing words than this are not followed: a person could not either. */
#define MAX_DISTANCE 600

typedef struct
{
  const char *text;
  gsize       length;
  guint       number;    /* alike means equal */
  gboolean    is_space;
  gboolean    is_kept;   /* in the other text too */
} Token;

static guint
token_kind (gunichar c)
{
  if (g_unichar_isspace (c))
    return 1;
  if (g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_' || c == '\'')
    return 2;

  return 0;
}

/* @numbers: (element-type utf8 guint): shared by both texts */
static GArray *
split (const char *text,
       GHashTable *numbers)
{
  GArray *tokens = g_array_new (FALSE, TRUE, sizeof (Token));
  const char *at = text;

  while (*at != '\0')
    {
      guint kind = token_kind (g_utf8_get_char (at));
      const char *end = g_utf8_next_char (at);
      Token token = { .text = at, .is_space = kind == 1 };
      char *word;
      gpointer number;

      while (kind != 0 && *end != '\0' && token_kind (g_utf8_get_char (end)) == kind)
        end = g_utf8_next_char (end);

      token.length = (gsize) (end - at);
      word = g_strndup (at, token.length);
      if (g_hash_table_lookup_extended (numbers, word, NULL, &number))
        {
          token.number = GPOINTER_TO_UINT (number);
          g_free (word);
        }
      else
        {
          token.number = g_hash_table_size (numbers);
          g_hash_table_insert (numbers, word, GUINT_TO_POINTER (token.number));
        }

      g_array_append_val (tokens, token);
      at = end;
    }

  return tokens;
}

/* Walks back from the end through the furthest points of each distance, and marks what lies on
 * the diagonals. @trace: of each distance d, 2d+1 points
 */
static void
mark_kept (GPtrArray *trace,
           Token     *old_tokens,
           int        n_old,
           Token     *new_tokens,
           int        n_new)
{
  int x = n_old;
  int y = n_new;

  for (int d = (int) trace->len - 1; d >= 0; d--)
    {
      const int *before = d > 0 ? (const int *) trace->pdata[d - 1] + (d - 1) : NULL;
      int k = x - y;
      int from_x = 0;
      int from_y = 0;

      if (before != NULL)
        {
          gboolean down = k == -d || (k != d && before[k - 1] < before[k + 1]);
          int from_k = down ? k + 1 : k - 1;

          from_x = before[from_k];
          from_y = from_x - from_k;
        }

      while (x > from_x && y > from_y)
        {
          old_tokens[--x].is_kept = TRUE;
          new_tokens[--y].is_kept = TRUE;
        }
      x = from_x;
      y = from_y;
    }
}

static void
compare (Token *old_tokens,
         int    n_old,
         Token *new_tokens,
         int    n_new)
{
  g_autoptr(GPtrArray) trace = g_ptr_array_new_with_free_func (g_free);
  gboolean reached = FALSE;

  for (int d = 0; d <= MAX_DISTANCE && d <= n_old + n_new && !reached; d++)
    {
      const int *before = d > 0 ? (const int *) trace->pdata[d - 1] + (d - 1) : NULL;
      int *points = g_new (int, 2 * d + 1);

      g_ptr_array_add (trace, points);
      for (int k = -d; k <= d && !reached; k += 2)
        {
          int x = 0;
          int y;

          /* k - 1 and k + 1 were points of the distance before, unless they lie outside it. */
          if (before != NULL)
            x = k == -d || (k != d && before[k - 1] < before[k + 1]) ? before[k + 1]
                                                                     : before[k - 1] + 1;
          y = x - k;
          while (x < n_old && y < n_new && old_tokens[x].number == new_tokens[y].number)
            {
              x++;
              y++;
            }
          points[k + d] = x;
          reached = x >= n_old && y >= n_new;
        }
    }

  if (reached)
    mark_kept (trace, old_tokens, n_old, new_tokens, n_new);
}

static void
append_run (GArray         *runs,
            RfiTextRunKind  kind,
            const Token    *tokens,
            guint           begin,
            guint           end)
{
  RfiTextRun run = { .kind = kind };

  if (begin == end)
    return;

  run.text = tokens[begin].text;
  run.length = (gsize) (tokens[end - 1].text + tokens[end - 1].length - run.text);
  g_array_append_val (runs, run);
}

/* How many tokens from @begin on have the given mark. */
static guint
count_alike (const Token *tokens,
             guint        n_tokens,
             guint        begin,
             gboolean     is_kept)
{
  guint end = begin;

  while (end < n_tokens && tokens[end].is_kept == is_kept)
    end++;

  return end - begin;
}

/* A space that survives between two changed words only chops the change up. */
static void
drop_lone_spaces (Token *old_tokens,
                  guint  n_old,
                  Token *new_tokens,
                  guint  n_new)
{
  guint i = count_alike (old_tokens, n_old, 0, FALSE);
  guint j = count_alike (new_tokens, n_new, 0, FALSE);
  gboolean after_change = i > 0 || j > 0;

  while (i < n_old && j < n_new)
    {
      guint n_kept = MIN (count_alike (old_tokens, n_old, i, TRUE),
                          count_alike (new_tokens, n_new, j, TRUE));
      guint next_i = i + n_kept;
      guint next_j = j + n_kept;

      if (n_kept == 1 && old_tokens[i].is_space && after_change && next_i < n_old &&
          next_j < n_new)
        {
          old_tokens[i].is_kept = FALSE;
          new_tokens[j].is_kept = FALSE;
        }

      i = next_i + count_alike (old_tokens, n_old, next_i, FALSE);
      j = next_j + count_alike (new_tokens, n_new, next_j, FALSE);
      after_change = TRUE;
    }
}

static GArray *
collect_runs (const Token *old_tokens,
              guint        n_old,
              const Token *new_tokens,
              guint        n_new)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (RfiTextRun));
  guint i = 0;
  guint j = 0;

  while (i < n_old || j < n_new)
    {
      guint n_removed = count_alike (old_tokens, n_old, i, FALSE);
      guint n_inserted = count_alike (new_tokens, n_new, j, FALSE);
      guint n_kept;

      append_run (runs, RFI_TEXT_REMOVED, old_tokens, i, i + n_removed);
      append_run (runs, RFI_TEXT_INSERTED, new_tokens, j, j + n_inserted);
      i += n_removed;
      j += n_inserted;

      n_kept = MIN (count_alike (old_tokens, n_old, i, TRUE),
                    count_alike (new_tokens, n_new, j, TRUE));
      append_run (runs, RFI_TEXT_EQUAL, new_tokens, j, j + n_kept);
      i += n_kept;
      j += n_kept;
    }

  return runs;
}

GArray *
rfi_text_diff (const char *old_text,
               const char *new_text)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) old_array = split (old_text, numbers);
  g_autoptr(GArray) new_array = split (new_text, numbers);
  Token *old_tokens = (Token *) (void *) old_array->data;
  Token *new_tokens = (Token *) (void *) new_array->data;
  guint n_old = old_array->len;
  guint n_new = new_array->len;
  guint head = 0;
  guint tail = 0;

  while (head < MIN (n_old, n_new) && old_tokens[head].number == new_tokens[head].number)
    head++;
  while (tail < MIN (n_old, n_new) - head &&
         old_tokens[n_old - 1 - tail].number == new_tokens[n_new - 1 - tail].number)
    tail++;

  for (guint i = 0; i < head; i++)
    old_tokens[i].is_kept = new_tokens[i].is_kept = TRUE;
  for (guint i = 1; i <= tail; i++)
    old_tokens[n_old - i].is_kept = new_tokens[n_new - i].is_kept = TRUE;

  if (n_old > head + tail && n_new > head + tail)
    compare (old_tokens + head, (int) (n_old - head - tail), new_tokens + head,
             (int) (n_new - head - tail));

  drop_lone_spaces (old_tokens, n_old, new_tokens, n_new);
  return collect_runs (old_tokens, n_old, new_tokens, n_new);
}
