/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-stepper"

#include "config.h"

#include "rfi-stepper.h"

#include "rfi-audit-entry.h"
#include "rfi-format.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

#define N_STEPS 4

struct _RfiStepper
{
  GtkWidget  parent_instance;

  GtkWidget *steps[N_STEPS];      /* children: circle, name, time */
  GtkWidget *circles[N_STEPS];
  GtkWidget *times[N_STEPS];
  GtkWidget *lines[N_STEPS - 1];  /* children, line i joins step i and i + 1 */
};

G_DEFINE_FINAL_TYPE (RfiStepper, rfi_stepper, GTK_TYPE_WIDGET)

static GtkWidget *
make_step (RfiStepper *self,
           guint       i)
{
  GtkWidget *step = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = gtk_label_new (rfi_words_status ((RfiStatus) i));

  self->circles[i] = gtk_image_new ();
  gtk_widget_add_css_class (self->circles[i], "circle");
  gtk_widget_set_halign (self->circles[i], GTK_ALIGN_CENTER);
  self->times[i] = gtk_label_new ("");
  gtk_widget_add_css_class (self->times[i], "caption");
  gtk_widget_add_css_class (self->times[i], "numeric");
  gtk_widget_add_css_class (self->times[i], "dim-label");
  gtk_widget_add_css_class (name, "caption-heading");

  /* Large words give way in little room; their circles say the same. */
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->times[i]), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (step, rfi_words_status ((RfiStatus) i));

  gtk_box_append (GTK_BOX (step), self->circles[i]);
  gtk_box_append (GTK_BOX (step), name);
  gtk_box_append (GTK_BOX (step), self->times[i]);
  return step;
}

static void
rfi_stepper_dispose (GObject *object)
{
  RfiStepper *self = RFI_STEPPER (object);

  for (guint i = 0; i < N_STEPS; i++)
    g_clear_pointer (&self->steps[i], gtk_widget_unparent);
  for (guint i = 0; i < N_STEPS - 1; i++)
    g_clear_pointer (&self->lines[i], gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_stepper_parent_class)->dispose (object);
}

static void
rfi_stepper_class_init (RfiStepperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_stepper_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "rfistepper");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
rfi_stepper_init (RfiStepper *self)
{
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i > 0)
        {
          self->lines[i - 1] = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
          gtk_widget_set_hexpand (self->lines[i - 1], TRUE);
          gtk_widget_set_valign (self->lines[i - 1], GTK_ALIGN_START);
          gtk_widget_set_parent (self->lines[i - 1], GTK_WIDGET (self));
        }
      self->steps[i] = make_step (self, i);
      gtk_widget_set_parent (self->steps[i], GTK_WIDGET (self));
    }
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
describe (RfiStepper *self,
          RfiJob     *job)
{
  g_autofree char *words = NULL;

  if (job->status == RFI_STATUS_CANCELLED)
    words = g_strdup (_("Cancelled"));
  else
    /* translators: where a job stands: "Step 3 of 4: In progress" */
    words = g_strdup_printf (_("Step %d of %d: %s"), (int) job->status + 1, N_STEPS,
                             rfi_words_status (job->status));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
rfi_stepper_set_job (RfiStepper *self,
                     RfiJob     *job)
{
  gboolean cancelled = job->status == RFI_STATUS_CANCELLED;
  guint current = cancelled ? (job->assigned_to != NULL ? 1 : 0) : (guint) job->status;

  g_return_if_fail (RFI_IS_STEPPER (self));

  for (guint i = 0; i < N_STEPS; i++)
    {
      gboolean done = i < current || (i == current && job->status == RFI_STATUS_COMPLETED);
      gboolean here = i == current && !done;
      const char *icon = rfi_words_status_icon ((RfiStatus) i);

      if (done)
        icon = "object-select-symbolic";
      else if (here && cancelled)
        icon = rfi_words_status_icon (RFI_STATUS_CANCELLED);

      gtk_image_set_from_icon_name (GTK_IMAGE (self->circles[i]), icon);
      set_class (self->circles[i], "done", done);
      set_class (self->circles[i], "current", here);
      set_class (self->circles[i], "cancelled", here && cancelled);
      set_class (self->steps[i], "to-come", !done && !here);
      if (i > 0)
        set_class (self->lines[i - 1], "done", i <= current);
    }

  describe (self, job);
}

void
rfi_stepper_set_time (RfiStepper *self,
                      RfiStatus   status,
                      const char *time)
{
  g_return_if_fail (RFI_IS_STEPPER (self));

  if (status < N_STEPS)
    gtk_label_set_label (GTK_LABEL (self->times[status]), time);
}

void
rfi_stepper_set_history (RfiStepper *self,
                         GPtrArray  *entries)
{
  g_return_if_fail (RFI_IS_STEPPER (self));

  for (guint i = RFI_STATUS_ASSIGNED; i <= RFI_STATUS_COMPLETED; i++)
    rfi_stepper_set_time (self, (RfiStatus) i, "");

  /* Newest first, so the first arrival at each status is written last. */
  for (guint i = 0; i < entries->len; i++)
    {
      const RfiAuditEntry *entry = g_ptr_array_index (entries, i);
      RfiStatus status;

      if (entry->action == RFI_AUDIT_CHANGED && entry->field == RFI_FIELD_STATUS &&
          rfi_status_from_string (entry->after, &status))
        {
          g_autofree char *clock = rfi_format_clock (entry->at);

          rfi_stepper_set_time (self, status, clock);
        }
    }
}
