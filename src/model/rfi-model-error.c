/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-model-error"

#include "config.h"

#include "rfi-model-error.h"

G_DEFINE_QUARK (rfi-model-error-quark, rfi_model_error)
