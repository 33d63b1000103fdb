/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of everything that anybody meant, by what is on the disks. */
typedef struct
{
  guint n_intents;
  guint n_applied;
  guint n_settled;    /* met another change; a person has decided, or it was the same */
  guint n_conflicts;  /* still wait for a person */
  guint n_rejected;   /* refused, and shown so */
  guint n_discarded;
  guint n_held;       /* behind one of its job that waits for a person */
} RfiRealCount;

/* Opens the files of a server and of a console for reading, so both may run. Each intent of the
 * console's ledger has to be exactly one of the above, and to have had its effect once, or not.
 * @count: added to. Ends the test with words if it is not so. */
void  rfi_real_check_ledger (const char   *server_dir,
                             const char   *console_dir,
                             const char   *user_id,
                             RfiRealCount *count);

/* What must hold of the server's file alone: it is sound, its history has no break, each version of
 * a job was made once, and what it says of a scope is so. */
void  rfi_real_check_server (const char   *server_dir);

/* The console's file is sound, and has the rows that its account sees at the server. @where: SQL
 * for those, of the server's job */
void  rfi_real_check_store  (const char   *server_dir,
                             const char   *console_dir,
                             const char   *where);

G_END_DECLS
