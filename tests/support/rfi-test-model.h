/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Names one item in the strings below. Returns: (transfer full) */
typedef char *(*RfiTestModelName) (gpointer item);

/**
 * RfiTestModel:
 *
 * Watches a list model. Its content reads like "1 2 3"; what was changed like "1-1" for an item
 * removed at 1, "0+2" for two added at 0, "0-10+5" for ten replaced by five. It ends the
 * test if the model says something that does not fit, or if a change is never looked at.
 */
typedef struct _RfiTestModel RfiTestModel;

RfiTestModel *rfi_test_model_new            (GListModel       *model,
                                             RfiTestModelName  name);
void          rfi_test_model_free           (RfiTestModel     *self);

void          rfi_test_model_assert_content (RfiTestModel     *self,
                                             const char       *expected);
/* Compares the changes since the last look, "" for none, and forgets them. */
void          rfi_test_model_assert_changes (RfiTestModel     *self,
                                             const char       *expected);
/* Forgets the changes where a test cannot foresee them. */
void          rfi_test_model_ignore_changes (RfiTestModel     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTestModel, rfi_test_model_free)

G_END_DECLS
