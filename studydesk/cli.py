"""The command line of StudyDesk. It owns the desk while it runs, or asks the process that does."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from studydesk.foundation.errors import Fault, NotReachable
from studydesk.foundation.paths import DeskPaths, desk_paths

OWNER_SECONDS = 10.0
"""How long to wait for a process that holds the desk but does not listen (it starts, or ends)."""


def main(arguments: Sequence[str]) -> int:
    """Run one command line; return its exit status."""
    from studydesk.commands.parser import parse

    try:
        words = parse(arguments)
        if words.command == "hub":
            return _hub(words, arguments)
        if words.command is None:
            return _window(words)
        return _command(words, arguments)
    except Fault as fault:
        print(fault.sentence, file=sys.stderr)
        return fault.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has gone: there is nobody to tell, and Python must not complain about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _window(words: argparse.Namespace) -> int:
    from studydesk.app import run_window

    files = tuple(str(Path(word).expanduser().absolute()) for word in words.files)
    return run_window(desk_paths(words.data_dir), files)


def _hub(words: argparse.Namespace, arguments: Sequence[str]) -> int:
    from studydesk.net import hub_process

    rest = [word for word in arguments if word != "--json"]
    rest.remove("hub")
    return hub_process.main(rest)


def _command(words: argparse.Namespace, arguments: Sequence[str]) -> int:
    from studydesk.services.owner import OwnerLock, Request, ask_owner

    if getattr(words, "text", None) == "-" and words.command == "note":
        words.text = sys.stdin.read()
        arguments = [word if word != "-" else words.text for word in arguments]
    paths = desk_paths(words.data_dir)
    lock = OwnerLock(paths)
    say = _Printer(words.json)
    request = Request(tuple(arguments), Path.cwd())
    end = time.monotonic() + OWNER_SECONDS
    while not lock.acquire():
        if words.command == "restore":
            raise Fault("StudyDesk is open on this desk. Close it, then restore.")
        answer = ask_owner(paths, request, say)
        if answer is not None:
            return _finish(*answer)
        if time.monotonic() > end:
            raise NotReachable(
                "Another StudyDesk holds this desk but does not answer. End it, then try again."
            )
        time.sleep(0.05)
    try:
        return _restore(paths, words, say) if words.command == "restore" else _here(paths, words, say)
    finally:
        lock.release()


def _finish(status: int, sentence: str | None) -> int:
    if sentence:
        print(sentence, file=sys.stderr)
    return status


def _restore(paths: DeskPaths, words: argparse.Namespace, say: _Printer) -> int:
    from studydesk.services.backups import restore_from

    report = restore_from(Path(words.file).expanduser().absolute(), paths)
    say({"file": str(report.file), "files": report.files, "kept_aside": str(report.kept_aside or "")})
    return 0


def _here(paths: DeskPaths, words: argparse.Namespace, say: _Printer) -> int:
    """Own the desk for this one command, and let others in meanwhile."""
    import asyncio  # here, since the window needs none of it before its first paint

    from studydesk.commands.run import door_handler, run
    from studydesk.services.desk import Desk
    from studydesk.services.owner import Door

    log_to(paths, "command.log")
    desk = Desk(paths)
    opened = desk.start()
    loop = desk.loop
    door = Door(paths, door_handler(desk))
    try:
        loop.submit(door.open()).result()
        opened.result()
        gone = loop.call(asyncio.Event).result()
        with _ended_by_signals(lambda: loop.post(gone.set)):
            status = loop.submit(run(desk, words, Path.cwd(), say, gone)).result()
            loop.submit(door.finish()).result()
        return status
    except (Fault, BrokenPipeError):
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("the command failed")
        log = paths.logs / "command.log"
        raise Fault(f"Something went wrong inside StudyDesk. What it was stands in {log}.") from error
    finally:
        loop.submit(door.close()).result()
        desk.close()


class _Printer:
    """Prints what a command says: one line of JSON each, or lines for a person."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json

    def __call__(self, value: object) -> None:
        from studydesk.commands.text import as_text

        text = json.dumps(value, ensure_ascii=False) if self._as_json else as_text(value)
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()


@contextmanager
def _ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """Have SIGTERM and SIGINT end the command in good order."""

    def handle(number: int, frame: FrameType | None) -> None:
        end()

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def log_to(paths: DeskPaths, name: str) -> None:
    """Log to the desk's folder, in files that rotate."""
    from logging.handlers import RotatingFileHandler

    paths.make()
    paths.logs.mkdir(mode=0o700, exist_ok=True)
    handler = RotatingFileHandler(paths.logs / name, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
