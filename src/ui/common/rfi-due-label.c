/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-due-label"

#include "config.h"

#include "rfi-due-label.h"

#include "rfi-alert-words.h"

/* Often enough for what is told in minutes. */
#define TICK_SECONDS 20

struct _RfiDueLabel
{
  GtkWidget  parent_instance;

  GSettings *settings;  /* (owned) */
  RfiJob    *job;       /* (owned) (nullable) */
  GtkWidget *label;
  guint      source;    /* ticks while it is seen */
};

G_DEFINE_FINAL_TYPE (RfiDueLabel, rfi_due_label, GTK_TYPE_WIDGET)

static void
set_class (RfiDueLabel *self,
           guint        kinds)
{
  const char *name = "dim-label";
  const char *classes[2] = { NULL, NULL };

  if (kinds != 0)
    name = rfi_alert_words_class (
      rfi_alert_get_severity ((RfiAlertKind) g_bit_nth_lsf (kinds, -1)));
  classes[0] = name;
  gtk_widget_set_css_classes (self->label, classes);
}

/* Returns: (transfer full): "" if there is nothing to say */
static char *
describe (RfiJob              *job,
          const RfiAlertRules *rules,
          const RfiAlertCheck *check,
          gint64               now)
{
  GString *text = g_string_new (NULL);
  gint64 deadline = rfi_alert_get_deadline (job, rules);
  guint told = 1u << RFI_ALERT_OVERDUE | 1u << RFI_ALERT_AT_RISK;

  for (guint kind = 0; kind < RFI_N_ALERT_KINDS; kind++)
    if ((check->kinds & 1u << kind) != 0)
      {
        g_autofree char *reason =
          rfi_alert_words_reason ((RfiAlertKind) kind, check->since[kind], now);

        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", reason);
      }
  if (deadline != 0 && (check->kinds & told) == 0)
    {
      g_autofree char *reason = rfi_alert_words_reason (RFI_ALERT_AT_RISK, deadline, now);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", reason);
    }
  return g_string_free (text, FALSE);
}

static void
update (RfiDueLabel *self)
{
  RfiAlertRules rules;
  RfiAlertCheck check;
  gint64 now = g_get_real_time () / 1000;
  g_autofree char *text = NULL;

  if (self->job != NULL)
    {
      rfi_alert_words_read_rules (self->settings, &rules);
      rfi_alert_check (self->job, &rules, now, &check);
      text = describe (self->job, &rules, &check, now);
      set_class (self, check.kinds);
    }
  gtk_label_set_label (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && text[0] != '\0');
}

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
rfi_due_label_map (GtkWidget *widget)
{
  RfiDueLabel *self = RFI_DUE_LABEL (widget);

  GTK_WIDGET_CLASS (rfi_due_label_parent_class)->map (widget);

  if (self->source == 0)
    self->source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
}

static void
rfi_due_label_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RFI_DUE_LABEL (widget)->source, g_source_remove);

  GTK_WIDGET_CLASS (rfi_due_label_parent_class)->unmap (widget);
}

static void
rfi_due_label_dispose (GObject *object)
{
  RfiDueLabel *self = RFI_DUE_LABEL (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->job, rfi_job_unref);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_due_label_parent_class)->dispose (object);
}

static void
rfi_due_label_class_init (RfiDueLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_due_label_dispose;
  widget_class->map = rfi_due_label_map;
  widget_class->unmap = rfi_due_label_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rfi_due_label_init (RfiDueLabel *self)
{
  self->settings = g_settings_new (RFI_APP_ID);
  self->label = g_object_new (GTK_TYPE_LABEL,
                              "xalign", 0.0f,
                              "wrap", TRUE,
                              "wrap-mode", PANGO_WRAP_WORD_CHAR,
                              NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

void
rfi_due_label_set_job (RfiDueLabel *self,
                       RfiJob      *job)
{
  g_return_if_fail (RFI_IS_DUE_LABEL (self));

  if (job != NULL)
    rfi_job_ref (job);
  g_clear_pointer (&self->job, rfi_job_unref);
  self->job = job;
  update (self);
}
