/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-field.h"

G_BEGIN_DECLS

/**
 * RfiItem:
 *
 * One part, one entry of labour or one note of a job. Its id, given by whoever adds it, is what
 * two sides know it by.
 */
typedef struct
{
  char   *id;
  char   *who;     /* (nullable): labour: user id of the technician; note: of the author */
  char   *text;    /* (nullable): part: its name; note: what it says */
  gint64  number;  /* part: quantity; labour: minutes; note: 0 */
} RfiItem;

#define RFI_ITEM_LIST_MAX_ITEMS 200

/* The value of such a field is text: a canonical JSON array in the order of the ids, or "" for no
 * items. @field: RFI_FIELD_PARTS, RFI_FIELD_LABOUR or RFI_FIELD_NOTES. */

/* @who, @text: (nullable): copied. Returns: (transfer full) */
RfiItem   *rfi_item_new          (const char *id,
                                  const char *who,
                                  const char *text,
                                  gint64      number);
void       rfi_item_free         (RfiItem    *self);

/* Returns: (transfer full) (nullable) (element-type RfiItem): %NULL for what is no such list */
GPtrArray *rfi_item_list_parse   (RfiField    field,
                                  const char *text);

/* Sorts @items. Two alike ids make no list that can be read. Returns: (transfer full) */
char      *rfi_item_list_to_text (RfiField    field,
                                  GPtrArray  *items);

gboolean   rfi_item_list_check   (RfiField    field,
                                  const char *text);

/* What both sides added, removed and edited, together.
 * Returns: (transfer full) (nullable): %NULL where they collide: an item both edited differently,
 *   or one edited and the other removed, or a value that is no list */
char      *rfi_item_list_merge   (RfiField    field,
                                  const char *base,
                                  const char *mine,
                                  const char *theirs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiItem, rfi_item_free)

G_END_DECLS
