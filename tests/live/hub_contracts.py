"""What we believe of the Hub, the papers' API and the archive and nobody has seen yet. Everything here only reads."""

from collections.abc import Callable
from typing import Any

from analytics.collect.census_collector import DAILY, WEEKLY
from analytics.sources.hub.datasets import pin
from tests.live.contracts import Contract, ContractFinding, differs, hold, untried
from tests.live.hub_door import HubDoor

HEADERS = 500
"""Safetensors-only repositories whose headers are read, as many as the door's sample allows."""

Item = dict[str, Any]


def count_of(door: HubDoor, *libraries: str) -> int | None:
    """Ask the site how many models have all these tags."""
    params = [("library", ",".join(libraries)), ("withCount", "true")]
    reply = door.ask("/models-json", params)
    total = reply.told.get("numTotalItems") if reply.status == 200 else None
    return total if isinstance(total, int) else None


def two_libraries(door: HubDoor) -> ContractFinding:
    """Count by one library, by another, by both."""
    one, other, both = count_of(door, "pytorch"), count_of(door, "tf"), count_of(door, "pytorch", "tf")
    if one is None or other is None or both is None:
        return differs(f"no number came: {one}, {other}, {both}")
    told = f"pytorch {one:,}, tf {other:,}, both {both:,}"
    return hold(both < min(one, other), f"both are not fewer than either: {told}")


def expanding(field: str) -> Callable[[HubDoor], ContractFinding]:
    """Make what asks a listing for one field."""

    def ask(door: HubDoor) -> ContractFinding:
        reply = door.ask("/api/models", [("limit", 5), ("expand[]", field)])
        if reply.status != 200:
            return differs(f"it was answered {reply.status}: {reply.body[:120]!r}")
        return hold(any(field in item for item in reply.told), "no item of the page has it")

    return ask


def page_without_limit(door: HubDoor) -> ContractFinding:
    """Ask for a page without saying how long."""
    found = len(door.ask("/api/models").told)
    return hold(found == 1_000, f"the page has {found:,} models")


def tag_of(names: Callable[[set[str]], bool], tag: str, filter_: str = "") -> Callable[[HubDoor], ContractFinding]:
    """Make what holds the tags of repositories with such files against the tag we expect."""

    def ask(door: HubDoor) -> ContractFinding:
        fields = [("expand[]", "siblings"), ("expand[]", "tags"), ("sort", "downloads"), ("limit", 1_000)]
        asked = fields + ([("filter", filter_)] if filter_ else [])
        items = [item for item in door.listing(asked, most=door.sample * 100) if names(files_of(item))][: door.sample]
        if not items:
            return untried("no such repository is among those that were read")
        without = [item["id"] for item in items if tag not in item.get("tags", [])]
        told = f"{len(without)} of {len(items)} lack the tag {tag}: {', '.join(without[:5])}"
        return hold(not without, told)

    return ask


def files_of(item: Item) -> set[str]:
    """Give the names of a repository's files, without their folders."""
    return {str(file["rfilename"]).rpartition("/")[2] for file in item.get("siblings", [])}


WEIGHTS = (
    ".bin",
    ".pt",
    ".pth",
    ".ckpt",
    ".h5",
    ".msgpack",
    ".safetensors",
    ".onnx",
    ".gguf",
    ".pb",
    ".keras",
    ".tflite",
)


def weights_only(*endings: str) -> Callable[[set[str]], bool]:
    """Make what tells repositories whose weights are of these kinds alone."""
    return lambda names: (
        bool(ours := {n for n in names if n.endswith(WEIGHTS)}) and all(n.endswith(endings) for n in ours)
    )


def headers_say_pt(door: HubDoor) -> ContractFinding:
    """Read the headers of safetensors-only repositories."""
    fields = [("expand[]", "siblings"), ("filter", "safetensors"), ("sort", "downloads"), ("limit", 1_000)]
    only = weights_only(".safetensors")
    items = [item for item in door.listing(fields, most=HEADERS * 20) if only(files_of(item))]
    formats = [header_format(door, item) for item in items[: min(HEADERS, door.sample * 3)]]
    stated = [one for one in formats if one]
    others = [one for one in stated if one != "pt"]
    told = (
        f"of {len(formats)} headers {len(stated)} state a format, {len(others)} another than pt: {sorted(set(others))}"
    )
    return untried(told) if not stated else hold(len(others) * 50 <= len(stated), told)


def header_format(door: HubDoor, item: Item) -> str | None:
    """Give what the header of the first safetensors file states, if it is near the beginning."""
    name = min(str(f["rfilename"]) for f in item["siblings"] if str(f["rfilename"]).endswith(".safetensors"))
    body = door.ask(f"/{item['id']}/resolve/main/{name}", Range="bytes=0-4095").body
    before, _, after = body.partition(b'"format":')
    return after.split(b'"')[1].decode() if before != body else None


def daily_columns(door: HubDoor) -> ContractFinding:
    """Open the daily snapshot and look for the columns that we read and for the files."""
    schema = pin(DAILY, door.endpoint, door.token or None).parquet("models.parquet").schema
    missing = {"id", "createdAt", "downloads", "tags", "library_name", "siblings"} - set(schema.names)
    return hold(not missing, f"it lacks {', '.join(sorted(missing))}")


def weekly_siblings(door: HubDoor) -> ContractFinding:
    """Open every weekly snapshot and look for the files."""
    dataset = pin(WEEKLY, door.endpoint, door.token or None)
    weeks = dataset.folders("models")
    without = [
        week for week in weeks if "siblings" not in dataset.parquet(f"models/{week}/models.parquet").schema.names
    ]
    return hold(not without, f"{len(without)} of {len(weeks)} weeks lack siblings: {', '.join(without[:5])}")


def papers_limits(door: HubDoor) -> ContractFinding:
    """Ask for the longest page and for one too long."""
    longest, longer = (door.ask_papers("/papers/", [("page", 1), ("page_size", size)]).status for size in (100, 101))
    return hold((longest, longer) == (200, 422), f"100 was answered {longest}, 101 {longer}")


def papers_slugs(door: HubDoor) -> ContractFinding:
    """Ask for papers by a framework's slug and for those of a framework nobody knows."""
    statuses = [
        door.ask_papers("/papers/", [("page_size", 1), ("framework", slug)]).status
        for slug in ("pytorch", "tensorflow", "no-such-framework")
    ]
    return hold(statuses == [200, 200, 404], f"pytorch, tensorflow and none were answered {statuses}")


IN_PART = ("could not be read", "FAILED")
"""Words of a collector that goes on without one of its sources, and ends well all the same."""


def collecting(word: str) -> Callable[[HubDoor], ContractFinding]:
    """Make what collects once, as the bot does."""

    def ask(door: HubDoor) -> ContractFinding:
        status, lines = door.collect(word)
        said = " ".join(lines.split())
        whole = status == 0 and not any(trouble in said for trouble in IN_PART)
        return hold(whole, f"it ended with {status}: {said[-600:]}")

    return ask


HUB: tuple[Contract[HubDoor], ...] = (
    Contract(
        "hub-01",
        "models-json with two libraries counts the models that have both",
        "tests/loopback/hub_datasets.py: count",
        two_libraries,
    ),
    Contract(
        "hub-02",
        "A listing gives childrenModelCount",
        "tests/loopback/hub_answers.py: EXPANDABLE",
        expanding("childrenModelCount"),
    ),
    Contract(
        "hub-03", "A listing gives usedStorage", "tests/loopback/hub_answers.py: EXPANDABLE", expanding("usedStorage")
    ),
    Contract(
        "hub-04",
        "A listing gives trendingScore",
        "tests/loopback/hub_answers.py: EXPANDABLE",
        expanding("trendingScore"),
    ),
    Contract(
        "hub-05",
        "A page without `limit` has 1,000 models",
        "tests/loopback/hub_listing.py: MOST_A_PAGE",
        page_without_limit,
    ),
    Contract(
        "hub-06",
        "Repositories whose only weights are .pt have the tag pytorch",
        "analytics/attribution/rule.py, docs/method.md",
        tag_of(weights_only(".pt"), "pytorch"),
    ),
    Contract(
        "hub-07",
        "Repositories with a saved_model.pb have the tag tf-keras",
        "analytics/attribution/rule.py, docs/method.md",
        tag_of(lambda names: "saved_model.pb" in names, "tf-keras"),
    ),
    Contract(
        "hub-08",
        "The headers of safetensors-only repositories state pt, but for one in fifty",
        "analytics/attribution/rule.py, docs/method.md",
        headers_say_pt,
    ),
    Contract(
        "hub-09",
        "The daily Parquet has the columns that are read, and siblings",
        "tests/analytics/census/hubs.py: parquet",
        daily_columns,
    ),
    Contract("hub-10", "Every weekly Parquet has siblings", "tests/analytics/census/hubs.py: parquet", weekly_siblings),
    Contract(
        "papers-01",
        "The papers' API takes pages of 100 and refuses 101 with 422",
        "tests/loopback/papers_api.py: MOST",
        papers_limits,
    ),
    Contract(
        "papers-02",
        "The papers' API knows frameworks by their slugs and answers 404 for others",
        "tests/loopback/papers_api.py: unknown",
        papers_slugs,
    ),
    Contract(
        "collect-01", "One whole census is collected and believed", "analytics/census/checks.py", collecting("census")
    ),
    Contract(
        "collect-02",
        "The papers are collected, archive and successor",
        "analytics/collect/papers_collector.py",
        collecting("papers"),
    ),
    Contract(
        "collect-03", "The official collections are counted", "analytics/catalogues/register.py", collecting("official")
    ),
)
