"""The library table can be renewed from the list of huggingface.js, and says what it does not know."""

import io
import tarfile
from pathlib import Path

import pytest

from analytics.attribution import refresh, unknown_libraries
from analytics.attribution.library_table import libraries
from analytics.domain.observations import Model

LIST = """
export const MODEL_LIBRARIES_UI_ELEMENTS = {
\tacestep: {
\t\tprettyLabel: "ACE-Step",
\t\tnested: { deep: { filter: false } },
\t},
\t"adapter-transformers": {
\t\tfilter: true,
\t},
\t"brand-new": {
\t},
} satisfies Record<string, LibraryUiElement>;

export const OTHER = {
\tnot_a_library: {
\t},
};
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write a list of three keys, one of them new."""
    path = tmp_path / "model-libraries.ts"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_reads_the_keys_and_nothing_else() -> None:
    """Nested objects and later tables are not libraries."""
    assert refresh.list_keys(LIST) == ["acestep", "adapter-transformers", "brand-new"]


def test_reports_what_is_new_and_what_is_gone(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys the list no longer has are named, never dropped."""
    assert refresh.main(["--from", str(source)]) == 0

    said = capsys.readouterr().out
    assert "3 keys, 1 new: brand-new;" in said
    assert "timm" in said


def test_reads_the_package_as_npm_packs_it(source: Path, tmp_path: Path) -> None:
    """A .tgz is read without being unpacked."""
    packed = tmp_path / "tasks.tgz"
    with tarfile.open(packed, "w:gz") as package:
        member = tarfile.TarInfo("package/src/model-libraries.ts")
        member.size = source.stat().st_size
        package.addfile(member, io.BytesIO(source.read_bytes()))

    assert refresh.list_keys(refresh.text_of(packed)) == refresh.list_keys(LIST)


def test_writes_new_keys_for_a_person_to_fill_in(source: Path, tmp_path: Path) -> None:
    """A new library is Unknown until somebody read its documentation."""
    table = tmp_path / "libraries.csv"

    refresh.main(["--from", str(source), "--table", str(table), "--write"])

    assert table.read_text(encoding="utf-8") == "brand-new,Unknown,low,,,hub\n"


def test_says_when_it_was_given_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty or foreign file would otherwise look like every key being gone."""
    wrong = tmp_path / "x.ts"
    wrong.write_text("export {}", encoding="utf-8")

    assert refresh.main(["--from", str(wrong)]) == 1
    assert "No library key was found" in capsys.readouterr().err


def test_counts_libraries_the_table_does_not_know() -> None:
    """Keys change often; what is not known is counted, not guessed."""
    models = [Model("a/b", library="brand-new"), Model("a/c", library="brand-new"), Model("a/d", library="timm")]

    assert unknown_libraries(models) == {"brand-new": 2}


def test_every_row_uses_known_words() -> None:
    """A misspelt framework would silently count as nothing."""
    words = {"PyTorch", "TensorFlow", "JAX", "Keras", "MLX", "PaddlePaddle", "Other", "ONNX"}

    for library in libraries().values():
        assert set(library.frameworks) <= words, library
        assert library.origin in ("hub", "seen", "named", "tool", "tag", "dated"), library
