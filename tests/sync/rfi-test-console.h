/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-fault-proxy.h"
#include "rfi-remote.h"
#include "rfi-store-letters.h"
#include "rfi-store-outbox.h"
#include "rfi-sync-engine.h"
#include "rfi-test-clock.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"

G_BEGIN_DECLS

/**
 * RfiTestConsole:
 *
 * All of a console below its session: a store in a file, a real transport, an engine; with a
 * clock that runs fast and a transport that loses patience fast. Everything that cannot be done
 * ends the test.
 */
typedef struct
{
  RfiUser       *user;
  char          *token;
  char          *url;
  char          *dir;      /* of its store; removed with it, unless it is to be kept */
  gboolean       keep_dir;
  RfiStore      *store;
  RfiStoreChanged changed; /* (nullable): told what the store tells */
  gpointer       changed_data;
  RfiRemote     *remote;   /* through the proxy */
  RfiRemote     *direct;   /* to the server, for questions behind the engine's back */
  RfiTestClock  *clock;
  RfiSyncEngine *engine;
  gboolean       still;
  RfiDeviceKey  *key;      /* (owned) (nullable): without one it speaks the compatible dialect */
  guint          patience; /* ms of real time until a request is given up */
} RfiTestConsole;

/* Its clock runs so many times as fast. */
#define RFI_TEST_SPEED 40

/* Signs in at @server_url and works through @url: that, or a proxy. Its clock is fast. */
RfiTestConsole *rfi_test_console_new       (const char       *server_url,
                                            const char       *url,
                                            const char       *email,
                                            const char       *password);
/* With a clock that stands still, in self->clock. */
RfiTestConsole *rfi_test_console_new_still (const char       *server_url,
                                            const char       *url,
                                            const char       *email,
                                            const char       *password);
/* On what another one left in @dir; fast, but as patient with the server as people's consoles.
 * @dir is removed with it. */
RfiTestConsole *rfi_test_console_new_in    (const char       *dir,
                                            const char       *server_url,
                                            const char       *url,
                                            const char       *email,
                                            const char       *password);
void            rfi_test_console_free      (RfiTestConsole   *self);

/* Before it is started: gives it a key of its own, so that it speaks Sync v1 where it can. */
void            rfi_test_console_use_key   (RfiTestConsole   *self);
/* The same with a key that other processes have too. */
void            rfi_test_console_use_seed  (RfiTestConsole   *self,
                                            guint8            seed);

/* Starts the engine and waits for its first pull. */
void            rfi_test_console_start     (RfiTestConsole   *self);

/* Ends engine and store in order, then opens them again on the same file, not started. */
void            rfi_test_console_reopen    (RfiTestConsole   *self);

/* The same, and meanwhile somebody does @sql to the file. */
void            rfi_test_console_spoil     (RfiTestConsole   *self,
                                            const char       *sql);

/* What the server's row is here; its outbox; its conflicts. (transfer full) */
RfiJob         *rfi_test_console_get_base  (RfiTestConsole   *self,
                                            const char       *job_id);
GPtrArray      *rfi_test_console_list_outbox (RfiTestConsole *self);
GPtrArray      *rfi_test_console_list_conflicts (RfiTestConsole *self);

/* A person does something; the engine is kicked. @patch: (nullable) (transfer none): @before is
 * read from the store. Returns: (transfer full): the operation */
RfiOperation   *rfi_test_console_do        (RfiTestConsole   *self,
                                            RfiOperationKind  kind,
                                            const char       *job_id,
                                            RfiPatch         *patch);
/* As rfi_test_console_do, with everything said. @template: its id may be %NULL */
RfiOperation   *rfi_test_console_enqueue   (RfiTestConsole   *self,
                                            RfiOperation     *template);

/* Waits until nothing is queued any more and a cycle has ended since. */
void            rfi_test_console_settle    (RfiTestConsole   *self);

/* Waits for @condition while a still clock's timers of no delay fire. */
#define rfi_test_console_turn(self, condition)                                                     \
  rfi_test_wait ((rfi_test_clock_advance ((self)->clock, 0), (condition)))

/* The same while time passes, a little with every turn. */
#define rfi_test_console_live(self, condition)                                                     \
  rfi_test_wait ((rfi_test_clock_advance ((self)->clock, 50), (condition)))

/* Of a still clock: waits until the engine waits for time to pass, and says how many ms. */
gint64          rfi_test_console_idle      (RfiTestConsole   *self);
/* Lets so much time pass, then waits until the engine is idle again. */
void            rfi_test_console_pass      (RfiTestConsole   *self,
                                            gint64            ms);

/* A picture of its own. Returns: (transfer full): path of a PNG file below @self's folder */
char           *rfi_test_console_draw      (RfiTestConsole   *self,
                                            guint             seed,
                                            gint64           *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTestConsole, rfi_test_console_free)

G_END_DECLS
