/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-random.h"

G_BEGIN_DECLS

#define RFI_SIM_SECTOR 512

/* What is asked of a disk, as flags. */
typedef enum {
  RFI_SIM_CALL_READ = 1 << 0,
  RFI_SIM_CALL_WRITE = 1 << 1,
  RFI_SIM_CALL_SYNC = 1 << 2,
  RFI_SIM_CALL_TRUNCATE = 1 << 3,
  RFI_SIM_CALL_REMOVE = 1 << 4,
  RFI_SIM_CALL_ALL = (1 << 5) - 1,
} RfiSimCall;

/* How a call goes. */
typedef enum {
  RFI_SIM_FATE_OK,
  RFI_SIM_FATE_FULL,
  RFI_SIM_FATE_ERROR,
} RfiSimFate;

/**
 * RfiSimFile:
 *
 * A file in memory: what a program reads from it, and what is left of it when the power fails.
 */
typedef struct
{
  char       *path;        /* (owned) */
  GByteArray *bytes;       /* (owned): as written */
  GByteArray *durable;     /* (owned): as it was when it was last made safe */
  GByteArray *dirty;       /* (owned): of each sector whether it differs from durable */
  guint       first_dirty; /* sectors; none if beyond last_dirty */
  guint       last_dirty;
  GPtrArray  *shared;      /* (owned) (element-type GBytes-sized blocks): what connections share */
  guint       n_open;
  int         locks[4];    /* holders of shared, reserved, pending, exclusive */
  int         slots[8];    /* of the shared memory: holders; -1 = one alone */
} RfiSimFile;

/**
 * RfiSimDisk:
 *
 * The disk of one machine of the simulation. Its files live below "NAME/". When it crashes at
 * some call, everything after fails, until it is started again with what had been made safe and a
 * random part of what had not.
 */
typedef struct
{
  char       *name;        /* (owned) */
  RfiRandom  *random;      /* (owned) */
  GPtrArray  *files;       /* (owned) (element-type RfiSimFile), in the order they were made */
  GPtrArray  *unlinked;    /* (owned) (element-type RfiSimFile): removed while open */
  gint64      n_calls;     /* so far, of those in counted */
  guint       counted;     /* RfiSimCall: what n_calls counts; all by default */
  gint64      crash_at;    /* the power fails at this call; 0 = does not */
  gint64      fail_at;     /* this call fails; 0 = none */
  gint64      fail_every;  /* and each so many after it; 0 = only the one */
  guint       failing;     /* RfiSimCall: which of them may fail */
  gint64      space;       /* bytes the files may still grow by; -1 = without end */
  gboolean    torn;        /* the sector being written at a crash may be half of each */
  gboolean    spared;      /* calls go well and are not counted: somebody looks on */
  gboolean    dead;        /* crashed, and not yet started again */
  guint       n_failed;    /* calls that failed */
  guint       n_full;
} RfiSimDisk;

/* Registers itself: paths below @name lead here, until it is freed. */
RfiSimDisk *rfi_sim_disk_new     (const char *name,
                                  guint64     seed);
void        rfi_sim_disk_free    (RfiSimDisk *self);
/* Returns: (nullable): the one that @path is on */
RfiSimDisk *rfi_sim_disk_of      (const char *path);
gboolean    rfi_sim_disk_is_any_spared (void);

/* The power fails now. */
void        rfi_sim_disk_crash   (RfiSimDisk *self);
/* After a crash and once nobody holds a file open: what is there is what survived. Without a
 * crash: nothing happens. */
void        rfi_sim_disk_start   (RfiSimDisk *self);

RfiSimFile *rfi_sim_disk_find    (RfiSimDisk *self,
                                  const char *path);
RfiSimFile *rfi_sim_disk_make    (RfiSimDisk *self,
                                  const char *path);
void        rfi_sim_disk_remove  (RfiSimDisk *self,
                                  RfiSimFile *file);
/* Takes the place of what is at @to. */
void        rfi_sim_disk_rename  (RfiSimDisk *self,
                                  RfiSimFile *file,
                                  const char *to);

/* Counts a call and says how it goes; may be the one at which the power fails. */
RfiSimFate  rfi_sim_disk_call    (RfiSimDisk *self,
                                  RfiSimCall  call);

/* All files as they would be found after a clean stop: for copies of a machine. */
GPtrArray  *rfi_sim_disk_copy    (RfiSimDisk *self);
void        rfi_sim_disk_restore (RfiSimDisk *self,
                                  GPtrArray  *copy);

gboolean    rfi_sim_file_write   (RfiSimDisk *disk,
                                  RfiSimFile *self,
                                  gconstpointer data,
                                  gsize       length,
                                  gint64      offset);
void        rfi_sim_file_sync    (RfiSimFile *self);
/* What was there, safe or not, is lost. */
void        rfi_sim_file_wipe    (RfiSimFile *self, gsize offset, gsize length);
void        rfi_sim_file_resize  (RfiSimFile *self, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSimDisk, rfi_sim_disk_free)

G_END_DECLS
