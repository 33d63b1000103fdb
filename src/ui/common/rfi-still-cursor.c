/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-still-cursor"

#include "config.h"

#include "rfi-still-cursor.h"

/* Longer than from one key to the next, shorter than it takes to look for the cursor. */
#define PAUSE_MS 600

#define SWITCH "gtk-cursor-blink"

typedef struct
{
  GtkEditable *entry;     /* that this hangs on */
  GtkSettings *settings;  /* (owned) (nullable): while the cursor stands still */
  guint        source;
} StillCursor;

static void
blink (StillCursor *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->settings != NULL)
    gtk_settings_reset_property (self->settings, SWITCH);
  g_clear_object (&self->settings);
}

static void
still_cursor_free (gpointer data)
{
  blink (data);
  g_free (data);
}

/* The text looks at the switch whenever it is laid out. */
static void
tell_text (StillCursor *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (gtk_editable_get_delegate (self->entry)));
}

static void
paused_cb (gpointer user_data)
{
  StillCursor *self = user_data;

  self->source = 0;
  blink (self);
  tell_text (self);
}

static void
changed_cb (StillCursor *self)
{
  gboolean blinks;

  if (self->settings == NULL)
    {
      GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self->entry));

      g_object_get (settings, SWITCH, &blinks, NULL);
      if (!blinks)
        return;

      self->settings = g_object_ref (settings);
      g_object_set (settings, SWITCH, FALSE, NULL);
      tell_text (self);
    }
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add_once (PAUSE_MS, paused_cb, self);
}

void
rfi_still_cursor_watch (GtkEditable *entry)
{
  StillCursor *self;

  g_return_if_fail (GTK_IS_EDITABLE (entry));

  if (g_object_get_data (G_OBJECT (entry), "rfi-still-cursor") != NULL)
    return;

  self = g_new0 (StillCursor, 1);
  self->entry = entry;
  g_object_set_data_full (G_OBJECT (entry), "rfi-still-cursor", self, still_cursor_free);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
}
