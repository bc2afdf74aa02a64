#!/usr/bin/env bash
# Replays the small logs of bench/replay/testdata with the program that `make replay` uses. The last line is the sum of
# their cases: "N passed, N failed".
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
if [ -z "${HANDSTAMP_TEST_DATABASE_URL:-}" ]; then # one server for all
  status=0
  with_postgres "$root/scripts/replay-small.sh" || status=$?
  exit "$status"
fi
build_go ./bench/replay
unset HANDSTAMP_URL # never on a server that somebody uses

data=bench/replay/testdata
maps=(
  "bench/replay/mappings/travel-declarations.yaml" "$data/travel.xes"
  "$data/purchase.yaml" "$data/purchase.xes"
  "$data/loan.yaml" "$data/loan.xes"
  "$data/tickets.yaml" "$data/tickets.xes"
)
passed=0
failed=0
for ((i = 0; i < ${#maps[@]}; i += 2)); do
  status=0
  table=$(bin/replay -map "${maps[i]}" -log "${maps[i + 1]}" 2>&1) || status=$?
  printf '%s\n' "$table"
  if [[ $(tail -n 1 <<<"$table") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    [ "$status" = 0 ] || [ "${BASH_REMATCH[2]}" != 0 ] || failed=$((failed + 1))
  else
    failed=$((failed + 1)) # it broke off without a table
  fi
done
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
