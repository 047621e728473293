"""Every host that is asked, and why: the one list, which the README and the playground's page repeat."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedHost:
    """A host, what it is asked for, and the setting that names another in its place (empty: none does)."""

    name: str
    why: str
    setting: str = ""


ASKED_HOSTS = (
    AskedHost("huggingface.co", "lists and single models, the census, the archive of papers", "HF_ENDPOINT"),
    AskedHost("hf.co", "the files that huggingface.co refers to: parts of the census and of the archive"),
    AskedHost("paperswithcode.co", "papers since 2023 by framework", "PAPERS_API_URL"),
    AskedHost("codeload.github.com", "the source archives of official collections"),
    AskedHost("raw.githubusercontent.com", "one page of an official collection"),
    AskedHost(
        "the package index of pip",
        "released wheels: official collections, and what libraries convert on load",
        "PIP_INDEX_URL",
    ),
    AskedHost(
        "slack.com", "your workspace, if you gave tokens; the playground asks no host of Slack's", "SLACK_API_URL"
    ),
)
"""With `COLLECT=off` the sources are not asked but for huggingface.co and hf.co, and those only when somebody asks."""
