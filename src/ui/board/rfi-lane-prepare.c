/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane"

#include "config.h"

#include "rfi-lane-private.h"

#include "rfi-job-card.h"

guint
rfi_lane_prepare (RfiLane *self,
                  guint    first,
                  guint    n_cards)
{
  guint height = (guint) rfi_card_style_get_height (self->style);
  guint n_seen = (guint) MAX (gtk_widget_get_height (self->list), 0) / MAX (height, 1) + 1;
  guint end = MIN (first + n_cards, n_seen);
  GtkWidget *row = gtk_widget_get_first_child (self->list);
  guint n = 0;

  for (guint i = 0; row != NULL && i < end; i++, row = gtk_widget_get_next_sibling (row))
    {
      RfiJobCard *card = i >= first ? rfi_lane_get_card (row) : NULL;

      if (card == NULL || self->card_width == 0)
        continue;
      rfi_job_card_prepare (card, self->card_width);
      n++;
    }
  return n;
}
