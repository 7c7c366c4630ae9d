"""Runs in a real terminal need a system that has pseudo-terminals."""

from __future__ import annotations

import sys

collect_ignore = ["test_terminal.py"] if sys.platform == "win32" else []
