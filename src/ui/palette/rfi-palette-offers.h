/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-search.h"
#include "rfi-palette-line.h"
#include "rfi-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Something that can be done with a line as it stands. */
typedef struct
{
  const char *icon;         /* (nullable) */
  const char *style_class;  /* (nullable): of the icon */
  char       *title;        /* (owned) */
  char       *subtitle;     /* (owned) */
  const char *refusal;      /* (nullable): why it may not be */
  char       *action;       /* (owned) (nullable): of the window, %NULL = there is more to type */
  GVariant   *target;       /* (owned) (nullable) */
  char       *completion;   /* (owned) (nullable): the line, typed on */
} RfiPaletteOffer;

void       rfi_palette_offer_free  (RfiPaletteOffer *self);

/* What offers are made from; nothing is owned. */
typedef struct
{
  RfiSession        *session;
  RfiJobFilter      *filter;    /* what the window shows */
  RfiPaletteLexicon *lexicon;
  RfiJobState       *selected;  /* (nullable): the job that is meant where none is typed */
  GtkWindow         *window;    /* whose actions these are: what is disabled is not offered */
  const char        *line;
  GPtrArray         *readings;  /* (element-type RfiPaletteReading): of the line */
  RfiJobSearch      *jobs;      /* for rfi_palette_get_sought() */
} RfiPaletteContext;

/* The words to search jobs for: of the first reading, or the whole line.
 * Returns: (transfer full) */
char      *rfi_palette_get_sought  (const RfiPaletteContext *self);

/* Best first. Returns: (transfer full) (element-type RfiPaletteOffer) */
GPtrArray *rfi_palette_make_offers (const RfiPaletteContext *self);

/* A sentence: what was understood of the line, and what is missing; "" if nothing is.
 * Returns: (transfer full) */
char      *rfi_palette_describe    (const RfiPaletteContext *self);

G_END_DECLS
