/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-saved-view"

#include "config.h"

#include "rfi-saved-view.h"

#include "rfi-job-filter.h"

struct _RfiSavedView
{
  GObject       parent_instance;

  char         *id;
  char         *name;
  RfiJobFilter *filter;  /* (owned) */
  gboolean      pinned;
};

enum {
  PROP_0,
  PROP_NAME,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiSavedView, rfi_saved_view, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
rfi_saved_view_finalize (GObject *object)
{
  RfiSavedView *self = RFI_SAVED_VIEW (object);

  g_free (self->id);
  g_free (self->name);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_saved_view_parent_class)->finalize (object);
}

static void
rfi_saved_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, RFI_SAVED_VIEW (object)->name);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_saved_view_class_init (RfiSavedViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_saved_view_finalize;
  object_class->get_property = rfi_saved_view_get_property;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_saved_view_init (RfiSavedView *self)
{
}

RfiSavedView *
rfi_saved_view_new (const char   *id,
                    const char   *name,
                    RfiJobFilter *filter)
{
  RfiSavedView *self = g_object_new (RFI_TYPE_SAVED_VIEW, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->filter = g_object_ref (filter);
  return self;
}

const char *
rfi_saved_view_get_id (RfiSavedView *self)
{
  g_return_val_if_fail (RFI_IS_SAVED_VIEW (self), NULL);

  return self->id;
}

const char *
rfi_saved_view_get_name (RfiSavedView *self)
{
  g_return_val_if_fail (RFI_IS_SAVED_VIEW (self), NULL);

  return self->name;
}

void
rfi_saved_view_set_name (RfiSavedView *self,
                         const char   *name)
{
  g_return_if_fail (RFI_IS_SAVED_VIEW (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

RfiJobFilter *
rfi_saved_view_get_filter (RfiSavedView *self)
{
  g_return_val_if_fail (RFI_IS_SAVED_VIEW (self), NULL);

  return self->filter;
}

gboolean
rfi_saved_view_get_pinned (RfiSavedView *self)
{
  g_return_val_if_fail (RFI_IS_SAVED_VIEW (self), FALSE);

  return self->pinned;
}

void
rfi_saved_view_set_pinned (RfiSavedView *self,
                           gboolean      pinned)
{
  g_return_if_fail (RFI_IS_SAVED_VIEW (self));

  self->pinned = pinned;
}
