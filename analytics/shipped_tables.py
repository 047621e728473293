"""Tables of values that the program is shipped with, as CSV beside the code that reads them."""

import csv


def read_rows(package: str, name: str) -> list[dict[str, str]]:
    """Give the rows of a table in a package, each by the names of the first line."""
    # Imported here because it takes a third of a small package's start, and most questions ask for no table.
    from importlib.resources import files

    return list(csv.DictReader((files(package) / name).read_text(encoding="utf-8").splitlines()))
