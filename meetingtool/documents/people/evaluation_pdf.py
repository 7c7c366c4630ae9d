"""The evaluation as a PDF to hand over in a conversation, to sign and to file."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Generator, Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any, Literal

import msgspec

from meetingtool.documents.formats.typesetting import typeset
from meetingtool.documents.people.evaluation_display import display

Paper = Literal["a4", "letter"]

SIZES: Mapping[Paper, str] = {"a4": "a4", "letter": "us-letter"}
"""What Typst calls the sizes of paper."""

AT_ONCE_MOST = 4
"""The most threads: more gain little, since fonts and layouts are shared between them."""


def pdf(content: Mapping[str, Any], *, paper: Paper = "a4", digest: str = "", removed: Collection[str] = ()) -> bytes:
    """The evaluation, or the copy of it for the employee, as a tagged PDF.

    digest: of the record when it is final, 64 hex digits; its beginning is on every page, the whole at the end.
    removed: ids of records put in the bin since; they are marked as such. NotTypeset when Typst refuses.
    """
    data = paper_data(content, paper, digest, removed)
    return typeset("evaluation.typ", data, date.fromisoformat(content["made_on"]))


def pdfs(
    evaluations: Iterable[tuple[Mapping[str, Any], str, Collection[str]]], *, paper: Paper = "a4"
) -> Generator[bytes]:
    """Many evaluations as PDFs in the same order, made on several processors.

    Each is given with its digest (or "") and the ids of records removed since, as to `pdf`. Only a few are made ahead
    of demand, so that memory stays flat and a progress bar is honest.
    """
    from concurrent.futures import Future, ThreadPoolExecutor

    def begin(content: Mapping[str, Any], digest: str, removed: Collection[str]) -> Future[bytes]:
        return pool.submit(pdf, content, paper=paper, digest=digest, removed=removed)

    waiting = iter(evaluations)
    at_once = min(AT_ONCE_MOST, os.cpu_count() or 1)
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="typeset")
    try:
        ahead = deque(begin(*one) for one in islice(waiting, 2 * at_once))
        while ahead:
            made = ahead.popleft().result()
            ahead.extend(begin(*one) for one in islice(waiting, 1))
            yield made
    finally:
        pool.shutdown(cancel_futures=True)


def paper_data(
    content: Mapping[str, Any], paper: Paper = "a4", digest: str = "", removed: Collection[str] = ()
) -> dict[str, Any]:
    """What the template is given: the fields of `Display` as JSON values, and the size of the paper."""
    data: dict[str, Any] = msgspec.to_builtins(display(content, digest, removed=removed))
    return data | {"paper": SIZES[paper]}
