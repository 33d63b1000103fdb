/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-tray"

#include "config.h"

#include "rfi-timeline-tray.h"

#include "rfi-job-item.h"
#include "rfi-job-view.h"
#include "rfi-schedule.h"
#include "rfi-timeline-menu.h"
#include "rfi-tray-card.h"

#include <glib/gi18n.h>

#define OPEN (1u << RFI_STATUS_PENDING | 1u << RFI_STATUS_ASSIGNED | 1u << RFI_STATUS_IN_PROGRESS)

/* How often jobs on hold are looked at whose time may have come. */
#define HOLD_INTERVAL 30  /* s */

struct _RfiTimelineTray
{
  AdwBin              parent_instance;

  RfiJobTable        *jobs;       /* (owned) (nullable) */
  RfiJobFilter       *filter;     /* (owned) (nullable) */
  RfiJobSelection    *selection;  /* (owned) */
  RfiJobView         *waiting;    /* (owned) (nullable) */
  RfiJobView         *held;       /* (owned) (nullable) */
  gint64              now;        /* what both of them hold against */
  GtkSingleSelection *cards;      /* (owned) */
  guint               hold_source;
  gboolean            choosing;

  GtkWidget          *toggle;
  GtkWidget          *arrow;
  GtkWidget          *count;
  GtkWidget          *urgent;
  GtkWidget          *show_held;
  GtkWidget          *held_label;
  GtkWidget          *order;
  GtkWidget          *revealer;
  GtkWidget          *list;
  GtkWidget          *stack;
};

enum {
  SIGNAL_GRAB,
  SIGNAL_HOLD,
  SIGNAL_OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiTimelineTray, rfi_timeline_tray, ADW_TYPE_BIN)

static guint
count (RfiJobView *view)
{
  return view != NULL ? g_list_model_get_n_items (G_LIST_MODEL (view)) : 0;
}

static void
update_words (RfiTimelineTray *self)
{
  guint n_waiting = count (self->waiting);
  guint n_held = count (self->held);
  guint n_urgent = self->waiting != NULL ? rfi_job_view_get_n_urgent (self->waiting) : 0;
  gboolean held = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->show_held));
  g_autofree char *number = g_strdup_printf ("%u", n_waiting);
  g_autofree char *urgent = g_strdup_printf (_("%u urgent"), n_urgent);
  /* translators: how many jobs are put off until later */
  g_autofree char *on_hold = g_strdup_printf (_("On hold (%u)"), n_held);
  /* translators: how many jobs have no time yet */
  g_autofree char *name = g_strdup_printf (_("Unscheduled, %u"), n_waiting);

  gtk_label_set_label (GTK_LABEL (self->count), number);
  gtk_label_set_label (GTK_LABEL (self->urgent), urgent);
  gtk_widget_set_visible (self->urgent, n_urgent > 0);
  gtk_label_set_label (GTK_LABEL (self->held_label), on_hold);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show_held),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, on_hold, -1);
  gtk_widget_set_visible (self->show_held, n_held > 0 || held);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    (held ? n_held : n_waiting) > 0 ? "cards" : "empty");
}

static void
show_view (RfiTimelineTray *self)
{
  gboolean held = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->show_held));

  gtk_single_selection_set_model (self->cards,
                                  G_LIST_MODEL (held ? self->held : self->waiting));
  update_words (self);
}

static void
drop_views (RfiTimelineTray *self)
{
  gtk_single_selection_set_model (self->cards, NULL);
  if (self->waiting != NULL)
    g_signal_handlers_disconnect_by_func (self->waiting, update_words, self);
  if (self->held != NULL)
    g_signal_handlers_disconnect_by_func (self->held, update_words, self);
  g_clear_object (&self->waiting);
  g_clear_object (&self->held);
}

static void
make_views (RfiTimelineTray *self)
{
  drop_views (self);
  self->now = g_get_real_time () / 1000;
  if (self->jobs != NULL && self->filter != NULL)
    {
      self->waiting = rfi_job_view_new_wanted (self->jobs, self->filter, OPEN,
                                               rfi_schedule_is_waiting, &self->now);
      self->held = rfi_job_view_new_wanted (self->jobs, self->filter, OPEN, rfi_schedule_is_held,
                                            &self->now);
      g_signal_connect_object (self->waiting, "notify", G_CALLBACK (update_words), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->held, "notify", G_CALLBACK (update_words), self,
                               G_CONNECT_SWAPPED);
    }
  show_view (self);
}

/* Whether the time of any has come: only then are the lists made anew. */
static gboolean
look_at_held_cb (gpointer user_data)
{
  RfiTimelineTray *self = user_data;
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < count (self->held); i++)
    {
      g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->held), i);

      if (rfi_schedule_get_hold (rfi_job_item_get_job (item)) <= now)
        {
          make_views (self);
          break;
        }
    }
  return G_SOURCE_CONTINUE;
}

/* Cards */

static void
selected_cb (RfiTimelineTray *self)
{
  RfiJobItem *item = gtk_single_selection_get_selected_item (self->cards);

  if (item != NULL && !self->choosing)
    rfi_job_selection_choose (self->selection, item);
}

/* A job chosen elsewhere is no card's any more. */
static void
selection_changed_cb (RfiTimelineTray *self)
{
  RfiJobItem *item = rfi_job_selection_get_cursor (self->selection);
  RfiJobItem *selected = gtk_single_selection_get_selected_item (self->cards);

  self->choosing = TRUE;
  if (selected != NULL && selected != item)
    gtk_single_selection_set_selected (self->cards, GTK_INVALID_LIST_POSITION);
  self->choosing = FALSE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 RfiTrayCard   *card)
{
  g_autoptr(GdkPaintable) picture = NULL;

  if (rfi_tray_card_get_item (card) == NULL)
    return NULL;

  picture = gtk_widget_paintable_new (GTK_WIDGET (card));
  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (RFI_TYPE_JOB_ITEM, rfi_tray_card_get_item (card));
}

static void
right_pressed_cb (GtkGestureClick *gesture,
                  int              n_press,
                  double           x,
                  double           y,
                  RfiTrayCard     *card)
{
  RfiJobItem *item = rfi_tray_card_get_item (card);
  GtkWidget *tray = gtk_widget_get_ancestor (GTK_WIDGET (card), RFI_TYPE_TIMELINE_TRAY);

  if (item == NULL)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  rfi_timeline_menu_pop_up (GTK_WIDGET (card), RFI_TIMELINE_TRAY (tray)->jobs, item, FALSE, x, y);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *row)
{
  GtkWidget *card = rfi_tray_card_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkGesture *right = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (right, "pressed", G_CALLBACK (right_pressed_cb), card, 0);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (right));
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), card, 0);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (source));
  gtk_list_item_set_child (row, card);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *row)
{
  rfi_tray_card_set_item (RFI_TRAY_CARD (gtk_list_item_get_child (row)),
                          gtk_list_item_get_item (row));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *row)
{
  rfi_tray_card_set_item (RFI_TRAY_CARD (gtk_list_item_get_child (row)), NULL);
}

static void
activate_cb (RfiTimelineTray *self,
             guint            position)
{
  g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->cards), position);

  if (item != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, rfi_job_item_get_id (item));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                RfiTimelineTray       *self)
{
  RfiJobItem *item = gtk_single_selection_get_selected_item (self->cards);

  if (item == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      g_signal_emit (self, signals[SIGNAL_GRAB], 0, item);
      return GDK_EVENT_STOP;

    case GDK_KEY_Menu:
      rfi_timeline_menu_pop_up (GTK_WIDGET (self), self->jobs, item, FALSE, 24,
                                gtk_widget_get_height (GTK_WIDGET (self)) * 0.6);
      return GDK_EVENT_STOP;

    case GDK_KEY_h:
      g_signal_emit (self, signals[SIGNAL_HOLD], 0, rfi_job_item_get_id (item));
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
toggled_cb (RfiTimelineTray *self)
{
  gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->toggle));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), open);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                open ? "pan-down-symbolic" : "pan-end-symbolic");
}

static void
rfi_timeline_tray_map (GtkWidget *widget)
{
  RfiTimelineTray *self = RFI_TIMELINE_TRAY (widget);

  /* A list makes its rows as soon as it has a model, and follows every change with them. Whoever
   * never looks here does without; whoever comes back finds it where it was. */
  if (gtk_list_view_get_model (GTK_LIST_VIEW (self->list)) == NULL)
    gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->cards));

  GTK_WIDGET_CLASS (rfi_timeline_tray_parent_class)->map (widget);

  look_at_held_cb (self);
  if (self->hold_source == 0)
    self->hold_source = g_timeout_add_seconds (HOLD_INTERVAL, look_at_held_cb, self);
}

static void
rfi_timeline_tray_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RFI_TIMELINE_TRAY (widget)->hold_source, g_source_remove);

  GTK_WIDGET_CLASS (rfi_timeline_tray_parent_class)->unmap (widget);
}

static void
rfi_timeline_tray_dispose (GObject *object)
{
  RfiTimelineTray *self = RFI_TIMELINE_TRAY (object);

  g_clear_handle_id (&self->hold_source, g_source_remove);
  if (self->cards != NULL)
    drop_views (self);
  g_clear_object (&self->cards);
  g_clear_object (&self->jobs);
  g_clear_object (&self->filter);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_TIMELINE_TRAY);

  G_OBJECT_CLASS (rfi_timeline_tray_parent_class)->dispose (object);
}

static void
rfi_timeline_tray_finalize (GObject *object)
{
  g_clear_object (&RFI_TIMELINE_TRAY (object)->selection);

  G_OBJECT_CLASS (rfi_timeline_tray_parent_class)->finalize (object);
}

static void
add_signals (void)
{
  signals[SIGNAL_GRAB] =
    g_signal_new ("grab", RFI_TYPE_TIMELINE_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, RFI_TYPE_JOB_ITEM);
  signals[SIGNAL_HOLD] =
    g_signal_new ("hold", RFI_TYPE_TIMELINE_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPEN] =
    g_signal_new ("open", RFI_TYPE_TIMELINE_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rfi_timeline_tray_class_init (RfiTimelineTrayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_timeline_tray_dispose;
  object_class->finalize = rfi_timeline_tray_finalize;
  widget_class->map = rfi_timeline_tray_map;
  widget_class->unmap = rfi_timeline_tray_unmap;
  add_signals ();

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/timeline/rfi-timeline-tray.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, toggle);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, arrow);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, count);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, urgent);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, show_held);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, held_label);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, order);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, revealer);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, list);
  gtk_widget_class_bind_template_child (widget_class, RfiTimelineTray, stack);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_view);
}

static void
rfi_timeline_tray_init (RfiTimelineTray *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->selection = rfi_job_selection_new ();
  self->cards = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->cards, FALSE);
  gtk_single_selection_set_can_unselect (self->cards, TRUE);
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  g_object_unref (factory);
  g_signal_connect_object (self->cards, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (self->list, keys);
  update_words (self);
}

void
rfi_timeline_tray_set (RfiTimelineTray *self,
                       RfiJobTable     *jobs,
                       RfiJobFilter    *filter)
{
  g_return_if_fail (RFI_IS_TIMELINE_TRAY (self));

  g_set_object (&self->jobs, jobs);
  g_set_object (&self->filter, filter);
  make_views (self);
}

void
rfi_timeline_tray_set_selection (RfiTimelineTray *self,
                                 RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_TIMELINE_TRAY (self));

  g_signal_handlers_disconnect_by_func (self->selection, selection_changed_cb, self);
  g_set_object (&self->selection, selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
rfi_timeline_tray_set_narrow (RfiTimelineTray *self,
                              gboolean         narrow)
{
  g_return_if_fail (RFI_IS_TIMELINE_TRAY (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggle), !narrow);
  gtk_widget_set_visible (self->order, !narrow);
}
