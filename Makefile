PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
YARDSTICKS := .venv-bench

# As root on Debian what is missing is fetched; anybody else is told what to install.
APT := test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends >/dev/null

.DEFAULT_GOAL := help
.PHONY: help run test check format lock chaos bench vectors clean browser

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Discuss needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(APT) python3-venv; } || { echo "Python cannot make an environment here. On Debian: apt install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(STAMP)  ## Start everything on this machine, with a demo site
	@exec $(BIN)/discuss up

# The shell is Chromium without its own window, and does with half of the processor's time. Chromium will do.
browser:
	@command -v chromium-headless-shell >/dev/null || { echo "Installing Chromium for the browser tests ..."; $(APT) chromium-headless-shell fonts-liberation; } || command -v chromium >/dev/null || { $(APT) chromium fonts-liberation; } || { echo "The browser tests need Chromium. On Debian: apt install chromium-headless-shell"; exit 1; }

test: $(STAMP) browser  ## Run every test
	$(BIN)/python -m pytest -n logical --maxprocesses 8

check: $(STAMP)  ## Linters, types and import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(STAMP)  ## Format the code and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

chaos: $(STAMP)  ## The longer fault runs
	DISCUSS_CHAOS_SECONDS=60 $(BIN)/python -m pytest tests/chaos

# hatesonar insists on the locale en_US.UTF-8, which a plain Debian lacks: it gets one of its own.
$(YARDSTICKS)/.installed: bench/requirements.txt | $(STAMP)
	@test -x $(YARDSTICKS)/bin/python || $(PYTHON) -m venv $(YARDSTICKS)
	@echo "Setting up $(YARDSTICKS) for the packages to compare with (a minute the first time) ..."
	@$(YARDSTICKS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.txt
	@mkdir -p $(YARDSTICKS)/locale
	@locale -a | grep -qi '^en_US.utf-\?8' || test -e /usr/share/i18n/locales/en_US || { $(APT) locales; } || true
	@locale -a | grep -qi '^en_US.utf-\?8' || localedef -i en_US -f UTF-8 $(YARDSTICKS)/locale/en_US.UTF-8 || echo "hatesonar will not start: it needs the locale en_US.UTF-8. On Debian: apt install locales"
	@touch $@

# wrk makes the load, nginx is a yardstick. nginx is unpacked only: installed, Debian would start it.
$(YARDSTICKS)/.load:
	@mkdir -p $(YARDSTICKS)
	@command -v wrk >/dev/null || { $(APT) wrk; } || echo "No rates of the feed will be measured: they take wrk. On Debian: apt install wrk"
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || { cd $(YARDSTICKS) && apt-get download -qq nginx 2>/dev/null && dpkg -x nginx_*.deb nginx; } || echo "nginx is missing as a yardstick. On Debian: apt install nginx-light"
	@touch $@

BENCHES := $(or $(PART),feed classifier)
FETCHED := $(if $(filter feed,$(BENCHES)),$(YARDSTICKS)/.load) $(if $(filter classifier larger,$(BENCHES)),$(YARDSTICKS)/.installed)
bench: $(STAMP) $(FETCHED)  ## Measure the feed and the classifier next to others (PART=feed, PART=classifier, PART=larger, PART=moderation, PART=moderator)
	@$(if $(filter feed,$(BENCHES)),$(BIN)/python -m bench feed $(if $(QUICK),--quick) $(if $(PAIRS),--pairs $(PAIRS)) $(if $(SECONDS),--seconds $(SECONDS)) $(addprefix --only ,$(ONLY)))
	@$(if $(filter classifier,$(BENCHES)),$(BIN)/python -m bench classifier $(if $(DATA),--data "$(DATA)") $(if $(PLAIN),--plain $(PLAIN)) $(if $(ROUNDS),--rounds $(ROUNDS)))
	@$(if $(filter larger,$(BENCHES)),$(BIN)/python -m bench larger --data "$(DATA)")
	@$(if $(filter moderation,$(BENCHES)),$(BIN)/python -m bench moderation $(if $(QUICK),--quick) $(if $(COMMENTS),--comments $(COMMENTS)) $(if $(EACH),--each $(EACH)) $(if $(KEEP),--keep "$(KEEP)"))
	@$(if $(filter moderator,$(BENCHES)),$(BIN)/python -m bench moderator --data "$(DATA)" $(if $(SIZE),--size $(SIZE)))

vectors: $(STAMP) $(YARDSTICKS)/.installed  ## Make what a larger model teaches with (DATA=folder OUT=vectors.npz)
	@$(BIN)/python -m bench vectors --data "$(DATA)" --out "$(OUT)"

lock: $(STAMP)  ## Pin the newest versions, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header bench/requirements.in -o bench/requirements.txt

clean:  ## Remove the environment and caches (not the data)
	rm -rf .venv $(YARDSTICKS) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
