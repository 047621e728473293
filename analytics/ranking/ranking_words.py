"""How a ranking and its measure are called."""

from analytics.domain.wording import verb

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


def name_ranking(by: str, task: str | None, author: str | None, n: int, *, originals: bool = False) -> str:
    """Name the models counted: `top 30 models`, `50 most liked text-generation models of google`, `top model`."""
    number = "" if n == 1 else f"{n:,} "
    noun = verb(n, "original", "originals") if originals else verb(n, "model", "models")
    ranked = f"top {number}" if by == "downloads" else f"{number}{_RANKED[by]} "
    return f"{ranked}{f'{task} ' if task else ''}{noun}" + (f" of {author}" if author else "")


def measure(by: str) -> str:
    """Say what a ranking is by: `30-day downloads`."""
    return _MEASURED[by]
