"""What a team may use or leave alone: each area can be switched off without losing anything."""

from __future__ import annotations

from typing import Final

VOICES: Final = "voices"
ANSWERS: Final = "answers"
COMPLAINTS: Final = "complaints"
SERVED: Final = "people we serve"
CALLS: Final = "calls"
FUND: Final = "fund"
TRAINING: Final = "training"
THANKS: Final = "thanks"
PULSE: Final = "pulse"
PHILOSOPHY: Final = "philosophy"
TALKS: Final = "talks"

AREAS: tuple[str, ...] = (VOICES, ANSWERS, COMPLAINTS, SERVED, CALLS, FUND, TRAINING, THANKS, PULSE, PHILOSOPHY, TALKS)
"""Every area by its name, in the order in which they are shown."""
