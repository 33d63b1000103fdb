/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The process that is killed: a console without a screen, told by lines on its standard input
 * what to do. It answers every line on its standard output, and says there what it is at.
 *
 *    VERB PICK   rfi_real_desk_do()      → done VERB, or none VERB
 *    sync        a person asks for it    → done sync
 *    settle      until all is quiet      → done settle
 *    hash        of the server's rows    → hash TEXT
 *    end         stops in order
 *
 *    at WORD SENT RECOGNISED             what it is at, tries so far, repeats the server knew
 */

/* What a console process is started with, in the order of its arguments. */
typedef enum {
  RFI_REAL_DIR,
  RFI_REAL_URL,
  RFI_REAL_TOKEN,
  RFI_REAL_KEY,
  RFI_REAL_TECHNICIAN,
  RFI_REAL_USER,
  RFI_REAL_ROLE,
  RFI_REAL_VENDOR,
  RFI_REAL_N_ARGUMENTS,
} RfiRealArgument;

int rfi_real_console_run (char **arguments);

G_END_DECLS
