"""Import and export: whatever is good comes in, whatever is bad is named, and nothing is lost on the way."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studydesk.foundation.errors import Fault
from studydesk.services.base import DeskContext
from studydesk.services.library import Library
from studydesk.services.notebook import Notebook
from studydesk.services.planner import Planner
from studydesk.services.review import Review
from studydesk.services.search import Search
from studydesk.services.transfer import ExportReport, ImportReport, Transfer
from tests.services.conftest import done

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
NOTES = {
    "foam-docs": 86,
    "logseq-docs": 313,
    "rust-book": 112,
    "d2l-math": 32,
    "free-programming-books": 13,
    "joplin-readme": 52,
}


def bring_in(context: DeskContext, *paths: Path) -> ImportReport:
    return done(Transfer(context).import_paths(paths))


def take_out(context: DeskContext, directory: Path) -> ExportReport:
    return done(Transfer(context).export_all(directory))


def files_in(directory: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def skipped(report: ImportReport) -> dict[str, str]:
    return {Path(one.path).name: one.why for one in report.skipped}


def lay(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def round_trip(
    context: DeskContext, open_desk: Callable[[str], DeskContext], place: Path, name: str = "second"
) -> dict[str, bytes]:
    """Export, import into an empty desk, export again; return the first export's files after comparing."""
    take_out(context, place / f"{name}-one")
    other = open_desk(name)
    assert bring_in(other, place / f"{name}-one").skipped == ()
    take_out(other, place / f"{name}-two")
    first = files_in(place / f"{name}-one")
    assert files_in(place / f"{name}-two") == first
    return first


@pytest.mark.parametrize("folder", NOTES)
def test_real_folders_come_in_whole_and_go_out_byte_for_byte(
    folder: str,
    shared_data: Path,
    context: DeskContext,
    open_desk: Callable[[str], DeskContext],
    tmp_path: Path,
) -> None:
    source = shared_data / "markdown" / folder
    assert bring_in(context, source).notes == NOTES[folder]
    exported = round_trip(context, open_desk, tmp_path)
    for path in source.rglob("*.md"):
        assert exported[f"{folder}/{path.relative_to(source).as_posix()}"] == path.read_bytes()


def test_words_of_a_real_folder_are_found_with_a_snippet(shared_data: Path, context: DeskContext) -> None:
    bring_in(context, shared_data / "markdown" / "rust-book")
    hits = done(Search(context).search("ownership"))
    assert len(hits) == 20
    assert "\x02" in hits[0].snippet


def test_sub_folders_become_notebooks_and_pictures_stay_beside_notes(
    context: DeskContext, tmp_path: Path
) -> None:
    root = lay(
        tmp_path / "vault",
        {
            "index.md": b"# Index\r\n\r\n![shot](img/a.png) [[deep note]] [pdf](img/b.pdf)\r\n",
            "a/b/deep note.md": b"\xef\xbb\xbf---\ntags: x\n---\n![](../../img/a.png)",
            "img/a.png": PNG,
            "img/b.pdf": b"%PDF-1.4",
            "other.pdf": b"%PDF-1.5",
            ".hidden/secret.md": b"# no",
        },
    )
    report = bring_in(context, root)
    assert (report.notes, report.resources, report.skipped) == (2, 1, ())
    notebook = Notebook(context)
    (vault,) = done(notebook.list_notebooks()).notebooks
    assert (vault.title, vault.children[0].children[0].title) == ("vault", "b")
    deep = done(notebook.resolve_link("deep note"))
    assert deep is not None
    assert done(notebook.note(deep)).tags == ("x",)
    picture = done(notebook.file_path("../../img/a.png", deep))
    assert picture is not None
    assert picture.read_bytes() == PNG
    assert [link.title for link in done(notebook.backlinks(deep))] == ["Index"]
    take_out(context, tmp_path / "out")
    exported = files_in(tmp_path / "out" / "vault")
    assert exported == {k: v for k, v in files_in(root).items() if k[0] != "." and k != "other.pdf"}


def test_what_is_bad_is_named_and_the_rest_comes_in(context: DeskContext, tmp_path: Path) -> None:
    root = lay(
        tmp_path / "mixed",
        {
            "good.md": b"# Good",
            "broken.md": b"# caf\xe9",
            "picture.md": PNG,
            "zero.md": b"a\0b",
            "fake.pdf": b"plain words",
            "fake.png": b"<html>",
            "unknown.xyz": b"?",
            "table.csv": b"a,b,c\n1,2,3\n",
        },
    )
    with (root / "huge.md").open("wb") as target:
        target.truncate(2 * 1024**3)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "dangling.md").symlink_to(root / "nowhere.md")
    (root / "self.md").symlink_to(root / "self.md")
    os.mkfifo(root / "pipe.md")
    report = bring_in(context, root, tmp_path / "missing")
    why = skipped(report)
    assert (report.notes, len(why)) == (1, 13)
    for name, part in {
        "broken.md": "UTF-8",
        "picture.md": "image/png",
        "zero.md": "zero bytes",
        "fake.pdf": "not a PDF",
        "fake.png": "ends in .png",
        "unknown.xyz": "does not know",
        "table.csv": "front and back",
        "huge.md": "2 GB",
        "loop": "leads back",
        "dangling.md": "not there",
        "self.md": "itself",
        "pipe.md": "plain file",
        "missing": "not there",
    }.items():
        assert part in why[name]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the rights of files don't hold for root")
def test_a_folder_without_rights_is_named(context: DeskContext, tmp_path: Path) -> None:
    root = lay(tmp_path / "vault", {"a.md": b"# A", "closed/b.md": b"# B"})
    (root / "closed").chmod(0)
    report = bring_in(context, root)
    (root / "closed").chmod(0o700)
    assert report.notes == 1
    assert "rights" in skipped(report)["closed"]


def test_bookmarks_addresses_and_cards_are_recognised(context: DeskContext, tmp_path: Path) -> None:
    root = lay(
        tmp_path / "things",
        {
            "bookmarks.html": b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>SQL</H3><DL><p>"
            b'<DT><A HREF="https://example.org/a" ADD_DATE="1700000000" TAGS="x,y">A &amp; B</A></DL></DL>',
            "link.url": b"[InternetShortcut]\r\nURL=https://example.org/b\r\n",
            "vocabulary.csv": b'front;back\nun;"one; 1"\ndeux;two\n',
            "tabs.tsv": b"Question\tAnswer\tDeck\nq\ta\tSQL/Joins\n",
        },
    )
    report = bring_in(context, root)
    assert (report.resources, report.cards, report.skipped) == (2, 3, ())
    linked = {one.title: one for one in done(Library(context).list())}
    assert linked["A & B"].tags == ("x", "y", "SQL")
    assert linked["A & B"].added == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert {card.deck for card in done(Review(context).cards())} == {"vocabulary", "SQL/Joins"}


def test_real_bookmarks_come_in(shared_data: Path, context: DeskContext) -> None:
    folder = shared_data / "bookmarks" / "suhodolskiy"
    assert bring_in(context, *sorted(folder.rglob("*.html"))).resources == 4


def fill(context: DeskContext) -> None:
    """Make one of everything."""
    notebook, planner, review = Notebook(context), Planner(context), Review(context)
    top = done(notebook.new_notebook("CON")).value.id
    inner = done(notebook.new_notebook("a: b?", top)).value.id
    done(notebook.new_notebook("empty.", top))
    note = done(notebook.new_note("same", "# same\n\n#tag", inner)).value
    done(notebook.save_text(note.id, "# SAME \r\nnew"))
    done(notebook.new_note("", "same\u2028x", inner))
    done(notebook.pin(note.id))
    done(notebook.delete(done(notebook.new_note("trash")).value.id))
    done(notebook.add_image(PNG, "x.png"))
    goal = done(planner.add_goal("Goal", date(2026, 6, 30), "why")).value.id
    task = done(planner.add_task("Task", date(2026, 1, 9), date(2026, 1, 8), 40, goal, "notes")).value.id
    done(planner.add_task_from_text("two #tagged"))
    done(planner.set_done(task))
    done(planner.add_time(12, task))
    start = datetime(2026, 1, 6, 14, tzinfo=UTC)
    done(planner.add_session("Session", start, start + timedelta(hours=2), "Lyon", zone="Europe/Paris"))
    library = Library(context)
    link = done(library.add_link("example.org/x", "Link", ["b", "a"])).value.id
    done(library.update(link, progress=0.1, rating=3, notes="n"))
    card = done(review.add_card("front", "back\nmore", "D/E", ["c"], note.id)).value.id
    done(review.answer(card, 3))


def test_one_of_everything_survives_the_way_out_and_back(
    context: DeskContext, open_desk: Callable[[str], DeskContext], tmp_path: Path
) -> None:
    fill(context)
    exported = round_trip(context, open_desk, tmp_path)
    assert {path for path in exported if path.endswith(".md")} == {
        "_CON/a- b-/SAME.md",
        "_CON/a- b-/same x.md",
    }
    other = open_desk("second")
    for facade in (Planner, Review, Library, Notebook):
        one, two = facade(context), facade(other)
        for question in (
            "tasks",
            "goals",
            "cards",
            "list",
            "list_notebooks",
            "list_notes",
            "counts",
            "today",
        ):
            if hasattr(one, question):
                before, after = done(getattr(one, question)()), done(getattr(two, question)())
                if question == "list_notebooks":
                    assert (before.notebooks, before.tags) == (after.notebooks, after.tags)
                else:
                    assert before == after


def test_importing_an_export_again_changes_nothing(context: DeskContext, tmp_path: Path) -> None:
    fill(context)
    take_out(context, tmp_path / "one")
    report = bring_in(context, tmp_path / "one")
    assert report == ImportReport()
    take_out(context, tmp_path / "two")
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")


def test_an_export_renews_an_earlier_one_and_refuses_another_folder(
    context: DeskContext, tmp_path: Path
) -> None:
    notebook = Notebook(context)
    note = done(notebook.new_note("one")).value
    take_out(context, tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("not of the export")
    done(notebook.delete(note.id))
    done(notebook.new_note("two"))
    take_out(context, tmp_path / "out")
    names = set(files_in(tmp_path / "out"))
    assert {"two.md", "mine.txt"} <= names
    assert "one.md" not in names
    lay(tmp_path / "full", {"x": b"x"})
    with pytest.raises(Fault, match="holds other things"):
        take_out(context, tmp_path / "full")


def test_an_export_that_lies_is_taken_with_care(context: DeskContext, tmp_path: Path) -> None:
    mark = b'{"format":"studydesk export","version":1}'
    moments = b'"created":"2026-01-05T09:00:00Z","updated":"2026-01-05T09:00:00Z"'
    secret = lay(tmp_path, {"secret.md": b"secret"}) / "secret.md"
    root = lay(
        tmp_path / "bad",
        {
            "studydesk/export.json": mark,
            "a.md": b"fine",
            "studydesk/notes.jsonl": b'{"id":"1","title":"ok","notebook_id":"gone","path":"a.md",'
            + moments
            + b"}\n"
            b'{"id":"2","title":"out","path":"../secret.md",' + moments + b"}\n"
            b'{"id":"3","title":"out","path":"' + str(secret).encode() + b'",' + moments + b"}\n"
            b'{"id":"4","title":5,"path":"a.md",' + moments + b"}\nnot json\n[1]\n",
            "studydesk/files.jsonl": b'{"sha256":"../../x","name":"n","suffix":"","size":1,"mime":"m",'
            b'"added":"2026-01-05T09:00:00Z","path":"a.md"}\n',
            "studydesk/tasks.jsonl": b'{"id":"t","title":"kept","goal_id":"gone","created":"2026-01-05T09:00:00Z"}\n',
        },
    )
    report = bring_in(context, root)
    assert (report.notes, report.tasks, len(report.skipped)) == (1, 1, 6)
    assert [row.notebook_id for row in done(Notebook(context).list_notes())] == [None]


def test_an_export_of_a_newer_program_is_refused(context: DeskContext, tmp_path: Path) -> None:
    root = lay(tmp_path / "new", {"studydesk/export.json": b'{"format":"studydesk export","version":2}'})
    with pytest.raises(Fault, match="newer"):
        bring_in(context, root)


def test_progress_is_told_and_a_cancel_keeps_what_came_in(context: DeskContext, tmp_path: Path) -> None:
    root = lay(tmp_path / "v", {f"n{number:04}.md": b"# x" for number in range(1200)})
    cancel = threading.Event()
    steps: list[tuple[int, int]] = []

    def progress(done_count: int, total: int, name: str) -> None:
        steps.append((done_count, total))
        if done_count == 600:
            cancel.set()

    report = done(Transfer(context).import_paths([root], progress, cancel))
    assert report.cancelled
    assert report.notes == 1000
    assert steps[0] == (1, 1200)
    assert done(Notebook(context).list_notebooks()).all_notes == 1000


NUMBERS = itertools.count()
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "CON",
        "con.txt",
        "a.",
        " a",
        "files",
        "studydesk",
        "x" * 300,
        "A",
        "a",
        "ß",
        "..",
        ".",
        "NUL",
        "İ",
        "a/b",
    ]
)


@pytest.mark.timeout(100)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    notebooks=st.lists(st.tuples(NAMES, st.integers(0, 4)), max_size=5),
    notes=st.lists(
        st.tuples(NAMES, st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 5)), max_size=6
    ),
)
@example(
    notebooks=[("A", 0), ("a", 0)],
    notes=[("x", "---\ntitle: [\n---\r\n", 1), ("X", "\ufeff", 2)],
)
def test_whatever_names_and_texts_there_are_the_round_trip_is_identical(
    notebooks: list[tuple[str, int]],
    notes: list[tuple[str, str, int]],
    open_desk: Callable[[str], DeskContext],
    tmp_path: Path,
) -> None:
    number = next(NUMBERS)
    context = open_desk(f"first-{number}")
    notebook = Notebook(context)
    made: list[str | None] = [None]
    for title, parent in notebooks:
        if title.split():
            made.append(done(notebook.new_notebook(title, made[parent % len(made)])).value.id)
    for title, text, place in notes:
        done(notebook.new_note(title, text, made[place % len(made)]))
    round_trip(context, open_desk, tmp_path, f"second-{number}")
    for name in (f"first-{number}", f"second-{number}"):
        open_desk(name).database.close()


def test_dates_that_no_calendar_has_cost_no_note(context: DeskContext, tmp_path: Path) -> None:
    root = lay(
        tmp_path / "v",
        {
            "late.md": b"---\ndate: 9999-12-31T23:59:00-10:00\n---\n",
            "early.md": b"---\ncreated: 0001-01-01T00:00:00+10:00\n---\n",
            "good.md": b"---\ncreated: 2020-02-03\nupdated: 2021-01-01T10:00:00+02:00\n---\n",
        },
    )
    assert bring_in(context, root) == ImportReport(notes=3)
    (good,) = (row for row in done(Notebook(context).list_notes()) if row.title == "good")
    note = done(Notebook(context).note(good.id))
    assert note.created == datetime(2020, 2, 3, tzinfo=UTC)
    assert note.updated == datetime(2021, 1, 1, 8, tzinfo=UTC)


def test_files_that_html_in_a_note_refers_to_stay_beside_it(context: DeskContext, tmp_path: Path) -> None:
    root = lay(
        tmp_path / "v",
        {"n.md": b'<a href="a%20b.zip">x</a> <video src="v.bin">', "a b.zip": b"PK\x03\x04", "v.bin": b"\0"},
    )
    assert bring_in(context, root) == ImportReport(notes=1)
    take_out(context, tmp_path / "out")
    assert files_in(tmp_path / "out" / "v") == files_in(root)


def test_a_tag_keeps_the_name_it_was_first_written_with(
    context: DeskContext, open_desk: Callable[[str], DeskContext], tmp_path: Path
) -> None:
    done(Library(context).add_link("https://example.org", "Link", ["alpha", "Beta"]))
    done(Notebook(context).new_note("Note", "#Alpha #beta"))
    round_trip(context, open_desk, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for rights to make links")
def test_an_export_leads_to_nothing_outside(
    context: DeskContext, open_desk: Callable[[str], DeskContext], tmp_path: Path
) -> None:
    done(Notebook(context).new_note("one", "text"))
    take_out(context, tmp_path / "out")
    lay(tmp_path, {"secret.md": b"secret"})
    (tmp_path / "out" / "one.md").unlink()
    (tmp_path / "out" / "one.md").symlink_to(tmp_path / "secret.md")
    report = bring_in(open_desk("second"), tmp_path / "out")
    assert (report.notes, len(report.skipped)) == (0, 1)


def test_a_cancelled_export_leaves_nothing_behind(context: DeskContext, tmp_path: Path) -> None:
    fill(context)
    cancel = threading.Event()
    cancel.set()
    report = done(Transfer(context).export_all(tmp_path / "out", None, cancel))
    assert report.cancelled
    assert files_in(tmp_path / "out") == {}
    take_out(context, tmp_path / "out")
    assert "studydesk/export.json" in files_in(tmp_path / "out")


def test_a_cancel_stops_between_files_beside_notes_and_between_restored_ones(
    context: DeskContext, open_desk: Callable[[str], DeskContext], tmp_path: Path
) -> None:
    pictures = {f"p{number}.png": PNG + bytes([number]) for number in range(20)}
    root = lay(tmp_path / "v", {"n.md": b"# n", **pictures})
    for name, source in (("first", root), ("second", tmp_path / "out")):
        cancel = threading.Event()
        seen: list[str] = []

        def progress(
            number: int, total: int, what: str, cancel: threading.Event = cancel, seen: list[str] = seen
        ) -> None:
            seen.append(what)
            if what == "p15.png":
                cancel.set()

        if name == "second":
            bring_in(context, root)
            take_out(context, tmp_path / "out")
        desk = open_desk(name)
        assert done(Transfer(desk).import_paths([source], progress, cancel)).cancelled
        assert 0 < len(list(desk.paths.files.rglob("*.png"))) < 20
        assert seen[-1] == "p15.png"


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
TAGS = st.lists(WORDS | st.sampled_from(["a", "A", "ß", "SS"]), max_size=3)


@pytest.mark.timeout(100)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    links=st.lists(st.tuples(WORDS, TAGS, st.integers(0, 5)), max_size=3),
    cards=st.lists(st.tuples(WORDS, WORDS, TAGS, st.lists(st.integers(1, 4), max_size=3)), max_size=3),
    tasks=st.lists(st.tuples(WORDS, st.booleans(), st.none() | st.integers(1, 90)), max_size=3),
    notes=st.lists(TAGS, max_size=3),
    pictures=st.lists(st.binary(max_size=4), max_size=2),
)
def test_whatever_a_desk_holds_the_round_trip_is_identical(
    links: list[tuple[str, list[str], int]],
    cards: list[tuple[str, str, list[str], list[int]]],
    tasks: list[tuple[str, bool, int | None]],
    notes: list[list[str]],
    pictures: list[bytes],
    open_desk: Callable[[str], DeskContext],
    tmp_path: Path,
) -> None:
    number = next(NUMBERS)
    context = open_desk(f"full-{number}")
    library, review, planner, notebook = (
        Library(context),
        Review(context),
        Planner(context),
        Notebook(context),
    )
    for place, (title, tags, rating) in enumerate(links):
        link = done(library.add_link(f"https://example.org/{place}", title, tags)).value
        done(library.update(link.id, rating=rating, progress=rating / 7))
    for front, back, tags, answers in cards:
        if front.strip():
            card = done(review.add_card(front, back, "", tags)).value.id
            for answer in answers:
                done(review.answer(card, answer))
    for title, finished, minutes in tasks:
        if title.strip():
            task = done(planner.add_task(title, None, None, minutes)).value.id
            if finished:
                done(planner.set_done(task))
                done(planner.add_time(minutes or 1, task))
    for tags in notes:
        done(notebook.new_note("", " ".join(f"#{tag}" for tag in tags)))
    for picture in pictures:
        done(notebook.add_image(PNG + picture))
    round_trip(context, open_desk, tmp_path, f"copy-{number}")
    for name in (f"full-{number}", f"copy-{number}"):
        open_desk(name).database.close()
