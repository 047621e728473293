"""
Canonical words with courtesy around them: `please totals all`, `show me papers hub, thanks`.

A sentence passes courtesy over wherever it stands, and a few words that choose something are courtesy elsewhere
(`all`, `hub`). Here as little as possible is taken off, from both ends, until what is left is canonical. Pure.
"""

import datetime as dt
from collections.abc import Iterator

from analytics.grammar.lexicon import QUESTIONS
from analytics.grammar.pieces import Piece
from analytics.grammar.spotting import spot
from analytics.grammar.strict import begins_question


def find_without_courtesy(typed: str, today: dt.date) -> Iterator[str]:
    """Give what is left without the courtesy before it, and without ever more of that behind; nothing where none is."""
    pieces = spot(typed, today).pieces
    start = next((at for at, piece in enumerate(pieces) if not _is_courtesy(piece)), len(pieces))
    if start == len(pieces) or not begins_question(pieces[start].text.split()[0]):
        return
    for end in range(len(pieces), start, -1):
        if start or end < len(pieces):
            yield " ".join(piece.text for piece in pieces[start:end])
        if not _is_courtesy(pieces[end - 1]):
            return


COURTESY = ("filler", "greet", "thanks", "hub")
SAYING = (*QUESTIONS, "event", "more", "nobody", "neg", "dead", "here_or_yesterday")
"""What says something though it may be courtesy too: `did anything leave the top 30`."""


def _is_courtesy(piece: Piece) -> bool:
    return piece.may_be(*COURTESY) and not piece.may_be(*SAYING)
