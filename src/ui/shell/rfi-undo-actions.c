/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-undo-actions"

#include "config.h"

#include "rfi-undo-actions.h"

#include "rfi-undo-question.h"
#include "rfi-undo-words.h"
#include "rfi-window-private.h"

#include <glib/gi18n.h>

/* A toast that is sent away while it still comes in crashes libadwaita 1.2: it is freed when it has
 * gone, 300 ms later, and coming in may take 500. */
#define COMES_IN_MS 600

struct _RfiUndoActions
{
  GObject        parent_instance;

  RfiWindow     *window;    /* (nullable), weak: a run may outlive it */
  RfiSession    *session;   /* (owned) (nullable) */
  GMenu         *menu;      /* (owned) */
  GSimpleAction *action[2]; /* (owned): undo, redo */
  AdwToast      *toast;     /* (nullable), weak: what it offers is the next step */
  gint64         since;     /* when @toast came, µs */
  guint          source;    /* sends it away */
  GQueue         asked;     /* GINT_TO_POINTER (redo): what is still to do */
  gboolean       running;   /* one of them is under way, or asks */
};

G_DEFINE_FINAL_TYPE (RfiUndoActions, rfi_undo_actions, G_TYPE_OBJECT)

static void answered_cb  (GObject        *object,
                          GAsyncResult   *result,
                          gpointer        user_data);
static void run          (RfiUndoActions *self,
                          RfiBulk        *bulk,
                          gboolean        forced);
static void ran_cb       (GObject        *object,
                          GAsyncResult   *result,
                          gpointer        user_data);

static gboolean
comes_in (RfiUndoActions *self)
{
  return g_get_monotonic_time () - self->since < COMES_IN_MS * 1000;
}

static gboolean
dismiss_cb (gpointer user_data)
{
  RfiUndoActions *self = user_data;
  AdwToast *toast = self->toast;

  self->source = 0;
  g_clear_weak_pointer (&self->toast);
  if (toast != NULL)
    adw_toast_dismiss (toast);
  return G_SOURCE_REMOVE;
}

/* A person may do so too. */
static void
dismissed_cb (RfiUndoActions *self,
              AdwToast       *toast)
{
  if (toast == self->toast)
    g_clear_weak_pointer (&self->toast);
}

static void
set_offer (AdwToast   *toast,
           const char *label,
           const char *action)
{
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
}

static void
dismiss (RfiUndoActions *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->toast == NULL || !comes_in (self))
    {
      dismiss_cb (self);
      return;
    }

  set_offer (self->toast, NULL, NULL);
  self->source = g_timeout_add (COMES_IN_MS, dismiss_cb, self);
}

/* What follows quickly is told by the same toast. */
static void
show_toast (RfiUndoActions *self,
            const char     *text,
            const char     *label,
            const char     *action)
{
  if (self->toast != NULL && comes_in (self))
    {
      g_clear_handle_id (&self->source, g_source_remove);
      set_offer (self->toast, label, action);
      rfi_window_set_toast_text (self->window, self->toast, text);
      return;
    }

  dismiss (self);
  g_set_weak_pointer (&self->toast, rfi_window_toast (self->window, text, label, action));
  self->since = g_get_monotonic_time ();
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
add_item (RfiUndoActions *self,
          const char     *label,
          const char     *action,
          const char     *keys)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", keys);
  g_menu_append_item (self->menu, item);
}

static void
changed_cb (RfiUndoActions *self)
{
  RfiUndoStack *stack = self->session != NULL ? rfi_session_get_undo (self->session) : NULL;
  g_autofree char *undo = rfi_undo_words_undo (self->session);
  g_autofree char *redo = rfi_undo_words_redo (self->session);

  dismiss (self);
  g_simple_action_set_enabled (self->action[0],
                               stack != NULL && rfi_undo_stack_get_n_undo (stack) > 0);
  g_simple_action_set_enabled (self->action[1],
                               stack != NULL && rfi_undo_stack_get_n_redo (stack) > 0);
  g_menu_remove_all (self->menu);
  add_item (self, undo, "win.undo", "<Control>z");
  add_item (self, redo, "win.redo", "<Control><Shift>z");
}

/* Of several windows the one that was used last speaks. */
static gboolean
is_in_front (RfiUndoActions *self)
{
  GList *windows;

  if (self->window == NULL)
    return FALSE;

  windows = gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (self->window)));
  for (; windows != NULL; windows = windows->next)
    if (RFI_IS_WINDOW (windows->data))
      return windows->data == (gpointer) self->window;
  return FALSE;
}

static void
recorded_cb (RfiUndoActions *self,
             RfiUndoStep    *step)
{
  g_autofree char *words = rfi_undo_words_done (self->session, step);

  if (is_in_front (self))
    show_toast (self, words, _("_Undo"), "win.undo");
}

/* Undoing */

/* Returns: whether there was something */
static gboolean
begin (RfiUndoActions *self,
       gboolean        redo)
{
  g_autoptr(RfiBulk) bulk = rfi_bulk_new_undo (self->session, redo);

  if (bulk == NULL)
    return FALSE;

  self->running = TRUE;
  if (rfi_bulk_count (bulk, RFI_BULK_CLASH) > 0)
    rfi_undo_question_ask_async (GTK_WINDOW (self->window), bulk, answered_cb,
                                 g_object_ref (self));
  else
    run (self, bulk, FALSE);
  return TRUE;
}

/* What is on its way to the disk is waited for: it is what was done last. */
static void
begin_next (RfiUndoActions *self)
{
  if (self->session == NULL || self->window == NULL || self->running ||
      rfi_undo_stack_get_busy (rfi_session_get_undo (self->session)))
    return;

  while (!g_queue_is_empty (&self->asked))
    if (begin (self, GPOINTER_TO_INT (g_queue_pop_head (&self->asked))))
      return;
}

static void
ask (RfiUndoActions *self,
     gboolean        redo)
{
  if (self->session == NULL)
    return;

  g_queue_push_tail (&self->asked, GINT_TO_POINTER (redo));
  begin_next (self);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiUndoActions) self = user_data;
  g_autoptr(RfiBulk) bulk = NULL;
  RfiUndoChoice choice = rfi_undo_question_ask_finish (result, &bulk);

  if (choice == RFI_UNDO_KEEP)
    {
      rfi_bulk_give_up (bulk);
      self->running = FALSE;
      begin_next (self);
    }
  else
    {
      run (self, bulk, choice == RFI_UNDO_ANYWAY);
    }
}

static void
run (RfiUndoActions *self,
     RfiBulk        *bulk,
     gboolean        forced)
{
  rfi_bulk_run_async (bulk, forced, NULL, ran_cb, g_object_ref (self));
}

/* Returns: (transfer full): the first reason why some of it was not done */
static char *
find_reason (RfiBulk *bulk)
{
  GListModel *entries = rfi_bulk_get_entries (bulk);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr(RfiBulkEntry) entry = g_list_model_get_item (entries, i);
      g_autofree char *reason = rfi_undo_words_reason (bulk, entry);

      if (reason[0] != '\0')
        return g_steal_pointer (&reason);
    }
  return g_strdup ("");
}

static void
say_undone (RfiUndoActions *self,
            RfiBulk        *bulk)
{
  gboolean redo = rfi_bulk_get_redo (bulk);
  guint n = g_list_model_get_n_items (rfi_bulk_get_entries (bulk));
  guint n_done = rfi_bulk_count (bulk, RFI_BULK_KEPT) + rfi_bulk_count (bulk, RFI_BULK_CONFIRMED);
  g_autofree char *name = rfi_undo_words_step (self->session, rfi_bulk_get_step (bulk));
  g_autofree char *reason = find_reason (bulk);
  g_autofree char *words = NULL;

  if (n_done == n)
    /* translators: %s is such as "Assign to Sara" */
    words = g_strdup_printf (redo ? _("Done again: %s") : _("Undone: %s"), name);
  else if (n_done > 0)
    /* translators: such as "Assign 12 Jobs to Sara", two numbers, a sentence why */
    words = g_strdup_printf (redo ? _("Done again: %s, %u of %u. %s")
                                  : _("Undone: %s, %u of %u. %s"), name, n_done, n, reason);
  else
    /* translators: such as "Assign to Sara", a sentence why */
    words = g_strdup_printf (redo ? _("Can’t redo “%s”. %s") : _("Can’t undo “%s”. %s"), name,
                             reason);
  if (n_done > 0)
    show_toast (self, words, redo ? _("_Undo") : _("_Redo"), redo ? "win.undo" : "win.redo");
  else
    show_toast (self, words, NULL, NULL);
}

/* Whether the next step belongs to what @bulk did all of. */
static gboolean
goes_on (RfiUndoActions *self,
         RfiBulk        *bulk)
{
  RfiUndoStack *stack = rfi_session_get_undo (self->session);
  gboolean redo = rfi_bulk_get_redo (bulk);
  RfiUndoStep *next =
    redo ? rfi_undo_stack_get_redo (stack) : rfi_undo_stack_get_undo (stack);
  guint group = rfi_undo_step_get_group (rfi_bulk_get_step (bulk));
  guint n_done = rfi_bulk_count (bulk, RFI_BULK_KEPT) + rfi_bulk_count (bulk, RFI_BULK_CONFIRMED);

  return group != 0 && next != NULL && rfi_undo_step_get_group (next) == group &&
         n_done == g_list_model_get_n_items (rfi_bulk_get_entries (bulk));
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(RfiUndoActions) self = user_data;
  RfiBulk *bulk = RFI_BULK (object);

  rfi_bulk_run_finish (bulk, result);
  self->running = FALSE;
  if (self->window == NULL || rfi_bulk_get_session (bulk) != self->session)
    return;

  say_undone (self, bulk);
  if (goes_on (self, bulk))
    g_queue_push_head (&self->asked, GINT_TO_POINTER (rfi_bulk_get_redo (bulk)));
  begin_next (self);
}

static void
activate_cb (GSimpleAction  *action,
             GVariant       *parameter,
             RfiUndoActions *self)
{
  ask (self, action == self->action[1]);
}

/* Where text is typed the keys belong to the text. */
static gboolean
key_cb (GtkWidget *widget,
        GVariant  *redo,
        gpointer   user_data)
{
  RfiUndoActions *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));

  if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;

  ask (self, g_variant_get_boolean (redo));
  return TRUE;
}

static void
add_key (RfiUndoActions     *self,
         GtkEventController *controller,
         guint               key,
         GdkModifierType     modifiers,
         gboolean            redo)
{
  GtkShortcut *shortcut =
    gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (key, modifiers),
                                     gtk_callback_action_new (key_cb, self, NULL), "b", redo);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
add_keys (RfiUndoActions *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  add_key (self, controller, GDK_KEY_z, GDK_CONTROL_MASK, FALSE);
  add_key (self, controller, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE);
  gtk_widget_add_controller (GTK_WIDGET (self->window), controller);
}

static void
rfi_undo_actions_dispose (GObject *object)
{
  RfiUndoActions *self = RFI_UNDO_ACTIONS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_weak_pointer (&self->toast);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->session);
  g_clear_object (&self->menu);
  g_clear_object (&self->action[0]);
  g_clear_object (&self->action[1]);
  g_queue_clear (&self->asked);

  G_OBJECT_CLASS (rfi_undo_actions_parent_class)->dispose (object);
}

static void
rfi_undo_actions_class_init (RfiUndoActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_undo_actions_dispose;
}

static void
rfi_undo_actions_init (RfiUndoActions *self)
{
  static const char * const names[] = { "undo", "redo" };

  g_queue_init (&self->asked);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      self->action[i] = g_simple_action_new (names[i], NULL);
      g_signal_connect_object (self->action[i], "activate", G_CALLBACK (activate_cb), self, 0);
    }
}

RfiUndoActions *
rfi_undo_actions_new (RfiWindow *window,
                      GMenu     *menu)
{
  RfiUndoActions *self = g_object_new (RFI_TYPE_UNDO_ACTIONS, NULL);

  g_set_weak_pointer (&self->window, window);
  self->menu = g_object_ref (menu);
  for (guint i = 0; i < G_N_ELEMENTS (self->action); i++)
    g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (self->action[i]));
  add_keys (self);
  changed_cb (self);
  return self;
}

void
rfi_undo_actions_set_session (RfiUndoActions *self,
                              RfiSession     *session)
{
  RfiUndoStack *stack;

  g_return_if_fail (RFI_IS_UNDO_ACTIONS (self));

  if (self->session != NULL)
    {
      stack = rfi_session_get_undo (self->session);
      g_signal_handlers_disconnect_by_data (stack, self);
    }
  g_queue_clear (&self->asked);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      stack = rfi_session_get_undo (session);
      g_signal_connect_object (stack, "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (stack, "recorded", G_CALLBACK (recorded_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (stack, "ready", G_CALLBACK (begin_next), self, G_CONNECT_SWAPPED);
    }
  changed_cb (self);
}
