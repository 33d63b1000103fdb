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

/* A note and what can be done about it. */
typedef struct
{
  char       *title;     /* (owned) */
  char       *advice;    /* (owned) */
  const char *remedy;
  const char *action;
  const char *target;    /* (nullable) */
  gboolean    critical;
} Note;

static void
note_clear (gpointer data)
{
  Note *note = data;

  g_free (note->title);
  g_free (note->advice);
}

static void
add_note (RfiAlarmBox *self,
          const Note  *about)
{
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (about->critical ? "sync-failed-symbolic"
                                                                  : "alarm-symbolic");
  GtkWidget *button = gtk_button_new_with_label (about->remedy);

  gtk_widget_set_layout_manager (note, g_object_new (RFI_TYPE_WRAP_LAYOUT, "spacing", 12, NULL));
  gtk_widget_add_css_class (note, "rfi-note");
  gtk_widget_add_css_class (note, about->critical ? "conflict" : "wary");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  about->critical ? _("Critical") : _("Warning"), -1);
  gtk_box_append (GTK_BOX (note), icon);
  gtk_box_append (GTK_BOX (note), make_text (about->title, about->advice));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), about->action);
  if (about->target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", about->target);
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

static void
list_alarms (RfiSession *session,
             GArray     *notes)
{
  RfiSyncAlarm alarms[RFI_N_ALARM_KINDS];
  guint n = rfi_session_check_alarms (session, g_get_real_time () / 1000, alarms);

  for (guint i = 0; i < n; i++)
    {
      Note note = {
        .title = rfi_alarm_words_title (&alarms[i]),
        .advice = rfi_alarm_words_advice (&alarms[i], rfi_session_get_sync_state (session)),
        .target = alarms[i].kind == RFI_ALARM_CONFLICT ? "conflicts" : NULL,
        .critical = alarms[i].severity == RFI_SEVERITY_CRITICAL,
      };

      note.remedy = rfi_alarm_words_remedy (&alarms[i], &note.action);
      g_array_append_val (notes, note);
    }
}

static void
list_events (RfiSession *session,
             GArray     *notes)
{
  const GError *error;
  gint64 since;
  RfiEventTrouble trouble = rfi_session_get_event_trouble (session, &since, &error);
  Note note = { .remedy = _("Try Again"), .action = "activity.archive-events" };

  if (trouble == RFI_EVENT_TROUBLE_NONE)
    return;

  note.title = rfi_alarm_words_events_title (trouble, since);
  note.advice = rfi_alarm_words_events_advice (trouble, error);
  g_array_append_val (notes, note);
}

/* Returns: (transfer full) */
static char *
join (GArray *notes)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const Note *note = &g_array_index (notes, Note, i);

      g_string_append_printf (all, "%s\n%s\n", note->title, note->advice);
    }
  return g_string_free (all, FALSE);
}

void
rfi_alarm_box_update (RfiAlarmBox *self,
                      RfiSession  *session)
{
  g_autoptr(GArray) notes = g_array_new (FALSE, FALSE, sizeof (Note));
  g_autofree char *all = NULL;

  g_return_if_fail (RFI_IS_ALARM_BOX (self));

  g_array_set_clear_func (notes, note_clear);
  if (session != NULL)
    {
      list_alarms (session, notes);
      list_events (session, notes);
    }
  all = join (notes);
  if (g_strcmp0 (all, self->shown) == 0)
    return;

  clear (self);
  for (guint i = 0; i < notes->len; i++)
    add_note (self, &g_array_index (notes, Note, i));
  gtk_widget_set_visible (GTK_WIDGET (self), notes->len > 0);
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
