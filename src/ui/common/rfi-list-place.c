/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-list-place"

#include "config.h"

#include "rfi-list-place.h"

#include <math.h>

struct _RfiListPlace
{
  GObject        parent_instance;

  GtkWidget     *view;         /* (unowned) */
  GtkAdjustment *adjustment;   /* (owned): of view */
  GSignalGroup  *clock;        /* (owned): on that of view */
  double         wanted;       /* where the list is to be when this frame is laid out */
  gboolean       unknown;      /* there are rows whose height the list does not know … */
  gboolean       astray;       /* … and it was moved since */
  gboolean       laying_out;   /* what moves the list now is the list */
};

G_DEFINE_FINAL_TYPE (RfiListPlace, rfi_list_place, G_TYPE_OBJECT)

static void
rows_changed_cb (RfiListPlace *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->view);

  self->unknown = TRUE;
  if (clock != NULL)
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_UPDATE);
}

/* Each move makes rows. */
static void
moved_cb (RfiListPlace *self)
{
  if (self->laying_out)
    return;

  self->astray |= self->unknown;
  rows_changed_cb (self);
}

/* After all that moves in this phase. */
static void
updated_cb (RfiListPlace *self)
{
  self->wanted = gtk_adjustment_get_value (self->adjustment);
  self->laying_out = TRUE;
}

/* The clock lays out again at once what is moved here. */
static void
laid_out_cb (RfiListPlace *self)
{
  gboolean astray = self->astray && self->laying_out;
  double most = gtk_adjustment_get_upper (self->adjustment) -
                gtk_adjustment_get_page_size (self->adjustment);
  double place = CLAMP (self->wanted, 0, MAX (most, 0));

  self->unknown = FALSE;
  self->astray = FALSE;
  if (astray && fabs (gtk_adjustment_get_value (self->adjustment) - place) >= 1)
    gtk_adjustment_set_value (self->adjustment, place);
}

static void
painted_cb (RfiListPlace *self)
{
  self->laying_out = FALSE;
}

static void
realized_cb (RfiListPlace *self)
{
  g_signal_group_set_target (self->clock, gtk_widget_get_frame_clock (self->view));
}

static void
unrealized_cb (RfiListPlace *self)
{
  g_signal_group_set_target (self->clock, NULL);
  self->laying_out = FALSE;
}

static void
rfi_list_place_dispose (GObject *object)
{
  RfiListPlace *self = RFI_LIST_PLACE (object);

  g_clear_object (&self->clock);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (rfi_list_place_parent_class)->dispose (object);
}

static void
rfi_list_place_class_init (RfiListPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_list_place_dispose;
}

static void
rfi_list_place_init (RfiListPlace *self)
{
  const GConnectFlags flags = G_CONNECT_AFTER | G_CONNECT_SWAPPED;

  self->clock = g_signal_group_new (GDK_TYPE_FRAME_CLOCK);
  g_signal_group_connect_data (self->clock, "update", G_CALLBACK (updated_cb), self, NULL, flags);
  g_signal_group_connect_data (self->clock, "layout", G_CALLBACK (laid_out_cb), self, NULL, flags);
  g_signal_group_connect_data (self->clock, "after-paint", G_CALLBACK (painted_cb), self, NULL,
                               flags);
}

RfiListPlace *
rfi_list_place_new (GtkScrollable *view,
                    GListModel    *rows)
{
  RfiListPlace *self = g_object_new (RFI_TYPE_LIST_PLACE, NULL);

  self->view = GTK_WIDGET (view);
  self->adjustment = g_object_ref (gtk_scrollable_get_vadjustment (view));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "realize", G_CALLBACK (realized_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (view, "unrealize", G_CALLBACK (unrealized_cb), self,
                           G_CONNECT_SWAPPED);
  if (gtk_widget_get_realized (self->view))
    realized_cb (self);
  return self;
}
