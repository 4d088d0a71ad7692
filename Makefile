# Every task of the project is one word here; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
BIN := .venv/bin
NPM := $(BIN)/python hatch_build.py

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/.ready ## a .venv with nbblocks (editable) and all tools; needs only Python ≥ 3.10 and make
	@$(BIN)/python hatch_build.py

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "nbblocks needs Python 3.10 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' --constraint constraints.txt
	@touch $@

.PHONY: demo
demo: setup ## the tour, run once, then open in JupyterLab and as a page of its own
	@PYTHONPATH=. $(BIN)/python .ci/demo.py

.PHONY: dev
dev: setup ## rebuild the browser half on every change; apps on screen reload
	@echo 'In another terminal: ANYWIDGET_HMR=1 $(BIN)/jupyter lab notebooks'
	@$(NPM) run watch

.PHONY: test
test: setup ## everything: vitest, then pytest with docstring examples and the browser tests
	$(NPM) run --if-present test
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest --quiet --doctest-modules nbblocks tests

.PHONY: test-browser
test-browser: setup ## only the tests that drive a browser
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest --quiet -m browser tests

.PHONY: lint
lint: setup ## ruff, mypy, import-linter; biome and tsc in js/
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run --if-present lint

.PHONY: format
format: setup ## let ruff and biome rewrite what they can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(NPM) run --if-present format

.PHONY: bench
bench: setup ## ratios beside ipywidgets, gradio and others: see benchmarks/__main__.py
	$(BIN)/python -m benchmarks

.PHONY: soak
soak: setup ## an hour of 200 visitors who come, break off and vanish, and of kernels that are killed
	$(BIN)/python -m benchmarks.soak

.PHONY: codegen
codegen: setup ## TypeScript types of the components, from their Python declarations
	$(BIN)/python -m nbblocks.components.codegen js/src/wire/generated/components.ts
	$(BIN)/python -m nbblocks.themes.codegen js/src/wire/generated/theme.css
	$(NPM) run --if-present codegen

.PHONY: docs
docs: setup ## build/reference: every public name, from its docstring
	@$(BIN)/python .ci/reference.py build/reference

.PHONY: lock
lock: setup ## pin the newest releases that fit pyproject.toml into constraints.txt
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.10 --all-extras --no-annotate \
		--no-emit-find-links --custom-compile-command 'make lock' pyproject.toml --output-file constraints.txt
