/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-table-page.h"

G_BEGIN_DECLS

/* The table page in a window of its own, with jobs but without a session. */

#define TABLE_FIXTURE_START G_GINT64_CONSTANT (1760000000000)

typedef struct
{
  GtkWidget       *window;
  GtkWidget       *page;
  RfiTableView    *view;
  RfiTableLayout  *layout;
  RfiJobTable     *jobs;       /* (owned) */
  RfiJobFilter    *filter;     /* (owned) */
  RfiJobSelection *selection;  /* (owned) */
  GString         *asked;      /* (owned): window actions that were asked for, with their targets */
} TableFixture;

#define assert_asked(fixture, expected) G_STMT_START { \
  g_assert_cmpstr ((fixture)->asked->str, ==, (expected)); \
  g_string_truncate ((fixture)->asked, 0); \
} G_STMT_END

/* With two hundred jobs, by priority, then oldest first. */
void         table_fixture_set_up       (TableFixture  *fixture,
                                         gconstpointer  unused);
void         table_fixture_tear_down    (TableFixture  *fixture,
                                         gconstpointer  unused);

/* "job-000", "job-001" …, each an hour older than the one before. Returns: (transfer full) */
RfiJobState *table_fixture_new_state    (guint          number,
                                         RfiPriority    priority,
                                         RfiMark        mark);

/* For apply: @states: (transfer full), @removed: (nullable): an id */
GPtrArray   *table_fixture_new_states   (void);
void         table_fixture_apply        (TableFixture  *fixture,
                                         GPtrArray     *states,
                                         const char    *removed);

/* NAME.png, if $RFI_TEST_PICTURES is a folder for it. */
void         table_fixture_take_picture (TableFixture  *fixture,
                                         const char    *name);

G_END_DECLS
