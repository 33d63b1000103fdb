/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RFI_MODEL_ERROR (rfi_model_error_quark ())

typedef enum {
  RFI_MODEL_ERROR_NOT_CANONICAL,  /* not the one spelling: was not written by a program of ours */
  RFI_MODEL_ERROR_INVALID,        /* well spelt, but it makes no sense */
} RfiModelError;

GQuark rfi_model_error_quark (void);

G_END_DECLS
