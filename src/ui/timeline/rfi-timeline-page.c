/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-page"

#include "config.h"

#include "rfi-timeline-page.h"

#include "rfi-calendar.h"
#include "rfi-fold-layout.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-timeline-ask.h"
#include "rfi-timeline-problems.h"
#include "rfi-timeline-tray.h"
#include "rfi-timeline-words.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* Under this the toolbar takes two rows. */
#define NARROW_WIDTH 860

/* A day begins in sight with the hour before most people's. */
#define DAY_BEGINS (7 * 60)

struct _RfiTimelinePage
{
  AdwBin           parent_instance;

  RfiSession      *session;    /* (owned) (nullable) */
  RfiJobFilter    *filter;     /* (owned) (nullable) */
  RfiJobSelection *selection;  /* (owned) */
  RfiSchedule     *schedule;   /* (owned) (nullable) */
  RfiTimelineRows *rows;       /* (owned) (nullable): for problems */
  GTimeZone       *zone;       /* (owned) */
  gboolean         from_history;
  GPtrArray       *problems;   /* (owned) (nullable) (element-type RfiTimelineProblem) */
  guint            problem;    /* the one that is named */
  guint            words_source;
  guint            problems_source;
  gboolean         arranging;

  GtkWidget       *bars;       /* both rows of the toolbar */
  GtkWidget       *title;
  GtkWidget       *spans[RFI_TIMELINE_N_SPANS];
  GtkWidget       *span_buttons;
  GtkWidget       *span_choice;  /* the same with little room */
  GtkWidget       *zoom;
  GtkWidget       *zoom_box;
  GtkWidget       *total;
  GtkWidget       *banner;
  RfiTimelineView *view;
  GtkWidget       *stack;
  RfiTimelineTray *tray;
  GtkWidget       *problem_bar;
  GtkWidget       *problem_label;
  GtkWidget       *problem_count;
};

enum {
  PROP_0,
  PROP_FILTER,
  PROP_SELECTION,
  PROP_SESSION,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiTimelinePage, rfi_timeline_page, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

/* Words */

static void
update_title (RfiTimelinePage *self)
{
  RfiSpan seen = rfi_timeline_view_get_seen (self->view);
  gint64 first = rfi_calendar_get_day (self->zone, seen.start);
  gint64 last = rfi_calendar_get_day (self->zone, seen.end - 1);
  g_autofree char *from = rfi_timeline_words_day (seen.start);
  g_autofree char *to = rfi_timeline_words_day (seen.end - 1);
  /* translators: from one day to another */
  g_autofree char *both = g_strdup_printf (_("%s – %s"), from, to);

  gtk_label_set_label (GTK_LABEL (self->title), first == last ? from : both);
}

static void
update_words (RfiTimelinePage *self)
{
  guint n_rows = rfi_timeline_view_get_n_rows (self->view);
  g_autofree char *total = g_strdup_printf (ngettext ("Working hours shown · %u technician",
                                                      "Working hours shown · %u technicians",
                                                      n_rows), n_rows);

  update_title (self);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n_rows > 0 ? "rows" : "empty");
  self->arranging = TRUE;
  gtk_range_set_value (GTK_RANGE (self->zoom), rfi_timeline_view_get_zoom (self->view));
  self->arranging = FALSE;
}

static void
words_cb (gpointer user_data)
{
  RfiTimelinePage *self = user_data;

  self->words_source = 0;
  update_words (self);
}

static void
queue_words (RfiTimelinePage *self)
{
  if (self->words_source == 0)
    self->words_source = g_idle_add_once (words_cb, self);
}

/* Problems */

static void
update_problem (RfiTimelinePage *self)
{
  const RfiTimelineProblem *problem;
  guint n = self->problems != NULL ? self->problems->len : 0;
  g_autofree char *count = NULL;

  gtk_widget_set_visible (self->problem_bar, n > 0);
  if (n == 0)
    return;

  self->problem %= n;
  problem = g_ptr_array_index (self->problems, self->problem);
  /* translators: which of how many problems; N is a key */
  count = g_strdup_printf (_("%u of %u · N next"), self->problem + 1, n);
  gtk_label_set_label (GTK_LABEL (self->problem_label), problem->words);
  gtk_label_set_label (GTK_LABEL (self->problem_count), count);
}

static void
find_problems_cb (gpointer user_data)
{
  RfiTimelinePage *self = user_data;

  self->problems_source = 0;
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  if (self->schedule != NULL && !self->from_history)
    self->problems = rfi_timeline_problems_find (self->rows, self->schedule, self->zone,
                                                 g_get_real_time () / 1000);
  update_problem (self);
}

/* Once all that changes at once has changed. */
static void
queue_problems (RfiTimelinePage *self)
{
  if (self->problems_source == 0)
    self->problems_source = g_timeout_add_once (200, find_problems_cb, self);
}

static void
show_problem (RfiTimelinePage *self)
{
  const RfiTimelineProblem *problem;

  if (self->problems == NULL || self->problems->len == 0)
    return;

  problem = g_ptr_array_index (self->problems, self->problem);
  if (rfi_timeline_view_show_job (self->view, problem->job_id))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
show_problem_cb (RfiTimelinePage *self)
{
  show_problem (self);
}

/* N shows the one that is named, then names and shows the next. */
static gboolean
next_problem (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  RfiTimelinePage *self = RFI_TIMELINE_PAGE (widget);
  guint n = self->problems != NULL ? self->problems->len : 0;

  if (n == 0)
    return FALSE;

  show_problem (self);
  self->problem = (self->problem + 1) % n;
  update_problem (self);
  return TRUE;
}

/* Time */

/* The morning of the day that is @days away from @at. */
static gint64
get_morning (RfiTimelinePage *self,
             gint64           at,
             int              days)
{
  return rfi_calendar_get_time (self->zone, rfi_calendar_get_day (self->zone, at) + days,
                                gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->spans[0]))
                                ? DAY_BEGINS : 0);
}

static RfiTimelineSpan
get_span (RfiTimelinePage *self)
{
  for (guint i = 0; i < RFI_TIMELINE_N_SPANS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->spans[i])))
      return (RfiTimelineSpan) i;
  return RFI_TIMELINE_SPAN_DAY;
}

/* Today from the morning on, or so that now is in sight. */
static gint64
get_today (RfiTimelinePage *self)
{
  gint64 now = g_get_real_time () / 1000;
  gint64 morning = get_morning (self, now, 0);
  gint64 length = rfi_timeline_span_get_length (get_span (self));

  if (now >= morning && now < morning + length)
    return morning;
  return now - now % RFI_TIMELINE_HOUR - RFI_TIMELINE_HOUR;
}

static void
step (RfiTimelinePage *self,
      int              direction)
{
  static const int days[RFI_TIMELINE_N_SPANS] = { 1, 3, 7, 14 };
  RfiSpan seen = rfi_timeline_view_get_seen (self->view);

  rfi_timeline_view_show_time (self->view,
                               get_morning (self, seen.start + RFI_TIMELINE_HOUR,
                                            direction * days[get_span (self)]));
}

static void
back_cb (RfiTimelinePage *self)
{
  step (self, -1);
}

static void
forward_cb (RfiTimelinePage *self)
{
  step (self, 1);
}

static void
today_cb (RfiTimelinePage *self)
{
  rfi_timeline_view_show_time (self->view, get_today (self));
}

static void
span_toggled_cb (RfiTimelinePage *self,
                 GtkToggleButton *button)
{
  RfiSpan seen = rfi_timeline_view_get_seen (self->view);
  gint64 now = g_get_real_time () / 1000;
  gboolean today = now >= seen.start && now < seen.end;

  if (!gtk_toggle_button_get_active (button))
    return;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->span_choice), get_span (self));
  rfi_timeline_view_show_span (self->view, get_span (self));
  rfi_timeline_view_show_time (self->view,
                               today ? get_today (self)
                                     : get_morning (self, seen.start + RFI_TIMELINE_HOUR, 0));
}

static void
span_chosen_cb (RfiTimelinePage *self)
{
  guint span = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->span_choice));

  if (span < RFI_TIMELINE_N_SPANS)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->spans[span]), TRUE);
}

static void
zoomed_cb (RfiTimelinePage *self)
{
  if (!self->arranging)
    rfi_timeline_view_set_zoom (self->view, gtk_range_get_value (GTK_RANGE (self->zoom)));
}

/* What a person does */

static void
place_cb (RfiTimelinePage *self,
          const char      *job_id,
          const char      *technician_id,
          gint64           start,
          gint64           end)
{
  RfiSpan span = { start, end };

  if (self->session != NULL)
    rfi_timeline_ask_place (GTK_WIDGET (self), self->session, self->schedule, job_id,
                            technician_id, &span);
}

static gboolean
may_change (RfiTimelinePage *self)
{
  if (self->from_history)
    gtk_widget_error_bell (GTK_WIDGET (self));
  return self->session != NULL && !self->from_history;
}

static void
unschedule_cb (RfiTimelinePage *self,
               const char      *job_id)
{
  if (may_change (self))
    rfi_timeline_ask_unschedule (GTK_WIDGET (self), self->session, job_id);
}

static void
hold_cb (RfiTimelinePage *self,
         const char      *job_id)
{
  if (may_change (self))
    rfi_timeline_ask_hold (GTK_WIDGET (self), self->session, job_id);
}

static void
open_cb (RfiTimelinePage *self,
         const char      *job_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", job_id);
}

static void
grab_cb (RfiTimelinePage *self,
         RfiJobItem      *item)
{
  rfi_timeline_view_grab (self->view, item);
}

static void
hold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  hold_cb (RFI_TIMELINE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
unschedule_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  unschedule_cb (RFI_TIMELINE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
place_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RfiTimelinePage *self = RFI_TIMELINE_PAGE (widget);
  g_autoptr(RfiJobItem) item = NULL;

  if (self->session == NULL)
    return;

  item = rfi_job_table_get_item (rfi_session_get_jobs (self->session),
                                 g_variant_get_string (parameter, NULL));
  if (item != NULL)
    rfi_timeline_view_grab (self->view, item);
  else
    gtk_widget_activate_action (widget, "win.toast", "(sss)",
                                rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE), "", "");
}

/* What is shown */

static gboolean
keeps_no_times (RfiSession *session)
{
  return session != NULL
         && rfi_session_get_sync_state (session)->dialect == RFI_DIALECT_COMPATIBLE;
}

static void
update_schedule (RfiTimelinePage *self)
{
  RfiJobTable *jobs = self->session != NULL ? rfi_session_get_jobs (self->session) : NULL;
  GListModel *people = self->session != NULL ? rfi_session_get_technicians (self->session) : NULL;

  g_clear_object (&self->rows);
  g_clear_object (&self->schedule);
  self->from_history = keeps_no_times (self->session);
  if (jobs != NULL && self->filter != NULL)
    {
      self->schedule = rfi_schedule_new (jobs, self->from_history);
      self->rows = rfi_timeline_rows_new (self->session, people, self->schedule, self->filter);
      g_signal_connect_object (self->schedule, "bars-changed", G_CALLBACK (queue_problems), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->rows, "changed", G_CALLBACK (queue_problems), self,
                               G_CONNECT_SWAPPED);
    }
  rfi_timeline_view_set (self->view, self->session, people, self->schedule, self->filter);
  rfi_timeline_view_set_read_only (
    self->view,
    self->from_history ? _("This server keeps no times, so nothing can be moved here.") : NULL);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->banner), self->from_history);
  rfi_timeline_tray_set (self->tray, self->from_history ? NULL : jobs, self->filter);
  gtk_widget_set_visible (GTK_WIDGET (self->tray), !self->from_history);
  queue_problems (self);
  queue_words (self);
}

static void
sync_state_cb (RfiTimelinePage *self)
{
  if (self->from_history != keeps_no_times (self->session))
    update_schedule (self);
}

static void
arrange (RfiTimelinePage *self)
{
  gboolean narrow = rfi_fold_layout_get_narrow (
    RFI_FOLD_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bars),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (self->span_buttons, !narrow);
  gtk_widget_set_visible (self->span_choice, narrow);
  gtk_widget_set_visible (self->zoom_box, !narrow);
  gtk_widget_set_visible (self->total, !narrow);
  gtk_widget_set_visible (self->problem_count, !narrow);
  rfi_timeline_tray_set_narrow (self->tray, narrow);
}

static gboolean
rfi_timeline_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RFI_TIMELINE_PAGE (widget)->view));
}

static void
rfi_timeline_page_dispose (GObject *object)
{
  RfiTimelinePage *self = RFI_TIMELINE_PAGE (object);

  g_clear_handle_id (&self->words_source, g_source_remove);
  g_clear_handle_id (&self->problems_source, g_source_remove);
  g_clear_object (&self->rows);
  g_clear_object (&self->schedule);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_TIMELINE_PAGE);

  G_OBJECT_CLASS (rfi_timeline_page_parent_class)->dispose (object);
}

static void
rfi_timeline_page_finalize (GObject *object)
{
  RfiTimelinePage *self = RFI_TIMELINE_PAGE (object);

  g_clear_object (&self->selection);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (rfi_timeline_page_parent_class)->finalize (object);
}

static void
rfi_timeline_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RfiTimelinePage *self = RFI_TIMELINE_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      g_value_set_object (value, self->filter);
      break;

    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;

    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_timeline_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RfiTimelinePage *self = RFI_TIMELINE_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      rfi_timeline_page_set_filter (self, g_value_get_object (value));
      break;

    case PROP_SELECTION:
      rfi_timeline_page_set_selection (self, g_value_get_object (value));
      break;

    case PROP_SESSION:
      rfi_timeline_page_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_FILTER] = g_param_spec_object ("filter", NULL, NULL, RFI_TYPE_JOB_FILTER, flags);
  properties[PROP_SELECTION] =
    g_param_spec_object ("selection", NULL, NULL, RFI_TYPE_JOB_SELECTION, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/timeline/rfi-timeline-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, bars);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, title);
  gtk_widget_class_bind_template_child_full (widget_class, "span_day", FALSE,
                                             G_STRUCT_OFFSET (RfiTimelinePage, spans[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "span_3_days", FALSE,
                                             G_STRUCT_OFFSET (RfiTimelinePage, spans[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "span_week", FALSE,
                                             G_STRUCT_OFFSET (RfiTimelinePage, spans[2]));
  gtk_widget_class_bind_template_child_full (widget_class, "span_2_weeks", FALSE,
                                             G_STRUCT_OFFSET (RfiTimelinePage, spans[3]));
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, span_buttons);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, span_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, zoom);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, zoom_box);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, total);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, banner);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, view);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, tray);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelinePage, problem_count);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, forward_cb);
  gtk_widget_class_bind_template_callback (widget_class, today_cb);
  gtk_widget_class_bind_template_callback (widget_class, span_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, span_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoomed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_problem_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
  gtk_widget_class_bind_template_callback (widget_class, unschedule_cb);
  gtk_widget_class_bind_template_callback (widget_class, hold_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, grab_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_words);
}

static void
rfi_timeline_page_class_init (RfiTimelinePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_timeline_page_dispose;
  object_class->finalize = rfi_timeline_page_finalize;
  object_class->get_property = rfi_timeline_page_get_property;
  object_class->set_property = rfi_timeline_page_set_property;
  widget_class->grab_focus = rfi_timeline_page_grab_focus;
  install_properties (object_class);

  g_type_ensure (RFI_TYPE_TIMELINE_TRAY);
  g_type_ensure (RFI_TYPE_TIMELINE_VIEW);
  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_n, 0, next_problem, NULL);
  gtk_widget_class_install_action (widget_class, "timeline.hold", "s", hold_action);
  gtk_widget_class_install_action (widget_class, "timeline.place", "s", place_action);
  gtk_widget_class_install_action (widget_class, "timeline.unschedule", "s", unschedule_action);
}

static void
rfi_timeline_page_init (RfiTimelinePage *self)
{
  g_autoptr(RfiJobSelection) selection = rfi_job_selection_new ();

  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rfi_fold_layout_new (NARROW_WIDTH));
  g_signal_connect_object (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "notify::narrow",
                           G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);
  rfi_timeline_page_set_selection (self, selection);
  today_cb (self);
}

void
rfi_timeline_page_set_session (RfiTimelinePage *self,
                               RfiSession      *session)
{
  g_return_if_fail (RFI_IS_TIMELINE_PAGE (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, sync_state_cb, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (sync_state_cb), self,
                             G_CONNECT_SWAPPED);
  update_schedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
rfi_timeline_page_set_filter (RfiTimelinePage *self,
                              RfiJobFilter    *filter)
{
  g_return_if_fail (RFI_IS_TIMELINE_PAGE (self));

  if (!g_set_object (&self->filter, filter))
    return;

  update_schedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

void
rfi_timeline_page_set_selection (RfiTimelinePage *self,
                                 RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_TIMELINE_PAGE (self));
  g_return_if_fail (RFI_IS_JOB_SELECTION (selection));

  if (!g_set_object (&self->selection, selection))
    return;

  rfi_timeline_view_set_selection (self->view, selection);
  rfi_timeline_tray_set_selection (self->tray, selection);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
