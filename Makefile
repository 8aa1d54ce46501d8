.DEFAULT_GOAL := help
.PHONY: help setup browser nginx run train test fuzz bench check format nlu-report clean

export RASA_TELEMETRY_ENABLED = false
export SQLALCHEMY_SILENCE_UBER_WARNING = 1
export TF_CPP_MIN_LOG_LEVEL = 3

BIN := .venv/bin
SOURCES := actions bot rasa_sdk_plugins tests scripts benchmarks

help: ## Show these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 - /p' $(MAKEFILE_LIST) | awk -F ' - ' '{printf "make %-12s %s\n", $$1, $$2}'

setup: ## Install what uv.lock names into .venv (the others do it by themselves)
	@sh scripts/bootstrap.sh

run: setup ## Start the assistant and print its address; Ctrl-C stops it
	@$(BIN)/iec up

train: setup ## Train the model if anything it is made of has changed
	@$(BIN)/iec train

test: setup $(if $(wildcard tests/browser),browser) nginx train ## Run every layer of tests
	@$(BIN)/pytest

fuzz: setup train ## Send 10,000 odd requests to every public address, others at each run
	@FUZZ_REQUESTS=10000 $(BIN)/pytest -s tests/faults/test_fuzz.py

bench: setup train ## Measure a turn beside stock Rasa's; takes minutes
	@$(BIN)/python -m benchmarks.turns

check: setup ## Lint, format, types, import directions and drift; takes seconds
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/pytest --quiet tests/project

format: setup ## Put the code into the one format
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

nlu-report: setup ## Measure the understanding side by side and write docs/nlu.md; takes an hour
	@PYTHONPATH=. $(BIN)/python -m benchmarks.nlu_report

browser:
	@sh scripts/install_package.sh chromium "the browser test" chromium chromium-browser google-chrome

nginx:
	@sh scripts/install_package.sh nginx "the test of deploy/nginx.conf" nginx

clean: ## Remove everything that can be made again, but no data (var/)
	rm -rf .venv .bootstrap .rasa models results .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find actions bot tests -name __pycache__ -type d -prune -exec rm -rf {} +
