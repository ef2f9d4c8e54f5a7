"""The editor keeps what is written, knows lists, and colours code."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QImage
from pytestqt.qtbot import QtBot

from studydesk.ui import theme
from studydesk.ui.notebook.editor import MarkdownEditor


@pytest.fixture
def editor(qtbot: QtBot) -> MarkdownEditor:
    theme.ThemeManager("light")
    editor = MarkdownEditor()
    qtbot.addWidget(editor)
    editor.resize(500, 600)
    editor.show()
    return editor


def formats(editor: MarkdownEditor, line: int) -> list[tuple[str, str, int]]:
    """Return text, colour and weight of the coloured parts of a line."""
    block = editor.document().findBlockByNumber(line)
    return [
        (
            block.text()[part.start : part.start + part.length],
            part.format.foreground().color().name(),
            part.format.fontWeight(),
        )
        for part in block.layout().formats()
    ]


@given(
    st.text(
        alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")) | st.just("\n"), max_size=60
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_showing_a_text_never_changes_it(editor: MarkdownEditor, text: str) -> None:
    editor.set_text(text)
    assert editor.text() == text


@given(st.text(alphabet="ab\n😀é", max_size=20), st.text(alphabet="ab\n😀é", max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_from_elsewhere_comes_in_whole_and_can_be_taken_back(
    editor: MarkdownEditor, old: str, new: str
) -> None:
    editor.set_text(old)
    editor.apply_text(new)
    assert editor.text() == new
    if new != old:
        editor.undo()
        assert editor.text() == old


def test_showing_a_text_is_no_edit(editor: MarkdownEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.edited, wait=50):
        editor.set_text("# A\n\n```py\nx = 1\n```\n")
        editor.restyle()


def test_enter_goes_on_with_a_list_and_ends_it(editor: MarkdownEditor, qtbot: QtBot) -> None:
    editor.set_text("1. one")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "1. one\n2. "
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "1. one\n"


def test_tab_indents_an_item_and_shift_tab_takes_it_back(editor: MarkdownEditor, qtbot: QtBot) -> None:
    editor.set_text("- one")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  - one"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text() == "- one"


def test_keys_put_marks_around_the_selection(editor: MarkdownEditor, qtbot: QtBot) -> None:
    editor.set_text("word")
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "**word**"
    qtbot.keyClick(editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "word"


def test_ticking_can_be_undone(editor: MarkdownEditor) -> None:
    editor.set_text("text\n- [ ] task")
    editor.set_task(1)
    assert editor.text() == "text\n- [x] task"
    editor.undo()
    assert editor.text() == "text\n- [ ] task"


def test_headings_are_bold_and_code_has_its_language(editor: MarkdownEditor) -> None:
    look = theme.current()
    editor.set_text("# Title\n\n```python\ndef f(): pass\n```\nplain")
    assert ("#", look.hex("textMuted").lower(), QFont.Weight.Normal) in formats(editor, 0)
    assert any(part[0].strip() == "Title" and part[2] == QFont.Weight.Bold for part in formats(editor, 0))
    assert ("def", look.hex("codeKeyword").lower(), QFont.Weight.Normal) in formats(editor, 3)
    assert formats(editor, 5) == []


def test_what_is_copied_is_plain_and_pasted_words_have_no_style(editor: MarkdownEditor) -> None:
    editor.set_text("**a**\nb")
    editor.selectAll()
    copied = editor.createMimeDataFromSelection()
    assert copied.text() == "**a**\nb"
    assert not copied.hasHtml()


def test_a_pasted_picture_is_handed_on_as_png(editor: MarkdownEditor, qtbot: QtBot) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(image)
    with qtbot.waitSignal(editor.picture_given) as given_:
        editor.insertFromMimeData(data)
    assert given_.args[0].startswith(b"\x89PNG")


def test_titles_are_offered_after_two_brackets_and_chosen_with_enter(
    editor: MarkdownEditor, qtbot: QtBot
) -> None:
    editor.set_text("")
    with qtbot.waitSignal(editor.completion.wanted) as asked:
        qtbot.keyClicks(editor, "see [[Gra")
    assert asked.args == ["Gra"]
    editor.completion.offer("Gra", ["Grain of a table", "Grammar"])
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "see [[Grain of a table]]"
