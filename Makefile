# `make run` and `make test` do all their own set-up. They need Python 3.11 or newer, make and git, and nothing else.
# A second run sets nothing up: the stamps in .venv are newer than the locks.

# The newest Python there is from 3.11 on; name another with `make PYTHON=python3.12 test`.
PYTHON ?= $(shell for v in 3.16 3.15 3.14 3.13 3.12 3.11 3; do \
	python$$v -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo python$$v && break; done)
BIN = .venv/bin

# Where this is set every interpreter compiles everything anew: the workers of the tests, and each program they start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test long simulation live check lint types imports parts format lock architecture benchmarks clean

run: .venv/run.stamp
	@$(BIN)/python -m bot

# Side by side, two a core where memory allows (tests/workers.py); whoever is done takes over what another has not begun.
SIDE_BY_SIDE = $(BIN)/pytest -n auto --maxprocesses=8 --dist=worksteal

# What a change is tried with: all but the tenth that takes four fifths of the time.
test: .venv/dev.stamp
	$(SIDE_BY_SIDE) -m "not long and not simulation"

# Those: what starts browsers and processes, lives through weeks or tries thousands of examples (tests/long_tests.txt).
long: .venv/dev.stamp
	$(SIDE_BY_SIDE) -m "long and not simulation"

# The long form of what `make test` simulates shortly: minutes of kills, lost databases and a misbehaving Slack.
simulation: .venv/dev.stamp
	$(SIDE_BY_SIDE) -m simulation

# The first day with a network: the contracts that CI tries against the stand-ins, against the real services.
live: .venv/dev.stamp
	@$(BIN)/python -m tests.live.run

check: lint types imports

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The second time as Windows sees the code: what only POSIX has is an error there.
# Importing every test finds a name that moved, which the type checker, who reads the packages alone, does not see.
types: .venv/dev.stamp
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/pytest --collect-only -q >/dev/null

# What is installed, its licences, and what is known against it; the last takes a network, and says so where there is none.
parts: .venv/dev.stamp
	$(BIN)/python -m pip check
	$(BIN)/python requirements/parts.py
	$(BIN)/python requirements/audit.py

imports: .venv/dev.stamp
	$(BIN)/lint-imports
	$(BIN)/python docs/draw_imports.py --check

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Writes requirements/*.lock anew; the only target that needs uv.
lock:
	requirements/lock.sh

# Draws docs/architecture.png from the imports.
architecture: .venv/dev.stamp
	$(BIN)/python docs/draw_imports.py

# Everything docs/performance.md has a figure of; the census's slowest way, the whole rule in pandas, takes six minutes.
benchmarks: .venv/dev.stamp
	$(BIN)/python -m benchmarks.answering
	$(BIN)/python -m benchmarks.process_start
	$(BIN)/python -m benchmarks.fresh_pictures
	$(BIN)/python -m benchmarks.digest
	$(BIN)/python -m benchmarks.due
	$(BIN)/python -m benchmarks.greedy_person
	$(BIN)/python -m benchmarks.reading_words
	$(BIN)/python -m benchmarks.assistants
	$(BIN)/python -m benchmarks.census --crawled 300000 --one-in 1
	$(BIN)/python -m benchmarks.engines
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.hostile
	$(BIN)/python -m benchmarks.web_processes
	$(BIN)/python -m benchmarks.outages

clean:
	rm -rf .venv

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found on the PATH."; exit 1; }
	$(PYTHON) -m venv .venv

# Installing needs the build backend that the lock names, so nothing unpinned is ever fetched.
# The playground itself is found in this folder; its lock brings what the extra `playground` needs. What a first start
# imports is compiled by that start, and not all that there is.
.venv/run.stamp: requirements/playground.lock pyproject.toml | .venv/bin/python
	@echo "Setting up (once): the locked packages, about half a minute."
	@$(BIN)/python requirements/install.py requirements/playground.lock --no-compile
	@touch $@

.venv/dev.stamp: requirements/dev.lock pyproject.toml | .venv/bin/python
	@echo "Setting up (once): the locked packages and the tools for tests, about a minute."
	@$(BIN)/python requirements/install.py requirements/dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/run.stamp $@
