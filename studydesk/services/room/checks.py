"""What the network check finds, for windows."""

from studydesk.net.doctor import Finding

__all__ = ["Finding"]
