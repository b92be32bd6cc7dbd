# Needs Python 3.11 or newer and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: run test lint check screenshots bench hil appliance-test clean

run: $(VENV)/.run
	@$(BIN)/matside run --hardware mock --open $(ARGS)

test: $(VENV)/.test
	$(BIN)/pytest $(ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint
	$(BIN)/pytest --cov --cov-fail-under=100 $(ARGS)

screenshots: $(VENV)/.test
	$(BIN)/python -m tests.browser.screenshots screenshots $(ARGS)

bench: $(VENV)/.test
	$(BIN)/python -m bench $(ARGS)

hil:
	tests/hil/run $(ARGS)

appliance-test:
	tests/appliance/run $(ARGS)

$(VENV)/.run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Matside needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name one: make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Matside into $(VENV) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info screenshots bench/results
