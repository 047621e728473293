"""The small pages that who installs the app sees: what happened, why, what to do next. No script, no other site."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from analytics.pages.page_templates import read_file

HEADERS: Mapping[str, str] = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""The address holds a code that is good once: it goes to no other site."""

HTML = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
{colours}body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem }}
body {{ color: var(--text); background: var(--ground) }}
h1 {{ font-size: 1.5rem }}
a {{ color: var(--link) }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""

AGAIN = '<p><a href="/slack/install">Begin again</a></p>'


@dataclass(frozen=True, slots=True)
class InstallPage:
    """A page and its status."""

    status: int
    html: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why nothing was installed, and what to do, in sentences."""

    status: int
    why: str
    advice: str = "Please begin again."


OPERATOR = "Whoever runs this app has to mend that; its log has Slack's word for it."
TOO_LATE = WhyNot(
    400, "Slack does not know the code that came with this address, or not any more: it is good once, for ten minutes."
)

REASONS: Mapping[str, WhyNot] = {
    "access_denied": WhyNot(200, "It was declined on Slack's page.", "If that was a mistake, begin again."),
    "invalid_browser": WhyNot(
        400, "This is not the browser in which the installation began, or it keeps no cookies from this site."
    ),
    "invalid_state": WhyNot(400, "This address was used already, or it is older than ten minutes."),
    "missing_code": WhyNot(400, "Slack's code is missing in this address."),
    "invalid_request": WhyNot(400, "This is no address that Slack's page leads to."),
    "invalid_code": TOO_LATE,
    "code_already_used": TOO_LATE,
    "code_expired": TOO_LATE,
    "bad_client_secret": WhyNot(500, "Slack does not take the secret of this app.", OPERATOR),
    "invalid_client_id": WhyNot(500, "Slack does not know the id of this app.", OPERATOR),
    "bad_redirect_uri": WhyNot(500, "This address is not among the redirect URLs of the app.", OPERATOR),
    "token_rotation": WhyNot(
        500, "The app has token rotation on, and its tokens would end after twelve hours.", OPERATOR
    ),
    "storage_error": WhyNot(
        503, "The installation could not be kept, because the database is away.", "Please begin again in a minute."
    ),
    "no_answer": WhyNot(503, "Slack did not answer as it should.", "Please begin again in a minute."),
}
"""Slack's words, Bolt's and ours."""


def explain(word: str) -> InstallPage:
    """Say why nothing was installed, and what to do; a word that nobody knows is shown."""
    reason = REASONS.get(word) or WhyNot(400, f"Slack says “{word[:60]}”.")
    body = f"<p>{escape(reason.why)} {escape(reason.advice)}</p>\n{AGAIN if reason.advice != OPERATOR else ''}"
    return _fill(reason.status, "Nothing was installed", body)


def welcome(name: str | None, app: str, home: str, *, is_org: bool) -> InstallPage:
    """Say that it is installed, and what to do next."""
    where = escape(name or ("your organization" if is_org else "your workspace"))
    first = (
        "An organization admin now adds the app to the workspaces that shall have it."
        if is_org
        else f'<a href="https://slack.com/app_redirect?app={escape(app)}&amp;team={escape(home)}">Open it in Slack</a>.'
    )
    body = (
        f"<p>{first}</p>\n<ol>\n<li>Invite it into a channel: <code>/invite @frameworks</code></li>\n"
        "<li>Ask there: <code>/frameworks top30</code></li>\n"
        "<li>Have it come every week: <code>/frameworks digest on</code></li>\n</ol>"
    )
    return _fill(200, f"Installed in {where}", body)


def _fill(status: int, title: str, body: str) -> InstallPage:
    """Make a page, in the colours of all pages."""
    return InstallPage(status, HTML.format(title=title, body=body, colours=read_file("colours.css")))
