/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-bar"

#include "config.h"

#include "rfi-history-bar.h"

#include "rfi-job-day.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

/* The row of the drop-down of ranges that lets days be chosen. */
#define CHOSEN_DAYS 4

/* On a chip, in characters. */
#define MOST_SHOWN 28

struct _RfiHistoryBar
{
  AdwBin           parent_instance;

  RfiSession      *session;  /* (owned) (nullable) */
  GPtrArray       *people;   /* (owned) (element-type utf8): ids, as in the drop-down, without its
                                first row */
  char            *job_id;   /* (owned) (nullable): the one that is asked for */
  char            *device_id; /* (owned) (nullable): likewise */
  gboolean         setting;  /* several parts are being set */
  gboolean         narrow;

  GtkWidget       *search;   /* template children, from here on */
  GtkToggleButton *more;
  GtkDropDown     *range;
  GtkDropDown     *person;
  GtkDropDown     *kind;
  GtkDropDown     *from;
  GtkWidget       *range_choice;
  GtkWidget       *person_choice;
  GtkWidget       *kind_choice;
  GtkWidget       *from_choice;
  GtkWidget       *days;
  GtkMenuButton   *first;
  GtkMenuButton   *last;
  GtkCalendar     *first_day;
  GtkCalendar     *last_day;
  GtkWidget       *chips;
};

G_DEFINE_FINAL_TYPE (RfiHistoryBar, rfi_history_bar, ADW_TYPE_BIN)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void show_chips (RfiHistoryBar *self);

static void
show_choices (RfiHistoryBar *self)
{
  gboolean choices = !self->narrow || gtk_toggle_button_get_active (self->more);

  gtk_widget_set_visible (GTK_WIDGET (self->more), self->narrow);
  gtk_widget_set_visible (self->range_choice, choices);
  gtk_widget_set_visible (self->person_choice, choices);
  gtk_widget_set_visible (self->kind_choice, choices);
  gtk_widget_set_visible (self->from_choice, choices);
  gtk_widget_set_visible (self->days,
                          choices && gtk_drop_down_get_selected (self->range) == CHOSEN_DAYS);
}

static void
changed_cb (RfiHistoryBar *self)
{
  if (self->setting)
    return;

  show_choices (self);
  show_chips (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Days */

static void
show_day (GtkMenuButton *button,
          GtkCalendar   *calendar)
{
  g_autoptr(GDateTime) day = gtk_calendar_get_date (calendar);
  /* translators: a date as it is written without the time */
  g_autofree char *words = g_date_time_format (day, _("%a %-e %B %Y"));

  gtk_menu_button_set_label (button, words);
}

/* What was chosen first gives way to what is chosen now. */
static void
first_day_cb (RfiHistoryBar *self)
{
  g_autoptr(GDateTime) first = gtk_calendar_get_date (self->first_day);
  g_autoptr(GDateTime) last = gtk_calendar_get_date (self->last_day);

  if (g_date_time_compare (last, first) < 0)
    gtk_calendar_select_day (self->last_day, first);
  show_day (self->first, self->first_day);
  changed_cb (self);
}

static void
last_day_cb (RfiHistoryBar *self)
{
  g_autoptr(GDateTime) first = gtk_calendar_get_date (self->first_day);
  g_autoptr(GDateTime) last = gtk_calendar_get_date (self->last_day);

  if (g_date_time_compare (last, first) < 0)
    gtk_calendar_select_day (self->first_day, last);
  show_day (self->last, self->last_day);
  changed_cb (self);
}

/* The beginning of the day that is @days later, in ms since 1970, in the person's time zone. */
static gint64
find_midnight (GDateTime *day,
               int        days)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) later = g_date_time_add_days (day, days);

  return rfi_job_day_get_start (zone, g_date_time_to_unix (later) * 1000);
}

static void
read_range (RfiHistoryBar   *self,
            RfiHistoryQuery *query)
{
  static const int days[] = { -1, 0, 6, 29 };
  guint selected = gtk_drop_down_get_selected (self->range);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) first = gtk_calendar_get_date (self->first_day);
  g_autoptr(GDateTime) last = gtk_calendar_get_date (self->last_day);

  if (selected == CHOSEN_DAYS)
    {
      query->since = find_midnight (first, 0);
      query->until = find_midnight (last, 1);
    }
  else if (selected < G_N_ELEMENTS (days) && days[selected] >= 0)
    {
      query->since = find_midnight (now, -days[selected]);
    }
}

/* What is asked */

/* The person whose entries are wanted, %NULL: everybody's. */
static const char *
get_person (RfiHistoryBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->person);

  return selected != GTK_INVALID_LIST_POSITION && selected > 0 && selected <= self->people->len
           ? g_ptr_array_index (self->people, selected - 1) : NULL;
}

RfiHistoryQuery *
rfi_history_bar_dup_query (RfiHistoryBar *self)
{
  const char *text;
  RfiHistoryQuery query = { 0 };

  g_return_val_if_fail (RFI_IS_HISTORY_BAR (self), NULL);

  text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  query.text = *text != '\0' ? (char *) text : NULL;
  query.user_id = (char *) get_person (self);
  query.job_id = self->job_id;
  query.device_id = self->device_id;
  query.kind = (RfiHistoryKind) gtk_drop_down_get_selected (self->kind);
  query.from = (RfiHistoryFrom) gtk_drop_down_get_selected (self->from);
  read_range (self, &query);
  return rfi_history_query_copy (&query);
}

/* Chips */

static void
forget_job_cb (RfiHistoryBar *self)
{
  g_clear_pointer (&self->job_id, g_free);
  changed_cb (self);
}

static void
forget_device_cb (RfiHistoryBar *self)
{
  g_clear_pointer (&self->device_id, g_free);
  changed_cb (self);
}

static void
reset_cb (GtkDropDown *choice)
{
  gtk_drop_down_set_selected (choice, 0);
}

/* What could be narrower would be: chips that wrap say what they have to say. */
static char *
shorten (const char *label)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (label, -1) <= MOST_SHOWN)
    return g_strdup (label);

  start = g_utf8_substring (label, 0, MOST_SHOWN - 1);
  return g_strconcat (start, "…", NULL);
}

/* @taken_off: called with @object when it is clicked */
static void
add_chip (RfiHistoryBar *self,
          const char    *label,
          GCallback      taken_off,
          gpointer       object)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *start = shorten (label);
  GtkWidget *chip = gtk_button_new ();
  /* translators: %s is a filter such as "Priority: Urgent" */
  g_autofree char *description = g_strdup_printf (_("Remove filter %s"), label);

  gtk_box_append (GTK_BOX (content), gtk_label_new (start));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_set_tooltip_text (chip, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_add_css_class (chip, "rfi-chip");
  g_signal_connect_object (chip, "clicked", taken_off, object, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->chips), chip);
}

static void
add_choice (RfiHistoryBar *self,
            GtkDropDown   *choice)
{
  GtkStringObject *row = gtk_drop_down_get_selected_item (choice);

  if (row != NULL && gtk_drop_down_get_selected (choice) != 0)
    add_chip (self, gtk_string_object_get_string (row), G_CALLBACK (reset_cb), choice);
}

static void
add_device_chip (RfiHistoryBar *self)
{
  g_autofree char *start = g_strndup (self->device_id, 8);
  /* translators: %s is the beginning of a device's id */
  g_autofree char *label = g_strdup_printf (_("Device %s"), start);

  add_chip (self, label, G_CALLBACK (forget_device_cb), self);
}

static void
show_chips (RfiHistoryBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);

  if (self->job_id != NULL && self->session != NULL)
    {
      RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (self->session),
                                                 self->job_id);

      add_chip (self, state != NULL ? state->work->title : _("A job that is gone"),
                G_CALLBACK (forget_job_cb), self);
    }
  if (self->device_id != NULL)
    add_device_chip (self);
  add_choice (self, self->range);
  add_choice (self, self->person);
  add_choice (self, self->kind);
  add_choice (self, self->from);
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
}

/* People */

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  RfiHistoryBar *self = user_data;

  return g_utf8_collate (rfi_session_get_name (self->session, *(const char *const *) a),
                         rfi_session_get_name (self->session, *(const char *const *) b));
}

static void
add_person (RfiHistoryBar *self,
            const char    *user_id)
{
  if (!g_ptr_array_find_with_equal_func (self->people, user_id, g_str_equal, NULL))
    g_ptr_array_add (self->people, g_strdup (user_id));
}

/* Oneself, the technicians, and @user_id (nullable); there is no other list of people. */
static void
fill_people (RfiHistoryBar *self,
             const char    *user_id)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *technicians = rfi_session_get_technicians (self->session);
  guint selected = 0;

  g_ptr_array_set_size (self->people, 0);
  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);

      add_person (self, ((RfiUser *) rfi_record_item_get (item))->id);
    }
  add_person (self, rfi_session_get_user (self->session)->id);
  if (user_id != NULL)
    add_person (self, user_id);
  g_ptr_array_sort_with_data (self->people, compare_names, self);

  gtk_string_list_append (names, _("Everybody"));
  for (guint i = 0; i < self->people->len; i++)
    {
      const char *id = g_ptr_array_index (self->people, i);

      gtk_string_list_append (names, rfi_session_get_name (self->session, id));
      if (g_strcmp0 (id, user_id) == 0)
        selected = i + 1;
    }
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->person, selected);
}

void
rfi_history_bar_look_for (RfiHistoryBar *self,
                          const char    *job_id,
                          const char    *user_id,
                          const char    *device_id)
{
  g_return_if_fail (RFI_IS_HISTORY_BAR (self));

  if (self->session == NULL)
    return;

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->range, 0);
  gtk_drop_down_set_selected (self->kind, 0);
  gtk_drop_down_set_selected (self->from, 0);
  fill_people (self, user_id);
  g_free (self->job_id);
  g_free (self->device_id);
  self->job_id = g_strdup (job_id);
  self->device_id = g_strdup (device_id);
  self->setting = FALSE;
  changed_cb (self);
}

void
rfi_history_bar_set_session (RfiHistoryBar *self,
                             RfiSession    *session)
{
  g_return_if_fail (RFI_IS_HISTORY_BAR (self));

  if (!g_set_object (&self->session, session) || session == NULL)
    return;

  self->setting = TRUE;
  g_clear_pointer (&self->job_id, g_free);
  g_clear_pointer (&self->device_id, g_free);
  fill_people (self, NULL);
  self->setting = FALSE;
  show_choices (self);
  show_chips (self);
}

void
rfi_history_bar_set_narrow (RfiHistoryBar *self,
                            gboolean       narrow)
{
  g_return_if_fail (RFI_IS_HISTORY_BAR (self));

  self->narrow = narrow;
  show_choices (self);
}

static void
rfi_history_bar_dispose (GObject *object)
{
  RfiHistoryBar *self = RFI_HISTORY_BAR (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->job_id, g_free);
  g_clear_pointer (&self->device_id, g_free);

  G_OBJECT_CLASS (rfi_history_bar_parent_class)->dispose (object);
}

static void
rfi_history_bar_class_init (RfiHistoryBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_history_bar_dispose;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_HISTORY_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/history/rfi-history-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, search);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, more);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, range);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, person);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, kind);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, from);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, range_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, person_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, kind_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, from_choice);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, days);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, first);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, last);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, first_day);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, last_day);
  gtk_widget_class_bind_template_child (widget_class, RfiHistoryBar, chips);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, last_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_choices);
}

static void
rfi_history_bar_init (RfiHistoryBar *self)
{
  self->people = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  show_day (self->first, self->first_day);
  show_day (self->last, self->last_day);
}
