"""The rows of the library's left list, and what each of them asks for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studydesk.services.library import ResourceCounts, ResourceKind, ResourceOrder, ResourceState
from studydesk.ui.library import words

MOST_TAGS = 30


@dataclass(frozen=True)
class Shelf:
    """What to list: everything, or one state, one kind, or one tag."""

    state: ResourceState | None = None
    kind: ResourceKind | None = None
    tag: str | None = None

    @property
    def key(self) -> str:
        """A text that names this shelf, to remember it by."""
        if self.state is not None:
            return f"state:{self.state}"
        if self.kind is not None:
            return f"kind:{self.kind}"
        return f"tag:{self.tag}" if self.tag is not None else "all"


@dataclass(frozen=True)
class Asked:
    """A shelf, the words searched for, and the order."""

    shelf: Shelf = Shelf()
    text: str = ""
    order: ResourceOrder = ResourceOrder.LAST_OPENED

    def on(self, shelf: Shelf) -> Asked:
        return replace(self, shelf=shelf)


@dataclass(frozen=True)
class ShelfRow:
    """A row that can be chosen."""

    shelf: Shelf
    title: str
    icon: str
    count: int


@dataclass(frozen=True)
class LabelRow:
    """A heading over rows."""

    title: str


SideRow = ShelfRow | LabelRow


def side_rows(counts: ResourceCounts) -> tuple[SideRow, ...]:
    """Return the left list: states, then the kinds and tags that there are, the commonest tags first."""
    rows: list[SideRow] = [
        ShelfRow(Shelf(), words.tr("Everything"), "ph.books", counts.everything),
        ShelfRow(Shelf(ResourceState.LATER), words.tr("Later"), "ph.clock", counts.later),
        ShelfRow(Shelf(ResourceState.DOING), words.tr("Doing"), "ph.play", counts.doing),
        ShelfRow(Shelf(ResourceState.DONE), words.tr("Done"), "ph.check", counts.done),
    ]
    rows += _kinds(counts)
    tags = sorted(counts.tags, key=lambda tag: (-tag.count, tag.name))[:MOST_TAGS]
    if tags:
        rows.append(LabelRow(words.tr("Tags")))
        rows += [ShelfRow(Shelf(tag=tag.name), tag.name, "ph.tag", tag.count) for tag in tags]
    return tuple(rows)


def _kinds(counts: ResourceCounts) -> list[SideRow]:
    known = {kind.value: kind for kind in ResourceKind}
    shown = {item.kind: item.count for item in counts.kinds if item.count and item.kind in known}
    if not shown:
        return []
    rows: list[SideRow] = [LabelRow(words.tr("Kinds"))]
    for name, kind in known.items():
        if name in shown:
            rows.append(
                ShelfRow(Shelf(kind=kind), words.kind_plural(name), words.kind_icon(name), shown[name])
            )
    return rows
