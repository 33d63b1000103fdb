/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The photo in a multipart form. */
typedef struct
{
  GBytes *content;    /* (owned): shares the body's memory */
  char   *file_name;  /* (owned): without path, UTF-8 */
  char   *mime_type;  /* (owned): as declared, lower case, "" if not */
} RfiFormPhoto;

/* Why there is none, in the contract's words. */
typedef struct
{
  const char *code;
  const char *message;
} RfiFormProblem;

/* @content_type: (nullable): header of the request
 * @photo: (out): to be cleared, if this is %TRUE */
gboolean rfi_form_read_photo   (GBytes          *body,
                                const char      *content_type,
                                RfiFormPhoto    *photo,
                                RfiFormProblem  *problem);
void     rfi_form_photo_clear  (RfiFormPhoto    *self);

G_END_DECLS
