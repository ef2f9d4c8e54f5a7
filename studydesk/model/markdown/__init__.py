"""Markdown: what a note says (cheap helpers in `text`) and how it is shown (`render`)."""
