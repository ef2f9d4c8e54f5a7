"""Notebooks below each other. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from studydesk.foundation.changes import Change, Changed, ChangeSet, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model import tags
from studydesk.model.entities import Attachment, Note, Notebook
from studydesk.model.snapshots import Target, inverse_of
from studydesk.model.views.notebook import NotebookNode, NotebookTree, NotebookView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE = "That notebook is not there any more."


def find(session: Session, notebook_id: str) -> Notebook:
    """Return the entity of a notebook. Raises Fault when it is not there."""
    notebook = session.get(Notebook, notebook_id)
    if notebook is None:
        raise Fault(GONE)
    return notebook


def notebook_tree(session: Session) -> NotebookTree:
    """Return all notebooks with their counts, the tags of notes, and the overall counts."""
    query = select(Note.notebook_id, func.count()).where(Note.deleted_at.is_(None)).group_by(Note.notebook_id)
    counts = dict(session.execute(query).all())
    trashed = session.scalar(select(func.count()).where(Note.deleted_at.is_not(None))) or 0
    return NotebookTree(
        _nodes(_children(session), None, counts),
        tags.counts(session, Kind.NOTE),
        sum(counts.values()),
        counts.get(None, 0),
        trashed,
    )


def _children(session: Session) -> dict[str | None, list[Notebook]]:
    children: dict[str | None, list[Notebook]] = {}
    for notebook in session.scalars(
        select(Notebook).order_by(Notebook.position, Notebook.title, Notebook.id)
    ):
        children.setdefault(notebook.parent_id, []).append(notebook)
    return children


def _nodes(
    children: Mapping[str | None, list[Notebook]], parent_id: str | None, counts: Mapping[str | None, int]
) -> tuple[NotebookNode, ...]:
    nodes = []
    for notebook in children.get(parent_id, ()):
        inner = _nodes(children, notebook.id, counts)
        count = counts.get(notebook.id, 0)
        total = count + sum(node.total for node in inner)
        nodes.append(NotebookNode(notebook.id, notebook.title, parent_id, count, total, inner))
    return tuple(nodes)


def below(session: Session, notebook_id: str) -> list[str]:
    """Return the ids of a notebook and of all below it, parents first."""
    children = _children(session)
    found = [notebook_id]
    for known in found:
        found.extend(notebook.id for notebook in children.get(known, ()))
    return found


def new_notebook(session: Session, clock: Clock, title: str, parent_id: str | None) -> Changed[NotebookView]:
    """Make a notebook at the end of its parent's."""
    title = _title(title)
    if parent_id is not None:
        find(session, parent_id)
    beside = Notebook.parent_id.is_not_distinct_from(parent_id)
    last = session.scalar(select(func.max(Notebook.position)).where(beside))
    notebook = Notebook(
        id=new_id(clock),
        title=title,
        parent_id=parent_id,
        position=0 if last is None else last + 1,
        folder="",
        created=clock.now(),
    )
    inverse = inverse_of(session, "New notebook", [Target(Notebook, notebook.id, Kind.NOTEBOOK)])
    session.add(notebook)
    session.flush()
    changes = ChangeSet("New notebook", (Change(Kind.NOTEBOOK, notebook.id, "added"),), inverse)
    return Changed(_view(notebook), changes)


def rename_notebook(session: Session, notebook_id: str, title: str) -> Changed[NotebookView]:
    """Give a notebook another title; its folder in an export follows."""
    return _alter(session, notebook_id, "Rename notebook", title=_title(title), folder="")


def move_notebook(session: Session, notebook_id: str, parent_id: str | None) -> Changed[NotebookView]:
    """Put a notebook below another. Raises Fault when that is itself or below it."""
    if parent_id is not None:
        find(session, parent_id)
        if parent_id in below(session, notebook_id):
            raise Fault("A notebook can't lie within itself.")
    return _alter(session, notebook_id, "Move notebook", parent_id=parent_id)


def delete_notebook(session: Session, clock: Clock, notebook_id: str) -> Changed[int]:
    """Remove a notebook and those below it; their notes go to the trash, without a notebook."""
    notebook = find(session, notebook_id)
    gone = below(session, notebook_id)
    inside = Note.notebook_id.in_(gone)
    live = list(session.scalars(select(Note.id).where(inside, Note.deleted_at.is_(None))))
    every = list(session.scalars(select(Note.id).where(inside)))
    files = session.scalars(select(Attachment.id).where(Attachment.notebook_id.in_(gone)))
    targets = [Target(Notebook, known, Kind.NOTEBOOK) for known in gone]
    targets += [Target(Note, note_id, Kind.NOTE) for note_id in every]
    targets += [Target(Attachment, file_id) for file_id in files]
    inverse = inverse_of(session, "Delete notebook", targets)
    session.execute(update(Note).where(Note.id.in_(live)).values(deleted_at=clock.now()))
    session.execute(update(Note).where(inside).values(notebook_id=None))
    session.delete(notebook)
    session.flush()
    changes = [Change(Kind.NOTEBOOK, known, "removed") for known in gone]
    changes += [Change(Kind.NOTE, note_id, "removed") for note_id in live]
    return Changed(len(live), ChangeSet("Delete notebook", tuple(changes), inverse))


def _alter(session: Session, notebook_id: str, label: str, **values: object) -> Changed[NotebookView]:
    notebook = find(session, notebook_id)
    inverse = inverse_of(session, label, [Target(Notebook, notebook_id, Kind.NOTEBOOK)])
    for field, value in values.items():
        setattr(notebook, field, value)
    session.flush()
    changes = ChangeSet(label, (Change(Kind.NOTEBOOK, notebook_id),), inverse)
    return Changed(_view(notebook), changes)


def _view(notebook: Notebook) -> NotebookView:
    return NotebookView(notebook.id, notebook.title, notebook.parent_id)


def _title(title: str) -> str:
    clean = " ".join(title.split())
    if not clean:
        raise Fault("A notebook needs a title.")
    return clean
