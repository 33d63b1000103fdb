/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Long enough for a machine under load; nothing waits for it but a failing test. */
#define RFI_TEST_WAIT_SECONDS 30

/**
 * rfi_test_wait:
 * @condition: an expression that becomes true by what happens on the default main context
 *
 * Runs the main context until @condition holds, looking again after everything that
 * happens there and at least every 10 ms; ends the test if it never does.
 */
#define rfi_test_wait(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 rfi_deadline = rfi_test_wait_begin ();                                                  \
    while (!(condition))                                                                           \
      rfi_test_wait_turn (rfi_deadline, G_STRLOC, #condition);                                     \
  }                                                                                                \
  G_STMT_END

/* Gives what is already due on the default main context its turn. */
void   rfi_test_settle     (void);

/*< private >*/
gint64 rfi_test_wait_begin (void);
void   rfi_test_wait_turn  (gint64      deadline,
                            const char *where,
                            const char *what);

G_END_DECLS
