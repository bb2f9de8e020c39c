# Everything runs in .venv, which the first target that needs it creates.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
READY := .venv/ready
FETCHED := .venv/fetched
TYPESCRIPT := .venv/typescript
SITE := .venv/site-ready

# The slowest first: two run at a time.
LINTS := lint-pyright lint-mypy lint-typescript-style lint-typescript lint-style lint-layers
# Each prints when it ends, where make can do that.
IN_PAIRS = $(MAKE) --no-print-directory --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync)

# What is compiled is kept, or each process of the tests compiles it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := all
.PHONY: all install fetched generate examples test lint $(LINTS) pythons lowest engines openapi dist installs fuzz same hostile bench browser site picture sdks folds conformance accept clean help

all: generate examples $(FETCHED) $(TYPESCRIPT) ## Set up, regenerate everything and validate the examples

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; name one with make PYTHON=..." >&2; exit 2; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@echo "installing into .venv"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-compile --constraint constraints.txt --editable ./generated/python --editable '.[dev]'
	@touch $@

install: $(READY) $(FETCHED) $(TYPESCRIPT) ## Create .venv with the tool and what its development needs

generate: $(READY) ## Make everything under generated/ from spec/
	@$(BIN)/parlance generate --output generated

# One of the examples is wrong on purpose; its findings are what is to be seen, so they do not stop make.
examples: $(READY) ## Validate spec/examples, one of which is wrong on purpose
	@$(BIN)/parlance validate spec/examples || test $$? -eq 1

# All that the tests need from the network, so that they run without one after `make`. The official suite is not ours to
# keep a copy of; it lies in the source distribution of jsonschema.
$(FETCHED): constraints.txt tests/ajv/package.json | $(READY)
	@echo "fetching what the tests need: the JSON Schema Test Suite, ajv"
	@$(BIN)/python -m tests.conformance.download
	@$(BIN)/python -m tests.agreement.ajv
	@touch $@

fetched: $(FETCHED)
	@:

# Node and npm come with pyright; without a network this is tried again the next time, and skipped until then.
$(TYPESCRIPT): tests/typescript/package.json tests/typescript/package-lock.json | $(READY)
	@echo "fetching what checks TypeScript: its compiler and a linter"
	@PYTHONPATH=tests $(BIN)/python -m typescript.tools install && touch $@ || true

test: $(READY) ## Check generated/, types and layers, then run the tests
	+@$(IN_PAIRS) $(LINTS) fetched
	@echo "generated/: is it what spec/ gives?"
	@$(BIN)/parlance generate --check
	@echo "tests: about eleven minutes on two cores"
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

lint: $(READY) ## ruff, mypy --strict, pyright strict, import-linter, tsc, typescript-eslint
	+@$(IN_PAIRS) $(LINTS)

lint-style:
	@echo "ruff: style"
	@$(BIN)/ruff check

lint-mypy:
	@echo "mypy: types"
	@$(BIN)/mypy

# V8 copies what is young and still in use whenever 16 MB are full; with 64 pyright takes a fifth less time.
LARGE_NURSERY := --max-semi-space-size=64

lint-pyright:
	@echo "pyright: types of what is shipped, once more"
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 NODE_OPTIONS=$(LARGE_NURSERY) $(BIN)/pyright --warnings

lint-layers:
	@echo "import-linter: layers"
	@$(BIN)/lint-imports --no-logo

lint-typescript: $(TYPESCRIPT)
	@echo "TypeScript: types"
	@PYTHONPATH=tests $(BIN)/python -m typescript.tools types

lint-typescript-style: $(TYPESCRIPT)
	@echo "TypeScript: style"
	@PYTHONPATH=tests $(BIN)/python -m typescript.tools style

fuzz: $(READY) $(FETCHED) ## Hold readers, expressions, patterns and schemas against others for MINUTES in all (20)
	@PYTHONPATH=tests $(BIN)/python -m fuzz --minutes $(or $(MINUTES),20) $(addprefix --part ,$(PART))

pythons: $(READY) $(FETCHED) ## Run the tests on every Python, newest dependencies (PYTHONS="python3.12 /opt/python3.13/bin/python3")
	@$(BIN)/python -m tests.environments newest $(PYTHONS)

lowest: $(READY) $(FETCHED) ## Run the tests with the lowest versions that pyproject.toml allows
	@$(BIN)/python -m tests.environments lowest $(PYTHONS)

dist: $(READY) ## Build both distributions into dist/, and check them
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist generated/python
	@$(BIN)/python -m build --no-isolation --outdir dist .
	@$(BIN)/python -m twine check --strict dist/*
	@$(BIN)/check-wheel-contents dist/*.whl

installs: dist ## Install what dist/ holds on every Python, lowest and newest dependencies, and use it
	@$(BIN)/python -m tests.environments installs $(PYTHONS)

engines: $(READY) ## Install Spark and Ray, 1.5 GB, into .venvs/engines, and run columns under them
	@PYTHONPATH=tests $(BIN)/python -m engines

openapi: $(READY) ## Install openapi-core into .venvs/openapi-core, and hold bundles of imported documents against it
	@PYTHONPATH=tests $(BIN)/python -m openapi_core_reader

same: $(READY) ## Compare every verdict with what the generated package of COMMIT says (HEAD); MUTANTS in all (100000)
	@PYTHONPATH=tests $(BIN)/python -m same $(or $(COMMIT),HEAD) --mutants $(or $(MUTANTS),100000)

hostile: $(READY) ## Give every command all that may break it, and every run the worst of moments; about an hour (PART=growth)
	@$(BIN)/python -m tests.hostile $(addprefix --part ,$(PART))

bench: $(READY) ## Measure against peers, as ratios
	@PYTHONPATH=tests $(BIN)/python -m tests.benchmarks

browser: $(READY) $(TYPESCRIPT) ## Check ten payloads with the npm package in headless Chromium, and try the playground
	@PYTHONPATH=tests $(BIN)/python -m typescript.browser
	@PYTHONPATH=tests:. $(BIN)/python -m typescript.playground

# Zensical is for the site alone: nothing else needs it.
$(SITE): pyproject.toml constraints.txt | $(READY)
	@echo "installing what makes the site"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[site]'
	@touch $@

site: $(READY) $(TYPESCRIPT) $(SITE) ## Make a site of docs/, spec/ and generated/, with a playground, in site/
	@PYTHONPATH=tests:. $(BIN)/python -m website.build

picture: $(READY) ## Draw the terminal of README
	@$(BIN)/python -m website.terminal_picture

sdks: $(READY) $(TYPESCRIPT) ## Try the recipes for openai-node and the AI SDK with the SDKs from npm
	@PYTHONPATH=tests $(BIN)/python -m typescript.sdks

folds: $(READY) ## Ask openai-python and LiteLLM what chunks of many shapes come to, and write tests/cases/folds.yaml
	@PYTHONPATH=tests $(BIN)/python -m folds

conformance: $(READY) $(FETCHED) ## Run the JSON Schema Test Suite, by others too, and write docs/conformance.md
	@$(BIN)/python -m tests.conformance

accept: $(READY) $(FETCHED) ## Take what the tool prints now as what the tests expect
	@PARLANCE_ACCEPT=1 $(BIN)/python -m pytest --numprocesses 2 || true
	@git status --short tests

clean: ## Remove .venv and caches
	@rm -rf site .venv .venvs .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
