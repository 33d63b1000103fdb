/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-board-page"

#include "config.h"

#include "rfi-board-page.h"

#include "rfi-alert-words.h"
#include "rfi-board-options.h"
#include "rfi-card-painter.h"
#include "rfi-filter-chips.h"
#include "rfi-group-lanes.h"
#include "rfi-job-item.h"
#include "rfi-status-lanes.h"

#include <glib/gi18n.h>

/* Ages are shown in minutes. */
#define REFRESH_INTERVAL 30  /* s */

/* About thirty cards of seven texts, many the same. */
#define N_TEXTS 192

struct _RfiBoardPage
{
  GtkWidget       parent_instance;

  RfiSession     *session;   /* (owned) (nullable) */
  RfiJobFilter   *filter;    /* (owned) (nullable) */
  RfiJobTable    *jobs;      /* (owned) (nullable) */
  RfiJobSelection *selection; /* (owned) */
  RfiCardStyle   *style;     /* (owned) */
  GSettings      *settings;  /* (owned) */
  RfiBoardMemory *memory;    /* (owned) */
  RfiBoardLanes  *lanes;     /* one of these two: */
  GtkWidget      *by_status;
  GtkWidget      *by_group;  /* (nullable) until it is needed */
  guint           refresh_source;
  guint           update_source;
  gboolean        filtered;  /* since the words were last made */
  gboolean        is_narrow; /* there is room for one lane only */
  gboolean        loading;   /* when the words were last made */

  GtkWidget      *content;
  GtkWidget      *options;
  GtkWidget      *sort;
  GtkWidget      *jump;
  RfiFilterChips *chips;
  GtkWidget      *chips_scroller;
  GtkWidget      *hidden;
  GtkWidget      *total;
  GtkWidget      *stack;
  GtkWidget      *empty;
  GtkWidget      *remedy;
};

enum {
  PROP_0,
  PROP_FILTER,
  PROP_GROUPING,
  PROP_SELECTION,
  PROP_SESSION,
  PROP_SORT,
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

static void
update_words (RfiBoardPage *self)
{
  RfiBoardCounts counts = { 0 };
  g_autofree char *hidden = NULL;
  g_autofree char *total = NULL;
  gboolean loading = rfi_board_counts_is_loading (self->session);
  gboolean is_empty;

  self->loading = loading;
  rfi_board_lanes_count (self->lanes, &counts);
  if (counts.n_shown == 0 && self->jobs != NULL && self->filter != NULL && !loading)
    rfi_board_counts_search (&counts, self->jobs, self->filter);

  hidden = loading ? g_strdup ("") : rfi_board_counts_describe_hidden (&counts);
  total = loading ? g_strdup (_("Loading…"))
                  : rfi_board_counts_describe_total (&counts, self->session);
  gtk_label_set_label (GTK_LABEL (self->hidden), hidden);
  gtk_widget_set_visible (self->hidden, hidden[0] != '\0' && !self->is_narrow);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  is_empty = counts.n_shown == 0 && self->jobs != NULL && !loading;
  if (is_empty)
    show_empty (self, &counts);
  gtk_stack_set_visible_child (GTK_STACK (self->stack),
                               is_empty ? self->empty : GTK_WIDGET (self->lanes));
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
  rfi_board_lanes_scroll_to_top (self->lanes);
}

/* Several lanes change at once; the words around them are made once. */
static void
queue_update (RfiBoardPage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_once (update_cb, self);
}

/* The server may have no jobs, or not answer: then there is nothing to wait for any more. */
static void
sync_state_cb (RfiBoardPage *self)
{
  if (rfi_board_counts_is_loading (self->session) != self->loading)
    queue_update (self);
}

static void
remedy_cb (RfiBoardPage *self)
{
  RfiBoardCounts counts = { 0 };
  g_autofree char *text = NULL;

  rfi_board_lanes_count (self->lanes, &counts);
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

/* How the board is looked at */

static void
sort_changed_cb (RfiBoardPage *self)
{
  RfiJobSort sort = (RfiJobSort) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sort));

  if (self->memory == NULL || sort == rfi_board_memory_get_sort (self->memory))
    return;

  rfi_board_memory_set_sort (self->memory, sort);
  rfi_board_lanes_set_sort (self->lanes, sort);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
}

static void
give_jobs (RfiBoardPage *self)
{
  rfi_board_lanes_set_jobs (self->lanes, self->session, self->jobs, self->filter);
  rfi_board_lanes_set_sort (self->lanes, rfi_board_memory_get_sort (self->memory));
}

/* Lanes that are not shown follow nothing. */
static void
use_lanes (RfiBoardPage *self,
           GtkWidget    *lanes)
{
  if (GTK_WIDGET (self->lanes) == lanes)
    return;

  if (self->lanes != NULL)
    rfi_board_lanes_set_jobs (self->lanes, self->session, NULL, NULL);
  self->lanes = RFI_BOARD_LANES (lanes);
  rfi_board_lanes_set_selection (self->lanes, self->selection);
  give_jobs (self);
}

static void
add_lanes (RfiBoardPage *self,
           GtkWidget    *lanes)
{
  gtk_stack_add_child (GTK_STACK (self->stack), lanes);
  g_signal_connect_object (lanes, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
}

static void
update_grouping (RfiBoardPage *self)
{
  RfiGrouping by = rfi_board_memory_get_grouping (self->memory);

  if (by != RFI_GROUPING_STATUS && self->by_group == NULL)
    {
      self->by_group = rfi_group_lanes_new (self->style, GTK_DROP_DOWN (self->jump));
      add_lanes (self, self->by_group);
    }
  if (by != RFI_GROUPING_STATUS)
    rfi_group_lanes_set_grouping (RFI_GROUP_LANES (self->by_group), by);
  use_lanes (self, by == RFI_GROUPING_STATUS ? self->by_status : self->by_group);
  rfi_board_options_show (GTK_MENU_BUTTON (self->options), by,
                          rfi_board_memory_sees_vendors (self->memory), self->is_narrow);
  gtk_widget_set_visible (self->jump, by != RFI_GROUPING_STATUS);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROUPING]);
  queue_update (self);
}

/* What is remembered of another account. */
static void
memory_changed_cb (RfiBoardPage *self)
{
  update_grouping (self);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sort),
                              rfi_board_memory_get_sort (self->memory));
  rfi_board_lanes_set_sort (self->lanes, rfi_board_memory_get_sort (self->memory));
}

static void
update_views (RfiBoardPage *self)
{
  give_jobs (self);
  rfi_filter_chips_set (self->chips, self->session, self->filter);
  update_words (self);
}

/* What stays in sight says where it has the words. */
static void
update_emphasis (RfiBoardPage *self)
{
  const char *text = self->filter != NULL ? rfi_job_filter_get_text (self->filter) : "";

  if (rfi_emphasis_set_text (self->style->emphasis, text))
    rfi_board_lanes_refresh (self->lanes, FALSE);
}

static void
filter_changed_cb (RfiBoardPage *self)
{
  self->filtered = TRUE;
  rfi_board_lanes_filter_changed (self->lanes);
  update_emphasis (self);
  queue_update (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  RfiBoardPage *self = user_data;

  if (self->filter != NULL)
    rfi_job_filter_refresh (self->filter);
  rfi_board_lanes_refresh (self->lanes, FALSE);
  return G_SOURCE_CONTINUE;
}

static void
rfi_board_page_map (GtkWidget *widget)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (widget);

  GTK_WIDGET_CLASS (rfi_board_page_parent_class)->map (widget);

  rfi_board_lanes_refresh (self->lanes, FALSE);
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
  if (self->lanes != NULL)
    rfi_board_lanes_refresh (self->lanes, TRUE);
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

/* Most changes of a style sheet leave the cards as they are: soon after each start, transitions
 * come to be allowed. */
static void
rfi_board_page_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  RfiBoardPage *self = RFI_BOARD_PAGE (widget);

  GTK_WIDGET_CLASS (rfi_board_page_parent_class)->css_changed (widget, change);

  if (!rfi_card_style_is_current (self->style))
    restyle (self);
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
  gboolean is_narrow = width < 2 * (rfi_card_style_get_width (self->style) + 12 + 12);

  if (self->is_narrow != is_narrow)
    {
      self->is_narrow = is_narrow;
      gtk_widget_set_visible (self->sort, !is_narrow);
      gtk_widget_set_visible (self->total, !is_narrow);
      update_grouping (self);
    }
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

static gboolean
rfi_board_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (RFI_BOARD_PAGE (widget)->lanes),
                                 GTK_DIR_TAB_FORWARD);
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
  g_clear_object (&self->memory);
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

    case PROP_GROUPING:
      g_value_set_string (value, rfi_grouping_to_string (rfi_board_page_get_grouping (self)));
      break;

    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;

    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    case PROP_SORT:
      g_value_set_int (value, rfi_board_memory_get_sort (self->memory));
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
  RfiGrouping by;

  switch (prop_id)
    {
    case PROP_FILTER:
      rfi_board_page_set_filter (self, g_value_get_object (value));
      break;

    case PROP_GROUPING:
      if (rfi_grouping_from_string (g_value_get_string (value), &by))
        rfi_board_page_set_grouping (self, by);
      break;

    case PROP_SELECTION:
      rfi_board_page_set_selection (self, g_value_get_object (value));
      break;

    case PROP_SESSION:
      rfi_board_page_set_session (self, g_value_get_object (value));
      break;

    case PROP_SORT:
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sort), (guint) g_value_get_int (value));
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
  properties[PROP_GROUPING] = g_param_spec_string ("grouping", NULL, NULL, "status", flags);
  properties[PROP_SELECTION] =
    g_param_spec_object ("selection", NULL, NULL, RFI_TYPE_JOB_SELECTION, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION, flags);
  properties[PROP_SORT] =
    g_param_spec_int ("sort", NULL, NULL, 0, RFI_JOB_SORT_SCHEDULE, 0, flags);
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
  widget_class->grab_focus = rfi_board_page_grab_focus;
  install_properties (object_class);

  g_type_ensure (RFI_TYPE_FILTER_CHIPS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/board/rfi-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, content);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, options);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, sort);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, jump);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, chips);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, chips_scroller);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, hidden);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, total);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiBoardPage, remedy);
  gtk_widget_class_install_property_action (widget_class, "board.grouping", "grouping");
  gtk_widget_class_install_property_action (widget_class, "board.sort", "sort");
  gtk_widget_class_bind_template_callback (widget_class, sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remedy_cb);
}

static void
rfi_board_page_init (RfiBoardPage *self)
{
  g_autoptr(RfiJobSelection) selection = rfi_job_selection_new ();

  self->style = rfi_card_style_new (GTK_WIDGET (self), N_TEXTS);
  rfi_card_painter_preload (self->style, GTK_WIDGET (self));

  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = g_steal_pointer (&selection);
  self->memory = rfi_board_memory_new ();
  self->by_status = rfi_status_lanes_new (self->style, self->memory);
  add_lanes (self, self->by_status);
  g_signal_connect_object (self->memory, "changed", G_CALLBACK (memory_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_grouping (self);

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
    {
      g_signal_handlers_disconnect_by_func (self->session, queue_update, self);
      g_signal_handlers_disconnect_by_func (self->session, sync_state_cb, self);
    }
  rfi_job_selection_choose (self->selection, NULL);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "notify::loading", G_CALLBACK (queue_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::online", G_CALLBACK (queue_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (sync_state_cb), self,
                               G_CONNECT_SWAPPED);
    }
  jobs = session != NULL ? rfi_session_get_jobs (session) : NULL;
  g_set_object (&self->jobs, jobs);
  rfi_board_memory_set_session (self->memory, session);
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
  update_emphasis (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

void
rfi_board_page_set_moment (RfiBoardPage *self,
                           gint64        moment)
{
  g_return_if_fail (RFI_IS_BOARD_PAGE (self));

  self->style->moment = moment;
  rfi_board_lanes_refresh (self->lanes, FALSE);
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
  rfi_board_lanes_set_selection (self->lanes, selection);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

RfiGrouping
rfi_board_page_get_grouping (RfiBoardPage *self)
{
  g_return_val_if_fail (RFI_IS_BOARD_PAGE (self), RFI_GROUPING_STATUS);

  return rfi_board_memory_get_grouping (self->memory);
}

void
rfi_board_page_set_grouping (RfiBoardPage *self,
                             RfiGrouping   by)
{
  g_return_if_fail (RFI_IS_BOARD_PAGE (self));

  rfi_board_memory_set_grouping (self->memory, by);
  update_grouping (self);
  /* What comes next is meant for what was asked for. */
  update_words (self);
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
  rfi_job_selection_look_at (self->selection, item);
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
