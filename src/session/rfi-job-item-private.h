/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-item.h"

G_BEGIN_DECLS

/* Told once when the last reference to an item goes. */
typedef void (*RfiJobItemGoneFunc) (guint        row,
                                    gpointer     user_data);

/* For the table, which makes items and keeps them up to date. */
RfiJobItem *_rfi_job_item_new       (RfiJobState        *state,
                                     guint               row,
                                     RfiJobItemGoneFunc  unwatch,
                                     gpointer            user_data);
/* The table lets go of it: the job was removed, or the table is going. Tells nobody. */
void        _rfi_job_item_detach    (RfiJobItem         *self);
/* Takes the state without telling anybody. */
void        _rfi_job_item_set_state (RfiJobItem         *self,
                                     RfiJobState        *state);
/* Tells what has changed since it was last told. */
void        _rfi_job_item_notify    (RfiJobItem         *self,
                                     gboolean            flash);
void        _rfi_job_item_set_sending (RfiJobItem       *self,
                                       gboolean          sending);
void        _rfi_job_item_set_news  (RfiJobItem         *self,
                                     gboolean            news);

G_END_DECLS
