/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-candidate-row"

#include "config.h"

#include "rfi-candidate-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rfi-candidate-words.h"
#include "rfi-day-bar.h"
#include "rfi-format.h"
#include "rfi-pill.h"
#include "rfi-wrap-layout.h"

/* What is longer is cut only where it has a line of its own. */
#define N_LEAST_CHARS 7
#define N_DIGITS 9

struct _RfiCandidateRow
{
  GtkBox            parent_instance;

  RfiCandidateList *list;      /* (owned) */
  RfiJobItem       *job;       /* (owned) */
  RfiCandidateItem *item;      /* (owned) (nullable) */

  GtkLabel         *digit;     /* template children, from here on */
  AdwAvatar        *avatar;
  GtkLabel         *name;
  RfiPill          *best;
  GtkLabel         *load;
  GtkLevelBar      *level;
  RfiDayBar        *day;
  GtkWidget        *words;
  GtkLabel         *reasons;
  GtkLabel         *problems;
  GtkImage         *chosen;
};

G_DEFINE_FINAL_TYPE (RfiCandidateRow, rfi_candidate_row, GTK_TYPE_BOX)

static void
set_words (GtkLabel   *label,
           const char *words)
{
  gtk_label_set_label (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
}

static void
show_bar (RfiCandidateRow    *self,
          const RfiCandidate *candidate,
          const char         *load)
{
  g_autofree char *words = rfi_candidate_words_day (candidate);
  RfiSpan wanted = { 0, 0 };
  RfiSpan day;
  gboolean has_day = rfi_candidate_list_get_day (self->list, &day);

  gtk_widget_set_visible (GTK_WIDGET (self->day), has_day);
  gtk_widget_set_visible (GTK_WIDGET (self->level), !has_day);
  if (has_day)
    {
      rfi_schedule_get_span (rfi_job_item_get_job (self->job), &wanted);
      rfi_day_bar_set (self->day, &day, &candidate->shift, candidate->today, &wanted);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->day), words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->day), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      words, -1);
      return;
    }

  gtk_level_bar_set_max_value (self->level, MAX (rfi_candidate_list_get_most_open (self->list), 1));
  gtk_level_bar_set_value (self->level, candidate->factors[RFI_FACTOR_OPEN_JOBS]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_LABEL, load,
                                  -1);
}

static void
show_item (RfiCandidateRow *self)
{
  const RfiCandidate *candidate = rfi_candidate_item_get (self->item);
  const char *excluded = rfi_candidate_item_get_reason (self->item);
  const char *name = candidate->technician->display_name;
  GPtrArray *ranked = rfi_candidate_list_get_ranked (self->list);
  g_autofree char *load = rfi_candidate_words_load (candidate);
  g_autofree char *reasons =
    rfi_candidate_words_reasons (candidate, rfi_job_item_get_job (self->job));
  g_autofree char *problems = rfi_candidate_words_problems (candidate);
  g_autofree char *avatar_text = rfi_format_avatar_text (name);

  adw_avatar_set_text (self->avatar, avatar_text);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->load, load);
  if (excluded != NULL)
    set_words (self->reasons, "");
  else
    set_words (self->reasons, *reasons != '\0' ? reasons : _("nothing else nearby"));
  set_words (self->problems, excluded == NULL ? problems : excluded);
  gtk_widget_set_visible (GTK_WIDGET (self->best), excluded == NULL && ranked->len > 0 &&
                                                     g_ptr_array_index (ranked, 0) == candidate);
  show_bar (self, candidate, load);
  if (excluded != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "excluded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "excluded");
}

static void
rfi_candidate_row_dispose (GObject *object)
{
  RfiCandidateRow *self = RFI_CANDIDATE_ROW (object);

  rfi_candidate_row_set_item (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_CANDIDATE_ROW);
  g_clear_object (&self->list);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (rfi_candidate_row_parent_class)->dispose (object);
}

static void
rfi_candidate_row_class_init (RfiCandidateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_candidate_row_dispose;

  g_type_ensure (RFI_TYPE_DAY_BAR);
  g_type_ensure (RFI_TYPE_PILL);
  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/assign/rfi-candidate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, digit);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, name);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, best);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, load);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, level);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, day);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, words);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, reasons);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, problems);
  gtk_widget_class_bind_template_child (widget_class, RfiCandidateRow, chosen);

  gtk_widget_class_set_css_name (widget_class, "rficandidaterow");
}

static void
rfi_candidate_row_init (RfiCandidateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rfi_pill_set (self->best, "starred-symbolic", _("Best fit"), "success");
  rfi_pill_set_least_chars (self->best, N_LEAST_CHARS);
}

GtkWidget *
rfi_candidate_row_new (RfiCandidateList *list,
                       RfiJobItem       *job,
                       GtkSizeGroup     *words)
{
  RfiCandidateRow *self = g_object_new (RFI_TYPE_CANDIDATE_ROW, NULL);

  self->list = g_object_ref (list);
  self->job = g_object_ref (job);
  gtk_size_group_add_widget (words, self->words);
  return GTK_WIDGET (self);
}

void
rfi_candidate_row_set_item (RfiCandidateRow  *self,
                            RfiCandidateItem *item)
{
  g_return_if_fail (RFI_IS_CANDIDATE_ROW (self));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_swapped (item, "changed", G_CALLBACK (show_item), self);
  show_item (self);
}

void
rfi_candidate_row_set_position (RfiCandidateRow *self,
                                guint            position)
{
  g_autofree char *digit = NULL;

  g_return_if_fail (RFI_IS_CANDIDATE_ROW (self));

  /* The others keep its room, so that names stand under each other. */
  digit = g_strdup_printf ("%u", position + 1);
  gtk_label_set_label (self->digit, position < N_DIGITS ? digit : "");
  gtk_widget_set_opacity (GTK_WIDGET (self->digit), position < N_DIGITS ? 1 : 0);
}

void
rfi_candidate_row_set_chosen (RfiCandidateRow *self,
                              gboolean         chosen)
{
  g_return_if_fail (RFI_IS_CANDIDATE_ROW (self));

  gtk_widget_set_opacity (GTK_WIDGET (self->chosen), chosen ? 1 : 0);
}
