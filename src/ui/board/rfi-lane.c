/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane"

#include "config.h"

#include "rfi-lane-private.h"

#include "rfi-board-counts.h"
#include "rfi-format.h"
#include "rfi-job-card.h"
#include "rfi-presence-list.h"
#include "rfi-renew.h"
#include "rfi-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

enum {
  PROP_0,
  PROP_FOLDED,
  N_PROPS
};

enum {
  DRAG_STARTED,
  DRAG_ENDED,
  LEAVE_SIDEWAYS,
  MOVE_SIDEWAYS,
  MORE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiLane, rfi_lane, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* While the cache is read some of the jobs are here, and nobody knows yet how many there are. */
static gboolean
is_loading (RfiLane *self)
{
  return rfi_board_counts_is_loading (self->session);
}

/* The first words a screen reader says of the list: "Pending, 14 jobs, 3 urgent". */
static void
update_label (RfiLane    *self,
              guint       n_jobs,
              const char *urgent)
{
  g_autofree char *jobs = is_loading (self)
                            ? g_strdup (_("Loading…"))
                            : g_strdup_printf (ngettext ("%u job", "%u jobs", n_jobs), n_jobs);
  g_autofree char *label = g_strdup_printf ("%s, %s%s%s",
                                            gtk_label_get_label (GTK_LABEL (self->name)), jobs,
                                            urgent[0] != '\0' ? ", " : "", urgent);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Returns: (transfer full): "" where nothing is urgent, or finished */
static char *
describe_urgent (RfiLane *self)
{
  guint n_urgent = rfi_job_view_get_n_urgent (self->view);

  if (n_urgent == 0 || rfi_status_is_final (self->status))
    return g_strdup ("");
  return g_strdup_printf (ngettext ("%u urgent", "%u urgent", n_urgent), n_urgent);
}

/* @known: whether there is anything to be said of the jobs */
static void
show_oldest (RfiLane  *self,
             gboolean  known)
{
  gint64 oldest = known ? rfi_job_view_get_oldest (self->view) : 0;
  g_autofree char *span = NULL;
  g_autofree char *words = NULL;

  if (oldest != 0 && !rfi_status_is_final (self->status))
    span = rfi_format_span (MAX (rfi_card_style_get_now (self->style) - oldest, 0));
  /* Names leave little room. */
  if (span != NULL && self->by == RFI_GROUPING_STATUS)
    /* translators: how long the oldest job of a lane waits, such as "oldest 3 d" */
    words = g_strdup_printf (_("oldest %s"), span);

  gtk_label_set_label (GTK_LABEL (self->oldest), words != NULL ? words : span != NULL ? span : "");
  gtk_label_set_label (GTK_LABEL (self->oldest_short), span != NULL ? span : "");
  rfi_renew_tooltip (self->age, span != NULL ? _("Age of the oldest job") : NULL);
}

static void
update_head (RfiLane *self)
{
  guint n_jobs = self->view != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->view)) : 0;
  gboolean loading = is_loading (self);
  gboolean known = self->view != NULL && !loading;
  g_autofree char *count = loading ? g_strdup ("…") : g_strdup_printf ("%u", n_jobs);
  g_autofree char *urgent = known ? describe_urgent (self) : g_strdup ("");

  self->loading = loading;
  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_label_set_label (GTK_LABEL (self->folded_count), count);
  gtk_label_set_label (GTK_LABEL (self->urgent), urgent);
  gtk_widget_set_visible (self->urgent, urgent[0] != '\0');
  show_oldest (self, known);
  gtk_widget_set_visible (self->empty, known && n_jobs == 0);
  update_label (self, n_jobs, urgent);
}

/* It is told many times while jobs come, and says once that they are all here. */
static void
sync_state_cb (RfiLane *self)
{
  if (is_loading (self) != self->loading)
    update_head (self);
}

/* A folded lane has no list, so that nobody pays for cards nobody sees. */
static void
update_model (RfiLane *self)
{
  gboolean wanted = self->view != NULL && !self->folded;

  if (wanted == (self->selection != NULL))
    return;

  if (wanted)
    {
      self->selection = rfi_lane_selection_new (self->view, self->chosen);
      /* Of the others there are only those in sight, which come one by one. */
      if (self->by == RFI_GROUPING_STATUS
          && g_list_model_get_n_items (G_LIST_MODEL (self->view)) == 0)
        rfi_lane_selection_set_limit (self->selection, 0);
      gtk_grid_view_set_model (GTK_GRID_VIEW (self->list), GTK_SELECTION_MODEL (self->selection));
      g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (rfi_lane_keep_top),
                               self, G_CONNECT_SWAPPED);
    }
  else
    {
      gtk_grid_view_set_model (GTK_GRID_VIEW (self->list), NULL);
      g_clear_object (&self->selection);
    }
}

static void
fold_cb (RfiLane *self)
{
  rfi_lane_set_folded (self, !self->folded);
  gtk_widget_grab_focus (self->folded ? self->unfold : self->fold);
}

static void
more_cb (RfiLane *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

/* The cards */

/* The list wraps each in a widget of its own. */
RfiJobCard *
rfi_lane_get_card (GtkWidget *row)
{
  GtkWidget *child = gtk_widget_get_first_child (row);

  return child != NULL && RFI_IS_JOB_CARD (child) ? RFI_JOB_CARD (child) : NULL;
}

/* Whatever moves cards may bring some into sight that have drawn nothing yet. */
static void
wake_cards (RfiLane *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list);
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      RfiJobCard *card = rfi_lane_get_card (row);

      if (card != NULL)
        rfi_job_card_wake (card);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  user_data)
{
  RfiLane *self = RFI_LANE (user_data);
  GtkWidget *card = rfi_job_card_new (self->style);

  gtk_list_item_set_child (list_item, card);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  user_data)
{
  RfiLane *self = RFI_LANE (user_data);

  rfi_job_card_set_item (RFI_JOB_CARD (gtk_list_item_get_child (list_item)), self->session,
                         gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           gpointer                  user_data)
{
  rfi_job_card_set_item (RFI_JOB_CARD (gtk_list_item_get_child (list_item)), NULL, NULL);
}

static void
activate_cb (RfiLane *self,
             guint    position)
{
  g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->view), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s",
                                rfi_job_item_get_id (item));
}

/* A list of cards wants a look at each row it has whenever one of them changed, and takes whatever
 * room there is: an open lane is as large as its head wants it, and high enough for a card. */
static void
measure_open (RfiLane        *self,
              GtkOrientation  orientation,
              int             for_size,
              int            *minimum,
              int            *natural)
{
  gtk_widget_measure (self->head, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = *minimum + rfi_card_style_get_height (self->style);
  else if (!self->fluid)
    *minimum = *natural = MAX (*minimum, rfi_card_style_get_width (self->style) + 12);
}

static void
rfi_lane_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  RfiLane *self = RFI_LANE (widget);

  if (self->folded)
    gtk_widget_measure (self->stack, orientation, for_size, minimum, natural, NULL, NULL);
  else
    measure_open (self, orientation, for_size, minimum, natural);
}

static void
rfi_lane_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  RfiLane *self = RFI_LANE (widget);
  GtkWidget *row;

  gtk_widget_allocate (self->stack, width, height, baseline, NULL);
  row = gtk_widget_get_first_child (self->list);
  if (row != NULL && rfi_lane_get_card (row) != NULL)
    self->card_width = gtk_widget_get_width (GTK_WIDGET (rfi_lane_get_card (row)));
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

/* Tab passes the cards as one: arrows go from card to card. */
static gboolean
rfi_lane_focus (GtkWidget        *widget,
                GtkDirectionType  direction)
{
  RfiLane *self = RFI_LANE (widget);
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *next = forward ? self->more : self->fold;

  if ((!forward && direction != GTK_DIR_TAB_BACKWARD) ||
      gtk_widget_get_focus_child (self->list) == NULL)
    return GTK_WIDGET_CLASS (rfi_lane_parent_class)->focus (widget, direction);

  return gtk_widget_get_visible (next) && gtk_widget_child_focus (next, direction);
}

static void
rfi_lane_dispose (GObject *object)
{
  RfiLane *self = RFI_LANE (object);

  if (self->list != NULL)
    gtk_grid_view_set_model (GTK_GRID_VIEW (self->list), NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->view);
  g_clear_object (&self->chosen);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_LANE);

  G_OBJECT_CLASS (rfi_lane_parent_class)->dispose (object);
}

static void
rfi_lane_finalize (GObject *object)
{
  g_clear_pointer (&RFI_LANE (object)->style, rfi_card_style_unref);
  g_free (RFI_LANE (object)->key);

  G_OBJECT_CLASS (rfi_lane_parent_class)->finalize (object);
}

static void
rfi_lane_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  RfiLane *self = RFI_LANE (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
install_signals (GType type)
{
  signals[DRAG_STARTED] = g_signal_new ("drag-started", type, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_JOB_ITEM);
  signals[DRAG_ENDED] = g_signal_new ("drag-ended", type, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE_SIDEWAYS] = g_signal_new ("leave-sideways", type, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE,
                                          2, G_TYPE_UINT, G_TYPE_INT);
  signals[MOVE_SIDEWAYS] = g_signal_new ("move-sideways", type, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE,
                                         2, RFI_TYPE_JOB_ITEM, G_TYPE_INT);
  signals[MORE] = g_signal_new ("more", type, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_lane_class_init (RfiLaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_lane_dispose;
  object_class->finalize = rfi_lane_finalize;
  object_class->get_property = rfi_lane_get_property;
  widget_class->measure = rfi_lane_measure;
  widget_class->size_allocate = rfi_lane_size_allocate;
  widget_class->focus = rfi_lane_focus;

  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  g_type_ensure (RFI_TYPE_SIDE_LABEL);
  gtk_widget_class_set_css_name (widget_class, "rfilane");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/retailfixit/Dispatch/ui/board/rfi-lane.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiLane, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, head);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, icon);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, avatar);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, name);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, count);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, urgent);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, age);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, oldest);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, oldest_short);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, fold);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, list);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, reason);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, more);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, unfold);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, folded_icon);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, folded_count);
  gtk_widget_class_bind_template_child (widget_class, RfiLane, folded_name);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
rfi_lane_init (RfiLane *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  rfi_lane_add_controllers (self);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (wake_cards), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (wake_cards), self,
                           G_CONNECT_SWAPPED);
}

static void
set_status (RfiLane   *self,
            RfiStatus  status)
{
  const char *icon = rfi_words_status_icon (status);

  self->status = status;
  self->foldable = rfi_status_is_final (status);
  gtk_widget_set_visible (self->fold, self->foldable);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->folded_icon), icon);
  gtk_widget_add_css_class (self->icon, rfi_words_status_class (status));
  gtk_widget_add_css_class (self->folded_icon, rfi_words_status_class (status));
  rfi_lane_set_words (self, rfi_words_status (status), rfi_lane_get_empty_words (status));
}

GtkWidget *
rfi_lane_new (RfiStatus     status,
              RfiCardStyle *style)
{
  RfiLane *self = g_object_new (RFI_TYPE_LANE, NULL);

  self->style = rfi_card_style_ref (style);
  set_status (self, status);
  update_head (self);
  return GTK_WIDGET (self);
}

GtkWidget *
rfi_lane_new_group (RfiGrouping   by,
                    RfiCardStyle *style)
{
  RfiLane *self = g_object_new (RFI_TYPE_LANE, NULL);

  self->style = rfi_card_style_ref (style);
  self->by = by;
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_label (GTK_LABEL (self->empty), _("No open jobs"));
  update_head (self);
  return GTK_WIDGET (self);
}

/* Nobody has no face. */
static void
set_face (RfiLane    *self,
          const char *name)
{
  gboolean is_person = self->by == RFI_GROUPING_TECHNICIAN && *self->key != '\0';
  g_autofree char *text = is_person ? rfi_format_avatar_text (name) : NULL;

  gtk_widget_set_visible (self->avatar, is_person);
  gtk_widget_set_visible (self->icon, !is_person);
  if (is_person)
    adw_avatar_set_text (ADW_AVATAR (self->avatar), text);
  else
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), self->by == RFI_GROUPING_VENDOR
                                  ? "system-users-symbolic" : "status-pending-symbolic");
}

void
rfi_lane_set_group (RfiLane    *self,
                    const char *key,
                    const char *name)
{
  g_return_if_fail (RFI_IS_LANE (self));
  g_return_if_fail (self->by != RFI_GROUPING_STATUS);

  g_free (self->key);
  self->key = g_strdup (key);
  set_face (self, name);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_width_chars (GTK_LABEL (self->name), MIN ((int) g_utf8_strlen (name, -1), 8));
  gtk_widget_set_tooltip_text (self->name, name);
  if (self->view != NULL)
    update_head (self);
}

const char *
rfi_lane_get_key (RfiLane *self)
{
  g_return_val_if_fail (RFI_IS_LANE (self), NULL);

  return self->key;
}

RfiStatus
rfi_lane_get_status (RfiLane *self)
{
  g_return_val_if_fail (RFI_IS_LANE (self), RFI_STATUS_PENDING);

  return self->status;
}

static void
presence_cb (RfiLane    *self,
             const char *job_id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list);
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      RfiJobCard *card = rfi_lane_get_card (row);
      RfiJobItem *item = card != NULL ? rfi_job_card_get_item (card) : NULL;

      if (item != NULL && g_strcmp0 (rfi_job_item_get_id (item), job_id) == 0)
        rfi_job_card_renew (card);
    }
}

static void
follow_session (RfiLane    *self,
                RfiSession *session)
{
  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, update_head, self);
      g_signal_handlers_disconnect_by_func (self->session, sync_state_cb, self);
      g_signal_handlers_disconnect_by_func (rfi_session_get_presence (self->session),
                                            presence_cb, self);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify::loading", G_CALLBACK (update_head), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (sync_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rfi_session_get_presence (session), "changed",
                           G_CALLBACK (presence_cb), self, G_CONNECT_SWAPPED);
}

static void
show_view (RfiLane *self)
{
  if (self->selection != NULL && self->view != NULL)
    {
      rfi_lane_selection_set_view (self->selection, self->view);
      rfi_lane_scroll_to_top (self);
      return;
    }

  if (self->selection != NULL)
    gtk_grid_view_set_model (GTK_GRID_VIEW (self->list), NULL);
  g_clear_object (&self->selection);
  update_model (self);
}

void
rfi_lane_set_view (RfiLane    *self,
                   RfiSession *session,
                   RfiJobView *view)
{
  g_return_if_fail (RFI_IS_LANE (self));

  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->view, update_head, self);
      g_signal_handlers_disconnect_by_func (self->view, wake_cards, self);
      g_signal_handlers_disconnect_by_func (self->view, rfi_lane_fill, self);
    }
  follow_session (self, session);
  if (g_set_object (&self->view, view))
    show_view (self);
  if (view != NULL)
    {
      g_signal_connect_object (view, "notify", G_CALLBACK (update_head), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (view, "items-changed", G_CALLBACK (wake_cards), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (view, "items-changed", G_CALLBACK (rfi_lane_fill), self,
                               G_CONNECT_SWAPPED);
    }
  update_head (self);
}

RfiJobView *
rfi_lane_get_view (RfiLane *self)
{
  g_return_val_if_fail (RFI_IS_LANE (self), NULL);

  return self->view;
}

gboolean
rfi_lane_get_folded (RfiLane *self)
{
  g_return_val_if_fail (RFI_IS_LANE (self), FALSE);

  return self->folded;
}

void
rfi_lane_set_folded (RfiLane  *self,
                     gboolean  folded)
{
  g_return_if_fail (RFI_IS_LANE (self));

  if (self->folded == folded)
    return;

  self->folded = folded;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), folded ? "folded" : "open");
  gtk_widget_set_hexpand (GTK_WIDGET (self), !folded);
  /* An open lane does not measure the stack, which then tells of no change. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_model (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

void
rfi_lane_set_fluid (RfiLane  *self,
                    gboolean  fluid)
{
  g_return_if_fail (RFI_IS_LANE (self));

  if (self->fluid == fluid)
    return;

  self->fluid = fluid;
  gtk_label_set_ellipsize (GTK_LABEL (self->urgent),
                           fluid ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
rfi_lane_set_selection (RfiLane         *self,
                        RfiJobSelection *chosen)
{
  g_return_if_fail (RFI_IS_LANE (self));

  if (!g_set_object (&self->chosen, chosen) || self->selection == NULL)
    return;

  gtk_grid_view_set_model (GTK_GRID_VIEW (self->list), NULL);
  g_clear_object (&self->selection);
  update_model (self);
}

RfiJobItem *
rfi_lane_get_selected (RfiLane *self)
{
  RfiJobItem *cursor;
  guint position;

  g_return_val_if_fail (RFI_IS_LANE (self), NULL);

  cursor = self->chosen != NULL ? rfi_job_selection_get_cursor (self->chosen) : NULL;
  return cursor != NULL && self->selection != NULL &&
         rfi_job_view_find (self->view, rfi_job_item_get_id (cursor), &position) ? cursor : NULL;
}

gboolean
rfi_lane_means_many (RfiLane    *self,
                     RfiJobItem *item)
{
  return rfi_job_selection_get_n (self->chosen) > 1 && rfi_job_selection_has (self->chosen, item);
}

gboolean
rfi_lane_focus_card (RfiLane *self,
                     guint    position)
{
  g_autoptr(RfiJobItem) item = NULL;
  RfiJobCard *card;
  guint n_jobs;

  g_return_val_if_fail (RFI_IS_LANE (self), FALSE);

  n_jobs = self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->view)) : 0;
  if (n_jobs == 0)
    return FALSE;

  rfi_lane_fill_all (self);
  position = MIN (position, n_jobs - 1);
  item = g_list_model_get_item (G_LIST_MODEL (self->view), position);
  gtk_widget_activate_action (self->list, "list.select-item", "(ubb)", position, FALSE, FALSE);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
  card = rfi_lane_find_card (self, item);
  /* Far away cards are made only when the list has scrolled there. */
  return gtk_widget_grab_focus (card != NULL ? gtk_widget_get_parent (GTK_WIDGET (card))
                                             : self->list);
}

void
rfi_lane_scroll_to_top (RfiLane *self)
{
  g_return_if_fail (RFI_IS_LANE (self));

  if (self->selection != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
}

RfiJobCard *
rfi_lane_find_card (RfiLane    *self,
                    RfiJobItem *item)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list);
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      RfiJobCard *card = rfi_lane_get_card (row);

      if (card != NULL && rfi_job_card_get_item (card) == item)
        return card;
    }
  return NULL;
}

void
rfi_lane_refresh (RfiLane  *self,
                  gboolean  resize)
{
  g_return_if_fail (RFI_IS_LANE (self));

  for (GtkWidget *row = gtk_widget_get_first_child (self->list);
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      RfiJobCard *card = rfi_lane_get_card (row);

      if (card == NULL)
        continue;
      if (resize)
        gtk_widget_queue_resize (GTK_WIDGET (card));
      gtk_widget_queue_draw (GTK_WIDGET (card));
    }
  if (resize)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    update_head (self);
}

gboolean
rfi_lane_is_held (RfiLane *self)
{
  g_return_val_if_fail (RFI_IS_LANE (self), FALSE);

  return self->dragged || gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL
         || (self->menu != NULL && gtk_widget_get_visible (self->menu));
}

void
rfi_lane_drag_started (RfiLane    *self,
                       RfiJobItem *item)
{
  self->dragged = TRUE;
  g_signal_emit (self, signals[DRAG_STARTED], 0, item);
}

void
rfi_lane_drag_ended (RfiLane *self)
{
  self->dragged = FALSE;
  g_signal_emit (self, signals[DRAG_ENDED], 0);
}

void
rfi_lane_leave_sideways (RfiLane *self,
                         guint    position,
                         int      step)
{
  g_signal_emit (self, signals[LEAVE_SIDEWAYS], 0, position, step);
}

void
rfi_lane_move_sideways (RfiLane    *self,
                        RfiJobItem *item,
                        int         step)
{
  g_signal_emit (self, signals[MOVE_SIDEWAYS], 0, item, step);
}
