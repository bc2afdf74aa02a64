#!/usr/bin/env bash
# Replays an event log through the public API: LOG=file.xes[.gz] MAP=mapping.yaml. Arguments go to the program in
# bench/replay. DATABASE_URL, if set, is not used: the replay gets a database of its own.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
if [ -z "${LOG:-}" ] || [ -z "${MAP:-}" ]; then fail "say which log and mapping: make replay LOG=log.xes.gz MAP=mapping.yaml"; fi
for file in "$LOG" "$MAP"; do [ -r "$file" ] || fail "$file cannot be read"; done
scripts/setup-run.sh
build_go ./cmd/handstamp ./bench/replay
with_postgres bin/replay -log "$LOG" -map "$MAP" "$@"
