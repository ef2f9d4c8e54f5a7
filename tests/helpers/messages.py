"""Collects what must not be said in a passing test: error records of the log, messages of Qt."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler


class ErrorRecords(logging.Handler):
    """Keeps every record of level ERROR and above. A test allows one by a pattern for its message."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._records: list[logging.LogRecord] = []
        self._allowed: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def allow(self, pattern: str) -> None:
        """Expect an error whose message matches the regular expression `pattern`."""
        self._allowed.append(re.compile(pattern))

    def take_unexpected(self) -> list[str]:
        """Return the messages that nobody expected, and begin anew."""
        found = [
            f"log {r.levelname} {r.name}: {self._text(r)}" for r in self._records if not self._expected(r)
        ]
        self._records.clear()
        self._allowed.clear()
        return found

    def _expected(self, record: logging.LogRecord) -> bool:
        return any(pattern.search(self._text(record)) for pattern in self._allowed)

    @staticmethod
    def _text(record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text += f" ({record.exc_info[1]!r})"
        return text


class QtMessages:
    """Keeps what Qt says while pytest-qt does not listen: in the set-up and tear-down of fixtures."""

    def __init__(self, ignored: Sequence[str]) -> None:
        self._ignored = [re.compile(pattern) for pattern in ignored]
        self._messages: list[str] = []

    def listen(self) -> Callable[[], None]:
        """Take Qt's messages from now on; the returned function ends that."""
        previous = qInstallMessageHandler(self._keep)

        def restore() -> None:
            qInstallMessageHandler(previous)

        return restore

    def take(self) -> list[str]:
        """Return what was said, and begin anew."""
        found, self._messages = self._messages, []
        return found

    def _keep(self, level: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        quiet = level in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not quiet and not any(pattern.search(text) for pattern in self._ignored):
            self._messages.append(f"Qt {level.name}: {text}")
