/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-types.h"

G_BEGIN_DECLS

typedef enum {
  RFI_ROLE_ADMIN,
  RFI_ROLE_DISPATCHER,
  RFI_ROLE_TECHNICIAN,
} RfiRole;

#define RFI_N_ROLES 3

/* The word on the wire: "admin", "dispatcher", "technician". */
const char *rfi_role_to_string   (RfiRole     role);
gboolean    rfi_role_from_string (const char *text,
                                  RfiRole    *role);

#define RFI_TYPE_USER (rfi_user_get_type ())

/**
 * RfiUser:
 *
 * A person: who is signed in, or a technician. Read only, safe to share between threads: texts but
 * the address are interned. What skills, hours and inactive say only Sync v1 knows; left zero they
 * say nothing.
 */
struct _RfiUser
{
  char            *id;
  char            *email;
  char            *display_name;
  char            *vendor_id;  /* (nullable): %NULL for admins */
  char            *skills;      /* (nullable): as RFI_FIELD_SKILLS */
  RfiRole          role;
  gint16           work_start;  /* minutes of the day; no hours are known if both are 0 */
  gint16           work_end;
  gboolean         inactive;    /* takes no assignments any more */

  gatomicrefcount  ref_count;
};

GType    rfi_user_get_type (void) G_GNUC_CONST;
/* Copies @template's strings. Returns: (transfer full) */
RfiUser *rfi_user_new      (const RfiUser *template);
RfiUser *rfi_user_ref      (RfiUser       *self);
void     rfi_user_unref    (RfiUser       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiUser, rfi_user_unref)

G_END_DECLS
