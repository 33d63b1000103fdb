/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-hub.h"
#include "rfi-limiter.h"
#include "rfi-listener.h"
#include "rfi-page-cache.h"
#include "rfi-server-metrics.h"
#include "rfi-server-options.h"
#include "rfi-server-store.h"
#include "rfi-server-types.h"
#include "rfi-sync-service.h"
#include "rfi-token.h"

G_BEGIN_DECLS

/* What every endpoint works with. One for the server's life, in the loop's thread. */
struct _RfiServerContext
{
  const RfiServerOptions *options;
  SoupServer             *soup;      /* (owned) */
  RfiServerStore         *store;     /* (owned) */
  RfiTokenKeeper         *tokens;    /* (owned) */
  RfiHub                 *hub;       /* (owned) */
  RfiSyncService         *sync;      /* (owned) */
  RfiServerMetrics       *metrics;   /* (owned) */
  RfiPageCache           *pages;     /* (owned): of the store's reader */
  RfiLimiter             *failures;  /* (owned): failed sign-ins */
  RfiLimiter             *requests;  /* (owned) (nullable): of one person or address */
  RfiListener            *listener;  /* unowned */
  guint                   n_exchanges;  /* requests not yet answered in full */
  guint                   n_sign_ins;   /* passwords being checked now */
  guint                   n_streams;    /* long answers under way */
};

G_END_DECLS
