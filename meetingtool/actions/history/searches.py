"""Searches of the history that are saved to use again."""

from __future__ import annotations

from datetime import datetime

from meetingtool.actions.reading import settings_of
from meetingtool.actions.settings import change_settings
from meetingtool.errors import Refused
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

MOST_KEPT = 30
LONGEST = 500
"""How many letters a saved search may have."""


def keep_search(workspace: Workspace, text: str, now: datetime) -> tuple[str, ...]:
    """Save a search, first among those saved. Refused when it is empty, too long, already saved or one too many."""
    with workspace.batch(deeds.SETTINGS, now):
        query = " ".join(wording.storable(text).split())
        kept = settings_of(workspace).searches
        if not query:
            raise Refused("There is no search to save.", "Type a search first.")
        if len(query) > LONGEST:
            raise Refused(f"The search has {len(query):,} characters; at most {LONGEST} can be saved.")
        if query in kept:
            raise Refused("This search is already saved.")
        if len(kept) >= MOST_KEPT:
            raise Refused(f"{MOST_KEPT} searches are saved, which is the most.", "Delete one first.")
        return change_settings(workspace, now, searches=(query, *kept)).searches


def forget_search(workspace: Workspace, text: str, now: datetime) -> tuple[str, ...]:
    """Delete a saved search. Refused when it isn't saved."""
    with workspace.batch(deeds.SETTINGS, now):
        kept = settings_of(workspace).searches
        if text not in kept:
            raise Refused("This search is not saved.")
        return change_settings(workspace, now, searches=tuple(query for query in kept if query != text)).searches
