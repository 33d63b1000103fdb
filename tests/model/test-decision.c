/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-decision.h"
#include "rfi-decision-right.h"

/* One field that collides; what a person chooses for it, and what becomes of it. */
typedef struct
{
  RfiField           field;
  RfiConflictReason  reason;
  const char        *base;
  const char        *mine;
  const char        *theirs;
  RfiChoice          proposed;
  const char        *chosen;    /* (nullable): typed by the person; %NULL = mine */
  RfiFaultKind       fault;
  const char        *result;
} Case;

static const Case cases[] = {
  { RFI_FIELD_TITLE, RFI_CONFLICT_FIELDS, "a", "b", "c", RFI_CHOICE_MINE, NULL, RFI_FAULT_NONE,
    "b" },
  { RFI_FIELD_TITLE, RFI_CONFLICT_FIELDS, "a", "b", "c", RFI_CHOICE_MINE, "d", RFI_FAULT_NONE,
    "d" },
  { RFI_FIELD_TITLE, RFI_CONFLICT_FIELDS, "a", "b", "c", RFI_CHOICE_MINE, " ", RFI_FAULT_VALUE,
    " " },
  /* No rule may choose between two texts of what was done. */
  { RFI_FIELD_COMPLETION_NOTES, RFI_CONFLICT_FIELDS, "", "b", "c", RFI_CHOICE_OPEN, NULL,
    RFI_FAULT_NONE, "b" },
  { RFI_FIELD_STATUS, RFI_CONFLICT_ILLEGAL_STEP, "assigned", "in-progress", "completed",
    RFI_CHOICE_THEIRS, NULL, RFI_FAULT_NONE, "completed" },
  { RFI_FIELD_STATUS, RFI_CONFLICT_STATE_RACE, "assigned", "cancelled", "in-progress",
    RFI_CHOICE_OPEN, NULL, RFI_FAULT_NONE, "cancelled" },
  { RFI_FIELD_STATUS, RFI_CONFLICT_STATE_RACE, "assigned", "cancelled", "in-progress",
    RFI_CHOICE_OPEN, "pending", RFI_FAULT_STEP, "pending" },
  /* Only one side changed it, and still it is to be chosen. */
  { RFI_FIELD_ASSIGNED_TO, RFI_CONFLICT_INACTIVE_TARGET, "", "retired", "", RFI_CHOICE_OPEN, NULL,
    RFI_FAULT_NONE, "" },
  { RFI_FIELD_ASSIGNED_TO, RFI_CONFLICT_INACTIVE_TARGET, "", "retired", "", RFI_CHOICE_OPEN,
    "another", RFI_FAULT_NONE, "another" },
  { RFI_FIELD_ASSIGNED_TO, RFI_CONFLICT_OVER_BOOKING, "", "busy", "", RFI_CHOICE_OPEN, NULL,
    RFI_FAULT_NONE, "busy" },
};

static RfiConflict *
make_conflict (const Case *row)
{
  g_autoptr(RfiPatch) base = rfi_patch_new ();
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  g_autoptr(RfiPatch) theirs = rfi_patch_new ();
  RfiOperation deed = {
    .id = (char *) "operation", .kind = RFI_OPERATION_EDIT, .job_id = (char *) "job",
    .user_id = (char *) "me", .patch = mine,
  };
  g_autoptr(RfiOperation) operation = NULL;
  RfiConflict conflict = {
    .id = (char *) "conflict", .job_id = (char *) "job", .job_title = (char *) "Door",
    .reason = row->reason, .base = base, .theirs = theirs,
  };

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_patch_set (theirs, (RfiField) i, "");
  rfi_patch_set (theirs, RFI_FIELD_TITLE, "Door");
  rfi_patch_set (theirs, RFI_FIELD_STATUS, "pending");
  rfi_patch_set (base, row->field, row->base);
  rfi_patch_set (mine, row->field, row->mine);
  rfi_patch_set (theirs, row->field, row->theirs);
  conflict.operation = operation = rfi_operation_new (&deed);
  return rfi_conflict_new (&conflict);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr(RfiConflict) conflict = make_conflict (row);
  g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
  RfiFault fault;

  g_assert_cmpuint (rfi_decision_count_collisions (decision), ==, 1);
  g_assert_true (rfi_decision_is_shown (decision, row->field));
  g_assert_cmpint (rfi_decision_get_choice (decision, row->field), ==, row->proposed);
  g_assert_cmpint (rfi_decision_check (decision, &fault), ==, row->proposed != RFI_CHOICE_OPEN);
  if (row->proposed == RFI_CHOICE_OPEN)
    g_assert_cmpint (fault.kind, ==, RFI_FAULT_OPEN);

  if (row->chosen != NULL)
    rfi_decision_set_value (decision, row->field, row->chosen);
  else
    rfi_decision_choose (decision, row->field, TRUE);
  g_assert_cmpint (rfi_decision_check (decision, &fault), ==, row->fault == RFI_FAULT_NONE);
  g_assert_cmpint (fault.kind, ==, row->fault);
  g_assert_cmpstr (rfi_decision_get_result (decision, row->field), ==, row->result);
}

/* Of what is decided only that is set which the server does not have. */
static void
test_patch (void)
{
  g_autoptr(RfiConflict) conflict = make_conflict (&cases[0]);
  g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
  g_autoptr(RfiPatch) mine = rfi_decision_to_patch (decision);
  g_autoptr(RfiPatch) more = NULL;

  g_assert_cmpstr (rfi_patch_get (mine, RFI_FIELD_TITLE), ==, "b");
  rfi_decision_choose_all (decision, FALSE);
  g_assert_null (rfi_decision_to_patch (decision));
  rfi_decision_set_value (decision, RFI_FIELD_CITY, "Waco");
  more = rfi_decision_to_patch (decision);
  g_assert_cmpstr (rfi_patch_get (more, RFI_FIELD_CITY), ==, "Waco");
  g_assert_false (rfi_patch_has (more, RFI_FIELD_TITLE));
  g_assert_true (rfi_decision_is_shown (decision, RFI_FIELD_CITY));
}

static void
test_schedule (void)
{
  g_autoptr(RfiConflict) conflict = make_conflict (&cases[0]);
  g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
  RfiFault fault;

  rfi_decision_set_value (decision, RFI_FIELD_SCHEDULED_START, "2026-11-27T10:00:00.000Z");
  rfi_decision_set_value (decision, RFI_FIELD_SCHEDULED_END, "2026-11-27T09:00:00.000Z");
  g_assert_false (rfi_decision_check (decision, &fault));
  g_assert_cmpint (fault.kind, ==, RFI_FAULT_SCHEDULE);
}

static void
test_alike (void)
{
  g_autoptr(RfiConflict) first = make_conflict (&cases[0]);
  g_autoptr(RfiConflict) second = make_conflict (&cases[1]);
  g_autoptr(RfiConflict) third = make_conflict (&cases[3]);
  g_autoptr(RfiDecision) a = rfi_decision_new (first);
  g_autoptr(RfiDecision) b = rfi_decision_new (second);
  g_autoptr(RfiDecision) c = rfi_decision_new (third);

  g_assert_true (rfi_decision_is_like (a, b));
  g_assert_false (rfi_decision_is_like (a, c));
}

/* Whether the change can be had all the same: a step that is none can't, nor one to somebody who
 * takes no jobs; a cancelling that met a step can. */
static void
test_insist (void)
{
  static const RfiFaultKind faults[G_N_ELEMENTS (cases)] = {
    [4] = RFI_FAULT_STEP, [7] = RFI_FAULT_INACTIVE, [8] = RFI_FAULT_INACTIVE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RfiConflict) conflict = make_conflict (&cases[i]);
      g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
      g_autoptr(RfiPatch) wanted = rfi_decision_insist (decision);
      RfiFault fault;

      g_test_message ("row %u", i);
      g_assert_cmpint (rfi_decision_may_insist (decision, &fault), ==,
                       faults[i] == RFI_FAULT_NONE);
      g_assert_cmpint (fault.kind, ==, faults[i]);
      g_assert_cmpstr (wanted != NULL ? rfi_patch_get (wanted, cases[i].field) : NULL, ==,
                       faults[i] == RFI_FAULT_NONE ? cases[i].mine : NULL);
    }
}

/* Of a job that is gone everything is wanted, of a deletion nothing; neither is nothing at all. */
static void
test_insist_whole (void)
{
  g_autoptr(RfiConflict) template = make_conflict (&cases[0]);
  g_autoptr(RfiOperation) deletion = rfi_operation_new (&(RfiOperation) {
    .id = (char *) "operation", .kind = RFI_OPERATION_DELETE, .job_id = (char *) "job",
    .user_id = (char *) "me" });
  RfiConflict gone = *template;
  RfiConflict deleted = *template;
  g_autoptr(RfiConflict) first = NULL;
  g_autoptr(RfiConflict) second = NULL;
  g_autoptr(RfiDecision) anew = NULL;
  g_autoptr(RfiDecision) deletes = NULL;
  g_autoptr(RfiPatch) all = NULL;
  g_autoptr(RfiPatch) nothing = NULL;

  gone.theirs = NULL;
  rfi_patch_set (gone.base, RFI_FIELD_CITY, "Dallas");
  first = rfi_conflict_new (&gone);
  anew = rfi_decision_new (first);
  all = rfi_decision_insist (anew);
  g_assert_cmpstr (rfi_patch_get (all, RFI_FIELD_TITLE), ==, "b");
  g_assert_cmpstr (rfi_patch_get (all, RFI_FIELD_CITY), ==, "Dallas");

  deleted.operation = deletion;
  second = rfi_conflict_new (&deleted);
  deletes = rfi_decision_new (second);
  nothing = rfi_decision_insist (deletes);
  g_assert_nonnull (nothing);
  g_assert_true (rfi_patch_is_empty (nothing));
}

/* Who may say what; @field of the result, -1: none of it. */
typedef struct
{
  RfiRole           role;
  gboolean          elsewhere;  /* the change of somebody else */
  RfiOperationKind  kind;
  gboolean          gone;
  int               field;
  const char       *value;
  RfiVerdict        verdict;
} Right;

static const Right rights[] = {
  { RFI_ROLE_ADMIN, FALSE, RFI_OPERATION_EDIT, FALSE, RFI_FIELD_TITLE, "b", RFI_VERDICT_OK },
  { RFI_ROLE_DISPATCHER, TRUE, RFI_OPERATION_EDIT, FALSE, RFI_FIELD_TITLE, "b", RFI_VERDICT_OK },
  { RFI_ROLE_DISPATCHER, FALSE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_STATUS, "cancelled",
    RFI_VERDICT_OK },
  { RFI_ROLE_DISPATCHER, FALSE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_STATUS, "completed",
    RFI_VERDICT_ILLEGAL_STEP },
  { RFI_ROLE_ADMIN, FALSE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_STATUS, "odd",
    RFI_VERDICT_ILLEGAL_STEP },
  { RFI_ROLE_DISPATCHER, FALSE, RFI_OPERATION_EDIT, TRUE, RFI_FIELD_TITLE, "b", RFI_VERDICT_OK },
  { RFI_ROLE_DISPATCHER, TRUE, RFI_OPERATION_EDIT, TRUE, RFI_FIELD_TITLE, "b",
    RFI_VERDICT_WAITS_ELSEWHERE },
  { RFI_ROLE_ADMIN, FALSE, RFI_OPERATION_DELETE, FALSE, -1, NULL, RFI_VERDICT_OK },
  { RFI_ROLE_ADMIN, TRUE, RFI_OPERATION_DELETE, FALSE, -1, NULL, RFI_VERDICT_WAITS_ELSEWHERE },
  { RFI_ROLE_DISPATCHER, FALSE, RFI_OPERATION_DELETE, FALSE, -1, NULL,
    RFI_VERDICT_NOT_YOUR_ROLE },
  /* A technician goes on with their job, and that is all. */
  { RFI_ROLE_TECHNICIAN, FALSE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_STATUS, "assigned",
    RFI_VERDICT_OK },
  { RFI_ROLE_TECHNICIAN, FALSE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_STATUS, "cancelled",
    RFI_VERDICT_NOT_YOUR_ROLE },
  { RFI_ROLE_TECHNICIAN, FALSE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_TITLE, "b",
    RFI_VERDICT_NOT_YOUR_ROLE },
  { RFI_ROLE_TECHNICIAN, FALSE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_ASSIGNED_TO, "b",
    RFI_VERDICT_NOT_YOUR_ROLE },
  { RFI_ROLE_TECHNICIAN, FALSE, RFI_OPERATION_SET_STATUS, TRUE, RFI_FIELD_STATUS, "in-progress",
    RFI_VERDICT_NOT_YOUR_ROLE },
  { RFI_ROLE_TECHNICIAN, TRUE, RFI_OPERATION_SET_STATUS, FALSE, RFI_FIELD_STATUS, "assigned",
    RFI_VERDICT_NOT_YOUR_ROLE },
};

static void
test_right (gconstpointer data)
{
  const Right *row = data;
  g_autoptr(RfiConflict) template = make_conflict (&cases[0]);
  g_autoptr(RfiOperation) operation = rfi_operation_new (&(RfiOperation) {
    .id = (char *) "operation", .kind = row->kind, .job_id = (char *) "job",
    .user_id = (char *) (row->elsewhere ? "somebody" : "me") });
  RfiConflict conflict = *template;
  g_autoptr(RfiConflict) read = NULL;
  g_autoptr(RfiPatch) result = rfi_patch_new ();
  RfiUser user = { .id = (char *) "me", .role = row->role };

  conflict.operation = operation;
  conflict.elsewhere = row->elsewhere;
  conflict.theirs = row->gone ? NULL : template->theirs;
  read = rfi_conflict_new (&conflict);
  if (row->field >= 0)
    rfi_patch_set (result, (RfiField) row->field, row->value);
  g_assert_cmpint (rfi_decision_right_check (&user, read, result), ==, row->verdict);
  /* The server's version is for all who may decide it. */
  g_assert_cmpint (rfi_decision_right_check (&user, read, NULL), ==,
                   row->role == RFI_ROLE_TECHNICIAN && row->elsewhere ? RFI_VERDICT_NOT_YOUR_ROLE
                                                                      : RFI_VERDICT_OK);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/decision/case-%u", i);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/decision/patch", test_patch);
  g_test_add_func ("/decision/schedule", test_schedule);
  g_test_add_func ("/decision/alike", test_alike);
  g_test_add_func ("/decision/insist", test_insist);
  g_test_add_func ("/decision/insist-whole", test_insist_whole);
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autofree char *name = g_strdup_printf ("/decision/right-%u", i);

      g_test_add_data_func (name, &rights[i], test_right);
    }

  return g_test_run ();
}
