/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-memory"

#include "config.h"

#include "rfi-sim-memory.h"

#include "rfi-sim-disk.h"

#include <sqlite3.h>

static sqlite3_mem_methods real;
static gint64 n_calls;
static gint64 fail_at;
static RfiSimOwner counted;  /* whose calls */
static RfiSimOwner running;

static gboolean
is_refused (void)
{
  if (fail_at == 0 || running != counted || rfi_sim_disk_is_any_spared ())
    return FALSE;

  return ++n_calls == fail_at;
}

static void *
allocate (int size)
{
  return is_refused () ? NULL : real.xMalloc (size);
}

static void *
grow (void *old,
      int   size)
{
  return is_refused () ? NULL : real.xRealloc (old, size);
}

void
rfi_sim_memory_install (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real), ==, SQLITE_OK);
  methods = real;
  methods.xMalloc = allocate;
  methods.xRealloc = grow;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
}

void
rfi_sim_memory_fail_at (RfiSimOwner owner,
                        gint64      call)
{
  counted = owner;
  fail_at = call;
  n_calls = 0;
}

RfiSimOwner
rfi_sim_memory_enter (RfiSimOwner owner)
{
  RfiSimOwner before = running;

  running = owner;
  return before;
}

gboolean
rfi_sim_memory_failed (void)
{
  return fail_at > 0 && n_calls >= fail_at;
}
