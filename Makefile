# make grade [SUBMISSIONS=folder] [OUT=folder]   grade documents, reports into OUT
# make test                                      lint, types and tests
# Both set up .venv first when pyproject.toml or constraints.txt changed.

PYTHON ?= python3
SUBMISSIONS ?= samples
OUT ?= reports

BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup grade test lint clean

grade: setup
	@$(BIN)/grader grade --out "$(OUT)" -- "$(SUBMISSIONS)" || [ $$? -eq 1 ]  # 1: some have no score; the table says why

test: lint
	@$(BIN)/python -m pytest

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/mypy

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("grader needs Python 3.11 or newer: make PYTHON=python3.12")'
	@echo "Setting up .venv: the first time this takes some minutes."
	@$(PYTHON) -m venv .venv
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
