/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-sim-ledger"

#include "config.h"

#include "rfi-sim-ledger.h"

/* What was typed for a job that is gone and follows to the one that a person made anew. */

#define HERE 0
#define THERE 1

typedef struct
{
  GPtrArray    *ledger;
  GPtrArray    *outbox;
  RfiSimIntent *edit;
} Fixture;

static RfiOperation *
make (const char       *id,
      RfiOperationKind  kind,
      const char       *job_id)
{
  const RfiOperation template = {
    .id = (char *) id, .kind = kind, .job_id = (char *) job_id, .user_id = (char *) "me",
  };

  return rfi_operation_new (&template);
}

static RfiSimIntent *
mean (Fixture          *f,
      const char       *id,
      RfiOperationKind  kind,
      const char       *job_id,
      guint             console)
{
  g_autoptr(RfiOperation) operation = make (id, kind, job_id);

  return rfi_sim_ledger_add (f->ledger, operation, console, RFI_SIM_INTENT_MEANT);
}

static void
hold (Fixture          *f,
      const char       *id,
      RfiOperationKind  kind,
      const char       *job_id)
{
  g_ptr_array_add (f->outbox, make (id, kind, job_id));
}

/* The edit waited behind one in conflict, of which a person decided that the job is made anew. */
static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->ledger = rfi_sim_ledger_new ();
  f->outbox = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_operation_unref);
  f->edit = mean (f, "edit", RFI_OPERATION_EDIT, "gone", HERE);
  mean (f, "decision", RFI_OPERATION_RESOLVE, "gone", HERE);
  hold (f, "decision", RFI_OPERATION_CREATE, "made");
  hold (f, "edit", RFI_OPERATION_EDIT, "made");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_ptr_array_unref (f->ledger);
  g_ptr_array_unref (f->outbox);
}

static gboolean
was_deleted (Fixture    *f,
             const char *job_id,
             guint       homes)
{
  return rfi_sim_ledger_was_deleted (f->ledger, f->edit, job_id, homes);
}

static void
test_moved (Fixture       *f,
            gconstpointer  data)
{
  rfi_sim_ledger_follow (f->ledger, f->outbox, HERE);
  g_assert_cmpstr (f->edit->job_id, ==, "gone");
  g_assert_cmpstr (f->edit->moved_to, ==, "made");
  g_assert_cmpuint (f->edit->moved, ==, 1u << HERE);
  g_assert_false (was_deleted (f, "made", f->edit->moved));

  /* Neither another's deletion nor that of another job says that it is over. */
  mean (f, "other", RFI_OPERATION_DELETE, "made", THERE);
  mean (f, "before", RFI_OPERATION_DELETE, "gone", HERE);
  g_assert_false (was_deleted (f, "made", f->edit->moved));

  mean (f, "own", RFI_OPERATION_DELETE, "made", HERE);
  g_assert_true (was_deleted (f, "made", f->edit->moved));
}

/* A deletion that waited itself is of the new job then. */
static void
test_moved_deletion (Fixture       *f,
                     gconstpointer  data)
{
  mean (f, "deletion", RFI_OPERATION_DELETE, "gone", HERE);
  hold (f, "deletion", RFI_OPERATION_DELETE, "made");
  rfi_sim_ledger_follow (f->ledger, f->outbox, HERE);
  g_assert_true (was_deleted (f, "made", f->edit->moved));
}

/* The new job may be gone as well, and made anew once more, when its creation is there no more. */
static void
test_moved_twice (Fixture       *f,
                  gconstpointer  data)
{
  rfi_sim_ledger_follow (f->ledger, f->outbox, HERE);
  mean (f, "again", RFI_OPERATION_RESOLVE, "made", HERE);
  g_ptr_array_set_size (f->outbox, 0);
  hold (f, "again", RFI_OPERATION_CREATE, "made-again");
  hold (f, "edit", RFI_OPERATION_EDIT, "made-again");
  rfi_sim_ledger_follow (f->ledger, f->outbox, HERE);
  g_assert_cmpstr (f->edit->moved_to, ==, "made-again");
}

/* It is nobody's decision that it stands for another job: a deletion of that covers nothing. */
static void
test_strayed (Fixture       *f,
              gconstpointer  data)
{
  g_ptr_array_set_size (f->outbox, 0);
  hold (f, "edit", RFI_OPERATION_EDIT, "made");
  hold (f, "creation", RFI_OPERATION_CREATE, "made");
  mean (f, "creation", RFI_OPERATION_CREATE, "made", HERE);
  rfi_sim_ledger_follow (f->ledger, f->outbox, HERE);
  g_assert_null (f->edit->moved_to);
  g_assert_cmpuint (f->edit->moved, ==, 0);
}

/* A copy of the profile knows nothing of it, nor does one that was put back to before it. */
static void
test_copies (Fixture       *f,
             gconstpointer  data)
{
  rfi_sim_ledger_follow (f->ledger, f->outbox, HERE);
  rfi_sim_ledger_follow (f->ledger, f->outbox, THERE);
  g_assert_cmpuint (f->edit->moved, ==, 1u << HERE | 1u << THERE);

  g_ptr_array_set_size (f->outbox, 0);
  hold (f, "edit", RFI_OPERATION_EDIT, "gone");
  rfi_sim_ledger_follow (f->ledger, f->outbox, THERE);
  g_assert_cmpuint (f->edit->moved, ==, 1u << HERE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sim-ledger/moved", Fixture, NULL, set_up, test_moved, tear_down);
  g_test_add ("/sim-ledger/moved-deletion", Fixture, NULL, set_up, test_moved_deletion, tear_down);
  g_test_add ("/sim-ledger/moved-twice", Fixture, NULL, set_up, test_moved_twice, tear_down);
  g_test_add ("/sim-ledger/strayed", Fixture, NULL, set_up, test_strayed, tear_down);
  g_test_add ("/sim-ledger/copies", Fixture, NULL, set_up, test_copies, tear_down);

  return g_test_run ();
}
