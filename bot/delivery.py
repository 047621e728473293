"""
Brings answers to Slack: the ladder of forms, the channel's pace, and words for the asker where nothing can be posted.

What can go wrong is sorted in `slack_errors.py`. The ladder: picture with Slack's own table, then Slack's own chart and
table, then text; where it is the table that is refused, the picture with text. Each step is tried once; a 429 ends the
ladder (`pauses.py`). Whatever happens, the asker hears something (`telling.py`).
"""

import datetime as dt
import functools
import logging
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from analytics.domain.answer import Answer
from bot import answer_forms, messages, troubles
from bot.config import Pictures
from bot.drawn_pictures import picture_of
from bot.messages import Message
from bot.pauses import Pauses
from bot.place import Place, Respond
from bot.posted_replies import PostedReplies, look_for_replies
from bot.slack_client import slack_client
from bot.slack_errors import (
    SLACK_FAILURES,
    Forbidden,
    NotHere,
    Refused,
    RefusedForNow,
    TooFast,
    Unconfirmed,
    describe,
    pick,
    sort_failures,
)
from bot.slack_words import GONE_THREAD, meaning_of
from bot.telling import Telling
from bot.uploads import CONNECT, Drawing, Uploads

__all__ = ["Delivery", "Place", "Respond", "slack_client"]

log = logging.getLogger(__name__)

Picture = Callable[[], bytes]


def always(_: Place) -> bool:
    """Say that it may be told."""
    return True


class Delivery:
    """
    Brings messages to Slack through one client; safe to use from several threads.

    `may_tell` is asked right before something leaves for one person alone: not where another process has done so.
    """

    def __init__(
        self,
        client: WebClient,
        wait: Callable[[float], None] = time.sleep,
        pictures: Pictures = Pictures.BLOCK,
        pauses: Pauses | None = None,
        uploads: Uploads | None = None,
        may_tell: Callable[[Place], bool] = always,
    ) -> None:
        self._client = client
        self._wait = wait
        self._pictures = pictures
        self._pauses = pauses or Pauses(wait)
        self._uploads = uploads or Uploads(client, wait)
        self._telling = Telling(client, wait)
        self._may_tell = may_tell

    def speaking_through(self, client: WebClient) -> "Delivery":
        """Give one that speaks through another client, and keeps to the same pauses."""
        return Delivery(client, self._wait, self._pictures, self._pauses)

    # ------------------------------------------------------------------------------------------------------- answers

    def bring(self, place: Place, answer: Answer) -> str:
        """
        Post an answer where no person asked, so that nobody is told why not; give its ts.

        Raises:  NotHere, TooFast, Forbidden, Unconfirmed.
        """
        picture, name = picture_of(answer)
        with self._pauses.observe(place.channel):
            ts = self._descend(place, self._ladder(answer, picture, name, place.user), lambda: None)
        if self._pictures is Pictures.SHARE:
            self._uploads.share(answer, picture, name, place.channel, ts)
        return ts

    def post(
        self, place: Place, answer: Answer, picture: Picture, name: str, ready: Callable[[], None] = lambda: None
    ) -> str:
        """
        Post an answer in its channel, one step down the ladder for each refusal.

        `picture` draws the PNG, only if it has not been uploaded before under `name`; `ready` is called when the first
        form is about to be sent. Gives the ts of the post, nothing where it is not known to be there.
        """
        try:
            with self._pauses.observe(place.channel):
                ts = self._descend(place, self._ladder(answer, picture, name, place.user), ready)
        except NotHere:
            self.tell(place, answer_forms.native(answer, None, troubles.invite(direct=place.direct)))
        except TooFast as fast:
            self.tell(place, answer_forms.text_only(answer, None, _tell_slowed_down(fast)))
        except (Forbidden, RefusedForNow) as refusal:
            where = replace(place, in_thread=place.in_thread and meaning_of(refusal.code) is not GONE_THREAD)
            self.tell(where, answer_forms.text_only(answer, None, troubles.explain_not_posted(refusal.code)))
        except Unconfirmed:
            self.tell(place, troubles.warn_unconfirmed())
        else:
            self.dismiss(place)
            if self._pictures is Pictures.SHARE:
                self._uploads.share(answer, picture, name, place.channel, place.thread_ts or ts)
            return ts
        return ""

    def show(self, place: Place, answer: Answer) -> None:
        """
        Show an answer to the asker alone; a picture cannot be ephemeral, so Slack's own blocks show it.

        What tells of a private model is not offered for the channel.
        """
        best = answer_forms.native(answer, None, share=not answer.private)
        self.tell(place, best, answer_forms.text_only(answer, None))

    def _ladder(self, answer: Answer, picture: Picture, name: str, asked_by: str) -> "Ladder":
        """Give the forms of an answer, best first; a form is made only when it is its turn."""
        missing: str | None = ""
        if self._pictures is Pictures.BLOCK and answer.chart:
            missing = yield from self._show_picture(answer, picture, name, asked_by)
        if missing is not None:
            yield answer_forms.native(answer, asked_by, missing)
        yield answer_forms.text_only(answer, asked_by, missing or "")

    def _show_picture(
        self, answer: Answer, picture: Picture, name: str, asked_by: str
    ) -> Generator[Message, Refused, str | None]:
        """Give the forms with the picture; then say why it is missing, or None where it was not the picture's fault."""
        tries = 2 if self._uploads.find(name) else 1
        for _ in range(tries):
            file_id, trouble = self._uploads.upload(answer, picture, name)
            if not file_id:
                return troubles.no_picture(trouble)
            form = answer_forms.with_picture(answer, file_id, asked_by)
            refusal = yield form
            if _spares_the_picture(refusal, form):
                yield answer_forms.text_with_picture(answer, file_id, asked_by)
                return None
            if refusal.code.startswith(CONNECT):
                return troubles.no_picture("the rules for channels shared with others forbid it")
            self._uploads.forget(name)  # somebody may have deleted the file: then it is uploaded anew, once
        return troubles.no_picture("Slack does not show it here")

    def _descend(self, place: Place, ladder: "Ladder", ready: Callable[[], None]) -> str:
        """Try one form after the other, telling the ladder what was refused; give the ts of what Slack took."""
        form = next(ladder)
        ready()
        while True:
            try:
                return self._post_or_join(place, form)
            except Refused as refusal:
                try:
                    form = ladder.send(refusal)
                except StopIteration:
                    raise Forbidden(refusal.code) from refusal

    def _post_or_join(self, place: Place, message: Message) -> str:
        try:
            return self._send_patiently(place, message, place.work)
        except NotHere as away:
            if not away.joinable or not self._join(place):
                raise
            return self._send_patiently(place, message, place.work)

    def _send_patiently(self, place: Place, message: Message, answers: str = "") -> str:
        """Send; after a 429 once more when the pause is over, if it is bearable and nobody else waits for it."""
        try:
            return self._pauses.send(place.channel, lambda: self._send(place, message, answers))
        except TooFast:
            self._pauses.keep(place.channel)
            return self._pauses.send(place.channel, lambda: self._send(place, message, answers))

    def _send(self, place: Place, message: Message, answers: str = "", notice_of: str = "") -> str:
        said = message.as_post(answers, notice_of)
        with sort_failures(place):
            sent = self._client.chat_postMessage(channel=place.channel, thread_ts=place.thread_ts, **said)
            return str(sent.get("ts") or "")

    def _join(self, place: Place) -> bool:
        try:
            with sort_failures(place):
                self._client.conversations_join(channel=place.channel)
        except (Refused, NotHere, Forbidden, Unconfirmed):
            return False
        return True

    def send_rows(self, place: Place, answer: Answer, *, alone: bool) -> None:
        """Bring the rows of an answer as a CSV file: into its thread; to the asker, where `alone` or not let in."""
        if not answer.table:
            self.tell(place, messages.without_rows())
            return
        name, content = answer_forms.as_file(answer)
        try:
            trouble = "" if alone else self._uploads.share_file(content, name, place.channel, place.thread_ts)
        except NotHere:
            alone, trouble = True, ""
        except Unconfirmed:
            self.tell(place, troubles.doubt_file(name))
            return
        if alone:
            trouble = self._give_file(place, content, name)
        if trouble or (alone and not place.direct):
            self.tell(place, troubles.no_file(name, trouble) if trouble else messages.file_given(name))

    def _give_file(self, place: Place, content: bytes, name: str) -> str:
        """Give a file to the asker by direct message; give why not, if so."""
        try:
            opened: Any = self._client.conversations_open(users=place.user)
            return self._uploads.share_file(content, name, str(pick(opened, "channel", "id")), None)
        except Unconfirmed:
            return "Slack did not confirm it; it may be in our direct message all the same"
        except (*SLACK_FAILURES, NotHere) as failure:
            log.info("no direct message to %s: %s", place, describe(failure))
            return "I cannot write to you directly"

    # ------------------------------------------------------------------------------------------------ private words

    def picture(self, answer: Answer) -> tuple[str, str]:
        """Draw and upload the picture of an answer, once for all channels; give its file id, or why there is none."""
        if self._pictures is not Pictures.BLOCK:
            return "", ""
        return self._uploads.upload(answer, *picture_of(answer))

    def drawing(self, answer: Answer) -> Drawing | None:
        """Give the picture of an answer where pictures are shared in threads; it is drawn once, when it is needed."""
        if self._pictures is not Pictures.SHARE:
            return None
        draw, name = picture_of(answer)
        return Drawing(f"{name}.png", answer.title, answer.alt_text, functools.cache(draw))

    def tell(self, place: Place, *forms: Message) -> bool:
        """
        Say something to the asker alone, in the first form and by the first way that Slack takes; tell whether it is.

        It is noted first that it may be there, which nobody can see afterwards.
        """
        return self._may_tell(place) and self._telling.tell(place, *forms)

    def tell_beforehand(self, place: Place, message: Message) -> None:
        """Say something to the asker alone, after which the answer follows."""
        self._telling.tell(place, message)

    def hint(self, place: Place, message: Message) -> None:
        """Say to the asker alone what is only a courtesy, and may be lost."""
        self._telling.mention_once(place, message)

    def dismiss(self, place: Place) -> None:
        """Take away the private message whose button was used; nothing is lost if Slack does not do it."""
        self._telling.dismiss(place)

    # --------------------------------------------------------------------------------------------------------- notices

    def look_for(self, place: Place, since: dt.datetime) -> dict[str, PostedReplies] | None:
        """Look for what stands there of what was asked since, by its id; None where Slack does not. Raises TooFast."""
        return look_for_replies(self._client, place, since)

    def announce(self, place: Place, message: Message) -> bool:
        """
        Say something to a whole channel that we are in, once; tell whether it is there for certain.

        It is never worth joining a channel for. Where Slack does not confirm it, it may be there.
        """
        try:
            with self._pauses.observe(place.channel):
                self._say_plainly_at_least(place, message)
        except (NotHere, TooFast, Refused, Forbidden, Unconfirmed) as failure:
            log.warning("a line in %s was not said, or not confirmed: %s", place, failure)
            return False
        return True

    def _say_plainly_at_least(self, place: Place, message: Message) -> None:
        try:
            self._send_patiently(place, message)
        except Refused:
            self._send_patiently(place, Message(message.text))

    def notice(self, place: Place, message: Message, *, privately: bool) -> str:
        """
        Say that something is being worked on; give the ts to take it back by, or nothing if it cannot be.

        A message in a thread or a direct conversation can be deleted again; what a slash command's response_url showed
        cannot (github.com/slackapi/bolt-python/issues/1268), but only the asker sees it. So nobody else is disturbed.
        """
        aside = place.direct or (place.respond is None and bool(place.thread_ts) and not privately)
        if aside and not place.replace and self._pauses.is_quiet(place.channel):
            try:
                return self._pauses.send(place.channel, lambda: self._send(place, message, notice_of=place.work))
            except (TooFast, Refused, NotHere, Forbidden, RefusedForNow):
                pass  # said privately instead
            except Unconfirmed:
                return ""
        self.hint(place, message)
        return ""

    def take_back(self, place: Place, ts: str) -> None:
        """Take back what `notice` said."""
        try:
            with sort_failures(place):
                self._client.chat_delete(channel=place.channel, ts=ts)
        except (TooFast, Refused, NotHere, Forbidden, Unconfirmed) as failure:
            log.info("a notice stays: %s", failure)


Ladder = Generator[Message, Refused, None]


def _spares_the_picture(refusal: Refused, form: Message) -> bool:
    """Tell whether Slack points at other blocks than the picture: a workspace without the newer ones."""
    pictures = {number for number, block in enumerate(form.blocks) if block["type"] == "image"}
    return bool(refusal.at) and not refusal.at & pictures and not refusal.is_about_a_file


def _tell_slowed_down(fast: TooFast) -> str:
    return troubles.explain_pause(fast.seconds, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=fast.seconds))
