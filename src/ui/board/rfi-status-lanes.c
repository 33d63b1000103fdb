/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-status-lanes"

#include "config.h"

#include "rfi-status-lanes.h"

#include "rfi-today-lane.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* How much of the board fits. */
typedef enum {
  ROOM_ONE_LANE,  /* chosen by the switcher */
  ROOM_TIGHT,     /* the finished lanes are folded */
  ROOM_NORMAL,    /* the cancelled lane is */
  ROOM_WIDE,
} Room;

struct _RfiStatusLanes
{
  GtkWidget       parent_instance;

  RfiSession     *session;   /* (owned) (nullable) */
  RfiJobTable    *jobs;      /* (owned) (nullable) */
  RfiJobFilter   *filter;    /* (owned) (nullable) */
  RfiCardStyle   *style;     /* (owned) */
  RfiBoardMemory *memory;    /* (owned) */
  RfiJobSort      sort;
  RfiLane        *lane[RFI_N_STATUSES];
  RfiTodayLane   *completed; /* (owned): what the lane of completed jobs shows */
  GtkWidget      *tab[RFI_N_STATUSES];
  GtkWidget      *tab_count[RFI_N_STATUSES];
  guint           asked;     /* bits 1 << RfiStatus of lanes that the filter asks for */
  RfiStatus       shown;     /* with room for one lane only */
  Room            room;
  gboolean        arranging;

  GtkWidget      *content;
  GtkWidget      *switcher;
  GtkBox         *tabs;
  GtkBox         *lanes;
};

static void lanes_iface_init (RfiBoardLanesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiStatusLanes, rfi_status_lanes, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_BOARD_LANES, lanes_iface_init))

static void
update_tabs (RfiStatusLanes *self)
{
  gboolean loading = rfi_board_counts_is_loading (self->session);

  for (int i = 0; i < RFI_N_STATUSES; i++)
    {
      RfiJobView *view = rfi_lane_get_view (self->lane[i]);
      guint n_jobs = view != NULL ? g_list_model_get_n_items (G_LIST_MODEL (view)) : 0;
      g_autofree char *count = loading ? g_strdup ("…") : g_strdup_printf ("%u", n_jobs);
      /* translators: a lane and how many jobs it has: "Pending, 14" */
      g_autofree char *name = loading
                                ? g_strdup (rfi_words_status (i))
                                : g_strdup_printf (_("%s, %u"), rfi_words_status (i), n_jobs);

      gtk_label_set_label (GTK_LABEL (self->tab_count[i]), count);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->tab[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

/* Which lanes are open */

static gboolean
wants_fold (RfiStatusLanes *self,
            RfiStatus       status)
{
  gboolean fold;

  if (!rfi_status_is_final (status) || self->room == ROOM_ONE_LANE
      || (self->asked & 1u << status) != 0)
    return FALSE;
  if (rfi_board_memory_get_fold (self->memory, status, &fold))
    return fold;
  return self->room == ROOM_TIGHT
         || (self->room == ROOM_NORMAL && status == RFI_STATUS_CANCELLED);
}

static void
arrange (RfiStatusLanes *self)
{
  gboolean one = self->room == ROOM_ONE_LANE;

  self->arranging = TRUE;
  for (int i = 0; i < RFI_N_STATUSES; i++)
    {
      rfi_lane_set_fluid (self->lane[i], one);
      rfi_lane_set_folded (self->lane[i], wants_fold (self, i));
      gtk_widget_set_visible (GTK_WIDGET (self->lane[i]), !one || (RfiStatus) i == self->shown);
    }
  gtk_widget_set_visible (self->switcher, one);
  self->arranging = FALSE;
  rfi_board_lanes_changed (RFI_BOARD_LANES (self));
}

static Room
get_room (RfiStatusLanes *self,
          int             width)
{
  int lane = rfi_card_style_get_width (self->style) + 12 + 12;
  int folded = 44 + 12;
  int margins = 2 * 18;

  if (width < 2 * lane)
    return ROOM_ONE_LANE;
  if (width < 4 * lane + folded + margins)
    return ROOM_TIGHT;
  return width < 5 * lane + margins ? ROOM_NORMAL : ROOM_WIDE;
}

/* A person folds or unfolds a lane; then it stays so. */
static void
folded_cb (RfiStatusLanes *self,
           GParamSpec     *pspec,
           RfiLane        *lane)
{
  RfiStatus status = rfi_lane_get_status (lane);

  if (self->arranging)
    return;

  self->asked &= ~(1u << status);
  rfi_board_memory_set_fold (self->memory, status, rfi_lane_get_folded (lane));
}

static void
tab_toggled_cb (RfiStatusLanes  *self,
                GtkToggleButton *tab)
{
  if (!gtk_toggle_button_get_active (tab))
    return;

  for (int i = 0; i < RFI_N_STATUSES; i++)
    if (self->tab[i] == GTK_WIDGET (tab))
      self->shown = i;
  arrange (self);
}

/* The lanes */

static void
drag_started_cb (RfiStatusLanes *self,
                 RfiJobItem     *item)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_offer (self->lane[i], item);
}

static void
drag_ended_cb (RfiStatusLanes *self)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_offer (self->lane[i], NULL);
}

static void
leave_sideways_cb (RfiStatusLanes *self,
                   guint           position,
                   int             step,
                   RfiLane        *lane)
{
  for (int i = (int) rfi_lane_get_status (lane) + step; i >= 0 && i < RFI_N_STATUSES; i += step)
    if (gtk_widget_get_visible (GTK_WIDGET (self->lane[i]))
        && rfi_lane_focus_card (self->lane[i], position))
      return;
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
move_sideways_cb (RfiStatusLanes *self,
                  RfiJobItem     *item,
                  int             step,
                  RfiLane        *lane)
{
  int to = (int) rfi_lane_get_status (lane) + step;

  if (to >= 0 && to < RFI_N_STATUSES)
    rfi_lane_take (self->lane[to], item);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
sort_views (RfiStatusLanes *self)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    {
      RfiJobView *view = rfi_lane_get_view (self->lane[i]);
      /* Finished lanes answer "what was done last" until something else is asked. */
      RfiJobSort sort = self->sort == RFI_JOB_SORT_URGENCY && rfi_status_is_final (i)
                          ? RFI_JOB_SORT_UPDATED : self->sort;

      if (i == RFI_STATUS_COMPLETED)
        rfi_today_lane_set_sort (self->completed, sort);
      else if (view != NULL)
        rfi_job_view_set_sort (view, sort);
    }
}

/* The jobs of one status, shown or not. (nullable) */
static RfiJobView *
get_view (RfiStatusLanes *self,
          RfiStatus       status)
{
  return status == RFI_STATUS_COMPLETED ? rfi_today_lane_get_all (self->completed)
                                        : rfi_lane_get_view (self->lane[status]);
}

static void
rfi_status_lanes_set_jobs (RfiBoardLanes *lanes,
                           RfiSession    *session,
                           RfiJobTable   *jobs,
                           RfiJobFilter  *filter)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (lanes);

  g_set_object (&self->session, session);
  g_set_object (&self->jobs, jobs);
  g_set_object (&self->filter, filter);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    {
      g_autoptr(RfiJobView) view = NULL;

      if (i == RFI_STATUS_COMPLETED)
        continue;
      if (jobs != NULL && filter != NULL)
        view = rfi_job_view_new (jobs, filter, 1u << i);
      rfi_lane_set_view (self->lane[i], session, view);
    }
  rfi_today_lane_set_jobs (self->completed, session, jobs, filter);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    if (get_view (self, i) != NULL)
      g_signal_connect_object (get_view (self, i), "notify",
                               G_CALLBACK (rfi_board_lanes_changed), self, G_CONNECT_SWAPPED);
  sort_views (self);
  arrange (self);
}

static void
rfi_status_lanes_set_selection (RfiBoardLanes   *lanes,
                                RfiJobSelection *selection)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (lanes);

  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_set_selection (self->lane[i], selection);
}

static void
rfi_status_lanes_set_sort (RfiBoardLanes *lanes,
                           RfiJobSort     sort)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (lanes);

  self->sort = sort;
  sort_views (self);
}

/* Asking for finished jobs opens their lanes. */
static void
rfi_status_lanes_filter_changed (RfiBoardLanes *lanes)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (lanes);

  self->asked = rfi_job_filter_get_statuses (self->filter)
                & (1u << RFI_STATUS_COMPLETED | 1u << RFI_STATUS_CANCELLED);
  /* What is sought may be long done. */
  rfi_today_lane_set_asked (self->completed,
                            (self->asked >> RFI_STATUS_COMPLETED & 1) != 0 ||
                              *rfi_job_filter_get_text (self->filter) != '\0');
  arrange (self);
}

static void
rfi_status_lanes_count (RfiBoardLanes  *lanes,
                        RfiBoardCounts *counts)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (lanes);

  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_board_counts_add (counts, get_view (self, i));
  update_tabs (self);
}

static void
rfi_status_lanes_scroll_to_top (RfiBoardLanes *lanes)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (lanes);

  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_scroll_to_top (self->lane[i]);
}

static void
rfi_status_lanes_refresh (RfiBoardLanes *lanes,
                          gboolean       resize)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (lanes);

  rfi_today_lane_refresh (self->completed);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_refresh (self->lane[i], resize);
}

static void
lanes_iface_init (RfiBoardLanesInterface *iface)
{
  iface->set_jobs = rfi_status_lanes_set_jobs;
  iface->set_selection = rfi_status_lanes_set_selection;
  iface->set_sort = rfi_status_lanes_set_sort;
  iface->filter_changed = rfi_status_lanes_filter_changed;
  iface->count = rfi_status_lanes_count;
  iface->scroll_to_top = rfi_status_lanes_scroll_to_top;
  iface->refresh = rfi_status_lanes_refresh;
}

static void
add_lane (RfiStatusLanes *self,
          RfiStatus       status)
{
  GtkWidget *lane = rfi_lane_new (status, self->style);

  self->lane[status] = RFI_LANE (lane);
  g_signal_connect_object (lane, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "drag-started", G_CALLBACK (drag_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "drag-ended", G_CALLBACK (drag_ended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "leave-sideways", G_CALLBACK (leave_sideways_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "move-sideways", G_CALLBACK (move_sideways_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->lanes, lane);
}

static void
add_tab (RfiStatusLanes *self,
         RfiStatus       status)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *icon = gtk_image_new_from_icon_name (rfi_words_status_icon (status));
  GtkWidget *tab = gtk_toggle_button_new ();

  gtk_widget_add_css_class (icon, rfi_words_status_class (status));
  self->tab[status] = tab;
  self->tab_count[status] = gtk_label_new ("0");
  gtk_widget_add_css_class (self->tab_count[status], "numeric");
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), icon);
  gtk_box_append (GTK_BOX (content), self->tab_count[status]);
  gtk_button_set_child (GTK_BUTTON (tab), content);
  gtk_widget_set_tooltip_text (tab, rfi_words_status (status));
  if (status > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), GTK_TOGGLE_BUTTON (self->tab[0]));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), status == self->shown);
  g_signal_connect_object (tab, "toggled", G_CALLBACK (tab_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->tabs, tab);
}

static void
rfi_status_lanes_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  gtk_widget_measure (RFI_STATUS_LANES (widget)->content, orientation, for_size,
                      minimum, natural, NULL, NULL);
}

static void
rfi_status_lanes_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (widget);
  Room room = get_room (self, width);

  if (self->room != room)
    {
      self->room = room;
      arrange (self);
    }
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

static void
rfi_status_lanes_dispose (GObject *object)
{
  RfiStatusLanes *self = RFI_STATUS_LANES (object);

  g_clear_pointer (&self->completed, rfi_today_lane_free);
  g_clear_object (&self->jobs);
  g_clear_object (&self->filter);
  g_clear_object (&self->session);
  g_clear_object (&self->memory);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_STATUS_LANES);

  G_OBJECT_CLASS (rfi_status_lanes_parent_class)->dispose (object);
}

static void
rfi_status_lanes_finalize (GObject *object)
{
  g_clear_pointer (&RFI_STATUS_LANES (object)->style, rfi_card_style_unref);

  G_OBJECT_CLASS (rfi_status_lanes_parent_class)->finalize (object);
}

static void
rfi_status_lanes_class_init (RfiStatusLanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_status_lanes_dispose;
  object_class->finalize = rfi_status_lanes_finalize;
  widget_class->measure = rfi_status_lanes_measure;
  widget_class->size_allocate = rfi_status_lanes_size_allocate;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/board/rfi-status-lanes.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiStatusLanes, content);
  gtk_widget_class_bind_template_child (widget_class, RfiStatusLanes, switcher);
  gtk_widget_class_bind_template_child (widget_class, RfiStatusLanes, tabs);
  gtk_widget_class_bind_template_child (widget_class, RfiStatusLanes, lanes);
}

static void
rfi_status_lanes_init (RfiStatusLanes *self)
{
  self->room = ROOM_NORMAL;
  self->shown = RFI_STATUS_PENDING;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rfi_status_lanes_new (RfiCardStyle   *style,
                      RfiBoardMemory *memory)
{
  RfiStatusLanes *self = g_object_new (RFI_TYPE_STATUS_LANES, NULL);

  self->style = rfi_card_style_ref (style);
  self->memory = g_object_ref (memory);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    add_lane (self, i);
  self->completed = rfi_today_lane_new (self->lane[RFI_STATUS_COMPLETED], style);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    add_tab (self, i);
  g_signal_connect_object (memory, "changed", G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);
  arrange (self);
  return GTK_WIDGET (self);
}
