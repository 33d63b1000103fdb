/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-palette-offers"

#include "config.h"

#include "rfi-palette-offers.h"

#include "rfi-filter-words.h"
#include "rfi-job-table.h"
#include "rfi-text-pool.h"
#include "rfi-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_PER_KIND 5
#define SHORT_ID   8

void
rfi_palette_offer_free (RfiPaletteOffer *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self->completion);
  g_free (self);
}

static RfiPaletteOffer *
new_offer (const char *icon,
           char       *title,
           char       *subtitle)
{
  RfiPaletteOffer *self = g_new0 (RfiPaletteOffer, 1);

  self->icon = icon;
  self->title = title;
  self->subtitle = subtitle;
  return self;
}

static const RfiPaletteReading *
get_first (const RfiPaletteContext *self)
{
  const RfiPaletteReading *reading =
    self->readings->len > 0 ? g_ptr_array_index (self->readings, 0) : NULL;

  return reading != NULL && reading->is_whole ? reading : NULL;
}

char *
rfi_palette_get_sought (const RfiPaletteContext *self)
{
  const RfiPaletteReading *reading = get_first (self);

  if (reading == NULL)
    return g_strdup (self->line);
  return g_strdup (reading->job != NULL ? reading->job : "");
}

/* Whether the window would do it now. */
static gboolean
is_enabled (const RfiPaletteContext *self,
            const char              *action)
{
  GtkApplication *application = gtk_window_get_application (self->window);
  gboolean of_window = g_str_has_prefix (action, "win.");
  gpointer group = of_window ? (gpointer) self->window : (gpointer) application;

  return group != NULL && g_action_group_get_action_enabled (G_ACTION_GROUP (group), action + 4);
}

/* Commands */

/* "Hidden by Priority: Urgent, Dallas". Returns: (transfer full) */
static char *
describe_hidden (const RfiPaletteContext *self,
                 const RfiJob            *job)
{
  RfiJobTable *jobs = rfi_session_get_jobs (self->session);
  RfiJobState *state = rfi_job_table_lookup (jobs, job->id);
  guint parts = state != NULL ? rfi_job_filter_explain (self->filter, jobs, state) : 0;
  g_autoptr(GString) filters = g_string_new (NULL);

  for (guint i = 0; i < RFI_N_FILTER_PARTS; i++)
    {
      g_autofree char *part = NULL;

      if ((parts & 1u << i) == 0)
        continue;

      part = rfi_filter_words_part (self->filter, (RfiFilterPart) i, self->session);
      g_string_append_printf (filters, "%s%s", filters->len > 0 ? ", " : "", part);
    }
  if (parts == 0)
    return g_strdup (_("No filter hides it · Enter shows where it is"));
  /* translators: %s are filters such as "Priority: Urgent" */
  return g_strdup_printf (_("Hidden by %s · Enter takes that off"), filters->str);
}

static char *
describe_job (const RfiPaletteContext *self,
              const RfiPaletteCommand *command,
              const RfiJob            *job)
{
  if (strcmp (command->action, "win.reveal-job") == 0)
    return describe_hidden (self, job);

  return g_strdup_printf ("%s · %s, %s · %.*s", _(command->title), job->store_name, job->city,
                          SHORT_ID, job->id);
}

/* The one rule engine answers; becoming assigned takes a technician, who is asked for next. */
static RfiVerdict
judge (const RfiPaletteContext *self,
       const RfiPaletteCommand *command,
       RfiJob                  *job,
       const RfiPaletteEntry   *choice)
{
  RfiVerdict verdict;
  RfiStatus status;

  if (command->rule < 0)
    return rfi_job_table_lookup (rfi_session_get_jobs (self->session), job->id) != NULL
             ? RFI_VERDICT_OK : RFI_VERDICT_NOT_VISIBLE;

  if (command->kind[1] == RFI_PALETTE_STATUS && choice != NULL
      && rfi_status_from_string (choice->id, &status))
    {
      verdict = rfi_session_check_status (self->session, job->id, status);
      return verdict == RFI_VERDICT_NEEDS_TECHNICIAN ? RFI_VERDICT_OK : verdict;
    }

  verdict = rfi_session_check (self->session, job->id, (RfiAction) command->rule);
  if (verdict != RFI_VERDICT_OK || command->kind[1] != RFI_PALETTE_TECHNICIAN || choice == NULL)
    return verdict;

  return rfi_session_check_assign (self->session, job->id, choice->id);
}

static void
set_action (RfiPaletteOffer         *offer,
            const RfiPaletteCommand *command,
            const char              *job_id,
            const RfiPaletteEntry   *choice)
{
  const char *cancelled = rfi_status_to_string (RFI_STATUS_CANCELLED);

  /* What cannot be taken back is asked about, however it was typed. */
  if (choice != NULL && choice->kind == RFI_PALETTE_STATUS && strcmp (choice->id, cancelled) == 0)
    offer->action = g_strdup ("win.cancel-job");
  else if (choice == NULL && command->kind[1] == RFI_PALETTE_TECHNICIAN)
    offer->action = g_strdup ("win.assign");
  else
    offer->action = g_strdup (command->action);

  if (choice != NULL && g_strcmp0 (offer->action, command->action) == 0)
    offer->target = g_variant_ref_sink (g_variant_new ("(ss)", job_id, choice->id));
  else
    offer->target = g_variant_ref_sink (g_variant_new_string (job_id));
}

static void
offer_job (const RfiPaletteContext *self,
           GPtrArray               *offers,
           const RfiPaletteReading *reading,
           RfiJob                  *job,
           const RfiPaletteEntry   *choice)
{
  const RfiPaletteCommand *command = reading->command;
  RfiVerdict verdict = judge (self, command, job, choice);
  RfiPaletteOffer *offer = new_offer (choice != NULL && choice->icon != NULL ? choice->icon
                                                                             : command->icon,
                                      choice != NULL
                                      ? g_strdup_printf ("%s → %s", job->title, choice->name)
                                      : g_strdup (job->title),
                                      describe_job (self, command, job));

  if (verdict != RFI_VERDICT_OK)
    offer->refusal = rfi_words_verdict (verdict);
  if (choice != NULL || command->kind[1] == RFI_PALETTE_NOTHING
      || command->kind[1] == RFI_PALETTE_TECHNICIAN)
    set_action (offer, command, job->id, choice);
  if (choice == NULL && command->kind[1] != RFI_PALETTE_NOTHING)
    offer->completion = g_strdup_printf ("%s %.*s ", reading->verb, SHORT_ID, job->id);
  g_ptr_array_add (offers, offer);
}

/* Where only few values are possible, all are offered; of many technicians the dialog tells which
 * are the best. */
static void
offer_choices (const RfiPaletteContext *self,
               GPtrArray               *offers,
               const RfiPaletteReading *reading,
               RfiJob                  *job)
{
  RfiPaletteKind kind = reading->command->kind[1];
  g_autoptr(GPtrArray) all = NULL;
  GPtrArray *choices = reading->choices;

  if (choices == NULL && kind != RFI_PALETTE_NOTHING && kind != RFI_PALETTE_TECHNICIAN)
    choices = all = rfi_palette_lexicon_find (self->lexicon, kind, NULL, 0, N_PER_KIND);
  if (choices == NULL)
    offer_job (self, offers, reading, job, NULL);
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    offer_job (self, offers, reading, job, g_ptr_array_index (choices, i));
}

static void
offer_jobs (const RfiPaletteContext *self,
            GPtrArray               *offers,
            const RfiPaletteReading *reading)
{
  GPtrArray *jobs = rfi_job_search_get_best (self->jobs);
  gboolean asks = reading->command->kind[1] != RFI_PALETTE_NOTHING && reading->choices == NULL;

  if (reading->job == NULL && self->selected != NULL)
    offer_choices (self, offers, reading, self->selected->work);
  if (reading->job == NULL)
    return;

  for (guint i = 0; i < MIN (jobs->len, N_PER_KIND); i++)
    {
      RfiJob *job = ((RfiJobState *) g_ptr_array_index (jobs, i))->work;

      if (asks && jobs->len > 1)
        offer_job (self, offers, reading, job, NULL);
      else
        offer_choices (self, offers, reading, job);
    }
}

/* What is missing and can't be listed is typed on. */
static void
offer_usage (GPtrArray               *offers,
             const RfiPaletteReading *reading)
{
  const RfiPaletteCommand *command = reading->command;
  RfiPaletteOffer *offer = new_offer (command->icon, g_strdup (_(command->title)),
                                      g_strdup (_(command->usage)));

  offer->completion = g_strdup_printf ("%s ", reading->verb);
  g_ptr_array_add (offers, offer);
}

static void
offer_named (GPtrArray             *offers,
             const RfiPaletteEntry *entry,
             const char            *action,
             const char            *subtitle)
{
  RfiPaletteOffer *offer = new_offer (entry->icon, g_strdup (entry->name), g_strdup (subtitle));

  offer->action = g_strdup (action);
  offer->target = g_variant_ref_sink (g_variant_new_string (entry->id));
  g_ptr_array_add (offers, offer);
}

static void
offer_text (GPtrArray               *offers,
            const RfiPaletteReading *reading)
{
  RfiPaletteOffer *offer = new_offer (reading->command->icon,
                                      /* translators: what was typed, in quotation marks */
                                      g_strdup_printf (_("“%s”"), reading->text),
                                      g_strdup (_(reading->command->title)));

  offer->action = g_strdup (reading->command->action);
  offer->target = g_variant_ref_sink (g_variant_new_string (reading->text));
  g_ptr_array_add (offers, offer);
}

static void
offer_reading (const RfiPaletteContext *self,
               GPtrArray               *offers,
               const RfiPaletteReading *reading)
{
  const RfiPaletteCommand *command = reading->command;
  guint n_before = offers->len;
  g_autoptr(GPtrArray) all = NULL;
  GPtrArray *choices = reading->choices;

  if (!is_enabled (self, command->action))
    return;

  if (command->kind[0] == RFI_PALETTE_JOB)
    {
      offer_jobs (self, offers, reading);
    }
  else if (command->kind[0] == RFI_PALETTE_TEXT && reading->text != NULL)
    {
      offer_text (offers, reading);
    }
  else if (command->kind[0] > RFI_PALETTE_TEXT && reading->is_whole)
    {
      if (choices == NULL)
        choices = all = rfi_palette_lexicon_find (self->lexicon, command->kind[0], NULL, 0, 16);
      for (guint i = 0; i < choices->len; i++)
        offer_named (offers, g_ptr_array_index (choices, i), command->action, _(command->title));
    }
  if (offers->len == n_before)
    offer_usage (offers, reading);
}

/* Names */

typedef struct
{
  RfiPaletteKind  kind;
  const char     *action;    /* (nullable): the entry's id is one */
  const char     *subtitle;  /* to be translated (nullable) */
} Named;

static const Named named[] = {
  { RFI_PALETTE_PAGE, "win.show-page", N_("Page") },
  { RFI_PALETTE_VIEW, "win.show-view", N_("View") },
  { RFI_PALETTE_DEED, NULL, NULL },
  { RFI_PALETTE_TECHNICIAN, "win.show-technician", N_("Show only this technician’s jobs") },
};

static char *
get_keys (const RfiPaletteContext *self,
          const char              *action)
{
  g_auto(GStrv) keys =
    gtk_application_get_accels_for_action (gtk_window_get_application (self->window), action);
  GdkModifierType modifiers;
  guint key;

  if (keys[0] == NULL || !gtk_accelerator_parse (keys[0], &key, &modifiers))
    return g_strdup ("");
  return gtk_accelerator_get_label (key, modifiers);
}

static void
offer_entry (const RfiPaletteContext *self,
             GPtrArray               *offers,
             const Named             *how,
             const RfiPaletteEntry   *entry)
{
  g_autofree char *action = NULL;
  g_autoptr(GVariant) target = NULL;
  RfiPaletteOffer *offer;

  if (how->action != NULL)
    {
      if (is_enabled (self, how->action))
        offer_named (offers, entry, how->action, _(how->subtitle));
      return;
    }

  if (!g_action_parse_detailed_name (entry->id, &action, &target, NULL) ||
      !is_enabled (self, action))
    return;

  offer = new_offer (entry->icon, g_strdup (entry->name), get_keys (self, entry->id));
  offer->action = g_steal_pointer (&action);
  offer->target = g_steal_pointer (&target);
  g_ptr_array_add (offers, offer);
}

static void
offer_names (const RfiPaletteContext *self,
             GPtrArray               *offers)
{
  g_autofree char *folded = rfi_text_fold (self->line);
  g_auto(GStrv) words = NULL;

  g_strstrip (folded);
  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autoptr(GPtrArray) found = NULL;

      /* Nobody looks for a person among all of them. */
      if (*folded == '\0' && named[i].kind == RFI_PALETTE_TECHNICIAN)
        continue;

      found = rfi_palette_lexicon_find (self->lexicon, named[i].kind,
                                        (const char *const *) words,
                                        *folded == '\0' ? 0 : g_strv_length (words),
                                        *folded == '\0' ? 64 : N_PER_KIND);
      for (guint j = 0; j < found->len; j++)
        offer_entry (self, offers, &named[i], g_ptr_array_index (found, j));
    }
}

/* Words that are no command mean a job. */
static void
offer_found (const RfiPaletteContext *self,
             GPtrArray               *offers)
{
  guint n_commands;
  const RfiPaletteCommand *commands = rfi_palette_commands (&n_commands);
  RfiPaletteReading open = { .command = &commands[0], .verb = (char *) commands[0].verb };
  GPtrArray *jobs = rfi_job_search_get_best (self->jobs);

  for (guint i = 0; i < jobs->len; i++)
    offer_job (self, offers, &open, ((RfiJobState *) g_ptr_array_index (jobs, i))->work, NULL);
}

/* With nothing typed, what may be. */
static void
offer_commands (const RfiPaletteContext *self,
                GPtrArray               *offers)
{
  guint n_commands;
  const RfiPaletteCommand *commands = rfi_palette_commands (&n_commands);

  for (guint i = 0; i < n_commands; i++)
    {
      RfiPaletteReading reading = {
        .command = &commands[i],
        .verb = (char *) rfi_palette_command_get_verb (&commands[i]),
      };

      if (is_enabled (self, commands[i].action))
        offer_usage (offers, &reading);
    }
}

/* What may be done comes before what may not, each in its order. */
static void
put_refused_last (GPtrArray *offers,
                  guint      first)
{
  g_autoptr(GPtrArray) refused = g_ptr_array_new ();

  for (guint i = first; i < offers->len;)
    {
      RfiPaletteOffer *offer = g_ptr_array_index (offers, i);

      if (offer->refusal == NULL)
        {
          i++;
          continue;
        }
      g_ptr_array_add (refused, g_ptr_array_steal_index (offers, i));
    }
  g_ptr_array_extend (offers, refused, NULL, NULL);
}

GPtrArray *
rfi_palette_make_offers (const RfiPaletteContext *self)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_palette_offer_free);
  gboolean whole = get_first (self) != NULL;

  for (guint i = 0; whole && i < self->readings->len; i++)
    if (((RfiPaletteReading *) g_ptr_array_index (self->readings, i))->is_whole)
      offer_reading (self, offers, g_ptr_array_index (self->readings, i));
  put_refused_last (offers, 0);

  for (guint i = 0; i < self->readings->len; i++)
    if (!((RfiPaletteReading *) g_ptr_array_index (self->readings, i))->is_whole)
      offer_usage (offers, g_ptr_array_index (self->readings, i));
  if (self->line[strspn (self->line, " ")] == '\0')
    offer_commands (self, offers);
  offer_names (self, offers);
  if (!whole)
    offer_found (self, offers);
  return offers;
}

char *
rfi_palette_describe (const RfiPaletteContext *self)
{
  const RfiPaletteReading *reading = get_first (self);
  const RfiPaletteEntry *choice = NULL;
  const char *title;

  if (reading == NULL)
    return g_strdup ("");
  if (reading->choices != NULL && reading->choices->len > 0)
    choice = g_ptr_array_index (reading->choices, 0);

  title = _(reading->command->title);
  if (reading->job != NULL && g_utf8_strlen (reading->job, -1) < RFI_JOB_SEARCH_LENGTH)
    /* translators: %s is what was understood, "Assign a technician" */
    return g_strdup_printf (_("%s: which job? Type words of it, or the start of its id"), title);
  if (reading->job != NULL && rfi_job_search_get_best (self->jobs)->len == 0)
    /* translators: what was understood, "Assign a technician", and what was typed for a job */
    return g_strdup_printf (_("%s: no job is found for “%s”"), title, reading->job);

  switch ((int) rfi_palette_reading_get_missing (reading, self->selected != NULL))
    {
    case RFI_PALETTE_NOTHING:
      return g_strdup ("");

    case RFI_PALETTE_JOB:
      if (choice != NULL)
        /* translators: what was understood, "Assign a technician", and for whom or what */
        return g_strdup_printf (_("%s, %s: which job? Type words of it before that"), title,
                                choice->name);
      /* translators: %s is what was understood, "Assign a technician" */
      return g_strdup_printf (_("%s: which job? Type words of it, or the start of its id"), title);

    case RFI_PALETTE_TEXT:
      return g_strdup_printf (_("%s: which words?"), title);

    case RFI_PALETTE_PAGE:
      return g_strdup_printf (reading->choices != NULL ? _("%s: there is no such page")
                                                       : _("%s: which page?"), title);

    case RFI_PALETTE_VIEW:
      return g_strdup_printf (reading->choices != NULL ? _("%s: there is no such view")
                                                       : _("%s: which view?"), title);

    default:
      /* translators: what was understood, and a question: "Change a status: which status?" */
      return g_strdup_printf (_("%s: %s"), title, _(reading->command->question));
    }
}
