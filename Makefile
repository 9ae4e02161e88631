# Every target works in a fresh clone on Debian 12 with Python 3.11, and again when it is run a second time.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help demo test lint bench setup setup-dev libraries chromium judges scanner webserver catalogues messages \
	lint-format lint-code lint-types lint-imports lint-templates lint-migrations lint-deploy lint-house

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
export PYTHON PORT
# Images set this, and then every worker of the tests, and every process that they start, compiles all it imports again.
unexport PYTHONDONTWRITEBYTECODE

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: setup ## Serve the portal with demonstration data at 127.0.0.1:8000 (PORT=… for another)
	@scripts/demo

test: setup-dev chromium judges scanner webserver ## Run every test, on SQLite and, where it answers, on PostgreSQL
	@scripts/test $(ARGS)

lint: setup-dev ## Check format, code, types, arrows, templates, migrations and settings
	@$(MAKE) --keep-going --jobs=2 --output-sync lint-types lint-house lint-format lint-code lint-imports lint-templates \
		lint-migrations lint-deploy

bench: setup-dev ## Measure against bare equivalents, and print ratios
	@for file in bench/measure_*.py; do $(BIN)/python -m "bench.$$(basename "$$file" .py)"; done

messages: setup-dev ## Gather the texts into locale/*.po and compile them
	@scripts/need-debian gettext
	@$(BIN)/python manage.py makemessages --locale en --no-location --no-wrap --no-obsolete --ignore .venv --ignore var --ignore tests
	@$(MAKE) catalogues

setup: libraries ## Make .venv and install what the portal needs
	@scripts/make-venv requirements.lock
	@$(MAKE) catalogues

setup-dev: libraries
	@scripts/make-venv requirements-dev.lock
	@$(MAKE) catalogues

libraries:
	@scripts/need-debian $(LIBRARIES)
	@scripts/need-debian gettext || echo "!! Without gettext the portal speaks Spanish only." >&2

# Compiled catalogues are not kept in git: each is made when its source is newer.
catalogues:
	@for source in locale/*/LC_MESSAGES/*.po; do \
		if [ -e "$$source" ] && [ "$$source" -nt "$${source%.po}.mo" ] && command -v msgfmt >/dev/null; then \
			msgfmt --check --output-file "$${source%.po}.mo" "$$source"; \
		fi; \
	done

chromium:
	@command -v chromium >/dev/null || scripts/need-debian chromium \
		|| echo "!! SKIPPED: the browser tests, for want of Chromium." >&2

# Programs that are not ours judge the certificates: poppler reads the signature, qpdf the structure.
judges:
	@scripts/need-debian poppler-utils qpdf \
		|| echo "!! SKIPPED: the tests that ask pdfsig, pdftoppm and qpdf." >&2

# ClamAV's own daemon answers the tests, with one rule of theirs: no signatures are fetched.
scanner:
	@command -v clamd >/dev/null || scripts/need-debian clamav-daemon \
		|| echo "!! SKIPPED: the tests that ask ClamAV." >&2

# nginx sends files in the tests as deploy/ has it, on ports of theirs: where Debian also starts it, nothing asks that one.
webserver:
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || scripts/need-debian nginx-light \
		|| echo "!! SKIPPED: the tests that ask nginx." >&2

lint-format:
	@$(BIN)/ruff format --check .

lint-code:
	@$(BIN)/ruff check .

lint-types:
	@$(BIN)/mypy

lint-imports:
	@$(BIN)/lint-imports

lint-templates:
	@$(BIN)/djlint --lint --quiet templates

lint-migrations:
	@folder=$$(mktemp -d); trap 'rm -r "$$folder"' EXIT; \
		VAR_DIR="$$folder" $(BIN)/python manage.py makemigrations --check --dry-run

# The settings of production, with a key of the moment: no warning is let through.
lint-deploy:
	@folder=$$(mktemp -d); trap 'rm -r "$$folder"' EXIT; \
		env -u DEMO -u DEBUG VAR_DIR="$$folder" SITE_URL=https://constancia.example MAIL_BACKEND=smtp \
		TASKS_BACKEND=database $(BIN)/python -W error manage.py check --deploy --fail-level WARNING

lint-house:
	@$(BIN)/python -m pytest -q tests/house
