"""What the talk shows: who, when, what is new, what still waits, and links."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studydesk.services.room.views import EntryView
from studydesk.ui.room.links import links
from studydesk.ui.room.talk import TalkView
from studydesk.ui.room.talk_list import ENTRY, Line, TalkModel

MINUTE = 60_000
START = 1_770_000_000_000


def message(
    number: int, author: str = "marta", minute: float = 0, text: str = "hello", **facts: bool
) -> EntryView:
    return EntryView(
        f"e{number}",
        "room",
        author,
        author.title(),
        1,
        "message",
        START + int(minute * MINUTE),
        number,
        text,
        facts.get("verified", True),
        facts.get("mine", False),
        facts.get("delivered", True),
    )


def lines(model: TalkModel) -> list[Line]:
    return [model.index(row).data(ENTRY) for row in range(model.rowCount())]


def test_the_same_author_within_five_minutes_is_named_once(qtbot: QtBot) -> None:
    model = TalkModel()
    model.load([message(1), message(2, minute=4), message(3, minute=10), message(4, "tomas", minute=11)])
    assert [line.starts for line in lines(model)] == [True, False, True, True]


def test_a_mark_stands_above_the_first_message_that_was_not_read(qtbot: QtBot) -> None:
    model = TalkModel()
    model.load([message(1), message(2, minute=1), message(3, minute=2)], unread=2)
    assert [line.fresh for line in lines(model)] == [False, True, False]
    assert lines(model)[1].starts  # below the mark the author is named again
    model.add([message(4, minute=3)])
    assert [line.fresh for line in lines(model)] == [False, True, False, False]


def test_a_late_message_goes_where_it_belongs_and_a_known_one_is_replaced(qtbot: QtBot) -> None:
    model = TalkModel()
    model.load([message(1), message(5, minute=5)])
    model.add([message(3, "tomas", minute=3), message(5, minute=5, text="delivered now")])
    assert [line.entry.id for line in lines(model)] == ["e1", "e3", "e5"]
    assert lines(model)[2].entry.text == "delivered now"


def test_what_waits_and_what_is_forged_is_said_to_screen_readers(qtbot: QtBot) -> None:
    model = TalkModel()
    model.load([message(1, mine=True, delivered=False), message(2, "mallory", verified=False)])
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert "kept, goes out when others are there" in spoken[0]
    assert "signature does not match" in spoken[1]


def test_links_end_where_the_sentence_goes_on() -> None:
    text = "See https://a.org/x(1), (http://b.org/y). Not ftp://c.org or https:// alone"
    assert [link.address for link in links(text)] == ["https://a.org/x(1)", "http://b.org/y"]
    assert all(text[link.start : link.end] == link.address for link in links(text))


def test_a_link_is_found_below_the_mouse_and_only_there(qtbot: QtBot) -> None:
    talk = TalkView()
    qtbot.addWidget(talk)
    talk.resize(600, 400)
    talk.load([message(1, text="https://example.org/joins is worth it")])
    talk.show()
    qtbot.waitExposed(talk)
    row = talk.list.visualRect(talk.model.index(0))
    found = {
        talk.list.link_at(QPointF(x, y))
        for x in range(row.left(), row.right(), 4)
        for y in range(row.top(), row.bottom(), 3)
    }
    assert found == {"", "https://example.org/joins"}
    assert talk.list.link_at(QPointF(row.right() - 5, row.center().y())) == ""


def test_the_mark_has_room_of_its_own(qtbot: QtBot) -> None:
    talk = TalkView()
    qtbot.addWidget(talk)
    talk.resize(600, 400)
    talk.show()
    heights = []
    for unread in (0, 1):
        talk.load([message(1), message(2, "tomas", minute=1)], unread)
        heights.append(talk.list.visualRect(talk.model.index(1)).height())
    assert heights[1] >= heights[0] + 20


def test_enter_sends_and_shift_enter_begins_a_line(qtbot: QtBot) -> None:
    talk = TalkView()
    qtbot.addWidget(talk)
    talk.show()
    sent: list[str] = []
    talk.said.connect(sent.append)
    edit = talk.composer.edit
    QTest.keyClicks(edit, "one")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(edit, "two")
    assert sent == []
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert sent == ["one\ntwo"]
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert sent == ["one\ntwo"]  # nothing is sent when nothing was written
