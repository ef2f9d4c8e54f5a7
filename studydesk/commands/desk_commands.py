"""Commands over one's own things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from studydesk.commands.call import Call
from studydesk.foundation.errors import Fault
from studydesk.services.library import ResourceKind, ResourceView
from studydesk.services.notebook import NotebookNode
from studydesk.services.planner import TaskFilter, TaskView
from studydesk.services.search import HIT_END, HIT_START


async def bring_in(call: Call) -> int:
    """import: whatever is recognised; what is not is named with why."""
    report = await call.wait(call.desk.transfer.import_paths([call.path(path) for path in call.words.paths]))
    call.say(
        {
            "notes": report.notes,
            "resources": report.resources,
            "cards": report.cards,
            "tasks": report.tasks,
            "sessions": report.sessions,
            "skipped": [{"path": str(item.path), "why": item.why} for item in report.skipped],
        }
    )
    return 0


async def export(call: Call) -> int:
    """export: everything into a folder."""
    report = await call.wait(call.desk.transfer.export_all(call.path(call.words.directory)))
    call.say(asdict(report))
    return 0


async def search(call: Call) -> int:
    """search: the best hits first."""
    words, kind, limit = " ".join(call.words.words), call.words.kind, call.words.limit
    hits = await call.wait(call.desk.search.search(words, kind, limit))
    call.say(
        [
            {"kind": str(hit.kind), "id": hit.id, "title": hit.title, "snippet": _unmarked(hit.snippet)}
            for hit in hits
        ]
    )
    return 0


async def note_new(call: Call) -> int:
    notebook = None
    if call.words.notebook:
        tree = await call.wait(call.desk.notebook.list_notebooks())
        notebook = _notebook(tree.notebooks, call.words.notebook)
        if notebook is None:
            notebook = (await call.wait(call.desk.notebook.new_notebook(call.words.notebook))).value.id
    changed = await call.wait(call.desk.notebook.new_note(call.words.title, call.words.text, notebook))
    call.say({"id": changed.value.id, "title": changed.value.title})
    return 0


async def note_show(call: Call) -> int:
    note = await call.wait(call.desk.notebook.note(call.words.id))
    call.say(
        {
            "id": note.id,
            "title": note.title,
            "text": note.text,
            "notebook": note.notebook_title,
            "tags": list(note.tags),
            "updated": note.updated.isoformat(),
        }
    )
    return 0


async def note_list(call: Call) -> int:
    rows = await call.wait(call.desk.notebook.list_notes(limit=call.words.limit))
    call.say(
        [
            {"id": row.id, "title": row.title, "updated": row.updated.isoformat(), "tags": list(row.tags)}
            for row in rows
        ]
    )
    return 0


async def task_add(call: Call) -> int:
    text = " ".join(call.words.text)
    task = (await call.wait(call.desk.planner.add_task_from_text(text))).value
    if call.words.due:
        task = (await call.wait(call.desk.planner.update_task(task.id, due=_date(call.words.due)))).value
    call.say(_task(task))
    return 0


async def task_list(call: Call) -> int:
    which = TaskFilter.ALL if call.words.all else TaskFilter.OPEN
    call.say([_task(task) for task in await call.wait(call.desk.planner.tasks(which))])
    return 0


async def task_done(call: Call) -> int:
    call.say(_task((await call.wait(call.desk.planner.set_done(call.words.id))).value))
    return 0


async def resource_add(call: Call) -> int:
    what, tags = call.words.what, tuple(call.words.tag)
    if "://" in what:
        changed = await call.wait(call.desk.library.add_link(what, call.words.title, tags=tags))
    else:
        changed = await call.wait(call.desk.library.add_file(call.path(what), tags=tags))
        if call.words.title:
            changed = await call.wait(call.desk.library.update(changed.value.id, title=call.words.title))
    call.say(_resource(changed.value))
    return 0


async def resource_list(call: Call) -> int:
    call.say([_resource(resource) for resource in await call.wait(call.desk.library.list())])
    return 0


async def card_add(call: Call) -> int:
    changed = await call.wait(
        call.desk.review.add_card(call.words.front, call.words.back, deck=call.words.deck)
    )
    call.say({"id": changed.value.id, "front": changed.value.front, "deck": changed.value.deck})
    return 0


async def card_list(call: Call) -> int:
    cards = await call.wait(call.desk.review.cards())
    call.say(
        [
            {
                "id": card.id,
                "deck": card.deck,
                "front": card.front,
                "back": card.back,
                "due": card.due.isoformat(),
            }
            for card in cards
        ]
    )
    return 0


async def review_due(call: Call) -> int:
    due = await call.wait(call.desk.review.due())
    call.say(
        [
            {
                "id": item.card.id,
                "deck": item.card.deck,
                "front": item.card.front,
                "due": item.card.due.isoformat(),
            }
            for item in due
        ]
    )
    return 0


async def backup(call: Call) -> int:
    """backup: one file with all of this desk, made while it runs."""
    report = await call.wait(call.desk.backups.backup_to(call.path(call.words.file)))
    call.say({"file": str(report.file), "files": report.files, "size": report.size})
    return 0


async def board_new(call: Call) -> int:
    row = await call.wait(call.desk.boards.new(call.words.title))
    call.say({"id": row.id, "title": row.title})
    return 0


async def board_list(call: Call) -> int:
    rows = await call.wait(call.desk.boards.boards())
    call.say([{"id": row.id, "title": row.title} for row in rows])
    return 0


def _notebook(nodes: Sequence[NotebookNode], title: str) -> str | None:
    for node in nodes:
        if node.title == title or node.id == title:
            return node.id
        found = _notebook(node.children, title)
        if found:
            return found
    return None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Fault(f"“{text}” is no date. Write it as in 2026-12-01.") from fault


def _task(task: TaskView) -> dict[str, object]:
    return {
        "id": task.id,
        "title": task.title,
        "due": task.due.isoformat() if task.due else None,
        "planned": task.planned.isoformat() if task.planned else None,
        "minutes": task.minutes,
        "done": task.done_at is not None,
        "goal": task.goal_title,
    }


def _resource(resource: ResourceView) -> dict[str, object]:
    return {
        "id": resource.id,
        "kind": str(ResourceKind(resource.kind)),
        "title": resource.title,
        "url": resource.url,
        "file": resource.file_name,
        "state": resource.state,
        "rating": resource.rating,
        "tags": list(resource.tags),
    }


def _unmarked(snippet: str) -> str:
    return snippet.replace(HIT_START, "").replace(HIT_END, "")
