"""The parts of an evaluation that never change: the document that was shared, and every locked edition.

Whoever reads one of them asks here, so that its digest is computed again each time: what was changed since is never
presented as what was finalised, nor printed under its digest.
"""

from __future__ import annotations

from typing import Any

import msgspec

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules.people.course import COURSE_CHANGED, by_reopening, course_is_genuine, held, holding
from meetingtool.rules.people.digests import answer_is_genuine, shared_is_genuine
from meetingtool.rules.people.doubles import ON_TWO_COMPUTERS
from meetingtool.rules.people.evaluation import answered
from meetingtool.rules.people.misfits import WHOLE, Doubts, misfit, state_fits
from meetingtool.rules.wording import MONTHS

Content = dict[str, Any]


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A document of an evaluation.

    digest: of a locked one, empty for others and for one that does not fit it. genuine: it is what was shared or
    finalised; always so while it follows the records. stamp: what a paper has to say about it beyond its content: that
    it was changed since, or that it was replaced. answer_to: the digest of what was shared and is not final, which an
    answer is about.
    """

    content: Content
    digest: str = ""
    genuine: bool = True
    stamp: str = ""
    answer_to: str = ""

    @property
    def paper(self) -> Content:
        """The content as papers take it: with the stamp, whether it was changed, and what an answer is bound to."""
        more: Content = {"stamp": self.stamp, "changed": not self.genuine} if self.stamp else {}
        more |= {"answer_to": self.answer_to} if self.answer_to else {}
        return self.content | more if more else self.content


def edition_of(evaluation: Evaluation | None, person: Person, doubts: Doubts) -> Edition | None:
    """What is kept of a person's evaluation now: the last locked edition, or the shared document with its answer.

    None where none was begun, and for a draft, which follows the records. doubts: what is known beside the record.
    """
    if evaluation is None:
        return None
    if not state_fits(evaluation):
        kept = held(evaluation).content if evaluation.finals else evaluation.shared
        return Edition(content=kept, genuine=False, stamp=STATE_CHANGED) if kept is not None else None
    if evaluation.state == "final":
        return _locked(evaluation, holding(evaluation), person, "", doubts)
    if evaluation.shared is None:
        return None
    in_itself = all(fits(evaluation) for fits in (shared_is_genuine, answer_is_genuine, course_is_genuine))
    genuine = in_itself and WHOLE not in doubts
    on = f" on {_day(evaluation.shared_at.date().isoformat())}" if evaluation.shared_at else ""
    return Edition(
        content=answered(evaluation.shared, evaluation),
        genuine=genuine,
        stamp="" if genuine else _changed(*_what_was_handed_over(evaluation, on, doubts)),
        answer_to=evaluation.shared_digest if genuine else "",
    )


def _what_was_handed_over(evaluation: Evaluation, on: str, doubts: Doubts) -> tuple[str, str]:
    if WHOLE in doubts:
        return f"what was shared and answered{on}", f"{doubts[WHOLE]}, as its former versions and the log say"
    if shared_is_genuine(evaluation) and answer_is_genuine(evaluation):
        return "what was left", COURSE_CHANGED
    if shared_is_genuine(evaluation):
        return "the answer that was noted", "the answer or its day was changed in its record, outside meetingtool"
    return f"what was shared{on}", "its record has been changed since and no longer matches its digest"


STATE_CHANGED = (
    "This is not how it was left: whether it is shared or final was changed in its record, outside meetingtool."
)


def live_edition(evaluation: Evaluation | None, content: Content, doubts: Doubts) -> Edition:
    """The document as the records are now, for an evaluation of which no document is kept."""
    if evaluation is None:
        return Edition(content=content)
    why = doubts.get(WHOLE, "") or ("" if course_is_genuine(evaluation) else COURSE_CHANGED)
    if state_fits(evaluation) and not why:
        return Edition(content=content)
    stamp = _changed("what was left", why) if state_fits(evaluation) else STATE_CHANGED
    return Edition(content=content, genuine=False, stamp=stamp)


def why_changed(evaluation: Evaluation | None, person: Person, doubts: Doubts) -> str:
    """Why an evaluation is not how it was left, in a sentence; empty where it is, and where none was begun."""
    found = edition_of(evaluation, person, doubts) or live_edition(evaluation, {}, doubts)
    return "" if found.genuine else found.stamp


def former_edition(evaluation: Evaluation, number: int, person: Person, doubts: Doubts) -> Edition | None:
    """The locked edition of a number, from 1, of a person; None where there is none."""
    if not 1 <= number <= len(evaluation.finals):
        return None
    return _locked(evaluation, number, person, stamps_of(evaluation, number)[-1], doubts)


def stamps_of(evaluation: Evaluation, number: int) -> tuple[str, ...]:
    """What papers of a locked edition (counted from 1) have said about it over time: nothing, then that it was
    reopened, then that it was replaced. The last one holds now."""
    final = evaluation.finals[number - 1]
    if final.reopened_at is None:
        return ("",)
    on, successor = _day(final.reopened_at.date().isoformat()), replaced_by(evaluation, number)
    if final.reason == ON_TWO_COMPUTERS and successor:
        return ("", f"Since {on}, edition {successor} holds: {final.reason}.")
    reopened = f"Reopened on {on}: {final.reason}"
    replaced = (f"Replaced by edition {successor}. {reopened}",) if successor else ()
    return ("", reopened, *replaced)


def replaced_by(evaluation: Evaluation, number: int) -> int:
    """The number of the edition that took the place of another one; 0 where none did yet."""
    order = [each for each, _ in by_reopening(evaluation)]
    place = order.index(number) + 1
    return order[place] if place < len(order) else 0


def _locked(evaluation: Evaluation, number: int, person: Person, stamp: str, doubts: Doubts) -> Edition:
    final = evaluation.finals[number - 1]
    wrong = misfit(evaluation, number, person, doubts)
    if not wrong:
        return Edition(content=final.content, digest=final.digest, stamp=stamp)
    changed = _changed(f"what was finalised on {_day(final.finalised_at.date().isoformat())}", wrong)
    return Edition(content=final.content, genuine=False, stamp=changed)


def _changed(what: str, why: str) -> str:
    return f"This is not {what}: {why}."


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
