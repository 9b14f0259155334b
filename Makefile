# `make` compiles content/ and serves it; `make test` runs everything that CI runs.
.DEFAULT_GOAL := serve
.PHONY: help setup serve check lint types content test docs screenshots bench update clean

PYTHON ?= python3
BIN := .venv/bin
PROGRESS := @sh ci/progress.sh
PIP := $(BIN)/python -m pip --disable-pip-version-check
WORKERS ?= 2

# Tests start `ost` hundreds of times: it is compiled once, as where it is installed.
unexport PYTHONDONTWRITEBYTECODE

# Print what each target does.
help:
	@awk '/^# /{text=substr($$0,3)} /^[a-z]+:/{split($$1,name,":"); printf "  %-12s %s\n",name[1],text}' $(MAKEFILE_LIST)

# Serve content/ in Datasette on a free port and follow edits.
serve: .venv/installed
	@$(BIN)/ost serve content

# Create .venv with everything needed to work on the code.
setup: .venv/developed

# Judge code and content without running the tests.
check: lint types content

# Check style and formatting.
lint: .venv/developed
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

# Check types.
types: .venv/developed
	$(PROGRESS) "checking types" $(BIN)/mypy

# Judge the worked example.
content: .venv/developed
	@$(BIN)/ost check content

# Run everything that CI runs: the checks above, shown in the end, beside every test, browser included.
test: .venv/developed
	@output=$$(mktemp); $(MAKE) --no-print-directory --keep-going check >$$output 2>&1 & checking=$$!; \
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term:skip-covered; tested=$$?; \
	wait $$checking; checked=$$?; cat $$output; rm $$output; exit $$((checked + tested))

# Rebuild the generated pages.
docs: .venv/developed
	$(PROGRESS) "writing the generated pages" $(BIN)/python -m docs.generate

# Retake the pictures in docs/images.
screenshots: .venv/developed
	$(PROGRESS) "taking pictures" $(BIN)/python -m docs.screenshots

# Measure speed on a generated corpus.
bench: .venv/developed
	@$(BIN)/python -m benchmarks

# Upgrade to the newest releases and record them.
update: .venv/developed
	$(PROGRESS) "upgrading" $(PIP) install -qq --upgrade --upgrade-strategy eager --editable . --group dev
	@(echo '# The releases that the tests last passed with; `make update` writes this.'; $(PIP) freeze --exclude-editable) > constraints.txt

# Delete .venv and the builds.
clean:
	@rm -rf .venv build dist

.venv/installed: pyproject.toml constraints.txt
	$(PROGRESS) "creating .venv" $(PYTHON) -m venv .venv
	$(PROGRESS) "installing pip" $(PIP) install -qq --upgrade 'pip>=25.1'
	$(PROGRESS) "installing what ost needs" $(PIP) install -qq --constraint constraints.txt --editable .
	@touch $@

.venv/developed: .venv/installed
	$(PROGRESS) "installing what the tests need" $(PIP) install -qq --constraint constraints.txt --group dev
	@touch $@
