"""One search over everything that has text, in step with every change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from studydesk.foundation.changes import Kind
from studydesk.model import room
from studydesk.model.room_records import EntryRecord, RoomRecord
from studydesk.services.base import DeskContext
from studydesk.services.library import Library
from studydesk.services.notebook import Notebook
from studydesk.services.planner import Planner
from studydesk.services.review import Review
from studydesk.services.search import HIT_END, HIT_START, Search
from tests.services.conftest import done

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def kinds(context: DeskContext, words: str) -> set[str]:
    return {hit.kind for hit in done(Search(context).search(words))}


def add_entry(context: DeskContext, words: str) -> None:
    record = EntryRecord("e", "r", "a", 0, "", 1, 1, "message", "{}", True, "{}", NOW, words)
    done(
        context.database.submit(
            lambda session: room.add_room(session, RoomRecord("r", "SQL", "", "member", NOW))
        )
    )
    done(context.database.submit(lambda session: room.add_entries(session, [record])))


def test_every_kind_is_found_by_its_text(context: DeskContext) -> None:
    planner = Planner(context)
    done(Notebook(context).new_note("", "# N\n\nzebra"))
    done(Library(context).add_link("example.org", "Zebra"))
    done(Review(context).add_card("f", "a zebra"))
    done(planner.add_task("t", notes="zebra"))
    done(planner.add_session("s", NOW, NOW + timedelta(hours=1), place="Room Zebra"))
    done(planner.add_goal("zebra"))
    add_entry(context, "the zebra said")
    assert kinds(context, "zebra") == {"note", "resource", "card", "task", "session", "goal", "entry"}
    (hit,) = done(Search(context).search("zebra", Kind.ENTRY))
    assert (hit.title, hit.id) == ("SQL", "e")
    assert len(done(Search(context).search("zebra", "task"))) == 1


def test_the_index_follows_changes_deletions_and_undo(context: DeskContext) -> None:
    notebook = Notebook(context)
    note = done(notebook.new_note("", "# N\n\nelephant")).value
    done(notebook.save_text(note.id, "# N\n\ngiraffe"))
    assert kinds(context, "elephant") == set()
    assert kinds(context, "giraffe") == {"note"}
    done(notebook.delete(note.id))
    assert kinds(context, "giraffe") == set()
    done(context.undo.undo("notebook"))
    assert kinds(context, "giraffe") == {"note"}
    check = text("INSERT INTO search(search) VALUES ('integrity-check')")
    done(context.database.submit(lambda session: session.execute(check).close()))


def test_case_and_accents_do_not_matter_and_the_last_word_may_be_open(context: DeskContext) -> None:
    done(Notebook(context).new_note("", "# Été\n\nDéjà vu à Évian"))
    for words in ("ete", "DEJA evi", "déja", "é"):
        assert kinds(context, words) == {"note"}
    assert kinds(context, "evi ") == set()
    (hit,) = done(Search(context).search("deja"))
    assert f"{HIT_START}Déjà{HIT_END}" in hit.snippet


def test_a_hit_in_the_title_stands_first(context: DeskContext) -> None:
    notebook = Notebook(context)
    wanted = done(notebook.new_note("", "# Joins\n\n" + "filler " * 200)).value
    done(notebook.new_note("", "# Other\n\njoins joins joins"))
    assert done(Search(context).search("joins"))[0].id == wanted.id


def test_all_words_must_be_there_and_the_limit_holds(context: DeskContext) -> None:
    for number in range(5):
        done(Notebook(context).new_note("", f"# n{number}\n\nalpha beta"))
    done(Notebook(context).new_note("", "# x\n\nalpha"))
    assert len(done(Search(context).search("alpha beta"))) == 5
    assert len(done(Search(context).search("alpha beta", limit=2))) == 2
    assert done(Search(context).search("alpha", "nonsense")) == ()


@pytest.mark.timeout(60)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
@example('a" OR b NOT (')
@example("NEAR(a b, 2) {title}: x* ^y -z")
@example("\x00")
@example("漢字 १२ ﷺ 👩‍🚀")
@example("' -- ; DROP TABLE notes")
def test_no_words_are_a_fault(context: DeskContext, typed: str) -> None:
    done(Search(context).search(typed))


def test_tags_are_offered_by_use(context: DeskContext) -> None:
    done(Notebook(context).new_note("", "#sql #sql/joins"))
    done(Library(context).add_link("example.org", tags=["SQL", "s_l"]))
    assert [(tag.name, tag.count) for tag in done(Search(context).tags("#s"))] == [
        ("sql", 2),
        ("s_l", 1),
        ("sql/joins", 1),
    ]
    assert [tag.name for tag in done(Search(context).tags("s_"))] == ["s_l"]
