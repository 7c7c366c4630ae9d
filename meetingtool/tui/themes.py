"""The app's own dark and light theme: one ground, one accent.

`text-muted` is given as a colour: the toolkit's own, `auto 60%`, comes out brighter than the text in a Content.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="harbour",
    primary="#56b6c2",
    secondary="#8fa3b0",
    accent="#56b6c2",
    foreground="#d7dee4",
    background="#10161c",
    surface="#151d25",
    panel="#1d2832",
    success="#8fcf8b",
    warning="#e3b55f",
    error="#ee7b74",
    dark=True,
    variables={
        "badge-ink": "#10161c",
        "text-muted": "#8fa3b0",
        "text-disabled": "#8797a3",
        "scrollbar-background": "#10161c",
        "scrollbar-background-hover": "#10161c",
        "scrollbar-background-active": "#10161c",
        "scrollbar": "#31414f",
        "scrollbar-hover": "#4a6275",
        "scrollbar-active": "#56b6c2",
        "border": "#31414f",
        "border-blurred": "#31414f",
        "footer-background": "#10161c",
        "footer-key-foreground": "#56b6c2",
        "footer-description-foreground": "#8fa3b0",
        "footer-item-background": "#10161c",
        "input-selection-background": "#56b6c2 35%",
        "block-cursor-background": "#1c3640",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
    },
)

LIGHT = Theme(
    name="harbour-light",
    primary="#0b7285",
    secondary="#5b6b78",
    accent="#0b7285",
    foreground="#1f2a33",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#edeae4",
    success="#2b7a36",
    warning="#8a5c00",
    error="#b42318",
    dark=False,
    variables={
        "badge-ink": "#fbfaf7",
        "text-muted": "#5b6b78",
        "text-disabled": "#59656f",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
        "scrollbar": "#c3c8cc",
        "scrollbar-hover": "#9fa9b1",
        "scrollbar-active": "#0b7285",
        "border": "#c3c8cc",
        "border-blurred": "#c3c8cc",
        "footer-background": "#fbfaf7",
        "footer-key-foreground": "#0b7285",
        "footer-description-foreground": "#5b6b78",
        "footer-item-background": "#fbfaf7",
        "block-cursor-background": "#e4f3f5",
        "block-cursor-foreground": "#10161c",
        "block-cursor-text-style": "none",
    },
)

OF_THE_TERMINAL = "ansi-"
"""How the names of the themes that use the terminal's own colours begin."""

_TERMINAL_CURSOR = {"ansi-dark": "ansi_bright_black", "ansi-light": "ansi_white"}
"""The ground of the row under the cursor where the terminal's own colours are used."""


def legible(theme: str, variables: dict[str, str]) -> dict[str, str]:
    """The variables of a foreign theme, adapted so that our screens can be read in it.

    Dim text gets a colour of its own, and the row under the cursor a quiet ground on which every colour of a
    row can be read. In the terminal's own colours only the frame that has the focus has the accent, as in ours.
    """
    if theme in (DARK.name, LIGHT.name):
        return variables
    changed = {
        "block-cursor-background": _TERMINAL_CURSOR.get(theme, variables["panel"]),
        "block-cursor-foreground": variables["foreground"],
        "badge-ink": "ansi_black" if theme in _TERMINAL_CURSOR else variables["background"],
        "block-cursor-text-style": "none",
    }
    if theme in _TERMINAL_CURSOR:
        quiet = {"border": "ansi_bright_black", "border-blurred": "ansi_bright_black"}
        changed |= {**quiet, "footer-key-foreground": variables["accent"]}
    if variables["text-muted"].startswith("auto"):
        changed["text-muted"] = variables["foreground-muted"]
    return {**variables, **changed}


COLOURS = {
    DARK.name: "Dark",
    LIGHT.name: "Light",
    "ansi-dark": "The terminal's own, on a dark background",
    "ansi-light": "The terminal's own, on a light background",
    "": "Another",
}
"""The themes offered first, by name; "" leads to all others."""


def colours_named(theme: str) -> str:
    """What a theme is called in the list of choices."""
    return COLOURS.get(theme, theme)
