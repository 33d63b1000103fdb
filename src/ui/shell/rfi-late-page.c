/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-late-page"

#include "config.h"

#include "rfi-late-page.h"

struct _RfiLatePage
{
  AdwBin           parent_instance;

  GType            kind;
  RfiJobFilter    *filter;     /* (owned) */
  RfiJobSelection *selection;  /* (owned) */
  RfiSession      *session;    /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RfiLatePage, rfi_late_page, ADW_TYPE_BIN)

static void
rfi_late_page_dispose (GObject *object)
{
  RfiLatePage *self = RFI_LATE_PAGE (object);

  g_clear_object (&self->filter);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_late_page_parent_class)->dispose (object);
}

static void
rfi_late_page_class_init (RfiLatePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_late_page_dispose;
}

static void
rfi_late_page_init (RfiLatePage *self)
{
}

static void
set_if_has (GtkWidget  *page,
            const char *property,
            gpointer    value)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), property) != NULL)
    g_object_set (page, property, value, NULL);
}

GtkWidget *
rfi_late_page_make (GType            type,
                    RfiJobFilter    *filter,
                    RfiJobSelection *selection)
{
  GtkWidget *page = g_object_new (type, NULL);

  set_if_has (page, "filter", filter);
  set_if_has (page, "selection", selection);
  return page;
}

GtkWidget *
rfi_late_page_new (GType            type,
                   RfiJobFilter    *filter,
                   RfiJobSelection *selection)
{
  RfiLatePage *self = g_object_new (RFI_TYPE_LATE_PAGE, NULL);

  self->kind = type;
  self->filter = g_object_ref (filter);
  self->selection = g_object_ref (selection);
  return GTK_WIDGET (self);
}

void
rfi_late_page_set_session (RfiLatePage *self,
                           RfiSession  *session)
{
  GtkWidget *page = adw_bin_get_child (ADW_BIN (self));

  g_return_if_fail (RFI_IS_LATE_PAGE (self));

  g_set_object (&self->session, session);
  if (page != NULL)
    g_object_set (page, "session", session, NULL);
}

gboolean
rfi_late_page_has_session (RfiLatePage *self)
{
  g_return_val_if_fail (RFI_IS_LATE_PAGE (self), FALSE);

  return self->session != NULL;
}

GtkWidget *
rfi_late_page_get (RfiLatePage *self)
{
  g_return_val_if_fail (RFI_IS_LATE_PAGE (self), NULL);

  if (adw_bin_get_child (ADW_BIN (self)) == NULL)
    {
      GtkWidget *page = rfi_late_page_make (self->kind, self->filter, self->selection);

      adw_bin_set_child (ADW_BIN (self), page);
      g_object_set (page, "session", self->session, NULL);
    }
  return adw_bin_get_child (ADW_BIN (self));
}

GType
rfi_late_page_get_kind (RfiLatePage *self)
{
  g_return_val_if_fail (RFI_IS_LATE_PAGE (self), G_TYPE_INVALID);

  return self->kind;
}
