"""
A few words about the answer that stands there: `in percent?`, `source?`, `more`, `as a picture`, `again`.

Alone they say nothing, or something else: so they are read after an answer alone, whole, before anything else. Pure.
"""

import re
from enum import Enum, auto

from analytics.grammar.cleaning import clean


class OnAnswer(Enum):
    """What is wanted with the answer that stands there."""

    PERCENT = auto()
    """Its counts in percent."""
    COUNTING = auto()
    """How it was counted, of when and from where."""
    SHOWN = auto()
    """The same once more, with its picture and table."""
    ROWS = auto()
    """All its rows."""
    LONGER = auto()
    SHORTER = auto()
    AGAIN = auto()
    """The same, of now."""
    WEEKLY = auto()
    """That it comes by itself."""
    FACTS = auto()
    """Of a model: what only its page on the Hub tells."""
    NOD = auto()
    """Nothing."""


COURTESY = r"(?:(?:please|and|ok|okay|so|hm+|now|then|just|but|can|could|would|you|i|we|get|have|give|show|send)[ ,]+)*"
COURTESY += r"(?:(?:me|us) )?"
ENOUGH = r"(?: (?:please|too|instead|here|again|then|of (?:it|this|that|them|those)|for (?:it|this|that|them)))*"
THIS = r"(?:this|that|it|these|those|them|they)"
NUMBERS = rf"(?:{THIS}|the (?:data|numbers?|figures?|answer|reading|list))"
DRAWN = r"(?:picture|image|chart|graph|plot|png|diagram|drawing|pic|photo|figure|table)"
RHYTHM = r"(?:weekly|monthly|every (?:week|month|monday|friday|day)|each (?:week|month)|regularly|automatically)"

WAYS: tuple[tuple[OnAnswer, tuple[str, ...]], ...] = (
    (
        OnAnswer.PERCENT,
        (
            r"(?:in|as|what(?: is)?|which|how (?:many|much))?(?: (?:a|the|that))? ?(?:%|percent|per cent)",
            r"(?:in|as)? ?(?:percentages?|percents?|shares?)",
            rf"what (?:share|percentage|percent) (?:is|are) {THIS}",
        ),
    ),
    (
        OnAnswer.COUNTING,
        (
            r"sources?|links?|references?|proof|evidence|citation|says who|who says|as of when|how come|why not",
            rf"where (?:is|are|do|does|did) {NUMBERS} (?:come )?from|where'?s {THIS} from",
            rf"(?:how|why)(?: is| are)? ?(?:{THIS} )?so (?:few|many|low|high|little|much|small|big|large)",
            rf"how (?:old|fresh|recent|current|reliable|accurate|sure) (?:is|are) {NUMBERS}",
            rf"(?:when|of when|from when) (?:is|are|was|were) {NUMBERS}(?: from| read| counted| updated)?",
            rf"are you (?:sure|certain)|really|is {THIS} (?:true|right|correct|live|current|certain|sure)",
        ),
    ),
    (
        OnAnswer.SHOWN,
        (
            rf"(?:as|in|with) (?:a |an |the )?{DRAWN}|(?:the |a )?{DRAWN}",
            rf"(?:draw|plot|visuali[sz]e|chart) {THIS}",
        ),
    ),
    (
        OnAnswer.ROWS,
        (
            r"(?:the )?(?:full|whole|complete|entire|long) (?:list|table)|all|everything|all(?: of)? (?:them|it)",
            rf"list (?:{THIS}|all)(?: all)?|(?:the |their )?names|which (?:ones|models|models are {THIS})",
            rf"which(?: ones)? are {THIS}|the rest|(?:as )?(?:an? )?(?:excel|spreadsheet|xlsx|file)(?: file)?",
            rf"(?:download|export)(?: {THIS})?",
        ),
    ),
    (
        OnAnswer.LONGER,
        (r"(?:some )?more|(?:a )?longer(?: list)?|next(?: (?:ones|page|\d{1,3}))?|go on|continue|more of them",),
    ),
    (OnAnswer.SHORTER, (r"less|fewer|(?:a )?shorter(?: list)?",)),
    (OnAnswer.AGAIN, (r"again|once more|repeat|refresh|update|reload|the same again|right now|as of now|today|now",)),
    (
        OnAnswer.WEEKLY,
        (
            rf"(?:make|post|send|have|get|do|repeat|show|tell)(?: us| me)? {THIS}(?: to us| to me)?(?: here)? {RHYTHM}",
            rf"{RHYTHM}|keep (?:us|me) (?:posted|updated)|make it a digest|schedule {THIS}",
        ),
    ),
    (
        OnAnswer.NOD,
        (r"ok|okay|k|cool|nice|great|good|got it|i see|interesting|wow|aha|ah|oh|lol|perfect|awesome|fine|h?m+",),
    ),
)
"""How each is said, whole."""

FACTS = (
    r"(?:how many|number of)? ?(?:downloads|likes|stars|param(?:eter)?s|weights|layers)(?: does it have)?",
    r"(?:how|what) (?:big|large|old|popular|good|fast|accurate|size) is it",
    r"size|age|accuracy|benchmarks?|context(?: length)?",
    r"(?:what(?:'s| is) (?:the|its) |(?:the|its) )?(?:licen[sc]e|author|size|owner|paper|dataset|architecture)",
    r"who (?:made|trained|built|released|owns|published|uses|wrote) it",
    r"when (?:was|did) it (?:made|released|come out|published)",
    r"what (?:is it|does it do|can it do)|is it (?:any )?(?:good|free|open source|gated|safe)|what is it for",
)
"""What is asked of a model that we do not count."""

PATTERNS = tuple(
    (way, re.compile(rf"{COURTESY}(?:{said}){ENOUGH}", re.IGNORECASE)) for way, all_said in WAYS for said in all_said
)
OF_MODELS = tuple(re.compile(rf"{COURTESY}(?:{said}){ENOUGH}", re.IGNORECASE) for said in FACTS)
LONGEST = 80


def find_on_answer(typed: str, *, of_model: bool) -> OnAnswer | None:
    """Read what is wanted with the answer that stands there; None where the words are about something else."""
    text = clean(typed).replace("’", "'").strip("?!., ")
    if not text or len(text) > LONGEST:
        return None
    if of_model and any(pattern.fullmatch(text) for pattern in OF_MODELS):
        return OnAnswer.FACTS
    return next((way for way, pattern in PATTERNS if pattern.fullmatch(text)), None)


SIBLING = re.compile(
    r"(?:ok |okay )?(?P<link>and|what about|how about|or|now|also|same for|the same for|und|y)?,? ?(?:for )?"
    r"(?:the |its |their )?(?P<said>[\w.-]+(?: [\w.-]+){0,2}?)"
    r"(?P<kind> (?:one|version|model|variant|size|sibling|checkpoint|weights))?",
    re.IGNORECASE,
)


def find_said_of_sibling(typed: str) -> list[str]:
    """Give the words by which another model of the same family is named: `and the 7b one?`; none where none is."""
    found = SIBLING.fullmatch(clean(typed).strip("?!., "))
    is_meant = found and (found["link"] or found["kind"] or found["said"][:1].isdigit())
    return found["said"].split() if found and is_meant else []
