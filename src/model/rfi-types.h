/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

typedef struct _RfiAuditEntry RfiAuditEntry;
typedef struct _RfiConflict   RfiConflict;
typedef struct _RfiJob        RfiJob;
typedef struct _RfiJobState   RfiJobState;
typedef struct _RfiOperation  RfiOperation;
typedef struct _RfiPatch      RfiPatch;
typedef struct _RfiPhoto      RfiPhoto;
typedef struct _RfiSyncState  RfiSyncState;
typedef struct _RfiUser       RfiUser;
