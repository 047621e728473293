"""
What is said of counts by the Hub's tags alone, and of the models in which tags and evidence differ.

Under *declared* a sentence that said "PyTorch is in 5 of the top 30" would be false once it stands alone, in a slide
say: five carry the tag. And the difference of two counts is no set of models: of those that one definition adds, the
other may lack as many. So both directions are counted, model by model.
"""

from collections.abc import Sequence

from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.wording import IN_FINDING, count, fit, listing, verb

IN_PYTORCH = (Split.PYTORCH_ONLY, Split.BOTH)


def say_tagged(models: str, tagged: Counts, evidence: Bracket, unread: int) -> str:
    """
    Say how many carry each tag, and what the evidence says of PyTorch where that is more, with how sure it is.

    `models`: whose they are, with their number: "top 30 models". `unread`: of how many the tags are not known, so that
    nobody can say that none carries one. Gives no full stop.
    """
    if unread == tagged.total:
        return f"The tags of the {models} are not known"
    if tagged.total == 1:
        return f"The {models} carries {_name_tags(tagged)}"
    first = f"{tagged.pytorch:,} of" if tagged.pytorch else "None of"
    carry = "carry" if tagged.pytorch > 1 else "is known to carry" if unread and not tagged.pytorch else "carries"
    both = f"{first} the {models} {carry} the Hub's tag pytorch, {_or_none(tagged.tensorflow)} the tag tf"
    if unread:
        return f"{both}; the tags of {unread:,} are not known"
    if evidence.counted <= tagged.pytorch:
        return both
    only = f"Only {both}" if tagged.pytorch else both
    are = f"{evidence.counted:,}{evidence.range} {verb(evidence.counted)}"
    ways = (f"{only}; {are} in PyTorch by evidence", f"{only}; by evidence {are}", both)
    return fit(ways, IN_FINDING)  # a doubt says by evidence, too


def _or_none(n: int) -> str:
    return f"{n:,}" if n else "none"


def title_tagged(counts: Counts, unread: int, ranked: str = "top") -> str:
    """Say the same in at most ten words."""
    if unread == counts.total:
        return f"The tags of the {ranked} {verb(unread, 'model', f'{unread:,}')} are not known"
    if counts.total == 1:
        return f"The {ranked} model carries {_name_tags(counts)}"
    tags = "known tags" if unread else "tags alone"
    return f"By {tags}: PyTorch {counts.pytorch:,}, TensorFlow {counts.tensorflow:,} of {ranked} {counts.total:,}"


def _name_tags(counts: Counts) -> str:
    carried = [tag for tag, n in (("pytorch", counts.pytorch), ("tf", counts.tensorflow)) if n]
    if not carried:
        return "neither the tag pytorch nor tf"
    return f"the Hub's {'tags' if len(carried) > 1 else 'tag'} {listing(carried)}"


def say_difference(tagged: Sequence[Split], evidence: Sequence[Split]) -> str:
    """Say of how many models only the evidence, and of how many only the tag, says PyTorch; nothing if of none."""
    pairs = [(one in IN_PYTORCH, other in IN_PYTORCH) for one, other in zip(tagged, evidence, strict=True)]
    untagged, unproven = pairs.count((False, True)), pairs.count((True, False))
    said = []
    if untagged:
        are = f"{count(untagged, 'model')} {verb(untagged)} in PyTorch by evidence without the tag pytorch"
        said.append(f"{are}; the Hub sets none for safetensors.")
    if unproven:
        bears = verb(unproven, "carries", "carry")
        said.append(f"{count(unproven, 'model')} {bears} the tag pytorch, but the evidence does not confirm it.")
    return " ".join(said)
