/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sidebar"

#include "config.h"

#include "rfi-sidebar.h"

#include "rfi-filter-row.h"
#include "rfi-job-table.h"
#include "rfi-more-filters.h"
#include "rfi-record-item.h"
#include "rfi-views-box.h"
#include "rfi-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Counting 100,000 jobs takes milliseconds; no burst of changes makes it happen more often. */
#define COUNT_DELAY       400  /* ms */
#define FIRST_COUNT_DELAY 20   /* ms, while there is nothing yet */
#define SHOWN_TECHNICIANS 5
#define ALL_TECHNICIANS   60

struct _RfiSidebar
{
  AdwBin          parent_instance;

  RfiSession     *session;       /* (owned) (nullable) */
  RfiJobFilter   *filter;        /* (owned) (nullable) */
  RfiJobCounts    counts;
  guint           count_source;
  gboolean        updating;      /* the filter is being shown, not changed */
  gboolean        stale;         /* the numbers shown, whatever was counted since */
  gboolean        all_technicians;
  RfiFilterRow   *priority[RFI_N_PRIORITIES];
  RfiFilterRow   *status[RFI_N_STATUSES];
  RfiFilterRow   *mark[RFI_MARK_CONFLICT + 1];

  RfiViewsBox    *views;
  GtkWidget      *clear;
  GtkBox         *priorities;
  GtkBox         *statuses;
  GtkBox         *marks;
  GtkWidget      *find_technician;
  GtkBox         *technicians;
  GtkButton      *more;
  RfiMoreFilters *more_filters;
};

G_DEFINE_FINAL_TYPE (RfiSidebar, rfi_sidebar, ADW_TYPE_BIN)

/* Counts */

static void update_technicians (RfiSidebar *self);

static void
count_cb (gpointer user_data)
{
  RfiSidebar *self = user_data;
  const RfiJobCounts *counts = &self->counts;
  RfiJobCounts before = self->counts;

  self->count_source = 0;
  if (self->session == NULL)
    return;

  self->counts = *rfi_job_table_get_counts (rfi_session_get_jobs (self->session));
  rfi_views_box_update (self->views);
  if (!self->stale && memcmp (&before, counts, sizeof before) == 0)
    return;

  self->stale = FALSE;
  for (int i = 0; i < RFI_N_PRIORITIES; i++)
    rfi_filter_row_set_count (self->priority[i], counts->open_priorities[i]);
  for (int i = 0; i < RFI_N_STATUSES; i++)
    rfi_filter_row_set_count (self->status[i], counts->statuses[i]);
  for (int i = RFI_MARK_SYNCING; i <= RFI_MARK_CONFLICT; i++)
    rfi_filter_row_set_count (self->mark[i], counts->marks[i]);
  update_technicians (self);
}

/* What is read from the cache is counted once it is there. */
static void
queue_count (RfiSidebar *self)
{
  gboolean loading = FALSE;

  if (self->session != NULL)
    g_object_get (self->session, "loading", &loading, NULL);
  if (!loading && self->count_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->count_source = g_timeout_add_once (self->counts.n_jobs == 0 ? FIRST_COUNT_DELAY
                                                                      : COUNT_DELAY,
                                             count_cb, self);
}

static void
people_changed_cb (RfiSidebar *self)
{
  self->stale = TRUE;
  queue_count (self);
}

/* Filters */

static void
priority_toggled_cb (RfiSidebar *self)
{
  guint bits = 0;

  if (self->updating || self->filter == NULL)
    return;

  for (int i = 0; i < RFI_N_PRIORITIES; i++)
    if (rfi_filter_row_get_active (self->priority[i]))
      bits |= 1u << i;
  rfi_job_filter_set_priorities (self->filter, bits);
}

static void
status_toggled_cb (RfiSidebar *self)
{
  guint bits = 0;

  if (self->updating || self->filter == NULL)
    return;

  for (int i = 0; i < RFI_N_STATUSES; i++)
    if (rfi_filter_row_get_active (self->status[i]))
      bits |= 1u << i;
  rfi_job_filter_set_statuses (self->filter, bits);
}

static void
mark_toggled_cb (RfiSidebar *self)
{
  guint bits = 0;

  if (self->updating || self->filter == NULL)
    return;

  for (int i = RFI_MARK_SYNCING; i <= RFI_MARK_CONFLICT; i++)
    if (rfi_filter_row_get_active (self->mark[i]))
      bits |= 1u << i;
  rfi_job_filter_set_marks (self->filter, bits);
}

static void
technician_toggled_cb (RfiSidebar   *self,
                       GParamSpec   *pspec,
                       RfiFilterRow *row)
{
  if (!self->updating && self->filter != NULL)
    rfi_job_filter_set_technician (self->filter, gtk_widget_get_name (GTK_WIDGET (row)),
                                   rfi_filter_row_get_active (row));
}

static RfiFilterRow *
add_row (RfiSidebar *self,
         GtkBox     *box,
         GtkWidget  *row,
         GCallback   toggled)
{
  g_signal_connect_object (row, "notify::active", toggled, self, G_CONNECT_SWAPPED);
  gtk_box_append (box, row);
  return RFI_FILTER_ROW (row);
}

static void
add_rows (RfiSidebar *self)
{
  for (int i = RFI_N_PRIORITIES - 1; i >= 0; i--)
    self->priority[i] = add_row (self, self->priorities,
                                 rfi_filter_row_new (rfi_words_priority_icon (i),
                                                     rfi_words_priority (i),
                                                     rfi_words_priority_class (i)),
                                 G_CALLBACK (priority_toggled_cb));
  for (int i = 0; i < RFI_N_STATUSES; i++)
    self->status[i] = add_row (self, self->statuses,
                               rfi_filter_row_new (rfi_words_status_icon (i), rfi_words_status (i),
                                                   rfi_words_status_class (i)),
                               G_CALLBACK (status_toggled_cb));
  for (int i = RFI_MARK_CONFLICT; i >= RFI_MARK_SYNCING; i--)
    self->mark[i] = add_row (self, self->marks,
                             rfi_filter_row_new (rfi_words_mark_icon (i), rfi_words_mark (i), NULL),
                             G_CALLBACK (mark_toggled_cb));
}

/* Technicians: those chosen and those with most to do first */

typedef struct
{
  RfiUser  *user;    /* (unowned) */
  guint     n_open;
  gboolean  chosen;
} Candidate;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *two = b;

  if (one->chosen != two->chosen)
    return one->chosen ? -1 : 1;
  if (one->n_open != two->n_open)
    return one->n_open > two->n_open ? -1 : 1;
  return g_utf8_collate (one->user->display_name, two->user->display_name);
}

static gboolean
is_wanted (const RfiUser *user,
           const char    *wanted)
{
  g_autofree char *name = NULL;

  if (wanted[0] == '\0')
    return TRUE;

  name = g_utf8_casefold (user->display_name, -1);
  return strstr (name, wanted) != NULL;
}

/* Keeps the first @limit only: an administrator has thousands of technicians and sees five. */
static void
insert_candidate (GArray          *candidates,
                  const Candidate *candidate,
                  guint            limit)
{
  guint position = candidates->len;

  for (; position > 0; position--)
    if (compare_candidates (candidate, &g_array_index (candidates, Candidate, position - 1)) >= 0)
      break;
  if (position >= limit)
    return;

  g_array_insert_vals (candidates, position, candidate, 1);
  if (candidates->len > limit)
    g_array_set_size (candidates, limit);
}

/* @n_found: (out): how many there are beyond those that are listed too */
static GArray *
list_candidates (RfiSidebar *self,
                 guint      *n_found)
{
  GListModel *people = rfi_session_get_technicians (self->session);
  RfiJobTable *jobs = rfi_session_get_jobs (self->session);
  guint limit = self->all_technicians ? ALL_TECHNICIANS : SHOWN_TECHNICIANS;
  g_autofree char *wanted = NULL;
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  *n_found = 0;
  wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->find_technician)), -1);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (people, i);
      Candidate candidate = { .user = rfi_record_item_get (item) };

      if (!is_wanted (candidate.user, wanted))
        continue;

      candidate.n_open = rfi_job_table_count_open (jobs, candidate.user->id);
      candidate.chosen = self->filter != NULL
                         && rfi_job_filter_has_technician (self->filter, candidate.user->id);
      insert_candidate (candidates, &candidate, limit);
      *n_found += 1;
    }
  return candidates;
}

/* @row: (nullable): none */
static void
remove_from (GtkBox    *box,
             GtkWidget *row)
{
  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      gtk_box_remove (box, row);
      row = next;
    }
}

static gboolean
stands_for (GtkWidget       *row,
            const Candidate *candidate)
{
  return g_str_equal (gtk_widget_get_name (row), candidate->user->id)
         && g_strcmp0 (rfi_filter_row_get_label (RFI_FILTER_ROW (row)),
                       candidate->user->display_name) == 0
         && rfi_filter_row_get_active (RFI_FILTER_ROW (row)) == candidate->chosen;
}

static GtkWidget *
make_candidate (RfiSidebar      *self,
                const Candidate *candidate)
{
  GtkWidget *row = rfi_filter_row_new_person (candidate->user->display_name);

  gtk_widget_set_name (row, candidate->user->id);
  rfi_filter_row_set_active (RFI_FILTER_ROW (row), candidate->chosen);
  add_row (self, self->technicians, row, G_CALLBACK (technician_toggled_cb));
  return row;
}

/* Counts change with nearly every job, people seldom: only from the first other one on are rows
 * made anew. */
static void
show_candidates (RfiSidebar *self,
                 GArray     *candidates,
                 guint       n_found)
{
  guint n_more = n_found - candidates->len;
  g_autofree char *label = NULL;
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->technicians));

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (row == NULL || !stands_for (row, candidate))
        {
          remove_from (self->technicians, row);
          row = make_candidate (self, candidate);
        }
      rfi_filter_row_set_count (RFI_FILTER_ROW (row), candidate->n_open);
      row = gtk_widget_get_next_sibling (row);
    }
  remove_from (self->technicians, row);

  label = g_strdup_printf (ngettext ("%u more…", "%u more…", n_more), n_more);
  gtk_button_set_label (self->more, label);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0 && !self->all_technicians);
}

/* The rows that are there say what the filter says. */
static void
update_ticks (RfiSidebar *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->technicians));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    rfi_filter_row_set_active (RFI_FILTER_ROW (row),
                               rfi_job_filter_has_technician (self->filter,
                                                              gtk_widget_get_name (row)));
}

/* A person ticks one of the rows: it keeps its place, and the focus, until the list is next
 * made anew. */
static gboolean
holds_focus (RfiSidebar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->technicians));
}

static void
update_technicians (RfiSidebar *self)
{
  g_autoptr(GArray) candidates = NULL;
  guint n_found;

  if (self->session == NULL)
    return;
  if (holds_focus (self))
    {
      /* The next time somebody counts, even if nothing changed since. */
      self->stale = TRUE;
      return;
    }

  candidates = list_candidates (self, &n_found);
  show_candidates (self, candidates, n_found);
}

static void
more_cb (RfiSidebar *self)
{
  self->all_technicians = TRUE;
  update_technicians (self);
}

static void
clear_cb (RfiSidebar *self)
{
  if (self->filter != NULL)
    rfi_job_filter_clear (self->filter);
}

static void
filter_changed_cb (RfiSidebar *self)
{
  gboolean active;

  self->updating = TRUE;
  for (guint i = 0; i < RFI_N_PRIORITIES; i++)
    rfi_filter_row_set_active (self->priority[i],
                               rfi_job_filter_get_priorities (self->filter) >> i & 1);
  for (guint i = 0; i < RFI_N_STATUSES; i++)
    rfi_filter_row_set_active (self->status[i],
                               rfi_job_filter_get_statuses (self->filter) >> i & 1);
  for (guint i = RFI_MARK_SYNCING; i <= RFI_MARK_CONFLICT; i++)
    rfi_filter_row_set_active (self->mark[i], rfi_job_filter_get_marks (self->filter) >> i & 1);
  update_ticks (self);
  self->updating = FALSE;

  g_object_get (self->filter, "active", &active, NULL);
  gtk_widget_set_sensitive (self->clear, active);
}

static void
rfi_sidebar_map (GtkWidget *widget)
{
  RfiSidebar *self = RFI_SIDEBAR (widget);

  GTK_WIDGET_CLASS (rfi_sidebar_parent_class)->map (widget);

  g_clear_handle_id (&self->count_source, g_source_remove);
  count_cb (self);
}

static void
rfi_sidebar_dispose (GObject *object)
{
  RfiSidebar *self = RFI_SIDEBAR (object);

  g_clear_handle_id (&self->count_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_sidebar_parent_class)->dispose (object);
}

static void
rfi_sidebar_class_init (RfiSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_sidebar_dispose;
  widget_class->map = rfi_sidebar_map;

  g_type_ensure (RFI_TYPE_MORE_FILTERS);
  g_type_ensure (RFI_TYPE_VIEWS_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, views);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, clear);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, priorities);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, statuses);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, marks);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, find_technician);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, technicians);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, more);
  gtk_widget_class_bind_template_child (widget_class, RfiSidebar, more_filters);
  gtk_widget_class_bind_template_callback (widget_class, update_technicians);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
rfi_sidebar_init (RfiSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
}

void
rfi_sidebar_set_filter (RfiSidebar   *self,
                        RfiJobFilter *filter)
{
  g_return_if_fail (RFI_IS_SIDEBAR (self));

  if (self->filter == filter)
    return;

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, filter_changed_cb, self);
  g_set_object (&self->filter, filter);
  rfi_views_box_set_filter (self->views, filter);
  rfi_more_filters_set_filter (self->more_filters, filter);
  if (filter == NULL)
    return;

  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  filter_changed_cb (self);
}

void
rfi_sidebar_set_session (RfiSidebar *self,
                         RfiSession *session)
{
  g_return_if_fail (RFI_IS_SIDEBAR (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, queue_count, self);
      g_signal_handlers_disconnect_by_func (rfi_session_get_jobs (self->session),
                                            queue_count, self);
    }
  g_set_object (&self->session, session);
  rfi_views_box_set_session (self->views, session);
  rfi_more_filters_set_session (self->more_filters, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify", G_CALLBACK (queue_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rfi_session_get_jobs (session), "notify", G_CALLBACK (queue_count),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rfi_session_get_technicians (session), "items-changed",
                           G_CALLBACK (people_changed_cb), self, G_CONNECT_SWAPPED);
  people_changed_cb (self);
}
