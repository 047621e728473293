"""Ctrl-C ends the playground at once, whatever is being collected: no source is waited for."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_ctrl_c_ends_it_in_the_middle_of_a_collection(tmp_path: Path) -> None:
    """Started for real, with a Hub that takes every call and answers none: the collector waits for it a minute long."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = {"PATH": os.defpath, "HOME": str(tmp_path), "FRAMEWORKS_HOME": str(tmp_path), "LOG_LEVEL": "INFO"}
        environment |= {"PYTHONPATH": str(ROOT), "HF_ENDPOINT": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        command = [sys.executable, "-m", "bot"]
        pipe, both = subprocess.PIPE, subprocess.STDOUT
        with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=pipe, stderr=both, text=True) as process:
            lines: list[str] = []
            for line in process.stdout or ():
                lines.append(line)
                has_begun = any("collecting top" in said for said in lines)
                if has_begun and line.startswith("──") and lines.count(line) > 1:
                    break
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            seconds = time.monotonic() - began

    assert process.returncode == 0
    assert seconds < 2
