/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hidden-hint"

#include "config.h"

#include "rfi-hidden-hint.h"

#include "rfi-filter-words.h"
#include "rfi-job-filter-parts.h"
#include "rfi-job-search.h"
#include "rfi-job-tally.h"

#include <glib/gi18n.h>

/* Of so many it is worked out what hides them; of more, that something does. */
#define N_EXPLAINED 30

/* Whoever sees what was searched for looks for none of many others. */
#define N_MISSED 3

struct _RfiHiddenHint
{
  AdwBin         parent_instance;

  RfiSession    *session;  /* (owned) (nullable) */
  RfiJobFilter  *filter;   /* (owned) (nullable) */
  RfiJobSearch  *search;   /* (owned) (nullable): for the words, whatever else is asked */
  RfiJobTally   *tally;    /* (owned) (nullable): what the filter shows */
  guint          parts;    /* of the filter that hide what was found, as bits */
  guint          source;   /* looks again */

  GtkWidget     *revealer;
  GtkLabel      *words;
  GtkButton     *show;
};

G_DEFINE_FINAL_TYPE (RfiHiddenHint, rfi_hidden_hint, ADW_TYPE_BIN)

/* "Priority: Urgent and Dallas". Returns: (transfer full) */
static char *
list_parts (RfiHiddenHint *self,
            guint          parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < RFI_N_FILTER_PARTS; i++)
    {
      g_autofree char *part = NULL;

      if ((parts & 1u << i) == 0)
        continue;

      part = rfi_filter_words_part (self->filter, (RfiFilterPart) i, self->session);
      /* translators: a filter in a list of them: "Priority: Urgent" */
      g_string_append_printf (text, _("%s“%s”"), text->len > 0 ? ", " : "", part);
    }
  return g_string_free (text, FALSE);
}

/* What hides the best of what was found. @first: (out) (nullable): a hidden one */
static guint
explain (RfiHiddenHint  *self,
         RfiJob        **first)
{
  GPtrArray *best = rfi_job_search_get_best (self->search);
  guint all = 0;

  *first = NULL;
  for (guint i = 0; i < best->len; i++)
    {
      RfiJobState *state = g_ptr_array_index (best, i);
      guint parts = rfi_job_filter_explain (self->filter, rfi_session_get_jobs (self->session),
                                            state);

      if (parts != 0 && *first == NULL)
        *first = state->work;
      all |= parts;
    }
  return all;
}

static void
say (RfiHiddenHint *self,
     guint          n_hidden,
     const RfiJob  *first)
{
  g_autofree char *filters = list_parts (self, self->parts);
  g_autofree char *text = NULL;

  if (n_hidden == 1)
    /* translators: a job's title, and filters such as “Priority: Urgent” */
    text = g_strdup_printf (_("“%s” is hidden by %s"), first->title, filters);
  else
    /* translators: %s are filters such as “Priority: Urgent”, “Dallas” */
    text = g_strdup_printf (ngettext ("%'u job that was found is hidden by %s",
                                      "%'u jobs that were found are hidden by %s", n_hidden),
                            n_hidden, filters);
  gtk_label_set_label (self->words, text);
  gtk_button_set_label (self->show, n_hidden == 1 ? _("_Show It") : _("_Show Them"));
}

static void
done_cb (RfiHiddenHint *self)
{
  guint n_found = rfi_job_search_get_n_found (self->search);
  guint n_shown = rfi_job_tally_get_n (self->tally);
  RfiJob *first = NULL;

  self->parts = n_found > n_shown && (n_shown == 0 || n_found - n_shown <= N_MISSED)
                ? explain (self, &first) : 0;
  if (self->parts != 0)
    say (self, n_found - n_shown, first);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), self->parts != 0);
}

/* Nothing can be hidden but by something besides the words. */
static void
look_cb (gpointer user_data)
{
  RfiHiddenHint *self = user_data;
  guint n_active;

  self->source = 0;
  g_object_get (self->filter, "n-active", &n_active, NULL);
  rfi_job_search_set_text (self->search,
                           n_active > 1 ? rfi_job_filter_get_text (self->filter) : "");
}

static void
queue_look (RfiHiddenHint *self)
{
  if (self->source == 0 && self->search != NULL)
    self->source = g_idle_add_once (look_cb, self);
}

static void
show_cb (RfiHiddenHint *self)
{
  rfi_job_filter_take_off (self->filter, self->parts);
}

static void
forget (RfiHiddenHint *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_clear_object (&self->tally);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);
}

static void
rfi_hidden_hint_dispose (GObject *object)
{
  forget (RFI_HIDDEN_HINT (object));

  G_OBJECT_CLASS (rfi_hidden_hint_parent_class)->dispose (object);
}

static void
rfi_hidden_hint_class_init (RfiHiddenHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_hidden_hint_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-hidden-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiHiddenHint, revealer);
  gtk_widget_class_bind_template_child (widget_class, RfiHiddenHint, words);
  gtk_widget_class_bind_template_child (widget_class, RfiHiddenHint, show);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
rfi_hidden_hint_init (RfiHiddenHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rfi_hidden_hint_set (RfiHiddenHint *self,
                     RfiSession    *session,
                     RfiJobFilter  *filter)
{
  g_return_if_fail (RFI_IS_HIDDEN_HINT (self));

  forget (self);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  if (session == NULL)
    return;

  self->session = g_object_ref (session);
  self->filter = g_object_ref (filter);
  self->search = rfi_job_search_new (rfi_session_get_jobs (session), N_EXPLAINED);
  self->tally = rfi_job_tally_new (rfi_session_get_jobs (session), filter);
  g_signal_connect_object (self->search, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (queue_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed", G_CALLBACK (queue_look), self, G_CONNECT_SWAPPED);
  queue_look (self);
}
