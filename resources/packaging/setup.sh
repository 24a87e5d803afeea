#!/bin/sh
# Make everything the program needs: Debian packages, .venv, web files, translations.
# Runs again in a second when nothing changed. `--tests` adds the tools that only tests call.
set -eu
cd "$(dirname "$0")/../.."

# Qt offscreen, its X11 and Wayland windows, QtWebEngine (each tier was tried on a bare Debian 12).
qt_packages="libgl1 libegl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
    libwayland-cursor0 libwayland-egl1
    libnss3 libxcomposite1 libxdamage1 libxtst6 libasound2 libxrandr2 libxkbfile1"
test_packages="postgresql xvfb xauth xdotool openbox imagemagick poppler-utils qpdf gdal-bin
    libreoffice-writer-nogui libreoffice-calc-nogui"

say() { printf '%s\n' "$*"; }

# --- Python -------------------------------------------------------------------------------------

is_usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
        2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3.13 python3.12 python3; do
        if is_usable "$candidate"; then
            say "$candidate"
            return
        fi
    done
}

# --- Debian packages ----------------------------------------------------------------------------

is_installed() {
    case $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null || true) in
        ii*) return 0 ;;
        *) return 1 ;;
    esac
}

# Debian 13 and Ubuntu 24.04 renamed some libraries (libasound2 is libasound2t64 there).
missing_packages() {
    for package in "$@"; do
        if is_installed "$package" || is_installed "${package}t64"; then
            continue
        elif apt-cache show "${package}t64" >/dev/null 2>&1; then
            printf '%s ' "${package}t64"
        else
            printf '%s ' "$package"
        fi
    done
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is not a Debian or Ubuntu system: please see to the libraries of Qt yourself."
        return
    fi
    missing=$(missing_packages "$@")
    if [ -z "$missing" ]; then
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        say "Some system packages are missing. Please run, once:"
        say ""
        say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
        say ""
        return
    fi
    say "Installing system packages: $missing"
    log=$(mktemp)
    if apt_get update >"$log" 2>&1 &&
        apt_get install -y --no-install-recommends $missing >>"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        say "The system packages could not be installed; going on without them." >&2
    fi
}

apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# --- Virtual environment ------------------------------------------------------------------------

make_environment() {
    if [ -e .venv ] && ! is_usable .venv/bin/python; then
        say "The virtual environment .venv belongs to a Python that is gone; making it anew."
        rm -rf .venv
    fi
    if [ ! -e .venv ]; then
        say "Making the virtual environment .venv with $python"
        "$python" -m venv .venv
    fi
}

# Does $2 (a stamp file) still name the inputs $1?
is_stamped() { [ -f "$2" ] && [ "$(cat "$2")" = "$1" ]; }

install_requirements() {
    wanted="$(cksum_of requirements/dev.txt) $(.venv/bin/python -V)"
    if is_stamped "$wanted" .venv/.requirements; then
        return
    fi
    say "Installing the Python packages of requirements/dev.txt (some 400 MB, once; please wait)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: -r requirements/dev.txt
    say "$wanted" >.venv/.requirements
}

install_checkout() {
    wanted="$(cksum_of pyproject.toml) $PWD"
    if is_stamped "$wanted" .venv/.checkout; then
        return
    fi
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
        --no-index --no-deps --no-build-isolation --editable .
    say "$wanted" >.venv/.checkout
}

cksum_of() { sha256sum "$1" | cut -d ' ' -f 1; }

# --- In this order ------------------------------------------------------------------------------

packages="ca-certificates $qt_packages"
if [ "${1:-}" = "--tests" ]; then
    packages="$packages $test_packages"
fi
python=$(find_python)
if [ -z "$python" ]; then
    packages="python3 python3-venv $packages"
fi
install_packages $packages
python=${python:-$(find_python)}
if [ -z "$python" ]; then
    say "No Python 3.11, 3.12 or 3.13 with its venv module was found." >&2
    exit 1
fi
make_environment
install_requirements
install_checkout
.venv/bin/python resources/packaging/collect_web.py
.venv/bin/python resources/packaging/mend_fonts.py
.venv/bin/python resources/packaging/compile_translations.py
