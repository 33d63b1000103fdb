/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_AUDIT_ENTRY (rfi_audit_entry_get_type ())

typedef enum {
  RFI_AUDIT_CREATED,
  RFI_AUDIT_CHANGED,        /* field, before, after */
  RFI_AUDIT_DELETED,
  RFI_AUDIT_PHOTO_ADDED,    /* after: file name */
  RFI_AUDIT_PHOTO_DELETED,  /* before: file name */
  RFI_AUDIT_CONFLICT,       /* a conflict was found on field */
  RFI_AUDIT_RESOLVED,       /* a person settled it: before the losing, after the winning value */
  RFI_AUDIT_DISCARDED,      /* a person gave up a change: before: what it would have set */
  RFI_AUDIT_REJECTED,       /* the server refused it: after: its words */
  RFI_AUDIT_ESCALATED,      /* a conflict was handed on: after: the note; told by servers only */
  RFI_AUDIT_DEVICE_REVOKED, /* told by servers only */
  RFI_AUDIT_INVESTIGATED,   /* a conflict is looked into: after: the note; told by servers only */
  RFI_AUDIT_MOVED,          /* to another vendor: before, after: their ids */
  RFI_AUDIT_REMADE,         /* after it was gone: after: the id of the job made in its place; of
                               that one, before: the id of the job it was made for */
} RfiAuditAction;

#define RFI_N_AUDIT_ACTIONS 14

typedef enum {
  RFI_ORIGIN_HERE,    /* typed on this computer */
  RFI_ORIGIN_SERVER,  /* arrived from elsewhere */
  RFI_ORIGIN_DEVICE,  /* typed on another computer; told by servers only */
} RfiOrigin;

/**
 * RfiAuditEntry:
 *
 * One line of history, as far as this console or the server knows it. Read only, safe to share.
 */
struct _RfiAuditEntry
{
  gint64           id;       /* rising: the store's, or the server's */
  gint64           at;       /* ms since 1970 */
  char            *job_id;
  char            *user_id;  /* (nullable): unknown who */
  char            *user_name; /* (nullable): as the server told it then */
  char            *device_id; /* (nullable): likewise */
  RfiAuditAction   action;
  RfiOrigin        origin;
  int              field;    /* an RfiField, or -1 */
  char            *before;   /* (nullable) */
  char            *after;    /* (nullable) */
  gboolean         pending;  /* the server has not confirmed it yet */

  gatomicrefcount  ref_count;
};

GType          rfi_audit_entry_get_type (void) G_GNUC_CONST;
/* Copies @template's strings. Returns: (transfer full) */
RfiAuditEntry *rfi_audit_entry_new      (const RfiAuditEntry *template);
RfiAuditEntry *rfi_audit_entry_ref      (RfiAuditEntry       *self);
void           rfi_audit_entry_unref    (RfiAuditEntry       *self);

const char    *rfi_audit_action_to_string   (RfiAuditAction   action);
gboolean       rfi_audit_action_from_string (const char      *text,
                                             RfiAuditAction  *action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiAuditEntry, rfi_audit_entry_unref)

G_END_DECLS
