"""What Slack sends of the workflow step: a run, a menu to be filled, a step of another version."""

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from bot.fair_shares import FairShares
from bot.steps.workflow_step import WorkflowStep
from bot.turns import Turns

Body = dict[str, Any]


class StepDoors:
    """One handler for each."""

    def __init__(self, turns: Turns, shares: FairShares, step: WorkflowStep | None) -> None:
        self._turns = turns
        self._shares = shares
        self._step = step

    def post_answer(self, event: Body, body: Body, client: WebClient) -> None:
        """Run the step."""
        if self._step:
            self._step.post_answer(self._turns, event, body, client)

    def refuse_unknown(self, event: Body, body: Body, client: WebClient) -> None:
        """End a run of a step that is not ours."""
        if step := self._step:
            self._shares.aside("", lambda: step.refuse_unknown(event, body, client))

    def offer_questions(self, ack: Callable[..., Any], event: Body, body: Body, client: WebClient) -> None:
        """Fill the menu; Slack wants it before the acknowledgement, which says that it is there."""

        def offer() -> None:
            try:
                if self._step:
                    self._step.offer_questions(event, body, client)
            finally:
                ack()

        self._shares.aside("", offer)
