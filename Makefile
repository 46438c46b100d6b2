# make clean is the product: it cleans SRC into OUT. What removes things that were built is `make distclean`.
SRC ?= seeds
OUT ?= out
JOBS ?= 1
BASE ?= main
CORPUS ?= seeds
PYTHON ?= python3
FIGURES ?= build/figures.json
EXTRA ?=
SHARED ?= ../shared
BIN := .venv/bin

.PHONY: help clean test review rule-pages lint fix bench train train-spam crossval table distclean
.DEFAULT_GOAL := help

help:
	@echo "make clean [SRC=seeds OUT=out JOBS=1] clean the documents in SRC into OUT"
	@echo "make test [ARGS=...] [ADAPTERS=1]  run the tests; with ADAPTERS=1 those that need other frameworks too (1 GB)"
	@echo "make review [BASE=main CORPUS=seeds]  what the rules here do otherwise than those of BASE: out/review.html"
	@echo "make rule-pages [CORPUS=...]    write docs/rules/ anew, with hit rates where a corpus is named"
	@echo "make lint                       check style and types"
	@echo "make fix                        mend what the linter can mend"
	@echo "make bench                      measure speed and quality on this machine"
	@echo "make train CORPUS=... [EXTRA=...]  train the spam score and the layout models anew, with more pages in EXTRA"
	@echo "make train-spam CORPUS=...      train the spam score alone"
	@echo "make crossval CORPUS=... SCORE=... train without each fold of sites, and score that fold"
	@echo "make table SHARED=...           write bench/peers.md and .svg from the figures of crossval and of other tools"
	@echo "make distclean                  remove the virtual environment, caches and what was built"

clean: .venv/.run
	@$(BIN)/siftline clean $(SRC) -o $(OUT) --jobs $(JOBS); status=$$?; \
	if [ $$status -eq 1 ]; then echo "some documents were rejected: see $(OUT)/rejects.jsonl"; fi; exit $$status

test: .venv/.dev $(if $(ADAPTERS),.venv/.adapters)
	$(BIN)/python -m pytest -n 2 $(ARGS)

review: .venv/.run
	$(BIN)/siftline review $(BASE) --corpus $(CORPUS) --to html -o $(OUT)/review.html

rule-pages: .venv/.run
	$(BIN)/siftline rules pages $(if $(filter command line,$(origin CORPUS)),--corpus $(CORPUS))

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.dev
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/repair.py

train: .venv/.train
	$(BIN)/python -m siftline.training $(CORPUS) --out pipeline/siftline/models --extra $(EXTRA)

train-spam: .venv/.train
	$(BIN)/python -m siftline.training $(CORPUS) --out pipeline/siftline/models --spam

crossval: .venv/.train
	$(BIN)/python -m siftline.training $(CORPUS) --out build/folds --folds --extra $(EXTRA)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python bench/crossval.py build/folds $(SCORE) $(TASKS) --json $(FIGURES)

table: .venv/.run
	$(BIN)/python bench/table.py $(SHARED)/bench/peers.json $(FIGURES)

distclean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment: what a run needs, then what the tests need on top. A stamp is written last, so that an
# interrupted installation is made anew.
.venv/.run: pyproject.toml constraints.txt
	@test -f $@ || rm -rf .venv
	@test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q pipeline  # where Python may not write bytecode, each start would compile anew: 0.13 s
	@touch $@

.venv/.dev: .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

.venv/.adapters: .venv/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev,adapters]"
	@touch $@

.venv/.train: .venv/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[train]"
	@touch $@
