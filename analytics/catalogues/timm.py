"""
timm: pre-trained weights, each an `arch.tag` with a source: what `timm.list_pretrained()` lists.

The rules are those of `timm/models/_registry.py` and `_pretrained.py` (1.0): a source is a `url`, `file` or `hf_hub_id`
that is not empty; the architecture has a function with `@register_model` in the same file and is not among
`register_model_deprecations`; a `*` at the end of a tag marks the default; `hf_hub_id='timm/'` is completed with the
name. Releases before 0.9 have no tags: there, an architecture with a source is one, another unit.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from analytics.catalogues import Count, NotCounted, Texts
from analytics.catalogues.evaluator import Evaluator
from analytics.catalogues.syntax import decorators, modules, name_callee
from analytics.catalogues.unknown import Unknown

SOURCES = ("url", "file", "hf_hub_id")
OWN = "timm/"
DEPRECATIONS = "register_model_deprecations"


def wants(path: str) -> bool:
    """Say which files are read."""
    return re.fullmatch(r"timm/models/[^/]+\.py", path) is not None


def count(texts: Texts) -> Count:
    """Count weights; `unread` are registered architectures and entries whose source could not be worked out."""
    found: dict[str, str] = {}
    unread = 0
    for path, tree in modules(texts):
        if path.rpartition("/")[2] in ("_registry.py", "registry.py"):
            continue
        sourced, uncertain = _module(tree)
        found |= sourced
        unread += uncertain
    if not found:
        raise NotCounted("no weights stand where timm keeps them")
    elsewhere = sum(not hub.startswith(OWN) for hub in found.values())
    names = tuple(sorted({hub for hub in found.values() if hub}))
    return Count(len(found), {"with another owner or address": elsewhere}, unread, names)


def _module(tree: ast.Module) -> tuple[dict[str, str], int]:
    """Give the weights of one file, each with its id on the Hub ("" if it has none), and how much stayed unread."""
    registered = {
        statement.name
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef) and "register_model" in decorators(statement)
    }
    if not registered:
        return {}, 0
    evaluator = Evaluator(given={"generate_default_cfgs": lambda cfgs: cfgs})
    cfgs = evaluator.module(tree).get("default_cfgs", {})
    deprecated = [evaluator.value(each) for each in _deprecations(tree)]
    if not isinstance(cfgs, dict) or not all(isinstance(each, dict) for each in deprecated):
        return {}, len(registered)
    return _list(cfgs, registered.difference(*deprecated))


def _deprecations(tree: ast.Module) -> Iterator[ast.expr]:
    for statement in tree.body:
        match statement:
            case ast.Expr(value=ast.Call(args=[_, mapping]) as call) if name_callee(call) == DEPRECATIONS:
                yield mapping


def _list(cfgs: dict[Any, Any], registered: set[str]) -> tuple[dict[str, str], int]:
    sourced: dict[str, str] = {}
    unread = 0
    for key, cfg in cfgs.items():
        if not isinstance(key, str):
            unread += 1
            continue
        architecture, _, tag = key.partition(".")
        if architecture not in registered:
            continue
        name = ".".join(filter(None, [architecture, tag.strip("*")]))
        source = _source(cfg)
        if source is None:
            unread += 1
        elif source:
            sourced[name] = _hub_id(cfg, name)
        else:
            sourced.pop(name, None)
    return sourced, unread


def _source(cfg: Any) -> bool | None:
    """Say whether an entry has a source; None if that cannot be told."""
    if not isinstance(cfg, dict):
        return None
    values = [cfg.get(source) for source in SOURCES]
    if any(value for value in values if not isinstance(value, Unknown)):
        return True
    hidden = any(isinstance(one, Unknown) for one in (*values, *cfg))
    return None if hidden else False


def _hub_id(cfg: dict[Any, Any], name: str) -> str:
    hub = cfg.get("hf_hub_id")
    if not isinstance(hub, str):
        return ""
    return OWN + name if hub == OWN else hub
