"""Rewrites clean HTML into the subset that QTextDocument draws as the look asks for.

QTextDocument knows no check boxes, marks or bars beside quotes: boxes become links with a picture, quotes tables
with a narrow first cell, code a cell with a ground and a border.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from studydesk.ui.notebook.code_colours import coloured
from studydesk.ui.theme import Theme

TASK_SCHEME = "task"
"""Address of a box: `task:<line>`, lines counted from the piece's first."""
BOX_SCHEME = "box"
"""Address of the picture of a box: `box:on` or `box:off`."""
HEADING_SIZES = {1: (22, 30), 2: (16.5, 24), 3: (15, 23), 4: (14.5, 23), 5: (13.5, 22), 6: (13, 21)}
"""Size and line height of each level, in logical px at 100 %."""

Attributes = dict[str, str]
_PLAIN = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "cite": "i",
    "dfn": "i",
    "var": "i",
    "u": "u",
    "ins": "u",
    "s": "s",
    "del": "s",
    "strike": "s",
    "sub": "sub",
    "sup": "sup",
    "small": "small",
    "center": "center",
}
_TABLE = "<table width='100%' cellspacing='0' cellpadding='0' style='margin-top:8px;margin-bottom:2px"
_PARAGRAPHS = {"p", "dt", "figcaption", "caption", "summary"}


def to_qt(html: str, theme: Theme) -> str:
    """Return `html`, which must be clean already, as Qt's rich text in a look."""
    writer = _Writer(theme)
    writer.feed(html)
    writer.close()
    return "".join(writer.out)


class _Writer(HTMLParser):
    """Writes Qt's rich text while it reads clean HTML."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._theme = theme
        self._code: list[str] | None = None
        self._language = ""
        self._quotes = 0
        self._chip = False
        self._lists = 0
        self._open: dict[str, Callable[[Attributes], str]] = {
            "a": self._link,
            "blockquote": self._quote,
            "br": lambda _: "<br>",
            "code": lambda _: self._span("code"),
            "dd": lambda _: "<div style='margin-left:24px'>",
            "hr": lambda _: self._rule(),
            "img": self._image,
            "input": self._box,
            "kbd": lambda _: self._span("code"),
            "li": self._item,
            "mark": lambda _: (
                f"<span style='background:{self._hex('marker')};color:{self._hex('onMarker')}'>"
            ),
            "ol": self._list,
            "samp": lambda _: self._span("code"),
            "section": lambda _: self._rule() + self._span_size(12.5),
            "table": self._table,
            "td": self._cell,
            "th": self._cell,
            "tr": lambda _: "<tr>",
            "tt": lambda _: self._span("code"),
            "ul": self._list,
        }
        self._close_with = {
            "a": "</a>",
            "code": "</span>",
            "dd": "</div>",
            "kbd": "</span>",
            "li": "</li>",
            "mark": "</span>",
            "samp": "</span>",
            "section": "</span>",
            "tr": "</tr>",
            "tt": "</span>",
        }

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "pre":
            self._code, self._language = [], ""
        elif self._code is not None:
            if tag == "code":
                self._language = attributes.get("class", "").removeprefix("language-")
        elif tag in _PLAIN:
            self.out.append(f"<{_PLAIN[tag]}>")
        elif tag in _PARAGRAPHS or tag == "div":
            self.out.append(self._paragraph(tag, attributes))
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.out.append(self._heading(int(tag[1]), attributes))
        elif tag in self._open:
            self.out.append(self._open[tag](attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre" and self._code is not None:
            self.out.append(self._code_block("".join(self._code)))
            self._code = None
        elif self._code is not None:
            return
        elif tag in _PLAIN:
            self.out.append(f"</{_PLAIN[tag]}>")
        elif tag in _PARAGRAPHS:
            self.out.append("</p>")
        elif tag == "div":
            self.out.append("</div>")
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.out.append("</p>")
        else:
            self.out.append(self._end(tag))

    def handle_data(self, data: str) -> None:
        if self._code is not None:
            self._code.append(data)
        else:
            self.out.append(escape(data))

    def _end(self, tag: str) -> str:
        if tag == "blockquote":
            self._quotes -= 1
            return "</td></tr></table>"
        if tag in ("ul", "ol"):
            self._lists -= 1
            return f"</{tag}>"
        if tag in ("td", "th"):
            return f"</{tag}>"
        if tag == "table":
            return "</table>"
        if tag == "a" and self._chip:
            self._chip = False
            return "&nbsp;&nbsp;</a>"
        return self._close_with.get(tag, "")

    # Pieces of Qt's rich text

    def _hex(self, token: str) -> str:
        return self._theme.hex(token)

    def _px(self, size: float) -> str:
        return f"{size * self._theme.scale / 100:g}px"

    def _paragraph(self, tag: str, attributes: Attributes) -> str:
        weight = ";font-weight:600" if tag in ("dt", "caption", "summary") else ""
        small = (
            f";font-size:{self._px(12.5)};color:{self._hex('textSecondary')}" if tag == "figcaption" else ""
        )
        gap = "6px" if self._lists or self._quotes else "0"
        name = "div" if tag == "div" else "p"
        margins = f"margin-top:0;margin-bottom:{gap}{weight}{small}"
        return f"<{name}{_align(attributes)} style='{margins};{self._line()}'>"

    def _line(self) -> str:
        return f"line-height:{self._px(23)}"

    def _heading(self, level: int, attributes: Attributes) -> str:
        size, line = HEADING_SIZES[level]
        colour = "textSecondary" if level > 4 else "text"
        style = (
            f"font-size:{self._px(size)};font-weight:600;color:{self._hex(colour)};"
            f"margin-top:0;margin-bottom:0;line-height:{self._px(line)}"
        )
        return f"<p{_align(attributes)} style='{style}'>"

    def _link(self, attributes: Attributes) -> str:
        address = escape(attributes.get("href", ""), quote=True)
        if attributes.get("class") == "tag":
            ground, ink = self._hex("sunken"), self._hex("textSecondary")
            chip = f"background:{ground};color:{ink};font-size:{self._px(11.5)};text-decoration:none"
            self._chip = True
            return f"<a href='{address}' style='{chip}'>&nbsp;&nbsp;"
        return f"<a href='{address}' style='color:{self._hex('accentText')};text-decoration:underline'>"

    def _image(self, attributes: Attributes) -> str:
        width = attributes.get("width", "")
        size = f" width='{width}'" if width.isdigit() else ""
        source = escape(attributes.get("src", ""), quote=True)
        alt = escape(attributes.get("alt", ""), quote=True)
        return f"<img src='{source}' alt='{alt}' title='{alt}'{size}>"

    def _box(self, attributes: Attributes) -> str:
        state = "on" if "checked" in attributes else "off"
        picture = f"<img src='{BOX_SCHEME}:{state}' style='vertical-align:middle'>"
        line = attributes.get("data-line", "")
        return f"<a href='{TASK_SCHEME}:{line}'>{picture}</a>&nbsp;" if line.isdigit() else picture

    def _list(self, attributes: Attributes) -> str:
        tag = "ol" if (self.get_starttag_text() or "").startswith("<ol") else "ul"
        start = attributes.get("start", "")
        self._lists += 1
        return f"<{tag}{f' start={start}' if start.isdigit() else ''} style='margin-top:0;margin-bottom:0'>"

    def _item(self, attributes: Attributes) -> str:
        style = "margin-top:1px;margin-bottom:1px;" + self._line()
        if attributes.get("class") == "task":
            return f"<li style='list-style-type:none;{style}'>"
        return f"<li style='{style}'>"

    def _span(self, kind: str) -> str:
        families = ",".join(f'"{family}"' for family in self._theme.code_families)
        return (
            f"<span style='font-family:{families};font-size:{self._px(13)};"
            f"background:{self._hex('codeBg')};color:{self._hex('text')}'>"
        )

    def _span_size(self, size: float) -> str:
        return f"<span style='font-size:{self._px(size)};color:{self._hex('textSecondary')}'>"

    def _rule(self) -> str:
        line = f"border-bottom:1px solid {self._hex('lineStrong')}"
        thin = "<p style='font-size:1px;line-height:1px'>&nbsp;</p>"
        return f"{_TABLE}'><tr><td style='{line}'>{thin}</td></tr></table>"

    def _quote(self, attributes: Attributes) -> str:
        self._quotes += 1
        bar = f"border-left:3px solid {self._hex('lineStrong')}"
        cell = f"<td style='{bar};padding:1px 8px 0 13px;color:{self._hex('textSecondary')}'>"
        return f"{_TABLE}'><tr>{cell}"

    def _table(self, attributes: Attributes) -> str:
        return f"{_TABLE};border-collapse:collapse'>"

    def _cell(self, attributes: Attributes) -> str:
        tag = "th" if (self.get_starttag_text() or "").startswith("<th") else "td"
        head = tag == "th"
        line = self._hex("lineStrong" if head else "line")
        style = f"padding:5px 8px;border-bottom:1px solid {line};font-size:{self._px(13)}"
        style += f";font-weight:600;color:{self._hex('textSecondary')}" if head else ""
        return f"<{tag}{_align(attributes, 'left')} style='{style}'>"

    def _code_block(self, code: str) -> str:
        families = ",".join(f'"{family}"' for family in self._theme.code_families)
        parts = "".join(
            self._coloured(part, token) for part, token in coloured(code.rstrip("\n"), self._language)
        )
        text = f"font-family:{families};font-size:{self._px(12.5)};color:{self._hex('text')}"
        border = f"border:1px solid {self._hex('line')};padding:10px 14px;background:{self._hex('codeBg')}"
        lines = f"margin:0;white-space:pre-wrap;line-height:{self._px(19)};{text}"
        cell = f"<tr><td style='{border}'><p style='{lines}'>{parts}</p></td></tr>"
        return f"{_TABLE};border-collapse:collapse'>{cell}</table>"

    def _coloured(self, part: str, token: str) -> str:
        text = escape(part).replace("\n", "<br>")
        return f"<span style='color:{self._hex(token)}'>{text}</span>" if token else text


def _align(attributes: Attributes, default: str = "") -> str:
    align = attributes.get("align", default)
    return f" align='{align}'" if align in ("left", "right", "center", "justify") else ""
