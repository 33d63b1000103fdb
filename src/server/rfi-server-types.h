/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

typedef struct _RfiExchange      RfiExchange;
typedef struct _RfiServerContext RfiServerContext;

typedef void (*RfiHandler) (RfiExchange *exchange);
