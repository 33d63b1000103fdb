/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-candidate-row"

#include "config.h"

#include "rfi-candidate-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rfi-candidate-words.h"
#include "rfi-format.h"
#include "rfi-pill.h"

struct _RfiCandidateRow
{
  GtkListBoxRow   parent_instance;

  RfiUser        *technician;  /* (owned) */
  GtkCheckButton *choice;      /* template children, from here on */
  AdwAvatar      *avatar;
  GtkLabel       *name;
  RfiPill        *best;
  GtkLabel       *load;
  GtkLevelBar    *bar;
  GtkLabel       *reasons;
};

G_DEFINE_FINAL_TYPE (RfiCandidateRow, rfi_candidate_row, GTK_TYPE_LIST_BOX_ROW)

static void
rfi_candidate_row_dispose (GObject *object)
{
  g_clear_pointer (&RFI_CANDIDATE_ROW (object)->technician, rfi_user_unref);

  G_OBJECT_CLASS (rfi_candidate_row_parent_class)->dispose (object);
}

static void
rfi_candidate_row_class_init (RfiCandidateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_candidate_row_dispose;

  g_type_ensure (RFI_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/assign/rfi-candidate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, choice);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, name);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, best);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, load);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, reasons);
}

static void
rfi_candidate_row_init (RfiCandidateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rfi_candidate_row_new (const RfiCandidate *candidate,
                       const RfiJob       *job,
                       guint               most_open,
                       gboolean            is_best,
                       GtkCheckButton     *group)
{
  RfiCandidateRow *self = g_object_new (RFI_TYPE_CANDIDATE_ROW, NULL);
  const char *name = candidate->technician->display_name;
  g_autofree char *load = rfi_candidate_words_load (candidate);
  g_autofree char *reasons = rfi_candidate_words_reasons (candidate, job);
  g_autofree char *avatar_text = rfi_format_avatar_text (name);

  self->technician = rfi_user_ref (candidate->technician);
  adw_avatar_set_text (self->avatar, avatar_text);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->load, load);
  gtk_label_set_label (self->reasons, reasons);
  rfi_pill_set (self->best, "starred-symbolic", _("Best fit"), "success");
  gtk_widget_set_visible (GTK_WIDGET (self->best), is_best);
  gtk_level_bar_set_max_value (self->bar, MAX (most_open, 1));
  gtk_level_bar_set_value (self->bar, candidate->factors[RFI_FACTOR_OPEN_JOBS]);
  gtk_check_button_set_group (self->choice, group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, load, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, load,
                                  -1);
  return GTK_WIDGET (self);
}

GtkCheckButton *
rfi_candidate_row_get_choice (RfiCandidateRow *self)
{
  g_return_val_if_fail (RFI_IS_CANDIDATE_ROW (self), NULL);

  return self->choice;
}

RfiUser *
rfi_candidate_row_get_technician (RfiCandidateRow *self)
{
  g_return_val_if_fail (RFI_IS_CANDIDATE_ROW (self), NULL);

  return self->technician;
}
