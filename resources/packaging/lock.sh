#!/bin/sh
# Write the hash-locked requirements anew (`make lock`). No line names a registry: uv uses the
# index this machine's pip is set to, and the files hold names, versions and hashes only.
set -eu
cd "$(dirname "$0")/../.."

python=.venv/bin/python
index=$($python -m pip config get global.index-url 2>/dev/null || true)
if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then
    export UV_DEFAULT_INDEX="$index"
fi
# Node and pip trust the system's certificates; uv must be told to.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"

compile() {
    $python -m uv pip compile pyproject.toml --quiet --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --fork-strategy fewest "$@"
}

compile --universal --python-version 3.11 ${UPGRADE:+--upgrade} -o requirements/linux.txt
compile --universal --python-version 3.11 ${UPGRADE:+--upgrade} --group dev \
    -c requirements/linux.txt -o requirements/dev.txt
compile --python-platform x86_64-pc-windows-msvc --python-version 3.13 \
    -c requirements/linux.txt -o requirements/windows.txt
$python resources/packaging/collect_web.py --lock
# The table of licences is read from what is installed, so the new lock goes in first.
sh resources/packaging/setup.sh
$python resources/packaging/write_notices.py
