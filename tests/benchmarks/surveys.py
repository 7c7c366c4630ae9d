"""How long it takes to read 100,000 answers and find names among 300 people: `python tests/benchmarks/surveys.py`.

Seconds of processor time, the best of three: to read the file, to find the names, and both. To reach: csv under 2 s,
xlsx under 3 s. Then how long planning and keeping them takes in a workspace.
"""

from __future__ import annotations

import csv
import io
import random
import string
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import xlsxwriter

from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.start import set_up
from meetingtool.importers.customers.reading import read_survey
from meetingtool.records.people import Person
from meetingtool.rules.customers.names import find_names
from meetingtool.store import Workspace

ROWS, PEOPLE = 100_000, 300
NOW = datetime(2026, 12, 31, 9, tzinfo=UTC)
SAID = "the staff was really kind and helped me with a very long problem that nobody else wanted to hear about"
LABELS = ("Very satisfied", "Satisfied", "Neutral", "Dissatisfied")


def people(rng: random.Random) -> list[Person]:
    """So many people, no two with one first name."""
    names = {"".join(rng.choices(string.ascii_lowercase, k=rng.randint(4, 8))).title() for _ in range(2 * PEOPLE)}
    firsts = sorted(names)[:PEOPLE]
    return [
        Person(id=f"p{n}", at=NOW, made_at=NOW, made_by="t", handle=f"p{n}", name=f"{name} {rng.choice(firsts)}")
        for n, name in enumerate(firsts)
    ]


def answers(rng: random.Random, team: list[Person]) -> list[list[str]]:
    """An export of a year, a third of whose comments name somebody."""
    words = SAID.split()
    rows = [["Respondent ID", "End Date", "IP Address", "Overall, how satisfied are you?", "Comments"]]
    for number in range(ROWS):
        said = rng.choices(words, k=rng.randint(0, 25))
        if rng.random() < 0.3:
            said.insert(0, rng.choice(team).name.split()[0])
        day = f"{rng.randint(1, 12):02}/{rng.randint(1, 28):02}/2026 {rng.randint(1, 12):02}:41:46 PM"
        rows.append([str(118_000_000_000 + number), day, "192.0.2.1", rng.choice(LABELS), " ".join(said)])
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    """The rows as a csv file."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: list[list[str]]) -> bytes:
    """The rows as a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def measure(name: str, data: bytes, team: list[Person]) -> None:
    """Print the best of three."""
    best = (9e9, 0.0, 0.0)
    for _ in range(3):
        begun = process_time()
        draft = read_survey(data, name, date(2026, 12, 31))
        read = process_time()
        hits = len(find_names(draft.answers.comments, team, draft.answers.days).hits)
        done = process_time()
        best = min(best, (done - begun, read - begun, done - read))
    print(f"{name:<14} {len(draft.answers):>8,} answers {hits:>7,} names  read {best[1]:.2f}  names {best[2]:.2f}"
          f"  both {best[0]:.2f} s")  # fmt: skip


def keep(data: bytes) -> None:
    """Print how long it takes to plan an import and to keep it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.open(Path(folder) / "w", create=True, user="t") as workspace,
    ):
        set_up(workspace, "Team", NOW)
        begun = process_time()
        plan = plan_survey(workspace, data, "answers.csv", NOW)
        planned = process_time()
        import_survey(workspace, plan, NOW)
        print(f"planned in {planned - begun:.2f} s, kept in {process_time() - planned:.2f} s")


if __name__ == "__main__":
    rng = random.Random(1)
    team = people(rng)
    rows = answers(rng, team)
    measure("answers.csv", as_csv(rows), team)
    measure("answers.xlsx", as_xlsx(rows), team)
    keep(as_csv(rows))
