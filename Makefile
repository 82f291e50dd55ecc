# Everything a user or a developer runs. Needs python3 (3.11 or newer) and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SAMPLE := examples/changshan
SAMPLE_DAY := 2026-11-20
SAMPLE_PAST := 2021-06-30 2026-10-30

.PHONY: site native test test-browser test-postgres test-booted check serve bench soak soak-nights fuzz eval pages clean

site: native $(SAMPLE)/state/.earlier  ## build the public site from the sample exports
	$(BIN)/gongshi --folder $(SAMPLE) rebuild --today $(SAMPLE_DAY)

# The sample has a past: what was published on earlier nights has since been revoked or expired.
$(SAMPLE)/state/.earlier: $(READY)
	rm -rf $(SAMPLE)/state $(SAMPLE)/site
	for day in $(SAMPLE_PAST); do \
	  $(BIN)/gongshi --folder $(SAMPLE) rebuild --today $$day --exports $(SAMPLE)/earlier/$$day || exit 1; \
	done
	touch $@

native: $(READY)  ## machine code for redaction, where there is a C compiler; made anew when a source changed
	$(BIN)/python -m pipeline.native

test: native  ## types, lint, import contracts, and all tests this machine can run
	$(MAKE) check
	GONGSHI_INTERPRETED=1 $(BIN)/pytest -q pipeline
	$(BIN)/pytest -n 2 --dist worksteal tests

test-postgres: $(READY)  ## the register's tests on a real PostgreSQL server, started and stopped by the tests
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	  { echo '没有 PostgreSQL。Debian 上先安装软件包：apt-get install postgresql' >&2; exit 1; }
	$(BIN)/pytest -m postgres

test-booted: $(READY)  ## the delivered units on a machine booted by systemd-nspawn; needs root
	$(BIN)/pytest -m booted tests/deploy

check: $(READY)  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(READY)  ## branch coverage of the tests
	GONGSHI_INTERPRETED=1 $(BIN)/pytest -n 2 --cov --cov-report=term

serve: site  ## look at the sample site on http://127.0.0.1:8000
	$(BIN)/gongshi --folder $(SAMPLE) serve

PEERS := build/peers
BENCH_SIZES ?= 300 1000 10000
bench: native  ## whole agencies beside three site generators, night after night; writes docs/performance.md
	-command -v npm >/dev/null && \
	  npm install --loglevel error --no-audit --no-fund --no-save --prefix $(PEERS) @11ty/eleventy@3.1.5
	$(BIN)/python -m benchmarks $(BENCH_SIZES)
	$(BIN)/python -m benchmarks.report docs/performance.md

SOAK_SIZES ?= 100000 1000000
soak: native  ## a year of two thousand decisions; any order of things; nights of very many decisions: hours
	$(BIN)/python -m benchmarks.year
	GONGSHI_SOAK=500 $(BIN)/pytest -q tests/register/test_any_order.py
	GONGSHI_FAULTS=all $(BIN)/pytest -q -n 2 --dist worksteal tests/faults tests/hostile/test_formats.py
	$(MAKE) soak-nights

soak-nights: native  ## nights of very many decisions; interrupted, it goes on where it was
	$(BIN)/python -m benchmarks --keep build/soak $(SOAK_SIZES)
	$(BIN)/python -m benchmarks.report docs/performance.md

FUZZ_TOOLS := build/fuzz-tools
fuzz: $(READY)  ## every reader and redaction against inputs that seek new code, FUZZ_SECONDS=60 each
	test -d $(FUZZ_TOOLS)/atheris || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --target $(FUZZ_TOOLS) -r tests/hostile/fuzz/requirements.lock
	GONGSHI_INTERPRETED=1 PYTHONPATH=$(FUZZ_TOOLS) $(BIN)/python -m tests.hostile.fuzz $(FUZZ_TARGETS)

eval: native  ## recall and precision of redaction beside two peers
	$(BIN)/python -m benchmarks.redaction

PAGE_TOOLS := build/page-tools
pages: $(READY)  ## the pages of the sample before the Nu HTML checker and Lighthouse; needs npm, java, chromium
	npm install --silent --no-audit --no-fund --no-save --prefix $(PAGE_TOOLS) vnu-jar@26.9.27 lighthouse@12.8.2
	$(BIN)/python -m benchmarks.pages $(PAGE_TOOLS)

clean:
	rm -rf .venv build dist pipeline/native/built $(SAMPLE)/state $(SAMPLE)/site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
