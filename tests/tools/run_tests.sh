#!/bin/sh
# Run lint and every test, on Python 3.13 too where it is installed. pytest's closing lines of the
# whole suite come last; what failed before them fails the run all the same.
cd "$(dirname "$0")/../.." || exit 1

export QT_QPA_PLATFORM=offscreen
if [ "$(id -u)" -eq 0 ]; then
    # Chromium refuses its sandbox to root; people's own accounts keep it.
    export QTWEBENGINE_DISABLE_SANDBOX=1
fi
without_window="tests/unit tests/store tests/flows/test_main_job.py tests/flows/test_cli_*.py
    tests/flows/test_exchange.py tests/flows/test_import.py tests/flows/test_dossier_build.py"

is_313() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; }

find_313() {
    for candidate in python3.13 "$HOME"/.pyenv/versions/3.13*/bin/python3.13 \
        "$(.venv/bin/python -m uv python find 3.13 --no-python-downloads --system 2>/dev/null)"; do
        if is_313 "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

test_on_313() {
    environment=build/python3.13
    if ! is_313 "$environment/bin/python"; then
        rm -rf "$environment"
        "$1" -m venv "$environment" || return 1
    fi
    wanted="$(cat requirements/dev.txt pyproject.toml | sha256sum) $PWD"
    if [ "$(cat "$environment/.stamp" 2>/dev/null)" != "$wanted" ]; then
        "$environment/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
            --require-hashes --only-binary :all: -r requirements/dev.txt || return 1
        "$environment/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
            --no-index --no-deps --no-build-isolation --editable . || return 1
        echo "$wanted" >"$environment/.stamp"
    fi
    # Both suites whole took half an hour on two cores: the long ones, and flows that are like
    # others, run on one Python only.
    "$environment/bin/python" -m pytest -q -n 2 --dist loadfile -m "not slow" $without_window
}

problems=""

echo "== Lint"
sh tests/tools/run_lint.sh || problems="$problems lint"

python313=$(find_313)
if [ -n "$python313" ]; then
    echo "== The shorter tests without a window, on Python 3.13"
    test_on_313 "$python313" || problems="$problems tests-on-3.13"
else
    echo "== Python 3.13 is not installed here: the tests were not run on it."
fi

echo "== All tests, on $(.venv/bin/python -V)"
if [ -n "$problems" ]; then
    echo "Failed before these tests, see above:$problems" >&2
fi
# One file at a time on each core; a crash of one process fails its test and the others go on.
.venv/bin/python -m pytest -n 2 --dist loadfile "$@"
status=$?
[ "$status" -eq 0 ] && [ -z "$problems" ]
