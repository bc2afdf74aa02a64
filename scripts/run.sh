#!/usr/bin/env bash
# From a fresh checkout to a running Handstamp: installs what is missing, builds what has changed, serves until Ctrl-C.
# Arguments go to `handstamp serve`; settings come from the environment (PORT, DATA_DIR, DATABASE_URL …).
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
need_node

[ -n "${DATABASE_URL:-}" ] || scripts/setup-run.sh
build_web
build_go ./cmd/handstamp
exec bin/handstamp serve "$@"
