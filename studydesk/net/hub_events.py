"""Events of a hub process as lines of JSON."""

from __future__ import annotations

import json

from studydesk.net.ports import (
    Address,
    HubAdmitted,
    HubEnded,
    HubEvent,
    HubJoined,
    HubLeft,
    HubReady,
    HubRefused,
)
from studydesk.net.statement import Statement


def event_line(event: HubEvent) -> bytes:
    """Return an event as a line."""
    return json.dumps(_as_json(event)).encode() + b"\n"


def _as_json(event: HubEvent) -> dict[str, object]:
    match event:
        case HubReady():
            addresses = [[address.host, address.port] for address in event.addresses]
            return {
                "event": "ready",
                "addresses": addresses,
                "port": event.port,
                "fingerprint": event.fingerprint,
            }
        case HubAdmitted():
            statement = event.statement.as_json()
            return {"event": "admitted", "device": event.device, "name": event.name, "statement": statement}
        case HubJoined():
            return {"event": "joined", "device": event.device, "name": event.name}
        case HubLeft():
            return {"event": "left", "device": event.device}
        case HubRefused():
            return {"event": "refused", "address": event.address, "sentence": event.sentence}
        case HubEnded():
            return {"event": "ended", "status": event.status}


def read_event(line: bytes) -> HubEvent:
    """Read a line that a hub wrote. Raises ValueError for another."""
    value = json.loads(line)
    match value["event"]:
        case "ready":
            addresses = tuple(Address(host, port) for host, port in value["addresses"])
            return HubReady(addresses, value["port"], value["fingerprint"])
        case "admitted":
            return HubAdmitted(value["device"], value["name"], Statement.from_json(value["statement"]))
        case "joined":
            return HubJoined(value["device"], value["name"])
        case "left":
            return HubLeft(value["device"])
        case "refused":
            return HubRefused(value["address"], value["sentence"])
        case "ended":
            return HubEnded(value["status"])
    raise ValueError(f"no event of a hub: {line[:80]!r}")
