"""The evaluation as one self-contained HTML file: to read in a browser, on a telephone, or to print.

Every text is escaped where it is put in, and a policy in the file forbids everything but its own style.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from meetingtool.documents.people import evaluation_words as said
from meetingtool.documents.people.evaluation_answer import form, policy
from meetingtool.documents.people.evaluation_display import Display, display
from meetingtool.documents.people.evaluation_rows import StoryEntry
from meetingtool.documents.people.evaluation_sum import PartRow, Sum

STYLE = Path(__file__).parents[1] / "templates" / "evaluation.css"

Cells = Iterable[tuple[str, str]]
"""The cells of a row, each with its class and its HTML."""


def html(content: Mapping[str, Any], digest: str = "", *, removed: Collection[str] = ()) -> str:
    """The evaluation, or the copy of it for the employee, as a whole HTML document.

    digest: of the record when it is final, else empty. removed: ids of records put in the bin since.
    """
    shown = display(content, digest, removed=removed)
    sections = (
        _head(shown),
        _section(said.SCORE, _score(shown.sum)),
        _section(said.WORDS, _words(shown)),
        _section(said.STANDARDS, _standards(shown)),
        _section(said.STORIES, _stories(shown)),
        _listed(said.QUOTES, (f"{text}  {about}" for text, about in shown.quotes)),
        _listed(said.THANKS, (f"{text}  {about}" for text, about in shown.thanks)),
        _section(said.PROMISES, _promises(shown)),
        _before(shown),
        _listed(said.GAPS, shown.gaps),
        _section("Answer and signatures", _answer(shown)),
        _listed(said.CHECKS, shown.checks, _nevertheless(shown)),
        _section("The records behind the numbers", _records(shown)),
        _anchors(shown),
        _foot(shown),
    )
    look = "draft" if shown.draft or shown.state == said.CHANGED else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(shown)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(shown.heading)}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}{_running(shown)}</style>\n</head>\n"
        f"<body{_class(look)}>\n<main>\n{''.join(sections)}</main>\n</body>\n</html>\n"
    )


def _running(shown: Display) -> str:
    """The style that says on every printed page whose paper it is, and which page."""
    words = f"{shown.short_name} · {shown.identity} · {shown.period} · {shown.copy} · {shown.edition}"
    words += f" · {shown.state}" if shown.stamp else ""
    inert = "".join(letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):06x}" for letter in words)
    font = "font: 8pt Georgia, serif; color: #56666d;"
    return (
        f'@page {{ @bottom-left {{ content: "{inert}"; {font} }} '
        f'@bottom-right {{ content: "Page " counter(page) " of " counter(pages); {font} white-space: nowrap; }} }}\n'
    )


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _small(text: str) -> str:
    return f'<span class="small">{escape(text)}</span>' if text else ""


def _typed(text: str, tag: str = "span") -> str:
    """Text of people in its own direction, with its line breaks."""
    return f'<{tag} class="typed" dir="auto">{escape(text)}</{tag}>' if text else ""


def _name(text: str) -> str:
    """A name within one of our lines, isolated from the direction of the text around it."""
    return f"<bdi>{escape(text)}</bdi>"


def _section(title: str, body: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{body}</section>\n"


def _listed(title: str, lines: Iterable[str], after: str = "") -> str:
    entries = "".join(f"<li>{escape(line)}</li>\n" for line in lines)
    return _section(title, (f"<ul>\n{entries}</ul>\n" if entries else "") + after) if entries or after else ""


def _table(heads: Cells, rows: Iterable[tuple[str, Cells]], label: str) -> str:
    """A table. Heads and cells come with their classes, and each row with one; the first cell of a row names it."""
    head = "".join(f'<th scope="col"{_class(name)}>{body}</th>' for name, body in heads)
    lines = []
    for row_class, cells in rows:
        tags = [
            f'<th scope="row"{_class(name)}>{body}</th>' if first else f"<td{_class(name)}>{body}</td>"
            for first, (name, body) in zip([True, *[False] * 99], cells, strict=False)
        ]
        lines.append(f"<tr{_class(row_class)}>{''.join(tags)}</tr>\n")
    return (
        f'<div class="wide"><table aria-label="{escape(label)}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{''.join(lines)}</tbody>\n</table></div>\n"
    )


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _head(shown: Display) -> str:
    facts = " · ".join(f"{escape(name)}: {_name(value)}" for name, value in shown.facts)
    role = f" · {_name(shown.role)}" if shown.role else ""
    stamp = f'<p class="stamp" role="alert">{escape(shown.stamp)}</p>\n' if shown.stamp else ""
    left_out = f"<br>\nLeft out of this copy: {escape(shown.left_out)}." if shown.left_out else ""
    return (
        f'<div class="top"><span>{_name(shown.team)} · {_name(shown.short_name)} · {escape(shown.period)}</span>'
        f'<span class="state">{escape(shown.state)}</span></div>\n<header>\n{stamp}'
        f"<h1>{_name(shown.name)}</h1>\n"
        f'<p class="subtitle">{escape(shown.title)}{role}</p>\n'
        f'<p class="small">{facts}<br>\n{escape(shown.copy)} · {escape(shown.edition)} · '
        f"{escape(shown.state_note)}{left_out}</p>\n</header>\n"
    )


def _score(sum_: Sum) -> str:
    if sum_.shown:
        number = f'<div class="number">{escape(sum_.shown)} <small>of 100</small></div>'
    else:
        number = '<div class="none">' + escape(sum_.instead) + "</div>"
    by_hand = f" · {sum_.computed} from the records, {sum_.adjustment} by the manager" if sum_.adjustment else ""
    needs = "".join(f"<li>{escape(words)}</li>" for words in sum_.missing)
    return (
        f'<div class="score">{number}<div><p><b>{escape(sum_.band)}</b> {_small(sum_.coverage + by_hand)}</p>'
        f"{_sum_bar(sum_)}</div></div>\n"
        + (
            f'<div class="needs"><b>There is not enough evidence for a number.</b> {sum_.needs}<ul>{needs}</ul></div>\n'
            if needs
            else ""
        )
        + _table(
            [("", "Part"), ("", "Rests on"), ("", ""), ("n", "Value"), ("n", "Weight"), ("n", "Adds")],
            [*(_part(part) for part in sum_.parts), *_closing(sum_)],
            "The sum of the score",
        )
        + "".join(f"<p>{_small(words)}</p>\n" for words in sum_.how)
    )


def _sum_bar(sum_: Sum) -> str:
    """The parts in a row, together as wide as the score, over the scale of the bands."""
    taken = max(0.0, -sum_.adjustment_share)
    room, pieces = 1.0, []
    for part in sum_.parts:
        share = min(part.adds_share, room)
        room -= share
        if share > 0:
            name = f"<b>{escape(part.label)} {escape(part.adds)}</b>"
            pieces.append((part.key, share, name))
    if taken:
        pieces = _shortened(pieces, taken)
        pieces.append(("taken", taken, ""))
    elif sum_.adjustment_share > 0:
        pieces.append(("adjusted", sum_.adjustment_share, ""))
    drawn = "".join(f'<span class="{key}" style="width:{_percent(share)}">{name}</span>' for key, share, name in pieces)
    ends = [*(band.at for band in sum_.scale[1:]), 1.0]
    scale = "".join(
        f'<span{_class("here" if band.here else "")} style="left:{_percent(band.at)};width:{_percent(end - band.at)}">'
        f"<b>{escape(band.least)}</b><b>{escape(band.name)}</b></span>"
        for band, end in zip(sum_.scale, ends, strict=True)
    )
    return (
        f'<div class="sum" role="img" aria-label="{escape(sum_.chart)}">{drawn}</div>'
        f'<div class="scale" aria-hidden="true">{scale}</div>'
    )


def _shortened(pieces: list[tuple[str, float, str]], by: float) -> list[tuple[str, float, str]]:
    """The pieces of the bar with `by` taken off their end."""
    kept: list[tuple[str, float, str]] = []
    for key, share, name in reversed(pieces):
        off = min(by, share)
        by -= off
        if share > off:
            kept.append((key, share - off, name))
    return kept[::-1]


def _part(part: PartRow) -> tuple[str, Cells]:
    key = "" if part.absent else f'<span class="key {part.key}"></span>'
    basis = f"absent: {part.basis}" if part.absent else part.basis
    return "absent" if part.absent else "", [
        ("part", f"{key}{escape(part.label)}"),
        ("", escape(basis)),
        ("", _bar(part.share)),
        ("n", escape(part.value)),
        ("n", escape(part.weight)),
        ("n", escape(part.adds) or "–"),
    ]


def _closing(sum_: Sum) -> list[tuple[str, Cells]]:
    """The total, the adjustment with both numbers, and the score."""

    def row(name: str, value: str, row_class: str = "", reason: str = "") -> tuple[str, Cells]:
        return row_class, [("", name), ("", reason), ("", ""), ("", ""), ("", ""), ("n", escape(value))]

    if not sum_.total:
        return [row("Score", "none", "total")]
    rows = [row("Sum", sum_.total)]
    if sum_.adjustment:
        rows.append(row("Adjusted", sum_.adjustment, reason=f"by the manager: {_typed(sum_.reason)}"))
        rows.append(row("Adjusted sum", sum_.adjusted, reason=f"without the adjustment: {escape(sum_.computed)}"))
    return [*rows, row("Score", sum_.shown, "total")]


def _bar(share: float | None, mark: float | None = None) -> str:
    if share is None and mark is None:
        return ""
    filled = f'<i style="width:{_percent(share)}"></i>' if share is not None else ""
    stroke = f'<b style="left:{_percent(mark)}"></b>' if mark is not None else ""
    return f'<span class="bar" aria-hidden="true">{filled}{stroke}</span>'


def _words(shown: Display) -> str:
    parts = [f"<h3>{escape(title)}</h3>\n{_typed(text, 'p')}\n" for title, text in shown.words if text]
    before = [f"<h3>{escape(title)}</h3>\n{_typed(text, 'p')}\n" for title, text in shown.goals_before]
    return "".join(before) + ("".join(parts) or f"<p>{_small(shown.unwritten)}</p>\n")


def _standards(shown: Display) -> str:
    if not shown.standards:
        return f"<p>{_small('No standards applied in this period.')}</p>\n"
    last = shown.before
    heads = [
        ("", "Standard"),
        *(("n", escape(label)) for label in shown.quarters),
        ("n", "Weight"),
        ("", ""),
        ("n", "Value"),
    ]
    rows: list[tuple[str, Cells]] = [
        (
            "",
            [
                ("", f'{_name(row.title)} <span class="tag">#{_name(row.tag)}</span>'),
                *(("n", escape(cell)) for cell in row.cells),
                ("n", escape(row.weight)),
                ("", _bar(row.share, row.before_share)),
                ("n", f"<b>{escape(row.value)}</b>"),
                *([("n", escape(row.before))] if last else []),
            ],
        )
        for row in shown.standards
    ]
    note = said.QUARTERS
    if last:
        heads.append(("n", escape(last.label)))
        note += f" The vertical line on a bar is the value for {last.label}."
    return _table(heads, rows, "Ratings by quarter and standard") + f"<p>{_small(note)}</p>\n"


def _stories(shown: Display) -> str:
    groups = []
    for group in shown.best:
        tag = f' <span class="tag">#{_name(group.tag)}</span>' if group.tag else ""
        groups.append(f"<h3>{_name(group.title)}{tag}</h3>\n{''.join(map(_story, group.stories))}")
    return "".join(groups) or f"<p>{_small('No story is recorded for this period.')}</p>\n"


def _story(entry: StoryEntry) -> str:
    kind = f"<i>{escape(entry.kind)}:</i> " if entry.kind != "Win" else ""
    text = _small(entry.text) if entry.gone else _typed(entry.text)
    told = "".join(f"<br>{_small(label + ':')} {_typed(words)}" for label, words in entry.told)
    return (
        f'<div class="story">{_small(entry.day)}<div>{kind}{text} {_small(" · ".join((*entry.about, *entry.marks)))}'
        f'{told}</div><span class="ref">{escape(entry.ref)}</span></div>\n'
    )


def _promises(shown: Display) -> str:
    if not shown.promises:
        return f"<p>{_small('No promise is recorded for this period.')}</p>\n"
    return _table(
        [("", "Promise"), ("n", "Made"), ("n", "Due"), ("n", "Settled"), ("", "Outcome"), ("", "")],
        [
            (
                "",
                [
                    ("", f"{_typed(row.text)} {_small(f'for {row.customer}' if row.customer else '')}"),
                    ("n", escape(row.made)),
                    ("n", escape(row.due)),
                    ("n", escape(row.settled)),
                    ("", f"{escape(row.outcome)} {_small(f'({row.note})' if row.note else '')}"),
                    ("ref", escape(row.ref)),
                ],
            )
            for row in shown.promises
        ],
        said.PROMISES,
    )


def _before(shown: Display) -> str:
    before = shown.before
    if before is None:
        return ""
    rows: list[tuple[str, Cells]] = [
        (
            "",
            [
                ("", escape(row.label)),
                ("", _bar(row.now_share, row.before_share)),
                ("n", escape(row.now)),
                ("n", escape(row.before)),
                ("n", escape(row.change)),
            ],
        )
        for row in before.rows
    ]
    heads = [("", ""), ("", ""), ("n", escape(shown.period)), ("n", escape(before.label)), ("n", "Change")]
    note = f"{before.label} from the {before.source}; the vertical line is its value. Recognition is in points."
    alike = f"<p>{escape(before.alike)}</p>\n" if before.alike else ""
    table = _table(heads, rows, "Compared with the year before")
    return _section(f"Compared with {before.label}", f"{table}{alike}<p>{_small(note)}</p>\n")


def _answer(shown: Display) -> str:
    parts = [f"<p>{escape(shown.answer.sentence)}</p>\n"] if shown.answer.sentence else []
    title = f"<h3>Comment of {_name(shown.short_name)}</h3>\n"
    if shown.answer.comment:
        parts.append(title + _typed(shown.answer.comment, "p") + "\n")
    elif not shown.answer.given:
        parts.append(f"<div{_class('by-hand' if shown.answer_to else '')}>\n{title}")
        parts.append('<div class="hand"></div>\n' * 4)
        parts.append(
            "<p>☐ I agree with this evaluation. &emsp; ☐ I disagree; my comment says why. &emsp; "
            "☐ I have received it and give no view.</p>\n</div>\n"
        )
    if shown.answer_to and shown.answer.given:
        parts.append("<p>To change the answer, answer again here; the one above stays on the paper.</p>\n")
    parts += [form(shown)] if shown.answer_to else []
    parts += [f"<p>{escape(note)}</p>\n" for note in shown.notes]
    parts.append(f"<p>{_small(shown.answer.receipt)}</p>\n")
    lines = "".join(
        f"<div><span>{_name(name)}{'<br>' if name else ''}{_small(role)}</span>{_small('Date')}</div>"
        for name, role in shown.signatures
    )
    course = "".join(f"<li>{_typed(line)}</li>" for line in shown.course)
    before = f"<h3>{said.COURSE}</h3>\n<ul>{course}</ul>\n" if course else ""
    return "".join(parts) + before + f'<div class="signatures">{lines}</div>\n'


def _nevertheless(shown: Display) -> str:
    if not shown.checks_reason:
        return ""
    return f"<p>{_typed(shown.checks_reason)}</p>\n"


def _records(shown: Display) -> str:
    ratings = f"<p>{_small('No rating is recorded for this period.')}</p>\n"
    if shown.ratings:
        ratings = _table(
            [("", "Day"), ("", "Standard"), ("n", "Rating"), ("", "Note"), ("", "Stories")],
            [
                (
                    "",
                    [
                        ("", escape(row.day)),
                        ("tag", f"#{_name(row.tag)}"),
                        ("n", f"<b>{escape(row.value)}</b>"),
                        ("", _typed(row.note)),
                        ("ref", escape(row.rests_on)),
                    ],
                )
                for row in shown.ratings
            ],
            said.RATINGS,
        )
    further = "".join(f"<h3>{title}</h3>\n{''.join(map(_story, stories))}" for title, stories in shown.further)
    return f"<h3>Ratings</h3>\n{ratings}{further}"


def _anchors(shown: Display) -> str:
    parts = []
    for standard in shown.anchors:
        steps = "".join(f'<li dir="auto">{escape(words)}</li>\n' for words in standard.ratings)
        parts.append(
            f'<h3>{_name(standard.title)} <span class="tag">#{_name(standard.tag)}</span></h3>\n'
            f"{_typed(standard.behaviour, 'p')}\n<ol>\n{steps}</ol>\n"
        )
    return _section(said.ANCHORS, "".join(parts)) if parts else ""


def _foot(shown: Display) -> str:
    digest = f"Digest (SHA-256) {shown.digest}" if shown.digest else shown.foot
    return f"<footer>{escape(' · '.join(filter(None, (shown.identity, shown.copy, shown.edition, digest))))}</footer>\n"
