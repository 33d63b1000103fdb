/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-conflicts.h"

#include "rfi-test-ui.h"

#include <sqlite3.h>

gboolean
rfi_test_conflicts_has_n (RfiConflictDesk *desk, guint n)
{
  gboolean done = g_list_model_get_n_items (rfi_conflict_desk_get_list (desk)) == n;

  if (!done)
    rfi_conflict_desk_refresh (desk);
  return done;
}

void
rfi_test_conflicts_choose_first (GtkWidget *page)
{
  GtkListBox *list = GTK_LIST_BOX (rfi_test_ui_find_named (page, "list"));

  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
}

const char *
rfi_test_conflicts_get_problem (GtkWidget *page)
{
  GtkWidget *problem = rfi_test_ui_find_named (page, "problem");

  return problem != NULL ? gtk_label_get_label (GTK_LABEL (problem)) : NULL;
}

void
rfi_test_conflicts_change_file (const char *dir, const char *name, const char *sql)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}
