# One command for each thing a newcomer does. Needs Python 3.11+ with venv; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: help demo run test check setup format lint types contracts lock clean

help:
	@echo "make demo    play the story of Floréal on this machine (about two minutes)"
	@echo "make test    run the tests"
	@echo "make run     start the daemon on config/"
	@echo "make check   format, lint, types, contracts and tests: what CI runs"
	@echo "make setup   create .venv with everything; afterwards all but lock works offline"
	@echo "make lock    resolve the locks again (needs uv)"

demo: $(VENV)/.runtime
	@$(BIN)/veille demo

run: $(VENV)/.runtime
	@$(BIN)/veille run --config config

test: $(VENV)/.dev
	@$(BIN)/pytest

setup: $(VENV)/.dev

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "veille needs Python 3.11 or newer; say which with make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies and the tools of the tests into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet

lock:
	$(LOCK) --extra postgres --group build -o requirements.lock
	$(LOCK) --extra postgres --group build --group dev -o requirements-dev.lock
	$(LOCK) --extra postgres --group build --group dev --group bench -o requirements-bench.lock

clean:
	rm -rf $(VENV) build dist demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
