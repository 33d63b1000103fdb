/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  RFI_SAMPLE_SIZE_NONE,
  RFI_SAMPLE_SIZE_SMALL,
  RFI_SAMPLE_SIZE_LARGE,
} RfiSampleSize;

/* What the command line says. */
typedef struct
{
  char            *data;             /* directory */
  GInetAddress    *listen;
  guint            port;             /* 0: any free one */
  RfiSampleSize    sample;
  guint            n_jobs;           /* of the large sample */
  guint            n_vendors;
  guint64          seed;
  char            *secret_file;      /* (nullable) */
  GTlsCertificate *certificate;      /* (nullable): speak TLS */
  char            *public_url;       /* (nullable): how clients see this server, no slash at end */
  char            *environment;      /* told by health */
  gboolean         may_be_public;    /* beyond this machine: it speaks TLS, or was told to */
  guint            rate;             /* requests a second of one client, 0: no limit */
  guint            max_connections;
  gboolean         quiet;            /* no log line for each request */
  gboolean         new_epoch;        /* the data was put back to an earlier day */
  gboolean         verify_audit;
  gboolean         create_user;
  char            *email;            /* of the user to be created, and the rest */
  char            *display_name;
  char            *role;
  char            *vendor;
} RfiServerOptions;

/* @argv: is changed. %NULL with a sentence in @error if they make no sense together, %NULL
 * without one if what was asked for (--version, --help) is done. */
RfiServerOptions *rfi_server_options_parse (int              *argc,
                                            char           ***argv,
                                            GError          **error);
void              rfi_server_options_free  (RfiServerOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiServerOptions, rfi_server_options_free)

G_END_DECLS
