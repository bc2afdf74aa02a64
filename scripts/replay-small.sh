#!/usr/bin/env bash
# Replays the small logs of our own through the public API, each with its mapping; fails on the first that does not end
# as its log says.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
build_go ./cmd/handstamp ./bench/replay
with_postgres bin/replay -log bench/replay/testdata/travel.xes -map bench/replay/mappings/travel-declarations.yaml
for log in purchase loan tickets; do
  with_postgres bin/replay -log "bench/replay/testdata/$log.xes" -map "bench/replay/testdata/$log.yaml"
done
