/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-decision.h"
#include "rfi-test-clash.h"

/* Each kind of conflict, made by everybody who can come into it, settled each way by everybody who
 * may, online and offline: in the end the server, the consoles and the history agree, and no desk
 * has it any more. */

#define A (1u << RFI_ROLE_ADMIN)
#define D (1u << RFI_ROLE_DISPATCHER)
#define T (1u << RFI_ROLE_TECHNICIAN)

#define SERVER (1u << RFI_ANSWER_SERVER)
#define MINE   (1u << RFI_ANSWER_MINE)
#define OTHER  (1u << RFI_ANSWER_OTHER)

/* Who can come into which, what may be said about it where it waits, and what elsewhere: a step
 * that is none stays none, and what is gone or was to be deleted is wanted by its maker alone. */
static const struct {
  guint makers;
  guint here;
  guint elsewhere;
} rules[RFI_N_CLASH_KINDS] = {
  [RFI_CLASH_FIELDS] = { A | D, SERVER | MINE | OTHER, SERVER | MINE | OTHER },
  [RFI_CLASH_STEP] = { A | D | T, SERVER, SERVER },
  [RFI_CLASH_CANCEL] = { A | D, SERVER | MINE, SERVER | MINE },
  [RFI_CLASH_RACE] = { A | D | T, SERVER, SERVER },
  [RFI_CLASH_RACE_CANCEL] = { A | D, SERVER | MINE, SERVER | MINE },
  [RFI_CLASH_DELETED] = { A | D | T, SERVER | MINE, SERVER },
  [RFI_CLASH_DELETION] = { A, SERVER | MINE, SERVER },
  [RFI_CLASH_BOOKING] = { A | D, SERVER | MINE | OTHER, SERVER | MINE | OTHER },
  [RFI_CLASH_INACTIVE] = { A | D, SERVER | OTHER, SERVER | OTHER },
  [RFI_CLASH_AGAIN] = { A | D, SERVER | MINE | OTHER, SERVER | MINE | OTHER },
};

/* What is made at once. */
typedef struct
{
  RfiClashKind  kind;
  RfiRole       maker;
  GPtrArray    *clashes;    /* (owned) (element-type RfiTestClash) */
  guint         n_refused;  /* answers that were tried and may not be */
  gboolean      is_done;
} Group;

typedef struct
{
  RfiTestClash clash;
  Group       *group;
} Cell;

static RfiTestCompany *company;

static guint
count_desk (RfiRole who)
{
  return rfi_test_company_count_desk (company, who);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Whether there is such a cell at all. */
static gboolean
may_decide (RfiClashKind kind,
            RfiRole      maker,
            RfiRole      decider)
{
  if (decider == maker)
    return TRUE;
  /* Of a job that is gone the server knows only at which vendor its maker is. */
  if (kind == RFI_CLASH_DELETED && maker == RFI_ROLE_ADMIN)
    return FALSE;
  return decider != RFI_ROLE_TECHNICIAN;
}

static gboolean
may_say (RfiClashKind   kind,
         RfiRole        maker,
         RfiRole        decider,
         RfiClashAnswer answer)
{
  guint answers = decider == maker ? rules[kind].here : rules[kind].elsewhere;

  /* Who can't create a job can't have it again. */
  if (kind == RFI_CLASH_DELETED && maker == RFI_ROLE_TECHNICIAN)
    answers = SERVER;
  return (answers >> answer & 1) != 0;
}

/* What the rules have no words for is not taken, or there is nothing of one's own to take. */
static void
refuse (RfiRole       who,
        RfiConflict  *conflict,
        RfiVerdict    verdict)
{
  RfiConflictDesk *desk = rfi_test_company_get_desk (company, who);
  g_autoptr(RfiConflict) kept = rfi_conflict_ref (conflict);
  g_autoptr(RfiDecision) decision = rfi_decision_new (kept);
  g_autoptr(RfiPatch) wanted = conflict->operation->patch != NULL
                                 ? rfi_patch_copy (conflict->operation->patch) : rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  RfiFault fault;

  if (conflict->reason == RFI_CONFLICT_INACTIVE_TARGET)
    {
      g_assert_false (rfi_decision_may_insist (decision, &fault));
      g_assert_cmpint (fault.kind, ==, RFI_FAULT_INACTIVE);
      g_assert_null (rfi_decision_insist (decision));
      return;
    }

  rfi_conflict_desk_decide_async (desk, conflict->id, wanted, keep_cb, &result);
  rfi_test_wait (result != NULL);
  g_assert_false (rfi_conflict_desk_decide_finish (desk, result, &error));
  g_assert_error (error, RFI_SESSION_ERROR, (int) RFI_SESSION_ERROR_REFUSED);
  g_assert_cmpint (rfi_session_error_get_verdict (error), ==, verdict);
  g_assert_nonnull (rfi_test_company_find_conflict (company, who, kept->job_id));
}

static RfiVerdict
get_verdict (const Group *group,
             RfiRole      decider)
{
  if (group->kind == RFI_CLASH_STEP || group->kind == RFI_CLASH_RACE)
    return RFI_VERDICT_ILLEGAL_STEP;
  return decider == group->maker ? RFI_VERDICT_NOT_YOUR_ROLE : RFI_VERDICT_WAITS_ELSEWHERE;
}

/* What may not be said of the first of them, by whoever has it on their desk; a technician has none
 * of others. */
static void
refuse_all (Group *group)
{
  const RfiTestClash *first = g_ptr_array_index (group->clashes, 0);
  RfiConflict *conflict;

  for (guint who = 0; who < RFI_N_ROLES; who++)
    if (!may_decide (group->kind, group->maker, (RfiRole) who))
      {
        rfi_conflict_desk_refresh (rfi_test_company_get_desk (company, (RfiRole) who));
        g_assert_null (rfi_test_company_find_conflict (company, (RfiRole) who, first->job_id));
        group->n_refused++;
      }
    else if (!may_say (group->kind, group->maker, (RfiRole) who, RFI_ANSWER_MINE))
      {
        rfi_test_company_wait_desk (
          company, (RfiRole) who,
          (conflict = rfi_test_company_find_conflict (company, (RfiRole) who, first->job_id)) !=
            NULL);
        refuse ((RfiRole) who, conflict, get_verdict (group, (RfiRole) who));
        group->n_refused++;
      }
}

/* Whoever asks for the first has all of them made and settled: what takes time is that consoles
 * come and go, not how many conflicts they have. */
static void
run (Group *group)
{
  if (group->is_done)
    return;

  group->is_done = TRUE;
  rfi_test_clash_make (group->clashes, company);
  refuse_all (group);
  rfi_test_clash_decide (group->clashes, company);
}

static void
test_cell (gconstpointer data)
{
  const Cell *cell = data;

  run (cell->group);
  rfi_test_clash_assert ((RfiTestClash *) &cell->clash, company);
}

/* Every way that is not in the table was tried, and refused. */
static void
test_refused (gconstpointer data)
{
  const Group *group = data;
  guint n = 0;

  run ((Group *) group);
  for (guint who = 0; who < RFI_N_ROLES; who++)
    n += !may_decide (group->kind, group->maker, (RfiRole) who) ||
         !may_say (group->kind, group->maker, (RfiRole) who, RFI_ANSWER_MINE);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (group->n_refused, ==, n);
}

/* @clash: (transfer none): of a fresh job. Returns: (transfer full) */
static GPtrArray *
make_one (RfiTestClash *clash)
{
  GPtrArray *clashes = g_ptr_array_new ();

  g_ptr_array_add (clashes, clash);
  rfi_test_clash_make (clashes, company);
  return clashes;
}

/* Handed on, looked into, decided by whom it was handed to. */
static void
test_escalation (void)
{
  RfiTestClash clash = { .name = g_strdup ("escalated"), .kind = RFI_CLASH_FIELDS,
                         .maker = RFI_ROLE_DISPATCHER, .decider = RFI_ROLE_ADMIN,
                         .answer = RFI_ANSWER_MINE };
  g_autoptr(GPtrArray) clashes = make_one (&clash);
  RfiConflictDesk *dispatcher = rfi_test_company_get_desk (company, RFI_ROLE_DISPATCHER);
  RfiConflictDesk *admin = rfi_test_company_get_desk (company, RFI_ROLE_ADMIN);
  g_autoptr(GAsyncResult) people_result = NULL;
  g_autoptr(GAsyncResult) escalated = NULL;
  g_autoptr(GAsyncResult) begun = NULL;
  g_autoptr(GAsyncResult) refused = NULL;
  g_autoptr(GPtrArray) people = NULL;
  g_autoptr(GError) error = NULL;
  RfiConflict *conflict;
  const char *id;

  id = rfi_test_company_find_conflict (company, RFI_ROLE_DISPATCHER, clash.job_id)->id;
  rfi_conflict_desk_list_people_async (dispatcher, id, keep_cb, &people_result);
  rfi_test_wait (people_result != NULL);
  people = rfi_conflict_desk_list_people_finish (dispatcher, people_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, >=, 2);

  rfi_conflict_desk_escalate_async (dispatcher, id, ((RfiUser *) people->pdata[0])->id,
                                    "Whose part is it?", keep_cb, &escalated);
  rfi_test_wait (escalated != NULL);
  rfi_conflict_desk_ask_finish (dispatcher, escalated, &error);
  g_assert_no_error (error);
  rfi_test_company_wait_desk (
    company, RFI_ROLE_ADMIN,
    (conflict = rfi_test_company_find_conflict (company, RFI_ROLE_ADMIN, clash.job_id)) != NULL &&
      rfi_conflict_facts_is_escalated (conflict->facts));
  g_assert_cmpstr (conflict->facts->escalation_note, ==, "Whose part is it?");

  rfi_conflict_desk_investigate_async (admin, conflict->id, RFI_CASE_BEGIN, NULL,
                                       "Asking the store", keep_cb, &begun);
  rfi_test_wait (begun != NULL);
  rfi_conflict_desk_ask_finish (admin, begun, &error);
  g_assert_no_error (error);
  rfi_test_company_wait_desk (
    company, RFI_ROLE_DISPATCHER,
    (conflict = rfi_test_company_find_conflict (company, RFI_ROLE_DISPATCHER, clash.job_id)) &&
      rfi_conflict_facts_is_investigated (conflict->facts));
  /* Only admins look into things. */
  rfi_conflict_desk_investigate_async (dispatcher, conflict->id, RFI_CASE_NOTE, NULL, "Me too",
                                       keep_cb, &refused);
  rfi_test_wait (refused != NULL);
  g_assert_false (rfi_conflict_desk_ask_finish (dispatcher, refused, &error));

  rfi_test_clash_decide (clashes, company);
  rfi_test_clash_assert (&clash, company);
  rfi_test_clash_clear (&clash);
}

static int
undo (RfiRole who)
{
  RfiConflictDesk *desk = rfi_test_company_get_desk (company, who);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  int n;

  rfi_conflict_desk_undo_async (desk, keep_cb, &result);
  rfi_test_wait (result != NULL);
  n = rfi_conflict_desk_undo_finish (desk, result, &error);
  g_assert_true ((n < 0) == (error != NULL));
  return n;
}

/* A decision is taken back while it waits, decided otherwise, and stands once it is sent. */
static void
test_undo (gconstpointer data)
{
  const RfiTestClash *row = data;
  RfiTestClash clash = *row;
  RfiConflictDesk *desk = rfi_test_company_get_desk (company, row->decider);
  g_autoptr(GPtrArray) clashes = make_one (&clash);
  g_autoptr(RfiPatch) patch = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  RfiConflict *conflict;

  rfi_test_company_wait_desk (
    company, row->decider,
    rfi_test_company_find_conflict (company, row->decider, clash.job_id) != NULL);
  rfi_test_company_set_offline (company, row->decider, TRUE);
  conflict = rfi_test_company_find_conflict (company, row->decider, clash.job_id);
  patch = rfi_test_clash_choose (&clash, company, conflict);
  rfi_conflict_desk_begin (desk);
  rfi_conflict_desk_decide_async (desk, conflict->id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL && rfi_test_company_find_conflict (company, row->decider,
                                                                   clash.job_id) == NULL);
  g_assert_cmpint (undo (row->decider), ==, 1);
  rfi_test_wait (rfi_test_company_find_conflict (company, row->decider, clash.job_id) != NULL);
  rfi_test_company_set_offline (company, row->decider, FALSE);

  clash.answer = row->answer == RFI_ANSWER_MINE ? RFI_ANSWER_SERVER : RFI_ANSWER_MINE;
  rfi_conflict_desk_begin (desk);
  rfi_test_clash_decide (clashes, company);
  rfi_test_clash_assert (&clash, company);
  g_assert_cmpint (undo (row->decider), <, 1);
  g_free (clash.job_id);
  g_free (clash.record_id);
}

/* What was said once and for all settles by itself. */
static void
test_choices (void)
{
  RfiConflictDesk *desk = rfi_test_company_get_desk (company, RFI_ROLE_DISPATCHER);
  RfiTestConsole *admin = company->consoles[RFI_ROLE_ADMIN];
  g_autofree char *id = NULL;

  rfi_test_company_create (company, "chosen", FALSE);
  id = rfi_test_company_wait_job (company, "chosen", FALSE);
  rfi_test_company_set_offline (company, RFI_ROLE_DISPATCHER, TRUE);
  rfi_test_company_edit (company, RFI_ROLE_DISPATCHER, id, RFI_FIELD_DESCRIPTION, "Mine");
  rfi_test_company_edit (company, RFI_ROLE_ADMIN, id, RFI_FIELD_DESCRIPTION, "Theirs");
  rfi_test_company_wait_confirmed (company, RFI_ROLE_ADMIN, id);
  rfi_conflict_desk_set_choices (desk, g_variant_new_parsed ("{'description': 'mine'}"));
  rfi_test_company_set_offline (company, RFI_ROLE_DISPATCHER, FALSE);
  rfi_test_wait (rfi_test_company_agree (company, RFI_ROLE_ADMIN, RFI_ROLE_DISPATCHER, id) &&
                 g_str_equal (rfi_test_console_get_job (admin, id)->description, "Mine"));
  rfi_test_company_wait_desk (company, RFI_ROLE_DISPATCHER,
                              count_desk (RFI_ROLE_DISPATCHER) == 0);
  rfi_conflict_desk_set_choices (desk, NULL);
  rfi_test_company_assert_told (company, RFI_ROLE_DISPATCHER, id);
}

/* The change by which somebody would come into such a conflict. */
static void
try_change (RfiClashKind          kind,
            RfiRole               who,
            const char           *job_id,
            GAsyncReadyCallback   callback,
            gpointer              user_data)
{
  RfiSession *session = rfi_test_company_get_session (company, who);
  g_autoptr(RfiPatch) fields = rfi_patch_new ();

  switch ((int) kind)
    {
    case RFI_CLASH_DELETION:
      rfi_session_delete_async (session, job_id, callback, user_data);
      break;
    case RFI_CLASH_CANCEL:
    case RFI_CLASH_RACE_CANCEL:
      rfi_session_set_status_async (session, job_id, RFI_STATUS_CANCELLED, callback, user_data);
      break;
    case RFI_CLASH_INACTIVE:
      rfi_session_assign_async (session, job_id, company->technician_id, callback, user_data);
      break;
    default:
      rfi_patch_set (fields, kind == RFI_CLASH_BOOKING ? RFI_FIELD_SCHEDULED_START
                                                       : RFI_FIELD_DESCRIPTION,
                     "2033-05-18T09:00:00.000Z");
      rfi_session_edit_async (session, job_id, fields, callback, user_data);
      break;
    }
}

/* Who can't come into it, because their role does not allow the change: of a job that they see. */
static void
test_never (gconstpointer data)
{
  const Group *group = data;
  RfiSession *session = rfi_test_company_get_session (company, group->maker);
  g_autofree char *title =
    g_strdup_printf ("%s/never/%s", rfi_clash_kind_to_string (group->kind),
                     rfi_role_to_string (group->maker));
  g_autofree char *id = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_test_company_create (company, title, TRUE);
  id = rfi_test_company_wait_job (company, title, TRUE);
  try_change (group->kind, group->maker, id, keep_cb, &result);
  rfi_test_wait (result != NULL);
  g_assert_false (rfi_session_command_finish (session, result, &error));
  g_assert_error (error, RFI_SESSION_ERROR, (int) RFI_SESSION_ERROR_REFUSED);
  g_assert_cmpint (rfi_session_error_get_verdict (error), ==, RFI_VERDICT_NOT_YOUR_ROLE);
  g_assert_cmpint (rfi_test_console_get_mark (company->consoles[group->maker], id), ==,
                   RFI_MARK_CONFIRMED);
}

static void
add_cell (GPtrArray      *cells,
          Group          *group,
          RfiClashKind    kind,
          RfiRole         maker,
          RfiRole         decider,
          RfiClashAnswer  answer,
          gboolean        offline)
{
  Cell *cell = g_new0 (Cell, 1);
  g_autofree char *by = decider != maker
                          ? g_strconcat ("-by-", rfi_role_to_string (decider), NULL) : NULL;
  g_autofree char *path = NULL;

  cell->group = group;
  cell->clash = (RfiTestClash) {
    .name = g_strdup_printf ("%s/%s/%s%s%s", rfi_clash_kind_to_string (kind),
                             rfi_clash_answer_to_string (answer), rfi_role_to_string (maker),
                             by != NULL ? by : "", offline ? "/offline" : ""),
    .kind = kind, .maker = maker, .decider = decider, .answer = answer, .offline = offline,
    .day = G_GINT64_CONSTANT (2000000000000) + G_GINT64_CONSTANT (86400000) * cells->len,
  };
  g_ptr_array_add (cells, cell);
  g_ptr_array_add (group->clashes, &cell->clash);
  path = g_strconcat ("/conflict-desk/", cell->clash.name, NULL);
  g_test_add_data_func (path, cell, test_cell);
}

static void
add_group (GPtrArray    *cells,
           GPtrArray    *groups,
           RfiClashKind  kind,
           RfiRole       maker)
{
  Group *group = g_new0 (Group, 1);
  gboolean is_maker = (rules[kind].makers >> maker & 1) != 0;
  g_autofree char *path =
    g_strdup_printf ("/conflict-desk/%s/%s/%s", rfi_clash_kind_to_string (kind),
                     is_maker ? "refused" : "never", rfi_role_to_string (maker));

  group->kind = kind;
  group->maker = maker;
  group->clashes = g_ptr_array_new ();
  g_ptr_array_add (groups, group);
  for (guint answer = 0; answer < RFI_N_CLASH_ANSWERS; answer++)
    for (guint decider = 0; decider < RFI_N_ROLES; decider++)
      for (guint offline = FALSE; offline <= TRUE; offline++)
        if (is_maker && may_decide (kind, maker, (RfiRole) decider) &&
            may_say (kind, maker, (RfiRole) decider, (RfiClashAnswer) answer))
          add_cell (cells, group, kind, maker, (RfiRole) decider, (RfiClashAnswer) answer,
                    (gboolean) offline);
  g_test_add_data_func (path, group, is_maker ? test_refused : test_never);
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_ptr_array_unref (group->clashes);
  g_free (group);
}

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  rfi_test_clash_clear (&cell->clash);
  g_free (cell);
}

int
main (int   argc,
      char *argv[])
{
  static const RfiTestClash undone[] = {
    { .name = (char *) "undone/mine", .maker = RFI_ROLE_DISPATCHER,
      .decider = RFI_ROLE_DISPATCHER, .answer = RFI_ANSWER_MINE },
    { .name = (char *) "undone/server", .maker = RFI_ROLE_DISPATCHER,
      .decider = RFI_ROLE_DISPATCHER, .answer = RFI_ANSWER_SERVER },
    { .name = (char *) "undone/by-admin", .maker = RFI_ROLE_DISPATCHER,
      .decider = RFI_ROLE_ADMIN, .answer = RFI_ANSWER_MINE },
  };
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (cell_free);
  g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint kind = 0; kind < RFI_N_CLASH_KINDS; kind++)
    for (guint maker = 0; maker < RFI_N_ROLES; maker++)
      add_group (cells, groups, (RfiClashKind) kind, (RfiRole) maker);
  for (guint i = 0; i < G_N_ELEMENTS (undone); i++)
    {
      g_autofree char *name = g_strconcat ("/conflict-desk/", undone[i].name, NULL);

      g_test_add_data_func (name, &undone[i], test_undo);
    }
  g_test_add_func ("/conflict-desk/escalation", test_escalation);
  g_test_add_func ("/conflict-desk/choices", test_choices);

  company = rfi_test_company_new ();
  status = g_test_run ();
  rfi_test_company_free (company);
  return status;
}
