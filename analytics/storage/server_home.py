"""PostgreSQL as a place for the tables: it may be away at the start, or be restarted in the middle of the work."""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from sqlalchemy import Engine, QueuePool
from sqlalchemy.exc import DBAPIError

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.failures import Trouble, diagnose, has_hung_up
from analytics.storage.postgresql import LIMITS, PATIENCE_SECONDS, bring_up_to_date, make_engine
from analytics.storage.schema_history import SchemaHistory, Upgrade
from analytics.storage.server_pool import PoolLimits
from analytics.storage.trouble_words import explain_failure, name_role, name_server

log = logging.getLogger(__name__)

PAUSES = (0.2, 0.5, 1.0, 2.0, 2.0)
"""Seconds between tries after the server hung up in the middle of the work: a restart takes a few."""

NEVER_PASSES = (Trouble.NO_RIGHT, Trouble.READ_ONLY, Trouble.DAMAGED, Trouble.WRONG_ADDRESS)
"""What is refused at the start: no waiting mends it."""

LATER_PATIENCE = 5.0
"""Seconds to wait for somebody else's upgrade while people wait for an answer."""


class ServerHome:
    """Where the tables rest. `is_ready` once they are those of this program; `upgrade` tells what was done for that."""

    is_kept = True
    damages = None

    def __init__(
        self,
        url: str,
        history: SchemaHistory,
        wait: Callable[[float], None] = time.sleep,
        limits: PoolLimits | None = None,
    ) -> None:
        self.upgrade: Upgrade | None = None
        self.is_ready = False
        self.trouble: DatabaseTrouble | None = None
        self._history = history
        self._wait = wait
        self._engine = make_engine(url, limits or LIMITS)
        self.where = name_server(self._engine)
        self.opened: tuple[Engine, AbstractContextManager[object]] = (self._engine, nullcontext())
        self._begin()

    def prepare(self) -> None:
        """Bring the tables up to date, if the server was away until now."""
        if not self.is_ready:
            self._bring_up_to_date(LATER_PATIENCE)

    def recovers(self, failure: DBAPIError, broken: Engine, lost: int, *, began: bool) -> bool:
        """
        Wait a moment for a server that hung up in the middle of the work, which was `lost` so many times before.

        One that was away to begin with is not waited for: people want their answers. One that takes no more connections
        is, while others of this process are in use: those come back in a moment.
        """
        del broken
        has_begun = has_hung_up(failure) and (began or lost)
        if lost >= len(PAUSES) or not (has_begun or self._waits_for_ours(failure)):
            return False
        self._wait(PAUSES[lost])
        return True

    def _waits_for_ours(self, failure: DBAPIError) -> bool:
        pool = self._engine.pool
        return diagnose(failure) is Trouble.CROWDED and isinstance(pool, QueuePool) and pool.checkedout() > 0

    def explain(self, failure: DBAPIError) -> DatabaseTrouble | None:
        """Say what is the matter and what to do; None for what is our fault."""
        return explain_failure(failure, name_server(self._engine), name_role(self._engine))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _begin(self) -> None:
        """Refuse at the start what cannot be worked with; a server that is away is asked again when it is needed."""
        try:
            self._bring_up_to_date(PATIENCE_SECONDS)
        except DBAPIError as failure:
            trouble = self.explain(failure)
            if trouble is None or diagnose(failure) in NEVER_PASSES:
                self.close()
                raise (DatabaseUnusable(trouble.what, trouble.advice) if trouble else failure) from failure
            self.trouble = trouble
            log.warning("%s", trouble)
        except BaseException:
            self.close()
            raise

    def _bring_up_to_date(self, patience: float) -> None:
        self.upgrade = bring_up_to_date(self._engine, self._history, patience) or self.upgrade
        self.is_ready, self.trouble = True, None
        if self.upgrade:
            log.info("%s", self.upgrade)
