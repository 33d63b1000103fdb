/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-board-counts"

#include "config.h"

#include "rfi-board-counts.h"

#include "rfi-format.h"

#include <glib/gi18n.h>

typedef struct
{
  RfiJobFilter *text_only;
  guint         n_found;
} Search;

void
rfi_board_counts_add (RfiBoardCounts *self,
                      RfiJobView     *view)
{
  if (view == NULL)
    return;

  self->n_shown += g_list_model_get_n_items (G_LIST_MODEL (view));
  self->n_hidden += rfi_job_view_get_n_hidden (view);
}

/* An account that was never synchronised has no jobs yet, which is not to say that there are none;
 * and until the last of them came, those that did are no number of anything. */
static gboolean
is_first_pull (RfiSession *session)
{
  RfiSyncState *state = rfi_session_get_sync_state (session);

  if (state->phase != RFI_PHASE_STARTING && state->phase != RFI_PHASE_SYNCING)
    return FALSE;
  /* The first of them may be here before anybody says that there are more. */
  return state->first_pull
         || (state->last_sync_at == 0
             && (state->phase == RFI_PHASE_SYNCING
                 || rfi_job_table_get_n_jobs (rfi_session_get_jobs (session)) == 0));
}

gboolean
rfi_board_counts_is_loading (RfiSession *session)
{
  gboolean loading = FALSE;

  if (session == NULL)
    return FALSE;

  g_object_get (session, "loading", &loading, NULL);
  return loading || is_first_pull (session);
}

static void
search_cb (RfiJobState *state,
           gpointer     user_data)
{
  Search *search = user_data;

  if (rfi_job_filter_matches (search->text_only, state))
    search->n_found++;
}

void
rfi_board_counts_search (RfiBoardCounts *self,
                         RfiJobTable    *jobs,
                         RfiJobFilter   *filter)
{
  g_autoptr(RfiJobFilter) text_only = NULL;
  const char *text = rfi_job_filter_get_text (filter);
  Search search = { 0 };

  g_object_get (filter, "n-active", &self->n_criteria, NULL);
  if (text == NULL || text[0] == '\0' || self->n_criteria < 2)
    return;

  text_only = rfi_job_filter_new ();
  rfi_job_filter_set_text (text_only, text);
  search.text_only = text_only;
  rfi_job_table_foreach (jobs, search_cb, &search);
  self->n_found = search.n_found;
}

char *
rfi_board_counts_describe_hidden (const RfiBoardCounts *self)
{
  if (self->n_hidden == 0)
    return g_strdup ("");
  return g_strdup_printf (ngettext ("%'u job hidden by filters", "%'u jobs hidden by filters",
                                    self->n_hidden), self->n_hidden);
}

char *
rfi_board_counts_describe_empty (const RfiBoardCounts *self)
{
  g_autofree char *filters = NULL;

  if (self->n_hidden == 0)
    return g_strdup (_("Jobs that stores report appear here."));
  if (self->n_found > 0)
    return g_strdup_printf (ngettext ("%'u job is found, but the filters hide it.",
                                      "%'u jobs are found, but the filters hide them.",
                                      self->n_found), self->n_found);

  filters = g_strdup_printf (ngettext ("%u filter", "%u filters", MAX (1, self->n_criteria)),
                             MAX (1, self->n_criteria));
  /* translators: %s is such as "2 filters" */
  return g_strdup_printf (ngettext ("%'u is hidden by %s.", "%'u are hidden by %s.",
                                    self->n_hidden), self->n_hidden, filters);
}

char *
rfi_board_counts_describe_total (const RfiBoardCounts *self,
                                 RfiSession           *session)
{
  g_autofree char *jobs = g_strdup_printf (ngettext ("%'u job", "%'u jobs", self->n_shown),
                                           self->n_shown);
  RfiSyncState *state = session != NULL ? rfi_session_get_sync_state (session) : NULL;
  RfiUser *user = session != NULL ? rfi_session_get_user (session) : NULL;
  g_autofree char *clock = NULL;
  const char *vendor = NULL;

  if (state != NULL && !rfi_session_get_online (session) && state->last_sync_at > 0)
    {
      clock = rfi_format_clock (state->last_sync_at);
      /* translators: %1$s is such as "62 jobs", %2$s a time */
      return g_strdup_printf (_("%1$s · data as of %2$s"), jobs, clock);
    }
  if (user != NULL && user->vendor_id != NULL)
    vendor = rfi_session_get_vendor_name (session, user->vendor_id);
  /* A name that is not known says nothing. */
  if (vendor != NULL && g_strcmp0 (vendor, user->vendor_id) != 0)
    return g_strdup_printf ("%s · %s", jobs, vendor);
  return g_steal_pointer (&jobs);
}
