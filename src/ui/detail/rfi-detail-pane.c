/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-detail-pane"

#include "config.h"

#include "rfi-detail-pane.h"

#include "rfi-due-label.h"
#include "rfi-field-editor.h"
#include "rfi-format.h"
#include "rfi-held.h"
#include "rfi-job-history.h"
#include "rfi-photo-strip.h"
#include "rfi-pill.h"
#include "rfi-presence-note.h"
#include "rfi-record-item.h"
#include "rfi-stepper.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiDetailPane
{
  AdwBin          parent_instance;

  RfiSession     *session;         /* (owned) (nullable) */
  RfiJobItem     *item;            /* (owned) (nullable) */
  GSignalGroup   *item_signals;    /* (owned): on item */
  GSignalGroup   *session_signals; /* (owned): on session */
  char           *conflict_id;     /* (owned) (nullable): of the job's open conflict */

  GtkStack       *stack;           /* template children, from here on */
  RfiPill        *priority;
  GtkLabel       *short_id;
  GtkMenuButton  *menu;
  GtkLabel       *title;
  GtkLabel       *place;
  GtkLabel       *description;
  RfiDueLabel    *due;
  RfiPresenceNote *presence;
  GtkWidget      *conflict_note;
  GtkLabel       *conflict_words;
  RfiStepper     *stepper;
  GtkButton      *next_step;
  GtkWidget      *next_row;
  GtkMenuButton  *other_steps;
  GtkWidget      *queued_note;
  GtkLabel       *queued_words;
  GtkWidget      *news_note;
  GtkLabel       *news;
  AdwActionRow   *technician;
  AdwAvatar      *avatar;
  GtkButton      *change;
  GtkLabel       *facts;
  RfiPhotoStrip  *photos;
  RfiFieldEditor *fields;
  RfiJobHistory  *history;
  GtkWidget      *unsaved;
  GtkLabel       *unsaved_words;
  GtkWidget      *copy_unsaved;
};

enum {
  PROP_0,
  PROP_JOB_ID,
  PROP_SESSION,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiDetailPane, rfi_detail_pane, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
show_head (RfiDetailPane *self,
           RfiJob        *job)
{
  g_autofree char *short_id = g_strndup (job->id, 4);
  g_autofree char *place = NULL;

  /* translators: store, street, city, state and ZIP of a job */
  place = g_strdup_printf (_("%s · %s, %s %s %s"), job->store_name, job->address, job->city,
                           job->state, job->zip_code);

  rfi_pill_set_priority (self->priority, job->priority);
  gtk_label_set_label (self->short_id, short_id);
  gtk_label_set_label (self->title, job->title);
  gtk_label_set_label (self->place, place);
  rfi_due_label_set_job (self->due, job);
  gtk_label_set_label (self->description, job->description);
  gtk_widget_set_visible (GTK_WIDGET (self->description), *job->description != '\0');
}

/* A step that may be taken is an item that takes it; one that needs the network says so. */
static void
append_step (RfiDetailPane *self,
             GMenu         *menu,
             RfiJob        *job,
             RfiStatus      to)
{
  RfiVerdict verdict = rfi_session_check_status (self->session, job->id, to);
  g_autoptr(GMenuItem) item = NULL;
  g_autofree char *label = NULL;

  if (verdict != RFI_VERDICT_OK && verdict != RFI_VERDICT_NEEDS_CONNECTION)
    return;

  if (verdict == RFI_VERDICT_OK)
    label = g_strdup (rfi_words_status_step (to));
  else
    /* translators: an action, then why it can't be done now */
    label = g_strdup_printf (_("%s — %s"), rfi_words_status_step (to), rfi_words_verdict (verdict));

  item = g_menu_item_new (label, NULL);
  if (verdict != RFI_VERDICT_OK)
    g_menu_item_set_action_and_target (item, "win.not-now", NULL);
  else if (to == RFI_STATUS_CANCELLED)
    g_menu_item_set_action_and_target (item, "win.cancel-job", "s", job->id);
  else
    g_menu_item_set_action_and_target (item, "win.set-status", "(ss)", job->id,
                                       rfi_status_to_string (to));
  g_menu_append_item (menu, item);
}

static void
append_delete (RfiDetailPane *self,
               GMenu         *menu,
               RfiJob        *job)
{
  RfiVerdict verdict = rfi_session_check (self->session, job->id, RFI_ACTION_DELETE);
  g_autoptr(GMenuItem) item = NULL;
  g_autofree char *label = NULL;

  if (verdict != RFI_VERDICT_OK && verdict != RFI_VERDICT_NEEDS_CONNECTION)
    return;

  label = verdict == RFI_VERDICT_OK
            ? g_strdup (_("Delete Job…"))
            : g_strdup_printf (_("%s — %s"), _("Delete Job…"), rfi_words_verdict (verdict));
  item = g_menu_item_new (label, NULL);
  if (verdict == RFI_VERDICT_OK)
    g_menu_item_set_action_and_target (item, "win.delete-job", "s", job->id);
  else
    g_menu_item_set_action_and_target (item, "win.not-now", NULL);
  g_menu_append_item (menu, item);
}

static void
show_menus (RfiDetailPane *self,
            RfiJob        *job)
{
  g_autoptr(GMenu) steps = g_menu_new ();
  g_autoptr(GMenu) more = g_menu_new ();
  RfiStatus next;
  gboolean has_next = rfi_status_get_next (job->status, &next);

  for (guint i = 0; i < RFI_N_STATUSES; i++)
    if (!has_next || i != (guint) next)
      append_step (self, steps, job, (RfiStatus) i);
  append_delete (self, more, job);

  gtk_menu_button_set_menu_model (self->other_steps, G_MENU_MODEL (steps));
  gtk_widget_set_visible (GTK_WIDGET (self->other_steps),
                          g_menu_model_get_n_items (G_MENU_MODEL (steps)) > 0);
  gtk_menu_button_set_menu_model (self->menu, G_MENU_MODEL (more));
  gtk_widget_set_visible (GTK_WIDGET (self->menu),
                          g_menu_model_get_n_items (G_MENU_MODEL (more)) > 0);
}

/* An action never meets the target of the one before it. @target: (nullable) (transfer floating) */
static void
set_action (GtkButton  *button,
            const char *name,
            GVariant   *target)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
}

static void
show_next_step (RfiDetailPane *self,
                RfiJob        *job)
{
  RfiStatus next;
  RfiVerdict verdict;
  gboolean assigns;

  if (!rfi_status_get_next (job->status, &next))
    {
      gtk_widget_set_visible (self->next_row, FALSE);
      return;
    }

  assigns = next == RFI_STATUS_ASSIGNED && job->assigned_to == NULL;
  verdict = assigns ? rfi_session_check (self->session, job->id, RFI_ACTION_ASSIGN)
                    : rfi_session_check_status (self->session, job->id, next);

  gtk_widget_set_visible (self->next_row, verdict != RFI_VERDICT_NOT_YOUR_ROLE);
  gtk_button_set_label (self->next_step, rfi_words_status_step (next));
  if (verdict != RFI_VERDICT_OK)
    set_action (self->next_step, "win.not-now", NULL);
  else if (assigns)
    set_action (self->next_step, "win.assign", g_variant_new_string (job->id));
  else
    set_action (self->next_step, "win.set-status",
                g_variant_new ("(ss)", job->id, rfi_status_to_string (next)));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->next_step),
                               verdict != RFI_VERDICT_OK ? rfi_words_verdict (verdict) : NULL);
}

static void
show_technician (RfiDetailPane *self,
                 RfiJob        *job)
{
  RfiVerdict verdict = rfi_session_check (self->session, job->id, RFI_ACTION_ASSIGN);
  const char *name = rfi_session_get_name (self->session, job->assigned_to);
  g_autofree char *load = NULL;
  g_autofree char *safe_name = NULL;
  g_autofree char *avatar_text = NULL;

  if (job->assigned_to == NULL)
    {
      name = _("Nobody yet");
      load = g_strdup (_("Waits for a technician"));
    }
  else
    {
      guint n = rfi_job_table_count_open (rfi_session_get_jobs (self->session), job->assigned_to);

      load = g_strdup_printf (ngettext ("%u open job", "%u open jobs", n), n);
    }

  safe_name = g_markup_escape_text (name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->technician), safe_name);
  adw_action_row_set_subtitle (self->technician, load);
  avatar_text = rfi_format_avatar_text (name);
  adw_avatar_set_text (self->avatar, avatar_text);
  adw_avatar_set_show_initials (self->avatar, job->assigned_to != NULL);
  if (job->assigned_to == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->avatar), "nobody");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->avatar), "nobody");

  gtk_widget_set_visible (GTK_WIDGET (self->change), verdict != RFI_VERDICT_NOT_YOUR_ROLE &&
                                                       verdict != RFI_VERDICT_JOB_IS_OVER);
  gtk_button_set_label (self->change, job->assigned_to != NULL ? _("Change…") : _("Assign…"));
  if (verdict == RFI_VERDICT_OK)
    set_action (self->change, "win.assign", g_variant_new_string (job->id));
  else
    set_action (self->change, "win.not-now", NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->change),
                               verdict == RFI_VERDICT_OK ? NULL : rfi_words_verdict (verdict));
}

static void
show_facts (RfiDetailPane *self,
            RfiJob        *job)
{
  g_autofree char *created = rfi_format_clock (job->created_at);
  g_autofree char *changed = rfi_format_ago (job->updated_at);
  g_autofree char *words = NULL;

  /* translators: who created a job and when, whose it is, when it was last changed */
  words = g_strdup_printf (_("Created by %s, %s\n%s · changed %s"),
                           rfi_session_get_name (self->session, job->created_by), created,
                           rfi_session_get_vendor_name (self->session, job->vendor_id), changed);
  gtk_label_set_label (self->facts, words);
}

/* Returns: (transfer none) (nullable) */
static RfiConflict *
find_conflict (RfiDetailPane *self,
               const char    *job_id)
{
  GListModel *conflicts = rfi_session_get_conflicts (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (conflicts, i);
      RfiConflict *conflict = rfi_record_item_get (item);

      if (g_str_equal (conflict->job_id, job_id))
        return conflict;
    }

  return NULL;
}

static void
show_conflict (RfiDetailPane *self,
               RfiJob        *job)
{
  RfiConflict *conflict = find_conflict (self, job->id);
  g_autofree char *ago = NULL;
  g_autofree char *words = NULL;

  g_clear_pointer (&self->conflict_id, g_free);
  gtk_widget_set_visible (self->conflict_note, conflict != NULL);
  if (conflict == NULL)
    return;

  self->conflict_id = g_strdup (conflict->id);
  ago = rfi_format_ago (conflict->theirs_at != 0 ? conflict->theirs_at : conflict->detected_at);
  if (conflict->theirs_by != NULL)
    /* translators: a person and a time: "Changed by Sara 4 minutes ago while your change waited" */
    words = g_strdup_printf (_("Changed by %s %s while your change waited."),
                             rfi_session_get_name (self->session, conflict->theirs_by), ago);
  else
    /* translators: %s is a time such as "4 minutes ago" */
    words = g_strdup_printf (_("Changed by somebody else %s while your change waited."), ago);
  gtk_label_set_label (self->conflict_words, words);
}

static void
show_queued (RfiDetailPane *self,
             RfiJobState   *state)
{
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->queued_note,
                          state->n_pending > 0 && state->mark != RFI_MARK_CONFLICT);
  if (state->mark == RFI_MARK_FAILED)
    words = g_strdup (_("The server refused a change of this job. Look at it in Activity."));
  else
    words =
      g_strdup_printf (ngettext ("%u change waits to be sent. It is safe on this computer.",
                                 "%u changes wait to be sent. They are safe on this computer.",
                                 state->n_pending),
                       (guint) state->n_pending);
  gtk_label_set_label (self->queued_words, words);
}

/* It comes below, so that nothing moves. */
static void
show_news (RfiDetailPane *self)
{
  g_autofree char *words =
    rfi_held_words (rfi_session_get_jobs (self->session), self->item);

  gtk_label_set_label (self->news, words != NULL ? words : "");
  gtk_widget_set_visible (self->news_note, words != NULL);
  if (words != NULL)
    rfi_held_tell_who (self->news, self->session, self->item);
}

static void
show_job (RfiDetailPane *self)
{
  RfiJobState *state;
  g_autofree char *created = NULL;

  if (self->item == NULL)
    {
      gtk_widget_set_visible (self->news_note, FALSE);
      return;
    }

  state = rfi_job_item_get_state (self->item);
  created = rfi_format_clock (state->work->created_at);
  show_head (self, state->work);
  show_conflict (self, state->work);
  rfi_stepper_set_job (self->stepper, state->work);
  rfi_stepper_set_time (self->stepper, RFI_STATUS_PENDING, created);
  show_next_step (self, state->work);
  show_menus (self, state->work);
  show_queued (self, state);
  show_technician (self, state->work);
  show_facts (self, state->work);
  show_news (self);
}

static void
state_changed_cb (RfiDetailPane *self)
{
  show_job (self);
  rfi_photo_strip_reload (self->photos);
  rfi_job_history_reload (self->history);
}

static void
show_news_cb (RfiDetailPane *self)
{
  if (self->item != NULL)
    rfi_job_hold_show (rfi_session_get_jobs (self->session), rfi_job_item_get_id (self->item));
}

static void
id_changed_cb (RfiDetailPane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB_ID]);
}

/* What was typed of a job that is gone can't be kept in it, but need not be typed again. */
static void
show_unsaved (RfiDetailPane *self)
{
  g_autofree char *words = rfi_field_editor_get_unsaved (self->fields);

  gtk_label_set_label (self->unsaved_words, words != NULL ? words : "");
  gtk_widget_set_visible (self->unsaved, words != NULL);
}

static void
copy_unsaved_cb (RfiDetailPane *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->unsaved_words));
}

static void
gone_cb (RfiDetailPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean within = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));

  if (!rfi_job_item_get_gone (self->item))
    return;

  show_unsaved (self);
  gtk_stack_set_visible_child_name (self->stack, "gone");
  if (within && gtk_widget_get_visible (self->unsaved))
    gtk_widget_grab_focus (self->copy_unsaved);
}

static void
history_loaded_cb (RfiDetailPane *self,
                   GPtrArray     *entries)
{
  rfi_stepper_set_history (self->stepper, entries);
}

static void
resolve_clicked_cb (RfiDetailPane *self)
{
  if (self->conflict_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-conflict", "s", self->conflict_id);
}

void
rfi_detail_pane_set_job_id (RfiDetailPane *self,
                            const char    *job_id)
{
  g_return_if_fail (RFI_IS_DETAIL_PANE (self));

  g_clear_object (&self->item);
  if (job_id != NULL && self->session != NULL)
    self->item = rfi_job_table_get_item (rfi_session_get_jobs (self->session), job_id);

  g_signal_group_set_target (self->item_signals, self->item);
  rfi_field_editor_set_job (self->fields, self->session, self->item);
  rfi_presence_note_set_job (self->presence, self->session,
                             self->item != NULL ? job_id : NULL);
  rfi_photo_strip_set_job (self->photos, self->session, self->item != NULL ? job_id : NULL);
  rfi_job_history_set_job (self->history, self->session, self->item != NULL ? job_id : NULL);
  gtk_widget_set_visible (self->unsaved, FALSE);
  gtk_stack_set_visible_child_name (self->stack, self->item != NULL ? "job" : "gone");
  show_job (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB_ID]);
}

const char *
rfi_detail_pane_get_job_id (RfiDetailPane *self)
{
  g_return_val_if_fail (RFI_IS_DETAIL_PANE (self), NULL);

  return self->item != NULL ? rfi_job_item_get_id (self->item) : NULL;
}

void
rfi_detail_pane_set_session (RfiDetailPane *self,
                             RfiSession    *session)
{
  g_return_if_fail (RFI_IS_DETAIL_PANE (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  rfi_detail_pane_set_job_id (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
rfi_detail_pane_dispose (GObject *object)
{
  RfiDetailPane *self = RFI_DETAIL_PANE (object);

  g_clear_object (&self->item_signals);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  g_clear_pointer (&self->conflict_id, g_free);

  G_OBJECT_CLASS (rfi_detail_pane_parent_class)->dispose (object);
}

static void
rfi_detail_pane_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RfiDetailPane *self = RFI_DETAIL_PANE (object);

  switch (prop_id)
    {
    case PROP_JOB_ID:
      g_value_set_string (value, rfi_detail_pane_get_job_id (self));
      break;

    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_detail_pane_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  RfiDetailPane *self = RFI_DETAIL_PANE (object);

  switch (prop_id)
    {
    case PROP_JOB_ID:
      rfi_detail_pane_set_job_id (self, g_value_get_string (value));
      break;

    case PROP_SESSION:
      rfi_detail_pane_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, short_id);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, menu);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, title);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, place);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, description);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, due);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, presence);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, conflict_note);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, conflict_words);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, stepper);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, next_step);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, next_row);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, other_steps);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, queued_note);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, queued_words);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, news_note);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, news);
  gtk_widget_class_bind_template_callback (widget_class, show_news_cb);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, technician);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, avatar);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, change);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, facts);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, photos);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, fields);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, history);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, unsaved);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, unsaved_words);
  gtk_widget_class_bind_template_child (widget_class, RfiDetailPane, copy_unsaved);
  gtk_widget_class_bind_template_callback (widget_class, copy_unsaved_cb);
  gtk_widget_class_bind_template_callback (widget_class, resolve_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_loaded_cb);
}

static void
rfi_detail_pane_class_init (RfiDetailPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_detail_pane_dispose;
  object_class->get_property = rfi_detail_pane_get_property;
  object_class->set_property = rfi_detail_pane_set_property;

  properties[PROP_JOB_ID] =
    g_param_spec_string ("job-id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RFI_TYPE_DUE_LABEL);
  g_type_ensure (RFI_TYPE_FIELD_EDITOR);
  g_type_ensure (RFI_TYPE_JOB_HISTORY);
  g_type_ensure (RFI_TYPE_PHOTO_STRIP);
  g_type_ensure (RFI_TYPE_PILL);
  g_type_ensure (RFI_TYPE_PRESENCE_NOTE);
  g_type_ensure (RFI_TYPE_STEPPER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/detail/rfi-detail-pane.ui");
  bind_template (widget_class);
}

static void
rfi_detail_pane_init (RfiDetailPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rfi_presence_note_set_editor (self->presence, GTK_WIDGET (self->fields));

  self->item_signals = g_signal_group_new (RFI_TYPE_JOB_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::state",
                                  G_CALLBACK (state_changed_cb), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::id", G_CALLBACK (id_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->item_signals, "notify::gone", G_CALLBACK (gone_cb), self);

  self->session_signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::online", G_CALLBACK (show_job),
                                  self);
  g_signal_group_connect_swapped (self->session_signals, "notify::n-conflicts",
                                  G_CALLBACK (show_job), self);
}
