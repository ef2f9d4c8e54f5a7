"""doctor: whether this desk is whole, and why others can't be seen."""

from __future__ import annotations

from studydesk.commands.call import Call


async def examine(call: Call) -> int:
    """Say each finding; the status is 1 when one of them is bad."""
    from studydesk.net import doctor as network

    await call.wait(call.desk.start())
    findings = [
        {"name": "desk", "ok": True, "sentence": f"This desk lies in {call.desk.paths.root} and opens."}
    ]
    findings += [
        {"name": finding.name, "ok": finding.ok, "sentence": finding.sentence}
        for finding in await network.examine(call.desk.clock)
    ]
    call.say(findings)
    return 0 if all(finding["ok"] for finding in findings) else 1
