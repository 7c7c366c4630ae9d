"""What the first frame does not need and the next key may: it is loaded while nobody waits."""

from __future__ import annotations

from importlib import import_module

SCREENS = ("meeting", "history", "people", "playbook", "quick_capture", "story_page")
"""The screens that one key opens, by the names of their modules."""


def load_screens() -> None:
    """Load the code of the screens; for a thread beside the app. One asked for meanwhile waits for its own alone."""
    for name in SCREENS:
        import_module(f"meetingtool.tui.screens.{name}")
