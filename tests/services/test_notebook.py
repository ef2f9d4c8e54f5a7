"""The notebook's use cases, over a real database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from studydesk.foundation.changes import Change, Kind
from studydesk.foundation.clock import ManualClock
from studydesk.foundation.errors import Fault
from studydesk.services.base import DeskContext
from studydesk.services.events import DeskChanged, Saved
from studydesk.services.notebook import Notebook, NoteOrder, NoteView
from tests.services.conftest import done

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def notebook(context: DeskContext) -> Notebook:
    return Notebook(context)


def write(notebook: Notebook, title: str, text: str = "", notebook_id: str | None = None) -> NoteView:
    return done(notebook.new_note(title, text, notebook_id)).value


def test_a_new_note_begins_with_its_title_as_heading(notebook: Notebook) -> None:
    assert write(notebook, "Joins").text == "# Joins\n\n"


def test_saving_keeps_every_character_and_follows_the_heading(notebook: Notebook) -> None:
    text = "\ufeff# Ünïcode \r\n\r\ntrailing  \r\nno end"
    saved = done(notebook.save_text(write(notebook, "Old").id, text)).value
    assert (saved.text, saved.title) == (text, "Ünïcode")
    assert done(notebook.note(saved.id)).text == text


def test_front_matter_names_title_and_tags_before_the_heading(notebook: Notebook) -> None:
    note = write(
        notebook, "", "---\ntitle: From above\ntags: [sql/joins, b]\n---\n# Heading\n\n#left and `#code`\n"
    )
    assert (note.title, note.tags) == ("From above", ("sql/joins", "b", "left"))


def test_a_title_given_by_hand_stays_while_the_text_has_no_heading(notebook: Notebook) -> None:
    note = write(notebook, "", "first line")
    assert note.title == "first line"
    done(notebook.rename(note.id, "By hand"))
    assert done(notebook.save_text(note.id, "another line")).value.title == "By hand"


def test_a_version_is_kept_at_most_every_ten_minutes(notebook: Notebook, clock: ManualClock) -> None:
    note = write(notebook, "", "one")
    for text, minutes in (("two", 0), ("three", 5), ("four", 6)):
        clock.advance(timedelta(minutes=minutes))
        done(notebook.save_text(note.id, text))
    assert [version.text for version in done(notebook.versions(note.id))] == ["three", "one"]


def test_backlinks_show_the_line_and_where_the_link_stands(notebook: Notebook) -> None:
    target = write(notebook, "Grain of a table")
    source = write(
        notebook, "Source", "# Source\n\nsee [[grain of a  table|the grain]] and `[[Grain of a table]]`\n"
    )
    (link,) = done(notebook.backlinks(target.id))
    assert (link.note_id, link.line_number) == (source.id, 2)
    assert link.line[link.start : link.end] == "[[grain of a  table|the grain]]"


def test_a_relative_markdown_link_means_the_note_in_that_folder(notebook: Notebook) -> None:
    one, two = (done(notebook.new_notebook(title)).value.id for title in ("One", "Two"))
    done(notebook.new_note("Index", "", one))
    wanted = write(notebook, "Index", "", two)
    source = write(notebook, "Source", "", one)
    assert done(notebook.resolve_link("../Two/Index.md", source.id)) == wanted.id
    assert done(notebook.resolve_link("../Three/Nothing.md", source.id)) is None


def test_a_deleted_note_is_in_the_trash_and_nowhere_else(notebook: Notebook) -> None:
    note = write(notebook, "Gone", "# Gone\n\n#tagged")
    done(notebook.delete(note.id))
    tree = done(notebook.list_notebooks())
    assert (tree.all_notes, tree.trashed, tree.tags) == (0, 1, ())
    assert done(notebook.list_notes()) == ()
    assert [row.id for row in done(notebook.list_trash())] == [note.id]
    done(notebook.restore(note.id))
    assert [row.id for row in done(notebook.list_notes(tag="tagged"))] == [note.id]


def test_lists_are_ordered_and_pinned_notes_come_first(notebook: Notebook, clock: ManualClock) -> None:
    ids = {}
    for title in ("b", "a", "c"):
        ids[title] = write(notebook, title).id
        clock.advance(timedelta(seconds=1))
    done(notebook.pin(ids["b"]))
    assert [row.title for row in done(notebook.list_notes())] == ["b", "c", "a"]
    assert [row.title for row in done(notebook.list_notes(order=NoteOrder.TITLE))] == ["b", "a", "c"]
    assert [row.title for row in done(notebook.list_notes(limit=1, offset=1))] == ["c"]


def test_a_notebook_counts_what_lies_below_it(notebook: Notebook) -> None:
    top = done(notebook.new_notebook("Top")).value.id
    inner = done(notebook.new_notebook("Inner", top)).value.id
    write(notebook, "x", "", inner)
    (node,) = done(notebook.list_notebooks()).notebooks
    assert (node.count, node.total, node.children[0].count) == (0, 1, 1)
    assert len(done(notebook.list_notes(top))) == 1
    assert len(done(notebook.list_notes(top, below=False))) == 0


def test_a_notebook_cannot_lie_within_itself(notebook: Notebook) -> None:
    top = done(notebook.new_notebook("Top")).value.id
    inner = done(notebook.new_notebook("Inner", top)).value.id
    with pytest.raises(Fault, match="within itself"):
        done(notebook.move_notebook(top, inner))


def test_undo_brings_back_a_notebook_with_its_notes(notebook: Notebook, context: DeskContext) -> None:
    top = done(notebook.new_notebook("Top")).value.id
    inner = done(notebook.new_notebook("Inner", top)).value.id
    note = write(notebook, "x", "", inner)
    before = done(notebook.list_notebooks())
    assert done(notebook.delete_notebook(top)).value == 1
    assert done(notebook.list_notebooks()).notebooks == ()
    done(context.undo.undo("notebook"))
    assert done(notebook.list_notebooks()) == before
    assert done(notebook.note(note.id)) == note


def test_ticking_a_task_changes_one_character(notebook: Notebook) -> None:
    text = "# T\r\n\r\n- [ ] one\r\n  1. [x] two\r\n- three\r\n"
    note = write(notebook, "", text)
    assert done(notebook.tick_task(note.id, 2, True)).value.text == text.replace("[ ]", "[x]")
    assert done(notebook.tick_task(note.id, 3, False)).value.text.endswith("1. [ ] two\r\n- three\r\n")
    with pytest.raises(Fault, match="no box"):
        done(notebook.tick_task(note.id, 4, True))


def test_a_picture_is_stored_once_and_found_by_its_reference(notebook: Notebook, tmp_path: Path) -> None:
    file = tmp_path / "shot.png"
    file.write_bytes(PNG)
    reference = done(notebook.add_image(file)).value
    assert done(notebook.add_image(PNG, "other.png")).value == reference
    path = done(notebook.file_path(reference))
    assert path is not None
    assert path.read_bytes() == PNG
    assert done(notebook.file_path("files/../../secret")) is None
    with pytest.raises(Fault, match="not a picture"):
        done(notebook.add_image(b"plain words", "fake.png"))


def test_a_command_says_what_changed_after_it_is_saved(notebook: Notebook, events: list[object]) -> None:
    note = write(notebook, "x")
    changed = next(event for event in events if isinstance(event, DeskChanged))
    assert changed.changes.changes == (Change(Kind.NOTE, note.id, "added"),)
    assert isinstance(events[-1], Saved)


def test_an_unknown_note_is_a_fault(notebook: Notebook) -> None:
    with pytest.raises(Fault, match="not there any more"):
        done(notebook.save_text("nothing", "x"))
