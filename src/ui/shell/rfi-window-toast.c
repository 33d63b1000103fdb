/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-toast"

#include "config.h"

#include "rfi-window-private.h"

/* What it offers lasts only until the decision is sent, so it comes before what was said earlier
 * and takes the place of an earlier decision, which cannot be taken back any more.
 *
 * A toast that is sent away while it still comes in crashes libadwaita 1.2: what follows that
 * quickly is told by the same toast. */
#define COMES_IN_MS 600

typedef struct
{
  AdwToast *toast;  /* (nullable), weak */
  gint64    since;  /* µs */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_clear_weak_pointer (&decision->toast);
  g_free (decision);
}

static Decision *
get_decision (RfiWindow *self)
{
  Decision *decision = g_object_get_data (G_OBJECT (self), "rfi-decision-toast");

  if (decision == NULL)
    {
      decision = g_new0 (Decision, 1);
      g_object_set_data_full (G_OBJECT (self), "rfi-decision-toast", decision, decision_free);
    }
  return decision;
}

/* It stays alive while it goes. */
static void
dismissed_cb (AdwToast *toast,
              Decision *decision)
{
  if (decision->toast == toast)
    g_clear_weak_pointer (&decision->toast);
}

/* What a toast has beside its text: margins, padding, the button that closes it. */
#define BESIDE 120

static int
measure (RfiWindow  *self,
         const char *text)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* As many characters as there is room for: the overlay gives a toast the width it asks for, however
 * wide the window is. */
static int
count_room (RfiWindow *self,
            AdwToast  *toast)
{
  const char *button = adw_toast_get_button_label (toast);
  int room = gtk_widget_get_width (GTK_WIDGET (self)) - BESIDE;

  if (button != NULL)
    room -= measure (self, button) + 24;
  return CLAMP (room / MAX (measure (self, "n"), 1), 10, 60);
}

void
rfi_window_set_toast_text (RfiWindow  *self,
                           AdwToast   *toast,
                           const char *text)
{
  GtkWidget *label = adw_toast_get_custom_title (toast);

  if (label == NULL)
    {
      label = gtk_label_new (NULL);
      gtk_widget_add_css_class (label, "heading");
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      adw_toast_set_custom_title (toast, label);
    }
  gtk_label_set_max_width_chars (GTK_LABEL (label), count_room (self, toast));
  gtk_label_set_text (GTK_LABEL (label), text);
}

AdwToast *
rfi_window_make_toast (RfiWindow  *self,
                       const char *text,
                       const char *label,
                       const char *action)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_timeout (toast, 6);
  if (label != NULL && label[0] != '\0' && action != NULL && action[0] != '\0')
    {
      adw_toast_set_button_label (toast, label);
      adw_toast_set_detailed_action_name (toast, action);
    }
  rfi_window_set_toast_text (self, toast, text);
  return toast;
}

void
rfi_window_toast_decision (RfiWindow  *self,
                           const char *text,
                           const char *label,
                           const char *action)
{
  GtkWidget *overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self));
  Decision *decision = get_decision (self);
  gint64 now = g_get_monotonic_time ();
  g_autoptr(AdwToast) last = NULL;

  if (decision->toast != NULL && now - decision->since < COMES_IN_MS * 1000)
    {
      rfi_window_set_toast_text (self, decision->toast, text);
      return;
    }

  last = decision->toast != NULL ? g_object_ref (decision->toast) : NULL;
  g_set_weak_pointer (&decision->toast, rfi_window_make_toast (self, text, label, action));
  adw_toast_set_priority (decision->toast, ADW_TOAST_PRIORITY_HIGH);
  decision->since = now;
  g_signal_connect_data (decision->toast, "dismissed", G_CALLBACK (dismissed_cb), decision, NULL,
                         0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), decision->toast);
  if (last != NULL)
    adw_toast_dismiss (last);
}
