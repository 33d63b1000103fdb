/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-filter-chips"

#include "config.h"

#include "rfi-filter-chips.h"

#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiFilterChips
{
  AdwBin        parent_instance;

  RfiSession   *session;  /* (owned) (nullable) */
  RfiJobFilter *filter;   /* (owned) (nullable) */
  GtkWidget    *box;      /* child */
};

G_DEFINE_FINAL_TYPE (RfiFilterChips, rfi_filter_chips, ADW_TYPE_BIN)

/* Each kind of criterion has its own way to be taken off. */

static void
clear_text_cb (RfiFilterChips *self)
{
  rfi_job_filter_set_text (self->filter, "");
}

static void
clear_priorities_cb (RfiFilterChips *self)
{
  rfi_job_filter_set_priorities (self->filter, 0);
}

static void
clear_statuses_cb (RfiFilterChips *self)
{
  rfi_job_filter_set_statuses (self->filter, 0);
}

static void
clear_marks_cb (RfiFilterChips *self)
{
  rfi_job_filter_set_marks (self->filter, 0);
}

static void
clear_vendor_cb (RfiFilterChips *self)
{
  rfi_job_filter_set_vendor (self->filter, NULL);
}

static void
clear_technician_cb (RfiFilterChips *self,
                     GtkWidget      *chip)
{
  rfi_job_filter_set_technician (self->filter, gtk_widget_get_name (chip), FALSE);
}

static GtkWidget *
add_chip (RfiFilterChips *self,
          const char     *label,
          GCallback       clicked)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (label);
  GtkWidget *chip = gtk_button_new ();
  /* translators: %s is a filter such as "Priority: Urgent" */
  g_autofree char *description = g_strdup_printf (_("Remove filter %s"), label);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 28);
  gtk_box_append (GTK_BOX (content), text);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_set_tooltip_text (chip, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_add_css_class (chip, "rfi-chip");
  g_signal_connect_object (chip, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), chip);
  return chip;
}

static void
add_words (GString    *text,
           const char *word)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, word);
}

static void
add_set (RfiFilterChips *self,
         const char     *format_label,
         GString        *words,
         GCallback       clicked)
{
  if (words->len > 0)
    {
      /* translators: what is filtered, and for which values: "Priority: Urgent, High" */
      g_autofree char *label = g_strdup_printf (_("%s: %s"), format_label, words->str);

      add_chip (self, label, clicked);
    }
  g_string_free (words, TRUE);
}

static void
add_priorities (RfiFilterChips *self)
{
  guint priorities = rfi_job_filter_get_priorities (self->filter);
  GString *words = g_string_new (NULL);

  for (int i = RFI_N_PRIORITIES - 1; i >= 0; i--)
    if (priorities & 1u << i)
      add_words (words, rfi_words_priority (i));
  add_set (self, _("Priority"), words, G_CALLBACK (clear_priorities_cb));
}

static void
add_statuses (RfiFilterChips *self)
{
  guint statuses = rfi_job_filter_get_statuses (self->filter);
  GString *words = g_string_new (NULL);

  for (int i = 0; i < RFI_N_STATUSES; i++)
    if (statuses & 1u << i)
      add_words (words, rfi_words_status (i));
  add_set (self, _("Status"), words, G_CALLBACK (clear_statuses_cb));
}

static void
add_marks (RfiFilterChips *self)
{
  guint marks = rfi_job_filter_get_marks (self->filter);
  GString *words = g_string_new (NULL);

  for (int i = RFI_MARK_CONFLICT; i > RFI_MARK_CONFIRMED; i--)
    if (marks & 1u << i)
      add_words (words, rfi_words_mark (i));
  add_set (self, _("Sync state"), words, G_CALLBACK (clear_marks_cb));
}

static void
add_technicians (RfiFilterChips *self)
{
  g_autoptr(GPtrArray) ids = rfi_job_filter_list_technicians (self->filter);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const char *name = id[0] == '\0' ? _("Unassigned")
                         : self->session != NULL ? rfi_session_get_name (self->session, id) : id;

      gtk_widget_set_name (add_chip (self, name, G_CALLBACK (clear_technician_cb)), id);
    }
}

static void
add_text (RfiFilterChips *self)
{
  const char *text = rfi_job_filter_get_text (self->filter);
  g_autofree char *label = NULL;

  if (text == NULL || text[0] == '\0')
    return;

  /* translators: what is searched for, in quotation marks */
  label = g_strdup_printf (_("“%s”"), text);
  add_chip (self, label, G_CALLBACK (clear_text_cb));
}

static void
add_vendor (RfiFilterChips *self)
{
  const char *vendor = rfi_job_filter_get_vendor (self->filter);

  if (vendor != NULL)
    add_chip (self,
              self->session != NULL ? rfi_session_get_vendor_name (self->session, vendor) : vendor,
              G_CALLBACK (clear_vendor_cb));
}

static void
rebuild (RfiFilterChips *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (self->filter == NULL)
    return;

  add_text (self);
  add_priorities (self);
  add_statuses (self);
  add_technicians (self);
  add_marks (self);
  add_vendor (self);
}

static void
rfi_filter_chips_dispose (GObject *object)
{
  RfiFilterChips *self = RFI_FILTER_CHIPS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_filter_chips_parent_class)->dispose (object);
}

static void
rfi_filter_chips_class_init (RfiFilterChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_filter_chips_dispose;
}

static void
rfi_filter_chips_init (RfiFilterChips *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

void
rfi_filter_chips_set (RfiFilterChips *self,
                      RfiSession     *session,
                      RfiJobFilter   *filter)
{
  g_return_if_fail (RFI_IS_FILTER_CHIPS (self));

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, rebuild, self);
  g_set_object (&self->session, session);
  g_set_object (&self->filter, filter);
  if (filter != NULL)
    g_signal_connect_object (filter, "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
}
