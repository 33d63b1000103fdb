/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-presence-note"

#include "config.h"

#include "rfi-presence-note.h"

#include "rfi-presence-list.h"
#include "rfi-presence-words.h"

struct _RfiPresenceNote
{
  AdwBin           parent_instance;

  RfiPresenceList *list;    /* (owned) (nullable) */
  char            *job_id;  /* (owned) (nullable) */
  gboolean         is_edited;
  GtkWidget       *words;
};

G_DEFINE_FINAL_TYPE (RfiPresenceNote, rfi_presence_note, ADW_TYPE_BIN)

static void
show (RfiPresenceNote *self)
{
  RfiPresence *presence = self->list != NULL && self->job_id != NULL
                          ? rfi_presence_list_get (self->list, self->job_id) : NULL;
  g_autofree char *words = presence != NULL ? rfi_presence_words (presence) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (adw_bin_get_child (ADW_BIN (self)), presence != NULL);
}

static void
changed_cb (RfiPresenceNote *self,
            const char      *job_id)
{
  if (g_strcmp0 (job_id, self->job_id) == 0)
    show (self);
}

/* What is not seen is not open. */
static void
tell (RfiPresenceNote *self)
{
  if (self->list == NULL)
    return;

  rfi_presence_list_attend (self->list, self,
                            gtk_widget_get_mapped (GTK_WIDGET (self)) ? self->job_id : NULL,
                            self->is_edited ? RFI_ATTENTION_EDITING : RFI_ATTENTION_VIEWING);
}

static void
focus_cb (RfiPresenceNote *self,
          gboolean         is_edited)
{
  if (self->is_edited == is_edited)
    return;

  self->is_edited = is_edited;
  tell (self);
}

static void
focus_enter_cb (RfiPresenceNote *self)
{
  focus_cb (self, TRUE);
}

static void
focus_leave_cb (RfiPresenceNote *self)
{
  focus_cb (self, FALSE);
}

static void
rfi_presence_note_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rfi_presence_note_parent_class)->map (widget);

  tell (RFI_PRESENCE_NOTE (widget));
}

static void
rfi_presence_note_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rfi_presence_note_parent_class)->unmap (widget);

  tell (RFI_PRESENCE_NOTE (widget));
}

static void
let_go (RfiPresenceNote *self)
{
  if (self->list == NULL)
    return;

  rfi_presence_list_attend (self->list, self, NULL, RFI_ATTENTION_NONE);
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
}

static void
rfi_presence_note_dispose (GObject *object)
{
  RfiPresenceNote *self = RFI_PRESENCE_NOTE (object);

  let_go (self);
  g_clear_pointer (&self->job_id, g_free);

  G_OBJECT_CLASS (rfi_presence_note_parent_class)->dispose (object);
}

static void
rfi_presence_note_class_init (RfiPresenceNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_presence_note_dispose;
  widget_class->map = rfi_presence_note_map;
  widget_class->unmap = rfi_presence_note_unmap;
}

static void
rfi_presence_note_init (RfiPresenceNote *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("sync-viewing-symbolic");

  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_add_css_class (box, "rfi-note");
  gtk_widget_set_visible (box, FALSE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->words);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
rfi_presence_note_set_editor (RfiPresenceNote *self,
                              GtkWidget       *editor)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (RFI_IS_PRESENCE_NOTE (self));

  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (editor, focus);
}

void
rfi_presence_note_set_job (RfiPresenceNote *self,
                           RfiSession      *session,
                           const char      *job_id)
{
  RfiPresenceList *list = session != NULL ? rfi_session_get_presence (session) : NULL;

  g_return_if_fail (RFI_IS_PRESENCE_NOTE (self));

  if (self->list != list)
    {
      let_go (self);
      if (list != NULL)
        {
          self->list = g_object_ref (list);
          g_signal_connect_object (list, "changed", G_CALLBACK (changed_cb), self,
                                   G_CONNECT_SWAPPED);
        }
    }
  if (g_strcmp0 (self->job_id, job_id) != 0)
    {
      g_free (self->job_id);
      self->job_id = g_strdup (job_id);
    }
  tell (self);
  show (self);
}
