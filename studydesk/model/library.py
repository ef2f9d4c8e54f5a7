"""Resources. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, func, select

from studydesk.foundation.changes import Change, Changed, ChangeSet, Inverse, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.foundation.paths import DeskPaths
from studydesk.model import files, search, tags
from studydesk.model.entities import Resource, StoredFile, Tag, Tagging
from studydesk.model.note_text import fold
from studydesk.model.snapshots import Target, inverse_of
from studydesk.model.sniffing import resource_kind
from studydesk.model.views.library import (
    KindCount,
    ResourceCounts,
    ResourceKind,
    ResourceOrder,
    ResourceState,
    ResourceView,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIELDS = ("title", "url", "author", "kind", "minutes", "state", "progress", "rating", "notes")
VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "dailymotion.com", "ted.com")
PODCAST_HOSTS = ("podcasts.apple.com", "podcasts.google.com", "overcast.fm", "pca.st", "podbean.com")

_ORDERS: dict[ResourceOrder, tuple[ColumnElement[Any], ...]] = {
    ResourceOrder.LAST_OPENED: (
        func.coalesce(Resource.last_opened, Resource.added).desc(),
        Resource.row.desc(),
    ),
    ResourceOrder.ADDED: (Resource.added.desc(), Resource.row.desc()),
    ResourceOrder.TITLE: (Resource.title.collate("NOCASE"), Resource.row.asc()),
    ResourceOrder.RATING: (Resource.rating.desc(), Resource.title.collate("NOCASE"), Resource.row.asc()),
}


def find(session: Session, resource_id: str) -> Resource:
    """Return the entity of a resource. Raises Fault when it is not there."""
    found = session.scalar(select(Resource).where(Resource.id == resource_id))
    if found is None:
        raise Fault("That resource is not there any more.")
    return found


def resource(session: Session, resource_id: str) -> ResourceView:
    """Return one resource."""
    return views(session, [find(session, resource_id)])[0]


def views(session: Session, found: Sequence[Resource]) -> tuple[ResourceView, ...]:
    """Return the views of resources, in their order."""
    names = tags.tags_of(session, Kind.RESOURCE, [known.id for known in found])
    return tuple(
        ResourceView(
            known.id,
            known.kind,
            known.title,
            known.url,
            known.author,
            known.file_sha256,
            known.file_name,
            known.minutes,
            known.state,
            known.progress,
            known.rating,
            known.notes,
            names.get(known.id, ()),
            known.added,
            known.last_opened,
        )
        for known in found
    )


def list_resources(
    session: Session,
    state: ResourceState | None,
    kind: ResourceKind | None,
    tag: str | None,
    text: str,
    order: ResourceOrder,
    limit: int,
    offset: int,
) -> tuple[ResourceView, ...]:
    """List resources that fit every filter given."""
    query = select(Resource).order_by(*_ORDERS[order]).limit(limit).offset(offset)
    if state is not None:
        query = query.where(Resource.state == state)
    if kind is not None:
        query = query.where(Resource.kind == kind)
    if tag is not None:
        carrying = select(Tagging.thing_id).join(Tag, Tag.id == Tagging.tag_id)
        query = query.where(
            Resource.id.in_(carrying.where(Tagging.kind == Kind.RESOURCE, Tag.key == fold(tag.lstrip("#"))))
        )
    if text.strip():
        query = query.where(Resource.row.in_(search.matching_rows(session, text, Kind.RESOURCE)))
    return views(session, session.scalars(query).all())


def to_resume(session: Session, limit: int) -> tuple[ResourceView, ...]:
    """List what is being done, the last opened first."""
    query = select(Resource).where(Resource.state == ResourceState.DOING)
    return views(
        session, session.scalars(query.order_by(*_ORDERS[ResourceOrder.LAST_OPENED]).limit(limit)).all()
    )


def counts(session: Session) -> ResourceCounts:
    """Return the figures of the side list."""
    states = dict(session.execute(select(Resource.state, func.count()).group_by(Resource.state)).all())
    kinds = session.execute(
        select(Resource.kind, func.count()).group_by(Resource.kind).order_by(Resource.kind)
    )
    return ResourceCounts(
        sum(states.values()),
        states.get("later", 0),
        states.get("doing", 0),
        states.get("done", 0),
        tuple(KindCount(kind, count) for kind, count in kinds),
        tags.counts(session, Kind.RESOURCE),
    )


def clean_url(url: str) -> str:
    """Return a web address with its scheme. Raises Fault for what is none."""
    url = url.strip()
    if "://" not in url and not url.lower().startswith(("javascript:", "data:", "mailto:", "file:")):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not host or any(sign.isspace() for sign in url):
        raise Fault("That is not a web address. One looks like https://example.org/page.")
    return url


def guess_kind(url: str) -> ResourceKind:
    """Guess what lies at an address by its host and ending."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").removeprefix("www."), parts.path.lower()
    if host in VIDEO_HOSTS or path.endswith((".mp4", ".webm")):
        return ResourceKind.VIDEO
    if host in PODCAST_HOSTS or path.endswith((".mp3", ".m4a", ".ogg")):
        return ResourceKind.PODCAST
    if path.endswith(".pdf"):
        return ResourceKind.PDF
    return ResourceKind.BOOK if path.endswith(".epub") else ResourceKind.BOOKMARK


def add_link(
    session: Session,
    clock: Clock,
    url: str,
    title: str | None,
    names: Sequence[str],
    kind: ResourceKind | None,
    author: str,
    minutes: int | None,
) -> Changed[ResourceView]:
    """Add a web address, or add tags to the resource that has it already."""
    url = clean_url(url)
    known = session.scalar(select(Resource).where(Resource.url == url).limit(1))
    if known is not None:
        before = tags.tags_of(session, Kind.RESOURCE, [known.id]).get(known.id, ())
        return update(session, known.id, {"tags": (*before, *names)})
    shown = url.split("://", 1)[1].rstrip("/")
    found = Resource(
        id=new_id(clock),
        kind=str(kind or guess_kind(url)),
        title=" ".join((title or shown).split()) or shown,
        url=url,
        author=author,
        minutes=minutes,
        added=clock.now(),
    )
    return _add(session, found, names)


def add_stored_file(
    session: Session, clock: Clock, stored: files.Stored, names: Sequence[str]
) -> Changed[ResourceView]:
    """Add a file whose bytes lie in the desk already, or add tags to the resource that has it."""
    row = files.keep(session, clock, stored)
    known = session.scalar(select(Resource).where(Resource.file_sha256 == row.sha256).limit(1))
    if known is not None:
        before = tags.tags_of(session, Kind.RESOURCE, [known.id]).get(known.id, ())
        return update(session, known.id, {"tags": (*before, *names)})
    found = Resource(
        id=new_id(clock),
        kind=resource_kind(stored.mime),
        title=Path(stored.name).stem or stored.name,
        file_sha256=row.sha256,
        file_name=stored.name,
        added=clock.now(),
    )
    return _add(session, found, names)


def _add(session: Session, found: Resource, names: Sequence[str]) -> Changed[ResourceView]:
    inverse = inverse_of(session, "Add resource", [Target(Resource, found.id, Kind.RESOURCE)])
    session.add(found)
    session.flush()
    tags.set_tags(session, Kind.RESOURCE, found.id, names)
    return _changed(session, found, "Add resource", inverse, "added")


def update(session: Session, resource_id: str, fields: Mapping[str, object]) -> Changed[ResourceView]:
    """Alter the named fields of a resource."""
    found = find(session, resource_id)
    inverse = inverse_of(session, "Change resource", [Target(Resource, resource_id, Kind.RESOURCE)])
    for field, value in _checked(fields).items():
        setattr(found, field, value)
    session.flush()
    names = fields.get("tags")
    if isinstance(names, Sequence) and not isinstance(names, str):
        tags.set_tags(session, Kind.RESOURCE, resource_id, [str(name) for name in names])
    return _changed(session, found, "Change resource", inverse)


def _checked(fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields that a resource can take, with the state that follows progress. Raises Fault."""
    values = {field: value for field, value in fields.items() if field in FIELDS}
    if "title" in values:
        values["title"] = " ".join(str(values["title"]).split())
        if not values["title"]:
            raise Fault("A resource needs a title.")
    if values.get("url"):
        values["url"] = clean_url(str(values["url"]))
    rating, progress = values.get("rating", 0), values.get("progress", 0.0)
    if not isinstance(rating, int) or not 0 <= rating <= 5:
        raise Fault("A rating is from 1 to 5 stars, or none.")
    if not isinstance(progress, int | float) or not 0 <= progress <= 1:
        raise Fault("Progress is from 0 to 100 per cent.")
    if "progress" in values and "state" not in values and progress > 0:
        values["state"] = "done" if progress == 1 else "doing"
    _check_choice(values, "kind", [kind.value for kind in ResourceKind])
    _check_choice(values, "state", [state.value for state in ResourceState])
    return values


def _check_choice(values: dict[str, object], field: str, choices: Sequence[str]) -> None:
    if field in values:
        values[field] = str(values[field])
        if values[field] not in choices:
            raise Fault(f"The {field} of a resource is one of: {', '.join(choices)}.")


def delete(session: Session, resource_id: str) -> Changed[str]:
    """Remove a resource; its file stays."""
    found = find(session, resource_id)
    inverse = inverse_of(session, "Delete resource", [Target(Resource, resource_id, Kind.RESOURCE)])
    tags.drop_tags(session, Kind.RESOURCE, resource_id)
    session.delete(found)
    session.flush()
    changes = ChangeSet("Delete resource", (Change(Kind.RESOURCE, resource_id, "removed"),), inverse)
    return Changed(found.title, changes)


def mark_opened(session: Session, clock: Clock, resource_id: str) -> Changed[ResourceView]:
    """Note that a resource was opened now."""
    found = find(session, resource_id)
    found.last_opened = clock.now()
    if found.state == ResourceState.LATER:
        found.state = str(ResourceState.DOING)
    session.flush()
    changes = ChangeSet("Open resource", (Change(Kind.RESOURCE, resource_id),))
    return Changed(views(session, [found])[0], changes)


def file_path(session: Session, paths: DeskPaths, resource_id: str) -> Path | None:
    """Return where the file of a resource lies, or None for a link or a lost file."""
    found = find(session, resource_id)
    row = None if found.file_sha256 is None else session.get(StoredFile, found.file_sha256)
    path = None if row is None else files.path_of(paths, row)
    return path if path is not None and path.is_file() else None


def _changed(
    session: Session, found: Resource, label: str, inverse: Inverse, action: str = "altered"
) -> Changed[ResourceView]:
    value = views(session, [found])[0]
    return Changed(value, ChangeSet(label, (Change(Kind.RESOURCE, found.id, action),), inverse))
