/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-head"

#include "config.h"

#include "rfi-conflict-head.h"

#include "rfi-conflict-photos.h"
#include "rfi-format.h"
#include "rfi-job-table.h"
#include "rfi-pill.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

/* Between what stands beside or below each other, in pixels. */
#define SPACING 12

struct _RfiConflictHead
{
  AdwBin             parent_instance;

  GtkWidget         *head;        /* template children */
  GtkWidget         *title_line;
  GtkLabel          *title;
  RfiPill           *priority;
  GtkLabel          *facts;
  RfiConflictPhotos *photos;
  GtkButton         *open_job;
};

G_DEFINE_FINAL_TYPE (RfiConflictHead, rfi_conflict_head, ADW_TYPE_BIN)

/* "detected 11:00, version 3 → 5". (transfer full) */
static char *
detected_words (RfiConflict *conflict)
{
  g_autofree char *clock = rfi_format_clock (conflict->detected_at);

  if (conflict->facts == NULL || conflict->facts->base_version == 0 || conflict->version == 0)
    /* translators: %s is a time */
    return g_strdup_printf (_("detected %s"), clock);

  /* translators: a time, then numbers that count the changes of a job: as seen, and as it is */
  return g_strdup_printf (_("detected %s, version %d → %d"), clock,
                          (int) conflict->facts->base_version, (int) conflict->version);
}

void
rfi_conflict_head_show (RfiConflictHead *self,
                        RfiSession      *session,
                        RfiConflict     *conflict)
{
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (session), conflict->job_id);
  g_autofree char *detected = detected_words (conflict);
  g_autofree char *words = NULL;

  g_return_if_fail (RFI_IS_CONFLICT_HEAD (self));

  gtk_label_set_label (self->title, conflict->job_title);
  gtk_widget_set_visible (GTK_WIDGET (self->open_job), state != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->priority), state != NULL);
  rfi_conflict_photos_show (self->photos, session, state != NULL ? conflict->job_id : NULL);
  if (state == NULL)
    {
      words = g_steal_pointer (&detected);
    }
  else
    {
      rfi_pill_set_priority (self->priority, state->work->priority);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_job), "s", conflict->job_id);
      /* translators: store, street, city, then when the conflict was found */
      words = g_strdup_printf (_("%s · %s, %s · %s"), state->work->store_name,
                               state->work->address, state->work->city, detected);
    }
  gtk_label_set_label (self->facts, words);
}

/* Beside each other by a layout that gives a text the width it wants, or what is left: a box looks
 * for the widths at which all are least high, and shapes the texts a hundred times for it. */
static void
lay_out (GtkWidget *widget,
         gboolean   narrow)
{
  GtkLayoutManager *layout;

  if (narrow)
    {
      layout = gtk_box_layout_new (GTK_ORIENTATION_VERTICAL);
      gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
    }
  else
    {
      layout = g_object_new (RFI_TYPE_WRAP_LAYOUT, "spacing", SPACING, NULL);
    }
  gtk_widget_set_layout_manager (widget, layout);
}

void
rfi_conflict_head_set_narrow (RfiConflictHead *self,
                              gboolean         narrow)
{
  g_return_if_fail (RFI_IS_CONFLICT_HEAD (self));

  lay_out (self->head, narrow);
  lay_out (self->title_line, narrow);
}

static void
rfi_conflict_head_class_init (RfiConflictHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RFI_TYPE_CONFLICT_PHOTOS);
  g_type_ensure (RFI_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/conflicts/rfi-conflict-head.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiConflictHead, head);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictHead, title_line);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictHead, title);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictHead, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictHead, facts);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictHead, photos);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictHead, open_job);
}

static void
rfi_conflict_head_init (RfiConflictHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rfi_conflict_head_set_narrow (self, FALSE);
}
