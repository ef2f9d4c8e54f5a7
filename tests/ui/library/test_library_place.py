"""The library in a window, over a real desk."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from studydesk.services.library import ResourceKind, ResourceOrder, ResourceView
from studydesk.services.transfer import ImportReport, Skipped
from studydesk.ui.library.place import LibraryPlace
from studydesk.ui.library.shelves import Shelf
from studydesk.ui.library.table_delegate import PAD, STAR
from studydesk.ui.library.table_model import Column
from studydesk.ui.widgets.form_dialog import FormDialog
from tests.ui.planner.staging import PlaceStage

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def add(stage: PlaceStage, title: str, *tags: str, kind: ResourceKind | None = None) -> ResourceView:
    url = f"https://example.org/{title.replace(' ', '-')}"
    return stage.do(stage.desk.library.add_link(url, title, tags, kind)).value


def kept(stage: PlaceStage) -> tuple[ResourceView, ...]:
    return stage.do(stage.desk.library.list(order=ResourceOrder.TITLE))


def titles(library: LibraryPlace) -> list[str]:
    return [row.title for row in library.table.resources.rows]


def drop(library: LibraryPlace, urls: list[QUrl]) -> None:
    data = QMimeData()
    data.setUrls(urls)
    library.dropEvent(
        QDropEvent(
            QPointF(500, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_an_empty_library_says_how_to_begin(stage: PlaceStage, library: LibraryPlace) -> None:
    stage.show(library)
    stage.until(lambda: library.shelf.currentWidget() is library.shelf._nothing)
    assert not library.panel.isVisible()


def test_a_search_that_finds_nothing_says_so_and_can_be_cleared(
    stage: PlaceStage, library: LibraryPlace
) -> None:
    add(stage, "Joins")
    stage.show(library)
    stage.until(lambda: titles(library) == ["Joins"])
    stage.qtbot.keyClicks(library.search, "lateral")
    stage.until(lambda: library.shelf.currentWidget() is library.shelf._not_found)
    assert library.shelf._not_found._heading.text() == "Nothing found for “lateral”"
    library.shelf.clear_asked.emit()
    stage.until(lambda: titles(library) == ["Joins"])


def test_a_shelf_shows_only_what_stands_on_it(stage: PlaceStage, library: LibraryPlace) -> None:
    add(stage, "Joins", "sql")
    add(stage, "Slides", "presenting")
    stage.show(library)
    stage.until(lambda: len(titles(library)) == 2)
    library.side.setCurrentIndex(library.side.shelves.index_of(Shelf(tag="sql")))
    stage.until(lambda: titles(library) == ["Joins"])


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_5])
def test_a_digit_rates_what_is_chosen(stage: PlaceStage, library: LibraryPlace, key: Qt.Key) -> None:
    add(stage, "Joins")
    stage.show(library)
    stage.until(lambda: library.table.current_resource is not None)
    stage.qtbot.keyClick(library.table, key)
    stage.until(lambda: kept(stage)[0].rating == key - Qt.Key.Key_0)
    stage.until(lambda: library.panel.stars.rating == key - Qt.Key.Key_0)


def test_a_star_in_the_row_is_pressed_and_pressed_again(stage: PlaceStage, library: LibraryPlace) -> None:
    add(stage, "Joins")
    stage.show(library)
    stage.until(library.panel.isVisible)  # it makes the table narrower
    stage.qtbot.wait(50)
    rect = library.table.visualRect(library.table.resources.index(0, Column.RATING))
    x = rect.left() + PAD + 3 * STAR + 4
    stage.click(library.table.viewport(), x, rect.center().y())
    stage.until(lambda: kept(stage)[0].rating == 4)
    stage.until(lambda: library.table.resources.rows[0].rating == 4)
    stage.click(library.table.viewport(), x, rect.center().y())
    stage.until(lambda: kept(stage)[0].rating == 0)


def test_what_is_removed_comes_back_by_the_toast(stage: PlaceStage, library: LibraryPlace) -> None:
    add(stage, "Joins")
    stage.show(library)
    stage.until(lambda: library.table.current_resource is not None)
    stage.qtbot.keyClick(library.table, Qt.Key.Key_Delete)
    stage.until(lambda: bool(stage.toasts) and titles(library) == [])
    assert stage.toasts[0].sentence == "Removed “Joins”."
    assert stage.toasts[0].action is not None
    stage.toasts[0].action()
    stage.until(lambda: titles(library) == ["Joins"])


def test_opening_hands_the_address_to_the_system_and_begins_it(
    stage: PlaceStage, library: LibraryPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    add(stage, "Joins")
    stage.show(library)
    stage.until(lambda: library.table.current_resource is not None)
    stage.qtbot.keyClick(library.table, Qt.Key.Key_Return)
    stage.until(lambda: kept(stage)[0].state == "doing")
    assert opened == ["https://example.org/Joins"]


def test_a_file_is_opened_where_the_desk_keeps_it(
    stage: PlaceStage, library: LibraryPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    booklet = tmp_path / "booklet.pdf"
    booklet.write_bytes(PDF)
    stage.show(library)
    drop(library, [QUrl.fromLocalFile(str(booklet))])
    stage.until(lambda: library.table.current_resource is not None)
    assert kept(stage)[0].kind == "pdf"
    stage.qtbot.keyClick(library.table, Qt.Key.Key_Return)
    stage.until(lambda: bool(opened))
    path = Path(opened[0].toLocalFile())
    assert path.read_bytes() == PDF
    assert stage.desk.paths.root in path.parents


def test_a_file_that_is_too_large_is_told_in_one_sentence(
    stage: PlaceStage, library: LibraryPlace, tmp_path: Path
) -> None:
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.truncate(2 * 1024**3 + 1)
    stage.show(library)
    drop(library, [QUrl.fromLocalFile(str(large))])
    stage.until(lambda: bool(stage.toasts))
    assert stage.toasts[0].kind == "fault"
    assert "2 GB" in stage.toasts[0].sentence
    assert kept(stage) == ()


def test_dropped_links_are_added_and_the_last_one_chosen(stage: PlaceStage, library: LibraryPlace) -> None:
    add(stage, "Joins")
    stage.show(library)
    stage.until(lambda: library.table.current_resource is not None)
    drop(library, [QUrl("https://example.org/new")])
    stage.until(lambda: len(titles(library)) == 2)
    stage.until(lambda: library.panel.resource is not None and library.panel.resource.url.endswith("/new"))


def test_the_panel_changes_title_tags_state_progress_and_notes(
    stage: PlaceStage, library: LibraryPlace
) -> None:
    add(stage, "Joins", "sql")
    stage.show(library)
    panel = library.panel
    stage.until(lambda: panel.isVisible() and panel.resource is not None)
    panel.tags.setFocus()
    panel.tags.setText("sql, #joins ,sql")
    stage.qtbot.keyClick(panel.tags, Qt.Key.Key_Return)
    stage.until(lambda: set(kept(stage)[0].tags) == {"sql", "joins"})
    panel.slider.setFocus()
    stage.qtbot.keyClick(panel.slider, Qt.Key.Key_PageUp)
    stage.until(lambda: (kept(stage)[0].state, round(kept(stage)[0].progress, 2)) == ("doing", 0.1))
    panel._edit_title(True)
    panel._title_edit.setText("Joins, drawn slowly")
    stage.qtbot.keyClick(panel._title_edit, Qt.Key.Key_Return)
    stage.until(lambda: kept(stage)[0].title == "Joins, drawn slowly")
    panel.notes.setFocus()
    stage.qtbot.keyClicks(panel.notes, "Watch from 3:20")
    library.leave()
    stage.until(lambda: kept(stage)[0].notes == "Watch from 3:20")


def test_what_is_being_typed_survives_a_change_from_elsewhere(
    stage: PlaceStage, library: LibraryPlace
) -> None:
    joins = add(stage, "Joins")
    stage.show(library)
    panel = library.panel
    stage.until(lambda: panel.isVisible() and panel.resource is not None)
    panel.notes.setFocus()
    stage.until(panel.notes.hasFocus)
    panel._pause.setInterval(60_000)
    stage.qtbot.keyClicks(panel.notes, "half a sen")
    stage.do(stage.desk.library.update(joins.id, rating=2))
    stage.until(lambda: panel.stars.rating == 2)
    assert panel.notes.toPlainText() == "half a sen"


def test_the_dialog_adds_a_link_with_its_tags(stage: PlaceStage, library: LibraryPlace) -> None:
    QGuiApplication.clipboard().clear()
    stage.show(library)
    library.ask_to_add()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FormDialog)
    dialog.submit()
    assert dialog.isVisible()
    assert "Paste a link" in dialog.form.where.edit.accessibleDescription()
    dialog.form.where.set_text("example.org/joins")
    dialog.form.title.set_text("Joins")
    dialog.form.tags.set_text("sql, #joins")
    dialog.submit()
    stage.until(lambda: titles(library) == ["Joins"])
    assert kept(stage)[0].url == "https://example.org/joins"
    assert set(kept(stage)[0].tags) == {"sql", "joins"}


def test_in_a_narrow_window_the_panel_opens_over_the_table(stage: PlaceStage, library: LibraryPlace) -> None:
    add(stage, "Joins")
    stage.show(library, 968, 650)
    stage.until(lambda: library.table.current_resource is not None)
    assert not library.panel.isVisible()
    stage.qtbot.keyClick(library.table, Qt.Key.Key_Space)
    assert library.panel.isVisible()
    stage.qtbot.keyClick(library.panel, Qt.Key.Key_Escape)
    assert not library.panel.isVisible()


def test_what_does_not_concern_the_library_reads_nothing_again(
    stage: PlaceStage, library: LibraryPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(stage, "Joins")
    stage.show(library)
    stage.until(lambda: library.table.current_resource is not None)
    read: list[object] = []
    monkeypatch.setattr(library._feed, "read", read.append)
    before = stage.refreshed
    stage.do(stage.desk.planner.add_task("Read"))
    stage.until(lambda: stage.refreshed > before)
    assert read == []


def test_a_resource_asked_for_elsewhere_is_chosen(stage: PlaceStage, library: LibraryPlace) -> None:
    first = add(stage, "First")
    add(stage, "Second")
    stage.show(library)
    stage.until(lambda: len(titles(library)) == 2)
    library.activate(resource=first.id)
    stage.until(lambda: library.panel.resource is not None and library.panel.resource.id == first.id)


def test_a_dropped_file_of_bookmarks_goes_to_the_import_and_its_report_is_said(
    stage: PlaceStage, library: LibraryPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bookmarks = tmp_path / "bookmarks.html"
    bookmarks.write_text(
        '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF="https://example.org">A</A></DL>'
    )
    asked: list[Path] = []
    answer: Future[ImportReport] = Future()
    answer.set_result(ImportReport(resources=2, skipped=(Skipped("odd", "It has no address."),)))
    monkeypatch.setattr(stage.desk.transfer, "import_paths", lambda paths: asked.extend(paths) or answer)
    stage.show(library)
    drop(library, [QUrl.fromLocalFile(str(bookmarks))])
    stage.until(lambda: bool(stage.toasts))
    assert asked == [bookmarks]
    assert stage.toasts[0].sentence == "2 bookmarks came in. Left out: odd. It has no address."
