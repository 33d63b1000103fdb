/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-filter-chips"

#include "config.h"

#include "rfi-filter-chips.h"

#include "rfi-filter-words.h"

#include <glib/gi18n.h>

struct _RfiFilterChips
{
  AdwBin        parent_instance;

  RfiSession   *session;  /* (owned) (nullable) */
  RfiJobFilter *filter;   /* (owned) (nullable) */
  GtkWidget    *box;      /* child */
};

G_DEFINE_FINAL_TYPE (RfiFilterChips, rfi_filter_chips, ADW_TYPE_BIN)

/* A chip's name is the part that it stands for, or the person. */
static void
clear_part_cb (RfiFilterChips *self,
               GtkWidget      *chip)
{
  guint part = (guint) g_ascii_strtoull (gtk_widget_get_name (chip), NULL, 10);

  rfi_job_filter_take_off (self->filter, 1u << part);
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
add_part (RfiFilterChips *self,
          RfiFilterPart   part)
{
  g_autofree char *label = rfi_filter_words_part (self->filter, part, self->session);
  g_autofree char *name = g_strdup_printf ("%u", (guint) part);

  if (*label != '\0')
    gtk_widget_set_name (add_chip (self, label, G_CALLBACK (clear_part_cb)), name);
}

static void
rebuild (RfiFilterChips *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (self->filter == NULL)
    return;

  for (guint i = 0; i < RFI_N_FILTER_PARTS; i++)
    if (i == RFI_PART_TECHNICIANS)
      add_technicians (self);
    else
      add_part (self, (RfiFilterPart) i);
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
