/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-file.h"
#include "rfi-seal.h"

G_BEGIN_DECLS

RfiAlertFile *_rfi_alert_file_new (const char *path,
                                   RfiSeal    *seal);

G_END_DECLS
