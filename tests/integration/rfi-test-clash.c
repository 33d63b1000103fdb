/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-clash.h"

#include "rfi-decision.h"
#include "rfi-time.h"
#include "rfi-wire-conflict.h"

#include <string.h>

#define HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)

const char *
rfi_clash_kind_to_string (RfiClashKind kind)
{
  static const char *const words[RFI_N_CLASH_KINDS] = {
    [RFI_CLASH_FIELDS] = "fields", [RFI_CLASH_STEP] = "step", [RFI_CLASH_CANCEL] = "cancel",
    [RFI_CLASH_RACE] = "race", [RFI_CLASH_RACE_CANCEL] = "race-cancel",
    [RFI_CLASH_DELETED] = "deleted", [RFI_CLASH_DELETION] = "deletion",
    [RFI_CLASH_BOOKING] = "booking", [RFI_CLASH_INACTIVE] = "inactive",
    [RFI_CLASH_AGAIN] = "again",
  };

  return words[kind];
}

const char *
rfi_clash_answer_to_string (RfiClashAnswer answer)
{
  static const char *const words[RFI_N_CLASH_ANSWERS] = { "server", "mine", "other" };

  return words[answer];
}

void
rfi_test_clash_clear (RfiTestClash *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->job_id, g_free);
  g_clear_pointer (&self->record_id, g_free);
}

static char *
at_hour (const RfiTestClash *self,
         int                 hour)
{
  return rfi_time_to_string (self->day + hour * HOUR);
}

/* Who does what the maker's change meets. */
static RfiRole
get_other (const RfiTestClash *self)
{
  if (self->kind == RFI_CLASH_RACE_CANCEL)
    return RFI_ROLE_TECHNICIAN;
  return self->maker == RFI_ROLE_ADMIN || self->kind == RFI_CLASH_DELETION ? RFI_ROLE_DISPATCHER
                                                                           : RFI_ROLE_ADMIN;
}

/* Of a booking: the job that has the technician first. (transfer full) */
static char *
name_first (const RfiTestClash *self)
{
  return g_strconcat (self->name, "/first", NULL);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Jobs */

static gboolean
is_assigned (const RfiTestClash *self)
{
  return self->maker == RFI_ROLE_TECHNICIAN || self->kind == RFI_CLASH_STEP ||
         self->kind == RFI_CLASH_RACE || self->kind == RFI_CLASH_RACE_CANCEL ||
         self->kind == RFI_CLASH_BOOKING;
}

static void
create_jobs (GPtrArray      *clashes,
             RfiTestCompany *company)
{
  for (guint i = 0; i < clashes->len; i++)
    {
      RfiTestClash *clash = g_ptr_array_index (clashes, i);
      g_autofree char *first = name_first (clash);

      rfi_test_company_create (company, clash->name, is_assigned (clash));
      if (clash->kind == RFI_CLASH_BOOKING)
        rfi_test_company_create (company, first, TRUE);
    }
  for (guint i = 0; i < clashes->len; i++)
    {
      RfiTestClash *clash = g_ptr_array_index (clashes, i);

      clash->job_id = rfi_test_company_wait_job (company, clash->name, is_assigned (clash));
    }
}

/* The maker's change */

/* Only with the server: that may be asked for, and then the line breaks before it is sent. */
static gboolean
needs_server (const RfiTestClash *self)
{
  return self->kind == RFI_CLASH_DELETION || self->kind == RFI_CLASH_CANCEL ||
         self->kind == RFI_CLASH_RACE_CANCEL;
}

static void
ask (RfiTestClash    *self,
     RfiTestCompany  *company,
     GAsyncResult   **result)
{
  RfiSession *session = rfi_test_company_get_session (company, self->maker);

  if (self->kind == RFI_CLASH_DELETION)
    rfi_session_delete_async (session, self->job_id, keep_cb, result);
  else
    rfi_session_set_status_async (session, self->job_id, RFI_STATUS_CANCELLED, keep_cb, result);
}

static void
ask_and_cut (GPtrArray      *clashes,
             RfiTestCompany *company,
             RfiRole         maker)
{
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, clashes->len);
  GError *error = NULL;

  for (guint i = 0; i < clashes->len; i++)
    ask (g_ptr_array_index (clashes, i), company, &results[i]);
  rfi_test_company_set_offline (company, maker, TRUE);
  for (guint i = 0; i < clashes->len; i++)
    {
      rfi_test_wait (results[i] != NULL);
      rfi_session_command_finish (rfi_test_company_get_session (company, maker), results[i],
                                  &error);
      g_assert_no_error (error);
      g_object_unref (results[i]);
    }
}

static void
change_alone (RfiTestClash   *self,
              RfiTestCompany *company)
{
  g_autofree char *ten = at_hour (self, 10);
  g_autofree char *twelve = at_hour (self, 12);
  GError *error = NULL;

  switch ((int) self->kind)
    {
    case RFI_CLASH_BOOKING:
      rfi_test_company_edit (company, self->maker, self->job_id, RFI_FIELD_SCHEDULED_START, ten);
      rfi_test_company_edit (company, self->maker, self->job_id, RFI_FIELD_SCHEDULED_END, twelve);
      break;
    case RFI_CLASH_STEP:
    case RFI_CLASH_RACE:
      rfi_test_company_set_status (company, self->maker, self->job_id, RFI_STATUS_IN_PROGRESS);
      break;
    case RFI_CLASH_INACTIVE:
      rfi_test_console_assign (company->consoles[self->maker], self->job_id,
                               company->technician_id, &error);
      g_assert_no_error (error);
      break;
    default:
      /* A technician sets no fields, but goes on with a job. */
      if (self->maker == RFI_ROLE_TECHNICIAN)
        rfi_test_company_set_status (company, self->maker, self->job_id, RFI_STATUS_IN_PROGRESS);
      else
        rfi_test_company_edit (company, self->maker, self->job_id, RFI_FIELD_DESCRIPTION,
                               "Mine of the maker");
      break;
    }
}

/* What it meets */

/* An admin who is the maker has no other console. */
static void
delete_job (RfiTestClash   *self,
            RfiTestCompany *company)
{
  g_autofree char *path = g_strconcat ("/api/jobs/", self->job_id, NULL);
  g_autoptr(RfiTestAnswer) answer = NULL;
  GError *error = NULL;

  if (self->maker != RFI_ROLE_ADMIN)
    {
      rfi_test_console_delete (company->consoles[RFI_ROLE_ADMIN], self->job_id, &error);
      g_assert_no_error (error);
      return;
    }

  answer = rfi_test_company_ask (company, "DELETE", path);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
book_first (RfiTestClash   *self,
            RfiTestCompany *company)
{
  g_autofree char *title = name_first (self);
  g_autofree char *first = rfi_test_company_wait_job (company, title, TRUE);
  g_autofree char *nine = at_hour (self, 9);
  g_autofree char *eleven = at_hour (self, 11);

  rfi_test_company_edit (company, get_other (self), first, RFI_FIELD_SCHEDULED_START, nine);
  rfi_test_company_edit (company, get_other (self), first, RFI_FIELD_SCHEDULED_END, eleven);
}

static void
meet (RfiTestClash   *self,
      RfiTestCompany *company)
{
  RfiRole other = get_other (self);
  GError *error = NULL;

  switch ((int) self->kind)
    {
    case RFI_CLASH_STEP:
      rfi_test_company_set_status (company, other, self->job_id, RFI_STATUS_IN_PROGRESS);
      rfi_test_company_set_status (company, other, self->job_id, RFI_STATUS_COMPLETED);
      break;
    case RFI_CLASH_CANCEL:
      rfi_test_console_assign (company->consoles[other], self->job_id, company->technician_id,
                               &error);
      g_assert_no_error (error);
      break;
    case RFI_CLASH_RACE:
      rfi_test_company_set_status (company, other, self->job_id, RFI_STATUS_CANCELLED);
      break;
    case RFI_CLASH_RACE_CANCEL:
      rfi_test_company_set_status (company, other, self->job_id, RFI_STATUS_IN_PROGRESS);
      break;
    case RFI_CLASH_DELETED:
      delete_job (self, company);
      break;
    case RFI_CLASH_BOOKING:
      book_first (self, company);
      break;
    case RFI_CLASH_INACTIVE:
      break;
    default:
      rfi_test_company_edit (company, other, self->job_id, RFI_FIELD_DESCRIPTION,
                             "Theirs of the other");
      break;
    }
}

/* Until the server has all of it. */
static void
wait_met (RfiTestClash   *self,
          RfiTestCompany *company)
{
  if (self->kind == RFI_CLASH_DELETED)
    rfi_test_wait (rfi_test_company_is_deleted (company, self->job_id));
  else if (self->kind != RFI_CLASH_INACTIVE)
    rfi_test_console_wait_sent (company->consoles[get_other (self)]);
}

static void
wait_on_desk (RfiTestClash   *self,
              RfiTestCompany *company)
{
  RfiConflict *conflict;

  rfi_test_wait ((conflict = rfi_test_company_find_conflict (company, self->maker,
                                                             self->job_id)) != NULL &&
                 !conflict->elsewhere && conflict->record_id != NULL);
  g_free (self->record_id);
  self->record_id = g_strdup (conflict->record_id);
}

static void say (RfiTestClash   *self,
                 RfiTestCompany *company,
                 RfiRole         who);

/* The decisions meet another change, and are asked for anew. */
static void
meet_again (GPtrArray      *clashes,
            RfiTestCompany *company,
            RfiRole         maker)
{
  RfiRole other = get_other (g_ptr_array_index (clashes, 0));

  rfi_test_company_set_offline (company, maker, TRUE);
  for (guint i = 0; i < clashes->len; i++)
    {
      RfiTestClash *clash = g_ptr_array_index (clashes, i);
      RfiTestClash first = *clash;

      first.kind = RFI_CLASH_FIELDS;
      first.answer = RFI_ANSWER_OTHER;
      say (&first, company, maker);
      rfi_test_company_edit (company, other, clash->job_id, RFI_FIELD_DESCRIPTION,
                             "Theirs once more");
    }
  rfi_test_console_wait_sent (company->consoles[other]);
  rfi_test_company_set_offline (company, maker, FALSE);
  for (guint i = 0; i < clashes->len; i++)
    {
      RfiTestClash *clash = g_ptr_array_index (clashes, i);

      wait_on_desk (clash, company);
      g_assert_cmpint (rfi_test_company_find_conflict (company, maker, clash->job_id)
                         ->operation->kind, ==, RFI_OPERATION_RESOLVE);
    }
}

void
rfi_test_clash_make (GPtrArray      *clashes,
                     RfiTestCompany *company)
{
  RfiTestClash *any = g_ptr_array_index (clashes, 0);

  create_jobs (clashes, company);
  if (any->kind == RFI_CLASH_INACTIVE)
    rfi_test_company_set_active (company, FALSE);
  else if (needs_server (any))
    ask_and_cut (clashes, company, any->maker);
  else
    rfi_test_company_set_offline (company, any->maker, TRUE);

  for (guint i = 0; i < clashes->len; i++)
    {
      if (!needs_server (any))
        change_alone (g_ptr_array_index (clashes, i), company);
      meet (g_ptr_array_index (clashes, i), company);
    }
  for (guint i = 0; i < clashes->len; i++)
    wait_met (g_ptr_array_index (clashes, i), company);

  rfi_test_company_set_offline (company, any->maker, FALSE);
  for (guint i = 0; i < clashes->len; i++)
    wait_on_desk (g_ptr_array_index (clashes, i), company);
  if (any->kind == RFI_CLASH_INACTIVE)
    rfi_test_company_set_active (company, TRUE);
  if (any->kind == RFI_CLASH_AGAIN)
    meet_again (clashes, company, any->maker);
}

/* The decision */

static const char *
get_description (const RfiTestClash *self)
{
  switch (self->answer)
    {
    case RFI_ANSWER_SERVER:
      return self->kind == RFI_CLASH_AGAIN ? "Theirs once more" : "Theirs of the other";
    case RFI_ANSWER_MINE:
      return self->kind == RFI_CLASH_AGAIN ? "Both of them" : "Mine of the maker";
    case RFI_ANSWER_OTHER:
    default:
      return self->kind == RFI_CLASH_AGAIN ? "A third text" : "Both of them";
    }
}

RfiPatch *
rfi_test_clash_choose (RfiTestClash   *self,
                       RfiTestCompany *company,
                       RfiConflict    *conflict)
{
  g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
  g_autofree char *later = at_hour (self, 11);
  RfiFault fault;

  if (self->answer == RFI_ANSWER_SERVER)
    return NULL;
  /* A deletion sets nothing: any result but none says that it is wanted all the same. */
  if (self->kind == RFI_CLASH_DELETION)
    return rfi_patch_new ();
  if (self->kind == RFI_CLASH_DELETED)
    return rfi_patch_copy (conflict->operation->patch);

  rfi_decision_choose_all (decision, TRUE);
  if (self->answer == RFI_ANSWER_OTHER && self->kind == RFI_CLASH_BOOKING)
    rfi_decision_set_value (decision, RFI_FIELD_SCHEDULED_START, later);
  else if (self->answer == RFI_ANSWER_OTHER && self->kind == RFI_CLASH_INACTIVE)
    /* They take jobs again: as good as another one. */
    rfi_decision_set_value (decision, RFI_FIELD_ASSIGNED_TO, company->technician_id);
  else if (self->answer == RFI_ANSWER_OTHER)
    rfi_decision_set_value (decision, RFI_FIELD_DESCRIPTION, get_description (self));
  g_assert_true (rfi_decision_check (decision, &fault));
  return rfi_decision_to_patch (decision);
}

static void
say (RfiTestClash   *self,
     RfiTestCompany *company,
     RfiRole         who)
{
  RfiConflictDesk *desk = rfi_test_company_get_desk (company, who);
  RfiConflict *conflict = rfi_test_company_find_conflict (company, who, self->job_id);
  g_autoptr(RfiPatch) patch = rfi_test_clash_choose (self, company, conflict);
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_conflict_desk_decide_async (desk, conflict->id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_conflict_desk_decide_finish (desk, result, &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_test_company_find_conflict (company, who, self->job_id) == NULL);
}

/* Those of one person, with the server or without. */
static void
decide_some (GPtrArray      *clashes,
             RfiTestCompany *company,
             RfiRole         who,
             gboolean        offline)
{
  gboolean is_cut = FALSE;

  for (guint i = 0; i < clashes->len; i++)
    {
      RfiTestClash *clash = g_ptr_array_index (clashes, i);

      if (clash->decider != who || clash->offline != offline)
        continue;
      if (offline && !is_cut)
        rfi_test_company_set_offline (company, who, TRUE);
      is_cut = offline;
      g_assert_cmpint (rfi_test_company_find_conflict (company, who, clash->job_id)->elsewhere,
                       ==, who != clash->maker);
      say (clash, company, who);
    }
  if (is_cut)
    rfi_test_company_set_offline (company, who, FALSE);
}

/* As it stands where it waits: a desk may have asked before it was met again. */
static gboolean
is_known (RfiTestClash   *self,
          RfiTestCompany *company)
{
  RfiConflict *here = rfi_test_company_find_conflict (company, self->maker, self->job_id);
  RfiConflict *there = rfi_test_company_find_conflict (company, self->decider, self->job_id);

  return here != NULL && there != NULL && here->version == there->version;
}

void
rfi_test_clash_decide (GPtrArray      *clashes,
                       RfiTestCompany *company)
{
  for (guint i = 0; i < clashes->len; i++)
    {
      RfiTestClash *clash = g_ptr_array_index (clashes, i);

      rfi_test_company_wait_desk (company, clash->decider, is_known (clash, company));
    }
  for (guint offline = FALSE; offline <= TRUE; offline++)
    for (guint who = 0; who < RFI_N_ROLES; who++)
      decide_some (clashes, company, (RfiRole) who, (gboolean) offline);

  /* They leave every desk, wherever they were settled; what waits for an answer given elsewhere
   * goes when its desk has asked. */
  for (guint who = 0; who < RFI_N_ROLES; who++)
    {
      rfi_test_company_wait_desk (company, (RfiRole) who,
                                  rfi_test_company_count_desk (company, (RfiRole) who) == 0);
      rfi_test_console_wait_sent (company->consoles[who]);
    }
}

/* What came of it */

/* What the history keeps of whom it was decided against. */
static const char *
get_lost (const RfiTestClash *self)
{
  if (self->answer == RFI_ANSWER_MINE)
    return self->kind == RFI_CLASH_AGAIN ? "Theirs once more" : "Theirs of the other";
  return self->kind == RFI_CLASH_AGAIN ? "Both of them" : "Mine of the maker";
}

static RfiStatus
get_status (const RfiTestClash *self)
{
  gboolean cancels = self->kind == RFI_CLASH_CANCEL || self->kind == RFI_CLASH_RACE_CANCEL;

  if (cancels && self->answer == RFI_ANSWER_MINE)
    return RFI_STATUS_CANCELLED;
  switch ((int) self->kind)
    {
    case RFI_CLASH_STEP:
      return RFI_STATUS_COMPLETED;
    case RFI_CLASH_CANCEL:
      return RFI_STATUS_ASSIGNED;
    case RFI_CLASH_RACE:
      return RFI_STATUS_CANCELLED;
    case RFI_CLASH_RACE_CANCEL:
      return RFI_STATUS_IN_PROGRESS;
    case RFI_CLASH_INACTIVE:
      return self->answer == RFI_ANSWER_SERVER ? RFI_STATUS_PENDING : RFI_STATUS_ASSIGNED;
    default:
      return is_assigned (self) ? RFI_STATUS_ASSIGNED : RFI_STATUS_PENDING;
    }
}

static gboolean
is_gone (const RfiTestClash *self)
{
  return self->kind == RFI_CLASH_DELETED ||
         (self->kind == RFI_CLASH_DELETION && self->answer == RFI_ANSWER_MINE);
}

static void
assert_booking (RfiTestClash *self,
                const RfiJob *job)
{
  g_autofree char *ten = at_hour (self, 10);
  g_autofree char *eleven = at_hour (self, 11);
  g_autofree char *twelve = at_hour (self, 12);

  /* When it begins was no trouble as long as nobody knew when it ends. */
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SCHEDULED_START), ==,
                   self->answer == RFI_ANSWER_OTHER ? eleven : ten);
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SCHEDULED_END), ==,
                   self->answer == RFI_ANSWER_SERVER ? "" : twelve);
}

/* It is as was decided, for all who see it. */
static void
assert_job (RfiTestClash   *self,
            RfiTestCompany *company)
{
  RfiRole second = self->maker == RFI_ROLE_ADMIN ? self->decider : self->maker;
  const RfiJob *job;

  rfi_test_wait (rfi_test_company_agree (company, RFI_ROLE_ADMIN, second, self->job_id) &&
                 rfi_test_company_agree (company, RFI_ROLE_ADMIN, RFI_ROLE_DISPATCHER,
                                         self->job_id));
  g_assert_false (rfi_test_company_is_deleted (company, self->job_id));
  job = rfi_test_console_get_job (company->consoles[RFI_ROLE_ADMIN], self->job_id);
  g_assert_cmpstr (rfi_status_to_string (job->status), ==,
                   rfi_status_to_string (get_status (self)));
  if (self->kind == RFI_CLASH_FIELDS || self->kind == RFI_CLASH_AGAIN ||
      self->kind == RFI_CLASH_DELETION)
    g_assert_cmpstr (job->description, ==, get_description (self));
  if (self->kind == RFI_CLASH_BOOKING)
    assert_booking (self, job);
  if (self->kind == RFI_CLASH_INACTIVE)
    g_assert_cmpstr (job->assigned_to, ==,
                     self->answer == RFI_ANSWER_SERVER ? NULL : company->technician_id);
}

/* For all there is none, but perhaps one that was made anew. */
static void
assert_gone (RfiTestClash   *self,
             RfiTestCompany *company)
{
  RfiTestConsole *admin = company->consoles[RFI_ROLE_ADMIN];
  g_autofree char *anew = NULL;

  for (guint who = 0; who < RFI_N_ROLES; who++)
    rfi_test_wait (rfi_test_console_get_job (company->consoles[who], self->job_id) == NULL);
  g_assert_true (rfi_test_company_is_deleted (company, self->job_id));
  if (self->kind == RFI_CLASH_DELETION || self->answer == RFI_ANSWER_SERVER)
    {
      g_assert_null (rfi_test_console_find_job (admin, self->name));
      return;
    }

  anew = rfi_test_company_wait_job (company, self->name, FALSE);
  g_assert_cmpstr (anew, !=, self->job_id);
  rfi_test_wait (rfi_test_company_agree (company, RFI_ROLE_ADMIN, RFI_ROLE_DISPATCHER, anew));
  g_assert_cmpstr (rfi_test_console_get_job (admin, anew)->description, ==, "Mine of the maker");

  /* Each of both jobs tells of the other, whoever looks. */
  rfi_test_company_assert_remade (company, self->maker, self->job_id, "", anew);
  rfi_test_company_assert_remade (company, self->maker, anew, self->job_id, "");
  rfi_test_company_assert_remade (company, RFI_ROLE_ADMIN, self->job_id, "", anew);
  rfi_test_company_assert_remade (company, RFI_ROLE_ADMIN, anew, self->job_id, "");
}

/* Returns: (transfer full) */
static RfiConflictRecord *
get_record (RfiTestClash   *self,
            RfiTestCompany *company)
{
  g_autofree char *path = g_strconcat ("/api/v1/conflicts/", self->record_id, NULL);
  g_autoptr(RfiTestAnswer) answer = rfi_test_company_ask (company, "GET", path);
  GError *error = NULL;
  RfiConflictRecord *record =
    rfi_conflict_record_parse (answer->text, (gssize) answer->length, &error);

  g_assert_no_error (error);
  return record;
}

/* That the server's version stands goes as a letter alone, which no queue shows. */
static gboolean
is_resolved (RfiTestClash   *self,
             RfiTestCompany *company)
{
  g_autoptr(RfiConflictRecord) record = get_record (self, company);

  return record->resolved;
}

static void
assert_recorded (RfiTestClash   *self,
                 RfiTestCompany *company)
{
  const RfiUser *decider =
    rfi_session_get_user (rfi_test_company_get_session (company, self->decider));
  g_autoptr(RfiConflictRecord) record = NULL;
  RfiFieldOutcome outcome;

  rfi_test_wait (is_resolved (self, company));
  record = get_record (self, company);
  g_assert_cmpstr (record->job_id, ==, self->job_id);
  g_assert_cmpstr (record->resolved_by, ==, decider->id);
  g_assert_cmpstr (record->resolved_by_name, ==, decider->display_name);
  if (self->kind != RFI_CLASH_FIELDS && self->kind != RFI_CLASH_AGAIN)
    return;

  g_assert_true (rfi_conflict_record_get_outcome (record, RFI_FIELD_DESCRIPTION, &outcome));
  g_assert_cmpstr (outcome.result, ==, get_description (self));
  g_assert_cmpstr (outcome.lost, ==, get_lost (self));
}

/* The server's, which is one chain: who settled it, with the value that lost. */
static void
assert_history (RfiTestClash   *self,
                RfiTestCompany *company)
{
  g_autofree char *path =
    g_strdup_printf ("/api/v1/audit?jobId=%s&limit=50&before=%" G_GINT64_FORMAT, self->job_id,
                     G_MAXINT64);
  g_autoptr(RfiTestAnswer) audit = rfi_test_company_ask (company, "GET", path);
  g_autofree char *lost = g_strdup_printf ("\"before\":\"%s\",\"field\":\"conflict.description\"",
                                           get_lost (self));

  g_assert_nonnull (strstr (audit->text, "\"settle\""));
  if (self->kind == RFI_CLASH_FIELDS || self->kind == RFI_CLASH_AGAIN)
    g_assert_nonnull (strstr (audit->text, lost));
}

void
rfi_test_clash_assert (RfiTestClash   *self,
                       RfiTestCompany *company)
{
  if (is_gone (self))
    assert_gone (self, company);
  else
    assert_job (self, company);
  assert_recorded (self, company);
  assert_history (self, company);
  rfi_test_company_assert_told (company, self->maker, self->job_id);
  rfi_test_company_assert_told (company, self->decider, self->job_id);
}
