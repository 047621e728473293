#!/bin/sh
# Writes the locks anew from the two pyproject.toml, valid for every Python and system we support, each package with the
# hashes of all its files. Run by `make lock`; needs uv, which is not needed for anything else.
#
#   run.lock          what production installs: `pip install .`
#   playground.lock   the same and the extra `playground`: `make run`
#   dev.lock          the same and the tools for tests: `make test`
#   build.lock        what builds the wheel in the container, from `[build-system]` of pyproject.toml: the Dockerfile
#
# What stands in a lock keeps its version. To take newer ones: `requirements/lock.sh --upgrade`, or with the name of one,
# `requirements/lock.sh --upgrade-package rich`.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "uv is needed to write the locks: pip install uv" >&2; exit 2; }
lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate --no-strip-extras \
        --no-emit-package frameworks-bot --no-emit-package frameworks-playground pyproject.toml "$@"
}
lock --output-file requirements/run.lock "$@"
lock --extra playground --constraint requirements/run.lock --output-file requirements/playground.lock "$@"
lock --extra playground --extra dev --constraint requirements/playground.lock --output-file requirements/dev.lock "$@"
sed -n 's/^requires = \["\(.*\)"\]/\1/p' pyproject.toml | uv pip compile --quiet --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
    --constraint requirements/dev.lock --output-file requirements/build.lock "$@" -
