/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-undo-stack.h"

#include <string.h>

typedef struct
{
  RfiJobTable  *table;   /* (owned) */
  GListStore   *outbox;  /* (owned): only told of */
  RfiUndoStack *stack;   /* (owned) */
  RfiJobItem   *item[3]; /* (owned): "a", "b", "c" */
  guint         n_deeds; /* made so far: the next one's number */
} Fixture;

static void
put (Fixture    *fixture,
     const char *id,
     guint       n_pending)
{
  g_autoptr(RfiJob) job = rfi_job_new (&(RfiJob) { .id = id, .title = id });
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_CONFIRMED, n_pending));
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  static const char * const ids[] = { "a", "b", "c" };

  fixture->table = rfi_job_table_new ();
  fixture->outbox = g_list_store_new (G_TYPE_OBJECT);
  fixture->stack = rfi_undo_stack_new (G_LIST_MODEL (fixture->outbox));
  for (guint i = 0; i < 3; i++)
    {
      put (fixture, ids[i], 1);
      fixture->item[i] = rfi_job_table_get_item (fixture->table, ids[i]);
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_assert_finalize_object (fixture->stack);
  g_assert_finalize_object (fixture->outbox);
  for (guint i = 0; i < 3; i++)
    g_object_unref (fixture->item[i]);
  g_assert_finalize_object (fixture->table);
}

static RfiDeed *
make_deed (Fixture          *fixture,
           RfiJobItem       *item,
           RfiOperationKind  kind)
{
  g_autofree char *id = g_strdup_printf ("%u", fixture->n_deeds++);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  RfiOperation template = {
    .id = id, .kind = kind, .job_id = (char *) rfi_job_item_get_id (item), .user_id = (char *) "me",
    .patch = patch,
  };
  g_autoptr(RfiOperation) operation = NULL;

  if (kind == RFI_OPERATION_EDIT)
    rfi_patch_set (patch, RFI_FIELD_TITLE, id);
  else if (kind == RFI_OPERATION_ASSIGN)
    rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, "sara");
  else if (kind == RFI_OPERATION_SET_STATUS)
    rfi_patch_set (patch, RFI_FIELD_STATUS, "in-progress");
  operation = rfi_operation_new (&template);
  return rfi_deed_new (item, rfi_job_item_get_job (item), operation);
}

static RfiOperationKind
read_kind (char letter)
{
  switch (letter)
    {
    case 'e': return RFI_OPERATION_EDIT;
    case 'g': return RFI_OPERATION_ASSIGN;
    case 's': return RFI_OPERATION_SET_STATUS;
    case 'w': return RFI_OPERATION_SET_STATUS;
    case 'x': return RFI_OPERATION_DELETE;
    default: g_assert_not_reached ();
    }
}

/* "ea" edits a, "gabc" assigns all three at once, "sa" steps it, "wa" steps it while nothing is
 * sent, "xa" deletes it. */
static void
act (Fixture    *fixture,
     const char *word)
{
  g_autoptr(GPtrArray) deeds = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_deed_unref);

  for (const char *at = word + 1; *at != '\0'; at++)
    g_ptr_array_add (deeds, make_deed (fixture, fixture->item[*at - 'a'], read_kind (*word)));
  rfi_undo_stack_record (fixture->stack, deeds, *word == 'w');
}

/* All of the step goes over, or with @keep none of it can any more. */
static void
move (Fixture  *fixture,
      gboolean  redo,
      gboolean  keep)
{
  g_autoptr(RfiUndoStep) step = rfi_undo_stack_take (fixture->stack, redo);
  g_autoptr(RfiUndoStep) nothing = rfi_undo_step_new ();

  if (step == NULL)
    return;

  g_assert_true (rfi_undo_stack_get_busy (fixture->stack));
  g_assert_null (rfi_undo_stack_take (fixture->stack, redo));
  rfi_undo_stack_settle (fixture->stack, redo, keep ? nothing : step, nothing);
}

/* Everything of a job is sent. */
static void
send (Fixture    *fixture,
      const char *id)
{
  g_autoptr(GObject) row = g_object_new (G_TYPE_OBJECT, NULL);

  put (fixture, id, 0);
  g_list_store_append (fixture->outbox, row);
}

static void
run (Fixture    *fixture,
     const char *script)
{
  g_auto(GStrv) words = g_strsplit (script, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    switch (words[i][0])
      {
      case 'u':
        move (fixture, FALSE, FALSE);
        break;
      case 'k':
        move (fixture, FALSE, TRUE);
        break;
      case 'r':
        move (fixture, TRUE, FALSE);
        break;
      case '>':
        send (fixture, words[i] + 1);
        break;
      default:
        act (fixture, words[i]);
        break;
      }
}

static void
describe_step (GString     *words,
               RfiUndoStep *step)
{
  for (guint i = 0; i < rfi_undo_step_get_n_deeds (step); i++)
    {
      RfiDeed *deed = rfi_undo_step_get_deed (step, i);

      g_string_append_printf (words, "%s%s", rfi_job_item_get_id (deed->item),
                              deed->operation_id);
    }
}

/* By taking all of it: "c2 a0" is undone in this order. */
static char *
drain (Fixture  *fixture,
       gboolean  redo)
{
  g_autoptr(RfiUndoStep) nothing = rfi_undo_step_new ();
  GString *words = g_string_new (NULL);
  RfiUndoStep *step;

  while ((step = rfi_undo_stack_take (fixture->stack, redo)) != NULL)
    {
      if (words->len > 0)
        g_string_append_c (words, ' ');
      describe_step (words, step);
      rfi_undo_stack_settle (fixture->stack, redo, nothing, nothing);
      g_object_unref (step);
    }
  return g_string_free (words, FALSE);
}

typedef struct
{
  const char *name;
  const char *script;
  const char *barrier;  /* (nullable): job of what cannot be undone */
  const char *undo;
  const char *redo;
} Case;

static const Case cases[] = {
  { "empty", "u r", NULL, "", "" },
  { "last-first", "ea gb ec", NULL, "c2 b1 a0", "" },
  { "bulk-is-one", "ea gabc", NULL, "a1b2c3 a0", "" },
  { "undone-can-be-redone", "ea eb u u", NULL, "", "a0 b1" },
  { "and-undone-again", "ea eb u r", NULL, "b1 a0", "" },
  { "new-act-ends-redo", "ea eb u ec", NULL, "c2 a0", "" },
  { "kept-is-forgotten", "ea eb k", NULL, "a0", "" },
  { "step-cannot-be-undone", "sa", "a", "", "" },
  { "barrier-is-of-its-job", "ea eb xa", "a", "b1", "" },
  { "barrier-takes-its-part-of-a-bulk", "gabc xb", "b", "a0c2", "" },
  { "barrier-ends-redo", "ea eb u xc", "c", "a0", "" },
  { "next-act-hides-barrier", "xa eb", NULL, "b1", "" },
  { "waiting-step-can-be-taken-back", "ea wa", NULL, "a1 a0", "" },
  { "until-it-is-sent", "ea eb wa >a", "a", "b1", "" },
  { "sending-another-does-not-matter", "wa eb >b", NULL, "b1 a0", "" },
  { "sent-edit-can-be-undone", "ea >a", NULL, "a0", "" },
};

static void
test_script (Fixture       *fixture,
             gconstpointer  data)
{
  const Case *c = data;
  RfiDeed *barrier;
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  run (fixture, c->script);
  barrier = rfi_undo_stack_get_barrier (fixture->stack);
  g_assert_cmpstr (barrier != NULL ? rfi_job_item_get_id (barrier->item) : NULL, ==, c->barrier);
  redo = drain (fixture, TRUE);
  undo = drain (fixture, FALSE);
  g_assert_cmpstr (undo, ==, c->undo);
  g_assert_cmpstr (redo, ==, c->redo);
}

static void
test_limit (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autofree char *undo = NULL;

  for (guint i = 0; i < RFI_UNDO_LIMIT + 3; i++)
    act (fixture, "ea");
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (fixture->stack), ==, RFI_UNDO_LIMIT);
  undo = drain (fixture, FALSE);
  g_assert_true (g_str_has_prefix (undo, "a102 a101 "));
  g_assert_true (g_str_has_suffix (undo, " a4 a3"));
}

/* What is done while a step is on its way is newer than what that can become. */
static void
test_overtaken (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr(RfiUndoStep) nothing = rfi_undo_step_new ();
  g_autoptr(RfiUndoStep) step = NULL;
  g_autofree char *redo = NULL;

  act (fixture, "ea");
  step = rfi_undo_stack_take (fixture->stack, FALSE);
  act (fixture, "eb");
  rfi_undo_stack_settle (fixture->stack, FALSE, step, nothing);
  redo = drain (fixture, TRUE);
  g_assert_cmpstr (redo, ==, "");
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (fixture->stack), ==, 1);
}

static void
recorded_cb (RfiUndoStack *stack,
             RfiUndoStep  *step,
             GString      *heard)
{
  describe_step (heard, step);
  g_string_append_c (heard, ';');
}

/* Only what can be undone is offered, and only when it is new. */
static void
test_recorded (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr(GString) heard = g_string_new (NULL);

  g_signal_connect (fixture->stack, "recorded", G_CALLBACK (recorded_cb), heard);
  run (fixture, "ea xb gac u r");
  g_assert_cmpstr (heard->str, ==, "a0;a2c3;");
}

/* Both sides of what it takes to go back. */
static void
test_aim (Fixture       *fixture,
          gconstpointer  unused)
{
  g_autoptr(RfiDeed) deed = make_deed (fixture, fixture->item[0], RFI_OPERATION_ASSIGN);
  g_autoptr(RfiPatch) back = rfi_deed_aim (deed, TRUE);
  g_autoptr(RfiPatch) again = rfi_deed_aim (deed, FALSE);

  /* The status goes along by itself, but is part of what has to stand still. */
  g_assert_cmpstr (rfi_patch_get (deed->before, RFI_FIELD_STATUS), ==, "pending");
  g_assert_cmpstr (rfi_patch_get (deed->after, RFI_FIELD_STATUS), ==, "assigned");
  g_assert_cmpstr (rfi_patch_get (back, RFI_FIELD_ASSIGNED_TO), ==, "");
  g_assert_cmpstr (rfi_patch_get (again, RFI_FIELD_ASSIGNED_TO), ==, "sara");
  g_assert_false (rfi_patch_has (back, RFI_FIELD_STATUS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/undo-stack/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_script, tear_down);
    }
  g_test_add ("/undo-stack/limit", Fixture, NULL, set_up, test_limit, tear_down);
  g_test_add ("/undo-stack/overtaken", Fixture, NULL, set_up, test_overtaken, tear_down);
  g_test_add ("/undo-stack/recorded", Fixture, NULL, set_up, test_recorded, tear_down);
  g_test_add ("/undo-stack/aim", Fixture, NULL, set_up, test_aim, tear_down);

  return g_test_run ();
}
