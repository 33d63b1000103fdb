/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-event-inspector"

#include "config.h"

#include "rfi-event-inspector.h"

#include "rfi-error-words.h"
#include "rfi-event-row.h"
#include "rfi-session-activity.h"

#include <glib/gi18n.h>

/* Rows are widgets: so many at a time. */
#define PART 50

struct _RfiEventInspector
{
  AdwWindow      parent_instance;

  RfiSession    *session;  /* (owned) */
  gint64         before;   /* `n` of the last one shown; 0 = none yet */

  GtkStack      *stack;    /* template children, from here on */
  GtkListBox    *rows;
  GtkWidget     *older;
  AdwStatusPage *problem;
};

G_DEFINE_FINAL_TYPE (RfiEventInspector, rfi_event_inspector, ADW_TYPE_WINDOW)

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiEventInspector) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  g_autoptr(GPtrArray) events =
    rfi_session_list_events_finish (RFI_SESSION (object), result, &error);

  if (events == NULL)
    {
      words = rfi_error_words (error);
      adw_status_page_set_description (self->problem, words);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }

  for (guint i = 0; i < events->len; i++)
    {
      RfiClientEvent *event = g_ptr_array_index (events, i);

      gtk_list_box_append (self->rows, rfi_event_row_new (event));
      self->before = event->n;
    }
  gtk_widget_set_visible (self->older, events->len == PART);
  gtk_stack_set_visible_child_name (self->stack, self->before > 0 ? "events" : "empty");
}

static void
older_cb (RfiEventInspector *self)
{
  rfi_session_list_events_async (self->session, PART, self->before, NULL, listed_cb,
                                 g_object_ref (self));
}

static void
rfi_event_inspector_dispose (GObject *object)
{
  g_clear_object (&RFI_EVENT_INSPECTOR (object)->session);

  G_OBJECT_CLASS (rfi_event_inspector_parent_class)->dispose (object);
}

static void
rfi_event_inspector_class_init (RfiEventInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_event_inspector_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/activity/rfi-event-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiEventInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiEventInspector, rows);
  gtk_widget_class_bind_template_child (widget_class, RfiEventInspector, older);
  gtk_widget_class_bind_template_child (widget_class, RfiEventInspector, problem);
  gtk_widget_class_bind_template_callback (widget_class, older_cb);
}

static void
rfi_event_inspector_init (RfiEventInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rfi_event_inspector_new (GtkWindow  *parent,
                         RfiSession *session)
{
  RfiEventInspector *self =
    g_object_new (RFI_TYPE_EVENT_INSPECTOR, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  older_cb (self);
  return GTK_WIDGET (self);
}
