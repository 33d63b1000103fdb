/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-decision.h"

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

  return g_test_run ();
}
