"""The score can be worked out from what a paper says, and from nothing else."""

from __future__ import annotations

import re
from datetime import datetime
from statistics import fmean

import pytest

from meetingtool.actions.people.evaluation_documents import document_of
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.actions.sample import load_sample
from meetingtool.documents.formats.markdown import render
from meetingtool.documents.people.evaluation import evaluation
from meetingtool.documents.people.evaluation_html import html
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def rows(paper: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its heads."""
    below = paper.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in below.splitlines() if line.startswith("| ")]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in lines[2:]]


def reckoned(paper: str, part: str) -> float:
    """What the sum in the sentence of a part comes to, its words left out."""
    sentence = re.search(rf"^- {part}: (?:.*%: )?(.+) = [\d.]+\.$", paper, re.MULTILINE)
    assert sentence is not None, part
    sum_ = re.sub(r"\([a-z][^()]*\)|[a-z]+", "", sentence[1]).replace("×", "*").replace("÷", "/")
    assert re.fullmatch(r"[\d.\s()+*/]+", sum_), sum_
    return float(eval(sum_))


def standards(paper: str) -> float:
    """From each single rating, by the scale that the paper states."""
    scale = {int(one): float(value) for one, value in re.findall(r"(\d) is (\d+)", paper)}
    given: dict[tuple[str, int], list[float]] = {}
    for tag, value, month in re.findall(r"^- \*\*#(\S+) (\d)\*\* · \d+ (\w+) 2026", paper, re.MULTILINE):
        given.setdefault((tag, MONTHS.index(month) // 3), []).append(scale[int(value)])
    found = []
    for name, weight, *_ in rows(paper, "Standards, quarter by quarter"):
        quarters = [fmean(values) for (tag, _), values in given.items() if tag == name.split("#")[1]]
        if quarters:
            found.append((int(weight), fmean(quarters)))
    return sum(weight * value for weight, value in found) / sum(weight for weight, _ in found)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    now = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
    made = {}
    with Workspace.open(tmp_path_factory.mktemp("sample") / "team", create=True, user="pat") as workspace:
        load_sample(workspace, now)
        roster = roster_of(workspace, now.date())
        for handle in ("omar", "sasha", "karim"):
            content = document_of(workspace, person_named(roster, handle), period_of(2026), now).edition.paper
            made[handle] = render(evaluation(content)), html(content)
    return made


@pytest.mark.parametrize("handle", ["omar", "sasha", "karim"])
def test_the_score_follows_from_the_paper_alone(papers: dict[str, tuple[str, str]], handle: str) -> None:
    paper, page = papers[handle]
    values = {"Standards": standards(paper)}
    weighed = whole = 0.0
    *parts, total = rows(paper, "The score")
    for name, value, weight, _, _ in parts:
        if not weight:
            bonus = reckoned(paper, name)
        elif value != "–":
            values[name] = values.get(name) or reckoned(paper, name)
            assert values[name] == pytest.approx(float(value), abs=0.054)
            weighed, whole = weighed + int(weight) * values[name], whole + int(weight)
    assert f"÷ {whole:g}, the sum of the weights" in paper
    assert min(100, weighed / whole + bonus) == pytest.approx(float(total[3]), abs=0.06)
    for sentence in re.findall(r"^- ((?:Standards|Customers|Promises|Training|Recognition|Each part).*)$", paper, re.M):
        assert sentence.replace("'", "&#x27;") in page or sentence in page, "the same words on the web page"
