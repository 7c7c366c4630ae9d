"""What a file leaves open, so that a person has to decide before it is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from meetingtool.errors import Refused

Asks = Literal["column", "leavers", "raters", "encoding"]
"""column: which one holds the field `key`. leavers: whether a column says who has left. raters: whether ratings that
others seem to have given are the manager's. encoding: which one the file has."""

ENCODINGS = {
    "cp1250": "Central European: Polish, Czech, Hungarian",
    "cp1252": "Western European",
    "mac": "Macintosh",
    "cp1251": "Cyrillic",
    "koi8-r": "Cyrillic, older",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp932": "Japanese",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "cp949": "Korean",
    "utf-8": "UTF-8",
}
"""The encodings to choose from, and where they are used."""


class LeftOpen(Refused):
    """A command names the option that decides; the app asks. key: the field in question, or a word
    that was misread. options: what to choose from,
    such as the names of columns."""

    def __init__(self, message: str, hint: str, asks: Asks, *, key: str = "", options: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.asks = asks
        self.key = key
        self.options = tuple(options)
