/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-queue"

#include "config.h"

#include "rfi-conflict-queue.h"

#include "rfi-conflict-row.h"
#include "rfi-conflict-watch.h"
#include "rfi-conflict-words.h"
#include "rfi-decision.h"
#include "rfi-record-item.h"

#include <glib/gi18n.h>

/* What is left by the filter. */
enum {
  SHOW_MINE,
  SHOW_ALL,
  SHOW_ESCALATED,
};

/* In this order. */
typedef enum {
  SECTION_YOURS,
  SECTION_TO_YOU,
  SECTION_ESCALATED,
  SECTION_OTHERS,
  SECTION_SETTLED,
  N_SECTIONS,
} Section;

struct _RfiConflictQueue
{
  AdwBin              parent_instance;

  RfiSession         *session;    /* (owned) (nullable) */
  GSignalGroup       *session_signals;  /* (owned): on session */
  GSignalGroup       *desk_signals;     /* (owned): on its desk */
  GtkFilterListModel *filtered;   /* (owned) */
  GtkSortListModel   *sorted;     /* (owned): what the list shows */
  GtkCustomFilter    *filter;     /* borrowed */
  GtkDropDown        *show;
  GtkLabel           *as_of;
  GtkListBox         *list;
  GtkWidget          *nothing;
  GtkWidget          *together;   /* the card */
  GtkLabel           *n_like;
  char               *selected;   /* (nullable): id */
};

G_DEFINE_FINAL_TYPE (RfiConflictQueue, rfi_conflict_queue, ADW_TYPE_BIN)

enum {
  SELECTED,
  TOGETHER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_to_me (RfiConflictQueue *self,
          RfiConflict      *conflict)
{
  return rfi_conflict_watch_is_for (conflict, rfi_session_get_user (self->session));
}

static Section
get_section (RfiConflictQueue *self,
             RfiConflict      *conflict)
{
  if (rfi_conflict_facts_is_settled (conflict->facts))
    return SECTION_SETTLED;
  if (is_to_me (self, conflict))
    return SECTION_TO_YOU;
  if (!conflict->elsewhere)
    return SECTION_YOURS;
  return rfi_conflict_facts_is_escalated (conflict->facts) ? SECTION_ESCALATED : SECTION_OTHERS;
}

/* Whose change it was, or who settled it. */
static gboolean
was_mine (RfiConflictQueue *self,
          RfiConflict      *conflict)
{
  const char *me = rfi_session_get_user (self->session)->id;

  return rfi_conflict_facts_is_settled (conflict->facts) &&
         (g_strcmp0 (conflict->operation->user_id, me) == 0 ||
          g_strcmp0 (conflict->facts->resolved_by, me) == 0);
}

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  RfiConflictQueue *self = user_data;
  RfiConflict *conflict = rfi_record_item_get (item);

  if (self->session == NULL)
    return FALSE;

  switch (gtk_drop_down_get_selected (self->show))
    {
    case SHOW_MINE:
      return !conflict->elsewhere || is_to_me (self, conflict) || was_mine (self, conflict);
    case SHOW_ESCALATED:
      return rfi_conflict_facts_is_escalated (conflict->facts);
    case SHOW_ALL:
    default:
      return TRUE;
    }
}

static int
compare_times (gint64 first,
               gint64 second)
{
  return first > second ? -1 : first < second ? 1 : 0;
}

/* By section, then the newest first. */
static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  RfiConflictQueue *self = user_data;
  RfiConflict *first = rfi_record_item_get ((gpointer) a);
  RfiConflict *second = rfi_record_item_get ((gpointer) b);
  Section first_section;
  Section second_section;

  if (self->session == NULL)
    return 0;

  first_section = get_section (self, first);
  second_section = get_section (self, second);
  if (first_section != second_section)
    return first_section < second_section ? -1 : 1;
  if (first_section == SECTION_SETTLED)
    return compare_times (first->facts->resolved_at, second->facts->resolved_at);
  return compare_times (first->detected_at, second->detected_at);
}

/* (transfer none) (nullable) */
static RfiConflict *
get_at (RfiConflictQueue *self,
        guint             position)
{
  g_autoptr(RfiRecordItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->sorted), position);

  return item != NULL ? rfi_record_item_get (item) : NULL;
}

static guint
count (RfiConflictQueue *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
}

/* -1 if it is not there */
static int
find (RfiConflictQueue *self,
      const char       *conflict_id)
{
  for (guint i = 0; conflict_id != NULL && i < count (self); i++)
    if (g_str_equal (get_at (self, i)->id, conflict_id))
      return (int) i;
  return -1;
}

static guint
count_section (RfiConflictQueue *self,
               Section           section)
{
  guint n = 0;

  for (guint i = 0; i < count (self); i++)
    n += get_section (self, get_at (self, i)) == section;
  return n;
}

static GtkWidget *
make_header (RfiConflictQueue *self,
             Section           section)
{
  static const char *const titles[N_SECTIONS] = { N_("Yours"), N_("Handed on to you"),
                                                  N_("Handed on"), N_("Of others"),
                                                  N_("Settled today") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_(titles[section]));
  g_autofree char *n = g_strdup_printf ("%u", count_section (self, section));
  GtkWidget *badge = gtk_label_new (n);

  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_add_css_class (badge, "rfi-badge");
  if (section <= SECTION_TO_YOU)
    gtk_widget_add_css_class (badge, "alert");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), badge);
  return box;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  RfiConflictQueue *self = user_data;
  RfiConflict *conflict = get_at (self, (guint) gtk_list_box_row_get_index (row));
  RfiConflict *last =
    before != NULL ? get_at (self, (guint) gtk_list_box_row_get_index (before)) : NULL;

  if (conflict == NULL || self->session == NULL)
    return;

  if (last == NULL || get_section (self, last) != get_section (self, conflict))
    gtk_list_box_row_set_header (row, make_header (self, get_section (self, conflict)));
  else
    gtk_list_box_row_set_header (row, NULL);
}

GPtrArray *
rfi_conflict_queue_list_like (RfiConflictQueue *self)
{
  RfiConflict *selected = rfi_conflict_queue_get_selected (self);
  g_autoptr(RfiDecision) wanted = NULL;
  GPtrArray *alike = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_unref);

  if (selected == NULL || selected->theirs == NULL ||
      rfi_conflict_facts_is_settled (selected->facts))
    return alike;

  wanted = rfi_decision_new (selected);
  for (guint i = 0; i < count (self); i++)
    {
      RfiConflict *conflict = get_at (self, i);
      g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);

      if (!rfi_conflict_facts_is_settled (conflict->facts) &&
          rfi_decision_is_like (wanted, decision))
        g_ptr_array_add (alike, rfi_conflict_ref (conflict));
    }
  return alike;
}

static void
update_together (RfiConflictQueue *self)
{
  g_autoptr(GPtrArray) alike = rfi_conflict_queue_list_like (self);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->together, alike->len > 1);
  if (alike->len < 2)
    return;

  words = g_strdup_printf (ngettext ("%u job asks the same", "%u jobs ask the same", alike->len),
                           alike->len);
  gtk_label_set_label (self->n_like, words);
}

static void
tell (RfiConflictQueue *self)
{
  update_together (self);
  g_signal_emit (self, signals[SELECTED], 0, rfi_conflict_queue_get_selected (self));
}

RfiConflict *
rfi_conflict_queue_get_selected (RfiConflictQueue *self)
{
  int position;

  g_return_val_if_fail (RFI_IS_CONFLICT_QUEUE (self), NULL);

  position = find (self, self->selected);
  return position >= 0 ? get_at (self, (guint) position) : NULL;
}

static void
select_position (RfiConflictQueue *self,
                 int               position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

static void
row_selected_cb (RfiConflictQueue *self,
                 GtkListBoxRow    *row)
{
  RfiConflict *conflict =
    row != NULL ? get_at (self, (guint) gtk_list_box_row_get_index (row)) : NULL;

  /* The list may be filled anew by itself. */
  if (conflict == NULL || g_strcmp0 (self->selected, conflict->id) == 0)
    return;

  g_free (self->selected);
  self->selected = g_strdup (conflict->id);
  tell (self);
}

static void
items_changed_cb (RfiConflictQueue *self)
{
  int position = find (self, self->selected);

  gtk_widget_set_visible (self->nothing, count (self) == 0);
  gtk_list_box_invalidate_headers (self->list);
  if (position >= 0)
    {
      select_position (self, position);
      update_together (self);
      return;
    }

  /* What is settled is only shown to whoever asks for it. */
  g_clear_pointer (&self->selected, g_free);
  if (count (self) > 0 && get_section (self, get_at (self, 0)) != SECTION_SETTLED)
    select_position (self, 0);
  if (self->selected == NULL)
    tell (self);
}

static void
record_changed_cb (RfiRecordItem    *item,
                   GParamSpec       *pspec,
                   RfiConflictQueue *self)
{
  RfiConflict *conflict = rfi_record_item_get (item);

  if (g_strcmp0 (conflict->id, self->selected) == 0)
    tell (self);
}

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  RfiConflictQueue *self = user_data;

  g_signal_handlers_disconnect_by_func (item, record_changed_cb, self);
  g_signal_connect_object (item, "notify::record", G_CALLBACK (record_changed_cb), self, 0);
  return rfi_conflict_row_new (self->session, item);
}

static void
show_changed_cb (RfiConflictQueue *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
update_as_of (RfiConflictQueue *self)
{
  g_autofree char *words = self->session != NULL ? rfi_conflict_words_told (self->session) : NULL;

  gtk_label_set_label (self->as_of, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->as_of), words != NULL);
}

/* What is open, and what was settled. Returns: (transfer full) */
static GListModel *
make_model (RfiConflictDesk *desk)
{
  GListStore *models = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (models, rfi_conflict_desk_get_list (desk));
  g_list_store_append (models, rfi_conflict_desk_get_settled (desk));
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (models)));
}

void
rfi_conflict_queue_set_session (RfiConflictQueue *self,
                                RfiSession       *session)
{
  RfiConflictDesk *desk = session != NULL ? rfi_conflict_desk_get (session) : NULL;
  g_autoptr(GListModel) model = NULL;

  g_return_if_fail (RFI_IS_CONFLICT_QUEUE (self));

  gtk_filter_list_model_set_model (self->filtered, NULL);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  g_signal_group_set_target (self->desk_signals, desk);
  update_as_of (self);
  if (session == NULL)
    return;

  gtk_drop_down_set_selected (self->show, SHOW_ALL);
  model = make_model (desk);
  gtk_filter_list_model_set_model (self->filtered, model);
  items_changed_cb (self);
}

gboolean
rfi_conflict_queue_select (RfiConflictQueue *self,
                           const char       *conflict_id)
{
  int position;

  g_return_val_if_fail (RFI_IS_CONFLICT_QUEUE (self), FALSE);

  position = find (self, conflict_id);
  if (position < 0 && gtk_drop_down_get_selected (self->show) != SHOW_ALL)
    {
      gtk_drop_down_set_selected (self->show, SHOW_ALL);
      position = find (self, conflict_id);
    }
  if (position >= 0)
    select_position (self, position);
  return position >= 0;
}

void
rfi_conflict_queue_walk (RfiConflictQueue *self,
                         int               step)
{
  g_return_if_fail (RFI_IS_CONFLICT_QUEUE (self));

  select_position (self, find (self, self->selected) + step);
}

void
rfi_conflict_queue_focus (RfiConflictQueue *self)
{
  g_return_if_fail (RFI_IS_CONFLICT_QUEUE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
together_clicked_cb (RfiConflictQueue *self)
{
  g_signal_emit (self, signals[TOGETHER], 0);
}

static void
rfi_conflict_queue_dispose (GObject *object)
{
  RfiConflictQueue *self = RFI_CONFLICT_QUEUE (object);

  if (self->filtered != NULL)
    gtk_filter_list_model_set_model (self->filtered, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->desk_signals);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filtered);
  g_clear_object (&self->session);
  g_clear_pointer (&self->selected, g_free);

  G_OBJECT_CLASS (rfi_conflict_queue_parent_class)->dispose (object);
}

static void
rfi_conflict_queue_class_init (RfiConflictQueueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_conflict_queue_dispose;

  signals[SELECTED] = g_signal_new ("selected", RFI_TYPE_CONFLICT_QUEUE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_CONFLICT);
  signals[TOGETHER] = g_signal_new ("together", RFI_TYPE_CONFLICT_QUEUE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/conflicts/rfi-conflict-queue.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiConflictQueue, show);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictQueue, as_of);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictQueue, list);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictQueue, nothing);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictQueue, together);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictQueue, n_like);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, together_clicked_cb);
}

static void
rfi_conflict_queue_init (RfiConflictQueue *self)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (self->filter));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), sorter);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->sorted), make_row_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  g_signal_connect_object (self->sorted, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->session_signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_object (self->session_signals, "notify::online",
                                 G_CALLBACK (update_as_of), self, G_CONNECT_SWAPPED);
  self->desk_signals = g_signal_group_new (RFI_TYPE_CONFLICT_DESK);
  g_signal_group_connect_object (self->desk_signals, "notify::told-at", G_CALLBACK (update_as_of),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->desk_signals, "trouble", G_CALLBACK (update_as_of), self,
                                 G_CONNECT_SWAPPED);
}
