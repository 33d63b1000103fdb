/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-table-row.h"
#include "rfi-table-view.h"

G_BEGIN_DECLS

struct _RfiTableView
{
  GtkWidget           parent_instance;

  RfiTableStyle      *style;          /* (owned) */
  RfiTableLayout     *layout;         /* (owned) */
  GSettings          *settings;       /* (owned) */
  RfiSession         *session;        /* (owned) (nullable) */
  RfiJobSheet        *sheet;          /* (owned) (nullable) */
  RfiJobSelection    *selection;      /* (owned) */
  GtkWidget          *header;
  GHashTable         *rows;           /* (owned) (element-type guint RfiTableRow): by place */
  GPtrArray          *spare;          /* (owned) (element-type RfiTableRow): of no place now */
  GtkAdjustment      *adjustment[2];  /* (owned) (nullable): by GtkOrientation */
  GtkScrollablePolicy policy[2];
  gboolean            allocating;

  RfiJobItem         *cursor;         /* (owned) (nullable): where the keyboard is */
  guint               cursor_place;   /* where it stands, or stood */
  RfiJobItem         *range_start;    /* (owned) (nullable): from where Shift selects */
  gboolean            selecting;      /* what is being told of the selection is from here */
  GtkWidget          *menu;           /* (nullable) */
  GString            *typed;          /* (owned): letters, to find a row by */
  guint               typed_source;   /* forgets them */
  guint               seek_source;    /* goes on looking */
  guint               seek_place;
  guint               n_to_seek;
};

guint        rfi_table_view_get_n_rows  (RfiTableView    *self);
/* How many rows are seen at once. */
guint        rfi_table_view_get_page    (RfiTableView    *self);

/* Moves the keyboard there, and what is seen if need be. @focus: with the focus */
void         rfi_table_view_go_to       (RfiTableView    *self,
                                         guint            place,
                                         gboolean         focus);
/* Which row is at @y. %FALSE if none is */
gboolean     rfi_table_view_pick        (RfiTableView    *self,
                                         double           y,
                                         guint           *place);
/* Where the cursor stands now. %FALSE if there is none in the list */
gboolean     rfi_table_view_find_cursor (RfiTableView    *self,
                                         guint           *place);
/* (nullable): the widget of the row at @place */
RfiTableRow *rfi_table_view_get_row     (RfiTableView    *self,
                                         guint            place);
/* The part of the width from @x on is seen. */
void         rfi_table_view_show_x      (RfiTableView    *self,
                                         int              x,
                                         int              width);

double       rfi_table_view_get_value   (RfiTableView    *self,
                                         GtkOrientation   orientation);
void         rfi_table_view_set_value   (RfiTableView    *self,
                                         GtkOrientation   orientation,
                                         double           value);
/* The adjustments, after the number of rows or the size changed. */
void         rfi_table_view_configure   (RfiTableView    *self);
/* The rows that are seen: from @first up to but without @end. */
void         rfi_table_view_get_seen    (RfiTableView    *self,
                                         guint           *first,
                                         guint           *end);

/* rfi-table-view-rows.c: which widget is which row. list: those in use, the one with the focus
 * first, then from the top. Returns: (transfer container) */
GPtrArray   *rfi_table_view_list_rows   (RfiTableView    *self);
void         rfi_table_view_spare_row   (RfiTableView    *self,
                                         RfiTableRow     *row);
void         rfi_table_view_update_rows (RfiTableView    *self);
void         rfi_table_view_items_changed (GListModel    *model,
                                           guint          position,
                                           guint          removed,
                                           guint          added,
                                           RfiTableView  *self);

/* rfi-table-view-input.c: pointer and keyboard */
void         rfi_table_view_add_controllers (RfiTableView *self);
void         rfi_table_view_stop_typing     (RfiTableView *self);

G_END_DECLS
