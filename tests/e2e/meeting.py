"""How two desks meet: the story that windows live through, wherever their hosts are."""

from __future__ import annotations

import os
from collections.abc import Callable

from tests.e2e.windows import WindowProcess, make_room

ZIGZAG = [[300 + 12 * n, 250 + (40 if n % 2 else 0)] for n in range(16)]
LINE = [[300 + 12 * n, 420 + 2 * n] for n in range(16)]


def live_through(open_desk: Callable[[str], WindowProcess]) -> None:
    """Marta opens a room; Inès finds it, joins by its code, both draw and talk; they part, work alone, meet again."""
    name = f"SQL {os.getpid()}"
    marta, ines = (open_desk(who) for who in ("marta", "ines"))
    make_room(marta, name)
    marta.do("click", name="openToOthers")
    code = marta.do("text", name="roomCode", wanted=" ").replace(" ", "")
    assert len(code) == 6

    ines.do("go", place="room")
    ines.do("near", room=name)
    ines.do("click", name="joinNear")
    ines.do("type", name="joinCode", text="000000" if code != "000000" else "111111")
    ines.do("type", name="joinName", text="Ines")
    ines.do("click", name="joinButton")
    assert "code" in ines.do("text", name="joinFault", wanted="code")
    ines.do("type", name="joinCode", text=code)
    ines.do("click", name="joinButton")

    ines.do("strokes")
    marta.do("draw", points=ZIGZAG)
    ines.do("draw", points=LINE, lift=False)
    assert marta.do("live", at_least=8) >= 8
    assert marta.do("cursors") == 1
    assert marta.do("strokes", at_least=1) == 1
    ines.do("lift", at=LINE[-1])
    assert marta.do("strokes", at_least=2) == ines.do("strokes", at_least=2) == 2
    assert ines.do("ink") > 0
    ines.do("type", name="talkComposer", text="Which rows get lost?", enter=True)
    marta.do("messages", wanted="Which rows get lost?")
    marta.do("type", name="talkComposer", text="Those without a match.", enter=True)
    ines.do("messages", wanted="Those without a match.")

    assert marta.close() == ""
    ines.do("draw", points=[[x, y + 60] for x, y in LINE])
    assert ines.do("strokes", at_least=3) == 3
    ines.do("type", name="talkComposer", text="Written alone.", enter=True)
    ines.do("messages", wanted="Written alone.")
    ines.do("saved")
    assert ines.close() == ""

    marta, ines = (open_desk(who) for who in ("marta", "ines"))
    for window, strokes, said in ((marta, 2, "Those without a match."), (ines, 3, "Written alone.")):
        ((room, _),) = window.do("rooms")
        window.do("go", place="room", room=room)
        assert window.do("strokes", at_least=strokes) == strokes
        window.do("messages", wanted=said)

    marta.do("draw", points=[[x, y + 120] for x, y in LINE])
    marta.do("click", name="openToOthers")
    for window in (marta, ines):
        assert "Live" in window.do("text", name="liveChip", wanted="Live")
    assert marta.do("strokes", at_least=4) == 4
    assert ines.do("strokes", at_least=4) == 4
    marta.do("messages", wanted="Written alone.")
    missed = marta.do("text", name="roomBandWords", wanted="While you were away")
    assert "1 message" in missed
    assert "1 stroke" in missed
    assert "Ines" in missed
