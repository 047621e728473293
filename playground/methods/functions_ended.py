"""functions.completeSuccess and functions.completeError: the one end of a run."""

from playground.calls import Call, Method, MethodError, Reply
from playground.deliveries import WAITING
from playground.functions import COMPLETED, FAILED, RUNNING, StepOfRun, parameter_problem


def complete_success(call: Call) -> Reply:
    """End a run well, with its outputs."""
    run = _find_running(call)
    outputs = call.read_nested("outputs", "invalid_arguments")
    if problem := parameter_problem(outputs, call.site.world.functions[run.callback_id].outputs):
        raise MethodError("parameter_validation_failed", response_metadata={"messages": [problem]})
    run.outputs, run.in_time = outputs, _is_unacknowledged(call, run)
    return _end(run, COMPLETED)


def complete_error(call: Call) -> Reply:
    """End a run with a sentence for people."""
    run = _find_running(call)
    run.error = call.need("error")
    return _end(run, FAILED)


def _find_running(call: Call) -> StepOfRun:
    run = call.site.world.runs.get(call.need("function_execution_id"))
    if run is None or run.token.workspace is not call.workspace:
        raise MethodError("function_execution_not_found")
    if run.state != RUNNING:
        raise MethodError("execution_not_in_running_state")
    return run


def _is_unacknowledged(call: Call, run: StepOfRun) -> bool:
    """Tell whether the event of a run still waits for its acknowledgement: a menu that comes later is not shown."""
    waiting = (one.payload.get("event") or {} for one in call.site.deliveries.all if one.outcome == WAITING)
    return any(event.get("function_execution_id") == run.id for event in waiting)


def _end(run: StepOfRun, state: str) -> Reply:
    """End it; the token of the run is good until then."""
    run.state, run.token.revoked = state, True
    return {}


METHODS = {
    "functions.completeSuccess": Method(complete_success, 3),
    "functions.completeError": Method(complete_error, 3),
}
