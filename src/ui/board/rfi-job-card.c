/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-card"

#include "config.h"

#include "rfi-job-card.h"

#include "rfi-alert-words.h"
#include "rfi-card-painter.h"
#include "rfi-flash.h"
#include "rfi-format.h"
#include "rfi-presence-list.h"
#include "rfi-presence-words.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiJobCard
{
  GtkWidget     parent_instance;

  RfiCardStyle *style;         /* (owned) */
  RfiSession   *session;       /* (owned) (nullable) */
  RfiJobItem   *item;          /* (owned) (nullable) */
  gulong        state_handler;
  gulong        flash_handler;
  gboolean      asleep;        /* drew nothing, being out of sight */
  gboolean      unnamed;       /* its accessible name is not of this state */
};

G_DEFINE_FINAL_TYPE (RfiJobCard, rfi_job_card, GTK_TYPE_WIDGET)

/* Returns: (nullable): the name of who has the job */
static const char *
get_assignee (RfiJobCard   *self,
              const RfiJob *job)
{
  if (job->assigned_to == NULL || job->assigned_to[0] == '\0')
    return NULL;
  if (job->assigned_to_name != NULL && job->assigned_to_name[0] != '\0')
    return job->assigned_to_name;
  return self->session != NULL ? rfi_session_get_name (self->session, job->assigned_to)
                               : job->assigned_to;
}

/* Who else has it open. Returns: (nullable) */
static RfiPresence *
get_presence (RfiJobCard *self)
{
  if (self->session == NULL)
    return NULL;
  return rfi_presence_list_get (rfi_session_get_presence (self->session),
                                rfi_job_item_get_id (self->item));
}

/* @separator: before the words; nothing is added where there is nobody */
static void
append_presence (RfiJobCard *self,
                 GString    *text,
                 const char *separator)
{
  RfiPresence *presence = get_presence (self);
  g_autofree char *words = presence != NULL ? rfi_presence_words (presence) : NULL;

  if (words != NULL)
    g_string_append_printf (text, "%s%s", separator, words);
}

/* What the picture says, for those who hear it. */
static char *
describe (RfiJobCard *self)
{
  const RfiJob *job = rfi_job_item_get_job (self->item);
  const char *assignee = get_assignee (self, job);
  const char *mark = rfi_words_mark (rfi_job_item_get_mark (self->item));
  GString *text = g_string_new (NULL);

  /* translators: a job read aloud: title, priority, store, city, technician */
  g_string_append_printf (text, _("%s, %s, %s, %s, %s"), job->title,
                          rfi_words_priority (job->priority), job->store_name, job->city,
                          assignee != NULL ? assignee : _("Unassigned"));
  if (job->n_photos > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("%u photo", "%u photos", job->n_photos),
                              job->n_photos);
    }
  if (mark != NULL)
    g_string_append_printf (text, ", %s", mark);
  append_presence (self, text, ", ");
  return g_string_free (text, FALSE);
}

static void
update_label (RfiJobCard *self)
{
  g_autofree char *text = NULL;

  if (!self->unnamed)
    return;

  self->unnamed = FALSE;
  text = describe (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* What is out of sight shows it when it is woken. */
static void
state_changed_cb (RfiJobCard *self)
{
  self->unnamed = TRUE;
  if (!self->asleep)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
flash_cb (RfiJobCard *self)
{
  if (!self->asleep)
    rfi_flash_start (GTK_WIDGET (self));
}

static void
drop_item (RfiJobCard *self)
{
  if (self->item == NULL)
    return;

  rfi_flash_stop (GTK_WIDGET (self));
  g_clear_signal_handler (&self->state_handler, self->item);
  g_clear_signal_handler (&self->flash_handler, self->item);
  g_clear_object (&self->item);
}

static gboolean
rfi_job_card_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    keyboard,
                            GtkTooltip *tooltip)
{
  RfiJobCard *self = RFI_JOB_CARD (widget);
  const RfiJob *job;
  const char *mark;
  gint64 deadline;
  g_autofree char *due = NULL;
  g_autofree char *changed = NULL;
  GString *text;
  g_autofree char *words = NULL;

  if (self->item == NULL)
    return FALSE;

  job = rfi_job_item_get_job (self->item);
  mark = rfi_words_mark (rfi_job_item_get_mark (self->item));
  changed = rfi_format_ago_at (job->updated_at, rfi_card_style_get_now (self->style));
  text = g_string_new (job->title);
  deadline = rfi_alert_get_deadline (job, &self->style->rules);
  if (deadline != 0)
    {
      due = rfi_alert_words_due (deadline, rfi_card_style_get_now (self->style));
      g_string_append_printf (text, "\n%s", due);
    }
  /* translators: %s is such as "2 minutes ago" */
  g_string_append_printf (text, _("\nChanged %s"), changed);
  if (mark != NULL)
    g_string_append_printf (text, " · %s", mark);
  append_presence (self, text, "\n");
  words = g_string_free (text, FALSE);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
rfi_job_card_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  RfiJobCard *self = RFI_JOB_CARD (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = rfi_card_style_get_height (self->style);
    }
  else
    {
      *minimum = 0;
      *natural = rfi_card_style_get_width (self->style);
    }
}

/* Whether the card is outside of what its scrolled window shows, and not about to come in. A list
 * keeps thirty rows, and has them all drawn whenever they are bound to another job. */
static gboolean
is_far_away (GtkWidget *widget)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_point_t origin;
  int page, height;

  if (window == NULL
      || !gtk_widget_compute_point (widget, window, &GRAPHENE_POINT_INIT (0, 0), &origin))
    return FALSE;

  page = gtk_widget_get_height (window);
  height = gtk_widget_get_height (widget);
  return origin.y > page + height || origin.y < -2 * height;
}

/* Whether the style sheet draws the ground, as of the few cards that look different. */
static gboolean
is_styled (RfiJobCard *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkStateFlags flags = row != NULL ? gtk_widget_get_state_flags (row) : GTK_STATE_FLAG_NORMAL;

  return (flags & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_SELECTED)) != 0;
}

static void
paint (RfiJobCard  *self,
       int          width,
       GtkSnapshot *snapshot)
{
  update_label (self);
  rfi_card_painter_paint (self->style, GTK_WIDGET (self), width, snapshot, self->item,
                          is_styled (self),
                          get_assignee (self, rfi_job_item_get_job (self->item)),
                          get_presence (self));
}

static void
rfi_job_card_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  RfiJobCard *self = RFI_JOB_CARD (widget);

  self->asleep = is_far_away (widget);
  if (self->asleep || self->item == NULL)
    return;

  paint (self, gtk_widget_get_width (widget), snapshot);
}

static void
rfi_job_card_dispose (GObject *object)
{
  RfiJobCard *self = RFI_JOB_CARD (object);

  drop_item (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_job_card_parent_class)->dispose (object);
}

static void
rfi_job_card_finalize (GObject *object)
{
  g_clear_pointer (&RFI_JOB_CARD (object)->style, rfi_card_style_unref);

  G_OBJECT_CLASS (rfi_job_card_parent_class)->finalize (object);
}

static void
rfi_job_card_class_init (RfiJobCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_job_card_dispose;
  object_class->finalize = rfi_job_card_finalize;
  widget_class->measure = rfi_job_card_measure;
  widget_class->snapshot = rfi_job_card_snapshot;
  widget_class->query_tooltip = rfi_job_card_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "rficard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rfi_job_card_init (RfiJobCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "rfi-card");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
rfi_job_card_new (RfiCardStyle *style)
{
  RfiJobCard *self = g_object_new (RFI_TYPE_JOB_CARD, NULL);

  self->style = rfi_card_style_ref (style);
  return GTK_WIDGET (self);
}

RfiJobItem *
rfi_job_card_get_item (RfiJobCard *self)
{
  g_return_val_if_fail (RFI_IS_JOB_CARD (self), NULL);

  return self->item;
}

void
rfi_job_card_set_item (RfiJobCard *self,
                       RfiSession *session,
                       RfiJobItem *item)
{
  g_return_if_fail (RFI_IS_JOB_CARD (self));

  g_set_object (&self->session, session);
  if (self->item == item)
    return;

  drop_item (self);
  if (item != NULL)
    {
      self->item = g_object_ref (item);
      self->state_handler = g_signal_connect_swapped (item, "notify::state",
                                                      G_CALLBACK (state_changed_cb), self);
      self->flash_handler = g_signal_connect_swapped (item, "flash", G_CALLBACK (flash_cb), self);
      self->unnamed = TRUE;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What is painted here is not kept: the words that were laid out for it are. */
void
rfi_job_card_prepare (RfiJobCard *self,
                      int         width)
{
  g_autoptr(GtkSnapshot) snapshot = NULL;

  g_return_if_fail (RFI_IS_JOB_CARD (self));

  if (self->item == NULL)
    return;

  snapshot = gtk_snapshot_new ();
  paint (self, width, snapshot);
}

void
rfi_job_card_renew (RfiJobCard *self)
{
  g_return_if_fail (RFI_IS_JOB_CARD (self));

  self->unnamed = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rfi_job_card_wake (RfiJobCard *self)
{
  g_return_if_fail (RFI_IS_JOB_CARD (self));

  if (self->asleep)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
