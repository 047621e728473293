#!/bin/sh
# Writes the two locks anew from pyproject.toml: one file a purpose, valid for every Python and system we support,
# each package with the hashes of all its files. Run by `make lock`; needs uv, which is not needed for anything else.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        --no-annotate --no-strip-extras --no-emit-package frameworks-bot "$@"
}
lock pyproject.toml --output-file requirements/run.lock
lock pyproject.toml --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
