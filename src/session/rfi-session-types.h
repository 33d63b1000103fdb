/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-types.h"

typedef struct _RfiAlertItem      RfiAlertItem;
typedef struct _RfiAlertList      RfiAlertList;
typedef struct _RfiDeed           RfiDeed;
typedef struct _RfiJobFilter      RfiJobFilter;
typedef struct _RfiJobItem        RfiJobItem;
typedef struct _RfiJobSearch      RfiJobSearch;
typedef struct _RfiJobSelection   RfiJobSelection;
typedef struct _RfiJobSheet       RfiJobSheet;
typedef struct _RfiJobTable       RfiJobTable;
typedef struct _RfiJobView        RfiJobView;
typedef struct _RfiSession        RfiSession;
typedef struct _RfiSessionManager RfiSessionManager;
typedef struct _RfiSyncLog        RfiSyncLog;
typedef struct _RfiUndoStack      RfiUndoStack;
