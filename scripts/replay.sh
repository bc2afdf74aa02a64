#!/usr/bin/env bash
# Replays an event log through the public API: LOG=file.xes[.gz] MAP=mapping.yaml. Arguments go to the program in
# bench/replay. Without MAP it prints a mapping to begin with, and fails. The replay has a server and a database of its
# own, whatever DATABASE_URL says; HANDSTAMP_URL, HANDSTAMP_ORG, HANDSTAMP_EMAIL and HANDSTAMP_PASSWORD name another
# server and who administers which organization there.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
[ -n "${LOG:-}" ] || fail "say which log and mapping: make replay LOG=log.xes.gz MAP=mapping.yaml"
[ -r "$LOG" ] || fail "$LOG cannot be read"
build_go ./bench/replay
if [ -z "${MAP:-}" ]; then
  bin/replay -log "$LOG" -propose "$@"
  fail "MAP is not set: above is a mapping to begin with"
fi
[ -r "$MAP" ] || fail "$MAP cannot be read"
if [ -n "${HANDSTAMP_URL:-}" ]; then exec bin/replay -log "$LOG" -map "$MAP" "$@"; fi
scripts/setup-run.sh
with_postgres bin/replay -log "$LOG" -map "$MAP" "$@"
