/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-kind-panel"

#include "config.h"

#include "rfi-kind-panel.h"

#include "rfi-booking-strip.h"
#include "rfi-format.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"
#include "rfi-session-schedule.h"
#include "rfi-time.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

/* A visit shorter than that is none. */
#define LEAST_MS (G_GINT64_CONSTANT (15) * 60 * 1000)

struct _RfiKindPanel
{
  AdwBin       parent_instance;

  RfiSession  *session;     /* (owned) (nullable) */
  RfiSchedule *schedule;    /* (owned) (nullable): of the session, once it was needed */
  RfiConflict *conflict;    /* (owned) (nullable) */
  RfiSpan      span;        /* as it was wanted */
  char        *technician;  /* (nullable): as it was wanted */
  guint        update_source;
};

G_DEFINE_FINAL_TYPE (RfiKindPanel, rfi_kind_panel, ADW_TYPE_BIN)

enum {
  VALUES,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What it would be if the change were made. (nullable) */
static const char *
get_wanted (RfiConflict *conflict,
            RfiField     field)
{
  const char *mine =
    conflict->operation->patch != NULL ? rfi_patch_get (conflict->operation->patch, field) : NULL;

  return mine != NULL ? mine : rfi_patch_get (conflict->theirs, field);
}

/* @patch: (transfer full) */
static void
offer (RfiKindPanel *self,
       RfiPatch     *patch)
{
  g_signal_emit (self, signals[VALUES], 0, patch);
  rfi_patch_unref (patch);
}

static void
set_time (RfiPatch *patch,
          RfiField  field,
          gint64    at)
{
  g_autofree char *text = rfi_time_to_string (at);

  rfi_patch_set (patch, field, text);
}

static void
span_clicked_cb (GtkButton    *button,
                 RfiKindPanel *self)
{
  const RfiSpan *span = g_object_get_data (G_OBJECT (button), "span");
  RfiPatch *patch = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, self->technician);
  set_time (patch, RFI_FIELD_SCHEDULED_START, span->start);
  set_time (patch, RFI_FIELD_SCHEDULED_END, span->end);
  offer (self, patch);
}

static void
person_clicked_cb (GtkButton    *button,
                   RfiKindPanel *self)
{
  RfiPatch *patch = rfi_patch_new ();
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, g_object_get_data (G_OBJECT (button), "person"));
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  offer (self, patch);
}

/* @label: (transfer full) */
static void
add_span (RfiKindPanel  *self,
          GtkWidget     *box,
          char          *label,
          const RfiSpan *span)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "span", g_memdup2 (span, sizeof *span), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (span_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
  g_free (label);
}

/* Whether they could come then. */
static gboolean
is_free (RfiKindPanel  *self,
         const RfiUser *technician)
{
  guint first;
  guint end;
  guint n_bars;
  const RfiScheduleBar *bars;

  if (self->schedule == NULL || self->span.start >= self->span.end)
    return TRUE;

  bars = rfi_schedule_get_bars (self->schedule, technician->id, &n_bars);
  rfi_schedule_find_range (self->schedule, technician->id, &self->span, &first, &end);
  for (guint i = first; i < end; i++)
    if (bars[i].span.start < self->span.end && bars[i].span.end > self->span.start)
      return FALSE;
  return TRUE;
}

static gboolean
may_come (RfiKindPanel  *self,
          const RfiUser *technician)
{
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (self->session),
                                             self->conflict->job_id);

  return !technician->inactive && g_strcmp0 (technician->id, self->technician) != 0 &&
         (state == NULL || g_strcmp0 (state->work->vendor_id, technician->vendor_id) == 0);
}

/* Everybody else who takes jobs of the vendor, with whether they are free then. */
static GtkWidget *
make_people (RfiKindPanel *self)
{
  GListModel *technicians = rfi_session_get_technicians (self->session);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);
      const RfiUser *technician = rfi_record_item_get (item);
      g_autofree char *words = NULL;
      GtkWidget *choice;

      if (!may_come (self, technician))
        continue;

      words = is_free (self, technician)
                ? g_strdup (technician->display_name)
                /* translators: %s is a technician's name */
                : g_strdup_printf (_("%s (busy then)"), technician->display_name);
      choice = gtk_button_new_with_label (words);
      gtk_button_set_has_frame (GTK_BUTTON (choice), FALSE);
      g_object_set_data_full (G_OBJECT (choice), "person", g_strdup (technician->id), g_free);
      g_signal_connect_object (choice, "clicked", G_CALLBACK (person_clicked_cb), self, 0);
      gtk_box_append (GTK_BOX (list), choice);
    }

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 300);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Another Technician"));
  gtk_widget_set_sensitive (button, gtk_widget_get_first_child (list) != NULL);
  return button;
}

/* What is in the way. (transfer none) (nullable) */
static const RfiJob *
find_other (RfiKindPanel    *self,
            RfiBookingStrip *strip,
            RfiSpan         *other)
{
  guint first;
  guint end;
  guint n_bars;
  const RfiScheduleBar *bars =
    rfi_schedule_get_bars (self->schedule, self->technician, &n_bars);
  const RfiJob *found = NULL;

  if (n_bars == 0)
    return NULL;

  rfi_schedule_find_range (self->schedule, self->technician, &self->span, &first, &end);
  for (guint i = first; i < end; i++)
    {
      RfiJobState *state = rfi_schedule_get_state (self->schedule, &bars[i]);

      if (state == NULL || g_str_equal (state->work->id, self->conflict->job_id) ||
          rfi_status_is_final (state->work->status) || bars[i].span.end <= self->span.start ||
          bars[i].span.start >= self->span.end)
        continue;

      rfi_booking_strip_add (strip, state->work->title, &bars[i].span);
      if (found == NULL)
        *other = bars[i].span;
      found = found != NULL ? found : state->work;
    }
  return found;
}

static void
add_shortened (RfiKindPanel  *self,
               GtkWidget     *box,
               const RfiSpan *other)
{
  RfiSpan span = self->span;
  g_autofree char *clock = NULL;

  if (other->start - self->span.start >= LEAST_MS)
    {
      span.end = other->start;
      clock = rfi_format_clock (span.end);
      /* translators: %s is a time */
      add_span (self, box, g_strdup_printf (_("Shorten, until %s"), clock), &span);
    }
  else if (self->span.end - other->end >= LEAST_MS)
    {
      span.start = other->end;
      clock = rfi_format_clock (span.start);
      /* translators: %s is a time */
      add_span (self, box, g_strdup_printf (_("Shorten, from %s"), clock), &span);
    }
}

static void
add_slot (RfiKindPanel *self,
          GtkWidget    *box)
{
  RfiSpan slot;
  g_autofree char *clock = NULL;

  if (!rfi_session_find_slot (self->session, self->schedule, self->conflict->job_id,
                              self->technician, &self->span, &slot))
    return;

  clock = rfi_format_clock (slot.start);
  /* translators: %s is a time */
  add_span (self, box, g_strdup_printf (_("Next Free Slot, %s"), clock), &slot);
}

static GtkWidget *
make_buttons (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_layout_manager (box, g_object_new (RFI_TYPE_WRAP_LAYOUT, "spacing", 6, NULL));
  return box;
}

static void update (RfiKindPanel *self);

static gboolean
update_cb (gpointer user_data)
{
  RfiKindPanel *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* The other booking may come after the conflict. */
static void
bars_changed_cb (RfiKindPanel *self,
                 const char   *technician_id)
{
  if (self->update_source == 0 && self->conflict != NULL &&
      g_strcmp0 (technician_id, self->technician) == 0)
    self->update_source = g_idle_add (update_cb, self);
}

static void
follow_schedule (RfiKindPanel *self)
{
  if (self->schedule != NULL)
    return;

  self->schedule = rfi_schedule_new (rfi_session_get_jobs (self->session), FALSE);
  g_signal_connect_object (self->schedule, "bars-changed", G_CALLBACK (bars_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
make_booking (RfiKindPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *strip = rfi_booking_strip_new ();
  GtkWidget *buttons = make_buttons ();
  RfiSpan other;

  follow_schedule (self);
  rfi_booking_strip_add (RFI_BOOKING_STRIP (strip), self->conflict->job_title, &self->span);
  gtk_box_append (GTK_BOX (box), strip);
  if (find_other (self, RFI_BOOKING_STRIP (strip), &other) != NULL)
    {
      add_shortened (self, buttons, &other);
    }
  else
    {
      GtkWidget *label = gtk_label_new (_("The other booking is not in your view."));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  add_slot (self, buttons);
  gtk_box_append (GTK_BOX (buttons), make_people (self));
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

static gboolean
get_wanted_time (RfiKindPanel *self,
                 RfiField      field,
                 gint64       *at)
{
  const char *text = get_wanted (self->conflict, field);

  return text != NULL && rfi_time_parse (text, -1, at);
}

static void
take_wanted (RfiKindPanel *self)
{
  RfiSpan span = { 0, 0 };

  g_free (self->technician);
  self->technician = g_strdup (get_wanted (self->conflict, RFI_FIELD_ASSIGNED_TO));
  if (!get_wanted_time (self, RFI_FIELD_SCHEDULED_START, &span.start) ||
      !get_wanted_time (self, RFI_FIELD_SCHEDULED_END, &span.end) || span.end <= span.start)
    span = (RfiSpan) { 0, 0 };
  self->span = span;
}

static void
update (RfiKindPanel *self)
{
  RfiConflict *conflict = self->conflict;
  GtkWidget *child = NULL;

  if (conflict != NULL && conflict->reason == RFI_CONFLICT_OVER_BOOKING &&
      self->span.end > self->span.start && self->technician != NULL)
    {
      child = make_booking (self);
    }
  else if (conflict != NULL && conflict->reason == RFI_CONFLICT_INACTIVE_TARGET)
    {
      child = make_buttons ();
      gtk_box_append (GTK_BOX (child), make_people (self));
    }
  adw_bin_set_child (ADW_BIN (self), child);
  gtk_widget_set_visible (GTK_WIDGET (self), child != NULL);
}

void
rfi_kind_panel_show (RfiKindPanel      *self,
                     RfiSession        *session,
                     const RfiDecision *decision)
{
  RfiConflict *conflict = decision != NULL ? rfi_decision_get_conflict (decision) : NULL;

  g_return_if_fail (RFI_IS_KIND_PANEL (self));

  if (g_set_object (&self->session, session))
    g_clear_object (&self->schedule);
  g_clear_pointer (&self->conflict, rfi_conflict_unref);
  if (conflict != NULL && conflict->theirs != NULL)
    {
      self->conflict = rfi_conflict_ref (conflict);
      take_wanted (self);
    }
  update (self);
}

static void
rfi_kind_panel_dispose (GObject *object)
{
  RfiKindPanel *self = RFI_KIND_PANEL (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->schedule);
  g_clear_object (&self->session);
  g_clear_pointer (&self->conflict, rfi_conflict_unref);
  g_clear_pointer (&self->technician, g_free);

  G_OBJECT_CLASS (rfi_kind_panel_parent_class)->dispose (object);
}

static void
rfi_kind_panel_class_init (RfiKindPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_kind_panel_dispose;

  signals[VALUES] = g_signal_new ("values", RFI_TYPE_KIND_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, RFI_TYPE_PATCH);
}

static void
rfi_kind_panel_init (RfiKindPanel *self)
{
}
