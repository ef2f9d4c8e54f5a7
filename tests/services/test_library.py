"""The library's use cases, over a real database and real files."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from studydesk.foundation.clock import ManualClock
from studydesk.foundation.errors import Fault
from studydesk.services.base import DeskContext
from studydesk.services.library import Library, ResourceKind, ResourceOrder, ResourceState
from tests.services.conftest import done


@pytest.fixture
def library(context: DeskContext) -> Library:
    return Library(context)


@pytest.mark.parametrize(
    ("url", "kind", "title"),
    [
        ("example.org/page/", "bookmark", "example.org/page"),
        ("https://www.youtube.com/watch?v=1", "video", "www.youtube.com/watch?v=1"),
        ("http://example.org/talk.MP3", "podcast", "example.org/talk.MP3"),
        ("https://example.org/a.pdf", "pdf", "example.org/a.pdf"),
    ],
)
def test_a_link_is_named_and_sorted_by_its_address(library: Library, url: str, kind: str, title: str) -> None:
    resource = done(library.add_link(url)).value
    assert (resource.kind, resource.title, resource.state) == (kind, title, "later")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "two words", "", "http://", "https://["]
)
def test_what_is_no_web_address_is_refused(library: Library, url: str) -> None:
    with pytest.raises(Fault, match="web address"):
        done(library.add_link(url))


def test_the_same_address_again_only_adds_tags(library: Library) -> None:
    first = done(library.add_link("https://example.org", "T", ["a"])).value
    again = done(library.add_link("https://example.org", "Other", ["A", "b"])).value
    assert (again.id, again.title, again.tags) == (first.id, "T", ("a", "b"))


def test_a_file_is_known_by_its_content(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "notes.dat"
    file.write_bytes(b"%PDF-1.7 and so on")
    resource = done(library.add_file(file)).value
    assert (resource.kind, resource.file_name) == ("pdf", "notes.dat")
    stored = done(library.file_path(resource.id))
    assert stored is not None
    assert stored.read_bytes() == file.read_bytes()


def test_a_file_of_two_gigabytes_is_refused(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "large.mp4"
    with file.open("wb") as target:
        target.truncate(2_000_000_000)
    with pytest.raises(Fault, match="2 GB"):
        done(library.add_file(file))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_refused_without_waiting(library: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Fault, match="plain file"):
        done(library.add_file(tmp_path / "pipe"))


def test_state_follows_progress(library: Library) -> None:
    resource = done(library.add_link("example.org")).value
    assert done(library.update(resource.id, progress=0.4)).value.state == "doing"
    assert done(library.update(resource.id, progress=1)).value.state == "done"
    assert done(library.update(resource.id, progress=0.5, state="later")).value.state == "later"
    with pytest.raises(Fault, match="stars"):
        done(library.update(resource.id, rating=6))


def test_filters_and_counts_agree(library: Library) -> None:
    done(library.add_link("example.org/a", "Alpha joins", ["sql"], ResourceKind.ARTICLE))
    done(library.add_link("example.org/b", "Beta", ["sql", "x"], ResourceKind.VIDEO))
    counts = done(library.counts())
    assert (counts.everything, counts.later, len(counts.kinds)) == (2, 2, 2)
    assert [(tag.name, tag.count) for tag in counts.tags] == [("sql", 2), ("x", 1)]
    assert len(done(library.list(tag="SQL"))) == 2
    assert [one.title for one in done(library.list(kind=ResourceKind.VIDEO))] == ["Beta"]
    assert [one.title for one in done(library.list(text="join"))] == ["Alpha joins"]
    assert done(library.list(state=ResourceState.DONE)) == ()


def test_the_last_opened_comes_first(library: Library, clock: ManualClock) -> None:
    one, two = (done(library.add_link(f"example.org/{name}", name)).value for name in "ab")
    clock.advance(timedelta(minutes=1))
    done(library.mark_opened(one.id))
    assert [item.id for item in done(library.list())] == [one.id, two.id]
    assert [item.title for item in done(library.list(order=ResourceOrder.TITLE))] == ["a", "b"]


def test_deleting_is_undone_with_tags(library: Library, context: DeskContext) -> None:
    resource = done(library.add_link("example.org", "T", ["a"])).value
    done(library.delete(resource.id))
    assert done(library.counts()).tags == ()
    done(context.undo.undo("library"))
    assert done(library.resource(resource.id)) == resource
