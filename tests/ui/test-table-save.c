/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-error-words.h"
#include "rfi-session-commands.h"
#include "rfi-job-table.h"
#include "rfi-table-export.h"
#include "rfi-table-exporter.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"
#include "table-fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* @columns: what to show, in their order */
static void
show_only (TableFixture       *fixture,
           const RfiJobColumn *columns,
           guint               n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    {
      rfi_table_layout_set_shown (fixture->layout, columns[i], TRUE);
      rfi_table_layout_move (fixture->layout, columns[i], RFI_N_JOB_COLUMNS, TRUE);
    }
  for (guint i = 0; i < RFI_N_JOB_COLUMNS - n_columns; i++)
    rfi_table_layout_set_shown (fixture->layout, rfi_table_layout_get_column (fixture->layout, i),
                                FALSE);
}

/* A job whose texts are hard on a CSV file. */
static void
add_odd_job (TableFixture *fixture)
{
  GPtrArray *states = table_fixture_new_states ();
  const RfiJob template = {
    .id = "odd",
    .title = "Quoted \"door\", torn",
    .description = "First line\nsecond line",
    .store_name = "=HYPERLINK(\"http://bad\")",
    .city = "Köln",
    .created_at = TABLE_FIXTURE_START,
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_QUEUED, 2));
  table_fixture_apply (fixture, states, NULL);
}

static GFile *
new_target (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("rfi-table-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

static void
clean_up (GFile *file)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);

  g_file_delete (file, NULL, NULL);
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static char *
read_file (GFile *file)
{
  char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Columns, rows and order are those of the table. */
static void
test_save (TableFixture  *fixture,
           gconstpointer  unused)
{
  static const RfiJobColumn columns[] = {
    RFI_JOB_COLUMN_CITY,    RFI_JOB_COLUMN_TITLE, RFI_JOB_COLUMN_DESCRIPTION,
    RFI_JOB_COLUMN_STORE_NAME, RFI_JOB_COLUMN_CREATED, RFI_JOB_COLUMN_WAITING,
    RFI_JOB_COLUMN_MARK, RFI_JOB_COLUMN_TECHNICIAN, RFI_JOB_COLUMN_PRIORITY,
  };
  g_autoptr(GFile) file = new_target ("jobs.csv");
  g_autofree char *text = NULL;

  add_odd_job (fixture);
  show_only (fixture, columns, G_N_ELEMENTS (columns));
  rfi_table_layout_sort (fixture->layout, RFI_JOB_COLUMN_ID, TRUE, FALSE);
  rfi_job_filter_set_text (fixture->filter, "odd");
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  rfi_test_wait (fixture->asked->len > 0);
  assert_asked (fixture, "toast ('1 job saved in jobs.csv', '', '');");
  text = read_file (file);
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf"
                   "City,Title,Description,Store,Created,Changes waiting,Sync state,Technician,"
                   "Priority\r\n"
                   "Köln,\"Quoted \"\"door\"\", torn\",\"First line\nsecond line\","
                   "\"'=HYPERLINK(\"\"http://bad\"\")\",2025-10-09 08:53,2,Queued,,Low\r\n");

  /* All of it, over what was there. */
  g_free (text);
  rfi_job_filter_clear (fixture->filter);
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  rfi_test_wait (fixture->asked->len > 0);
  assert_asked (fixture, "toast ('201 jobs saved in jobs.csv', '', '');");
  text = read_file (file);
  g_assert_nonnull (strstr (text, "\r\nMansfield,Air duct cleaning,Seen at opening,QuickStop #15,"
                                  "2025-10-01 01:53,1,Failed,Sara Lindqvist,Urgent\r\n"
                                  "Waco,Walk-in cooler"));
  clean_up (file);
}

/* What goes wrong is said where it was asked for, and leaves what was there before. */
static void
test_save_fails (TableFixture  *fixture,
                 gconstpointer  unused)
{
  g_autoptr(GFile) file = new_target ("jobs.csv");
  g_autoptr(GFile) nowhere = g_file_get_child (file, "jobs.csv");
  g_autofree char *text = NULL;
  const struct rlimit small = { 4096, RLIM_INFINITY };
  struct rlimit before;
  GtkWidget *stop;

  g_assert_true (g_file_replace_contents (file, "before", 6, NULL, FALSE, 0, NULL, NULL, NULL));
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), nowhere);
  rfi_test_wait (rfi_test_ui_find_text (fixture->page, "The file could not be written") != NULL);
  table_fixture_take_picture (fixture, "table-save-failed");
  stop = rfi_test_ui_find_named (fixture->page, "stop");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (stop)), ==, "Close");
  g_signal_emit_by_name (stop, "clicked");

  /* No more than this may be written: as on a disk that is full. */
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  setrlimit (RLIMIT_FSIZE, &small);
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  rfi_test_wait (rfi_test_ui_find_text (fixture->page, "The file could not be written") != NULL &&
                 gtk_widget_get_visible (stop));
  rfi_test_wait (g_str_equal (gtk_button_get_label (GTK_BUTTON (stop)), "Close"));
  setrlimit (RLIMIT_FSIZE, &before);
  text = read_file (file);
  g_assert_cmpstr (text, ==, "before");
  assert_asked (fixture, "");
  clean_up (file);
}

static void
test_save_cancelled (TableFixture  *fixture,
                     gconstpointer  unused)
{
  g_autoptr(GFile) file = new_target ("jobs.csv");
  GtkWidget *exporter;

  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  exporter = rfi_test_ui_find (fixture->page, RFI_TYPE_TABLE_EXPORTER);
  g_assert_true (rfi_table_exporter_is_busy (RFI_TABLE_EXPORTER (exporter)));
  rfi_table_exporter_stop (RFI_TABLE_EXPORTER (exporter));
  rfi_test_wait (!rfi_table_exporter_is_busy (RFI_TABLE_EXPORTER (exporter)));
  g_assert_false (g_file_query_exists (file, NULL));
  assert_asked (fixture, "");
  clean_up (file);
}

static void
test_error_words (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "ENOSPC");
  g_autofree char *words = rfi_error_words_file (error);

  g_assert_cmpstr (words, ==, "The disk is full. Free some space, or save the file elsewhere.");
}

/* What the server said of a change, in words that say what to do; an unknown reason is its own. */
static void
test_code_words (void)
{
  g_autofree char *gone = rfi_error_words_code ("ANSWER_GONE", "long ago");
  g_autofree char *taken = rfi_error_words_code ("ID_TAKEN", "There is, or was, a job of this id");
  g_autofree char *unknown = rfi_error_words_code ("NEWER", "The moon is full");

  g_assert_nonnull (strstr (gone, "discard it here"));
  g_assert_nonnull (strstr (taken, "another copy of your profile"));
  g_assert_cmpstr (unknown, ==, "The moon is full");
}

/* Nothing was changed that could be lost. */
static void
test_compact_words (void)
{
  g_autoptr(GError) full = g_error_new_literal (RFI_SESSION_ERROR, RFI_SESSION_ERROR_FULL, "FULL");
  g_autofree char *words = rfi_error_words_compact (full);

  g_assert_nonnull (strstr (words, "the file stays as it is"));
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void      (*test) (TableFixture *, gconstpointer);
  } cases[] = {
    { "/table-save/content", test_save },
    { "/table-save/fails", test_save_fails },
    { "/table-save/cancelled", test_save_cancelled },
  };

  rfi_test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, TableFixture, NULL, table_fixture_set_up, cases[i].test,
                table_fixture_tear_down);
  g_test_add_func ("/table-save/error-words", test_error_words);
  g_test_add_func ("/table-save/code-words", test_code_words);
  g_test_add_func ("/table-save/compact-words", test_compact_words);
  return g_test_run ();
}
