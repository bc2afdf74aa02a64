#!/usr/bin/env bash
# Formatting and lint of Go code. `scripts/lint.sh --fix` repairs what can be repaired.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go

lint=$(scripts/tool.sh golangci-lint)
if [ "${1:-}" = --fix ]; then
  "$lint" fmt ./...
  exec "$lint" run --fix ./...
fi
# Several checkouts may be checked at the same time; the linter would refuse to run beside another.
"$lint" run --allow-parallel-runners ./...
