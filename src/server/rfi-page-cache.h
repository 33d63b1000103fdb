/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-body-tag.h"
#include "rfi-db.h"

G_BEGIN_DECLS

/**
 * RfiPageCache:
 *
 * Answers written lately, for whoever asks the same: many consoles ask for the same first page
 * more often than a job changes. A page holds as long as nobody committed anything since, of
 * whatever table; the database itself is asked at every look, so nothing has to tell the cache.
 * Bounded. For the loop's thread.
 */
typedef struct _RfiPageCache RfiPageCache;

typedef struct
{
  GBytes *body;    /* (owned) */
  GBytes *packed;  /* (owned) (nullable): the same by gzip, once somebody took it so */
  char    tag[RFI_BODY_TAG_SIZE];
} RfiPage;

RfiPageCache *rfi_page_cache_new  (void);
void          rfi_page_cache_free (RfiPageCache *self);

/* @db: always the same; may be read only behind this, so that what is kept is not older than the
 * look
 * @key: all that the answer is made of besides the data
 * Returns: (transfer none) (nullable), until the next call */
RfiPage      *rfi_page_cache_find (RfiPageCache *self,
                                   RfiDb        *db,
                                   const char   *key);

/* @body: (transfer full). Returns: (transfer none), until the next call */
RfiPage      *rfi_page_cache_keep (RfiPageCache *self,
                                   const char   *key,
                                   GString      *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPageCache, rfi_page_cache_free)

G_END_DECLS
