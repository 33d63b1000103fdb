/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The files of databases beyond what SQLite itself does with them: the seam where a simulation
 * puts its own disk. Functions answer as those of the system do, with errno. */
typedef struct
{
  const char *vfs;                                /* SQLite's name of it; %NULL = the system's */
  int       (*lock)   (const char *path);         /* makes the folder too; -1 = failed, with
                                                     EWOULDBLOCK when another process has it */
  void      (*unlock) (int         lock);
  gboolean  (*exists) (const char *path);
  int       (*touch)  (const char *path);         /* makes it, for its owner only */
  int       (*remove) (const char *path);
  int       (*rename) (const char *from,
                       const char *to);
} RfiDbFiles;

/* Before anything is opened, and for good. */
void              rfi_db_files_set (const RfiDbFiles *files);
const RfiDbFiles *rfi_db_files_get (void);

G_END_DECLS
