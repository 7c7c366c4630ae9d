"""Answers given as faces: which step each stands for depends on the faces beside it."""

from __future__ import annotations

from collections.abc import Iterable

_FROM_BELOW = ("😡😠🤬😤👿", "😭😢😞😣😩", "🙁☹😟😕😒", "😐😑😶😬", "🙂😊☺😌", "😀😃😄😁😆", "😍🤩🥰😻❤")
"""Faces of one mood, from the angriest to the happiest."""
_USUAL = (1, 1, 2, 3, 4, 5, 5)
"""The usual step of each mood."""


def _mood(answer: str) -> int | None:
    face = answer.replace("\ufe0f", "").strip()
    return next((mood for mood, faces in enumerate(_FROM_BELOW) if len(face) == 1 and face in faces), None)


def steps_of_faces(answers: Iterable[str]) -> dict[str, int]:
    """The step from 1 to 5 of every answer that is a face.

    Five moods are the five steps; with fewer they are the usual ones, moved by one where two would share a step: 😃 is
    the best alone, and the second best beside 🤩.
    """
    moods = {answer: mood for answer in answers if (mood := _mood(answer)) is not None}
    there = sorted(set(moods.values()))
    if len(there) == 5:
        return {answer: there.index(mood) + 1 for answer, mood in moods.items()}
    steps = {mood: _USUAL[mood] for mood in there}
    if {5, 6} <= set(there) and 4 not in there:
        steps[5] = 4
    if {0, 1} <= set(there) and 2 not in there:
        steps[1] = 2
    return {answer: steps[mood] for answer, mood in moods.items()}
