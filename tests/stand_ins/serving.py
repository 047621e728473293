"""A web application on a free port of this machine, in a thread of its own: what every stand-in stands on."""

import asyncio
import socket
import threading
from typing import Self

from aiohttp import web


class Serving:
    """Serves `application()` from entering the context to leaving it; `stopping` is set when it ends."""

    def __init__(self, port: int = 0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self.stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), daemon=True)

    def application(self) -> web.Application:
        """Give what is served."""
        raise NotImplementedError  # each stand-in says what it serves

    @property
    def endpoint(self) -> str:
        """The address, without a slash at the end."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *exception: object) -> None:
        self._loop.call_soon_threadsafe(self.stopping.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        self._started.set()
        await self.stopping.wait()
        await runner.cleanup()
        await asyncio.sleep(0)  # let the last connections close
