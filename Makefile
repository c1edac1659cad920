# `make` builds the deck, `make test` runs every check; both set up .venv by themselves.
# Another Python beside it: make suite PYTHON=python3.13 VENV=.venv/3.13
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
# Wheels only: to build one, pip would fetch tools of the day, without a hash.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
  --only-binary=:all:

.PHONY: build check test lint suite test-anki-matrix bench slow lint-bench schedule fuzz torture audit requirements house clean mutants

build: $(VENV)/built
	$(BIN)/deckwright build

check: $(VENV)/built
	$(BIN)/deckwright check

test: lint suite

lint: $(VENV)/tested
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

suite: $(VENV)/tested
	$(BIN)/python -m pytest

# The table of edits in older Ankis too, each in a venv of its own.
test-anki-matrix: $(VENV)/tested
	$(BIN)/python tests/matrix.py

# How fast, against the usual way, other tools and the limit: twenty minutes, or
# `make bench SIZES="100 1000"`; real decks: make bench DECKS="FOLDER …".
bench: $(VENV)/tested
	PYTHONPATH=tests/helpers:tests $(BIN)/python tests/bench/run.py $(SIZES) $(if $(DECKS),--decks $(DECKS))

# What the worst of each kind of input takes, up to the limits: half an hour, or `make slow ONLY=SVG`.
slow: $(VENV)/tested
	PYTHONPATH=tests/helpers $(BIN)/python tests/bench/slow_inputs.py $(ONLY)

# How sure each rule is, on the labelled cards of tests/lint; on others: make lint-bench DATA=FOLDER.
lint-bench: $(VENV)/tested
	PYTHONPATH=tests/helpers $(BIN)/python tests/lint/bench.py $(if $(DATA),--data $(DATA)) $(if $(PUBLISH),--publish)

# Every button of the learner's page against Anki's engine: a quarter of an hour.
schedule: $(VENV)/tested
	PYTHONPATH=tests/helpers $(BIN)/python tests/site/test_schedule.py $(or $(HISTORIES),10000) $(or $(SEED),1)

# Hostile bytes for whatever reads, guided by coverage; then kills, full disks, builds at once.
fuzz: $(VENV)/tested
	$(PIP) -r .requirements/fuzz.txt
	for target in read render unpack_bytes unpack_patched ledger_text; do \
	  PYTHONPATH=tests/helpers:tests/fuzz $(BIN)/python tests/fuzz/fuzz.py $$target $(or $(RUNS),25000) || exit 1; \
	done

# Breaks the code and asks whether a test notices: hours for all of it, so `make mutants SAMPLE=50`,
# or `make mutants CHANGED=origin/main` for what a change touches. All but yattag, which has no wheel
# and only makes reports.
mutants: $(VENV)/tested
	$(PIP) -r .requirements/mutants.txt --no-deps
	$(BIN)/python tests/mutants.py --sample $(or $(SAMPLE),0) --seed $(or $(SEED),0) \
	  --changed '$(CHANGED)' $(WINGS)

torture: $(VENV)/tested
	PYTHONPATH=tests/helpers $(BIN)/python tests/faults.py kills 200
	PYTHONPATH=tests/helpers $(BIN)/python tests/faults.py faults
	PYTHONPATH=tests/helpers $(BIN)/python tests/faults.py pairs 50

# The map of the house: modules, lines, who imports whom.
house: $(VENV)/made
	$(BIN)/python tests/house.py

# Pins against old advisories, and every package with its licence.
audit: $(VENV)/tested
	$(BIN)/python tests/audit.py

# Versions and hashes of everything, from pyproject.toml.
requirements: $(VENV)/tested
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-header --no-annotate --group build -o .requirements/build.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-header --no-annotate --group build --group test -c .requirements/build.txt \
	  -o .requirements/test.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-header --no-annotate --group fuzz -o .requirements/fuzz.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-header --no-annotate --group peers -o .requirements/peers.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-header --no-annotate --group mutants --no-emit-package yattag -c .requirements/test.txt \
	  -o .requirements/mutants.txt
	for anki in 2.1.54 2.1.66 23.10.1 24.6.3 25.2.7 25.9.2; do \
	  printf 'anki==%s\npytest\n' $$anki | $(BIN)/uv pip compile --quiet --universal \
	    --python-version 3.11 --generate-hashes --upgrade --no-header --no-annotate \
	    -o .requirements/anki-$$anki.txt pyproject.toml - || exit 1; \
	done

clean:
	rm -rf .venv build/*.apkg

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'deckwright needs Python 3.11 or newer: make PYTHON=/path/to/python3.11'; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	touch $@

$(VENV)/built: $(VENV)/made .requirements/build.txt pyproject.toml
	$(PIP) -r .requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/tested: $(VENV)/built .requirements/test.txt
	$(PIP) -r .requirements/test.txt
	touch $@
