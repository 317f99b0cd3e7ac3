# make demo: records of the development corpus. make test, make lint: the checks. Each sets up what it needs.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt

.PHONY: demo test lint bench

demo: .venv/.base
	$(BIN)/pressextract batch corpus/dev --out out/demo

test: .venv/.dev
	$(BIN)/python -m pytest

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/.dev
	$(INSTALL) --editable '.[bench]'
	$(BIN)/python -m pytest benchmarks
	$(BIN)/python benchmarks/matchers.py

.venv/.base: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable .
	touch $@

.venv/.dev: .venv/.base
	$(INSTALL) --editable '.[dev,docs,duckdb,parquet,ray,readers,stanza,train]'
	touch $@
