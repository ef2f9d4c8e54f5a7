"""What a key costs in a note of 100 KB, against rendering the whole of it."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

from benchmarks._table import Row

SIZE = 100_000
KEYS = 30
FULL_RUNS = 3
SHARE = 0.1

_PARAGRAPH = (
    "An **inner join** keeps only rows that match on *both* sides. A `left join` keeps every row of the left table; "
    "see [[Grain of a table]] and [the plan](https://example.org/plan). Ask first which rows must not get lost.\n\n"
)
_REST = (
    "```sql\nSELECT region, COUNT(*) AS customers\nFROM customer\nGROUP BY region;\n```\n\n"
    "| Region | Customers |\n| ------ | --------: |\n| North | 1,204 |\n| South | 986 |\n\n"
    "- [ ] ask about NULL\n- [x] try it\n  - and again\n\n> Every row of the left table.\n\n"
)


def sample(size: int = SIZE) -> str:
    """Return a note of about `size` characters, of the blocks that people write."""
    sections: list[str] = []
    while sum(map(len, sections)) < size:
        number = len(sections) + 1
        sections.append(f"## Section {number}\n\n" + _PARAGRAPH * 3 + _REST)
    return "".join(sections)[:size]


def run() -> list[Row]:
    """Measure CPU time of a whole rendering with layout, and of one key in the middle of the note."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    _app = QApplication.instance() or QApplication(sys.argv[:1])
    text = sample()
    full = statistics.median(_cpu(lambda: _render_whole(text)) for _ in range(FULL_RUNS))
    keys = _measure_keys(text)
    share = statistics.median(keys) / full
    figure = f"{statistics.median(keys) * 1000:.1f} of {full * 1000:.0f} ms, {share:.1%}"
    worst = f"{max(keys) * 1000:.1f} ms"
    return [
        Row("notebook: a key in 100 KB", figure, f"at most {SHARE:.0%} of a full render", share <= SHARE),
        Row("notebook: the slowest of 30 keys", worst),
    ]


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _render_whole(text: str) -> None:
    """Render everything from nothing, give it to a document at once and lay it out."""
    from PySide6.QtGui import QTextDocument

    from studydesk.services.markdown import Renderer
    from studydesk.ui.notebook.preview_html import to_qt
    from studydesk.ui.theme import current

    renderer = Renderer()
    html = "".join(to_qt(renderer.html(piece), current()) for piece in renderer.pieces(text))
    document = QTextDocument()
    document.setDefaultFont(current().font("reading"))
    document.setTextWidth(560)
    document.setHtml(html)
    document.size()


def _measure_keys(text: str) -> list[float]:
    """Type into a paragraph in the middle; each key is cut, rendered, put into the preview and laid out."""
    from studydesk.services.markdown import Renderer
    from studydesk.ui.bridge import Bridge
    from studydesk.ui.notebook.pictures import Pictures
    from studydesk.ui.notebook.preview import NotePreview

    renderer, bridge = Renderer(), Bridge()
    preview = NotePreview(renderer, Pictures(bridge))
    preview.resize(620, 800)
    preview.show()
    preview.show_pieces(renderer.pieces(text))
    preview.finish()
    preview.document().size()
    place = text.index("Ask first", len(text) // 2)
    costs: list[float] = []
    for key in range(KEYS):
        text = text[:place] + "x" + text[place:]

        def press(written: str = text) -> None:
            preview.show_pieces(renderer.pieces(written))
            preview.finish()
            preview.document().size()

        costs.append(_cpu(press))
        place += key % 2
    preview.close()
    bridge.close()
    return costs
