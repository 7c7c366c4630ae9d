"""Numbers of a spreadsheet that are shown differently from how they are kept, as employee numbers often are: 7 as
0007."""

from __future__ import annotations

import io
import re
from html import unescape
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile

_FORMAT = re.compile(rb"<numFmt\b[^<>]*>")
_STYLES = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.S)
_STYLE = re.compile(rb"<xf\b[^<>]*>")
_SHEET = re.compile(rb"<sheet\b[^<>]*>")
_RELATION = re.compile(rb"<Relationship\b[^<>]*>")
_CELL = re.compile(rb"<c\b[^<>]*>")
_SHAPE_PIECE = re.compile(r'"([^"]*)"|\\(.)|([ \-]+)|(0)')
_DIGIT = "\0"
"""Stands for a digit in a shape; everything else in it stands for itself."""
_PLACE = re.compile(r"([A-Z]+)(\d+)")


class NumberShapes:
    """How cells of an .xlsx workbook are shown that have leading zeros or signs between the digits. Empty for workbooks
    of other kinds."""

    def __init__(self, data: bytes) -> None:
        self._shapes: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        try:
            self._packed = ZipFile(io.BytesIO(data))
            self._shapes = _shaped_styles(self._packed)
            self._parts = _sheets(self._packed) if self._shapes else {}
        except (BadZipFile, KeyError):
            return

    def of(self, sheet: str) -> dict[tuple[int, int], str]:
        """The shapes of the cells of a worksheet, by row and column from 1; see `shaped`."""
        part = self._parts.get(sheet)
        if part is None or part not in self._packed.namelist():
            return {}
        found = {}
        for tag in _CELL.findall(self._packed.read(part)):
            shape = self._shapes.get(_attribute(tag, "s"))
            place = _PLACE.fullmatch(_attribute(tag, "r"))
            if shape and place:
                found[int(place[2]), _column(place[1])] = shape
        return found


def shaped(digits: str, shape: str) -> str:
    """A whole number in a shape: 7 as `0007`, 12345 as `12-345`. Digits for which it has no room go in front."""
    room = shape.count(_DIGIT)
    padded = iter(digits.zfill(room)[len(digits) - room :] if len(digits) > room else digits.zfill(room))
    lead = digits[: max(len(digits) - room, 0)]
    first = shape.find(_DIGIT)
    put = "".join(next(padded) if sign == _DIGIT else sign for sign in shape[first:])
    return f"{shape[:first]}{lead}{put}"


def _shaped_styles(packed: ZipFile) -> dict[str, str]:
    """By the number of the style: the shape in which it shows whole numbers, if it is a special one."""
    if "xl/styles.xml" not in packed.namelist():
        return {}
    xml = packed.read("xl/styles.xml")
    codes = {_attribute(tag, "numFmtId"): _attribute(tag, "formatCode") for tag in _FORMAT.findall(xml)}
    styles = _STYLES.search(xml)
    kinds = [_attribute(tag, "numFmtId") for tag in _STYLE.findall(styles[0])] if styles else []
    shown = {f"{number}": _shape(codes.get(kind, "")) for number, kind in enumerate(kinds)}
    return {number: shape for number, shape in shown.items() if shape}


def _sheets(packed: ZipFile) -> dict[str, str]:
    """The part of the file that holds each worksheet, by its name."""
    relations = _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in relations}
    sheets = _SHEET.findall(packed.read("xl/workbook.xml"))
    named = {_attribute(tag, "name"): targets.get(_attribute(tag, "r:id"), "") for tag in sheets}
    return {name: normpath(join("xl", target)).lstrip("/") for name, target in named.items()}


def _shape(code: str) -> str:
    """The shape of a format such as `0000`, `0000;-0000`, `00-000` or `"E"0000`; empty for any other."""
    first, at, shape = code.partition(";")[0], 0, ""
    while at < len(first):
        piece = _SHAPE_PIECE.match(first, at)
        if piece is None:
            return ""
        shape += (piece[1] or piece[2] or piece[3] or piece[4] or "").replace("0", _DIGIT)
        at = piece.end()
    return shape if shape.count(_DIGIT) > 1 else ""


def _attribute(tag: bytes, name: str) -> str:
    match = re.search(rf"\s{name}=[\"']([^\"']*)[\"']".encode(), tag)
    return unescape(match[1].decode("utf-8", "replace")) if match else ""


def _column(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
