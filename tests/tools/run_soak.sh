#!/bin/sh
# Random long use with kills and ever new seeds: run_soak.sh MINUTES [--seed N].
cd "$(dirname "$0")/../.." || exit 1

# Saves and kills for the time asked for, then a crowd at the office hub,
# up to sixty days of a team, and damaged lists.
.venv/bin/python -m tests.tools.soak "${@:-10}" || exit 1
.venv/bin/python -m tests.tools.hub_crowd || exit 1
days=$((${1:-10} * 3))
.venv/bin/python -m tests.tools.sixty_days --days "$((days < 60 ? days : 60))" || exit 1
.venv/bin/python -m tests.tools.fuzz_import 500 "$(date +%s)"
