# Needs Python 3.11 or newer and make; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: ask test check format eval gate bench leaks lock clean
.DEFAULT_GOAL := test

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up .venv (once, a minute or two) ..." >&2
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# make ask Q="How do we win back a key account that went quiet?"
ask: $(READY)
	@$(BIN)/coach ask "$(Q)"

test: $(READY)
	@$(BIN)/pytest -q -n 4 --dist worksteal

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Asks the benchmark's questions and writes a page with the scores.
eval: $(READY)
	@$(BIN)/coach eval run

# Nothing goes out that loses against the committed baseline, or shows a citation that is not there.
gate: $(READY)
	@$(BIN)/coach eval run
	@$(BIN)/coach eval gate --against evals/baseline.json

# Slow measurements behind docs/measurements.md.
bench: $(READY)
	@$(BIN)/python -m tests.benchmarks

# Thousands of probes of a generated company: nobody may see what is not for them.
leaks: $(READY)
	@$(BIN)/python -m tests.leaks

# Pins every dependency with its hashes; run after changing pyproject.toml.
lock:
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet pip-tools
	@.venv-lock/bin/pip-compile --quiet --strip-extras --extra dev --generate-hashes --allow-unsafe \
	  --build-deps-for wheel --no-emit-index-url --no-emit-find-links --no-emit-options --no-header --no-annotate \
	  --output-file requirements.lock pyproject.toml
	@rm -rf .venv-lock

clean:
	@rm -rf .venv .coach build *.egg-info
