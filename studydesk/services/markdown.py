"""What windows need to show Markdown: rendering by pieces, and what a text says about itself."""

from studydesk.model.markdown.chunks import Chunk
from studydesk.model.markdown.render import Heading, Piece, Renderer, outline, render
from studydesk.model.markdown.tasks import is_task, ticked
from studydesk.model.markdown.text import count_words, excerpt, split_front_matter, tags_of, title_of

__all__ = [
    "Chunk",
    "Heading",
    "Piece",
    "Renderer",
    "count_words",
    "excerpt",
    "is_task",
    "outline",
    "render",
    "split_front_matter",
    "tags_of",
    "ticked",
    "title_of",
]
