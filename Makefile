# Everything runs in .venv, which the first target that needs it creates.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
READY := .venv/ready
SUITE := .venv/json-schema-test-suite

.DEFAULT_GOAL := all
.PHONY: all install generate examples test lint fuzz hostile bench conformance accept clean help

all: generate examples ## Set up, regenerate everything and validate the examples

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; name one with make PYTHON=..." >&2; exit 2; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@echo "installing into .venv"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

install: $(READY) ## Create .venv with the tool and what its development needs

generate: $(READY) ## Make everything under generated/ from spec/
	@$(BIN)/parlance generate

# One of the examples is wrong on purpose; its findings are what is to be seen, so they do not stop make.
examples: $(READY) ## Validate spec/examples, one of which is wrong on purpose
	@$(BIN)/parlance validate spec/examples || test $$? -eq 1

# The official suite is not ours to keep a copy of; it lies in the source distribution of jsonschema.
$(SUITE): constraints.txt | $(READY)
	@echo "downloading the JSON Schema Test Suite"
	@$(BIN)/python -m tests.conformance.download
	@touch $@

test: $(READY) $(SUITE) lint ## Check generated/, types and layers, then run the tests
	@$(BIN)/parlance generate --check
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

lint: $(READY) ## ruff, mypy --strict, pyright strict, import-linter
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/pyright --warnings
	@$(BIN)/lint-imports --no-logo

fuzz: $(READY) ## Hold readers, expressions, patterns and schemas against others for MINUTES in all (20)
	@PYTHONPATH=tests $(BIN)/python -m fuzz --minutes $(or $(MINUTES),20) $(addprefix --part ,$(PART))

hostile: $(READY) ## Give every command all that may break it, and every run the worst of moments; about an hour (PART=growth)
	@$(BIN)/python -m tests.hostile $(addprefix --part ,$(PART))

bench: $(READY) ## Measure against peers, as ratios
	@$(BIN)/python -m tests.benchmarks

conformance: $(READY) $(SUITE) ## Run the JSON Schema Test Suite, by others too, and write docs/conformance.md
	@$(BIN)/python -m tests.conformance

accept: $(READY) $(SUITE) ## Take what the tool prints now as what the tests expect
	@PARLANCE_ACCEPT=1 $(BIN)/python -m pytest --numprocesses 2 || true
	@git status --short tests

clean: ## Remove .venv and caches
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
