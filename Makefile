# The front door for people who work on the program. Each target does its own set-up.
.PHONY: setup demo test lint soak bench screenshots package lock
.DEFAULT_GOAL := setup

PYTHON_RUN := .venv/bin/python
MINUTES ?= 10

setup:  ## the virtual environment, web files, fonts and translations
	@sh resources/packaging/setup.sh

demo: setup  ## the demo catalogue and its dossier in demo/, then the window
	@$(PYTHON_RUN) main.py demo demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(PYTHON_RUN) main.py --catalogue demo; \
	else echo "No screen here; with one, this opens the window: $(PYTHON_RUN) main.py --catalogue demo"; fi

test:  ## lint, types, import rules and all tests
	@sh resources/packaging/setup.sh --tests
	@sh tests/tools/run_tests.sh

lint: setup  ## ruff, mypy for Linux and Windows, import rules
	@sh tests/tools/run_lint.sh

soak: setup  ## random long use: make soak MINUTES=30
	@sh tests/tools/run_soak.sh $(MINUTES)

bench: setup  ## start, annex and map beside their yardsticks
	@for file in tests/benchmarks/bench_*.py; do \
		QT_QPA_PLATFORM=offscreen $(PYTHON_RUN) $$file || exit 1; done

screenshots: setup  ## the README's pictures
	@$(PYTHON_RUN) tests/tools/make_screenshots.py

package: setup  ## the wheel, in dist/
	@$(PYTHON_RUN) -m build --wheel --no-isolation --outdir dist .
	@echo "The offline bundle for Windows laptops comes later; requirements/windows.txt is locked for it."

lock: setup  ## requirements/ and the npm lock, from pyproject.toml and package.json; UPGRADE=1 for newer versions
	@sh resources/packaging/lock.sh
