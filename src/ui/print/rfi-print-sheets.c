/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-print-sheets"

#include "config.h"

#include "rfi-print-sheets.h"

#include "rfi-alert-words.h"
#include "rfi-deed-words.h"
#include "rfi-format.h"
#include "rfi-item-list.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-job-view.h"
#include "rfi-time.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

/* Returns: (transfer full): with what the foot of each page says */
static RfiPrintDocument *
make_document (RfiSession *session,
               const char *title)
{
  g_autofree char *moment = rfi_format_moment (now_ms ());
  /* translators: at the foot of a printed page: when it was printed, and for whom */
  g_autofree char *note = g_strdup_printf (_("RetailFixIt Dispatch · %s · %s"), moment,
                                           rfi_session_get_user (session)->display_name);

  return rfi_print_document_new (title, note);
}

static const char *
get_technician (RfiSession   *session,
                const RfiJob *job)
{
  return job->assigned_to != NULL && job->assigned_to[0] != '\0'
           ? rfi_session_get_name (session, job->assigned_to)
           : _("Nobody");
}

/* 0 if the job has no such time. */
static gint64
get_time (RfiJob   *job,
          RfiField  field)
{
  gint64 time = 0;

  rfi_time_parse (rfi_job_get_field (job, field), -1, &time);
  return time;
}

/* Returns: (transfer full): "Tue 14:00 – 15:30", "" if nothing is planned */
static char *
schedule_words (RfiJob *job)
{
  gint64 start = get_time (job, RFI_FIELD_SCHEDULED_START);
  gint64 end = get_time (job, RFI_FIELD_SCHEDULED_END);
  g_autofree char *from = start != 0 ? rfi_format_clock (start) : g_strdup ("");
  g_autofree char *until = end != 0 ? rfi_format_clock (end) : g_strdup ("");

  if (start == 0 && end == 0)
    return g_strdup ("");

  /* translators: from when until when a job is planned */
  return g_strdup_printf (_("%s – %s"), from, until);
}

/* Returns: (transfer full) */
static char *
place_words (const RfiJob *job)
{
  /* translators: store, street, city, state and ZIP of a job */
  return g_strdup_printf (_("%s · %s, %s %s %s"), job->store_name, job->address, job->city,
                          job->state, job->zip_code);
}

/* Job sheet */

static void
add_known_fact (RfiPrintDocument *document,
                const char       *name,
                const char       *value)
{
  if (value[0] != '\0')
    rfi_print_document_add_fact (document, name, value);
}

static void
add_items (RfiPrintDocument *document,
           RfiSession       *session,
           RfiJob           *job,
           RfiField          field)
{
  g_autoptr(GPtrArray) items = rfi_item_list_parse (field, rfi_job_get_field (job, field));

  if (items == NULL || items->len == 0)
    return;

  rfi_print_document_add_heading (document, rfi_words_field (field));
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *words = rfi_deed_words_item (session, field, g_ptr_array_index (items, i));

      rfi_print_document_add_text (document, words);
    }
}

static void
add_facts (RfiPrintDocument *document,
           RfiSession       *session,
           RfiJob           *job)
{
  g_autofree char *place = place_words (job);
  g_autofree char *created = rfi_format_moment (job->created_at);
  g_autofree char *schedule = schedule_words (job);
  g_autofree char *photos = g_strdup_printf ("%u", (guint) job->n_photos);

  rfi_print_document_add_fact (document, _("Job"), job->id);
  rfi_print_document_add_fact (document, rfi_words_field (RFI_FIELD_PRIORITY),
                               rfi_words_priority (job->priority));
  rfi_print_document_add_fact (document, rfi_words_field (RFI_FIELD_STATUS),
                               rfi_words_status (job->status));
  rfi_print_document_add_fact (document, rfi_words_field (RFI_FIELD_STORE_NAME), place);
  rfi_print_document_add_fact (document, rfi_words_field (RFI_FIELD_ASSIGNED_TO),
                               get_technician (session, job));
  add_known_fact (document, _("Planned"), schedule);
  add_known_fact (document, rfi_words_field (RFI_FIELD_ESTIMATED_MINUTES),
                  rfi_job_get_field (job, RFI_FIELD_ESTIMATED_MINUTES));
  add_known_fact (document, rfi_words_field (RFI_FIELD_SKILLS),
                  rfi_job_get_field (job, RFI_FIELD_SKILLS));
  rfi_print_document_add_fact (document, _("Came in"), created);
  rfi_print_document_add_fact (document, _("Vendor"),
                               rfi_session_get_vendor_name (session, job->vendor_id));
  rfi_print_document_add_fact (document, _("Photos"), photos);
}

RfiPrintDocument *
rfi_print_sheets_job (RfiSession *session,
                      RfiJob     *job)
{
  RfiPrintDocument *document = make_document (session, _("Job Sheet"));

  rfi_print_document_add_title (document, job->title);
  add_facts (document, session, job);
  if (job->description[0] != '\0')
    {
      rfi_print_document_add_heading (document, rfi_words_field (RFI_FIELD_DESCRIPTION));
      rfi_print_document_add_text (document, job->description);
    }
  add_items (document, session, job, RFI_FIELD_PARTS);
  add_items (document, session, job, RFI_FIELD_LABOUR);
  add_items (document, session, job, RFI_FIELD_NOTES);
  if (rfi_job_get_field (job, RFI_FIELD_COMPLETION_NOTES)[0] != '\0')
    {
      rfi_print_document_add_heading (document, rfi_words_field (RFI_FIELD_COMPLETION_NOTES));
      rfi_print_document_add_text (document, rfi_job_get_field (job, RFI_FIELD_COMPLETION_NOTES));
    }

  rfi_print_document_add_heading (document, _("On Site"));
  rfi_print_document_add_fact (document, _("Arrived"), "");
  rfi_print_document_add_fact (document, _("Left"), "");
  rfi_print_document_add_fact (document, _("Done"), "");
  rfi_print_document_add_fact (document, _("Parts used"), "");
  rfi_print_document_add_fact (document, _("Signature"), "");
  return document;
}

/* Tables of jobs */

static const int job_shares[] = { 3, 8, 7, 5, 6 };

static void
begin_jobs (RfiPrintDocument *document)
{
  const char *columns[] = { rfi_words_field (RFI_FIELD_PRIORITY), _("Job"),
                            rfi_words_field (RFI_FIELD_STORE_NAME),
                            rfi_words_field (RFI_FIELD_ASSIGNED_TO), _("Planned, or came in"),
                            NULL };

  rfi_print_document_add_table (document, columns, job_shares);
}

static void
add_job (RfiPrintDocument *document,
         RfiSession       *session,
         RfiJob           *job)
{
  g_autofree char *schedule = schedule_words (job);
  g_autofree char *created = rfi_format_clock (job->created_at);
  g_autofree char *place = g_strdup_printf (_("%s · %s"), job->store_name, job->city);
  const char *cells[] = { rfi_words_priority (job->priority), job->title, place,
                          get_technician (session, job),
                          schedule[0] != '\0' ? schedule : created, NULL };

  rfi_print_document_add_row (document, cells);
}

static void
add_status (RfiPrintDocument *document,
            RfiSession       *session,
            RfiJobFilter     *filter,
            RfiStatus         status)
{
  g_autoptr(RfiJobView) view =
    rfi_job_view_new (rfi_session_get_jobs (session), filter, 1u << status);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (view));
  /* translators: a status of jobs, then how many there are: "Pending: 14" */
  g_autofree char *heading = g_strdup_printf (_("%s: %u"), rfi_words_status (status), n);

  rfi_print_document_add_heading (document, heading);
  if (n == 0)
    return;

  begin_jobs (document);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (view), i);

      add_job (document, session, rfi_job_item_get_job (item));
    }
}

RfiPrintDocument *
rfi_print_sheets_board (RfiSession   *session,
                        RfiJobFilter *filter)
{
  RfiPrintDocument *document = make_document (session, _("Day Board"));

  rfi_print_document_add_title (document, _("Open Jobs"));
  for (guint status = RFI_STATUS_PENDING; status <= RFI_STATUS_IN_PROGRESS; status++)
    add_status (document, session, filter, (RfiStatus) status);
  return document;
}

/* Route sheet */

typedef struct
{
  const char *technician_id;
  GPtrArray  *jobs;  /* (element-type RfiJob) */
} Collection;

static void
collect_cb (RfiJobState *state,
            gpointer     user_data)
{
  Collection *collection = user_data;

  if (!rfi_status_is_final (state->work->status) &&
      g_strcmp0 (state->work->assigned_to, collection->technician_id) == 0)
    g_ptr_array_add (collection->jobs, rfi_job_ref (state->work));
}

/* What is planned comes in its order; the rest after it, the most urgent first, then the oldest. */
static int
compare_route (gconstpointer a,
               gconstpointer b)
{
  RfiJob *one = *(RfiJob *const *) a;
  RfiJob *other = *(RfiJob *const *) b;
  gint64 start = get_time (one, RFI_FIELD_SCHEDULED_START);
  gint64 other_start = get_time (other, RFI_FIELD_SCHEDULED_START);

  if ((start == 0) != (other_start == 0))
    return start == 0 ? 1 : -1;
  if (start != other_start)
    return start < other_start ? -1 : 1;
  if (one->priority != other->priority)
    return (int) other->priority - (int) one->priority;

  return one->created_at < other->created_at ? -1 : one->created_at > other->created_at;
}

static void
add_stop (RfiPrintDocument *document,
          RfiJob           *job,
          guint             number)
{
  g_autofree char *heading = g_strdup_printf ("%u. %s", number, job->title);
  g_autofree char *place = place_words (job);
  g_autofree char *schedule = schedule_words (job);

  rfi_print_document_add_heading (document, heading);
  rfi_print_document_add_fact (document, rfi_words_field (RFI_FIELD_STORE_NAME), place);
  rfi_print_document_add_fact (document, rfi_words_field (RFI_FIELD_PRIORITY),
                               rfi_words_priority (job->priority));
  add_known_fact (document, _("Planned"), schedule);
  if (job->description[0] != '\0')
    rfi_print_document_add_text (document, job->description);
  rfi_print_document_add_fact (document, _("Arrived, left"), "");
}

RfiPrintDocument *
rfi_print_sheets_route (RfiSession *session,
                        const char *technician_id)
{
  RfiPrintDocument *document = make_document (session, _("Route Sheet"));
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  Collection collection = { technician_id, jobs };

  rfi_job_table_foreach (rfi_session_get_jobs (session), collect_cb, &collection);
  g_ptr_array_sort (jobs, compare_route);
  rfi_print_document_add_title (document, rfi_session_get_name (session, technician_id));
  for (guint i = 0; i < jobs->len; i++)
    add_stop (document, g_ptr_array_index (jobs, i), i + 1);
  if (jobs->len == 0)
    rfi_print_document_add_text (document, _("No open job"));
  return document;
}

/* Hand-over */

static void
add_counts (RfiPrintDocument   *document,
            const RfiJobCounts *counts)
{
  g_autofree char *unassigned = g_strdup_printf ("%u", counts->n_unassigned);
  g_autofree char *urgent =
    g_strdup_printf ("%u", counts->open_priorities[RFI_PRIORITY_URGENT]);

  for (guint status = RFI_STATUS_PENDING; status <= RFI_STATUS_IN_PROGRESS; status++)
    {
      g_autofree char *n = g_strdup_printf ("%u", counts->statuses[status]);

      rfi_print_document_add_fact (document, rfi_words_status ((RfiStatus) status), n);
    }
  rfi_print_document_add_fact (document, _("Without a technician"), unassigned);
  rfi_print_document_add_fact (document, _("Urgent"), urgent);
}

static void
add_alerts (RfiPrintDocument *document,
            RfiSession       *session,
            RfiAlertList     *alerts)
{
  static const int shares[] = { 4, 9, 8, 8 };
  const char *columns[] = { _("How bad"), _("Job"), rfi_words_field (RFI_FIELD_STORE_NAME),
                            _("Why"), NULL };
  guint n = g_list_model_get_n_items (G_LIST_MODEL (alerts));

  rfi_print_document_add_heading (document, _("What Wants Attention"));
  if (n == 0)
    {
      rfi_print_document_add_text (document, _("Nothing"));
      return;
    }

  rfi_print_document_add_table (document, columns, shares);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(RfiAlertItem) item = g_list_model_get_item (G_LIST_MODEL (alerts), i);
      const RfiJob *job = rfi_alert_item_get_state (item)->work;
      RfiAlertKind kind = rfi_alert_item_get_kind (item);
      g_autofree char *place = g_strdup_printf (_("%s · %s"), job->store_name, job->city);
      g_autofree char *reason =
        rfi_alert_words_reason (kind, rfi_alert_item_get_since (item), now_ms ());
      const char *cells[] = {
        rfi_alert_item_get_muted (item) ? _("Acknowledged")
                                        : rfi_alert_words_severity (rfi_alert_get_severity (kind)),
        job->title, place, reason, NULL };

      rfi_print_document_add_row (document, cells);
    }
}

RfiPrintDocument *
rfi_print_sheets_handover (RfiSession   *session,
                           RfiAlertList *alerts)
{
  RfiPrintDocument *document = make_document (session, _("Shift Hand-Over"));
  guint n_queued = 0;
  guint n_conflicts = 0;
  g_autofree char *queued = NULL;
  g_autofree char *conflicts = NULL;

  g_object_get (session, "n-queued", &n_queued, "n-conflicts", &n_conflicts, NULL);
  queued = g_strdup_printf ("%u", n_queued);
  conflicts = g_strdup_printf ("%u", n_conflicts);

  rfi_print_document_add_title (document, _("Shift Hand-Over"));
  add_counts (document, rfi_job_table_get_counts (rfi_session_get_jobs (session)));
  rfi_print_document_add_fact (document, _("Conflicts"), conflicts);
  rfi_print_document_add_fact (document, _("Changes not sent yet"), queued);
  if (alerts != NULL)
    add_alerts (document, session, alerts);
  add_status (document, session, NULL, RFI_STATUS_IN_PROGRESS);
  rfi_print_document_add_heading (document, _("Remarks"));
  for (guint i = 0; i < 4; i++)
    rfi_print_document_add_fact (document, "", "");
  return document;
}
