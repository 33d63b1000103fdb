/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-json.h"

G_BEGIN_DECLS

typedef struct
{
  char *field;   /* a field's name, or what else was changed */
  char *before;  /* (nullable) */
  char *after;   /* (nullable) */
} RfiAuditChange;

/**
 * RfiAuditRecord:
 *
 * One link of the server's history. Its hash covers the one before, so nothing can be changed or
 * taken out unseen.
 */
typedef struct
{
  gint64   n;           /* 1 and on without a gap */
  gint64   at;          /* ms since 1970 */
  char    *actor_id;
  char    *actor_name;  /* (nullable) */
  char    *device_id;   /* (nullable): the compatible dialect has none */
  char    *origin;      /* by which dialect or program */
  char    *job_id;      /* (nullable) */
  char    *action;
  GArray  *changes;     /* (element-type RfiAuditChange) */
  char    *prev_hash;   /* RFI_HASH_NONE for the first */
  char    *hash;        /* (nullable) */
} RfiAuditRecord;

/* An empty one. Returns: (transfer full) */
RfiAuditRecord *rfi_audit_record_new          (void);
void            rfi_audit_record_free         (RfiAuditRecord        *self);
void            rfi_audit_record_add_change   (RfiAuditRecord        *self,
                                               const char            *field,
                                               const char            *before,
                                               const char            *after);

/* SHA-256 over the 32 bytes of prev_hash and the canonical form of all members but the two hashes,
 * those that are %NULL left out. Returns: (transfer full) (nullable): %NULL if prev_hash is none */
char           *rfi_audit_record_compute_hash (const RfiAuditRecord  *self);

/* One object. */
void            rfi_audit_record_append       (const RfiAuditRecord  *self,
                                               GString               *out);
/* A page {"data":[…],"head","next"}. @head: n of the last link there is
 * @next: (out) (optional): where the page after this one begins, 0 = nowhere
 * @list: (out): what is in it, for rfi_audit_record_read_list() while @data lives */
gboolean        rfi_audit_record_check_page   (const char            *data,
                                               gssize                 length,
                                               RfiJson               *list,
                                               gint64                *head,
                                               gint64                *next,
                                               GError               **error);
/* Returns: (transfer full) (element-type RfiAuditRecord) */
GPtrArray      *rfi_audit_record_read_list    (const RfiJson         *list,
                                               GError               **error);
/* Both in one. Returns: (transfer full) (element-type RfiAuditRecord) */
GPtrArray      *rfi_audit_record_parse_page   (const char            *data,
                                               gssize                 length,
                                               gint64                *head,
                                               gint64                *next,
                                               GError               **error);
void            rfi_audit_record_append_page  (GPtrArray             *records,
                                               gint64                 head,
                                               GString               *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiAuditRecord, rfi_audit_record_free)

G_END_DECLS
