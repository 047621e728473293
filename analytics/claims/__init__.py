"""
Claims about shares and counts of models, read like questions and judged by our own answers.

`read_claim` makes a `Claim` of a sentence, or says what cannot be checked in it; `judge` holds it against an answer,
`judge_article` against what the article of 2022 printed. Pure: who answers is handed in by the door
(`analytics/assistants`).
"""

from analytics.claims.claim import Claim, ClaimFinding, NotCheckable, Relation
from analytics.claims.claim_findings import conclude, judge, judge_article
from analytics.claims.claim_words import read_claim

__all__ = ["Claim", "ClaimFinding", "NotCheckable", "Relation", "conclude", "judge", "judge_article", "read_claim"]
