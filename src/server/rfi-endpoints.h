/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-types.h"

G_BEGIN_DECLS

/* The handlers of the routes, one file for each resource. */

void rfi_endpoint_health           (RfiExchange *exchange);
void rfi_endpoint_metrics          (RfiExchange *exchange);

void rfi_endpoint_login            (RfiExchange *exchange);
void rfi_endpoint_refresh          (RfiExchange *exchange);
void rfi_endpoint_logout           (RfiExchange *exchange);
void rfi_endpoint_technicians      (RfiExchange *exchange);
void rfi_endpoint_vendors          (RfiExchange *exchange);
void rfi_endpoint_negotiate        (RfiExchange *exchange);

void rfi_endpoint_list_jobs        (RfiExchange *exchange);
void rfi_endpoint_get_job          (RfiExchange *exchange);
void rfi_endpoint_sync_jobs        (RfiExchange *exchange);

void rfi_endpoint_create_job       (RfiExchange *exchange);
void rfi_endpoint_edit_job         (RfiExchange *exchange);
void rfi_endpoint_set_job_status   (RfiExchange *exchange);
void rfi_endpoint_assign_job       (RfiExchange *exchange);
void rfi_endpoint_delete_job       (RfiExchange *exchange);

void rfi_endpoint_add_photo        (RfiExchange *exchange);
void rfi_endpoint_delete_photo     (RfiExchange *exchange);
void rfi_endpoint_show_photo       (RfiExchange *exchange);

/* Everything that RfiSyncService knows. */
void rfi_endpoint_v1               (RfiExchange *exchange);

G_END_DECLS
