"""The Yjs documents of one room on this desk. They live on the network thread and never leave it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pycrdt import Array, Doc, Map, MapEvent, Subscription, TransactionEvent

from studydesk.net.codec import CodecFault
from studydesk.net.update_guard import check_update

log = logging.getLogger(__name__)

ROOT = "room"
EMPTY_UPDATE = b"\x00\x00"
KEPT_UPDATES = 500
"""Single updates kept in memory for a rebuild before they are replaced by the whole."""
OnUpdate = Callable[[str, bytes, bool], None]
"""Called with document, update, and whether it was made here, after the document has it."""
OnKeys = Callable[[dict[str, str]], None]
"""Called with the keys of a shared map that changed: "add", "update" or "delete" for each. It must not write."""


class Documents:
    """Holds the documents of one room by name, and reports each update once. A `net.ports.DocumentPort`."""

    def __init__(self, on_update: OnUpdate) -> None:
        self._on_update = on_update
        self._held: dict[str, _Held] = {}
        self._watches: dict[str, list[_Watch]] = {}

    def load(self, name: str, updates: list[bytes]) -> None:
        """Rebuild a document from its log. An update that can't be applied is left out and logged."""
        held = self._hold(name)
        with held.silent():
            for update in updates:
                try:
                    held.doc.apply_update(update)
                except (ValueError, RuntimeError) as fault:
                    log.error("an update of %s in the store can't be read: %s", name, fault)

    def documents(self) -> list[str]:
        """Return the names of all documents."""
        return list(self._held)

    def has(self, name: str) -> bool:
        return name in self._held

    def document(self, name: str) -> Doc[Any]:
        """Return a document, made empty if it is new. Only for use on the network thread."""
        return self._hold(name).doc

    def state_vector(self, name: str) -> bytes:
        held = self._held.get(name)
        return held.doc.get_state() if held else b"\x00"

    def difference(self, name: str, state_vector: bytes) -> bytes:
        held = self._held.get(name)
        return held.doc.get_update(state_vector) if held else EMPTY_UPDATE

    def receive(self, name: str, update: bytes) -> None:
        """Apply an update that came from the hub. One that brings nothing new is not reported."""
        held = self._hold(name)
        if len(held.kept) > KEPT_UPDATES:
            held.settle()
        held.remote = True
        try:
            check_update(update)
            held.doc.apply_update(update)
        except (ValueError, CodecFault) as fault:
            log.warning("an unreadable update of %s was left out: %s", name, fault)
        except BaseException as fault:
            # A failed apply may have changed the document in part: build it anew from what was good.
            if not _from_library(fault):
                raise
            log.warning("a broken update of %s was left out: %s", name, fault)
            self._rebuild(name)
        finally:
            held.remote = False
            self._report(name)

    @contextmanager
    def change(self, name: str) -> Iterator[Doc[Any]]:
        """Change a document in one transaction, which becomes one update. Nothing is changed outside of this."""
        doc = self._hold(name).doc
        try:
            with doc.transaction():
                yield doc
        finally:
            self._report(name)

    def _report(self, name: str) -> None:
        """Report what was observed: inside an observer the library lets nobody even read."""
        held = self._held[name]
        observed, held.observed = held.observed, []
        for update, local in observed:
            self._on_update(name, update, local)

    def map(self, name: str, root: str) -> Map[Any]:
        shared: Map[Any] = self.document(name).get(root, type=Map)
        return shared

    def array(self, name: str, root: str) -> Array[Any]:
        shared: Array[Any] = self.document(name).get(root, type=Array)
        return shared

    def watch(self, name: str, root: str, on_keys: OnKeys) -> None:
        """Tell of changes inside the shared map `root` of a document, until the documents are closed."""
        watch = _Watch(root, on_keys)
        self._watches.setdefault(name, []).append(watch)
        watch.attach(self.document(name))

    def close(self) -> None:
        """Let go of all observers."""
        for watch in (watch for watches in self._watches.values() for watch in watches):
            watch.detach()
        self._watches.clear()
        for held in self._held.values():
            held.release()
        self._held.clear()

    def _hold(self, name: str) -> _Held:
        held = self._held.get(name)
        if held is None:
            held = self._held[name] = _Held(Doc())
        return held

    def _rebuild(self, name: str) -> None:
        old = self._held[name]
        old.release()
        watches = self._watches.get(name, [])
        for watch in watches:
            watch.detach()
        fresh = self._held[name] = _Held(Doc())
        fresh.kept = old.kept
        with fresh.silent():
            for update in old.kept:
                fresh.doc.apply_update(update)
        for watch in watches:
            watch.attach(fresh.doc)


class _Held:
    """One document, and the updates it was made of since it was loaded, for a rebuild."""

    def __init__(self, doc: Doc[Any]) -> None:
        self.doc, self.remote = doc, False
        self.kept: list[bytes] = []
        self.observed: list[tuple[bytes, bool]] = []
        self._quiet = False
        self._subscription: Subscription | None = doc.observe(self._changed)

    @contextmanager
    def silent(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
            self.settle()

    def settle(self) -> None:
        """Forget the single updates: what the document holds now is good."""
        self.kept = [self.doc.get_update()]

    def release(self) -> None:
        if self._subscription is not None:
            self.doc.unobserve(self._subscription)
            self._subscription = None

    def _changed(self, event: TransactionEvent) -> None:
        if self._quiet or event.update == EMPTY_UPDATE:
            return
        self.kept.append(event.update)
        self.observed.append((event.update, not self.remote))


class _Watch:
    """Listens to one shared map, and again after its document was rebuilt."""

    def __init__(self, root: str, on_keys: OnKeys) -> None:
        self._root = root
        self._on_keys = on_keys
        self._map: Map[Any] | None = None
        self._subscription: Subscription | None = None

    def attach(self, doc: Doc[Any]) -> None:
        self._map = doc.get(self._root, type=Map)
        self._subscription = self._map.observe_deep(self._changed)

    def detach(self) -> None:
        if self._map is not None and self._subscription is not None:
            self._map.unobserve(self._subscription)
        self._map = self._subscription = None

    def _changed(self, events: Sequence[object]) -> None:
        keys: dict[str, str] = {}
        for event in events:
            path = list(getattr(event, "path", ()))
            if path:
                keys.setdefault(str(path[0]), "update")
            elif isinstance(event, MapEvent):
                keys.update(_actions(event))
        self._on_keys(keys)


def _from_library(fault: BaseException) -> bool:
    """Tell whether pycrdt raised this: a RuntimeError, or a panic, which is no Exception."""
    return isinstance(fault, RuntimeError) or type(fault).__name__ == "PanicException"


def plain(value: object) -> dict[str, object]:
    """Return a shared map, or a plain one, as a dict; anything else as an empty one."""
    if isinstance(value, Map):
        return dict(value.items())
    return dict(value) if isinstance(value, Mapping) else {}


def _actions(event: MapEvent) -> dict[str, str]:
    # The library's stubs leave out the keys that a map event has.
    changes: Mapping[str, Mapping[str, str]] = getattr(event, "keys", {})
    return {key: change["action"] for key, change in changes.items()}
