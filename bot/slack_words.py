"""
Slack's words for a refusal, and ours: why, and what helps whoever asked or whoever subscribed.

The words are those of docs.slack.dev/reference/methods (chat.postMessage, files.*). Pure; what each means for a post is
sorted in `slack_errors.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ASK_ADMIN = "A workspace admin can change that."
RESUME = "`/frameworks digest resume` in the channel starts it again."
ADMIN = f"A workspace admin can look into it; {RESUME}"
INVITE = "Type `/invite @frameworks` there, then `/frameworks digest resume`."
ELSEWHERE = "Subscribe another channel, or unarchive it and type `/frameworks digest resume` there."
LATER = "Please ask again in a few minutes."


@dataclass(frozen=True, slots=True)
class Meaning:
    """Why Slack refuses, in a clause that ends a sentence; what helps an asker, and what helps a subscriber."""

    why: str
    asker: str = ASK_ADMIN
    subscriber: str = ADMIN


LASTING: Mapping[str, Meaning] = {
    "is_archived": Meaning("the channel is archived.", "Ask in another one.", ELSEWHERE),
    "not_in_channel": Meaning("I am not in the channel.", "Type `/invite @frameworks`, then ask again.", INVITE),
    "channel_not_found": Meaning(
        "the channel is gone, or private and I am not in it.", "Type `/invite @frameworks`, then ask again.", INVITE
    ),
    "too_many_members": Meaning(
        "the channel has as many members as Slack allows, so I cannot join it.", "Ask in another one.", ELSEWHERE
    ),
    "channel_is_limited_access": Meaning(
        "only some people have access to this channel, so I cannot join it.", "Ask in another one.", ELSEWHERE
    ),
    "account_inactive": Meaning(
        "my account in this workspace was switched off.", "A workspace admin can install me again."
    ),
    "missing_scope": Meaning(
        "my app lacks a permission.",
        "A workspace admin can add it: see the README, Permissions.",
        f"A workspace admin can add it: see the README, Permissions. {RESUME}",
    ),
    "no_permission": Meaning(
        "my app may not do this here.", "A workspace admin can allow it, or install me again with all permissions."
    ),
    "not_allowed_token_type": Meaning(
        "I was set up with the wrong kind of token.",
        "Whoever runs me can put it right: see the README, “Put it into your Slack”.",
    ),
    "team_access_not_granted": Meaning(
        "I was not given access to this workspace of your organization.", "An organization admin can add me to it."
    ),
    "restricted_action": Meaning("the workspace's rules do not let me post here."),
    "restricted_action_read_only_channel": Meaning(
        "only some people may post in this channel.", "Ask in another one, or have an admin let me post."
    ),
    "restricted_action_thread_only_channel": Meaning(
        "this channel takes replies in threads only.", "Mention me in a thread, or ask in another channel."
    ),
    "restricted_action_non_threadable_channel": Meaning(
        "this channel takes no replies in threads.", "Ask with the slash command, or in another channel."
    ),
    "restricted_action_thread_locked": Meaning("this thread is locked.", "Ask outside the thread."),
    "cannot_reply_to_message": Meaning("this message takes no replies.", "Ask outside the thread."),
    "posting_to_general_channel_denied": Meaning(
        "the workspace's rules let only some post in this channel.", "Ask in another one."
    ),
    "ekm_access_denied": Meaning(
        "an admin has suspended posting here, by the workspace's own encryption keys.",
        "Ask a workspace admin, or ask in another channel.",
    ),
    "access_denied": Meaning("access to this channel is denied to me."),
    "enterprise_is_restricted": Meaning(
        "your organization does not allow this to apps.", "An organization admin can change that."
    ),
    "messages_tab_disabled": Meaning(
        "messages to me are switched off in my app's settings.", "Ask in a channel, or have an admin switch them on."
    ),
}
"""What does not pass by itself: whoever asked is told, a digest is paused until somebody resumes it."""

GONE_THREAD = Meaning("the message that this thread begins with is gone.", "Ask again outside the thread.")

PASSING: Mapping[str, Meaning] = {
    **dict.fromkeys(("thread_not_found", "message_not_found"), GONE_THREAD),
    "team_added_to_org": Meaning("this workspace is being moved into an organization at the moment.", LATER),
    "org_login_required": Meaning("this workspace is being moved into an organization at the moment.", LATER),
    "external_channel_migrating": Meaning("this shared channel is being moved at the moment.", LATER),
    "accesslimited": Meaning(
        "Slack does not take this from the network I run in.", "Whoever runs me can look into it: the log says more."
    ),
    "invalid_auth": Meaning(
        "Slack does not accept my token at the moment.", "If it stays so, whoever runs me has to renew it."
    ),
    "not_authed": Meaning(
        "Slack does not accept my token at the moment.", "If it stays so, whoever runs me has to renew it."
    ),
    "token_revoked": Meaning("my access to this workspace was withdrawn.", "A workspace admin can install me again."),
    "token_expired": Meaning("my token has expired.", "Whoever runs me has to renew it."),
    "two_factor_setup_required": Meaning("the workspace asks for two-factor sign-in to be set up first."),
}
"""What may pass by itself: whoever asked is told, a digest tries again."""

RUNNER = "Whoever runs me can look into it: the log says more."

LENGTHS = {"attachment_payload_limit_exceeded", "msg_blocks_too_long", "msg_too_long", "too_many_attachments"}
FORMS = {
    *("block_mismatch", "invalid_arg_name", "invalid_arguments", "invalid_blocks", "invalid_blocks_format"),
    *("invalid_metadata_format", "markdown_text_conflict", "metadata_too_large", "no_text"),
}
FILES = re.compile(
    r"slack_connect_\w+|file_not_found|file_deleted|file_is_deleted|unable_to_share_files|posting_to_channel_denied"
    r"|file_share_limit_reached|max_file_sharing_exceeded|invalid_slack_file"
)
"""What costs the picture, not the answer: chief among them the rules for channels shared with others."""


def meaning_of_form(word: str) -> Meaning | None:
    """Give what a refusal of the message itself means, where Slack takes it in no form; its own word is told too."""
    if word in LENGTHS:
        fewer = "`/frameworks digest on` with fewer sections makes it shorter"
        return Meaning(f"the message is longer than Slack takes ({word}).", RUNNER, f"{fewer}. {RUNNER} {RESUME}")
    if word in FORMS:
        return Meaning(f"Slack takes the message in none of its forms ({word}).", RUNNER, f"{RUNNER} {RESUME}")
    if FILES.fullmatch(word):
        no_files = "Whoever runs me can set SLACK_PICTURES=off."
        return Meaning(
            f"Slack lets me post nothing here that shows a file ({word}).",
            f"{ASK_ADMIN} {no_files}",
            f"{ASK_ADMIN} {no_files} {RESUME}",
        )
    return None


def meaning_of(word: str) -> Meaning | None:
    """Give what a word means; a newer kind of restricted_action means what restricted_action does."""
    known = LASTING.get(word) or PASSING.get(word)
    if known is None and word.startswith("restricted_action"):
        return LASTING["restricted_action"]
    return known


def lasts(word: str) -> bool:
    """Tell whether a refusal stays until a person does something; a word never heard of may pass."""
    return word in LASTING or word.startswith("restricted_action")
