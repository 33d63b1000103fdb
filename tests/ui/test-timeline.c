/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-session-schedule.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-timeline-page.h"
#include "rfi-timeline-tray.h"
#include "rfi-tray-card.h"

/* The timeline in the whole console against a real server. The cases follow each other. */

static RfiTestServer *server;
static RfiTimelineView *view;

static void
test_show (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  rfi_test_desk_show_page ("timeline");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW) != NULL);
  view = RFI_TIMELINE_VIEW (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW));
  rfi_test_wait (rfi_timeline_view_get_n_rows (view) >= 10);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TRAY_CARD) != NULL);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "timeline");
}

int
main (int   argc,
      char *argv[])
{
  const char * const options[] = { "--sample=large", "--jobs=300", "--vendors=3", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);

  g_test_add_func ("/timeline/show", test_show);

  status = rfi_test_desk_end (g_test_run ());
  g_clear_pointer (&server, rfi_test_server_free);
  return status;
}
