"""The bridge: results and events reach the UI thread, in order, and never somebody who has died."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studydesk.foundation.errors import Fault
from studydesk.foundation.events import EventBus
from studydesk.ui.bridge import Bridge


def test_a_result_arrives_on_the_ui_thread(qtbot: QtBot, qapp: QApplication) -> None:
    bridge, seen = Bridge(), []
    with ThreadPoolExecutor(1) as pool:
        bridge.when_done(
            pool.submit(threading.get_ident), lambda worker: seen.append((worker, QThread.currentThread()))
        )
        qtbot.waitUntil(lambda: bool(seen))
    worker, thread = seen[0]
    assert worker != threading.get_ident()
    assert thread is qapp.thread()


def test_a_future_that_is_done_already_is_answered_after_the_call(qtbot: QtBot) -> None:
    bridge, seen = Bridge(), []
    future: Future[int] = Future()
    future.set_result(4)
    bridge.when_done(future, seen.append)
    assert seen == []
    qtbot.waitUntil(lambda: seen == [4])


def test_a_fault_that_nobody_takes_is_told(qtbot: QtBot) -> None:
    bridge = Bridge()
    future: Future[int] = Future()
    with qtbot.waitSignal(bridge.fault) as told:
        bridge.when_done(future, lambda _: None)
        future.set_exception(Fault("The disk is full."))
    assert told.args == ["The disk is full."]


def test_a_fault_goes_to_who_wants_it(qtbot: QtBot) -> None:
    bridge, seen = Bridge(), []
    future: Future[int] = Future()
    fault = Fault("No such room.")
    future.set_exception(fault)
    with qtbot.assertNotEmitted(bridge.fault):
        bridge.when_done(future, lambda _: None, seen.append)
        qtbot.waitUntil(lambda: seen == [fault])


def test_a_bug_goes_to_the_crash_hook(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: seen.append(error))
    bridge, bug = Bridge(), ZeroDivisionError()
    future: Future[int] = Future()
    future.set_exception(bug)
    bridge.when_done(future, lambda _: None)
    qtbot.waitUntil(lambda: seen == [bug])


def test_nothing_is_called_after_its_owner_died(qtbot: QtBot) -> None:
    bridge, seen = Bridge(), []
    owner, future, last = QObject(), Future[int](), Future[int]()
    bridge.when_done(future, seen.append, owner=owner)
    bridge.when_done(last, seen.append)
    owner.deleteLater()
    qtbot.wait(0)
    future.set_result(1)
    last.set_result(2)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [2]


def test_a_cancelled_future_calls_nobody(qtbot: QtBot) -> None:
    bridge, seen = Bridge(), []
    future, last = Future[int](), Future[int]()
    bridge.when_done(future, seen.append, seen.append)
    future.cancel()
    bridge.when_done(last, seen.append)
    last.set_result(2)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [2]


def test_events_of_other_threads_come_in_their_order(qtbot: QtBot, qapp: QApplication) -> None:
    events = EventBus()
    bridge, seen = Bridge(events), []
    bridge.event.connect(lambda event: seen.append((event, QThread.currentThread() is qapp.thread())))
    thread = threading.Thread(target=lambda: [events.publish(number) for number in range(500)])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(seen) == 500)
    assert seen == [(number, True) for number in range(500)]


def test_a_closed_bridge_carries_nothing(qtbot: QtBot) -> None:
    events = EventBus()
    bridge, seen = Bridge(events), []
    bridge.event.connect(seen.append)
    events.publish("before")
    bridge.close()
    events.publish("after")
    bridge.later(lambda: seen.append("called"))
    qtbot.wait(10)
    assert seen == []
