/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-page-cache"

#include "config.h"

#include "rfi-page-cache.h"

/* Of at most a hundred jobs each. */
#define MAX_PAGES 32

struct _RfiPageCache
{
  GHashTable *pages;    /* (owned) key → RfiPage */
  gint64      version;  /* of the data they are made of; 0: of none */
};

static void
page_free (gpointer data)
{
  RfiPage *page = data;

  g_bytes_unref (page->body);
  g_clear_pointer (&page->packed, g_bytes_unref);
  g_free (page);
}

RfiPageCache *
rfi_page_cache_new (void)
{
  RfiPageCache *self = g_new0 (RfiPageCache, 1);

  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_free);
  return self;
}

void
rfi_page_cache_free (RfiPageCache *self)
{
  g_hash_table_unref (self->pages);
  g_free (self);
}

/* Without an answer it is as if everything had changed; reading the data says why. */
RfiPage *
rfi_page_cache_find (RfiPageCache *self,
                     RfiDb        *db,
                     const char   *key)
{
  gint64 version = rfi_db_get_data_version (db, NULL);

  if (version <= 0 || version != self->version)
    g_hash_table_remove_all (self->pages);
  self->version = version;
  return g_hash_table_lookup (self->pages, key);
}

RfiPage *
rfi_page_cache_keep (RfiPageCache *self,
                     const char   *key,
                     GString      *body)
{
  RfiPage *page = g_new0 (RfiPage, 1);

  rfi_body_tag (body->str, body->len, page->tag);
  page->body = g_string_free_to_bytes (body);
  if (g_hash_table_size (self->pages) >= MAX_PAGES)
    g_hash_table_remove_all (self->pages);
  g_hash_table_replace (self->pages, g_strdup (key), page);
  return page;
}
