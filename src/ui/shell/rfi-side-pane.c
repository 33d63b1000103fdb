/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-side-pane"

#include "config.h"

#include "rfi-side-pane.h"

struct _RfiSidePane
{
  AdwBin       parent_instance;

  GListModel  *pages;      /* (owned) (nullable) */
  RfiMakePage  make;
  gpointer     user_data;
  gboolean     open;

  GtkDropDown *choice;
  AdwBin      *holder;
};

enum {
  PROP_0,
  PROP_PAGE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiSidePane, rfi_side_pane, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

const char *
rfi_side_pane_get_page (RfiSidePane *self)
{
  g_autoptr(AdwViewStackPage) page = NULL;

  g_return_val_if_fail (RFI_IS_SIDE_PANE (self), NULL);

  if (self->pages == NULL)
    return NULL;

  page = g_list_model_get_item (self->pages, gtk_drop_down_get_selected (self->choice));
  return page != NULL ? adw_view_stack_page_get_name (page) : NULL;
}

static void
update_page (RfiSidePane *self)
{
  const char *name = rfi_side_pane_get_page (self);
  GtkWidget *page = self->open && name != NULL ? self->make (name, self->user_data) : NULL;

  adw_bin_set_child (self->holder, page);
}

static void
selected_cb (RfiSidePane *self)
{
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

static void
rfi_side_pane_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PAGE:
      g_value_set_string (value, rfi_side_pane_get_page (RFI_SIDE_PANE (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_side_pane_dispose (GObject *object)
{
  g_clear_object (&RFI_SIDE_PANE (object)->pages);

  G_OBJECT_CLASS (rfi_side_pane_parent_class)->dispose (object);
}

static void
rfi_side_pane_class_init (RfiSidePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_side_pane_dispose;
  object_class->get_property = rfi_side_pane_get_property;

  properties[PROP_PAGE] =
    g_param_spec_string ("page", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-side-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiSidePane, choice);
  gtk_widget_class_bind_template_child (widget_class, RfiSidePane, holder);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
rfi_side_pane_init (RfiSidePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rfi_side_pane_set_pages (RfiSidePane *self,
                         GListModel  *pages,
                         RfiMakePage  make,
                         gpointer     user_data)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  g_return_if_fail (RFI_IS_SIDE_PANE (self));

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr(AdwViewStackPage) page = g_list_model_get_item (pages, i);

      gtk_string_list_append (titles, adw_view_stack_page_get_title (page));
    }
  g_set_object (&self->pages, pages);
  self->make = make;
  self->user_data = user_data;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (titles));
}

void
rfi_side_pane_set_page (RfiSidePane *self,
                        const char  *name)
{
  g_return_if_fail (RFI_IS_SIDE_PANE (self));

  for (guint i = 0; i < g_list_model_get_n_items (self->pages); i++)
    {
      g_autoptr(AdwViewStackPage) page = g_list_model_get_item (self->pages, i);

      if (g_strcmp0 (adw_view_stack_page_get_name (page), name) == 0)
        gtk_drop_down_set_selected (self->choice, i);
    }
}

void
rfi_side_pane_set_open (RfiSidePane *self,
                        gboolean     open)
{
  g_return_if_fail (RFI_IS_SIDE_PANE (self));

  if (self->open != open)
    {
      self->open = open;
      update_page (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), open);
}

gboolean
rfi_side_pane_get_open (RfiSidePane *self)
{
  g_return_val_if_fail (RFI_IS_SIDE_PANE (self), FALSE);

  return self->open;
}

GtkWidget *
rfi_side_pane_get_child (RfiSidePane *self)
{
  g_return_val_if_fail (RFI_IS_SIDE_PANE (self), NULL);

  return self->open ? adw_bin_get_child (self->holder) : NULL;
}
