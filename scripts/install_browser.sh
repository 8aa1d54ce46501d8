#!/bin/sh
# Puts Debian's Chromium on this machine for the browser tests; does nothing where one is found.

set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The browser tests need Chromium. Install it, for example: sudo apt-get install chromium" >&2
    exit 1
fi

echo "Installing Chromium for the browser tests"
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
apt-get install --quiet=2 --yes --no-install-recommends chromium >/dev/null
