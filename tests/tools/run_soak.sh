#!/bin/sh
# Random long use with kills and ever new seeds: run_soak.sh MINUTES [--seed N].
cd "$(dirname "$0")/../.." || exit 1

exec .venv/bin/python -m tests.tools.soak "${@:-10}"
