#!/usr/bin/env bash
# Renders every screen in its states (typical, empty, a thousand rows, long names, waiting, error, offline; wide, 360 px, dark)
# into a folder of pictures. SCREENS=NAME renders those whose name matches, DIR=folder puts them elsewhere. A screen is one
# line in e2e/screens/screens.ts.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_go
need_node
npm_install e2e
build_web
build_go ./cmd/handstamp
SCREENS_DIR=${DIR:-$root/e2e/screens-out}
HANDSTAMP_CHROMIUM=$(scripts/chromium.sh)
export SCREENS_DIR HANDSTAMP_CHROMIUM HANDSTAMP_BIN=$root/bin/handstamp
rm -rf "$SCREENS_DIR"
(cd e2e && npx --no-install playwright test --config screens.config.ts ${SCREENS:+--grep "$SCREENS"}) || say "not every screen could be rendered"
say "the pictures are in $SCREENS_DIR"
