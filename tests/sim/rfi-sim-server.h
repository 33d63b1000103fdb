/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-sim-disk.h"
#include "rfi-sim-net.h"
#include "rfi-sim-tickets.h"
#include "rfi-sync-service.h"

G_BEGIN_DECLS

typedef struct _RfiSimServer RfiSimServer;

/* A picture that came by the old contract. All borrowed */
typedef struct
{
  const char *operation_id;
  const char *photo_id;
  RfiJob     *job;      /* with it */
  GBytes     *content;
} RfiSimUpload;

/* Who looks on. Called once what was done is safe, before anybody is told. */
typedef struct
{
  /* A push was answered. @request, @answer: text */
  void (*pushed)  (gpointer    watcher,
                   guint       who,
                   const char *request,
                   gsize       n_request,
                   const char *answer,
                   gsize       n_answer);
  /* Anything else was answered. @path: with its query */
  void (*served)  (gpointer    watcher,
                   guint       who,
                   const char *path,
                   guint       status,
                   GString    *answer);
  /* The server went down on it; it may be done or not. */
  void (*fell)    (gpointer    watcher,
                   guint       who,
                   const char *path,
                   GBytes     *body);
  /* A picture was taken; or @kept is %FALSE: the server went down on it */
  void (*uploaded) (gpointer            watcher,
                    guint               who,
                    const RfiSimUpload *upload,
                    gboolean            kept);
  /* Something that is said of the server itself is wrong. @problem: (transfer full) (nullable) */
  void (*judged)   (gpointer            watcher,
                    char               *problem);
} RfiSimServerWatch;

/**
 * RfiSimServer:
 *
 * The server of the simulation: the real logic of Sync v1 and the real tables on a simulated
 * disk. Of the rest it answers what a console that is signed in asks for.
 */
struct _RfiSimServer
{
  RfiSimTime              *time;         /* borrowed */
  RfiSimDisk              *disk;         /* (owned) */
  RfiRandom               *random;       /* (owned) */
  GBytes                  *secret;       /* (owned) */
  RfiSyncService          *service;      /* (owned) */
  RfiDb                   *db;           /* (owned) (nullable): while it is up */
  GPtrArray               *users;        /* (element-type RfiUser): whom each machine belongs to */
  GPtrArray               *people;       /* (owned) (element-type RfiUser): technicians */
  GPtrArray               *sockets;      /* (owned) (element-type RfiSocket) */
  GPtrArray               *copies;       /* (owned): of its disk, see rfi_sim_disk_copy() */
  RfiSimTickets           *tickets;      /* (owned) (nullable): where tokens are renewed */
  const RfiSimServerWatch *watch;
  gpointer                 watcher;
  gint64                   clock_ahead;  /* ms that its clock was set ahead */
  gint64                   last_stamp;   /* ms since 1970, of a change */
  guint                    page_size;    /* rows; a proxy may ask for less than a console does */
  gboolean                 hub;          /* whether there is real time at all */
  gboolean                 fell;         /* went down by itself, and is not up again */
};

extern const RfiSimServerSide rfi_sim_server_side;

/* @users: (element-type RfiUser): of the machines; borrowed */
RfiSimServer *rfi_sim_server_new    (RfiSimTime              *time,
                                     GPtrArray               *users,
                                     guint64                  seed,
                                     const RfiSimServerWatch *watch,
                                     gpointer                 watcher);
void          rfi_sim_server_free   (RfiSimServer            *self);

gboolean      rfi_sim_server_start  (RfiSimServer            *self);
void          rfi_sim_server_stop   (RfiSimServer            *self);
void          rfi_sim_server_crash  (RfiSimServer            *self);
/* Takes a copy of the disk, as of a backup. */
void          rfi_sim_server_backup (RfiSimServer            *self);
/* Puts the latest copy back and starts. Clients are told, or find out. @told: an administrator
 * says that this is another history */
void          rfi_sim_server_restore (RfiSimServer            *self,
                                      guint                    copy,
                                      gboolean                 told);

/* A change by a client of the old contract: inside @func. Returns: whether it is committed */
typedef gboolean (*RfiSimServerFunc) (RfiSimServer           *self,
                                      gint64                  stamp,
                                      gpointer                data);
gboolean      rfi_sim_server_change (RfiSimServer            *self,
                                     RfiSimServerFunc         func,
                                     gpointer                 data);

/* A call of the disk failed: the machine goes down, or the program opens its file anew. */
void          rfi_sim_server_stumble (RfiSimServer           *self);
/* Everybody who may know, by real time. */
void          rfi_sim_server_tell   (RfiSimServer            *self,
                                     const RfiSyncNews       *news);
/* Later than any before. */
gint64        rfi_sim_server_stamp  (RfiSimServer            *self);

G_END_DECLS
