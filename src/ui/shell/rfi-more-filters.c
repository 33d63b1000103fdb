/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-more-filters"

#include "config.h"

#include "rfi-more-filters.h"

#include "rfi-filter-words.h"
#include "rfi-record-item.h"

#include <glib/gi18n.h>

struct _RfiMoreFilters
{
  AdwBin         parent_instance;

  RfiJobFilter  *filter;    /* (owned) (nullable) */
  RfiSession    *session;   /* (owned) (nullable) */
  GPtrArray     *vendors;   /* (element-type utf8): ids, as the choice lists them after "all" */
  gboolean       updating;  /* the filter is being shown, not changed */
  gboolean       stale;     /* there are other vendors than those to choose from */

  GtkEditable   *place;
  GtkDropDown   *age;
  GtkDropDown   *photos;
  GtkDropDown   *schedule;
  GtkDropDown   *vendor;
  GtkWidget     *vendor_box;
};

G_DEFINE_FINAL_TYPE (RfiMoreFilters, rfi_more_filters, ADW_TYPE_BIN)

static const guint ages[] = { 0, 1, 4, 24, 72, 168 };  /* hours */

/* What the widgets say, all at once: the filter tells of what has changed. */
static void
changed_cb (RfiMoreFilters *self)
{
  RfiJobCriteria criteria = { 0 };
  guint vendor = gtk_drop_down_get_selected (self->vendor);
  g_autofree char *place = NULL;

  if (self->updating || self->filter == NULL)
    return;

  place = g_strstrip (g_strdup (gtk_editable_get_text (self->place)));
  rfi_job_criteria_copy (rfi_job_filter_get_criteria (self->filter), &criteria);
  g_clear_pointer (&criteria.place, g_free);
  criteria.place = *place != '\0' ? g_steal_pointer (&place) : NULL;
  criteria.older_hours = ages[gtk_drop_down_get_selected (self->age)];
  criteria.photos = (RfiPhotosWanted) gtk_drop_down_get_selected (self->photos);
  criteria.schedule = (RfiScheduleWanted) gtk_drop_down_get_selected (self->schedule);
  rfi_job_filter_freeze (self->filter);
  rfi_job_filter_set_criteria (self->filter, &criteria);
  rfi_job_filter_set_vendor (self->filter, vendor > 0 && vendor <= self->vendors->len
                                           ? g_ptr_array_index (self->vendors, vendor - 1) : NULL);
  rfi_job_filter_thaw (self->filter);
  rfi_job_criteria_clear (&criteria);
}

static guint
get_age (guint hours)
{
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    if (ages[i] >= hours)
      return i;
  return G_N_ELEMENTS (ages) - 1;
}

static guint
get_vendor (RfiMoreFilters *self)
{
  const char *vendor = rfi_job_filter_get_vendor (self->filter);

  for (guint i = 0; vendor != NULL && i < self->vendors->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->vendors, i), vendor) == 0)
      return i + 1;
  return 0;
}

static void
filter_changed_cb (RfiMoreFilters *self)
{
  const RfiJobCriteria *criteria = rfi_job_filter_get_criteria (self->filter);
  const char *place = criteria->place != NULL ? criteria->place : "";
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->place)));

  self->updating = TRUE;
  if (g_strcmp0 (typed, place) != 0)
    gtk_editable_set_text (self->place, place);
  gtk_drop_down_set_selected (self->age, get_age (criteria->older_hours));
  gtk_drop_down_set_selected (self->photos, criteria->photos);
  gtk_drop_down_set_selected (self->schedule, criteria->schedule);
  gtk_drop_down_set_selected (self->vendor, get_vendor (self));
  self->updating = FALSE;
}

/* A choice makes rows for what it offers at once, seen or not: with a thousand vendors it is filled
 * when it is first seen. */
static void
fill_vendors (RfiMoreFilters *self)
{
  GListModel *vendors = rfi_session_get_vendors (self->session);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  self->stale = FALSE;
  self->updating = TRUE;
  gtk_string_list_append (names, _("All vendors"));
  g_ptr_array_set_size (self->vendors, 0);
  for (guint i = 0; i < g_list_model_get_n_items (vendors); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (vendors, i);
      RfiUser *vendor = rfi_record_item_get (item);

      g_ptr_array_add (self->vendors, g_strdup (vendor->vendor_id));
      gtk_string_list_append (names, vendor->display_name);
    }
  gtk_drop_down_set_model (self->vendor, G_LIST_MODEL (names));
  self->updating = FALSE;
  if (self->filter != NULL)
    filter_changed_cb (self);
}

static void
vendor_shown_cb (RfiMoreFilters *self)
{
  if (self->stale && self->session != NULL)
    fill_vendors (self);
}

/* Only who sees several vendors may choose one. */
static void
update_vendors (RfiMoreFilters *self)
{
  GListModel *vendors = rfi_session_get_vendors (self->session);

  self->stale = TRUE;
  gtk_widget_set_visible (self->vendor_box,
                          rfi_session_get_user (self->session)->role == RFI_ROLE_ADMIN
                          && g_list_model_get_n_items (vendors) > 1);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->vendor)))
    fill_vendors (self);
}

/* The sidebar may be narrower than the longest of the words. */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkStringObject *name = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (name));
}

static void
let_shrink (GtkDropDown *choice)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_factory (choice, factory);
}

typedef char *(*Describe) (guint value);

static void
fill (RfiMoreFilters *self,
      GtkDropDown    *choice,
      guint           n_values,
      Describe        describe)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < n_values; i++)
    gtk_string_list_take (names, describe (i));
  let_shrink (choice);
  gtk_drop_down_set_model (choice, G_LIST_MODEL (names));
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static char *
describe_age (guint i)
{
  return rfi_filter_words_age (ages[i]);
}

static char *
describe_photos (guint i)
{
  return g_strdup (rfi_filter_words_photos ((RfiPhotosWanted) i));
}

static char *
describe_schedule (guint i)
{
  return g_strdup (rfi_filter_words_schedule ((RfiScheduleWanted) i));
}

static void
rfi_more_filters_dispose (GObject *object)
{
  RfiMoreFilters *self = RFI_MORE_FILTERS (object);

  g_clear_object (&self->filter);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_more_filters_parent_class)->dispose (object);
}

static void
rfi_more_filters_finalize (GObject *object)
{
  g_ptr_array_unref (RFI_MORE_FILTERS (object)->vendors);

  G_OBJECT_CLASS (rfi_more_filters_parent_class)->finalize (object);
}

static void
rfi_more_filters_class_init (RfiMoreFiltersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_more_filters_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_more_filters_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-more-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiMoreFilters, place);
  gtk_widget_class_bind_template_child (widget_class, RfiMoreFilters, age);
  gtk_widget_class_bind_template_child (widget_class, RfiMoreFilters, photos);
  gtk_widget_class_bind_template_child (widget_class, RfiMoreFilters, schedule);
  gtk_widget_class_bind_template_child (widget_class, RfiMoreFilters, vendor);
  gtk_widget_class_bind_template_child (widget_class, RfiMoreFilters, vendor_box);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rfi_more_filters_init (RfiMoreFilters *self)
{
  self->vendors = g_ptr_array_new_with_free_func (g_free);

  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self, self->age, G_N_ELEMENTS (ages), describe_age);
  fill (self, self->photos, RFI_N_PHOTOS_WANTED, describe_photos);
  fill (self, self->schedule, RFI_N_SCHEDULES_WANTED, describe_schedule);
  let_shrink (self->vendor);
  g_signal_connect_object (self->vendor, "map", G_CALLBACK (vendor_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->vendor, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
rfi_more_filters_set_filter (RfiMoreFilters *self,
                             RfiJobFilter   *filter)
{
  g_return_if_fail (RFI_IS_MORE_FILTERS (self));

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, filter_changed_cb, self);
  g_set_object (&self->filter, filter);
  if (filter == NULL)
    return;

  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  filter_changed_cb (self);
}

void
rfi_more_filters_set_session (RfiMoreFilters *self,
                              RfiSession     *session)
{
  g_return_if_fail (RFI_IS_MORE_FILTERS (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (rfi_session_get_vendors (self->session),
                                          update_vendors, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (rfi_session_get_vendors (session), "items-changed",
                           G_CALLBACK (update_vendors), self, G_CONNECT_SWAPPED);
  update_vendors (self);
}
