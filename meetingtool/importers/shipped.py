"""Where the files are that ship with the product and are not code."""

from __future__ import annotations

from pathlib import Path

from meetingtool.errors import NotFound


def shipped(name: str) -> Path:
    """The folder or file `name` ("starter", "sample") of the data that ships with the product.

    In an installed package the data is inside it as `_data`, in a checkout beside it as `data`.
    NotFound when neither has it.
    """
    here = Path(__file__)
    for data in (here.parents[1] / "_data", here.parents[2] / "data"):
        if (data / name).exists():
            return data / name
    raise NotFound(f"“{name}”, which comes with meetingtool, is missing.", "Install meetingtool again.")
