"""Notes, notebooks, tags, and the files that lie in notebooks' folders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studydesk.model.entities.base import Entity, Searched


class Notebook(Entity):
    """A notebook. `folder` is the name of the folder that it came from, which an export gives back."""

    __tablename__ = "notebooks"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    title: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("notebooks.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    folder: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime]


class Note(Searched, Entity):
    """A Markdown note. `text` is what was written, with its own line ends and byte-order mark.

    `file_name` is the name of the file it came from. `title_key` and `name_key` are what links find it by:
    title and file name without its ending, folded by `note_text.link_key`.
    """

    __tablename__ = "notes"
    __table_args__ = (
        Index("ix_notes_list", "deleted_at", "notebook_id", "updated"),
        Index("ix_notes_recent", "deleted_at", "pinned", "updated"),
    )

    title: Mapped[str]
    text: Mapped[str]
    notebook_id: Mapped[str | None] = mapped_column(ForeignKey("notebooks.id", ondelete="SET NULL"))
    created: Mapped[datetime]
    updated: Mapped[datetime]
    pinned: Mapped[bool] = mapped_column(default=False)
    deleted_at: Mapped[datetime | None]
    file_name: Mapped[str] = mapped_column(default="")
    title_key: Mapped[str] = mapped_column(default="", index=True)
    name_key: Mapped[str] = mapped_column(default="", index=True)
    excerpt: Mapped[str] = mapped_column(default="")


class NoteVersion(Entity):
    """An earlier text of a note. `run` is the run of the program that kept it."""

    __tablename__ = "note_versions"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    note_id: Mapped[str] = mapped_column(ForeignKey("notes.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    title: Mapped[str]
    text: Mapped[str]
    run: Mapped[str] = mapped_column(default="")


class NoteLink(Entity):
    """A link in a note's text: `target` as written, `target_key` as `note_text.link_key` folds its last part."""

    __tablename__ = "note_links"

    note_id: Mapped[str] = mapped_column(ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str]
    target_key: Mapped[str] = mapped_column(index=True)
    line: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    wiki: Mapped[bool]


class Tag(Entity):
    """A tag. `key` is its name folded for case; `name` is as it was first written."""

    __tablename__ = "tags"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)


class Tagging(Entity):
    """A thing carries a tag. `kind` is a `foundation.changes.Kind`."""

    __tablename__ = "taggings"
    __table_args__ = (Index("ix_taggings_tag", "tag_id", "kind"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    thing_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[str] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"))


class StoredFile(Entity):
    """A file by content. `suffix` is its ending with the dot, as in ".png", or empty."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str]
    suffix: Mapped[str] = mapped_column(default="")
    size: Mapped[int]
    mime: Mapped[str]
    added: Mapped[datetime]


class Attachment(Entity):
    """A file that lies in the folder of a notebook (or at the top), where notes refer to it by a relative path.

    `path` is relative to that folder and uses "/"; it may lead through folders that hold no notes.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_place", "notebook_id", "path", unique=True),)

    id: Mapped[str] = mapped_column(String, primary_key=True)
    notebook_id: Mapped[str | None] = mapped_column(ForeignKey("notebooks.id", ondelete="CASCADE"))
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)
