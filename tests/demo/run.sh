#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh BUILD [--tour]
#
# Starts a server with sample data on a free port and the console on it: for the
# person at this screen, or, without a screen, for a tour that leaves pictures.
set -eu

build=$1
here=$(dirname "$0")
server=$build/src/server/retailfixit-server
console=$build/src/ui/shell/retailfixit-console
tour=$build/tests/demo/rfi-demo-tour
output=$build/demo
mode=${2:-}
if [ -z "$mode" ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  mode=--tour
fi

for program in "$server" "$console"; do
  if [ ! -x "$program" ]; then
    echo "demo: $(basename "$program") is not part of this version" >&2
    exit 1
  fi
done

data=$(mktemp -d "${TMPDIR:-/tmp}/rfi-demo.XXXXXX")
server_pid=

clean_up () {
  status=$?
  trap - EXIT HUP INT TERM
  if [ -n "$server_pid" ]; then
    kill "$server_pid" 2>/dev/null || :
    wait "$server_pid" 2>/dev/null || :
  fi
  if [ "$status" != 0 ] && [ -s "$data/server.log" ]; then
    echo "The server's last words:" >&2
    tail -n 5 "$data/server.log" >&2
  fi
  rm -rf "$data"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkfifo "$data/address"
"$server" --data "$data/server" --port 0 --sample small --seed 1 \
  > "$data/address" 2> "$data/server.log" &
server_pid=$!
# The first line says where it listens; the rest is kept flowing, so that it never blocks.
exec 3< "$data/address"
read -r line <&3 || line=
url=${line#listening on }
if [ "$url" = "$line" ]; then
  echo "demo: the server did not say where it listens" >&2
  exit 1
fi
cat <&3 >> "$data/server.log" &
exec 3<&-
echo "Server: $url"

export GSETTINGS_SCHEMA_DIR="$build/data"
if [ "$mode" = --tour ]; then
  if [ ! -x "$tour" ]; then
    echo "demo: the tour is not part of this version, and without a display the console cannot be shown" >&2
    exit 1
  fi
  mkdir -p "$output"
  rm -f "$output"/*.png
  sh "$here/../support/with-desktop" "$tour" --server "$url" --output "$output"
  echo "Pictures:"
  ls "$output"/*.png
else
  echo "Sign in as dispatcher@coolair.com, password dispatch123"
  echo "or, for all vendors, as admin@retailfixit.com, password admin123"
  "$console" --server "$url" --profile "$data/console"
fi
