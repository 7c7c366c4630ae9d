"""Numbers of a spreadsheet that are shown with leading zeros, as employee numbers often are: 7 as 0007."""

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
_ZEROS = re.compile(r"0{2,}")
_PLACE = re.compile(r"([A-Z]+)(\d+)")


class Padding:
    """Which cells of an .xlsx workbook are shown with leading zeros. Empty for workbooks of other kinds."""

    def __init__(self, data: bytes) -> None:
        self._digits: dict[str, int] = {}
        self._parts: dict[str, str] = {}
        try:
            self._packed = ZipFile(io.BytesIO(data))
            self._digits = _padded_styles(self._packed)
            self._parts = _sheets(self._packed) if self._digits else {}
        except (BadZipFile, KeyError):
            return

    def of(self, sheet: str) -> dict[tuple[int, int], int]:
        """How many digits at least the cells of a worksheet are shown with, by row and column from 1."""
        part = self._parts.get(sheet)
        if part is None or part not in self._packed.namelist():
            return {}
        found = {}
        for tag in _CELL.findall(self._packed.read(part)):
            digits = self._digits.get(_attribute(tag, "s"))
            place = _PLACE.fullmatch(_attribute(tag, "r"))
            if digits and place:
                found[int(place[2]), _column(place[1])] = digits
        return found


def _padded_styles(packed: ZipFile) -> dict[str, int]:
    """By the number of the style: how many digits it shows, where it shows nothing but digits."""
    if "xl/styles.xml" not in packed.namelist():
        return {}
    xml = packed.read("xl/styles.xml")
    codes = {_attribute(tag, "numFmtId"): _attribute(tag, "formatCode") for tag in _FORMAT.findall(xml)}
    styles = _STYLES.search(xml)
    kinds = [_attribute(tag, "numFmtId") for tag in _STYLE.findall(styles[0])] if styles else []
    shown = {f"{number}": _digits(codes.get(kind, "")) for number, kind in enumerate(kinds)}
    return {number: digits for number, digits in shown.items() if digits}


def _sheets(packed: ZipFile) -> dict[str, str]:
    """The part of the file that holds each worksheet, by its name."""
    relations = _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in relations}
    sheets = _SHEET.findall(packed.read("xl/workbook.xml"))
    named = {_attribute(tag, "name"): targets.get(_attribute(tag, "r:id"), "") for tag in sheets}
    return {name: normpath(join("xl", target)).lstrip("/") for name, target in named.items()}


def _digits(code: str) -> int:
    """The digits of a format such as `0000` or `0000;-0000`; 0 for any other."""
    first = code.partition(";")[0].replace("\\", "").replace('"', "")
    return len(first) if _ZEROS.fullmatch(first) else 0


def _attribute(tag: bytes, name: str) -> str:
    match = re.search(rf"\s{name}=[\"']([^\"']*)[\"']".encode(), tag)
    return unescape(match[1].decode("utf-8", "replace")) if match else ""


def _column(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
