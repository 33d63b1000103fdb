/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-event-row"

#include "config.h"

#include "rfi-event-row.h"

#include "rfi-format.h"
#include "rfi-session-activity.h"

#include <glib/gi18n.h>

struct _RfiEventRow
{
  AdwExpanderRow  parent_instance;

  RfiClientEvent *event;   /* (owned) */
  gboolean        opened;  /* once */
};

G_DEFINE_FINAL_TYPE (RfiEventRow, rfi_event_row, ADW_TYPE_EXPANDER_ROW)

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_autofree char *json = rfi_session_describe_event (RFI_EVENT_ROW (widget)->event);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), json);
}

static GtkWidget *
make_body (RfiEventRow *self)
{
  g_autofree char *json = rfi_session_describe_event (self->event);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *text = gtk_label_new (json);
  GtkWidget *copy = gtk_button_new_with_mnemonic (_("_Copy"));

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (text, "monospace");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "event.copy");
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  gtk_widget_add_css_class (box, "rfi-event");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), copy);
  return box;
}

/* What nobody opens is not laid out. */
static void
expanded_cb (RfiEventRow *self)
{
  if (self->opened || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;

  self->opened = TRUE;
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), make_body (self));
}

static void
rfi_event_row_finalize (GObject *object)
{
  g_clear_pointer (&RFI_EVENT_ROW (object)->event, rfi_client_event_unref);

  G_OBJECT_CLASS (rfi_event_row_parent_class)->finalize (object);
}

static void
rfi_event_row_class_init (RfiEventRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_event_row_finalize;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "event.copy", NULL, copy_cb);
}

static void
rfi_event_row_init (RfiEventRow *self)
{
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

GtkWidget *
rfi_event_row_new (RfiClientEvent *event)
{
  RfiEventRow *self = g_object_new (RFI_TYPE_EVENT_ROW, "use-markup", FALSE, NULL);
  g_autofree char *at = rfi_format_moment (event->at);
  /* translators: a time, then what an event is about: "job:" and its id */
  g_autofree char *subtitle = g_strdup_printf (_("%s · %s"), at, event->aggregate);

  self->event = rfi_client_event_ref (event);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), event->type);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  return GTK_WIDGET (self);
}
