PYTHON ?= python3
PORT ?= 8000
SIZE ?= 10000
BIN := .venv/bin
export PORT

.PHONY: help setup run test test-sqlite test-postgres lint bench

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/.base: requirements/base.txt
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/base.txt
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

setup: .venv/.base .venv/.dev ## Make the environment with everything for working on the code

run: .venv/.base ## Start the tracker on http://127.0.0.1:8000 (PORT= for another port)
	@HTTPS=off $(BIN)/python manage.py start --port $(PORT)

lint: setup ## Check style, types, imports, templates and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git ls-files 'templates/*.html' | xargs -r $(BIN)/djade --check --target-version 5.2
	HTTPS=off $(BIN)/python manage.py makemigrations --check --dry-run

test-sqlite: setup ## Run the tests on SQLite
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-postgres: setup ## Run the tests on a PostgreSQL started for them
	$(BIN)/python -m tests.postgres -n 2 --dist worksteal

test: test-sqlite test-postgres ## Run the whole suite on SQLite and on PostgreSQL

var/bench/venv/.made: requirements/base.txt requirements/bench.txt
	@$(PYTHON) -m venv var/bench/venv
	@var/bench/venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/bench.txt
	@touch $@

bench: var/bench/venv/.made ## Measure search beside others on both databases (SIZE= policies)
	@var/bench/venv/bin/python -m bench.run --engine both --size $(SIZE)
	@var/bench/venv/bin/python -m bench.report
