"""The preview follows the text piece by piece and does what is clicked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from studydesk.services.markdown import Renderer
from studydesk.ui import theme
from studydesk.ui.bridge import Bridge
from studydesk.ui.notebook.pictures import Pictures
from studydesk.ui.notebook.preview import NotePreview
from studydesk.ui.notebook.preview_html import to_qt

BLOCKS = [
    "# H",
    "para *x*",
    "- a\n- [ ] b",
    "> q",
    "```py\nx\n```",
    "|a|b|\n|-|-|\n|1|2|",
    "1. one\n   - two",
    "---",
    "[[W]]",
]
texts = st.lists(st.sampled_from(BLOCKS), max_size=6).map("\n\n".join)


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[NotePreview]:
    theme.ThemeManager("light")
    bridge = Bridge()
    preview = NotePreview(Renderer(), Pictures(bridge))
    preview.renderer = preview._renderer
    qtbot.addWidget(preview)
    preview.resize(560, 500)
    preview.show()
    yield preview
    bridge.close()


def show(preview: NotePreview, text: str) -> None:
    preview.show_pieces(preview.renderer.pieces(text))
    preview.finish()


def shape(document: QTextDocument) -> list[tuple[str, bool, float]]:
    found = []
    block = document.begin()
    while block.isValid():
        found.append((block.text(), block.textList() is not None, block.blockFormat().lineHeight()))
        block = block.next()
    return found


@given(texts, texts)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_following_a_change_shows_the_same_as_showing_anew(preview: NotePreview, old: str, new: str) -> None:
    show(preview, "")
    show(preview, new)
    wanted = shape(preview.document())
    show(preview, "")
    show(preview, old)
    show(preview, new)
    assert shape(preview.document()) == wanted


def test_a_box_names_its_line_in_the_note(preview: NotePreview, qtbot: QtBot) -> None:
    show(preview, "intro\n\n- [ ] a\n\ntext\n\n- [ ] b\n- [x] c\n")
    cursor = preview.document().find("c")
    cursor.movePosition(cursor.MoveOperation.StartOfBlock)
    preview.setTextCursor(cursor)
    with qtbot.waitSignal(preview.task_toggled) as toggled:
        preview.anchorClicked.emit(QUrl("task:1"))
    assert toggled.args == [7]


def test_links_to_notes_ask_for_the_note(preview: NotePreview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.note_wanted) as wanted:
        preview.anchorClicked.emit(QUrl("note:Grain%20of%20a%20table%23Why"))
    assert wanted.args == ["Grain of a table#Why"]
    with qtbot.waitSignal(preview.note_wanted) as wanted:
        preview.anchorClicked.emit(QUrl("../notes/session%202.md"))
    assert wanted.args == ["../notes/session 2.md"]


def test_only_web_and_mail_links_open_outside(preview: NotePreview, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "studydesk.ui.notebook.preview.QDesktopServices.openUrl", lambda url: opened.append(url.scheme())
    )
    for address in ("https://a.org", "mailto:a@b.c", "file:///etc/passwd", "smb://x/y", "javascript:1"):
        preview.anchorClicked.emit(QUrl(address))
    assert opened == ["https", "mailto"]


def test_nothing_is_fetched_from_the_network(preview: NotePreview) -> None:
    asked: list[str] = []
    preview._pictures._find = lambda reference: asked.append(reference)  # type: ignore[assignment,func-returns-value]
    show(preview, "![a](https://example.org/x.png) ![b](http://127.0.0.1/y.png) ![c](ftp://h/z.png)")
    preview.grab()
    assert asked == []


def test_both_sides_can_be_brought_to_a_line(preview: NotePreview) -> None:
    text = "".join(f"# Heading {number}\n\nSome words.\n\n" for number in range(60))
    show(preview, text)
    preview.scroll_to_line(120)
    assert 118 <= preview.line_at_top() <= 124


def test_quotes_code_and_marks_become_what_qt_draws() -> None:
    look = theme.load_theme("dark")
    html = to_qt(
        "<blockquote><p>q</p></blockquote><pre><code class='language-python'>def f</code></pre><mark>m</mark>",
        look,
    )
    assert "border-left:3px" in html
    assert look.hex("codeKeyword") in html
    assert f"background:{look.hex('marker')}" in html
