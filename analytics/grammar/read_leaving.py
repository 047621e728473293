"""
`unsubscribe me`, `leave me alone`, `stop messaging me`: somebody wants no more of what is sent to them.

What that is the words do not say: a channel's digest is read by others too, and what somebody made may come elsewhere.
So nothing ends by them; what may be meant is asked.
"""

import re

from analytics.grammar.cleaning import clean

LEAVE_ME = "digest off me"
"""What does as they say: it asks."""

OFF, LEAVE_ALL = "digest off", "digest off all"
"""The settings that end the digest here, and all that a person has made."""

ASKED_BACK = "What shall end, a channel's digest or what you have made, is asked back in Slack."

COURTESY = r"(?:(?:please|hi|hey|hello|ok|okay|just|can|could|would|will|you|i want you to|kindly|now)[ ,]+)*"
WRITING = r"(?:messag|p|notify|writ|dm|email|mail|bother|spamm|contact|text|bugg|annoy|ping)'?ing(?: to)?"
WRITE = r"(?:message|ping|notify|write(?: to)?|dm|email|mail|bother|spam|contact|text|bug|annoy)"
MAILINGS = r"newsletters?|subscriptions?|digests?|reports?|mails?"
MESSAGES = rf"(?:{MAILINGS}|messages?|stuff|things?|notifications?|updates?|pings?|dms?|news|spam)"
THESE = r"(?:(?:any|all|more|these|the|your) )*"
WHAT = rf"(?: (?:any|all|more|these|this|that|the|your|those))*(?: (?:{MESSAGES}|anything|everything))?"
TAKE = r"(?:take|get|remove|drop|kick|delete|erase|strike)"
ENOUGH = r"(?: again| any ?more| please| now| thanks| here| in this channel| about (?:this|that|it|models))*"
SAYS = tuple(
    re.compile(rf"{COURTESY}(?:{said}){ENOUGH}", re.IGNORECASE)
    for said in (
        rf"(?:unsubscribe|unsub|desubscribe|sign off) me(?: from{WHAT})?",
        r"(?:unfollow|mute|silence|forget|exclude) me",
        r"digest off (?:for )?me",
        rf"(?:leave|exit|opt out of|get out of|sign out of)(?: (?:all|of|the|these|this|our|my))* (?:{MAILINGS})",
        rf"(?:stop|quit|no more|cease) {WRITING} (?:me|us)",
        rf"(?:stop|quit) (?:sending|posting|giving) me{WHAT}",
        rf"(?:stop|quit) (?:sending|posting){WHAT} to me",
        rf"(?:don'?t|do not|never) {WRITE} (?:me|us)",
        rf"(?:don'?t|do not|never) send me{WHAT}",
        r"leave (?:me|us) (?:alone|be|in peace)",
        rf"{TAKE} me (?:off|out|from)(?: of)?(?:{WHAT}|(?: (?:the|this|that|your|it|here))?(?: list)?)",
        r"(?:remove|delete|erase|strike) me",
        r"let me out|opt me out|opt out|i (?:want|would like|need) (?:to )?(?:unsubscribe|opt out|out)",
        rf"i (?:don'?t|do not) (?:want|need|like)(?: to (?:get|receive|hear|see))?(?: (?:this|it|{THESE}{MESSAGES}))",
        rf"(?:no more|(?:stop|end|cancel)(?: (?:the|all|these|any))*) {MESSAGES} (?:for|to) me",
        r"(?:cancel|end|stop|delete) (?:all )?my (?:subscriptions?|messages|notifications)",
        r"(?:let us |please )?leave(?: us)?|opt (?:us|everyone|everybody) out|(?:stop|end) (?:all|everything)",
        r"stop posting(?: here)?|(?:don'?t|do not) post(?: here)?|(?:stop|no more) (?:the |these )?messages",
        r"stop sending (?:these|this|that|it)|(?:kick|remove) the bot|bitte aufh[öo]ren|aufh[öo]ren",
        r"stop(?: it| this| that| talking| spamming)?|mute|silence|shut up|be quiet|go away",
        r"melde? mich (?:bitte )?ab|lass mich in ruhe|schreib mir nicht mehr",
        r"d[ée]jame en paz|dame de baja|no me escribas m[áa]s|cancela mi suscripci[óo]n",
        r"отпиши(?:те)? меня|отстань(?:те)?(?: от меня)?|не пиши(?:те)? мне(?: больше)?|оставь(?:те)? меня в покое",
        r"别烦我|不要再给我发(?:消息|信息)|取消我的订阅|给我退订",
    )
)
"""How people say it."""


def wants_to_leave(typed: str) -> bool:
    """Tell whether somebody says of themselves that they want no more."""
    text = clean(typed).replace("’", "'").rstrip("!.? ")
    return any(pattern.fullmatch(text) for pattern in SAYS)
