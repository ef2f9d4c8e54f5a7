"""The words of the command line. Kept apart from what they do, so that `--help` loads nothing."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from studydesk import __version__
from studydesk.foundation.errors import UsageFault

GLOBAL = {"--data-dir": 1, "--json": 0}

EPILOG = """Without a command, StudyDesk opens its window. `studydesk COMMAND --help` says more of each.
Exit status: 0 done, 1 a fault that you can mend, 2 wrong usage, 3 not reachable in time, 4 refused."""


class Parser(argparse.ArgumentParser):
    """Raises UsageFault instead of leaving, since commands also run inside the owning process."""

    def error(self, message: str) -> NoReturn:
        raise UsageFault(f"{message[:1].upper()}{message[1:]}. {self.format_usage().strip()}")


def split_global(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Take the global options out, wherever they stand; return them and the rest.

    What stands behind `--` is left alone.
    """
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return front, [*rest, word, *words]
        name = word.partition("=")[0]
        if name not in GLOBAL:
            rest.append(word)
            continue
        front.append(word)
        if GLOBAL[name] and "=" not in word:
            front += [value for value in [next(words, None)] if value is not None]
    return front, rest


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the words. Raises UsageFault for what no command takes; `--help` and `--version` leave.

    Files and folders instead of a command are for the window to bring in: `command` is None, `files` names them.
    """
    front, rest = split_global(arguments)
    files = rest if rest and all(os.sep in word or Path(word).exists() for word in rest) else []
    words = build_parser().parse_args([*front, *([] if files else rest)])
    words.files = files
    return words


def build_parser() -> Parser:
    parser = Parser("studydesk", description="Learn alone and together, on one network.", epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"StudyDesk {__version__}")
    parser.add_argument("--data-dir", metavar="DIR", help="the desk to use (or STUDYDESK_DATA_DIR)")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    groups = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _desk_words(groups)
    _thing_words(groups)
    _room_words(groups)
    _hub_words(groups)
    return parser


def _desk_words(groups: Any) -> None:
    word = groups.add_parser("import", help="bring in notes, bookmarks, files")
    word.add_argument("paths", nargs="+", metavar="PATH")
    word = groups.add_parser("export", help="write everything in open formats")
    word.add_argument("directory", metavar="DIR")
    word = groups.add_parser("search", help="find words in everything")
    word.add_argument("words", nargs="+", metavar="WORDS")
    word.add_argument("--kind", metavar="K")
    word.add_argument("--limit", type=_positive, default=20, metavar="N")
    word = groups.add_parser("backup", help="write one file with all of this desk")
    word.add_argument("file", metavar="FILE")
    word = groups.add_parser(
        "restore", help="put a backup in the place of this desk; the old one is kept aside"
    )
    word.add_argument("file", metavar="FILE")
    groups.add_parser("doctor", help="say why others can't be seen, and whether this desk is whole")


def _thing_words(groups: Any) -> None:
    note = groups.add_parser("note", help="notes").add_subparsers(
        dest="verb", required=True, parser_class=Parser
    )
    word = note.add_parser("new")
    word.add_argument("title", metavar="TITLE")
    word.add_argument("--text", default="", help="the text; - reads standard input")
    word.add_argument("--notebook", metavar="NAME")
    word = note.add_parser("show")
    word.add_argument("id", metavar="ID")
    word = note.add_parser("list")
    word.add_argument("--limit", type=_positive, default=10_000, metavar="N")
    task = groups.add_parser("task", help="tasks").add_subparsers(
        dest="verb", required=True, parser_class=Parser
    )
    word = task.add_parser("add", help="as in: task add read chapter 4 friday 1h")
    word.add_argument("text", nargs="+", metavar="TEXT")
    word.add_argument("--due", metavar="DATE", help="as in 2026-12-01")
    task.add_parser("list").add_argument("--all", action="store_true", help="the done ones too")
    task.add_parser("done").add_argument("id", metavar="ID")
    resource = groups.add_parser("resource", help="the library").add_subparsers(
        dest="verb", required=True, parser_class=Parser
    )
    word = resource.add_parser("add")
    word.add_argument("what", metavar="URL|FILE")
    word.add_argument("--title")
    word.add_argument("--tag", action="append", default=[], metavar="TAG")
    resource.add_parser("list")
    card = groups.add_parser("card", help="cards").add_subparsers(
        dest="verb", required=True, parser_class=Parser
    )
    word = card.add_parser("add")
    word.add_argument("front", metavar="FRONT")
    word.add_argument("back", metavar="BACK")
    word.add_argument("--deck", default="")
    card.add_parser("list")
    review = groups.add_parser("review", help="what is to be recalled").add_subparsers(
        dest="verb", required=True, parser_class=Parser
    )
    review.add_parser("due")
    board = groups.add_parser("board", help="my own boards").add_subparsers(
        dest="verb", required=True, parser_class=Parser
    )
    board.add_parser("new").add_argument("title", metavar="TITLE")
    board.add_parser("list")


def _room_words(groups: Any) -> None:
    groups.add_parser("peers", help="who is near").add_argument(
        "--seconds", type=_seconds, default=3.0, metavar="N"
    )
    room = groups.add_parser("room", help="rooms").add_subparsers(
        dest="verb", required=True, parser_class=Parser
    )
    room.add_parser("create").add_argument("name", metavar="NAME")
    room.add_parser("list")
    word = room.add_parser("host", help="open a room to others until this ends")
    word.add_argument("room", metavar="ROOM")
    word.add_argument("--code")
    word.add_argument("--bind", metavar="ADDR")
    word.add_argument("--port", type=_port, default=0, metavar="N")
    word.add_argument("--for", dest="seconds", type=_seconds, metavar="SECONDS")
    word = room.add_parser("join", help="enter with a code, take over everything, leave")
    word.add_argument("where", metavar="NAME|ADDRESS:PORT")
    word.add_argument("--code", required=True)
    word.add_argument("--as", dest="name", metavar="NAME")
    word = room.add_parser("say")
    word.add_argument("room", metavar="ROOM")
    word.add_argument("text", metavar="TEXT")
    for verb in ("log", "sync"):
        room.add_parser(verb).add_argument("room", metavar="ROOM")
    word = room.add_parser("token", help="let a stock Yjs client in")
    word.add_argument("room", metavar="ROOM")
    word.add_argument("--role", choices=("member", "viewer"), default="member")
    word.add_argument("--address", metavar="HOST:PORT")
    word = room.add_parser("export")
    word.add_argument("room", metavar="ROOM")
    word.add_argument("directory", metavar="DIR")


def _hub_words(groups: Any) -> None:
    word = groups.add_parser("hub", help="an always-on hub for rooms")
    word.add_argument("--store", metavar="DIR")
    word.add_argument("--bind", metavar="ADDR")
    word.add_argument("--port", type=_port, default=0, metavar="N")
    word.add_argument("--child", action="store_true", help=argparse.SUPPRESS)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value < 65536:
        raise ValueError(text)
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 10_000_000:
        raise ValueError(text)
    return value
