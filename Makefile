# Needs Python 3.11 or newer and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
# How many processes run tests side by side: `make test WORKERS=0` runs them one after the other.
WORKERS ?= auto
# The machines and the versions of Python that packages are built for. Python is 3.11 on Bookworm
# and 3.13 on Trixie, both of Raspberry Pi OS and of Debian.
ARCHITECTURES ?= arm64 amd64
PYTHONS ?= 3.11 3.13

.PHONY: run test quick hooks test-trixie test-arm64 lint check screenshots figures language-sheets staff-pictures bench fleet-test fleet-bench hil appliance-test
.PHONY: wheels deb clean

run: $(VENV)/.run
	@$(BIN)/matside run --hardware mock --open $(ARGS)

test: $(VENV)/.test
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

# All tests but those that need a browser or start processes: fast enough to run after each change.
quick: $(VENV)/.test
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not browser and not process" $(ARGS)

test-trixie:
	@$(PYTHON) -m tests.systems.trixie $(ARGS)

test-arm64:
	@$(PYTHON) -m tests.systems.arm64 $(ARGS)

# Run this once in a working copy: git then runs lint before each commit and quick tests before each
# push.
hooks: $(VENV)/.test
	$(BIN)/pre-commit install

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint
	$(BIN)/pytest --cov --cov-fail-under=100 $(ARGS)

screenshots: $(VENV)/.test
	$(BIN)/python -m tests.browser.screenshots screenshots $(ARGS)

# Draws the picture of all routines and sides in docs/figures.png anew.
figures: $(VENV)/.test
	$(BIN)/python -m tests.browser.contact_sheet docs/figures.png

# Draws every screen of every language, to be looked at (a language's code in ARGS for one alone).
language-sheets: $(VENV)/.test
	$(BIN)/python -m tests.browser.language_sheets screenshots/languages $(ARGS)

# Draws the pictures of the staff area in docs anew.
staff-pictures: $(VENV)/.test
	$(BIN)/python -m tests.browser.staff_pictures docs

bench: $(VENV)/.test
	$(BIN)/python -m bench $(ARGS)

# A station, a real broker and a real Home Assistant, on Debian Trixie.
fleet-test:
	@$(PYTHON) -m tests.systems.home_assistant $(ARGS)

# A day of many stations at one broker, at speed; ARGS="50 100 200 500" says how many.
fleet-bench: $(VENV)/.test
	$(BIN)/python -m bench.fleet_day $(ARGS)

hil:
	tests/hil/run $(ARGS)

appliance-test:
	tests/appliance/run $(ARGS)

# Collects all Python packages that install.sh needs on a machine without a network.
wheels: $(VENV)/.run
	@rm -rf wheels
	@for arch in $(ARCHITECTURES); do PIP="$(BIN)/python -m pip" packaging/wheels wheels $$arch $(PYTHONS) || exit; done

deb: wheels
	@for arch in $(ARCHITECTURES); do packaging/deb wheels $$arch dist || exit; done

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
	rm -rf $(VENV) build dist wheels *.egg-info screenshots bench/results
