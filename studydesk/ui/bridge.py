"""The one place where futures and events of the floors below become Qt, on the UI thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from studydesk.foundation.errors import Fault
from studydesk.foundation.events import EventBus

T = TypeVar("T")
Otherwise = Callable[[BaseException], object]


class _Relay(QObject):
    """The signals behind the bridge; they cross threads as queued calls."""

    arrived = Signal(object)
    published = Signal(object)
    told = Signal(object)
    faulted = Signal(str)


class Bridge:
    """Carries results and events from other threads to the UI thread, in the order of their arrival.

    `event` is a Qt signal with each event object of the desk's bus; `fault` one with the sentence of a Fault
    that nobody else takes.
    """

    def __init__(self, events: EventBus | None = None) -> None:
        self._relay = _Relay()
        self._open = True
        self._relay.arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)
        self._relay.published.connect(self._publish, Qt.ConnectionType.QueuedConnection)
        self.event: SignalInstance = self._relay.told
        self.fault: SignalInstance = self._relay.faulted
        self._unsubscribe = events.subscribe(self._from_any_thread) if events is not None else None

    def when_done(
        self,
        future: Future[T],
        then: Callable[[T], object] | None = None,
        otherwise: Otherwise | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Call `then(result)` on the UI thread when `future` is done, also when it is done already.

        `otherwise` gets what failed; without it a Fault is told by `fault` and a bug goes to sys.excepthook.
        With `owner`, nothing is called after that object has died. Never calls back before it returns.
        """
        deliver = _Delivery(future, then, otherwise, owner)
        future.add_done_callback(lambda _: self._post(deliver))

    def later(self, function: Callable[[], object]) -> None:
        """Run `function` on the UI thread; callable from any thread."""
        self._post(function)

    def close(self) -> None:
        """Deliver nothing more."""
        self._open = False
        if self._unsubscribe is not None:
            self._unsubscribe()

    def _post(self, call: Callable[[], object]) -> None:
        if self._open and shiboken6.isValid(self._relay):
            self._relay.arrived.emit(call)

    def _from_any_thread(self, event: object) -> None:
        if self._open and shiboken6.isValid(self._relay):
            self._relay.published.emit(event)

    def _publish(self, event: object) -> None:
        if self._open:
            self.event.emit(event)

    def _run(self, call: Callable[[], object]) -> None:
        if not self._open:
            return
        if isinstance(call, _Delivery):
            call.deliver(self)
        else:
            call()


class _Delivery:
    """A finished future and who waits for it."""

    def __init__(
        self,
        future: Future[T],
        then: Callable[[T], object] | None,
        otherwise: Otherwise | None,
        owner: QObject | None,
    ) -> None:
        self._outcome: Callable[[], object] = lambda: then(future.result()) if then is not None else None
        self._failure = future.exception
        self._cancelled = future.cancelled
        self._otherwise = otherwise
        self._owner = owner

    def __call__(self) -> None:
        raise RuntimeError("a delivery needs its bridge")

    def deliver(self, bridge: Bridge) -> None:
        if self._cancelled() or (self._owner is not None and not shiboken6.isValid(self._owner)):
            return
        error = self._failure()
        if error is None:
            self._outcome()
        elif self._otherwise is not None:
            self._otherwise(error)
        elif isinstance(error, Fault):
            bridge.fault.emit(error.sentence)
        elif not isinstance(error, CancelledError):
            sys.excepthook(type(error), error, error.__traceback__)
