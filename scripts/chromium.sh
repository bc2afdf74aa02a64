#!/usr/bin/env bash
# Prints the path of a Chromium and installs Debian's when there is none. HANDSTAMP_CHROMIUM names another browser.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

find_chromium() {
  local candidate
  for candidate in "${HANDSTAMP_CHROMIUM:-}" chromium chromium-browser google-chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$candidate" ] && command -v "$candidate" 2>/dev/null; then return; fi
  done
  return 1
}

if ! find_chromium; then
  if has_apt; then apt_install chromium || true; fi
  find_chromium || fail "the browser journeys need Chromium: install it, or set HANDSTAMP_CHROMIUM to a browser's path"
fi
