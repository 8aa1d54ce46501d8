#!/bin/sh
# install_package.sh PACKAGE PURPOSE COMMAND...: puts a Debian package on this machine for tests; does
# nothing where one of its commands is found, and leaves no service of it running.

set -eu

package=$1 purpose=$2
shift 2

PATH=$PATH:/usr/sbin
for name in "$@"; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "$purpose needs $package. Install it, for example: sudo apt-get install $package" >&2
    exit 1
fi

echo "Installing $package for: $purpose"
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
apt-get install --quiet=2 --yes --no-install-recommends "$package" >/dev/null
if [ -d /run/systemd/system ] && systemctl cat "$package" >/dev/null 2>&1; then
    systemctl disable --now --quiet "$package"
fi
