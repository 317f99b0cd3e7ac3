# make install: the program in .venv, with all that a user needs. make demo: records of the development corpus.
# make test, make lint: the checks. make docs: the documentation in out/site. Each sets up what it needs.

PYTHON ?= python3
export NORNE LARGE
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt

.PHONY: install demo test lint docs bench

install: .venv/.user

demo: .venv/.base
	$(BIN)/pressextract batch corpus/dev --out out/demo

test: .venv/.dev
	$(BIN)/python -m pytest

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

docs: .venv/.dev
	$(BIN)/mkdocs build --strict

# NORNE=DIR: the folder that spaCy's and Stanza's models are trained on; without it they are left out. LARGE=1: a million words.
bench: .venv/.dev
	$(INSTALL) --editable '.[bench]'
	mkdir -p out
	$(BIN)/python -m pytest benchmarks -rs --benchmark-json out/benchmarks.json
	$(BIN)/python benchmarks/report.py out/benchmarks.json
	$(BIN)/python benchmarks/matchers.py

.venv/.base: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable .
	touch $@

.venv/.user: .venv/.base
	$(INSTALL) --editable '.[duckdb,readers]'
	touch $@

.venv/.dev: .venv/.base
	$(INSTALL) --editable '.[dev,docs,duckdb,parquet,ray,readers,stanza,train]'
	touch $@
