"""What can be wrong with what others send. None of these is shown to a person as it stands."""

from __future__ import annotations


class ProtocolFault(Exception):
    """Bytes or text from outside break the protocol or its bounds; only that connection ends."""
