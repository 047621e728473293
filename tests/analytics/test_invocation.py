"""A hint names what can really be typed."""

from pathlib import Path

from analytics.invocation import command


def test_without_an_installation_the_interpreter_is_named() -> None:
    """After `make` there is `.venv/bin/python` alone; from elsewhere it is named in full."""
    inside = str(Path.cwd() / ".venv/bin/python")

    assert command("top30", "/x/analytics/__main__.py", inside) == str(Path(".venv/bin/python")) + " -m analytics top30"
    assert command("", "/x/analytics/__main__.py", "/opt/python") == f"{Path('/opt/python')} -m analytics"


def test_an_installed_program_is_named_by_what_was_run() -> None:
    """By its path where the shell finds none of that name."""
    said = command("top30", str(Path.cwd() / "bin/frameworks"))

    assert said in ("frameworks top30", f"{Path('bin/frameworks')} top30")
