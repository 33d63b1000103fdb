/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What somebody does with a job that is open before them. */
typedef enum {
  RFI_ATTENTION_NONE,
  RFI_ATTENTION_VIEWING,
  RFI_ATTENTION_EDITING,
} RfiAttention;

/* "none", "viewing", "editing". */
const char *rfi_attention_to_string   (RfiAttention  attention);
gboolean    rfi_attention_from_string (const char   *text,
                                       RfiAttention *attention);

typedef struct
{
  char         *user_id;    /* (owned) */
  char         *name;       /* (owned): as people read it */
  RfiAttention  attention;  /* not RFI_ATTENTION_NONE */
  gint64        since;      /* ms since 1970 */
} RfiPresencePerson;

#define RFI_TYPE_PRESENCE (rfi_presence_get_type ())

/**
 * RfiPresence:
 *
 * Who looks at a job right now, or changes it: advice, never a lock. Read only once it is filled,
 * counted, safe to share between threads.
 */
typedef struct
{
  char            *job_id;  /* (owned) */
  GPtrArray       *people;  /* (owned) (element-type RfiPresencePerson): each once */
  gatomicrefcount  ref_count;
} RfiPresence;

GType        rfi_presence_get_type (void) G_GNUC_CONST;

RfiPresence *rfi_presence_new      (const char   *job_id);
RfiPresence *rfi_presence_ref      (RfiPresence  *self);
void         rfi_presence_unref    (RfiPresence  *self);

/* While it is filled. */
void         rfi_presence_add      (RfiPresence  *self,
                                    const char   *user_id,
                                    const char   *name,
                                    RfiAttention  attention,
                                    gint64        since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPresence, rfi_presence_unref)

G_END_DECLS
