"""How a ranking and its measure are called."""

from analytics.domain.wording import count, verb

_RANKED = {
    "downloads": "most downloaded",
    "likes": "most liked",
    "trending": "trending",
    "alltime": "all-time most downloaded",
}
_MEASURED = {
    "downloads": "30-day downloads",
    "likes": "Likes",
    "trending": "Trending score",
    "alltime": "All-time downloads",
}


def name_ranking(
    by: str, task: str | None, author: str | None, n: int, *, originals: bool = False, cut_at: int = 0
) -> str:
    """
    Name the models counted: `top 30 models`, `50 most liked text-generation models of google`, `top model`.

    `cut_at`: at which rank of all the list ends that they were found in, where it ends too early: `8 models of google
    among the stored top 120`. How many a list holds is not how many there are.
    """
    if cut_at:
        return _name_stored(by, task, author, n, cut_at, "original" if originals else "model")
    number = "" if n == 1 else f"{n:,} "
    noun = verb(n, "original", "originals") if originals else verb(n, "model", "models")
    ranked = f"top {number}" if by == "downloads" else f"{number}{_RANKED[by]} "
    return f"{ranked}{f'{task} ' if task else ''}{noun}" + (f" of {author}" if author else "")


def _name_stored(by: str, task: str | None, author: str | None, n: int, cut_at: int, noun: str) -> str:
    stored = f"stored top {cut_at:,}" if by == "downloads" else f"{cut_at:,} stored {_RANKED[by]}"
    if n == cut_at and not (task or author):
        return f"{stored} {verb(n, noun, f'{noun}s')}"
    of = f" of {author}" if author else ""
    whose = f"{task} {noun}" if task else noun
    return f"{count(n, whose)}{of} among the {stored}"


def measure(by: str) -> str:
    """Say what a ranking is by: `30-day downloads`."""
    return _MEASURED[by]
