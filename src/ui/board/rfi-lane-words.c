/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane"

#include "config.h"

#include "rfi-lane-private.h"

#include <glib/gi18n.h>

const char *
rfi_lane_get_empty_words (RfiStatus status)
{
  static const char * const words[RFI_N_STATUSES] = {
    [RFI_STATUS_PENDING] = N_("Nothing pending"),
    [RFI_STATUS_ASSIGNED] = N_("Nothing assigned"),
    [RFI_STATUS_IN_PROGRESS] = N_("Nothing in progress"),
    [RFI_STATUS_COMPLETED] = N_("Nothing completed"),
    [RFI_STATUS_CANCELLED] = N_("Nothing cancelled"),
  };

  return _(words[status]);
}

void
rfi_lane_set_words (RfiLane    *self,
                    const char *name,
                    const char *empty)
{
  g_autofree char *unfold = NULL;

  g_return_if_fail (RFI_IS_LANE (self));

  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->empty), empty);
  rfi_side_label_set_label (self->folded_name, name);

  /* translators: opens a folded lane; %s is its name */
  unfold = g_strdup_printf (_("Show %s"), name);
  gtk_widget_set_tooltip_text (self->unfold, unfold);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unfold),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, unfold, -1);
}

void
rfi_lane_set_hint (RfiLane    *self,
                   const char *hint)
{
  g_return_if_fail (RFI_IS_LANE (self));

  gtk_widget_set_tooltip_text (self->name, hint);
}

void
rfi_lane_set_more (RfiLane    *self,
                   const char *label)
{
  g_return_if_fail (RFI_IS_LANE (self));

  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->more), label);
  gtk_widget_set_visible (self->more, label != NULL);
}
