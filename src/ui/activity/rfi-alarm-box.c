/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alarm-box"

#include "config.h"

#include "rfi-alarm-box.h"

#include "rfi-alarm-words.h"
#include "rfi-session-activity.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

struct _RfiAlarmBox
{
  AdwBin   parent_instance;

  GtkBox  *notes;
  char    *shown;  /* (owned) (nullable): all the words there are, to tell whether they changed */
};

G_DEFINE_FINAL_TYPE (RfiAlarmBox, rfi_alarm_box, ADW_TYPE_BIN)

static GtkWidget *
make_text (const char *title,
           const char *advice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_label_new (title);
  GtkWidget *body = gtk_label_new (advice);

  gtk_widget_add_css_class (head, "heading");
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = i == 0 ? head : body;

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (label), 16);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
add_note (RfiAlarmBox        *self,
          const RfiSyncAlarm *alarm,
          const char         *title,
          const char         *advice)
{
  gboolean critical = alarm->severity == RFI_SEVERITY_CRITICAL;
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (critical ? "sync-failed-symbolic"
                                                           : "alarm-symbolic");
  GtkWidget *button;
  const char *action;
  const char *remedy = rfi_alarm_words_remedy (alarm, &action);

  gtk_widget_set_layout_manager (note, g_object_new (RFI_TYPE_WRAP_LAYOUT, "spacing", 12, NULL));
  gtk_widget_add_css_class (note, "rfi-note");
  gtk_widget_add_css_class (note, critical ? "conflict" : "wary");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  critical ? _("Critical") : _("Warning"), -1);
  gtk_box_append (GTK_BOX (note), icon);
  gtk_box_append (GTK_BOX (note), make_text (title, advice));

  button = gtk_button_new_with_label (remedy);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (alarm->kind == RFI_ALARM_CONFLICT)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "conflicts");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (note), button);
  gtk_box_append (self->notes, note);
}

static void
clear (RfiAlarmBox *self)
{
  GtkWidget *note;

  while ((note = gtk_widget_get_first_child (GTK_WIDGET (self->notes))) != NULL)
    gtk_box_remove (self->notes, note);
}

void
rfi_alarm_box_update (RfiAlarmBox *self,
                      RfiSession  *session)
{
  RfiSyncAlarm alarms[RFI_N_ALARM_KINDS];
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;
  guint n = 0;

  g_return_if_fail (RFI_IS_ALARM_BOX (self));

  if (session != NULL)
    n = rfi_session_check_alarms (session, g_get_real_time () / 1000, alarms);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (words, rfi_alarm_words_title (&alarms[i]));
      g_ptr_array_add (words,
                       rfi_alarm_words_advice (&alarms[i], rfi_session_get_sync_state (session)));
    }
  g_ptr_array_add (words, NULL);
  all = g_strjoinv ("\n", (char **) words->pdata);
  if (g_strcmp0 (all, self->shown) == 0)
    return;

  clear (self);
  for (guint i = 0; i < n; i++)
    add_note (self, &alarms[i], words->pdata[2 * i], words->pdata[2 * i + 1]);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  g_free (self->shown);
  self->shown = g_steal_pointer (&all);
}

static void
rfi_alarm_box_finalize (GObject *object)
{
  g_free (RFI_ALARM_BOX (object)->shown);

  G_OBJECT_CLASS (rfi_alarm_box_parent_class)->finalize (object);
}

static void
rfi_alarm_box_class_init (RfiAlarmBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_alarm_box_finalize;
}

static void
rfi_alarm_box_init (RfiAlarmBox *self)
{
  self->notes = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->notes));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
