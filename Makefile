# One command per wish; the only prerequisites are Python 3.11 and make.
PYTHON ?= python3.11
VENV := .venv
WORKERS ?= 2
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes
BASE_STAMP := $(VENV)/.base-$(shell cksum < requirements/base.lock | tr ' ' '-')
DEV_STAMP := $(VENV)/.dev-$(shell cksum < requirements/dev.lock | tr ' ' '-')
COMPILE = $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock"

.PHONY: run test pages lint format bench lock clean

run: $(BASE_STAMP)
	@exec $(BIN)/python -m hexclave_app.cli up

test: pages
	@$(BIN)/pytest --numprocesses $(WORKERS) --dist loadgroup $(ARGS)

pages: $(DEV_STAMP)
	@$(BIN)/python -m hexclave_app.frontend

lint: $(DEV_STAMP)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python tools/check_limits.py
	@$(BIN)/python tools/check_locks.py

format: $(DEV_STAMP)
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: $(DEV_STAMP)
	@$(BIN)/python -m benchmarks $(ARGS)

lock: $(DEV_STAMP)
	$(COMPILE) requirements/base.in -o requirements/base.lock
	$(COMPILE) requirements/dev.in -o requirements/dev.lock
	$(BIN)/python -m hexclave_app.frontend --relock

clean:
	rm -rf $(VENV) .web .build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(BIN)/python:
	@echo "Creating the virtual environment ..."
	@$(PYTHON) -m venv $(VENV)

$(BASE_STAMP): | $(BIN)/python
	@echo "Installing the locked packages ..."
	@$(INSTALL) -r requirements/base.lock
	@rm -f $(VENV)/.base-* && touch $@

# dev.lock contains everything of base.lock.
$(DEV_STAMP): | $(BIN)/python
	@echo "Installing the locked packages for development ..."
	@$(INSTALL) -r requirements/dev.lock
	@rm -f $(VENV)/.dev-* $(VENV)/.base-* && touch $@ $(BASE_STAMP)
