"""Tables of values that the program is shipped with, as CSV beside the code that reads them."""

import csv


def read_lists(package: str, name: str) -> list[list[str]]:
    """Give the rows of a table in a package as they stand, the names of its columns first."""
    # Imported here because it takes a third of a small package's start, and most questions ask for no table.
    from importlib.resources import files

    return list(csv.reader((files(package) / name).read_text(encoding="utf-8").splitlines()))


def read_rows(package: str, name: str) -> list[dict[str, str]]:
    """Give the rows of a table in a package, each by the names of the first line."""
    head, *rows = read_lists(package, name)
    return [dict(zip(head, row, strict=True)) for row in rows]
