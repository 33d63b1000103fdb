/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-view-row"

#include "config.h"

#include "rfi-view-row.h"

#include <glib/gi18n.h>

struct _RfiViewRow
{
  GtkListBoxRow  parent_instance;

  char          *id;
  RfiJobFilter  *filter;  /* (owned) */
  GtkWidget     *name;
  GtkWidget     *count;
  GtkWidget     *menu;    /* (nullable): child */
};

G_DEFINE_FINAL_TYPE (RfiViewRow, rfi_view_row, GTK_TYPE_LIST_BOX_ROW)

static GMenuModel *
make_menu (const char *id,
           gboolean    pinned)
{
  GMenu *menu = g_menu_new ();
  const struct {
    const char *label;
    const char *action;
    int         by;
  } items[] = {
    { _("_Rename…"), "win.rename-view", 0 },
    { pinned ? _("Un_pin") : _("_Pin to the Top"), "win.pin-view", 0 },
    { _("Move _Up"), "win.move-view", -1 },
    { _("Move _Down"), "win.move-view", 1 },
    { _("_Delete"), "win.delete-view", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (items[i].label, NULL);

      g_menu_item_set_action_and_target_value (
        item, items[i].action,
        items[i].by != 0 ? g_variant_new ("(si)", id, items[i].by) : g_variant_new_string (id));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
popup_menu (RfiViewRow *self,
            double      x,
            double      y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (RfiViewRow *self,
            int         n_press,
            double      x,
            double      y)
{
  popup_menu (self, x, y);
}

static gboolean
key_pressed_cb (RfiViewRow      *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean alt = (state & GDK_ALT_MASK) != 0;

  if (keyval == GDK_KEY_F2)
    gtk_widget_activate_action (widget, "win.rename-view", "s", self->id);
  else if (keyval == GDK_KEY_p && (state & gtk_accelerator_get_default_mod_mask ()) == 0)
    gtk_widget_activate_action (widget, "win.pin-view", "s", self->id);
  else if (keyval == GDK_KEY_Delete)
    gtk_widget_activate_action (widget, "win.delete-view", "s", self->id);
  else if (alt && (keyval == GDK_KEY_Up || keyval == GDK_KEY_Down))
    gtk_widget_activate_action (widget, "win.move-view", "(si)", self->id,
                                keyval == GDK_KEY_Up ? -1 : 1);
  else if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    popup_menu (self, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget));
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
make_own (RfiViewRow *self,
          gboolean    pinned)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr(GMenuModel) model = make_menu (self->id, pinned);

  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               pinned
                               ? _("F2 renames, P unpins, Alt+Up and Alt+Down move, Delete deletes")
                               : _("F2 renames, P pins, Alt+Up and Alt+Down move, Delete deletes"));
}

static void
rfi_view_row_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  RfiViewRow *self = RFI_VIEW_ROW (widget);

  GTK_WIDGET_CLASS (rfi_view_row_parent_class)->size_allocate (widget, width, height, baseline);

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
rfi_view_row_dispose (GObject *object)
{
  g_clear_pointer (&RFI_VIEW_ROW (object)->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_view_row_parent_class)->dispose (object);
}

static void
rfi_view_row_finalize (GObject *object)
{
  RfiViewRow *self = RFI_VIEW_ROW (object);

  g_free (self->id);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_view_row_parent_class)->finalize (object);
}

static void
rfi_view_row_class_init (RfiViewRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_view_row_dispose;
  object_class->finalize = rfi_view_row_finalize;
  GTK_WIDGET_CLASS (klass)->size_allocate = rfi_view_row_size_allocate;
}

static void
rfi_view_row_init (RfiViewRow *self)
{
  self->name = gtk_label_new (NULL);
  self->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_add_css_class (self->count, "caption");
  gtk_widget_add_css_class (self->count, "dim-label");
}

GtkWidget *
rfi_view_row_new (const char   *id,
                  const char   *icon,
                  const char   *name,
                  RfiJobFilter *filter)
{
  RfiViewRow *self = g_object_new (RFI_TYPE_VIEW_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->id = g_strdup (id);
  self->filter = g_object_ref (filter);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return GTK_WIDGET (self);
}

GtkWidget *
rfi_view_row_new_saved (RfiSavedView *view)
{
  gboolean pinned = rfi_saved_view_get_pinned (view);
  GtkWidget *self = rfi_view_row_new (rfi_saved_view_get_id (view),
                                      pinned ? "view-pin-symbolic" : "view-list-symbolic",
                                      rfi_saved_view_get_name (view),
                                      rfi_saved_view_get_filter (view));

  make_own (RFI_VIEW_ROW (self), pinned);
  g_object_bind_property (view, "name", RFI_VIEW_ROW (self)->name, "label", G_BINDING_DEFAULT);
  return self;
}

const char *
rfi_view_row_get_id (RfiViewRow *self)
{
  g_return_val_if_fail (RFI_IS_VIEW_ROW (self), NULL);

  return self->id;
}

RfiJobFilter *
rfi_view_row_get_filter (RfiViewRow *self)
{
  g_return_val_if_fail (RFI_IS_VIEW_ROW (self), NULL);

  return self->filter;
}

void
rfi_view_row_set_count (RfiViewRow *self,
                        guint       count)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RFI_IS_VIEW_ROW (self));

  text = g_strdup_printf ("%'u", count);
  gtk_label_set_label (GTK_LABEL (self->count), text);
}
