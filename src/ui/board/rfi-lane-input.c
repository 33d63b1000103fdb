/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane-input"

#include "config.h"

#include "rfi-lane-private.h"

#include "rfi-drag-picture.h"
#include "rfi-held.h"
#include "rfi-job-menu.h"

/* Returns: (nullable): the card at that point of the list */
static RfiJobCard *
pick_card (RfiLane *self,
           double   x,
           double   y)
{
  GtkWidget *widget = gtk_widget_pick (self->list, x, y, GTK_PICK_DEFAULT);

  /* The gap around a card belongs to its row. */
  while (widget != NULL && widget != self->list && !RFI_IS_JOB_CARD (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);

      widget = child != NULL && RFI_IS_JOB_CARD (child) ? child : gtk_widget_get_parent (widget);
    }
  return widget != NULL && RFI_IS_JOB_CARD (widget) ? RFI_JOB_CARD (widget) : NULL;
}

/* The card whose row has the focus, else the selected one. Returns: (nullable) */
static RfiJobCard *
get_current_card (RfiLane *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  RfiJobItem *selected = rfi_lane_get_selected (self);

  if (child != NULL && RFI_IS_JOB_CARD (child) && gtk_widget_is_ancestor (child, self->list))
    return RFI_JOB_CARD (child);
  return selected != NULL ? rfi_lane_find_card (self, selected) : NULL;
}

/* (nullable) */
static RfiJobTable *
get_jobs (RfiLane *self)
{
  return self->session != NULL ? rfi_session_get_jobs (self->session) : NULL;
}

/* The menu */

/* @model: (transfer full) */
static void
pop_up (RfiLane    *self,
        RfiJobItem *item,
        GMenuModel *model,
        double      x,
        double      y)
{
  GdkRectangle area = { (int) x, (int) y, 1, 1 };

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &area);
  gtk_popover_popup (GTK_POPOVER (self->menu));
  rfi_held_while_open (GTK_POPOVER (self->menu), get_jobs (self), item, self->chosen);
  g_object_unref (model);
}

static GMenuModel *
new_menu (RfiLane    *self,
          RfiJobItem *item,
          gboolean    moves_only)
{
  if (rfi_lane_means_many (self, item))
    return rfi_job_menu_new_many (self->session);

  return moves_only ? rfi_job_menu_new_move (self->session, item)
                    : rfi_job_menu_new (self->session, item);
}

static void
pop_up_at_card (RfiLane    *self,
                RfiJobCard *card,
                gboolean    moves_only)
{
  RfiJobItem *item = rfi_job_card_get_item (card);
  double x = 0, y = 0;

  gtk_widget_translate_coordinates (GTK_WIDGET (card), GTK_WIDGET (self),
                                    24, gtk_widget_get_height (GTK_WIDGET (card)) * 0.6, &x, &y);
  pop_up (self, item, new_menu (self, item, moves_only), x, y);
}

static void
right_pressed_cb (GtkGestureClick *gesture,
                  int              n_press,
                  double           x,
                  double           y,
                  RfiLane         *self)
{
  RfiJobCard *card = pick_card (self, x, y);

  if (card == NULL || self->style->moment != 0)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!rfi_lane_means_many (self, rfi_job_card_get_item (card)))
    rfi_job_selection_choose (self->chosen, rfi_job_card_get_item (card));
  gtk_widget_translate_coordinates (self->list, GTK_WIDGET (self), x, y, &x, &y);
  pop_up (self, rfi_job_card_get_item (card),
          new_menu (self, rfi_job_card_get_item (card), FALSE), x, y);
}

/* The keyboard */

static void
run_on_card (RfiLane    *self,
             RfiJobCard *card,
             const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, "s",
                              rfi_job_item_get_id (rfi_job_card_get_item (card)));
}

static void
assign_card (RfiLane    *self,
             RfiJobCard *card)
{
  if (rfi_lane_means_many (self, rfi_job_card_get_item (card)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.bulk-assign", NULL);
  else
    run_on_card (self, card, "win.assign");
}

/* Only the card that the keyboard is at stays selected. */
static gboolean
end_many (RfiLane *self)
{
  if (rfi_job_selection_get_n (self->chosen) < 2)
    return FALSE;

  rfi_job_selection_choose (self->chosen, rfi_job_selection_get_cursor (self->chosen));
  return TRUE;
}

static gboolean
leave_sideways (RfiLane    *self,
                RfiJobCard *card,
                int         step)
{
  guint position = 0;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    step = -step;
  rfi_job_view_find (self->view, rfi_job_item_get_id (rfi_job_card_get_item (card)), &position);
  rfi_lane_leave_sideways (self, position, step);
  return TRUE;
}

/* To the lane beside this one. */
static gboolean
move_sideways (RfiLane    *self,
               RfiJobCard *card,
               int         step)
{
  if (self->style->moment != 0)
    return FALSE;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    step = -step;
  rfi_lane_move_sideways (self, rfi_job_card_get_item (card), step);
  return TRUE;
}

static gboolean
handle_command_key (RfiLane    *self,
                    RfiJobCard *card,
                    guint       key)
{
  switch (key)
    {
    case GDK_KEY_Menu:
      pop_up_at_card (self, card, FALSE);
      return TRUE;

    case GDK_KEY_m:
      pop_up_at_card (self, card, TRUE);
      return TRUE;

    case GDK_KEY_a:
      assign_card (self, card);
      return TRUE;

    case GDK_KEY_Escape:
      return end_many (self);

    case GDK_KEY_p:
      run_on_card (self, card, "win.show-photos");
      return TRUE;

    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      run_on_card (self, card, "win.delete-job");
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
handle_plain_key (RfiLane    *self,
                  RfiJobCard *card,
                  guint       key)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return leave_sideways (self, card, -1);

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return leave_sideways (self, card, 1);

    default:
      return self->style->moment == 0 && handle_command_key (self, card, key);
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                RfiLane               *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  RfiJobCard *card = get_current_card (self);

  if (card == NULL)
    return GDK_EVENT_PROPAGATE;
  if (modifiers == GDK_SHIFT_MASK && key == GDK_KEY_F10 && self->style->moment == 0)
    {
      pop_up_at_card (self, card, FALSE);
      return GDK_EVENT_STOP;
    }
  if (modifiers == GDK_ALT_MASK && (key == GDK_KEY_Left || key == GDK_KEY_Right))
    return move_sideways (self, card, key == GDK_KEY_Left ? -1 : 1);
  return modifiers == 0 && handle_plain_key (self, card, key);
}

/* Dragging */

/* Of several the one at the pointer goes along by itself, for whoever takes only one. */
static GdkContentProvider *
new_content (RfiLane    *self,
             RfiJobItem *item)
{
  GdkContentProvider *parts[2];

  parts[1] = gdk_content_provider_new_typed (RFI_TYPE_JOB_ITEM, item);
  if (!rfi_lane_means_many (self, item))
    return parts[1];

  parts[0] = gdk_content_provider_new_typed (RFI_TYPE_JOB_SELECTION, self->chosen);
  return gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 RfiLane       *self)
{
  RfiJobCard *card = pick_card (self, x, y);
  g_autoptr(GdkPaintable) picture = NULL;
  RfiJobItem *item;

  if (card == NULL || self->style->moment != 0)
    return NULL;

  item = rfi_job_card_get_item (card);
  picture = rfi_drag_picture_new (GTK_WIDGET (card),
                                  rfi_lane_means_many (self, item)
                                  ? rfi_job_selection_get_n (self->chosen) : 1);
  gtk_drag_source_set_icon (source, picture, 24, 24);
  return new_content (self, item);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               RfiLane       *self)
{
  GdkContentProvider *content = gtk_drag_source_get_content (source);
  g_auto(GValue) value = G_VALUE_INIT;

  if (content == NULL)
    content = gdk_drag_get_content (drag);
  g_value_init (&value, RFI_TYPE_JOB_ITEM);
  if (!gdk_content_provider_get_value (content, &value, NULL))
    return;

  g_clear_pointer (&self->held, g_ptr_array_unref);
  self->held = rfi_held_new (get_jobs (self), g_value_get_object (&value), self->chosen);
  rfi_lane_drag_started (self, g_value_get_object (&value));
}

static void
drag_end_cb (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       delete_data,
             RfiLane       *self)
{
  g_clear_pointer (&self->held, g_ptr_array_unref);
  rfi_lane_drag_ended (self);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         RfiLane       *self)
{
  return rfi_lane_drop (self, value);
}

/* A value is there only when it comes from this program; anything else is refused. */
static GdkDragAction
drop_motion_cb (GtkDropTarget *target,
                double         x,
                double         y,
                RfiLane       *self)
{
  const GValue *value = gtk_drop_target_get_value (target);

  if (value == NULL || g_value_get_object (value) == NULL)
    return 0;

  return rfi_lane_welcomes (self, value) ? GDK_ACTION_MOVE : 0;
}

void
rfi_lane_add_controllers (RfiLane *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_MOVE);
  GType droppable[] = { RFI_TYPE_JOB_SELECTION, RFI_TYPE_JOB_ITEM };

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (right_pressed_cb), self, 0);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (click));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (self->list, keys);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (source));

  gtk_drop_target_set_gtypes (target, droppable, G_N_ELEMENTS (droppable));
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "enter", G_CALLBACK (drop_motion_cb), self, 0);
  g_signal_connect_object (target, "motion", G_CALLBACK (drop_motion_cb), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
