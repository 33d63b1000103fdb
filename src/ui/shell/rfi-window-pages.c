/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-pages"

#include "config.h"

#include "rfi-window-pages.h"

#include "rfi-activity-page.h"
#include "rfi-board-page.h"
#include "rfi-conflicts-page.h"
#include "rfi-history-page.h"
#include "rfi-late-page.h"
#include "rfi-table-page.h"
#include "rfi-timeline-page.h"
#include "rfi-width-bin.h"

#include <glib/gi18n.h>

static const struct {
  const char *name;
  const char *title;
  const char *icon;
  GType     (*get_type) (void);
} kinds[] = {
  { "board", N_("Board"), "page-board-symbolic", rfi_board_page_get_type },
  { "timeline", N_("Timeline"), "page-timeline-symbolic", rfi_timeline_page_get_type },
  { "jobs", N_("Jobs"), "page-jobs-symbolic", rfi_table_page_get_type },
  { "conflicts", N_("Conflicts"), "sync-conflict-symbolic", rfi_conflicts_page_get_type },
  { "history", N_("History"), "page-history-symbolic", rfi_history_page_get_type },
  { "activity", N_("Activity"), "page-activity-symbolic", rfi_activity_page_get_type },
};

GtkWidget *
rfi_window_pages_make (const char      *name,
                       RfiJobFilter    *filter,
                       RfiJobSelection *selection)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return rfi_late_page_make (kinds[i].get_type (), filter, selection);

  g_return_val_if_reached (NULL);
}

/* Which page a window begins with is not settled before somebody is signed in. */
static void
make_visible (AdwViewStack *stack)
{
  GtkWidget *place = adw_view_stack_get_visible_child (stack);

  if (place != NULL && rfi_late_page_has_session (RFI_LATE_PAGE (place)))
    rfi_late_page_get (RFI_LATE_PAGE (place));
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
idle_with (AdwViewStack *stack,
           GSourceFunc   func)
{
  GWeakRef *ref = g_new (GWeakRef, 1);

  g_weak_ref_init (ref, stack);
  g_idle_add_full (G_PRIORITY_LOW, func, ref, weak_ref_free);
}

/* What lies behind another page has never been laid out, and widgets remember how large they want
 * to be, and where they are, until something in them changes. */
static gboolean
lay_out_cb (gpointer user_data)
{
  g_autoptr(AdwViewStack) stack = g_weak_ref_get (user_data);
  GtkWidget *frame = stack != NULL
                       ? gtk_widget_get_ancestor (GTK_WIDGET (stack), RFI_TYPE_WIDTH_BIN) : NULL;
  GtkWidget *window = frame != NULL ? GTK_WIDGET (gtk_widget_get_root (frame)) : NULL;
  GtkAllocation area = { 0 };
  int width, height;

  if (window == NULL || gtk_widget_get_mapped (frame))
    return G_SOURCE_REMOVE;

  area.width = gtk_widget_get_width (window);
  area.height = gtk_widget_get_height (window);
  gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (frame, GTK_ORIENTATION_VERTICAL, MAX (area.width, width), &height, NULL,
                      NULL, NULL);
  if (area.width >= width && area.height >= height)
    gtk_widget_size_allocate (frame, &area, -1);
  return G_SOURCE_REMOVE;
}

static gboolean
prepare_cb (gpointer user_data)
{
  g_autoptr(AdwViewStack) stack = g_weak_ref_get (user_data);
  GtkWidget *place = stack != NULL ? adw_view_stack_get_visible_child (stack) : NULL;

  if (place == NULL)
    return G_SOURCE_REMOVE;

  rfi_late_page_get (RFI_LATE_PAGE (place));
  idle_with (stack, lay_out_cb);
  return G_SOURCE_REMOVE;
}

void
rfi_window_pages_fill (AdwViewStack    *stack,
                       RfiJobFilter    *filter,
                       RfiJobSelection *selection)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *place = rfi_late_page_new (kinds[i].get_type (), filter, selection);

      adw_view_stack_add_titled (stack, place, kinds[i].name, _(kinds[i].title));
      adw_view_stack_page_set_icon_name (adw_view_stack_get_page (stack, place), kinds[i].icon);
    }
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (make_visible), NULL);
  /* While a sign-in is typed or a session opened the page that most likely comes then can be made:
   * the turn in which it comes has enough to do. */
  idle_with (stack, prepare_cb);
}

GtkWidget *
rfi_window_pages_get (AdwViewStack *stack,
                      const char   *name)
{
  GtkWidget *place = adw_view_stack_get_child_by_name (stack, name);

  return place != NULL ? rfi_late_page_get (RFI_LATE_PAGE (place)) : NULL;
}

void
rfi_window_pages_set_session (AdwViewStack *stack,
                              RfiSession   *session)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    rfi_late_page_set_session (
      RFI_LATE_PAGE (adw_view_stack_get_child_by_name (stack, kinds[i].name)), session);
  make_visible (stack);
}

gboolean
rfi_window_pages_is_filtered (GtkWidget *page)
{
  g_autoptr(GTypeClass) klass = NULL;

  if (page == NULL)
    return FALSE;

  klass = g_type_class_ref (RFI_IS_LATE_PAGE (page) ? rfi_late_page_get_kind (RFI_LATE_PAGE (page))
                                                    : G_OBJECT_TYPE (page));
  return g_object_class_find_property (G_OBJECT_CLASS (klass), "filter") != NULL;
}
