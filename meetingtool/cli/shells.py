"""What bash, zsh and fish need so that the Tab key completes a line as it was typed, including quotes and backslashes.

Each shell hands over its line up to the cursor in COMP_LINE, and gets lines of kind, value and a word about it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import ClassVar

import msgspec
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

from meetingtool.rules.wording import one_line

_BASH = """%(complete_func)s() {
    local kind value
    COMPREPLY=()
    while IFS=$'\\t' read -r kind value; do
        case $kind in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_BREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null || complete -F %(complete_func)s %(prog_name)s
"""
_ZSH = """#compdef %(prog_name)s

%(complete_func)s() {
    local kind value about
    local -a values shown
    while IFS=$'\\t' read -r kind value about; do
        case $kind in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain) values+=("$value"); shown+=("$value${about:+  -- $about}") ;;
        esac
    done < <(COMP_LINE="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" %(complete_var)s=zsh_complete %(prog_name)s)
    (( $#values )) && compadd -U -l -V unsorted -d shown -a values
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""
_FISH = """function %(complete_func)s
    for line in (env COMP_LINE=(commandline -cp | string collect) %(complete_var)s=fish_complete %(prog_name)s)
        set -l parts (string split \\t -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
            case plain
                string join \\t -- $parts[2..-1]
        end
    end
end

complete --no-files --command %(prog_name)s --keep-order --arguments "(%(complete_func)s)"
"""
_SPECIAL = re.compile(r"([\s\\'\"`$&|;()<>*?\[\]{}!#~])")
_BREAKS = "@><=;|&(:"


class TypedCommand(msgspec.Struct, frozen=True):
    """A command line up to the cursor. words: those before the last, without quotes. last: the word at the cursor, raw:
    as it stands on the line. quote: the quotation mark that is still open in it, if any."""

    words: tuple[str, ...]
    last: str
    raw: str
    quote: str


def typed(line: str) -> TypedCommand:
    """A line taken apart as shells do it."""
    words: list[str] = []
    word, quote, start, begun, at = "", "", 0, False, 0
    while at < len(line):
        letter = line[at]
        if not quote and letter.isspace():
            if begun:
                words.append(word)
            word, begun, start = "", False, at + 1
        elif letter == "\\" and quote != "'" and at + 1 < len(line):
            at += 1
            word, begun = word + line[at], True
        elif letter in ("'", '"') and quote in ("", letter):
            quote, begun = "" if quote else letter, True
        else:
            word, begun = word + letter, True
        at += 1
    return TypedCommand(tuple(words), word, line[start:], quote)


def _opened(line: TypedCommand) -> int:
    """Where the quotation mark stands that is still open."""
    marks = (place for place, letter in enumerate(line.raw) if letter == line.quote)
    return max(place for place in marks if not typed(line.raw[:place]).quote)


class _Shell(ShellComplete):
    """Completes from COMP_LINE."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one at the cursor, behind the program's name, and that one."""
        self.line = typed(os.environ.get("COMP_LINE", ""))
        words = list(self.line.words)
        names = [place for place, word in enumerate(words) if Path(word).name == self.prog_name]
        return words[(names[0] if names else 0) + 1 :], self.line.last

    def format_completion(self, item: CompletionItem) -> str:
        """A kind, a value and what it is, with tabs between."""
        return "\t".join(filter(None, (item.type, str(item.value), one_line(item.help or ""))))


class Bash(_Shell):
    """bash puts what it gets into the line as it is, from its own last word break on."""

    name: ClassVar[str] = "bash"
    source_template: ClassVar[str] = _BASH

    def format_completion(self, item: CompletionItem) -> str:
        """The value, written so that bash reads it as it stands."""
        value, line = str(item.value), self.line
        if line.quote:
            value = value.removeprefix(typed(line.raw[: _opened(line)]).last)
            inside = value if line.quote == "'" else re.sub(r'([$`"\\])', r"\\\1", value)
            return f"{item.type}\t{inside}"
        breaks = set(os.environ.get("COMP_BREAKS", _BREAKS)) & set(_BREAKS)
        last = max((place for place, letter in enumerate(line.raw) if letter in breaks), default=-1)
        hidden = len(typed(line.raw[: last + 1]).last)
        return f"{item.type}\t" + _SPECIAL.sub(r"\\\1", value[hidden:])


class Zsh(_Shell):
    """zsh quotes by itself."""

    name: ClassVar[str] = "zsh"
    source_template: ClassVar[str] = _ZSH


class Fish(_Shell):
    """fish quotes by itself, and offers only what has the letters that were typed: `Maria Lopez` for `lop`."""

    name: ClassVar[str] = "fish"
    source_template: ClassVar[str] = _FISH

    def format_completion(self, item: CompletionItem) -> str:
        """The value, or what it is where that has what was typed."""
        value, about, typed = str(item.value), one_line(item.help or ""), self.line.last.casefold()
        if typed not in value.casefold() and typed in about.casefold():
            value, about = about, value
        return "\t".join(filter(None, (item.type, value, about)))


SHELLS: dict[str, type[_Shell]] = {shell.name: shell for shell in (Bash, Fish, Zsh)}


def know_shells() -> None:
    """Let click answer the shells in this way."""
    for shell in SHELLS.values():
        add_completion_class(shell)
