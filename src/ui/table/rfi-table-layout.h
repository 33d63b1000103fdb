/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-sorter.h"

G_BEGIN_DECLS

#define RFI_TYPE_TABLE_LAYOUT (rfi_table_layout_get_type ())

G_DECLARE_FINAL_TYPE (RfiTableLayout, rfi_table_layout, RFI, TABLE_LAYOUT, GObject)

/**
 * RfiTableLayout:
 *
 * Which columns a table has, in what order and width, and by which of them it is sorted.
 * Remembered in the settings for each account.
 *
 * Signals: `changed` (columns), `sorted` (the order of jobs; after it the head shows another one).
 */
RfiTableLayout     *rfi_table_layout_new         (void);

/* From now on as this account left it. @account: (nullable): nobody's; nothing is remembered */
void                rfi_table_layout_set_account (RfiTableLayout *self,
                                                  const char     *account);

/* All columns in their order, also those that are not shown. */
RfiJobColumn        rfi_table_layout_get_column  (RfiTableLayout *self,
                                                  guint           place);
gboolean            rfi_table_layout_is_shown    (RfiTableLayout *self,
                                                  RfiJobColumn    column);
/* At least one stays. */
void                rfi_table_layout_set_shown   (RfiTableLayout *self,
                                                  RfiJobColumn    column,
                                                  gboolean        shown);

/* Those that are shown, in their order. */
guint               rfi_table_layout_get_n_shown (RfiTableLayout *self);
const RfiJobColumn *rfi_table_layout_get_shown   (RfiTableLayout *self);

/* Before or after so many that are shown. @all: also past those that are not shown */
void                rfi_table_layout_move        (RfiTableLayout *self,
                                                  RfiJobColumn    column,
                                                  int             steps,
                                                  gboolean        all);

/* In pixels at 100 % text. */
int                 rfi_table_layout_get_width   (RfiTableLayout *self,
                                                  RfiJobColumn    column);
void                rfi_table_layout_set_width   (RfiTableLayout *self,
                                                  RfiJobColumn    column,
                                                  int             width);

const RfiJobSorter *rfi_table_layout_get_sorter  (RfiTableLayout *self);
/* As it is there: 1 for the first key …, 0 if the column is none. */
guint               rfi_table_layout_get_sort    (RfiTableLayout *self,
                                                  RfiJobColumn    column,
                                                  gboolean       *descending);
/* What a click does: sorts by the column, or turns the direction. @further: after what it is
 * sorted by already; the third time the column is no key any more */
void                rfi_table_layout_sort_by     (RfiTableLayout *self,
                                                  RfiJobColumn    column,
                                                  gboolean        further);
/* @further: as above */
void                rfi_table_layout_sort        (RfiTableLayout *self,
                                                  RfiJobColumn    column,
                                                  gboolean        descending,
                                                  gboolean        further);
void                rfi_table_layout_unsort      (RfiTableLayout *self,
                                                  RfiJobColumn    column);

/* As a table that nobody arranged yet. */
void                rfi_table_layout_reset       (RfiTableLayout *self);

G_END_DECLS
