"""StudyDesk: learn alone and together, on the computers and the network you have."""

__version__ = "0.1.0"
