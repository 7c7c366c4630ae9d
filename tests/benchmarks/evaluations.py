"""How long a team's evaluations take to become files, and how much memory.

    python tests/benchmarks/evaluations.py [--evaluations 200]

The evaluations are those of the sample team, over and over, each with texts of its own so that none of them is reused.
Prints seconds for PDF (one after the other, then on several processors), HTML and XLSX, and how the memory grew while
the second half of the PDFs was made.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from meetingtool.actions.people.evaluation_documents import document_each
from meetingtool.actions.sample import load_sample
from meetingtool.documents.people.evaluation_html import html
from meetingtool.documents.people.evaluation_pdf import pdf, pdfs
from meetingtool.documents.people.evaluation_xlsx import xlsx
from meetingtool.records.people import Person
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def sample() -> list[dict[str, Any]]:
    """The evaluations of the sample team for 2026 and for 2025: more than Typst remembers papers, so that none of them
    is the one that stands in its memory."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.open(Path(folder) / "workspace", create=True, user="pat") as workspace,
    ):
        load_sample(workspace, NOW)
        people = workspace.find(Person)
        years = [[*document_each(workspace, people, period_of(year), NOW)] for year in (2026, 2025)]
        return [found.edition.content for pair in zip_longest(*years) for found in pair if found is not None]


def varied(contents: list[dict[str, Any]], many: int, turn: str) -> Iterator[dict[str, Any]]:
    """`many` evaluations, no text of a person twice: what is said of the standards is the same for the whole team."""
    for number in range(many):
        content = contents[number % len(contents)]
        own = f" ({turn} {number})"
        shared = {"standards": content["standards"], "best": content["best"], "rule": content["rule"]}
        yield _with_own(content, own) | shared


def _with_own(value: Any, own: str) -> Any:
    """Plain values with every text of several words made a text of its own."""
    if isinstance(value, str):
        return value + own if " " in value else value
    if isinstance(value, dict):
        return {key: _with_own(inner, own) for key, inner in value.items()}
    return [_with_own(inner, own) for inner in value] if isinstance(value, list) else value


def megabytes() -> float:
    """The memory that this process holds now, where the system tells it; else the most it ever held; else 0."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def timed(name: str, many: int, work: Callable[[], Iterable[Any]]) -> None:
    """Run through `work`, and print its seconds and its memory."""
    wall, processors = time.perf_counter(), time.process_time()
    half = size = 0.0
    for number, made in enumerate(work()):
        size += len(made)
        if number == many // 2:
            half = megabytes()
    seconds, used = time.perf_counter() - wall, time.process_time() - processors
    print(
        f"{name:<28} {seconds:6.1f} s  {seconds / many * 1000:6.1f} ms each  {used:6.1f} s of processors  "
        f"{size / many / 1024:6.0f} KiB each  memory {half:4.0f} then {megabytes():4.0f} MiB"
    )


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluations", type=int, default=200)
    many = parser.parse_args().evaluations
    contents = sample()
    print(f"{many} evaluations; memory before: {megabytes():.0f} MiB")
    timed("PDF, one after the other", many, lambda: (pdf(content) for content in varied(contents, many, "first")))
    timed(
        "PDF, several processors", many, lambda: pdfs((content, "", ()) for content in varied(contents, many, "second"))
    )
    timed("HTML", many, lambda: (html(content) for content in varied(contents, many, "third")))
    timed("XLSX, one workbook", many, lambda: [xlsx(list(varied(contents, many, "fourth")))])


if __name__ == "__main__":
    main()
