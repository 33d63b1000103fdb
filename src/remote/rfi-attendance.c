/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-attendance"

#include "config.h"

#include "rfi-attendance.h"

#include "rfi-wire-presence.h"

struct _RfiAttendance
{
  GObject                parent_instance;

  GHashTable            *jobs;   /* (owned) (element-type utf8 RfiAttention): that are open */
  RfiClock              *clock;  /* (owned) (nullable): while there is a connection */
  RfiAttendanceSendFunc  send;
  gpointer               send_data;
  guint                  timer;
};

enum {
  PRESENCE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiAttendance, rfi_attendance, G_TYPE_OBJECT)

static void
say_all (RfiAttendance *self)
{
  g_autoptr(GString) records = g_string_new (NULL);
  GHashTableIter iter;
  gpointer job_id, attention;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, &job_id, &attention))
    rfi_wire_attend_append (records, job_id, (RfiAttention) GPOINTER_TO_INT (attention));
  /* Whoever has nothing open hears of others too. */
  if (records->len == 0)
    rfi_wire_attend_append (records, "", RFI_ATTENTION_VIEWING);
  self->send (records, self->send_data);
}

static gboolean
again_cb (gpointer user_data)
{
  RfiAttendance *self = user_data;

  self->timer = rfi_clock_arm (self->clock, RFI_WIRE_ATTEND_AGAIN, again_cb, self);
  if (g_hash_table_size (self->jobs) > 0)
    say_all (self);
  return G_SOURCE_REMOVE;
}

static void
let_go (RfiAttendance *self)
{
  if (self->clock != NULL)
    rfi_clock_disarm (self->clock, self->timer);
  self->timer = 0;
  g_clear_object (&self->clock);
}

static void
rfi_attendance_finalize (GObject *object)
{
  RfiAttendance *self = RFI_ATTENDANCE (object);

  let_go (self);
  g_hash_table_unref (self->jobs);

  G_OBJECT_CLASS (rfi_attendance_parent_class)->finalize (object);
}

static void
rfi_attendance_class_init (RfiAttendanceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_attendance_finalize;

  signals[PRESENCE] = g_signal_new ("presence", RFI_TYPE_ATTENDANCE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_PRESENCE);
}

static void
rfi_attendance_init (RfiAttendance *self)
{
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RfiAttendance *
rfi_attendance_new (void)
{
  return g_object_new (RFI_TYPE_ATTENDANCE, NULL);
}

void
rfi_attendance_set (RfiAttendance *self,
                    const char    *job_id,
                    RfiAttention   attention)
{
  g_autoptr(GString) record = g_string_new (NULL);

  g_return_if_fail (RFI_IS_ATTENDANCE (self));

  if (attention != RFI_ATTENTION_NONE)
    g_hash_table_replace (self->jobs, g_strdup (job_id), GINT_TO_POINTER (attention));
  else if (!g_hash_table_remove (self->jobs, job_id))
    return;
  if (self->clock == NULL)
    return;

  rfi_wire_attend_append (record, job_id, attention);
  self->send (record, self->send_data);
}

void
rfi_attendance_open (RfiAttendance         *self,
                     RfiClock              *clock,
                     RfiAttendanceSendFunc  send,
                     gpointer               user_data)
{
  g_return_if_fail (RFI_IS_ATTENDANCE (self));

  let_go (self);
  self->clock = g_object_ref (clock);
  self->send = send;
  self->send_data = user_data;
  self->timer = rfi_clock_arm (clock, RFI_WIRE_ATTEND_AGAIN, again_cb, self);
  say_all (self);
}

void
rfi_attendance_close (RfiAttendance *self)
{
  g_return_if_fail (RFI_IS_ATTENDANCE (self));

  if (self->clock == NULL)
    return;

  let_go (self);
  g_signal_emit (self, signals[PRESENCE], 0, NULL);
}

void
rfi_attendance_hear (RfiAttendance *self,
                     RfiPresence   *presence)
{
  g_return_if_fail (RFI_IS_ATTENDANCE (self));

  g_signal_emit (self, signals[PRESENCE], 0, presence);
}
