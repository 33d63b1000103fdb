/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-hub.h"

#include "rfi-job.h"
#include "rfi-user.h"

G_BEGIN_DECLS

#define DEADLINE_MS 10000
#define HANDSHAKE "{\"protocol\":\"json\",\"version\":1}\x1e"

/* A clock whose wall the test moves; its timers are real. */
#define TEST_TYPE_CLOCK (test_clock_get_type ())

G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, GObject)

struct _TestClock
{
  GObject   parent_instance;

  RfiClock *real;  /* (owned) */
  gint64    wall;
};

/* The hub on a server of its own, and clients by libsoup. */

typedef struct
{
  TestClock   *clock;
  RfiHub      *hub;
  SoupServer  *server;
  SoupSession *session;
  char        *base;  /* "127.0.0.1:PORT" */
} Fixture;

typedef struct
{
  SoupWebsocketConnection *connection;
  GString                 *heard;      /* all text that came */
  guint                    n_records;  /* in all of it */
  guint                    status;     /* of a refused handshake */
  gboolean                 done;       /* connected or refused */
  gboolean                 closed;
} Client;

#define wait_until(condition)                                                                     \
  G_STMT_START                                                                                    \
    {                                                                                             \
      gboolean passed = FALSE;                                                                    \
      guint deadline = g_timeout_add (DEADLINE_MS, test_deadline_cb, &passed);                    \
                                                                                                  \
      while (!(condition) && !passed)                                                             \
        g_main_context_iteration (NULL, TRUE);                                                    \
      g_assert_false (passed);                                                                    \
      g_source_remove (deadline);                                                                 \
    }                                                                                             \
  G_STMT_END

void         set_up           (Fixture            *fixture,
                               const RfiHubLimits *limits);
void         tear_down        (Fixture            *fixture);
gboolean     test_deadline_cb (gpointer            user_data);
char        *make_token       (Fixture            *fixture,
                               const char         *id,
                               RfiRole             role,
                               const char         *vendor);
/* @token goes into a header unless %NULL; @more goes behind the address. */
Client      *open_client      (Fixture            *fixture,
                               const char         *token,
                               const char         *more);
void         close_client     (Client             *client);
void         say              (Client             *client,
                               const char         *text);
guint        count            (Client             *client,
                               const char         *text);
Client      *join_as          (Fixture            *fixture,
                               const char         *id,
                               RfiRole             role,
                               const char         *vendor);
RfiJob      *make_job         (const char         *vendor,
                               const char         *assignee,
                               RfiStatus           status);
void         broadcast        (Fixture            *fixture,
                               RfiHubEvent         event,
                               RfiJob             *job,
                               RfiJob             *previous);
RfiHubCounts get_counts       (Fixture            *fixture);

G_END_DECLS
