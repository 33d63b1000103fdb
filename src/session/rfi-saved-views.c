/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-saved-views"

#include "config.h"

#include "rfi-saved-views.h"

#include "rfi-job-filter-parts.h"
#include "rfi-job-filter-text.h"
#include "rfi-saved-views-private.h"
#include "rfi-sealed-file.h"
#include "rfi-session-private.h"

#include <string.h>

#define FILE_NAME "views"
#define FORMAT    "aa{ss}"
#define LAST_ID   "last"

struct _RfiSavedViews
{
  GObject    parent_instance;

  char      *path;
  RfiSeal   *seal;   /* (owned) */
  GPtrArray *views;  /* (element-type RfiSavedView) */
  RfiJobFilter *last;  /* (owned) */
};

static GType
get_item_type (GListModel *model)
{
  return RFI_TYPE_SAVED_VIEW;
}

static guint
get_n_items (GListModel *model)
{
  return RFI_SAVED_VIEWS (model)->views->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *views = RFI_SAVED_VIEWS (model)->views;

  return position < views->len ? g_object_ref (g_ptr_array_index (views, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiSavedViews, rfi_saved_views, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The file */

static void
print_view (GVariantBuilder *builder,
            const char      *id,
            const char      *name,
            RfiJobFilter    *filter,
            gboolean         pinned)
{
  g_autofree char *text = rfi_job_filter_to_text (filter);

  g_variant_builder_open (builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (builder, "{ss}", "id", id);
  g_variant_builder_add (builder, "{ss}", "name", name);
  g_variant_builder_add (builder, "{ss}", "filter", text);
  if (pinned)
    g_variant_builder_add (builder, "{ss}", "pinned", "");
  g_variant_builder_close (builder);
}

/* The last filter is a view without a name. */
static GBytes *
print (GPtrArray    *views,
       RfiJobFilter *last)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (FORMAT));
  g_autoptr(GVariant) value = NULL;
  char *text;

  for (guint i = 0; i < views->len; i++)
    {
      RfiSavedView *view = g_ptr_array_index (views, i);

      print_view (&builder, rfi_saved_view_get_id (view), rfi_saved_view_get_name (view),
                  rfi_saved_view_get_filter (view), rfi_saved_view_get_pinned (view));
    }
  print_view (&builder, LAST_ID, "", last, FALSE);
  value = g_variant_ref_sink (g_variant_builder_end (&builder));
  text = g_variant_print (value, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

static void
parse_view (RfiSavedViews *self,
            GVariant      *value)
{
  g_autoptr(RfiJobFilter) filter = NULL;
  const char *id, *name, *text, *pinned;
  RfiSavedView *view;

  if (!g_variant_lookup (value, "id", "&s", &id) || !g_variant_lookup (value, "name", "&s", &name)
      || !g_variant_lookup (value, "filter", "&s", &text))
    return;

  filter = rfi_job_filter_from_text (text);
  if (filter == NULL)
    return;
  if (g_str_equal (id, LAST_ID))
    {
      g_set_object (&self->last, filter);
      return;
    }

  view = rfi_saved_view_new (id, name, filter);
  rfi_saved_view_set_pinned (view, g_variant_lookup (value, "pinned", "&s", &pinned));
  g_ptr_array_add (self->views, view);
}

static void
load (RfiSavedViews *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GBytes) content = rfi_sealed_file_read (self->seal, self->path, &error);
  g_autofree char *text = NULL;
  GVariantIter iter;
  GVariant *child;
  gsize size;

  if (content != NULL)
    {
      const char *data = g_bytes_get_data (content, &size);

      text = g_strndup (data, size);
      value = g_variant_parse (G_VARIANT_TYPE (FORMAT), text, NULL, NULL, &error);
    }
  if (value == NULL)
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_warning ("The saved views cannot be read: %s", error->message);
      return;
    }

  g_variant_iter_init (&iter, value);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      parse_view (self, child);
      g_variant_unref (child);
    }
}

/* Puts @views in the place of what there is, on disk first. @views: (transfer full) */
static gboolean
replace (RfiSavedViews  *self,
         GPtrArray      *views,
         GError        **error)
{
  g_autoptr(GPtrArray) owned = views;
  g_autoptr(GBytes) content = print (views, self->last);
  guint n_before = self->views->len;

  if (!rfi_sealed_file_write (self->seal, self->path, content, error))
    return FALSE;

  g_ptr_array_unref (self->views);
  self->views = g_steal_pointer (&owned);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->views->len);
  return TRUE;
}

static GPtrArray *
copy (RfiSavedViews *self)
{
  GPtrArray *views = g_ptr_array_copy (self->views, (GCopyFunc) (void (*) (void)) g_object_ref,
                                       NULL);

  g_ptr_array_set_free_func (views, g_object_unref);
  return views;
}

static int
find (RfiSavedViews *self,
      const char    *id)
{
  for (guint i = 0; i < self->views->len; i++)
    if (g_strcmp0 (rfi_saved_view_get_id (g_ptr_array_index (self->views, i)), id) == 0)
      return (int) i;
  return -1;
}

static void
rfi_saved_views_finalize (GObject *object)
{
  RfiSavedViews *self = RFI_SAVED_VIEWS (object);

  g_free (self->path);
  g_clear_pointer (&self->seal, rfi_seal_unref);
  g_ptr_array_unref (self->views);
  g_clear_object (&self->last);

  G_OBJECT_CLASS (rfi_saved_views_parent_class)->finalize (object);
}

static void
rfi_saved_views_class_init (RfiSavedViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_saved_views_finalize;
}

static void
rfi_saved_views_init (RfiSavedViews *self)
{
  self->views = g_ptr_array_new_with_free_func (g_object_unref);
  self->last = rfi_job_filter_new ();
}

RfiSavedViews *
_rfi_saved_views_new (const char *path,
                      RfiSeal    *seal)
{
  RfiSavedViews *self = g_object_new (RFI_TYPE_SAVED_VIEWS, NULL);

  self->path = g_strdup (path);
  self->seal = rfi_seal_ref (seal);
  load (self);
  return self;
}

/* They are made when they are first asked for, and live as long as the session. */
RfiSavedViews *
rfi_session_get_views (RfiSession *session)
{
  static GQuark quark;
  RfiSavedViews *self;

  g_return_val_if_fail (RFI_IS_SESSION (session), NULL);

  if (quark == 0)
    quark = g_quark_from_static_string ("rfi-saved-views");
  self = g_object_get_qdata (G_OBJECT (session), quark);
  if (self == NULL && _rfi_session_get_store (session) != NULL)
    {
      g_autofree char *path = g_build_filename (_rfi_session_get_account (session)->dir, FILE_NAME,
                                               NULL);

      self = _rfi_saved_views_new (path, rfi_store_get_seal (_rfi_session_get_store (session)));
      g_object_set_qdata_full (G_OBJECT (session), quark, self, g_object_unref);
    }
  return self;
}

RfiSavedView *
rfi_saved_views_find (RfiSavedViews *self,
                      const char    *id)
{
  int position;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), NULL);

  position = find (self, id);
  return position >= 0 ? g_ptr_array_index (self->views, position) : NULL;
}

RfiSavedView *
rfi_saved_views_add (RfiSavedViews  *self,
                     const char     *name,
                     RfiJobFilter   *filter,
                     GError        **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiJobFilter) kept = rfi_job_filter_new ();
  g_autoptr(RfiSavedView) view = NULL;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), NULL);

  rfi_job_filter_copy (filter, kept);
  view = rfi_saved_view_new (id, name, kept);
  return rfi_saved_views_insert (self, view, self->views->len, error) ? view : NULL;
}

gboolean
rfi_saved_views_insert (RfiSavedViews  *self,
                        RfiSavedView   *view,
                        guint           position,
                        GError        **error)
{
  GPtrArray *views;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), FALSE);

  views = copy (self);
  g_ptr_array_insert (views, (int) MIN (position, views->len), g_object_ref (view));
  return replace (self, views, error);
}

gboolean
rfi_saved_views_rename (RfiSavedViews  *self,
                        const char     *id,
                        const char     *name,
                        GError        **error)
{
  g_autofree char *before = NULL;
  g_autoptr(GBytes) content = NULL;
  RfiSavedView *view;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), FALSE);

  view = rfi_saved_views_find (self, id);
  if (view == NULL)
    return TRUE;

  before = g_strdup (rfi_saved_view_get_name (view));
  rfi_saved_view_set_name (view, name);
  content = print (self->views, self->last);
  if (rfi_sealed_file_write (self->seal, self->path, content, error))
    return TRUE;

  rfi_saved_view_set_name (view, before);
  return FALSE;
}

gboolean
rfi_saved_views_pin (RfiSavedViews  *self,
                     const char     *id,
                     gboolean        pinned,
                     GError        **error)
{
  RfiSavedView *view;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), FALSE);

  view = rfi_saved_views_find (self, id);
  if (view == NULL || rfi_saved_view_get_pinned (view) == pinned)
    return TRUE;

  rfi_saved_view_set_pinned (view, pinned);
  if (replace (self, copy (self), error))
    return TRUE;

  rfi_saved_view_set_pinned (view, !pinned);
  return FALSE;
}

/* The place @by further among those of its kind. */
static int
find_place (RfiSavedViews *self,
            int            from,
            int            by)
{
  gboolean pinned = rfi_saved_view_get_pinned (g_ptr_array_index (self->views, from));
  int step = by < 0 ? -1 : 1;
  int to = from;

  for (int at = from + step; by != 0 && at >= 0 && at < (int) self->views->len; at += step)
    if (rfi_saved_view_get_pinned (g_ptr_array_index (self->views, at)) == pinned)
      {
        to = at;
        by -= step;
      }
  return to;
}

gboolean
rfi_saved_views_move (RfiSavedViews  *self,
                      const char     *id,
                      int             by,
                      GError        **error)
{
  GPtrArray *views;
  int from, to;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), FALSE);

  from = find (self, id);
  if (from < 0)
    return TRUE;

  to = find_place (self, from, by);
  if (from == to)
    return TRUE;

  views = copy (self);
  g_ptr_array_insert (views, to, g_ptr_array_steal_index (views, (guint) from));
  return replace (self, views, error);
}

gboolean
rfi_saved_views_remove (RfiSavedViews  *self,
                        const char     *id,
                        GError        **error)
{
  GPtrArray *views;
  int position;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), FALSE);

  position = find (self, id);
  if (position < 0)
    return TRUE;

  views = copy (self);
  g_ptr_array_remove_index (views, (guint) position);
  return replace (self, views, error);
}

RfiJobFilter *
rfi_saved_views_get_last (RfiSavedViews *self)
{
  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), NULL);

  return self->last;
}

gboolean
rfi_saved_views_set_last (RfiSavedViews  *self,
                          RfiJobFilter   *filter,
                          GError        **error)
{
  g_autoptr(RfiJobFilter) last = rfi_job_filter_new ();
  g_autoptr(GBytes) content = NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  g_return_val_if_fail (RFI_IS_SAVED_VIEWS (self), FALSE);

  rfi_job_filter_copy (filter, last);
  rfi_job_filter_set_text (last, "");
  before = rfi_job_filter_to_text (self->last);
  now = rfi_job_filter_to_text (last);
  if (g_str_equal (before, now))
    return TRUE;

  content = print (self->views, last);
  if (!rfi_sealed_file_write (self->seal, self->path, content, error))
    return FALSE;

  g_set_object (&self->last, last);
  return TRUE;
}
