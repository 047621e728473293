"""
`frameworks collect reach`: which model types released libraries convert on load, read as text from their wheels.

A new type, and every type of a release that nobody has loaded yet, is only *listed*. A library whose wheel cannot be
read, or whose list cannot be right, keeps what was read last, and says so; `accept` takes a list that fell, once a
person has looked.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from packaging.version import Version

from analytics.catalogues import NotCounted
from analytics.catalogues.convertible_types import TYPE_LISTS, TypeList, Types
from analytics.context import Context
from analytics.domain.answer import Origin
from analytics.domain.reading_kinds import REACH_TYPES
from analytics.domain.wording import count, iso_day, listing
from analytics.errors import Changed, SourceError, UnknownOption
from analytics.reach.conversion_tables import read_shipped_listings
from analytics.settings import own_environment
from analytics.sources.installer_words import INDEX
from analytics.sources.wheels import Release, Wheels
from analytics.sources.zipped import Opened
from analytics.storage.readings import Reading

METHOD = "reach-types-1"
"""The version of how wheels are read."""

Read = dict[str, Any]


class WheelSource(Protocol):
    """What finds and opens released wheels."""

    def find(self, name: str, version: str | None = None) -> Release:
        """Find the newest release, or the newest of a version."""
        ...

    def read(self, release: Release, wanted: Any) -> Opened:
        """Read files of a release as text."""
        ...

    def keep_only(self, releases: Sequence[Release]) -> None:
        """Throw away every other wheel."""
        ...


def collect(context: Context, options: Sequence[str]) -> tuple[str, ...]:
    """
    Read every library's list, store the reading, and say what came of each.

    Raises:  UnknownOption; SourceError if no library could be read.
    """
    if tuple(options) not in ((), ("accept",)):
        raise UnknownOption(f"“collect reach” takes “accept” or nothing; “{' '.join(options)}” came.")
    return collect_types(Wheels(context.home / "reach_wheels", own_environment()), context, accept=bool(options))


def collect_types(wheels: WheelSource, context: Context, *, accept: bool = False) -> tuple[str, ...]:
    """Do the same from given wheels."""
    last = context.readings.newest(REACH_TYPES)
    before: Mapping[str, Read] = last.body if last and last.method == METHOD else {}
    kept = {each.library: before.get(each.library) or _tell_shipped(each.library) for each in TYPE_LISTS}
    releases: list[Release] = []
    body: dict[str, Read] = {}
    troubles: list[SourceError] = []
    for each in TYPE_LISTS:
        context.progress(f"Reading the types of {each.library}…")
        try:
            body[each.library] = _read_one(wheels, each, kept[each.library], context, releases, accept=accept)
        except SourceError as trouble:
            troubles.append(trouble)
            body[each.library] = {**kept[each.library], "trouble": trouble.why}
    if len(troubles) == len(TYPE_LISTS):
        raise troubles[0]
    _store(body, context)
    wheels.keep_only(releases)
    return tuple(_say(library, read, kept[library]) for library, read in body.items())


def _read_one(
    wheels: WheelSource, each: TypeList, last: Read, context: Context, releases: list[Release], *, accept: bool
) -> Read:
    """Read one library's list. Raises Changed, where it is not laid out as known or cannot be right."""
    release = wheels.find(each.source.name, each.source.version)
    where = f"{INDEX}: {release.name} {release.version}"
    if not accept and (wrong := _fell_behind(release, last)):
        raise Changed(where, wrong)
    opened = wheels.read(release, each.wanted)
    try:
        types = each.read(opened.texts)
    except (NotCounted, RecursionError) as trouble:
        raise Changed(where, str(trouble) or "one of its files is nested deeper than source code is") from None
    if wrong := implausible_types(each, types, {} if accept else last["types"]):
        raise Changed(where, wrong)
    releases.append(release)
    released = opened.day.isoformat() if opened.day else None
    named = {name: list(found) for name, found in types.items()}
    told = {"version": release.version, "released": released, "read": iso_day(context.clock()), "types": named}
    return told | {"withdrawn": list(release.withdrawn), "trouble": ""}


def _fell_behind(release: Release, last: Read) -> str:
    """Say that an index shows less than it did: a page that was cut short, or another index; empty if it does not."""
    version = last["version"]
    if Version(release.version) >= Version(version) or version in release.withdrawn:
        return ""
    return f"{release.version} is the newest it shows, where {version} was read before"


A_TYPE = re.compile(r"(?:timm:)?[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\*?")
"""What a model type looks like; `*` alone would stand for every architecture."""


def implausible_types(each: TypeList, types: Types, last: Mapping[str, Sequence[str]]) -> str:
    """Say why a list cannot be right; empty if it can. `last` is the one before."""
    for framework, names in types.items():
        if not each.least <= len(names) <= each.most:
            plausible = f"{each.least:,} to {each.most:,}"
            return f"{count(len(names), 'type')} for {framework} were read, where {plausible} are plausible"
        if odd := next((name for name in names if not A_TYPE.fullmatch(name)), None):
            return f"“{odd[:40]}” among those for {framework} is no model type"
        before = len(last.get(framework, ()))
        if 2 * len(names) <= before:
            return f"{count(len(names), 'type')} for {framework} after {before:,}: the list is half as long as the last"
    return ""


def _tell_shipped(library: str) -> Read:
    """Give the shipped table of a library as a reading of its day."""
    rows = [row for row in read_shipped_listings().rows if row.library == library]
    frameworks = dict.fromkeys(row.framework for row in rows)
    types = {name: [row.model_type for row in rows if row.framework == name] for name in frameworks}
    day = rows[0].released.isoformat()
    return {"version": rows[0].version, "released": day, "read": day, "types": types, "withdrawn": [], "trouble": ""}


def _store(body: Mapping[str, Read], context: Context) -> None:
    moment = context.clock()
    origins = tuple(map(partial(_name_origin, moment=moment), body.items()))
    if not context.readings.add(Reading(REACH_TYPES, "", moment, METHOD, dict(body), origins)):
        context.refuse_unstored("The types")


def _name_origin(entry: tuple[str, Read], moment: dt.datetime) -> Origin:
    library, read = entry
    title = "model types that it converts on load, read in its wheel"
    address = next(each.address for each in TYPE_LISTS if each.library == library)
    return Origin(library, title, address, iso_day(moment), read["version"])


def _say(library: str, read: Read, last: Read) -> str:
    """Say how many types of which version were read, which are new, and that a newer release was not loaded yet."""
    told = listing(f"{len(names):,} for {framework}" for framework, names in read["types"].items())
    if read["trouble"]:
        return f"{library}: REFUSED, {read['trouble']}; kept is what {read['version']} lists ({told})."
    before = last["types"]
    fresh = sorted({name for key, names in read["types"].items() for name in set(names) - set(before.get(key, ()))})
    new = f"; new and only listed: {', '.join(fresh)}" if fresh else ""
    lost = sorted({name for key, names in before.items() for name in set(names) - set(read["types"].get(key, ()))})
    less = f"; no longer listed: {', '.join(lost)}" if lost else ""
    tried = _tell_shipped(library)["version"]
    untried = f"; {tried} was loaded by us, {read['version']} not yet: its types are only listed"
    gone = f"; {listing(read['withdrawn'])} was withdrawn and is not read" if read["withdrawn"] else ""
    newer = untried if Version(read["version"]) > Version(tried) else ""
    return f"{library} {read['version']}: {told}{new}{less}{newer}{gone}."
