"""Guards the spoken code of a room: each try is charged before it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Refused

FREE_TRIES = 5
"""Wrong codes from one address that cause no wait."""
LONGEST_WAIT = 60.0
MAX_TRIES = 60
"""Wrong codes from everywhere after which the code ends: about 1 in 17,000 to guess one of six digits."""

WRONG = "That code does not fit this room. Ask {host} for the one on the screen."
EXPIRED = "That code has run out. Ask {host} for a new one."
USED_UP = "That code was tried too often and has ended. Ask {host} for a new one."
NO_CODE = "This room lets nobody in by code now. Ask {host} to open it to others."
WAIT = "Too many wrong codes from your computer. Wait {seconds} seconds, then try again."


@dataclass
class _Tries:
    count: int = 0
    free_at: float = 0.0


@dataclass
class CodeGate:
    """The code of one room, until when it holds (ms since 1970; None for always), and who has tried."""

    clock: Clock
    host: str
    code: str | None = None
    expires: int | None = None
    _wrong: int = 0
    _by_address: dict[str, _Tries] = field(default_factory=dict)

    def set(self, code: str | None, expires: int | None) -> None:
        """Let people in with another code. Who had to wait still has to."""
        self.code, self.expires, self._wrong = code, expires, 0

    def charge(self, address: str) -> str:
        """Charge a try from `address` and return the code to compare with. Raises Refused with a sentence."""
        now = self.clock.now().timestamp()
        if self.code is None:
            raise Refused(self._say(NO_CODE))
        if self.expires is not None and now * 1000 > self.expires:
            raise Refused(self._say(EXPIRED))
        if self._wrong >= MAX_TRIES:
            raise Refused(self._say(USED_UP))
        tries = self._by_address.setdefault(address, _Tries())
        if now < tries.free_at:
            raise Refused(WAIT.format(seconds=int(tries.free_at - now) + 1))
        tries.count += 1
        self._wrong += 1
        over = tries.count - FREE_TRIES
        tries.free_at = now + min(2.0**over, LONGEST_WAIT) if over >= 0 else 0.0
        return self.code

    def refund(self, address: str) -> None:
        """The try was right: it is not held against anybody."""
        self._wrong = max(0, self._wrong - 1)
        self._by_address.pop(address, None)

    @property
    def wrong(self) -> str:
        """The sentence for a wrong code."""
        return self._say(WRONG)

    def _say(self, sentence: str) -> str:
        return sentence.format(host=self.host)
