# The front door. `make serve` and `make test` need make and Python 3.11+ (with venv and pip), nothing else.
#   make serve PORT=8080        another port
#   make test PYTHON=python3.12 another Python, if .venv is not there yet
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: serve test test-all check format clean help

help:
	@echo "make serve      set up and serve the bundled list of Kemi at http://localhost:$(PORT)/"
	@echo "make test       set up and run the tests that need only Python"
	@echo "make test-all   run all tests, also those that need a browser or Debian packages, after make check"
	@echo "make check      ruff and mypy"
	@echo "make format     let ruff mend and format the code"
	@echo "make clean      remove what was set up"
	@echo "Variables: PORT=8080 (serve), PYTHON=python3.12 (the Python that .venv is made with)"

serve: $(INSTALLED)
	@exec $(BIN)/hanke-lod serve --port $(PORT)

test: $(INSTALLED_DEV)
	@echo "Tests that need a browser or Debian packages are left out: make test-all"
	@$(BIN)/pytest -n auto --dist worksteal -m "not browser and not system"

test-all: check
	@$(BIN)/pytest

check: $(INSTALLED_DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(INSTALLED_DEV)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv and pip are needed (Debian: apt install python3-venv)." >&2; exit 2; }

$(INSTALLED): pyproject.toml | $(BIN)/python
	@echo "Setting up (once) ..."
	@$(PIP) install --editable .
	@touch $@

$(INSTALLED_DEV): pyproject.toml | $(BIN)/python
	@echo "Setting up with the tools for tests (once) ..."
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(INSTALLED)
