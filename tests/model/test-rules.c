/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-rules.h"

/* Rows: from; columns: to, in the order of the statuses. */
static void
test_status_machine (void)
{
  static const char *const steps[RFI_N_STATUSES] = {
    /* p a i c x */
    "- y - - y",
    "- - y - y",
    "- - - y y",
    "- - - - -",
    "- - - - -",
  };

  for (guint from = 0; from < RFI_N_STATUSES; from++)
    {
      RfiStatus next;
      gboolean any = FALSE;

      for (guint to = 0; to < RFI_N_STATUSES; to++)
        {
          gboolean legal = steps[from][to * 2] == 'y';

          g_assert_cmpint (rfi_status_may_become (from, to), ==, legal);
          any = any || legal;
        }
      g_assert_cmpint (rfi_status_is_final (from), ==, !any);
      g_assert_cmpint (rfi_status_get_next (from, &next), ==, any);
      if (any)
        {
          g_assert_true (rfi_status_may_become (from, next));
          g_assert_cmpint (next, !=, RFI_STATUS_CANCELLED);
        }
    }
}

static void
test_words (void)
{
  RfiStatus status = RFI_STATUS_CANCELLED;
  RfiPriority priority;
  RfiRole role;

  for (guint i = 0; i < RFI_N_STATUSES; i++)
    {
      g_assert_true (rfi_status_from_string (rfi_status_to_string (i), &status));
      g_assert_cmpuint (status, ==, i);
    }
  for (guint i = 0; i < RFI_N_PRIORITIES; i++)
    {
      g_assert_true (rfi_priority_from_string (rfi_priority_to_string (i), &priority));
      g_assert_cmpuint (priority, ==, i);
    }
  for (guint i = 0; i < RFI_N_ROLES; i++)
    {
      g_assert_true (rfi_role_from_string (rfi_role_to_string (i), &role));
      g_assert_cmpuint (role, ==, i);
    }
  g_assert_cmpstr (rfi_status_to_string (RFI_STATUS_IN_PROGRESS), ==, "in-progress");
  g_assert_false (rfi_status_from_string ("Pending", &status));
  g_assert_false (rfi_status_from_string (NULL, &status));
  g_assert_cmpint (status, ==, RFI_STATUS_CANCELLED);
}

/* Role by role: may, may while connected only, may not. */
static void
test_permissions (void)
{
  static const struct
  {
    RfiAction   action;
    const char *admin;
    const char *dispatcher;
    const char *technician;
  } rows[] = {
    { RFI_ACTION_CREATE, "yes", "yes", "no" },
    { RFI_ACTION_EDIT, "yes", "yes", "no" },
    { RFI_ACTION_SET_STATUS, "yes", "yes", "yes" },
    { RFI_ACTION_CANCEL, "online", "online", "no" },
    { RFI_ACTION_ASSIGN, "online", "online", "no" },
    { RFI_ACTION_DELETE, "online", "no", "no" },
    { RFI_ACTION_ADD_PHOTO, "yes", "yes", "yes" },
    { RFI_ACTION_DELETE_PHOTO, "online", "online", "online" },
    { RFI_ACTION_MOVE, "online", "no", "no" },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (rows) == RFI_N_ACTIONS);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const words[RFI_N_ROLES] = { rows[i].admin, rows[i].dispatcher,
                                               rows[i].technician };

      for (guint role = 0; role < RFI_N_ROLES; role++)
        {
          RfiVerdict offline = rfi_rules_check_role (role, rows[i].action, FALSE);
          RfiVerdict online = rfi_rules_check_role (role, rows[i].action, TRUE);
          gboolean never = g_str_equal (words[role], "no");

          g_test_message ("action %u, role %u: %s", rows[i].action, role, words[role]);
          g_assert_cmpint (online, ==, never ? RFI_VERDICT_NOT_YOUR_ROLE : RFI_VERDICT_OK);
          g_assert_cmpint (offline, ==,
                           g_str_equal (words[role], "online") ? RFI_VERDICT_NEEDS_CONNECTION
                                                               : online);
        }
    }
}

static RfiUser *
user (RfiRole     role,
      const char *id,
      const char *vendor_id)
{
  RfiUser template = {
    .id = (char *) id,
    .email = (char *) "someone@example.com",
    .display_name = (char *) id,
    .vendor_id = (char *) vendor_id,
    .role = role,
  };

  return rfi_user_new (&template);
}

static RfiJob *
job (RfiStatus   status,
     const char *vendor_id,
     const char *assigned_to)
{
  RfiJob template = {
    .id = "job",
    .vendor_id = vendor_id,
    .status = status,
    .assigned_to = assigned_to,
  };

  return rfi_job_new (&template);
}

static void
test_visibility (void)
{
  g_autoptr(RfiUser) admin = user (RFI_ROLE_ADMIN, "a", NULL);
  g_autoptr(RfiUser) dispatcher = user (RFI_ROLE_DISPATCHER, "d", "cool");
  g_autoptr(RfiUser) lost = user (RFI_ROLE_DISPATCHER, "l", NULL);
  g_autoptr(RfiUser) technician = user (RFI_ROLE_TECHNICIAN, "t", "cool");
  g_autoptr(RfiJob) theirs = job (RFI_STATUS_ASSIGNED, "cool", "t");
  g_autoptr(RfiJob) colleague = job (RFI_STATUS_ASSIGNED, "cool", "u");
  g_autoptr(RfiJob) nobody = job (RFI_STATUS_PENDING, "cool", NULL);
  g_autoptr(RfiJob) foreign = job (RFI_STATUS_PENDING, "spark", NULL);

  g_assert_true (rfi_rules_may_see (admin, foreign));
  g_assert_true (rfi_rules_may_see (dispatcher, nobody));
  g_assert_false (rfi_rules_may_see (dispatcher, foreign));
  g_assert_false (rfi_rules_may_see (lost, foreign));
  g_assert_true (rfi_rules_may_see (technician, theirs));
  g_assert_false (rfi_rules_may_see (technician, colleague));
  g_assert_false (rfi_rules_may_see (technician, nobody));

  g_assert_cmpint (rfi_rules_check_job (dispatcher, foreign, RFI_ACTION_EDIT, TRUE), ==,
                   RFI_VERDICT_NOT_VISIBLE);
  g_assert_cmpint (rfi_rules_check_job (technician, colleague, RFI_ACTION_SET_STATUS, TRUE), ==,
                   RFI_VERDICT_NOT_VISIBLE);
  /* What a role may never do is said before whose job it is. */
  g_assert_cmpint (rfi_rules_check_job (technician, colleague, RFI_ACTION_EDIT, TRUE), ==,
                   RFI_VERDICT_NOT_YOUR_ROLE);
}

static void
test_steps (void)
{
  g_autoptr(RfiUser) dispatcher = user (RFI_ROLE_DISPATCHER, "d", "cool");
  g_autoptr(RfiUser) technician = user (RFI_ROLE_TECHNICIAN, "t", "cool");
  g_autoptr(RfiJob) pending = job (RFI_STATUS_PENDING, "cool", NULL);
  g_autoptr(RfiJob) assigned = job (RFI_STATUS_ASSIGNED, "cool", "t");
  g_autoptr(RfiJob) completed = job (RFI_STATUS_COMPLETED, "cool", "t");

  g_assert_cmpint (rfi_rules_check_status (technician, assigned, RFI_STATUS_IN_PROGRESS, FALSE),
                   ==, RFI_VERDICT_OK);
  g_assert_cmpint (rfi_rules_check_status (technician, assigned, RFI_STATUS_CANCELLED, TRUE), ==,
                   RFI_VERDICT_NOT_YOUR_ROLE);
  g_assert_cmpint (rfi_rules_check_status (dispatcher, assigned, RFI_STATUS_CANCELLED, FALSE), ==,
                   RFI_VERDICT_NEEDS_CONNECTION);
  g_assert_cmpint (rfi_rules_check_status (dispatcher, assigned, RFI_STATUS_CANCELLED, TRUE), ==,
                   RFI_VERDICT_OK);
  g_assert_cmpint (rfi_rules_check_status (dispatcher, pending, RFI_STATUS_ASSIGNED, TRUE), ==,
                   RFI_VERDICT_NEEDS_TECHNICIAN);
  /* A connection would not help here, so it is not what is asked for. */
  g_assert_cmpint (rfi_rules_check_status (dispatcher, completed, RFI_STATUS_CANCELLED, FALSE), ==,
                   RFI_VERDICT_ILLEGAL_STEP);
  g_assert_cmpint (rfi_rules_check_status (dispatcher, completed, RFI_STATUS_PENDING, TRUE), ==,
                   RFI_VERDICT_ILLEGAL_STEP);
}

static void
test_assign (void)
{
  g_autoptr(RfiUser) dispatcher = user (RFI_ROLE_DISPATCHER, "d", "cool");
  g_autoptr(RfiUser) admin = user (RFI_ROLE_ADMIN, "a", NULL);
  g_autoptr(RfiUser) ours = user (RFI_ROLE_TECHNICIAN, "t", "cool");
  g_autoptr(RfiUser) foreign = user (RFI_ROLE_TECHNICIAN, "f", "spark");
  g_autoptr(RfiJob) pending = job (RFI_STATUS_PENDING, "cool", NULL);
  g_autoptr(RfiJob) working = job (RFI_STATUS_IN_PROGRESS, "cool", "t");
  g_autoptr(RfiJob) over = job (RFI_STATUS_CANCELLED, "cool", "t");

  g_assert_cmpint (rfi_rules_check_assign (dispatcher, pending, ours, TRUE), ==, RFI_VERDICT_OK);
  g_assert_cmpint (rfi_rules_check_assign (dispatcher, pending, ours, FALSE), ==,
                   RFI_VERDICT_NEEDS_CONNECTION);
  g_assert_cmpint (rfi_rules_check_assign (admin, pending, foreign, TRUE), ==,
                   RFI_VERDICT_OTHER_VENDOR);
  g_assert_cmpint (rfi_rules_check_assign (dispatcher, pending, dispatcher, TRUE), ==,
                   RFI_VERDICT_OTHER_VENDOR);
  g_assert_cmpint (rfi_rules_check_assign (dispatcher, over, ours, TRUE), ==,
                   RFI_VERDICT_JOB_IS_OVER);
  g_assert_cmpint (rfi_rules_check_assign (dispatcher, working, NULL, TRUE), ==,
                   RFI_VERDICT_ILLEGAL_STEP);
  g_assert_cmpint (rfi_rules_check_assign (ours, working, ours, TRUE), ==,
                   RFI_VERDICT_NOT_YOUR_ROLE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rules/status-machine", test_status_machine);
  g_test_add_func ("/rules/words", test_words);
  g_test_add_func ("/rules/permissions", test_permissions);
  g_test_add_func ("/rules/visibility", test_visibility);
  g_test_add_func ("/rules/steps", test_steps);
  g_test_add_func ("/rules/assign", test_assign);

  return g_test_run ();
}
