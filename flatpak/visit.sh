#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# visit.sh ID OUTPUT
#
# Inside with-server and with-desktop: signs in to the installed Flatpak by keyboard,
# ends it, starts it again, and sees in the server's log that the second start went
# straight to the jobs with what the keyring had kept.
set -eu

id=$1
output=$2
app=

clean_up () {
  status=$?
  trap - EXIT
  flatpak kill "$id" 2>/dev/null || :
  if [ -n "$app" ]; then
    wait "$app" 2>/dev/null || :
  fi
  exit "$status"
}
trap clean_up EXIT

fail () {
  echo "visit: $1" >&2
  import -window root "$output/failed.png" || :
  tail -n 20 "$output/console.log" >&2
  exit 1
}

# requests PATTERN: how many requests the server has logged that look like it.
requests () {
  grep -c -e "$1" "$RFI_SERVER_LOG" || :
}

# until_requested PATTERN COUNT: waits until the server has seen that many.
until_requested () {
  tries=0
  until [ "$(requests "$1")" -ge "$2" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 150 ] || fail "the server did not see $2 × $1"
    sleep 0.2
  done
}

# The sandbox does not see this desktop's settings, only the application's own.
mkdir -p "$HOME/.var/app/$id/config/gtk-4.0"
cp "$XDG_CONFIG_HOME/gtk-4.0/settings.ini" "$HOME/.var/app/$id/config/gtk-4.0/"

start () {
  flatpak run --user "$id" --server "$RFI_URL" > "$output/console.log" 2>&1 &
  app=$!
  window=$(timeout 60 xdotool search --sync --onlyvisible --name "$1" | head -n 1) ||
    fail "no window appeared"
  xdotool windowfocus --sync "$window"
}

picture () {
  # One more frame for what was just asked for.
  sleep 1
  import -window root "$output/$1.png"
  echo "$output/$1.png"
}

start '.'
picture 1-sign-in
xdotool type --delay 20 'dispatcher@coolair.com'
xdotool key Tab
xdotool type --delay 20 'dispatch123'
xdotool key Return
until_requested '/api/v1/sync/' 1
picture 2-signed-in

flatpak kill "$id"
wait "$app" || :
logins=$(requests '/api/auth/login')
before=$(requests '/api/v1/sync/')
start '.'
until_requested '/api/v1/sync/' $((before + 1))
picture 3-kept-session
[ "$(requests '/api/auth/login')" = "$logins" ] || fail "it had to sign in again"
echo "The second start used the session kept in the keyring."
