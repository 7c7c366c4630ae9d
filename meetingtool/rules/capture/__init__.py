"""The capture grammar: one line says who, what, which standards, which customer, and what was promised.

`parse` reads a line, `compose` writes one that reads back to the same.

    @maria @tom stayed with the customer #own-it ^Acme !"refund posted" by fri fund:25 +
"""

from __future__ import annotations

from meetingtool.rules.capture.amounts import fund_of
from meetingtool.rules.capture.parts import Capture, Mark, MarkKind, Pledge, PledgeKind
from meetingtool.rules.capture.reading import parse
from meetingtool.rules.capture.writing import compose, line_of, with_mark

__all__ = ["Capture", "Mark", "MarkKind", "Pledge", "PledgeKind", "compose", "fund_of", "line_of", "parse", "with_mark"]
