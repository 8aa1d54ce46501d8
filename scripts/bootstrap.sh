#!/bin/sh
# Makes .venv from the lock file. Needs nothing but a POSIX shell and any Python 3 with pip.
#
# Brings its own uv (in .bootstrap/) where none works, uses a Python 3.10 of this machine or lets
# uv download one, and does nothing when .venv is already what the lock file asks for.
# PYTHON=/path/to/python3.10 chooses the interpreter, UV=/path/to/uv the installer.

set -eu

UV_VERSION=0.13.9
OLDEST_UV_MINOR=8
cd "$(dirname "$0")/.."
stamp=.venv/.made-from

fail() {
    echo "bootstrap: $*" >&2
    exit 1
}

runs_python_310() {
    "$1" -c 'import sys, ssl, sqlite3; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

runs_uv() {
    # A pyenv shim is found on PATH and still fails: only running it tells.
    case $("$1" --version 2>/dev/null) in
        "uv 0."*) minor=$("$1" --version | cut -d. -f2); [ "$minor" -ge "$OLDEST_UV_MINOR" ] ;;
        "uv "[1-9]*) true ;;
        *) false ;;
    esac
}

on_path() {
    # Every executable called $1 on PATH, not only the first.
    old_ifs=$IFS
    IFS=:
    for folder in $PATH; do
        [ -x "${folder:-.}/$1" ] && echo "${folder:-.}/$1"
    done
    IFS=$old_ifs
}

made_from() {
    # A moved checkout has a broken .venv, so the folder is part of the stamp.
    pwd
    cksum uv.lock pyproject.toml .python-version
}

is_current() {
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(made_from)" ] \
        && runs_python_310 .venv/bin/python && [ -x .venv/bin/iec ]
}

find_uv() {
    for candidate in ${UV:-} .bootstrap/bin/uv $(on_path uv) "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv"; do
        if [ -x "$candidate" ] && runs_uv "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

bring_uv() {
    for candidate in $(on_path python3) $(on_path python) "$HOME"/.pyenv/versions/3.*/bin/python; do
        rm -rf .bootstrap
        if "$candidate" -m venv .bootstrap >/dev/null 2>&1 \
            && .bootstrap/bin/python -m pip install --quiet --disable-pip-version-check \
                "uv==$UV_VERSION" >&2 && runs_uv .bootstrap/bin/uv; then
            echo .bootstrap/bin/uv
            return
        fi
    done
    rm -rf .bootstrap
    return 1
}

find_python() {
    for candidate in $(on_path python3.10) $(on_path python3) "$HOME"/.pyenv/versions/3.10.*/bin/python; do
        if runs_python_310 "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    "$uv" python find --system --no-python-downloads 3.10 2>/dev/null
}

is_current && exit 0

runs_python_310 .venv/bin/python && [ "$(head -n 1 "$stamp" 2>/dev/null || pwd)" = "$(pwd)" ] \
    || rm -rf .venv

if [ -n "${PYTHON:-}" ]; then
    runs_python_310 "$PYTHON" || fail "PYTHON=$PYTHON is not a working Python 3.10."
fi

uv=$(find_uv) || {
    echo "No uv on this machine: putting uv $UV_VERSION into .bootstrap/"
    uv=$(bring_uv) || fail "uv could not be installed. Install it yourself (docs.astral.sh/uv), or a Python 3 with venv and pip, and reach PyPI."
}

python=${PYTHON:-$(find_python)} || {
    echo "No Python 3.10 on this machine: letting uv download one"
    python=$("$uv" python install --quiet 3.10 >&2 && "$uv" python find --managed-python 3.10) \
        || fail "Python 3.10 was neither found nor downloaded. Install it, or name it: make run PYTHON=/path/to/python3.10"
}

echo "Installing into .venv ($("$uv" --version | cut -d' ' -f1,2), Python: $python). The first time takes a few minutes."
rm -f "$stamp"
quiet=--quiet
[ -t 2 ] && quiet=
UV_COMPILE_BYTECODE=1 UV_COMPILE_BYTECODE_TIMEOUT=600 UV_HTTP_TIMEOUT=300 UV_PROJECT_ENVIRONMENT=.venv \
    "$uv" sync --frozen $quiet --python "$python" \
    || fail "the packages of uv.lock could not be installed (see above)."
made_from >"$stamp"
