/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-model.h"
#include "rfi-test-wait.h"

static GFile *
file (const char *name)
{
  return g_file_new_for_path (name);
}

static char *
name_of (gpointer item)
{
  return g_file_get_basename (item);
}

static void
test_content_and_changes (void)
{
  g_autoptr(GListStore) store = g_list_store_new (G_TYPE_FILE);
  g_autoptr(RfiTestModel) probe = NULL;
  g_autoptr(GFile) a = file ("/a");
  g_autoptr(GFile) b = file ("/b");
  g_autoptr(GFile) c = file ("/c");
  gpointer both[] = { b, c };

  g_list_store_append (store, a);
  probe = rfi_test_model_new (G_LIST_MODEL (store), name_of);
  rfi_test_model_assert_content (probe, "a");
  rfi_test_model_assert_changes (probe, "");

  g_list_store_splice (store, 0, 1, both, 2);
  g_list_store_append (store, a);
  rfi_test_model_assert_content (probe, "b c a");
  rfi_test_model_assert_changes (probe, "0-1+2 2+1");

  g_list_store_remove (store, 1);
  rfi_test_model_assert_content (probe, "b a");
  rfi_test_model_ignore_changes (probe);
  rfi_test_model_assert_changes (probe, "");
}

static void
test_unseen_change (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(GListStore) store = g_list_store_new (G_TYPE_FILE);
      g_autoptr(RfiTestModel) probe = rfi_test_model_new (G_LIST_MODEL (store), name_of);
      g_autoptr(GFile) a = file ("/a");

      g_list_store_append (store, a);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*nobody looked at: 0+1*");
}

static gpointer
set_later (gpointer data)
{
  g_atomic_int_set ((int *) data, 1);
  return NULL;
}

static void
test_wait_for_thread (void)
{
  int done = 0;
  GThread *thread = g_thread_new ("later", set_later, &done);

  rfi_test_wait (g_atomic_int_get (&done) == 1);
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/support/model/content-and-changes", test_content_and_changes);
  g_test_add_func ("/support/model/unseen-change", test_unseen_change);
  g_test_add_func ("/support/wait/thread", test_wait_for_thread);

  return g_test_run ();
}
