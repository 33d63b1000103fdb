/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-page"

#include "config.h"

#include "rfi-table-page.h"

#include "rfi-filter-chips.h"
#include "rfi-table-chooser.h"
#include "rfi-table-exporter.h"

#include <glib/gi18n.h>

/* Below this there is no room for columns, in pixels at 100 % text. */
#define NARROW_WIDTH 560

struct _RfiTablePage
{
  GtkWidget        parent_instance;

  RfiSession      *session;    /* (owned) (nullable) */
  RfiJobFilter    *filter;     /* (owned) (nullable) */
  RfiJobTable     *jobs;       /* (owned) (nullable) */
  RfiJobSelection *selection;  /* (owned) */
  RfiTableLayout  *layout;     /* the view's */
  RfiJobSheet     *sheet;      /* (owned) (nullable): since it was looked at first */
  guint            update_source;
  gboolean         narrow;

  GtkWidget       *content;
  RfiTableChooser *chooser;
  RfiFilterChips  *chips;
  GtkWidget       *hidden;
  GtkWidget       *total;
  GtkWidget       *stack;
  RfiTableView    *view;
  GtkWidget       *empty;
  GtkWidget       *remedy;
  RfiTableExporter *exporter;
};

enum {
  PROP_0,
  PROP_FILTER,
  PROP_SELECTION,
  PROP_SESSION,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiTablePage, rfi_table_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* The words around the table */

static void
show_empty (RfiTablePage *self,
            guint         n_hidden)
{
  g_autofree char *filters = NULL;
  g_autofree char *words = NULL;
  guint n_criteria = 0;

  if (self->filter != NULL)
    g_object_get (self->filter, "n-active", &n_criteria, NULL);
  n_criteria = MAX (1, n_criteria);
  filters = g_strdup_printf (ngettext ("%u filter", "%u filters", n_criteria), n_criteria);
  if (n_hidden == 0)
    words = g_strdup (_("Jobs that stores report appear here."));
  else
    /* translators: %s is such as "2 filters" */
    words = g_strdup_printf (ngettext ("%'u is hidden by %s.", "%'u are hidden by %s.", n_hidden),
                             n_hidden, filters);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty),
                                 n_hidden > 0 ? "system-search-symbolic" : "page-jobs-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty),
                             n_hidden > 0 ? _("No Jobs Match") : _("No Jobs Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), words);
  gtk_button_set_label (GTK_BUTTON (self->remedy), n_hidden > 0 ? _("Clear Filters")
                                                                : _("New Job"));
}

static char *
describe_total (RfiTablePage *self,
                guint         n_shown)
{
  guint n_selected = rfi_job_selection_get_n (self->selection);
  g_autofree char *jobs = g_strdup_printf (ngettext ("%'u job", "%'u jobs", n_shown), n_shown);
  g_autofree char *selected = NULL;

  if (rfi_job_sheet_get_sorting (self->sheet))
    /* translators: %s is such as "62 jobs" */
    return g_strdup_printf (_("%s · sorting…"), jobs);
  if (n_selected < 2)
    return g_steal_pointer (&jobs);

  selected = g_strdup_printf (ngettext ("%'u selected", "%'u selected", n_selected), n_selected);
  /* translators: such as "62 jobs · 3 selected" */
  return g_strdup_printf (_("%s · %s"), jobs, selected);
}

static void
update_words (RfiTablePage *self)
{
  guint n_shown, n_hidden;
  gboolean loading = FALSE;
  g_autofree char *hidden = NULL;
  g_autofree char *total = NULL;

  if (self->sheet == NULL)
    return;

  n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->sheet));
  n_hidden = rfi_job_sheet_get_n_hidden (self->sheet);
  if (self->session != NULL)
    g_object_get (self->session, "loading", &loading, NULL);
  if (n_hidden > 0)
    hidden = g_strdup_printf (ngettext ("%'u job hidden by filters", "%'u jobs hidden by filters",
                                        n_hidden), n_hidden);
  total = describe_total (self, n_shown);
  gtk_label_set_label (GTK_LABEL (self->hidden), hidden != NULL ? hidden : "");
  gtk_widget_set_visible (self->hidden, hidden != NULL && !self->narrow);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  if (n_shown == 0 && !loading)
    show_empty (self, n_hidden);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    n_shown == 0 && !loading ? "empty" : "table");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.export", n_shown > 0);
}

static void
update_cb (gpointer user_data)
{
  RfiTablePage *self = user_data;

  self->update_source = 0;
  update_words (self);
}

static void
queue_update (RfiTablePage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_once (update_cb, self);
}

static void
remedy_cb (RfiTablePage *self)
{
  if (self->sheet != NULL && rfi_job_sheet_get_n_hidden (self->sheet) > 0)
    rfi_job_filter_clear (self->filter);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.new-job", NULL);
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *target)
{
  RfiTablePage *self = RFI_TABLE_PAGE (widget);

  rfi_table_exporter_choose (self->exporter, self->sheet, self->layout);
}

/* The jobs */

static void
sorting_cb (RfiTablePage *self)
{
  if (!rfi_job_sheet_get_sorting (self->sheet))
    rfi_table_view_scroll_home (self->view);
  queue_update (self);
}

static void
sort (RfiTablePage *self)
{
  if (self->sheet == NULL)
    return;

  rfi_job_sheet_set_sorter (self->sheet, rfi_table_layout_get_sorter (self->layout));
  if (!rfi_job_sheet_get_sorting (self->sheet))
    rfi_table_view_scroll_home (self->view);
}

static void
filter_changed_cb (RfiTablePage *self)
{
  rfi_table_view_set_sought (self->view, rfi_job_filter_get_text (self->filter));
  rfi_table_view_scroll_home (self->view);
  queue_update (self);
}

static void
drop_sheet (RfiTablePage *self)
{
  rfi_table_view_set_sheet (self->view, NULL, NULL);
  if (self->sheet != NULL)
    g_signal_handlers_disconnect_by_data (self->sheet, self);
  g_clear_object (&self->sheet);
}

static void
make_sheet (RfiTablePage *self)
{
  if (self->sheet != NULL || self->jobs == NULL || self->filter == NULL ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->sheet = rfi_job_sheet_new (self->jobs, self->filter);
  g_signal_connect_object (self->sheet, "notify::sorting", G_CALLBACK (sorting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "notify", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  rfi_table_view_set_sheet (self->view, self->session, self->sheet);
  sort (self);
  update_words (self);
}

/* Another account, or other jobs. */
static void
start_anew (RfiTablePage *self)
{
  drop_sheet (self);
  rfi_filter_chips_set (self->chips, self->session, self->filter);
  make_sheet (self);
}

/* Whose arrangement of columns it is: not to be read in the settings. */
static char *
get_account (RfiTablePage *self)
{
  g_autofree char *account = NULL;

  if (self->session == NULL)
    return NULL;

  account = g_strdup_printf ("%s %s", rfi_session_get_user (self->session)->id,
                             rfi_session_get_server_url (self->session));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);
}

static void
set_session (RfiTablePage *self,
             RfiSession   *session)
{
  RfiJobTable *jobs = session != NULL ? rfi_session_get_jobs (session) : NULL;
  g_autofree char *account = NULL;

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, queue_update, self);
  g_set_object (&self->session, session);
  g_set_object (&self->jobs, jobs);
  if (session != NULL)
    g_signal_connect_object (session, "notify::loading", G_CALLBACK (queue_update), self,
                             G_CONNECT_SWAPPED);
  drop_sheet (self);
  account = get_account (self);
  rfi_table_layout_set_account (self->layout, account);
  start_anew (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
set_filter (RfiTablePage *self,
            RfiJobFilter *filter)
{
  if (self->filter == filter)
    return;

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, filter_changed_cb, self);
  g_set_object (&self->filter, filter);
  if (filter != NULL)
    g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                             G_CONNECT_SWAPPED);
  rfi_table_view_set_sought (self->view, filter != NULL ? rfi_job_filter_get_text (filter) : "");
  start_anew (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
set_selection (RfiTablePage    *self,
               RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_JOB_SELECTION (selection));

  if (self->selection == selection)
    return;

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_func (self->selection, queue_update, self);
  g_set_object (&self->selection, selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  rfi_table_view_set_selection (self->view, selection);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

/* The widget */

static void
rfi_table_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rfi_table_page_parent_class)->map (widget);

  make_sheet (RFI_TABLE_PAGE (widget));
}

static void
arrange (RfiTablePage *self)
{
  gtk_widget_set_visible (self->total, !self->narrow);
  rfi_table_view_set_narrow (self->view, self->narrow);
  queue_update (self);
}

static void
rfi_table_page_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  gtk_widget_measure (RFI_TABLE_PAGE (widget)->content, orientation, for_size,
                      minimum, natural, NULL, NULL);
}

static void
rfi_table_page_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  RfiTablePage *self = RFI_TABLE_PAGE (widget);
  double scale = rfi_table_view_get_text_scale (self->view);
  gboolean narrow = width < NARROW_WIDTH * MAX (1, scale);

  if (self->narrow != narrow)
    {
      self->narrow = narrow;
      arrange (self);
    }
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

static void
rfi_table_page_dispose (GObject *object)
{
  RfiTablePage *self = RFI_TABLE_PAGE (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->view != NULL)
    drop_sheet (self);
  g_clear_object (&self->jobs);
  g_clear_object (&self->filter);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_TABLE_PAGE);

  G_OBJECT_CLASS (rfi_table_page_parent_class)->dispose (object);
}

static void
rfi_table_page_finalize (GObject *object)
{
  g_object_unref (RFI_TABLE_PAGE (object)->selection);

  G_OBJECT_CLASS (rfi_table_page_parent_class)->finalize (object);
}

static void
rfi_table_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RfiTablePage *self = RFI_TABLE_PAGE (object);

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
rfi_table_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  RfiTablePage *self = RFI_TABLE_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      set_filter (self, g_value_get_object (value));
      break;

    case PROP_SELECTION:
      set_selection (self, g_value_get_object (value));
      break;

    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
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
rfi_table_page_class_init (RfiTablePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_table_page_dispose;
  object_class->finalize = rfi_table_page_finalize;
  object_class->get_property = rfi_table_page_get_property;
  object_class->set_property = rfi_table_page_set_property;
  widget_class->map = rfi_table_page_map;
  widget_class->measure = rfi_table_page_measure;
  widget_class->size_allocate = rfi_table_page_size_allocate;
  install_properties (object_class);

  g_type_ensure (RFI_TYPE_FILTER_CHIPS);
  g_type_ensure (RFI_TYPE_TABLE_CHOOSER);
  g_type_ensure (RFI_TYPE_TABLE_EXPORTER);
  g_type_ensure (RFI_TYPE_TABLE_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/table/rfi-table-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, content);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, chooser);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, chips);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, hidden);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, total);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, view);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, remedy);
  gtk_widget_class_bind_template_child (widget_class, RfiTablePage, exporter);
  gtk_widget_class_bind_template_callback (widget_class, remedy_cb);
  gtk_widget_class_install_action (widget_class, "table.export", NULL, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "table.export",
                                       NULL);
}

static void
rfi_table_page_init (RfiTablePage *self)
{
  g_autoptr(RfiJobSelection) selection = rfi_job_selection_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->layout = rfi_table_view_get_layout (self->view);
  rfi_table_chooser_set_layout (self->chooser, self->layout);
  g_signal_connect_object (self->layout, "sorted", G_CALLBACK (sort), self, G_CONNECT_SWAPPED);
  set_selection (self, selection);
}

GtkWidget *
rfi_table_page_new (void)
{
  return g_object_new (RFI_TYPE_TABLE_PAGE, NULL);
}

void
rfi_table_page_set_jobs (RfiTablePage *self,
                         RfiJobTable  *jobs)
{
  g_return_if_fail (RFI_IS_TABLE_PAGE (self));

  if (g_set_object (&self->jobs, jobs))
    start_anew (self);
}

void
rfi_table_page_save (RfiTablePage *self,
                     GFile        *file)
{
  g_return_if_fail (RFI_IS_TABLE_PAGE (self));
  g_return_if_fail (self->sheet != NULL);

  rfi_table_exporter_save (self->exporter, self->sheet, self->layout, file);
}

RfiTableView *
rfi_table_page_get_view (RfiTablePage *self)
{
  g_return_val_if_fail (RFI_IS_TABLE_PAGE (self), NULL);

  return self->view;
}
