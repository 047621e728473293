"""
The step as Slack's manifest describes it, and the second manifest that has it: the first with what the step needs.

The step asks for an organization-wide install and a paid plan, so it stands in a manifest of its own
(docs/write_manifests.py writes it); nothing of it is in the first. Pure.
"""

from collections.abc import Mapping
from typing import Any

POST, OFFER = "post_answer", "offer_questions"
"""The callback_ids: of the step, and of what offers its questions while a workflow is edited. Workflows name them."""

QUESTION, CHANNEL, ONLY_IF_CHANGED = "question", "channel", "only_if_changed"
HEADLINE, SHARES, LINK = "headline", "shares", "link"
QUERY, OPTIONS = "query", "options"


def _parameter(name: str, kind: str, title: str, description: str, *, required: bool) -> dict[str, Any]:
    said = {"type": kind, "title": title, "description": description}
    return {name: said | {"is_required": required, "name": name}}


def _question() -> dict[str, Any]:
    """Give the input whose menu asks us at each letter: only words that are understood can be chosen."""
    about = "In the words of /frameworks; type any, and choose how they are understood"
    [(name, said)] = _parameter(QUESTION, "string", "Question", about, required=True).items()
    asked = {"function": f"#/functions/{OFFER}", "inputs": {QUERY: {"value": "{{client.query}}"}}}
    return {name: said | {"dynamic_options": asked}}


FUNCTIONS: Mapping[str, Any] = {
    POST: {
        "title": "Post a Frameworks answer",
        "description": "Posts the answer to a question on pre-trained models, chart and all",
        "input_parameters": {
            **_question(),
            **_parameter(CHANNEL, "slack#/types/channel_id", "Channel", "Where the answer is posted", required=True),
            **_parameter(
                ONLY_IF_CHANGED,
                "boolean",
                "Only if it changed",
                "Posts nothing while headline and shares are those that this step posted there last",
                required=False,
            ),
        },
        "output_parameters": {
            **_parameter(HEADLINE, "string", "Headline", "The finding in a sentence", required=True),
            **_parameter(SHARES, "string", "Shares", "The numbers behind it", required=True),
            **_parameter(LINK, "string", "Link", "Where it was posted, now or last", required=False),
        },
    },
    OFFER: {
        "title": "Offer questions",
        "description": "Reads what is typed while a workflow is edited, and offers how it is understood",
        "input_parameters": _parameter(QUERY, "string", "Typed", "What was typed so far", required=False),
        "output_parameters": _parameter(
            OPTIONS, "slack#/types/options_select", "Questions", "How it is understood", required=True
        ),
    },
}


def add_step(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Give the second manifest: the first, with the step and what it asks for."""
    settings = manifest["settings"]
    events = sorted({*settings["event_subscriptions"]["bot_events"], "function_executed"})
    heard = {**settings["event_subscriptions"], "bot_events": events}
    more = {"event_subscriptions": heard, "org_deploy_enabled": True, "function_runtime": "remote"}
    return {**manifest, "functions": dict(FUNCTIONS), "settings": settings | more}
