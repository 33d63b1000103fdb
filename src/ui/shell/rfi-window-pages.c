/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-pages"

#include "config.h"

#include "rfi-window-pages.h"

#include "rfi-activity-page.h"
#include "rfi-board-page.h"
#include "rfi-conflicts-page.h"
#include "rfi-history-page.h"
#include "rfi-table-page.h"
#include "rfi-timeline-page.h"

#include <glib/gi18n.h>

static const struct {
  const char  *name;
  const char  *title;
  const char  *icon;
  GtkWidget *(*create) (void);
} kinds[] = {
  { "board", N_("Board"), "page-board-symbolic", rfi_board_page_new },
  { "timeline", N_("Timeline"), "page-timeline-symbolic", rfi_timeline_page_new },
  { "jobs", N_("Jobs"), "page-jobs-symbolic", rfi_table_page_new },
  { "conflicts", N_("Conflicts"), "sync-conflict-symbolic", rfi_conflicts_page_new },
  { "history", N_("History"), "page-history-symbolic", rfi_history_page_new },
  { "activity", N_("Activity"), "page-activity-symbolic", rfi_activity_page_new },
};

static gboolean
has_property (GtkWidget  *page,
              const char *name)
{
  return g_object_class_find_property (G_OBJECT_GET_CLASS (page), name) != NULL;
}

static GtkWidget *
make (guint            kind,
      RfiJobFilter    *filter,
      RfiJobSelection *selection)
{
  GtkWidget *page = kinds[kind].create ();

  if (has_property (page, "filter"))
    g_object_set (page, "filter", filter, NULL);
  if (has_property (page, "selection"))
    g_object_set (page, "selection", selection, NULL);
  return page;
}

GtkWidget *
rfi_window_pages_make (const char      *name,
                       RfiJobFilter    *filter,
                       RfiJobSelection *selection)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return make (i, filter, selection);

  g_return_val_if_reached (NULL);
}

void
rfi_window_pages_fill (AdwViewStack    *stack,
                       RfiJobFilter    *filter,
                       RfiJobSelection *selection)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *page = make (i, filter, selection);

      adw_view_stack_add_titled (stack, page, kinds[i].name, _(kinds[i].title));
      adw_view_stack_page_set_icon_name (adw_view_stack_get_page (stack, page), kinds[i].icon);
    }
}

void
rfi_window_pages_set_session (AdwViewStack *stack,
                              RfiSession   *session)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_object_set (adw_view_stack_get_child_by_name (stack, kinds[i].name), "session", session,
                  NULL);
}

gboolean
rfi_window_pages_is_filtered (GtkWidget *page)
{
  return page != NULL && has_property (page, "filter");
}
