# Every task of the project. `make` alone lists them.

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
# Which Python makes the environment; empty means the newest fit one found. Example: make setup PYTHON=python3.12
PYTHON ?=
CANDIDATES := $(or $(PYTHON),python3.14 python3.13 python3.12 python3.11 python3)
# How many tests run side by side.
JOBS ?= 2

.PHONY: help setup demo test check proofread bench soak pins
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/ready-run ## makes .venv with the pinned dependencies and the program copain

demo: $(VENV)/ready-run ## starts a ready-made community in the terminal
	@$(BIN)/copain demo

# Every test has a database of its own, and each commit waits for the disk: where memory can hold
# them (2 GB of /dev/shm), the suite takes half the time. Crash tests kill processes, not machines.
# Many tests start the program: they may keep its compiled files.
test: $(VENV)/ready-test ## runs the whole test suite (at most 10 minutes)
	@echo "test: every test, $(JOBS) at a time"
	@free=$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $$4}'); \
	if [ -w /dev/shm ] && [ "$${free:-0}" -gt 2000000 ]; then \
	  folder=$$(mktemp -d /dev/shm/copain-XXXXXX); else folder=$$(mktemp -d); fi; \
	trap 'rm -rf "$$folder"' EXIT INT TERM; \
	TMPDIR=$$folder PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

check: $(VENV)/ready-test ## format, lint, types and who may import whom
	@echo "check: format"
	@$(BIN)/ruff format --check .
	@echo "check: lint"
	@$(BIN)/ruff check .
	@echo "check: types"
	@$(BIN)/mypy
	@echo "check: imports between folders"
	@$(BIN)/lint-imports --no-logo

proofread: $(VENV)/ready-test ## Grammalecte reads every French text
	@$(BIN)/python -m tests.proofread

bench: $(VENV)/ready-test ## prints measurements
	@$(BIN)/python -m tests.bench

# Those whose examples are whole conversations keep their own, smaller numbers.
PROPERTIES = $(shell grep -rl '^from hypothesis' tests/bot tests/commands)
soak: $(VENV)/ready-test ## long crash and property runs, each bounded in count
	@echo "soak: every line of the month killed at a drawn moment; this takes a while"
	@$(BIN)/python -m pytest -m soak -n $(JOBS)
	@echo "soak: the property tests, with thousands of examples each"
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --hypothesis-profile soak $(PROPERTIES)

pins: ## renews requirements*.txt from pyproject.toml (needs uv)
	@test -n "$(UV)" || { echo "make pins needs uv: pip install uv" >&2; exit 1; }
	@$(PIN) --upgrade --group build -o requirements.txt
	@$(PIN) --upgrade --group build --group test -c requirements.txt -o requirements-test.txt

PIN := uv pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 \
  --no-header --no-emit-index-url --no-emit-find-links

# --- The environment. A stamp is newer than what it was made from, so that nothing is done twice. ---

# An environment that uv made has no pip in it until it is asked for.
ifneq ($(UV),)
INSTALLER := true
INSTALL := uv pip install --quiet --python $(BIN)/python
else
INSTALLER := $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

$(VENV)/ready-run: requirements.txt pyproject.toml $(VENV)/pyvenv.cfg
	@$(INSTALLER)
	@echo "setup: the pinned dependencies"
	@$(INSTALL) --require-hashes -r requirements.txt
	@echo "setup: the program, at $(BIN)/copain"
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-test: requirements-test.txt $(VENV)/ready-run
	@echo "setup: the test tools"
	@$(INSTALL) --require-hashes -r requirements-test.txt
	@touch $@

# An environment whose Python was removed from the machine is made again.
_ := $(shell test -x $(BIN)/python || rm -rf $(VENV))

# A name may stand on the PATH and still not run, so each candidate is tried.
$(VENV)/pyvenv.cfg:
	@for name in $(CANDIDATES); do \
	  if "$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
	    >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "setup: no Python 3.11 to 3.14 among: $(CANDIDATES). Get one:" \
	    "sudo apt install python3 python3-venv, or brew install python, or see python.org" >&2; exit 1; \
	fi; \
	if [ -z "$(UV)" ] && ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "setup: this Python cannot make environments. Get the rest of it:" \
	    "sudo apt install python3-venv (or install uv)" >&2; exit 1; \
	fi; \
	echo "setup: $(VENV) with $$("$$python" --version)"; \
	if [ -n "$(UV)" ]; then \
	  uv venv --quiet --python "$$("$$python" -c 'import sys; print(sys.executable)')" $(VENV); \
	else \
	  "$$python" -m venv $(VENV); \
	fi
