/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-print-pages"

#include "config.h"

#include "rfi-print-pages.h"

/* Fewer lines of a broken text look lost at the end of one page and the start of another. */
#define LEAST_LINES 2

typedef struct
{
  const RfiPrintBlock *blocks;
  guint                n_blocks;
  double               page_height;
  GArray              *pieces;
  guint                page;
  double               y;
} Pages;

static double
get_height (const RfiPrintBlock *block)
{
  return block->n_lines * block->line_height;
}

static void
put (Pages *self,
     guint  index,
     guint  first_line,
     guint  n_lines)
{
  RfiPrintPiece piece = { self->page, index, first_line, n_lines, self->y };

  g_array_append_val (self->pieces, piece);
  self->y += n_lines * self->blocks[index].line_height;
}

static void
turn_page (Pages *self,
           int    header)
{
  self->page++;
  self->y = 0;
  if (header >= 0 && get_height (&self->blocks[header]) < self->page_height / 2)
    put (self, (guint) header, 0, self->blocks[header].n_lines);
}

/* How many lines of @block fit into @room. */
static guint
count_fitting (const RfiPrintBlock *block,
               double               room)
{
  double n = room / block->line_height + 1e-6;

  return block->line_height <= 0 ? block->n_lines : (guint) CLAMP (n, 0, block->n_lines);
}

/* What has to come along so that the block may stand here: its first lines, and what follows a
 * heading. */
static double
get_least_height (Pages *self,
                  guint  index)
{
  double height = 0;

  for (;; index++)
    {
      const RfiPrintBlock *block = &self->blocks[index];

      if (block->keep_with_next && index + 1 < self->n_blocks)
        {
          height += get_height (block) + self->blocks[index + 1].above;
          continue;
        }

      if (block->whole || block->n_lines < 2 * LEAST_LINES)
        return height + get_height (block);
      return height + LEAST_LINES * block->line_height;
    }
}

/* Breaks a block over as many pages as it takes. */
static void
put_lines (Pages *self,
           guint  index)
{
  const RfiPrintBlock *block = &self->blocks[index];
  guint line = 0;

  while (line < block->n_lines)
    {
      guint left = block->n_lines - line;
      guint n = count_fitting (block, self->page_height - self->y);

      if (n >= left)
        n = left;
      else if (left - n < LEAST_LINES && n > LEAST_LINES)
        n = left - LEAST_LINES;
      if (n == 0 && self->y > 0)
        {
          turn_page (self, block->header);
          if (count_fitting (block, self->page_height - self->y) > 0)
            continue;
        }

      n = MAX (n, 1);
      put (self, index, line, n);
      line += n;
      if (line < block->n_lines)
        turn_page (self, block->header);
    }
}

GArray *
rfi_print_paginate (const RfiPrintBlock *blocks,
                    guint                n_blocks,
                    double               page_height)
{
  Pages self = { .blocks = blocks, .n_blocks = n_blocks, .page_height = page_height };

  self.pieces = g_array_new (FALSE, FALSE, sizeof (RfiPrintPiece));
  for (guint i = 0; i < n_blocks; i++)
    {
      double least = get_least_height (&self, i);

      if (self.y > 0)
        {
          if (self.y + blocks[i].above + least > page_height)
            turn_page (&self, blocks[i].header);
          else
            self.y += blocks[i].above;
        }
      put_lines (&self, i);
    }

  return self.pieces;
}
