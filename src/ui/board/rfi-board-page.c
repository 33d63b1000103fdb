/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-board-page"

#include "config.h"

#include "rfi-board-page.h"

#include "rfi-alert-words.h"
#include "rfi-board-counts.h"
#include "rfi-filter-chips.h"
#include "rfi-lane.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* Ages are shown in minutes. */
#define REFRESH_INTERVAL 30  /* s */

/* About thirty cards of seven texts, many the same. */
#define N_TEXTS 192

/* How much of the board fits. */
typedef enum {
  ROOM_ONE_LANE,  /* chosen by the switcher */
  ROOM_TIGHT,     /* the finished lanes are folded */
  ROOM_NORMAL,    /* the cancelled lane is */
  ROOM_WIDE,
} Room;

struct _RfiBoardPage
{
  GtkWidget       parent_instance;

  RfiSession     *session;   /* (owned) (nullable) */
  RfiJobFilter   *filter;    /* (owned) (nullable) */
  RfiJobTable    *jobs;      /* (owned) (nullable) */
  RfiJobSelection *selection; /* (owned) */
  RfiCardStyle   *style;     /* (owned) */
  GSettings      *settings;  /* (owned) */
  RfiLane        *lane[RFI_N_STATUSES];
  GtkWidget      *tab[RFI_N_STATUSES];
  GtkWidget      *tab_count[RFI_N_STATUSES];
  guint           unfolded;  /* bits 1 << RfiStatus of lanes a person unfolded … */
  guint           folded;    /* … or folded: these stay as they were put */
  RfiStatus       shown;     /* with room for one lane only */
  Room            room;
  guint           refresh_source;
  guint           update_source;
  gboolean        arranging;
  gboolean        filtered;  /* since the words were last made */

  GtkWidget      *content;
  GtkWidget      *sort;
  RfiFilterChips *chips;
  GtkWidget      *chips_scroller;
  GtkWidget      *hidden;
  GtkWidget      *total;
  GtkWidget      *switcher;
  GtkBox         *tabs;
  GtkWidget      *stack;
  GtkWidget      *lanes;
  GtkWidget      *empty;
  GtkWidget      *remedy;
};

enum {
  PROP_0,
  PROP_FILTER,
  PROP_SELECTION,
  PROP_SESSION,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiBoardPage, rfi_board_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* The words around the lanes */

static void
show_empty (RfiBoardPage         *self,
            const RfiBoardCounts *counts)
{
  g_autofree char *description = rfi_board_counts_describe_empty (counts);
  gboolean filtered = counts->n_hidden > 0;

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty),
                                 filtered ? "system-search-symbolic" : "page-board-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty),
                             filtered ? _("No Jobs Match") : _("No Jobs Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), description);
  gtk_button_set_label (GTK_BUTTON (self->remedy),
                        !filtered ? _("New Job")
                        : counts->n_found > 0 ? _("Show Them") : _("Clear Filters"));
}

/* While the cache is read, nobody knows yet how many there are of anything. */
static gboolean
is_loading (RfiBoardPage *self)
{
  gboolean loading = FALSE;

  if (self->session != NULL)
    g_object_get (self->session, "loading", &loading, NULL);
  return loading;
}

static void
update_tabs (RfiBoardPage *self)
{
  gboolean loading = is_loading (self);

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

static void
update_words (RfiBoardPage *self)
{
  RfiBoardCounts counts = { 0 };
  g_autofree char *hidden = NULL;
  g_autofree char *total = NULL;
  gboolean loading = is_loading (self);

  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_board_counts_add (&counts, rfi_lane_get_view (self->lane[i]));
  if (counts.n_shown == 0 && self->jobs != NULL && self->filter != NULL && !loading)
    rfi_board_counts_search (&counts, self->jobs, self->filter);

  hidden = loading ? g_strdup ("") : rfi_board_counts_describe_hidden (&counts);
  total = loading ? g_strdup (_("Loading…"))
                  : rfi_board_counts_describe_total (&counts, self->session);
  gtk_label_set_label (GTK_LABEL (self->hidden), hidden);
  gtk_widget_set_visible (self->hidden, hidden[0] != '\0' && self->room != ROOM_ONE_LANE);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  if (counts.n_shown == 0 && self->jobs != NULL && !loading)
    show_empty (self, &counts);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    counts.n_shown == 0 && self->jobs != NULL && !loading
                                    ? "empty" : "lanes");
  update_tabs (self);
}

static void
update_cb (gpointer user_data)
{
  RfiBoardPage *self = user_data;

  self->update_source = 0;
  update_words (self);
  if (!self->filtered)
    return;

  self->filtered = FALSE;
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_scroll_to_top (self->lane[i]);
}

/* Five lanes change at once; the words around them are made once. */
static void
queue_update (RfiBoardPage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_once (update_cb, self);
}

static void
remedy_cb (RfiBoardPage *self)
{
  RfiBoardCounts counts = { 0 };
  g_autofree char *text = NULL;

  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_board_counts_add (&counts, rfi_lane_get_view (self->lane[i]));
  if (counts.n_hidden == 0 || self->filter == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.new-job", NULL);
      return;
    }

  rfi_board_counts_search (&counts, self->jobs, self->filter);
  text = counts.n_found > 0 ? g_strdup (rfi_job_filter_get_text (self->filter)) : g_strdup ("");
  rfi_job_filter_clear (self->filter);
  rfi_job_filter_set_text (self->filter, text);
}

static void
sort_changed_cb (RfiBoardPage *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sort));

  for (int i = 0; i < RFI_N_STATUSES; i++)
    {
      RfiJobView *view = self->lane[i] != NULL ? rfi_lane_get_view (self->lane[i]) : NULL;

      /* Finished lanes answer "what was done last" until something else is asked. */
      if (view != NULL)
        rfi_job_view_set_sort (view, selected == RFI_JOB_SORT_URGENCY && rfi_status_is_final (i)
                                     ? RFI_JOB_SORT_UPDATED : (RfiJobSort) selected);
    }
}

/* Which lanes are open */

static gboolean
wants_fold (RfiBoardPage *self,
            RfiStatus     status)
{
  if (!rfi_status_is_final (status) || self->room == ROOM_ONE_LANE
      || (self->unfolded & 1u << status) != 0)
    return FALSE;
  if ((self->folded & 1u << status) != 0)
    return TRUE;
  return self->room == ROOM_TIGHT
         || (self->room == ROOM_NORMAL && status == RFI_STATUS_CANCELLED);
}

static void
arrange (RfiBoardPage *self)
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
  gtk_widget_set_visible (self->total, !one);
  self->arranging = FALSE;
  queue_update (self);
}

static Room
get_room (RfiBoardPage *self,
          int           width)
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
folded_cb (RfiBoardPage *self,
           GParamSpec   *pspec,
           RfiLane      *lane)
{
  guint bit = 1u << rfi_lane_get_status (lane);

  if (self->arranging)
    return;

  if (rfi_lane_get_folded (lane))
    {
      self->folded |= bit;
      self->unfolded &= ~bit;
    }
  else
    {
      self->folded &= ~bit;
      self->unfolded |= bit;
    }
}

static void
tab_toggled_cb (RfiBoardPage    *self,
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
drag_started_cb (RfiBoardPage *self,
                 RfiJobItem   *item)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_offer (self->lane[i], item);
}

static void
drag_ended_cb (RfiBoardPage *self)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_offer (self->lane[i], NULL);
}

static void
leave_sideways_cb (RfiBoardPage *self,
                   guint         position,
                   int           step,
                   RfiLane      *lane)
{
  for (int i = (int) rfi_lane_get_status (lane) + step; i >= 0 && i < RFI_N_STATUSES; i += step)
    if (gtk_widget_get_visible (GTK_WIDGET (self->lane[i]))
        && rfi_lane_focus_card (self->lane[i], position))
      return;
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
update_views (RfiBoardPage *self)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    {
      g_autoptr(RfiJobView) view = NULL;

      if (self->jobs != NULL && self->filter != NULL)
        view = rfi_job_view_new (self->jobs, self->filter, 1u << i);
      rfi_lane_set_view (self->lane[i], self->session, view);
      if (view != NULL)
        g_signal_connect_object (view, "notify", G_CALLBACK (queue_update), self,
                                 G_CONNECT_SWAPPED);
    }
  sort_changed_cb (self);
  rfi_filter_chips_set (self->chips, self->session, self->filter);
  update_words (self);
}

static void
filter_changed_cb (RfiBoardPage *self)
{
  guint statuses = rfi_job_filter_get_statuses (self->filter);

  /* Asking for finished jobs opens their lanes. */
  self->unfolded |= statuses & ((1u << RFI_STATUS_COMPLETED) | (1u << RFI_STATUS_CANCELLED));
  self->filtered = TRUE;
  arrange (self);
}

static void
add_lane (RfiBoardPage *self,
          RfiStatus     status)
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
  gtk_box_append (GTK_BOX (self->lanes), lane);
}

static void
add_tab (RfiBoardPage *self,
         RfiStatus     status)
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

static gboolean
refresh_cb (gpointer user_data)
{
  RfiBoardPage *self = user_data;

  if (self->filter != NULL)
    rfi_job_filter_refresh (self->filter);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_refresh (self->lane[i], FALSE);
  return G_SOURCE_CONTINUE;
}

static void
rfi_board_page_map (GtkWidget *widget)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (widget);

  GTK_WIDGET_CLASS (rfi_board_page_parent_class)->map (widget);

  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_refresh (self->lane[i], FALSE);
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add_seconds (REFRESH_INTERVAL, refresh_cb, self);
}

static void
rfi_board_page_unmap (GtkWidget *widget)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (widget);

  g_clear_handle_id (&self->refresh_source, g_source_remove);

  GTK_WIDGET_CLASS (rfi_board_page_parent_class)->unmap (widget);
}

static void
restyle (RfiBoardPage *self)
{
  rfi_card_style_invalidate (self->style);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_refresh (self->lane[i], TRUE);
}

static void
density_changed_cb (RfiBoardPage *self)
{
  rfi_card_style_set_density (self->style,
                              (RfiDensity) g_settings_get_enum (self->settings, "density"));
  restyle (self);
}

static void
rules_changed_cb (RfiBoardPage *self,
                  const char   *key)
{
  RfiAlertRules rules;

  if (key != NULL && !g_str_has_prefix (key, "sla-"))
    return;

  rfi_alert_words_read_rules (self->settings, &rules);
  rfi_card_style_set_rules (self->style, &rules);
  restyle (self);
}

static void
rfi_board_page_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rfi_board_page_parent_class)->css_changed (widget, change);

  restyle (RFI_BOARD_PAGE (widget));
}

static void
rfi_board_page_system_setting_changed (GtkWidget        *widget,
                                       GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (rfi_board_page_parent_class)->system_setting_changed (widget, setting);

  restyle (RFI_BOARD_PAGE (widget));
}

static void
rfi_board_page_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  gtk_widget_measure (RFI_BOARD_PAGE (widget)->content, orientation, for_size,
                      minimum, natural, NULL, NULL);
}

static void
rfi_board_page_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (widget);
  Room room = get_room (self, width);

  if (self->room != room)
    {
      self->room = room;
      arrange (self);
    }
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

static void
rfi_board_page_dispose (GObject *object)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  rfi_card_style_detach (self->style);
  g_clear_object (&self->jobs);
  g_clear_object (&self->filter);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_BOARD_PAGE);

  G_OBJECT_CLASS (rfi_board_page_parent_class)->dispose (object);
}

static void
rfi_board_page_finalize (GObject *object)
{
  rfi_card_style_unref (RFI_BOARD_PAGE (object)->style);
  g_object_unref (RFI_BOARD_PAGE (object)->selection);

  G_OBJECT_CLASS (rfi_board_page_parent_class)->finalize (object);
}

static void
rfi_board_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (object);

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
rfi_board_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      rfi_board_page_set_filter (self, g_value_get_object (value));
      break;

    case PROP_SELECTION:
      rfi_board_page_set_selection (self, g_value_get_object (value));
      break;

    case PROP_SESSION:
      rfi_board_page_set_session (self, g_value_get_object (value));
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
rfi_board_page_class_init (RfiBoardPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_board_page_dispose;
  object_class->finalize = rfi_board_page_finalize;
  object_class->get_property = rfi_board_page_get_property;
  object_class->set_property = rfi_board_page_set_property;
  widget_class->map = rfi_board_page_map;
  widget_class->unmap = rfi_board_page_unmap;
  widget_class->css_changed = rfi_board_page_css_changed;
  widget_class->system_setting_changed = rfi_board_page_system_setting_changed;
  widget_class->measure = rfi_board_page_measure;
  widget_class->size_allocate = rfi_board_page_size_allocate;
  install_properties (object_class);

  g_type_ensure (RFI_TYPE_FILTER_CHIPS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/board/rfi-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, content);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, sort);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, chips);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, chips_scroller);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, hidden);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, total);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, lanes);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, remedy);
  gtk_widget_class_bind_template_callback (widget_class, sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remedy_cb);
}

static void
rfi_board_page_init (RfiBoardPage *self)
{
  g_autoptr(RfiJobSelection) selection = rfi_job_selection_new ();

  self->style = rfi_card_style_new (GTK_WIDGET (self), N_TEXTS);
  self->room = ROOM_NORMAL;
  self->shown = RFI_STATUS_PENDING;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < RFI_N_STATUSES; i++)
    add_lane (self, i);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    add_tab (self, i);
  rfi_board_page_set_selection (self, selection);
  arrange (self);

  self->settings = g_settings_new (RFI_APP_ID);
  g_signal_connect_object (self->settings, "changed::density", G_CALLBACK (density_changed_cb),
                           self, G_CONNECT_SWAPPED);
  density_changed_cb (self);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (rules_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rules_changed_cb (self, NULL);
}

GtkWidget *
rfi_board_page_new (void)
{
  return g_object_new (RFI_TYPE_BOARD_PAGE, NULL);
}

void
rfi_board_page_set_session (RfiBoardPage *self,
                            RfiSession   *session)
{
  RfiJobTable *jobs;

  g_return_if_fail (RFI_IS_BOARD_PAGE (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, queue_update, self);
  rfi_job_selection_choose (self->selection, NULL);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "notify::loading", G_CALLBACK (queue_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::online", G_CALLBACK (queue_update), self,
                               G_CONNECT_SWAPPED);
    }
  jobs = session != NULL ? rfi_session_get_jobs (session) : NULL;
  g_set_object (&self->jobs, jobs);
  update_views (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
rfi_board_page_set_filter (RfiBoardPage *self,
                           RfiJobFilter *filter)
{
  g_return_if_fail (RFI_IS_BOARD_PAGE (self));

  if (self->filter == filter)
    return;

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, filter_changed_cb, self);
  g_set_object (&self->filter, filter);
  if (filter != NULL)
    g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                             G_CONNECT_SWAPPED);
  update_views (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

void
rfi_board_page_set_moment (RfiBoardPage *self,
                           gint64        moment)
{
  g_return_if_fail (RFI_IS_BOARD_PAGE (self));

  self->style->moment = moment;
}

void
rfi_board_page_set_jobs (RfiBoardPage *self,
                         RfiJobTable  *jobs)
{
  g_return_if_fail (RFI_IS_BOARD_PAGE (self));

  if (g_set_object (&self->jobs, jobs))
    update_views (self);
}

void
rfi_board_page_set_selection (RfiBoardPage    *self,
                              RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_BOARD_PAGE (self));
  g_return_if_fail (RFI_IS_JOB_SELECTION (selection));

  if (self->selection == selection)
    return;

  g_set_object (&self->selection, selection);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_lane_set_selection (self->lane[i], selection);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

const char *
rfi_board_page_get_selected_id (RfiBoardPage *self)
{
  RfiJobItem *item;

  g_return_val_if_fail (RFI_IS_BOARD_PAGE (self), NULL);

  item = rfi_job_selection_get_cursor (self->selection);
  return item != NULL ? rfi_job_item_get_id (item) : NULL;
}

void
rfi_board_page_set_selected_id (RfiBoardPage *self,
                                const char   *job_id)
{
  g_autoptr(RfiJobItem) item = NULL;

  g_return_if_fail (RFI_IS_BOARD_PAGE (self));

  if (self->jobs != NULL && job_id != NULL)
    item = rfi_job_table_get_item (self->jobs, job_id);
  /* Looking at one of several keeps them together. */
  if (item != NULL && rfi_job_selection_get_n (self->selection) > 1 &&
      rfi_job_selection_has (self->selection, item))
    rfi_job_selection_change (self->selection, NULL, NULL, item);
  else
    rfi_job_selection_choose (self->selection, item);
}

void
rfi_board_page_set_wall (RfiBoardPage *self)
{
  g_signal_handlers_disconnect_by_func (self->settings, density_changed_cb, self);
  rfi_card_style_set_density (self->style, RFI_DENSITY_ROOMY);
  gtk_widget_set_visible (gtk_widget_get_first_child (self->content), FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}
