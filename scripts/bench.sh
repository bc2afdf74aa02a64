#!/usr/bin/env bash
# Measures raw PostgreSQL, the verbs and the HTTP API in one run on one machine, with a server of default durability.
# Arguments go to the program in bench/.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
scripts/setup-run.sh
build_go ./cmd/handstamp ./bench
with_postgres -durable bin/bench "$@"
