"""What people should know of the store: for good, or until it has passed."""

import logging
import threading

log = logging.getLogger(__name__)

HOME, READING, WRITING = "home", "reading", "writing"
"""What a trouble that may pass keeps us from."""


class StoreNotices:
    """Sentences about one store; safe to use from several threads. `where` is for the log alone."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._lasting: list[str] = []
        self._passing: dict[str, str] = {}
        self._changing = threading.Lock()

    def list_all(self) -> tuple[str, ...]:
        """Give what lasts, oldest first, then what may pass."""
        with self._changing:
            return (*self._lasting, *self._passing.values())

    def add(self, sentence: str) -> None:
        """Remember something for good, once."""
        with self._changing:
            if sentence in self._lasting:
                return
            self._lasting.append(sentence)
        log.warning("%s (%s)", sentence, self._where)

    def begin(self, trouble: str, sentence: str) -> None:
        """Remember a trouble until it has passed."""
        with self._changing:
            known = self._passing.get(trouble)
            self._passing[trouble] = sentence
        if known != sentence:
            log.warning("%s (%s)", sentence, self._where)

    def end(self, trouble: str) -> None:
        """Forget a trouble that has passed."""
        with self._changing:
            known = self._passing.pop(trouble, None)
        if known:
            log.warning("this has passed: %s (%s)", known, self._where)
