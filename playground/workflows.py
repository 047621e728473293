"""What people do in Workflow Builder: fill in the step, be offered its questions, run it."""

from playground import payloads
from playground.deliveries import Dispatch
from playground.functions import OFFER, POST, StepOfRun, function_executed, parameter_problem
from playground.ids import make_run_token
from playground.other_doors import OtherDoors
from playground.people import ANN, EVENT, NotThere
from playground.state import Json, Token, User


class Workflows(OtherDoors):
    """Everybody in the workspace, where they make and run workflows."""

    def run_step(self, user: str | User = ANN, callback_id: str = POST, **inputs: str | bool) -> Dispatch:
        """Run the step as a workflow would, with these inputs; `channel` by id, name or whatever it is."""
        if problem := parameter_problem(inputs, self.world.functions[callback_id].inputs):
            raise NotThere(problem)
        return self.execute(callback_id, dict(inputs), user)

    def offer_questions(self, query: str = "", user: str | User = ANN) -> Dispatch:
        """Type into the menu of questions while a workflow is edited."""
        return self.execute(OFFER, {"query": query}, user)

    def run_of(self, sent: Dispatch) -> StepOfRun:
        """Give the run that an event is of."""
        return self.world.runs[sent.payload["event"]["function_execution_id"]]

    def options_of(self, sent: Dispatch) -> list[Json]:
        """Give the menu that came of an event: none, where it was acknowledged before it was filled."""
        run = self.run_of(sent)
        return list(run.outputs.get("options", [])) if run.in_time and sent.acked else []

    def execute(self, callback_id: str, inputs: Json, user: str | User = ANN) -> Dispatch:
        """Send a run of any function with any inputs, also such as Slack would not send."""
        person, world = self.user(user), self.world
        team = world.workspaces[person.team_id]
        with world.changing():
            token = Token(make_run_token(), world.tokens[team.bot_token].scopes, team)
            run = StepOfRun(world.new_id("Fx"), callback_id, inputs, token, person)
            world.tokens[token.value] = token
            world.runs[run.id] = run
        ids = (world.new_id("Fn"), world.new_id("Wx"))
        event = function_executed(run, world.functions.get(callback_id), ids, f"{world.now():.6f}")
        payload = payloads.event_envelope(world, team, event)
        if not self.site.hears(team, "function_executed"):
            return self.site.deliveries.not_sent(payload, EVENT)
        return self.deliver(payload, EVENT)

    def runs(self) -> list[StepOfRun]:
        """Give the runs of the step, oldest first."""
        return [run for run in self.world.runs.values() if run.callback_id != OFFER]
