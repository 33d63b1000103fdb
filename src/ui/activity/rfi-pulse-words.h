/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-pulse.h"

G_BEGIN_DECLS

/* "Sync duration" */
const char *rfi_pulse_words_name     (RfiPulseSeries        series);
/* With its unit: "140 ms", "3", "25 %". Returns: (transfer full) */
char       *rfi_pulse_words_value    (RfiPulseSeries        series,
                                      double                value);
/* The same, or "—" if there is none. Returns: (transfer full) */
char       *rfi_pulse_words_point    (RfiPulseSeries        series,
                                      const RfiPulsePoint  *point);
/* All of them in a sentence, for who does not see them. Returns: (transfer full) */
char       *rfi_pulse_words_describe (RfiPulseSeries        series,
                                      const RfiPulsePoint  *points,
                                      guint                 n);

G_END_DECLS
