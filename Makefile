# Two commands do all the set-up: `make demo` and `make test`.
# PYTHON may name another interpreter: make demo PYTHON=python3.13

PYTHON ?= python3
VENV   ?= .venv
SERVE  ?= 1
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test test-long lint docs bench screenshots system clean

$(VENV)/.core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(VENV)/.core
	$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@

demo: $(VENV)/.core
	$(BIN)/tmjkit demo $(if $(filter 0,$(SERVE)),--no-serve,)

test: $(VENV)/.test system lint
	$(BIN)/mkdocs build --strict -q -d $(VENV)/site
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

test-long: $(VENV)/.test system
	$(BIN)/python -m pytest -m long $(ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.test
	$(BIN)/mkdocs serve

bench: $(VENV)/.test
	for file in benchmarks/[a-z]*.py; do $(BIN)/python $$file || exit 1; done

screenshots: $(VENV)/.test system
	$(BIN)/python scripts/screenshots.py

# What only the system can give: a browser, an office program, a database server. Where they
# cannot be installed, the tests that need them say so when they are skipped.
system:
	sh scripts/system.sh

clean:
	rm -rf $(VENV) tmjkit-demo build dist
