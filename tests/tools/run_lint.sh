#!/bin/sh
# Check style, types (as on Linux and as on Windows) and import rules; run them all, then judge.
cd "$(dirname "$0")/../.." || exit 1

failed=""
check() {
    name=$1
    shift
    if "$@"; then echo "$name: ok"; else failed="$failed $name"; fi
}

check "ruff check" .venv/bin/python -m ruff check --quiet --output-format concise .
check "ruff format" .venv/bin/python -m ruff format --quiet --check --output-format concise .
check "mypy" .venv/bin/python -m mypy
# What stands behind a question for the system is unreachable on one of the two.
check "mypy for Windows" .venv/bin/python -m mypy --platform win32 --python-version 3.13 \
    --no-warn-unreachable
check "lint-imports" .venv/bin/python -c \
    "from importlinter.cli import lint_imports_command as run; run()" --no-logo

if [ -n "$failed" ]; then
    echo "Failed:$failed" >&2
    exit 1
fi
