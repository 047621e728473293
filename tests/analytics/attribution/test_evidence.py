"""Every proof the rule can give has its words, in one place."""

from analytics.attribution.evidence import WORDS, Proof, ProofCase, in_words
from analytics.attribution.order import CLAUSES


def test_every_clause_has_its_words_and_no_words_are_left_over() -> None:
    """A clause without words would fail in the middle of an answer; words nobody uses would mislead the next reader."""
    unexplained = {ProofCase.SEVERAL, ProofCase.NOT_KNOWN, ProofCase.NEVER_WROTE}
    used = {(clause.kind, clause.case) for clause in CLAUSES}
    used |= {(clause.kind, case) for clause in CLAUSES if clause.case is ProofCase.UNEXPLAINED for case in unexplained}

    assert used == set(WORDS)


def test_a_file_named_with_braces_is_said_as_it_is() -> None:
    """Names of files are data and no template."""
    (kind, case), *_ = WORDS

    assert in_words(Proof(kind, "{value}.pt", case), "PyTorch") == "{value}.pt"
