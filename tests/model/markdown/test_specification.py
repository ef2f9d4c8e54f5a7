"""How many examples of the CommonMark and GitHub specifications come out as they say."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from studydesk.model.markdown.extension import NoteExtension

EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$", re.M | re.S)
DISABLED = {"disabled", "data-line", "checked", "class"}


class Events(HTMLParser):
    """What a page says, without the white space that no browser shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[str] = []
        self._pre = 0
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        kept = sorted((name, value or "") for name, value in attrs if name not in DISABLED or tag == "code")
        self.events.append(f"<{tag} {kept}>")
        self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        self._pre -= tag == "pre"
        if tag not in ("br", "hr", "img", "input"):
            self.events.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text += data

    def _flush(self) -> None:
        text = self._text if self._pre else " ".join(self._text.split())
        if text.strip():
            self.events.append(text)
        self._text = ""


def events(html: str) -> list[str]:
    reader = Events()
    reader.feed(html)
    reader.close()
    reader._flush()
    return reader.events


def share(path: Path) -> tuple[int, int]:
    md = markdown.Markdown(extensions=[NoteExtension()], output_format="html")
    examples = EXAMPLE.findall(path.read_text("utf-8").replace("→", "\t"))
    right = 0
    for source, expected in examples:
        md.reset()
        right += events(md.convert(source)) == events(expected)
    return right, len(examples)


@pytest.mark.parametrize(("name", "floor"), [("commonmark-spec.txt", 0.88), ("gfm-spec.txt", 0.88)])
def test_examples_of_the_specification_come_out_right(shared_data: Path, name: str, floor: float) -> None:
    right, count = share(shared_data / "markdown" / "spec" / name)
    print(f"{name}: {right} of {count} examples, {right / count:.1%}")
    assert count > 600
    assert right / count >= floor
