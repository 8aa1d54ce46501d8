#!/bin/sh
# Puts Debian's nginx on this machine for the test of deploy/nginx.conf; does nothing where one is
# found, and leaves none running.

set -eu

PATH=$PATH:/usr/sbin
if command -v nginx >/dev/null 2>&1; then
    exit 0
fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The test of deploy/nginx.conf needs nginx. Install it, for example: sudo apt-get install nginx" >&2
    exit 1
fi

echo "Installing nginx for the test of deploy/nginx.conf"
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
apt-get install --quiet=2 --yes --no-install-recommends nginx >/dev/null
if [ -d /run/systemd/system ]; then
    systemctl disable --now --quiet nginx
fi
